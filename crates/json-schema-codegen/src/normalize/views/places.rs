//! Finds the places of views in the types, and checks what the settings say about them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::checked;
use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::location::escape_pointer_step;
use crate::normalize::definition::{Definition, DefinitionId, Definitions, Property, Shape, Struct, Type};
use crate::normalize::names;
use crate::normalize::notes::Notes;
use crate::normalize::taken_names::TakenNames;
use crate::resolve::nearest;
use crate::settings::{Settings, View};

/// The methods that all structs have, whose names the method of a place cannot have.
const RESERVED_STRUCT_METHODS: &[&str] = &[
    "as_any",
    "clone",
    "eq",
    "fmt",
    "for_each_text",
    "get",
    "new",
    "properties",
    "redact",
    "remove",
    "serialize",
    "set",
    "texts",
    "unlisted",
];

/// A property that the settings give views, found in the types.
pub(super) struct FoundViewPlace<'s> {
    pub(super) key: &'s str,
    pub(super) settings: &'s View,
    pub(super) owner: DefinitionId,
    pub(super) property: String,
    pub(super) required: bool,
    pub(super) held: Option<DefinitionId>,
    pub(super) method: String,
    pub(super) name: String,
    /// (value of the sibling, text that names the schema) of each view.
    pub(super) values: Vec<(Value, &'s str)>,
}

/// Finds the places of the settings in `definitions`, and gives each a name for its enum that is free in `taken`. Notes
/// the values of a sibling that its enum does not list: they may come nevertheless, since enums keep such values.
///
/// Adds to `findings` an error for each type, property or sibling that does not exist, value that the sibling cannot
/// have, and method that cannot be. Leaves out places without a type or property.
pub(super) fn find_places<'s>(
    definitions: &Definitions,
    settings: &'s Settings,
    taken: &mut TakenNames,
    notes: &mut Notes,
    findings: &mut Findings,
) -> Vec<FoundViewPlace<'s>> {
    let mut methods: BTreeSet<(DefinitionId, String)> = BTreeSet::new();
    let mut places = Vec::new();
    for (key, view) in &settings.views {
        let Some((owner, object, property)) = findings.record_errors(find_property(definitions, key)) else { continue };
        let values = findings.record_errors(parse_sibling_values(definitions, (key, view), object, notes));
        let method = view.method.clone().unwrap_or_else(|| "view".to_owned());
        if !checked::is_rust_name(&method) {
            let message = format!("the method `{}` of the views of `{key}` is not a Rust name", method.escape_debug());
            let help = "write a name such as `view`".to_owned();
            findings.record_errors(Err::<(), _>(view_settings_error(&[key, "method"], message, help)));
        } else if RESERVED_STRUCT_METHODS.contains(&method.as_str()) || !methods.insert((owner, method.clone())) {
            findings.push(taken_method_error(definitions.name(owner), key, &method));
        }
        let word = match view.method {
            None => String::new(),
            Some(_) => names::make_type_name(&property.json_name),
        };
        let name = names::join_type_names(&names::join_type_names(definitions.name(owner), &word), "View");
        places.push(FoundViewPlace {
            key,
            settings: view,
            owner,
            property: property.json_name.clone(),
            required: property.required,
            held: find_struct_of_type(definitions, &property.ty),
            method,
            name: taken.take_unique_name(&name),
            values: values.unwrap_or_default(),
        });
    }
    places
}

/// Finds the struct and the property that `key` names, such as `Event.data`.
fn find_property<'d>(
    definitions: &'d Definitions,
    key: &str,
) -> Result<(DefinitionId, &'d Struct, &'d Property), Errors> {
    let structs = definitions.all.iter().enumerate().filter_map(|(index, definition)| match &definition.shape {
        Shape::Struct(object) => Some((DefinitionId(index), definition, object)),
        _ => None,
    });
    let structs: Vec<(DefinitionId, &Definition, &Struct)> = structs.collect();
    let owner = structs.iter().find_map(|(id, definition, object)| {
        let property = key.strip_prefix(definition.name.as_str())?.strip_prefix('.')?;
        Some((*id, *object, property))
    });
    let Some((id, object, name)) = owner else {
        let names = structs.iter().map(|(_, definition, _)| &definition.name);
        let ty = key.split('.').next().unwrap_or(key);
        let help = format!(
            "write the name of a struct, a full stop, and the JSON name of one of its properties; the structs are:{}",
            nearest::list_similar_names(names, ty)
        );
        return Err(view_settings_error(
            &[key],
            format!("`{key}` is not a place for views: no struct is named `{ty}`"),
            help,
        ));
    };
    let property = object.properties.iter().find(|property| property.json_name == name);
    property.map(|property| (id, object, property)).ok_or_else(|| {
        let ty = definitions.name(id);
        let message = format!("`{key}` is not a place for views: `{ty}` has no property `{name}`");
        view_settings_error(
            &[key],
            message,
            format!("the properties are:{}", nearest::list_similar_names(list_json_names(object), name)),
        )
    })
}

/// Returns the JSON names of the properties of a struct, in order.
fn list_json_names(object: &Struct) -> impl Iterator<Item = &String> {
    object.properties.iter().map(|property| &property.json_name)
}

