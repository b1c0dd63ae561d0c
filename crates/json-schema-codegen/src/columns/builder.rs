//! Turns types into columns.

use std::collections::HashMap;

use crate::columns::column::{Column, ColumnType, Element};
use crate::columns::notes::{ColumnNote, Outcome};
use crate::location::Location;
use crate::normalize::{DefinitionId, Definitions, OnMismatch, Property, Type, TypeSet};
use crate::resolve::Resolved;

/// Most columns of one type, with those inside structs. Types that use each other over and over would have columns without
/// end; the structs after the limit become JSON text.
const MAX_COLUMNS: usize = 10_000;

/// Most levels of lists, maps and structs in each other. A parser of an Arrow schema accepts 127 levels of JSON, of which a map
/// takes six.
const MAX_DEPTH: usize = 20;

/// Most references that are followed from a schema to find its `type`.
const MAX_REFERENCES: usize = 64;

/// The state of making columns.
pub(super) struct Builder<'a> {
    resolved: &'a Resolved,
    pub(super) definitions: &'a Definitions,
    notes: Vec<ColumnNote>,
    /// The names of the columns that lead to the current one, with `[]` for the items of a list and `{}` for the values of a
    /// map.
    path: Vec<String>,
    /// The definitions that the current column is in.
    open_definitions: Vec<DefinitionId>,
    /// The indexes of the views that the current column is in.
    pub(super) open_views: Vec<usize>,
    /// The number of columns made so far.
    count: usize,
}

impl<'a> Builder<'a> {
    /// Creates a builder without notes for the types in `definitions`, which were made from `resolved`.
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

    /// Returns the notes about all columns that the builder has made.
    pub(super) fn into_notes(self) -> Vec<ColumnNote> {
        self.notes
    }

    /// Returns the type and nullability of values of the type `ty`. `location` is that of their schema, if known. With
    /// `keeps_mismatch`, a value of another type is kept beside its field, so the column may be null.
    pub(super) fn element(&mut self, ty: &Type, location: Option<&Location>, keeps_mismatch: bool) -> Element {
        let within = |keyword| location.map(|location: &Location| location.child(keyword));
        let ty = match ty {
            Type::Bool => ColumnType::Boolean,
            Type::Integer { unsigned } => ColumnType::Integer { unsigned: *unsigned },
            Type::NarrowInteger { format, .. } => ColumnType::Integer { unsigned: *format == "uint64" },
            Type::Number => ColumnType::Number,
            Type::String => ColumnType::Text,
            Type::Any => self.json("the schema allows any value"),
            Type::Null => self.json("the schema allows only `null`"),
            Type::Array(_) | Type::Map(_) if self.path.len() >= MAX_DEPTH => self.too_deep(),
            Type::Array(items) => {
                let items =
                    self.inside("[]", |builder| builder.element(items, within("items").as_ref(), keeps_mismatch));
                ColumnType::List(Box::new(items))
            }
            Type::Map(values) => {
                let location = within("additionalProperties");
                let values = self.inside("{}", |builder| builder.element(values, location.as_ref(), keeps_mismatch));
                ColumnType::Map(Box::new(values))
            }
            Type::Nullable(inner) => {
                let inner = self.element(inner, location, keeps_mismatch);
                return Element { nullable: true, ..inner };
            }
            Type::Checked(inner, _) => return self.element(inner, location, keeps_mismatch),
            Type::Boxed(id) | Type::Named(id) => return self.named(*id, keeps_mismatch),
            Type::Path(path) => match location.and_then(|location| self.types_at(location)).and_then(scalar) {
                Some(element) => {
                    return Element { nullable: element.nullable || keeps_mismatch, ..element };
                }
                None => self.json(&format!("the settings give its values the Rust type `{path}`")),
            },
        };
        let is_json = ty == ColumnType::Json;
        Element { ty, nullable: keeps_mismatch || is_json }
    }

    /// Returns the type and nullability of values of the definition `id`, as [`Self::element`] does. They are JSON text if
    /// the current column is inside the definition already.
    fn named(&mut self, id: DefinitionId, keeps_mismatch: bool) -> Element {
        let Some(definition) = self.definitions.get(id) else {
            return Element { ty: ColumnType::Json, nullable: true };
        };
        if self.open_definitions.contains(&id) {
            let reason = format!("`{}` contains itself", definition.name);
            return Element { ty: self.json(&reason), nullable: true };
        }
        self.open_definitions.push(id);
        let element = self.shape(definition, keeps_mismatch);
        self.open_definitions.pop();
        element
    }

