//! Turns the definitions of schemas of views into views: structs become views, enums of strings stay enums, and aliases
//! and newtypes dissolve.

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::location::{Location, escape_pointer_step};
use crate::normalize::definition::{
    AdditionalProperties, Definition, DefinitionId, Definitions, Enum, Property, Shape, Struct, Type,
};
use crate::normalize::names;
use crate::normalize::notes::Notes;
use crate::normalize::taken_names::TakenNames;
use crate::normalize::views::enums::RepeatedEnums;
use crate::normalize::views::keywords;
use crate::normalize::views::places::{self, FoundViewPlace};
use crate::normalize::views::{Accessor, View, ViewChoice, ViewId, ViewPlace, ViewType};
use crate::resolve::Resolved;

/// The methods that all views have, whose names no method of a property can have.
pub(super) const RESERVED_VIEW_METHODS: &[&str] = &["as_any", "get"];

/// The state of turning definitions into views.
pub(super) struct ViewConverter<'a> {
    resolved: &'a Resolved,
    /// The definitions of the schemas of views.
    source: &'a [Definition],
    enums: EnumSubstitutes,
    /// The definitions of the types, which get the enums of views.
    definitions: &'a mut Definitions,
    notes: &'a mut Notes,
    views: Vec<View>,
    /// The views and enums that are made already.
    view_ids: HashMap<DefinitionId, ViewId>,
    enum_ids: HashMap<DefinitionId, DefinitionId>,
    /// The views whose methods are not made yet.
    waiting: Vec<(ViewId, DefinitionId)>,
}

/// The definition of each text that names a schema in the settings; `None` if the schema has a type without a name.
pub(super) type NamedSchemas<'a> = HashMap<&'a str, Option<DefinitionId>>;

/// The enums that take the place of enums of views.
pub(super) struct EnumSubstitutes {
    /// The definitions of the types, by the definitions of views that have the same schemas.
    pub(super) shared: HashMap<DefinitionId, DefinitionId>,
    pub(super) same: RepeatedEnums,
}

impl<'a> ViewConverter<'a> {
    /// Creates a converter of the definitions `source`.
    pub(super) fn new(
        resolved: &'a Resolved,
        source: &'a [Definition],
        enums: EnumSubstitutes,
        definitions: &'a mut Definitions,
        notes: &'a mut Notes,
    ) -> Self {
        let (views, waiting) = (Vec::new(), Vec::new());
        let (view_ids, enum_ids) = (HashMap::new(), HashMap::new());
        Self { resolved, source, enums, definitions, notes, views, view_ids, enum_ids, waiting }
    }

    /// Converts a place that was found in the types, and makes the views of its values.
    ///
    /// # Errors
    /// An error for each schema that does not describe an object with named properties.
    pub(super) fn convert_place(
        &mut self,
        found: FoundViewPlace<'_>,
        schemas: &NamedSchemas<'_>,
    ) -> Result<ViewPlace, Errors> {
        let mut choices: Vec<ViewChoice> = Vec::new();
        let mut findings = Findings::default();
        for (schema, values) in places::group_by_schema(&found.values) {
            // A schema that does not exist has an error of its own.
            let Some(id) = schemas.get(schema) else { continue };
            let Some(id) = id.filter(|id| self.find_struct(*id).is_some()) else {
                findings.push(not_an_object_error(&found, schema, &values));
                continue;
            };
            let view = self.find_or_add_view(id);
            match choices.iter_mut().find(|choice| choice.view == view) {
                Some(choice) => choice.values.extend(values),
                None => choices.push(ViewChoice { values, view }),
            }
        }
        self.build_accessors();
        findings.into_result(ViewPlace {
            owner: found.owner,
            property: found.property,
            required: found.required,
            held: found.held,
            by: found.settings.by.clone(),
            method: found.method,
            name: found.name,
            alias: None,
            choices,
            other: String::new(),
        })
    }

