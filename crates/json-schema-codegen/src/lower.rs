//! Converts the types of definitions into Rust types with typify. No other module uses typify, and no module outside
//! `lower` uses schemars 0.8.
//!
//! typify gets a schema of an object with one property for each type. A definition inside a type is
//! replaced by a placeholder for its Rust path, so that typify sees only schemas that it handles well.

mod typify_schema;

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};

use quote::ToTokens as _;
use schemars::schema::{InstanceType, ObjectValidation, Schema, SchemaObject};
use typify::{TypeDetails, TypeSpace, TypeSpaceSettings};

use crate::normalize::{Definitions, Notes, Shape, Type};

use typify_schema::TypifySchemaWriter;

/// The definitions, and the Rust type of each type in them.
pub(crate) struct LoweredDefinitions {
    pub(crate) definitions: Definitions,
    pub(crate) rust_types: RustTypes,
}

/// The Rust type of each type in the definitions.
pub(crate) struct RustTypes {
    found: HashMap<Type, syn::Type>,
    /// The Rust type for a type that is not in `found`, which is a fault of the generator. It does not compile.
    missing: syn::Type,
}

impl RustTypes {
    /// Returns the Rust type for `ty`, a type in one of the definitions. For any other type, returns a call of
    /// `compile_error!`, which stops the compiler with a message.
    pub(crate) fn get(&self, ty: &Type) -> &syn::Type {
        self.found.get(ty).unwrap_or(&self.missing)
    }

    /// Returns all Rust types as texts.
    pub(crate) fn format_as_texts(&self) -> TypeTexts {
        let texts = self.found.iter().map(|(ty, rust)| {
            let text = rust.to_token_stream().to_string().replace(' ', "");
            (ty.clone(), text)
        });
        TypeTexts(texts.collect())
    }
}

/// The Rust type of each type in the definitions, as text without spaces, such as `Vec<Recipient>`.
pub(crate) struct TypeTexts(HashMap<Type, String>);

impl TypeTexts {
    /// Returns the text for `ty`, a type in one of the definitions; for any other type, a text that says so.
    pub(crate) fn get(&self, ty: &Type) -> &str {
        self.0.get(ty).map_or("(a type that json-schema-codegen has not found)", String::as_str)
    }
}

/// The name of the struct that typify makes with a field for each type.
const HOLDER_STRUCT_NAME: &str = "Holder";

/// Finds the Rust type of each type in the definitions. If typify fails on a type, the definition with it becomes any
/// value, and `notes` gets the reason. `map_path` is the Rust path of the type of maps.
pub(crate) fn lower_to_rust_types(
    mut definitions: Definitions,
    map_path: &str,
    notes: &mut Notes,
) -> LoweredDefinitions {
    let mut types: Vec<Type> = Vec::new();
    let mut seen = HashMap::new();
    let held = definitions.all.iter().flat_map(|definition| definition.shape.contained_types());
    for ty in held.flat_map(|ty| std::iter::once(ty).chain(list_types_named_by_output(ty))) {
        seen.entry(ty.clone()).or_insert_with(|| types.push(ty.clone()));
    }
    let mut rust_types = RustTypes { found: HashMap::new(), missing: make_compile_error_type() };
    let mut failures: HashMap<Type, String> = HashMap::new();
    for batch in types.chunks(MAX_TYPES_PER_TYPIFY_RUN) {
        if let Ok(found) = convert_types_by_typify(batch, &definitions, map_path) {
            rust_types.found.extend(batch.iter().cloned().zip(found));
            continue;
        }
        for ty in batch {
            match convert_types_by_typify(std::slice::from_ref(ty), &definitions, map_path) {
                Ok(found) => rust_types.found.extend(found.into_iter().map(|rust| (ty.clone(), rust))),
                Err(reason) => drop(failures.insert(ty.clone(), reason)),
            }
        }
    }
    for definition in &mut definitions.all {
        let failure = definition.shape.contained_types().into_iter().find_map(|ty| failures.get(ty));
        if let Some(reason) = failure {
            notes.note_widened_schema(&definition.location, &format!("typify cannot model the type: {reason}"));
            definition.shape = Shape::Alias(Type::Any);
            rust_types.found.insert(Type::Any, syn::parse_quote!(::serde_json::Value));
        }
    }
    LoweredDefinitions { definitions, rust_types }
}

/// Returns the types inside `ty` that the output also names alone, without `ty` around them: types with assertions, and
/// narrow integers.
fn list_types_named_by_output(ty: &Type) -> Vec<&Type> {
    match ty {
        Type::Checked(inner, _) => std::iter::once(&**inner).chain(list_types_named_by_output(inner)).collect(),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => list_types_named_by_output(inner),
        Type::NarrowInteger { .. } => vec![ty],
        _ => Vec::new(),
    }
}

/// Returns a type that stops the compiler with a message: a call of `compile_error!`.
fn make_compile_error_type() -> syn::Type {
    syn::parse_quote!(::core::compile_error!("json-schema-codegen found no Rust type here; please report it"))
}

/// Most types that typify gets at once; its time grows with the square of their number.
const MAX_TYPES_PER_TYPIFY_RUN: usize = 32;