    /// Returns the column of a property.
    pub(super) fn property(&mut self, property: &Property) -> Element {
        let keeps_mismatch = property.on_mismatch == OnMismatch::Keep || property.accepts_others;
        let element = self.element(&property.ty, Some(&property.location), keeps_mismatch);
        let nullable = element.nullable || !property.required || property.accepts_null;
        Element { nullable, ..element }
    }

    /// Returns a struct with a column for each of `properties`, for which `name` returns the JSON name and `element` the
    /// type. Leaves out properties whose names are empty or differ from an earlier one only by case. JSON text if no column
    /// is left, or if there are too many columns or levels.
    pub(super) fn structure<P>(
        &mut self,
        properties: &[P],
        name: fn(&P) -> &str,
        element: impl Fn(&mut Self, &P) -> Element,
    ) -> ColumnType {
        self.count += properties.len();
        if self.count > MAX_COLUMNS {
            return self.json(&format!("there are {MAX_COLUMNS} columns before it"));
        }
        if self.path.len() >= MAX_DEPTH {
            return self.too_deep();
        }
        let mut taken: HashMap<String, &str> = HashMap::new();
        let mut columns = Vec::new();
        for property in properties {
            let name = name(property);
            if let Some(earlier) = taken.get(&name.to_lowercase()) {
                let reason = format!("only case distinguishes it from `{earlier}`, and engines ignore case");
                self.inside(name, |builder| builder.note(Outcome::Omitted, &reason));
            } else if name.is_empty() {
                self.inside("``", |builder| builder.note(Outcome::Omitted, "its name is empty"));
            } else {
                taken.insert(name.to_lowercase(), name);
                let element = self.inside(name, |builder| element(builder, property));
                columns.push(Column { name: name.to_owned(), element });
            }
        }
        if columns.is_empty() {
            self.json("it is an object without named properties")
        } else {
            ColumnType::Struct(columns)
        }
    }

    /// Returns the result of `make`, which runs with `step` at the end of the path.
    pub(super) fn inside<T>(&mut self, step: &str, make: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step.to_owned());
        let made = make(self);
        self.path.pop();
        made
    }

    /// Returns the type of JSON text, and notes that the current column has [`MAX_DEPTH`] levels around it.
    fn too_deep(&mut self) -> ColumnType {
        self.json(&format!("there are {MAX_DEPTH} levels around it"))
    }

    /// Returns the type of JSON text, and notes the reason for it at the current column.
    pub(super) fn json(&mut self, reason: &str) -> ColumnType {
        self.note(Outcome::JsonText, reason);
        ColumnType::Json
    }

    /// Adds a note about the current column.
    pub(super) fn note(&mut self, outcome: Outcome, reason: &str) {
        let column = self.path.join(".").replace(".[]", "[]").replace(".{}", "{}");
        self.notes.push(ColumnNote { column, outcome, reason: reason.to_owned() });
    }

    /// Returns the JSON types that the keyword `type` allows in the schema at `location`, or in the schemas that it refers
    /// to; `None` if they do not have the keyword.
    pub(super) fn types_at(&self, location: &Location) -> Option<TypeSet> {
        let mut at = location;
        for _ in 0..MAX_REFERENCES {
            if let Some(types) = self.resolved.value(at).and_then(|schema| schema.get("type")) {
                let names = types.as_array().map_or(std::slice::from_ref(types), Vec::as_slice);
                let sets = names.iter().filter_map(|name| name.as_str().map(TypeSet::named));
                return Some(sets.fold(TypeSet::NONE, TypeSet::or));
            }
            at = self.resolved.target(at)?;
        }
        None
    }
}

/// Returns the type for values of the JSON types `types`, if all are of one scalar type, apart from `null`; else `None`.
pub(super) fn scalar(types: TypeSet) -> Option<Element> {
    let scalars = [
        (TypeSet::STRING, ColumnType::Text),
        (TypeSet::BOOLEAN, ColumnType::Boolean),
        (TypeSet::INTEGER, ColumnType::Integer { unsigned: false }),
        (TypeSet::NUMBER, ColumnType::Number),
    ];
    let without_null = types.without(TypeSet::NULL);
    let mut fitting = scalars.into_iter().filter(|(set, _)| without_null.within(*set));
    let (_, ty) = fitting.next().filter(|_| without_null != TypeSet::NONE)?;
    Some(Element { ty, nullable: types.has(TypeSet::NULL) })
}
