//! Turns types into columns.

use std::collections::HashMap;

use crate::columns::column::{Column, ColumnType, Element};
use crate::columns::notes::{ColumnNote, Outcome};
use crate::location::Location;
use crate::normalize::{DefinitionId, Definitions, MismatchTreatment, Property, Type, TypeSet};
use crate::resolve::Resolved;

/// Most columns of one type, including those inside structs. Types that use each other over and over would have columns
/// without end; the structs after the limit become JSON text.
const MAX_COLUMNS: usize = 10_000;

/// Most lists, maps and structs that a column is nested in; deeper ones become JSON text. A parser of an Arrow schema
/// accepts 127 levels of JSON, of which a map takes six.
const MAX_COLUMN_DEPTH: usize = 20;

/// Most references that are followed, one after another, from a schema without `type` to a schema that has it.
const MAX_FOLLOWED_REFERENCES: usize = 64;

/// Makes the columns of one type, and collects the notes about them.
pub(super) struct TypeToColumnConverter<'a> {
    resolved: &'a Resolved,
    pub(super) definitions: &'a Definitions,
    notes: Vec<ColumnNote>,
    /// The path of the current column: the names of the columns that contain it and its own, with `[]` for the items of
    /// a list and `{}` for the values of a map.
    path: Vec<String>,
    /// The definitions that contain the current column, the outermost first; one that would come again contains itself.
    open_definitions: Vec<DefinitionId>,
    /// The indexes, in `definitions.views.all`, of the views that contain the current column, the outermost first.
    pub(super) open_views: Vec<usize>,
    /// The number of columns so far, including those that were left out.
    count: usize,
}

impl<'a> TypeToColumnConverter<'a> {
    /// Creates a builder without notes for types in `definitions`, which were made from the schemas in `resolved`.
    pub(super) fn new(resolved: &'a Resolved, definitions: &'a Definitions) -> Self {
        Self {
            resolved,
            definitions,
            notes: Vec::new(),
            path: Vec::new(),
            open_definitions: Vec::new(),
            open_views: Vec::new(),
            count: 0,
        }
    }

    /// Returns the notes about all columns that the builder has made or left out.
    pub(super) fn into_notes(self) -> Vec<ColumnNote> {
        self.notes
    }

    /// Returns the column type and nullability for values of the type `ty`. `location` is the location of their schema,
    /// if known. With `keeps_mismatch`, values of another type than the schema's are kept in `extra` instead of the
    /// field, so the column may be null.
    pub(super) fn convert_type(&mut self, ty: &Type, location: Option<&Location>, keeps_mismatch: bool) -> Element {
        let within = |keyword| location.map(|location: &Location| location.child(keyword));
        let ty = match ty {
            Type::Bool => ColumnType::Boolean,
            Type::Integer { unsigned } => ColumnType::Integer { unsigned: *unsigned },
            Type::NarrowInteger { format, .. } => ColumnType::Integer { unsigned: *format == "uint64" },
            Type::Number => ColumnType::Number,
            Type::String => ColumnType::Text,
            Type::Any => self.make_json_text_type("the schema allows any value"),
            Type::Null => self.make_json_text_type("the schema allows only `null`"),
            Type::Array(_) | Type::Map(_) if self.path.len() >= MAX_COLUMN_DEPTH => self.make_json_text_for_depth(),
            Type::Array(items) => {
                let items = self.run_with_path_step("[]", |builder| {
                    builder.convert_type(items, within("items").as_ref(), keeps_mismatch)
                });
                ColumnType::List(Box::new(items))
            }
            Type::Map(values) => {
                let location = within("additionalProperties");
                let values = self.run_with_path_step("{}", |builder| {
                    builder.convert_type(values, location.as_ref(), keeps_mismatch)
                });
                ColumnType::Map(Box::new(values))
            }
            Type::Nullable(inner) => {
                let inner = self.convert_type(inner, location, keeps_mismatch);
                return Element { nullable: true, ..inner };
            }
            Type::Checked(inner, _) => return self.convert_type(inner, location, keeps_mismatch),
            Type::Boxed(id) | Type::Named(id) => return self.convert_definition(*id, keeps_mismatch),
            Type::Path(path) => {
                match location.and_then(|location| self.read_json_types_at(location)).and_then(convert_scalar_types) {
                    Some(element) => {
                        return Element { nullable: element.nullable || keeps_mismatch, ..element };
                    }
                    None => self.make_json_text_type(&format!("the settings give its values the Rust type `{path}`")),
                }
            }
        };
        let is_json = ty == ColumnType::Json;
        Element { ty, nullable: keeps_mismatch || is_json }
    }

    /// Returns the column type and nullability for values of the definition `id`: JSON text if the definition contains
    /// itself, that is, if the current column is inside it already. See [`Self::convert_type`] for `keeps_mismatch`.
    fn convert_definition(&mut self, id: DefinitionId, keeps_mismatch: bool) -> Element {
        let Some(definition) = self.definitions.get(id) else {
            return Element { ty: ColumnType::Json, nullable: true };
        };
        if self.open_definitions.contains(&id) {
            let reason = format!("`{}` contains itself", definition.name);
            return Element { ty: self.make_json_text_type(&reason), nullable: true };
        }
        self.open_definitions.push(id);
        let element = self.convert_definition_shape(definition, keeps_mismatch);
        self.open_definitions.pop();
        element
    }