    /// Returns all views that were made.
    pub(super) fn into_views(self) -> Vec<View> {
        self.views
    }

    /// Returns the definition `id` with its struct; `None` if the definition is not a struct.
    fn find_struct(&self, id: DefinitionId) -> Option<(&'a Definition, &'a Struct)> {
        let definition = self.source.get(id.0)?;
        match &definition.shape {
            Shape::Struct(object) => Some((definition, object)),
            _ => None,
        }
    }

    /// Returns the view made from the definition `id`, a struct, and adds the view if there is none. A new view has no
    /// methods until [`Self::build_accessors`].
    fn find_or_add_view(&mut self, id: DefinitionId) -> ViewId {
        if let Some(view) = self.view_ids.get(&id) {
            return *view;
        }
        let view = ViewId(self.views.len());
        self.view_ids.insert(id, view);
        self.waiting.push((view, id));
        let definition = self.source.get(id.0);
        self.views.push(View {
            name: definition.map(|definition| definition.name.clone()).unwrap_or_default(),
            alias: None,
            location: definition.map_or_else(|| Location::new(0, ""), |definition| definition.location.clone()),
            docs: definition.map(|definition| definition.docs.clone()).unwrap_or_default(),
            accessors: Vec::new(),
            describes_others: false,
        });
        view
    }

    /// Makes the methods of all views that have none yet, and of the views that these methods return.
    fn build_accessors(&mut self) {
        while let Some((view, id)) = self.waiting.pop() {
            let Some((definition, object)) = self.find_struct(id) else { continue };
            let mut methods = TakenNames::from_names(RESERVED_VIEW_METHODS);
            let json_names: Vec<&str> = object.properties.iter().map(|property| property.json_name.as_str()).collect();
            let methods_of = methods.take_distinct_names(&json_names, names::make_field_name);
            let accessors = object.properties.iter().zip(methods_of);
            let accessors = accessors.map(|(property, method)| self.build_accessor(property, method)).collect();
            self.notes.note_changed_names(&definition.location, "method", methods.drain_changed_names());
            self.views[view.0].accessors = accessors;
            self.views[view.0].describes_others =
                !object.patterns.is_empty() || matches!(object.extra, AdditionalProperties::Typed { .. });
        }
    }

    /// Builds the method called `method` that returns the values of `property`.
    fn build_accessor(&mut self, property: &Property, method: String) -> Accessor {
        let read_as = keywords::find_read_as_type(self.resolved, &property.location, self.notes);
        let ty = read_as.clone().unwrap_or_else(|| self.make_view_type(&property.ty, &mut Vec::new()));
        Accessor {
            json_name: property.json_name.clone(),
            method,
            timestamp: None,
            ty,
            parses_text: read_as.is_some(),
            accepts_null: property.accepts_null,
            docs: property.docs.clone(),
            location: property.location.clone(),
        }
    }

    /// Returns the type of the values that a method of a view returns for a property of the type `ty`. `within` has the
    /// aliases that contain `ty`; where an alias contains itself, the type is any value.
    fn make_view_type(&mut self, ty: &Type, within: &mut Vec<DefinitionId>) -> ViewType {
        match ty {
            Type::String => ViewType::Text,
            Type::Bool => ViewType::Boolean,
            Type::Integer { .. } | Type::NarrowInteger { .. } => ViewType::Integer,
            Type::Checked(inner, _) => self.make_view_type(inner, within),
            Type::Number => ViewType::Number,
            Type::Any | Type::Null | Type::Path(_) => ViewType::Any,
            Type::Nullable(inner) => self.make_view_type(inner, within),
            Type::Array(inner) => ViewType::List(Box::new(self.make_view_type(inner, within))),
            Type::Map(inner) if **inner == Type::Any => ViewType::AnyObject,
            Type::Map(inner) => ViewType::Map(Box::new(self.make_view_type(inner, within))),
            Type::Named(id) | Type::Boxed(id) => self.make_definition_view_type(*id, within),
        }
    }