/// Converts `types` to Rust types by typify. The result has their order.
///
/// # Errors
/// The message of typify if it cannot convert one of the types, or that it panicked.
fn convert_types_by_typify(
    types: &[Type],
    definitions: &Definitions,
    map_path: &str,
) -> Result<Vec<syn::Type>, String> {
    let mut writer = TypifySchemaWriter { definitions, placeholders: BTreeMap::new() };
    let properties =
        types.iter().enumerate().map(|(index, ty)| (name_holder_property(index), writer.write_typify_schema(ty)));
    let object = ObjectValidation {
        properties: properties.collect(),
        required: (0..types.len()).map(name_holder_property).collect(),
        ..ObjectValidation::default()
    };
    let holder = SchemaObject {
        instance_type: Some(InstanceType::Object.into()),
        object: Some(Box::new(object)),
        ..SchemaObject::default()
    };
    let attempt = catch_unwind(AssertUnwindSafe(|| run_typify(holder.into(), &writer.placeholders, map_path)));
    let found = attempt.map_err(|_| "it panicked".to_owned())??;
    (0..types.len())
        .map(|index| {
            found.get(&name_holder_property(index)).cloned().ok_or("its result has no field for a type".to_owned())
        })
        .collect()
}

/// Returns the property name for the type at `index`: `p000003` for 3. With leading zeros, the names sort
/// in the order of the indices.
fn name_holder_property(index: usize) -> String {
    format!("p{index:06}")
}

/// Runs typify on the object schema `holder`, and returns the Rust type of each property by its name.
/// `placeholders` has the Rust path that typify puts in the place of each placeholder, and `map_path` is that of maps.
///
/// # Errors
/// The message of typify, or what is missing in its result.
fn run_typify(
    holder: Schema,
    placeholders: &BTreeMap<String, String>,
    map_path: &str,
) -> Result<BTreeMap<String, syn::Type>, String> {
    let mut settings = TypeSpaceSettings::default();
    settings.with_map_type(map_path);
    for (placeholder, path) in placeholders {
        settings.with_replacement(placeholder, path, std::iter::empty());
    }
    let mut space = TypeSpace::new(&settings);
    let others = placeholders.keys().map(|placeholder| (placeholder.clone(), Schema::Bool(true)));
    let definitions: Vec<(String, Schema)> =
        [(HOLDER_STRUCT_NAME.to_owned(), holder)].into_iter().chain(others).collect();
    space.add_ref_types(definitions).map_err(|error| error.to_string())?;
    let holder = space
        .iter_types()
        .find(|found| found.name() == HOLDER_STRUCT_NAME)
        .ok_or("its result has no struct for the types")?;
    let TypeDetails::Struct(fields) = holder.details() else {
        return Err("its result for the types is not a struct".to_owned());
    };
    let mut types = BTreeMap::new();
    for (name, id) in fields.properties() {
        let ident = space.get_type(&id).map_err(|error| error.to_string())?.ident();
        let mut ty = syn::parse2(ident).map_err(|error| error.to_string())?;
        shorten_type_paths(&mut ty);
        types.insert(name.to_owned(), ty);
    }
    Ok(types)
}

/// Shortens the paths of prelude types to their last segment, at any depth: `::std::vec::Vec<T>` becomes
/// `Vec<T>`. That is safe, because no definition gets such a name.
fn shorten_type_paths(ty: &mut syn::Type) {
    const PRELUDE_TYPES: &[&str] = &["Box", "Option", "String", "Vec"];
    let syn::Type::Path(syn::TypePath { path, .. }) = ty else { return };
    let is_std = path.leading_colon.is_some() && path.segments.first().is_some_and(|first| first.ident == "std");
    let Some(mut last) = path.segments.last().cloned() else { return };
    if let syn::PathArguments::AngleBracketed(arguments) = &mut last.arguments {
        for argument in &mut arguments.args {
            if let syn::GenericArgument::Type(ty) = argument {
                shorten_type_paths(ty);
            }
        }
    }
    if is_std && PRELUDE_TYPES.iter().any(|name| last.ident == name) {
        *path = last.into();
    } else if let Some(location) = path.segments.last_mut() {
        *location = last;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::Location;
    use crate::normalize::{Definition, DefinitionId, Docs};
    use crate::settings::BTREE_MAP;

    fn alias(name: &str, ty: Type) -> Definition {
        let location = Location::new(0, format!("/$defs/{name}"));
        let shape = Shape::Alias(ty);
        Definition {
            name: name.to_owned(),
            alias: None,
            location,
            docs: Docs::default(),
            is_root: false,
            assertions: None,
            shape,
        }
    }

    /// No schema is known that makes typify panic, and paths in the settings are checked earlier. So an
    /// invalid path takes the place of an unknown flaw of typify.
    #[test]
    fn a_definition_that_typify_panics_on_is_widened() {
        let broken = alias("Broken", Type::Path("fn () {".to_owned()));
        let sound = alias("Sound", Type::Array(Box::new(Type::Named(DefinitionId(0)))));
        let mut notes = Notes::default();
        let definitions = Definitions { all: vec![broken, sound], ..Definitions::default() };
        let lowered = lower_to_rust_types(definitions, BTREE_MAP, &mut notes);
        let shapes: Vec<&Shape> = lowered.definitions.all.iter().map(|definition| &definition.shape).collect();
        assert!(matches!(shapes[..], [Shape::Alias(Type::Any), Shape::Alias(Type::Array(_))]), "{shapes:?}");
        let reason = format!("{notes:?}");
        assert!(
            reason.contains("/$defs/Broken") && reason.contains("typify cannot model the type: it panicked"),
            "{reason}"
        );
    }
}