/// Returns (value of the sibling, text that names the schema) for each view of a place. The values have the JSON type
/// of the sibling: strings, numbers or booleans. Notes values that the enum of the sibling does not list.
fn parse_sibling_values<'s>(
    definitions: &Definitions,
    (key, view): (&str, &'s View),
    object: &Struct,
    notes: &mut Notes,
) -> Result<Vec<(Value, &'s str)>, Errors> {
    let Some(sibling) = object.properties.iter().find(|property| property.json_name == view.by) else {
        let message = format!("the views of `{key}` depend on `{}`, which is not a property beside it", view.by);
        let help = format!("the properties are:{}", nearest::list_similar_names(list_json_names(object), &view.by));
        return Err(view_settings_error(&[key, "by"], message, help));
    };
    let (kind, listed) = find_kind_and_values(definitions, &sibling.ty);
    let mut findings = Findings::default();
    let mut values = Vec::new();
    for (text, schema) in &view.values {
        let Some(value) = kind.parse_value(text) else {
            let message = format!("`{}` is never `{text}`: it is {}", view.by, kind.describe());
            let errors = view_settings_error(&[key, text], message, format!("write {}", kind.describe()));
            errors.into_iter().for_each(|error| findings.push(error));
            continue;
        };
        if let Some(listed) = listed.as_ref().filter(|listed| !listed.contains(text)) {
            let message = format!(
                "`{text}` of the views of `{key}` is not among the values that the schema lists for `{}`",
                view.by
            );
            let help = format!("the values are:{}", nearest::list_similar_names(listed, text));
            notes.settings.extend(view_settings_error(&[key, text], message, help));
        }
        values.push((value, schema.as_str()));
    }
    findings.into_result(values)
}

/// The JSON type of a sibling property whose value decides which view is used.
#[derive(Clone, Copy)]
enum SiblingKind {
    Text,
    Number,
    Boolean,
}

impl SiblingKind {
    /// Converts `text`, a value of the sibling in the settings, to a JSON value of this type: for a number, `1` becomes
    /// the number 1. `None` if `text` is not a value of this type.
    fn parse_value(self, text: &str) -> Option<Value> {
        match self {
            Self::Text => Some(Value::from(text)),
            Self::Number => serde_json::from_str(text).ok().filter(Value::is_number),
            Self::Boolean => serde_json::from_str(text).ok().filter(Value::is_boolean),
        }
    }

    /// Returns a value of this type in words for errors, such as `a number`.
    fn describe(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Boolean => "`true` or `false`",
        }
    }
}

/// Returns (the JSON type of `ty`, the values that its enum lists). Types of several JSON types count as texts. The
/// values are `None` if `ty` is not an enum, or lists other values too.
fn find_kind_and_values(definitions: &Definitions, ty: &Type) -> (SiblingKind, Option<BTreeSet<String>>) {
    let mut ty = ty;
    for _ in 0..=definitions.all.len() {
        let (Type::Named(id) | Type::Boxed(id)) = ty else {
            return match ty {
                Type::Nullable(inner) | Type::Checked(inner, _) => find_kind_and_values(definitions, inner),
                Type::Integer { .. } | Type::NarrowInteger { .. } | Type::Number => (SiblingKind::Number, None),
                Type::Bool => (SiblingKind::Boolean, None),
                _ => (SiblingKind::Text, None),
            };
        };
        match definitions.get(*id).map(|definition| &definition.shape) {
            Some(Shape::Alias(next) | Shape::Newtype(next)) => ty = next,
            Some(Shape::Enum(listed)) => {
                let values = listed.values.iter().map(|value| &value.value);
                let kind = if values.clone().all(Value::is_number) { SiblingKind::Number } else { SiblingKind::Text };
                let texts = values.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
                return (kind, (!listed.open).then(|| texts.collect()));
            }
            _ => break,
        }
    }
    (SiblingKind::Text, None)
}

/// Returns the definition of the struct that `ty` names, looking through aliases and `null`; `None` if `ty` is not a
/// struct.
fn find_struct_of_type(definitions: &Definitions, ty: &Type) -> Option<DefinitionId> {
    let mut ty = ty;
    for _ in 0..=definitions.all.len() {
        let id = match ty {
            Type::Nullable(inner) | Type::Checked(inner, _) => {
                ty = inner;
                continue;
            }
            Type::Named(id) | Type::Boxed(id) => *id,
            _ => return None,
        };
        match &definitions.get(id)?.shape {
            Shape::Struct(_) => return Some(id),
            Shape::Alias(next) => ty = next,
            _ => return None,
        }
    }
    None
}

/// Returns the error for a place of views whose method has the name of another method of the struct `ty`.
fn taken_method_error(ty: &str, key: &str, method: &str) -> Diagnostic {
    let message = format!("the views of `{key}` cannot have the method `{method}`: `{ty}` has a method of this name");
    let help = format!(
        "write another name, such as `method = \"{method}_of_{}\"`",
        names::make_field_name(key.rsplit('.').next().unwrap_or(key))
    );
    Diagnostic::new(DiagnosticKind::Settings, message).with_pointer(settings_pointer(&[key, "method"])).with_help(help)
}

/// Returns an error about the setting at the keys `keys` below `views`.
fn view_settings_error(keys: &[&str], message: String, help: String) -> Errors {
    Diagnostic::new(DiagnosticKind::Settings, message).with_pointer(settings_pointer(keys)).with_help(help).into()
}

/// Returns the JSON pointer of the setting at the keys `keys` below `views`: `/views/Event.data/by`.
fn settings_pointer(keys: &[&str]) -> String {
    keys.iter().fold("/views".to_owned(), |pointer, key| format!("{pointer}/{}", escape_pointer_step(key)))
}

/// Groups the values of a place by the texts that name their schemas, in the order of the first value of each.
pub(super) fn group_by_schema<'s>(values: &[(Value, &'s str)]) -> Vec<(&'s str, Vec<Value>)> {
    let mut order: Vec<(&str, Vec<Value>)> = Vec::new();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for (value, schema) in values {
        let at = *index.entry(schema).or_insert(order.len());
        match order.get_mut(at) {
            Some((_, values)) => values.push(value.clone()),
            None => order.push((schema, vec![value.clone()])),
        }
    }
    order
}