    /// Returns the column type and nullability for the values of a property of a struct.
    pub(super) fn convert_property(&mut self, property: &Property) -> Element {
        let keeps_mismatch = property.on_mismatch == MismatchTreatment::Keep || property.accepts_others;
        let element = self.convert_type(&property.ty, Some(&property.location), keeps_mismatch);
        let nullable = element.nullable || !property.required || property.accepts_null;
        Element { nullable, ..element }
    }

    /// Returns a struct with a column for each of `properties`; `name` returns the JSON name of a property, and
    /// `element` its column type. Leaves out properties whose name is empty, or equals an earlier name but for case.
    /// Returns JSON text instead if no column is left, or if [`MAX_COLUMNS`] or [`MAX_COLUMN_DEPTH`] is exceeded.
    pub(super) fn convert_properties_to_struct<P>(
        &mut self,
        properties: &[P],
        name: fn(&P) -> &str,
        element: impl Fn(&mut Self, &P) -> Element,
    ) -> ColumnType {
        self.count += properties.len();
        if self.count > MAX_COLUMNS {
            return self.make_json_text_type(&format!("there are {MAX_COLUMNS} columns before it"));
        }
        if self.path.len() >= MAX_COLUMN_DEPTH {
            return self.make_json_text_for_depth();
        }
        let mut taken: HashMap<String, &str> = HashMap::new();
        let mut columns = Vec::new();
        for property in properties {
            let name = name(property);
            if let Some(earlier) = taken.get(&name.to_lowercase()) {
                let reason = format!("only case distinguishes it from `{earlier}`, and engines ignore case");
                self.run_with_path_step(name, |builder| builder.add_note(Outcome::Omitted, &reason));
            } else if name.is_empty() {
                self.run_with_path_step("``", |builder| builder.add_note(Outcome::Omitted, "its name is empty"));
            } else {
                taken.insert(name.to_lowercase(), name);
                let element = self.run_with_path_step(name, |builder| element(builder, property));
                columns.push(Column { name: name.to_owned(), element });
            }
        }
        if columns.is_empty() {
            self.make_json_text_type("it is an object without named properties")
        } else {
            ColumnType::Struct(columns)
        }
    }

    /// Runs `make` with `step` at the end of the path of the current column, and returns its result.
    pub(super) fn run_with_path_step<T>(&mut self, step: &str, make: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step.to_owned());
        let made = make(self);
        self.path.pop();
        made
    }

    /// Returns the type of JSON text for the current column, and notes the reason: [`MAX_COLUMN_DEPTH`] levels are
    /// around it.
    fn make_json_text_for_depth(&mut self) -> ColumnType {
        self.make_json_text_type(&format!("there are {MAX_COLUMN_DEPTH} levels around it"))
    }

    /// Returns the type of JSON text for the current column, and adds a note with the reason.
    pub(super) fn make_json_text_type(&mut self, reason: &str) -> ColumnType {
        self.add_note(Outcome::JsonText, reason);
        ColumnType::Json
    }

    /// Adds a note about the current column; its path is written like `data.attendees[].name`.
    pub(super) fn add_note(&mut self, outcome: Outcome, reason: &str) {
        let column = self.path.join(".").replace(".[]", "[]").replace(".{}", "{}");
        self.notes.push(ColumnNote { column, outcome, reason: reason.to_owned() });
    }

    /// Returns the JSON types in the keyword `type` of the schema at `location`; if the schema does not have the
    /// keyword, of the schema that it refers to, and so on. `None` if no schema on this way has the keyword.
    pub(super) fn read_json_types_at(&self, location: &Location) -> Option<TypeSet> {
        let mut at = location;
        for _ in 0..MAX_FOLLOWED_REFERENCES {
            if let Some(types) = self.resolved.find_value(at).and_then(|schema| schema.get("type")) {
                let names = types.as_array().map_or(std::slice::from_ref(types), Vec::as_slice);
                let sets = names.iter().filter_map(|name| name.as_str().map(TypeSet::from_type_name));
                return Some(sets.fold(TypeSet::NONE, TypeSet::unite));
            }
            at = self.resolved.find_target(at)?;
        }
        None
    }
}

/// Returns the scalar column type that holds values of all JSON types in `types` but `null`, such as a number for
/// integers and numbers; nullable if `null` is among them. `None` if no scalar type holds them all, or if there is only
/// `null`.
pub(super) fn convert_scalar_types(types: TypeSet) -> Option<Element> {
    let scalars = [
        (TypeSet::STRING, ColumnType::Text),
        (TypeSet::BOOLEAN, ColumnType::Boolean),
        (TypeSet::INTEGER, ColumnType::Integer { unsigned: false }),
        (TypeSet::NUMBER, ColumnType::Number),
    ];
    let without_null = types.subtract(TypeSet::NULL);
    let mut fitting = scalars.into_iter().filter(|(set, _)| without_null.is_within(*set));
    let (_, ty) = fitting.next().filter(|_| without_null != TypeSet::NONE)?;
    Some(Element { ty, nullable: types.overlaps(TypeSet::NULL) })
}