    /// Returns the type as [`Self::make_view_type`] does, for a property whose type is the definition `id`.
    fn make_definition_view_type(&mut self, id: DefinitionId, within: &mut Vec<DefinitionId>) -> ViewType {
        let source = self.source;
        match source.get(id.0).map(|definition| &definition.shape) {
            Some(Shape::Struct(_)) => ViewType::Object(self.find_or_add_view(id)),
            Some(Shape::Enum(listed)) if listed.has_only_strings() => {
                self.find_or_add_enum(id).map_or(ViewType::Text, ViewType::Enum)
            }
            Some(Shape::Enum(listed)) => make_enum_view_type(listed),
            Some(Shape::Alias(ty) | Shape::Newtype(ty)) if !within.contains(&id) => {
                within.push(id);
                let ty = self.make_view_type(ty, within);
                within.pop();
                ty
            }
            _ => ViewType::Any,
        }
    }

    /// Returns the definition among the types for the enum of strings `id`, and adds it if the types do not have this
    /// enum.
    fn find_or_add_enum(&mut self, id: DefinitionId) -> Option<DefinitionId> {
        let shared = self.enums.shared.get(&id).filter(|shared| {
            let shape = self.definitions.get(**shared).map(|definition| &definition.shape);
            matches!(shape, Some(Shape::Enum(listed)) if listed.has_only_strings() && !listed.is_closed())
        });
        let first = self.enums.same.first.get(&id).copied().unwrap_or(id);
        if let Some(id) = shared.or(self.enum_ids.get(&first)) {
            return Some(*id);
        }
        let definition = self.source.get(first.0)?;
        let Shape::Enum(listed) = &definition.shape else { return None };
        let new = DefinitionId(self.definitions.all.len());
        self.definitions.all.push(Definition {
            name: self.enums.same.names.get(&first).unwrap_or(&definition.name).clone(),
            alias: None,
            location: definition.location.clone(),
            docs: definition.docs.clone(),
            is_root: false,
            assertions: None,
            shape: Shape::Enum(listed.clone()),
        });
        self.enum_ids.insert(first, new);
        Some(new)
    }
}

/// Returns the type of the values of an enum that are not all strings: whole numbers if all are integers, numbers if
/// all are numbers, else any value.
fn make_enum_view_type(listed: &Enum) -> ViewType {
    let mut values = listed.values.iter().map(|value| &value.value);
    match values.clone().all(|value| value.is_i64() || value.is_u64()) {
        true => ViewType::Integer,
        false if values.all(Value::is_number) => ViewType::Number,
        false => ViewType::Any,
    }
}

/// Returns the definition that `ty` names, looking through aliases, newtypes and `null`; `None` if it names none, such
/// as `String`.
pub(super) fn find_named_definition(source: &[Definition], ty: &Type) -> Option<DefinitionId> {
    let mut ty = ty;
    for _ in 0..=source.len() {
        match ty {
            Type::Nullable(inner) | Type::Checked(inner, _) => ty = inner,
            Type::Named(id) | Type::Boxed(id) => match &source.get(id.0)?.shape {
                Shape::Alias(next) | Shape::Newtype(next) => ty = next,
                _ => return Some(*id),
            },
            _ => return None,
        }
    }
    None
}

/// Returns the error for a schema of a view that does not describe an object with named properties.
fn not_an_object_error(found: &FoundViewPlace<'_>, schema: &str, values: &[Value]) -> Diagnostic {
    let value = values.first().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    let value = value.unwrap_or_default();
    let message = format!("the schema `{schema}` of the view for `{value}` is not an object with properties");
    let help = "name the schema of an object, or remove the entry: values without a view are in the variant for others";
    let pointer = format!("/views/{}/{}", escape_pointer_step(found.key), escape_pointer_step(&value));
    Diagnostic::new(DiagnosticKind::Settings, message).with_pointer(pointer).with_help(help)
}
