//! Turns the types of definitions into Rust types, with typify; the only module that names typify
//! and schemars 0.8.
//!
//! typify is given objects whose properties are the types that are asked for, under names of ours,
//! with every definition replaced by its path. So it is fed only what it models soundly.

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};

use quote::ToTokens as _;
use schemars::schema::{
    ArrayValidation, InstanceType, ObjectValidation, Schema, SchemaObject, SingleOrVec, SubschemaValidation,
};
use typify::{TypeDetails, TypeSpace, TypeSpaceSettings};

use crate::normalize::{Definitions, Notes, Shape, Type};

/// Definitions, and the Rust type of each type in them.
pub(crate) struct Lowered {
    pub(crate) definitions: Definitions,
    pub(crate) rust_types: RustTypes,
}

/// The Rust type of each type that the definitions hold.
pub(crate) struct RustTypes {
    found: HashMap<Type, syn::Type>,
    /// Stands for a type that is not among them, which would be a fault of ours: it does not compile.
    missing: syn::Type,
}

impl RustTypes {
    /// Returns the Rust type of a type that a definition holds.
    pub(crate) fn get(&self, ty: &Type) -> &syn::Type {
        self.found.get(ty).unwrap_or(&self.missing)
    }

    /// Returns the Rust type as text without spaces, such as `Vec<Recipient>`.
    pub(crate) fn text(&self, ty: &Type) -> String {
        self.get(ty).to_token_stream().to_string().replace(' ', "")
    }
}

/// The name that typify is given for the object with the types that are asked for.
const HOLDER: &str = "Holder";

/// Finds the Rust types of all definitions. A definition with a type that typify fails on takes any
/// value, and the notes say so.
pub(crate) fn lower(mut definitions: Definitions, notes: &mut Notes) -> Lowered {
    let mut types: Vec<Type> = Vec::new();
    let mut seen = HashMap::new();
    for ty in definitions.all.iter().flat_map(|definition| definition.shape.types()) {
        seen.entry(ty.clone()).or_insert_with(|| types.push(ty.clone()));
    }
    let mut rust_types = RustTypes { found: HashMap::new(), missing: missing() };
    let mut failures: HashMap<Type, String> = HashMap::new();
    for some in types.chunks(AT_ONCE) {
        if let Ok(found) = converted(some, &definitions) {
            rust_types.found.extend(some.iter().cloned().zip(found));
            continue;
        }
        for ty in some {
            match converted(std::slice::from_ref(ty), &definitions) {
                Ok(found) => rust_types.found.extend(found.into_iter().map(|rust| (ty.clone(), rust))),
                Err(reason) => drop(failures.insert(ty.clone(), reason)),
            }
        }
    }
    for definition in &mut definitions.all {
        let failure = definition.shape.types().into_iter().find_map(|ty| failures.get(ty));
        if let Some(reason) = failure {
            notes.widen(&definition.place, &format!("typify cannot model it: {reason}"));
            definition.shape = Shape::Alias(Type::Any);
            rust_types.found.insert(Type::Any, syn::parse_quote!(::serde_json::Value));
        }
    }
    Lowered { definitions, rust_types }
}

/// Returns a type that stops the compiler with a message.
fn missing() -> syn::Type {
    syn::parse_quote!(::core::compile_error!("json-schema-codegen has not found this type; please report it"))
}

/// How many types typify is given at once: its time grows with the square of them.
const AT_ONCE: usize = 32;

/// Returns the Rust type of each of a few types, in their order.
///
/// # Errors
/// What typify says of a type that it cannot model, or that it panicked.
fn converted(types: &[Type], definitions: &Definitions) -> Result<Vec<syn::Type>, String> {
    let mut paths = Paths { definitions, placeholders: BTreeMap::new() };
    let properties = types.iter().enumerate().map(|(index, ty)| (property(index), paths.schema(ty)));
    let object = ObjectValidation {
        properties: properties.collect(),
        required: (0..types.len()).map(property).collect(),
        ..ObjectValidation::default()
    };
    let holder = SchemaObject {
        instance_type: Some(InstanceType::Object.into()),
        object: Some(Box::new(object)),
        ..SchemaObject::default()
    };
    let attempt = catch_unwind(AssertUnwindSafe(|| run(holder.into(), &paths.placeholders)));
    let found = attempt.map_err(|_| "it panicked".to_owned())??;
    (0..types.len())
        .map(|index| found.get(&property(index)).cloned().ok_or("a property is missing".to_owned()))
        .collect()
}

/// The name of a property for typify: sorted as the properties are.
fn property(index: usize) -> String {
    format!("p{index:06}")
}

/// Runs typify on one object: the Rust type of each property.
fn run(holder: Schema, placeholders: &BTreeMap<String, String>) -> Result<BTreeMap<String, syn::Type>, String> {
    let mut settings = TypeSpaceSettings::default();
    settings.with_map_type("::std::collections::BTreeMap");
    for (placeholder, path) in placeholders {
        settings.with_replacement(placeholder, path, std::iter::empty());
    }
    let mut space = TypeSpace::new(&settings);
    let others = placeholders.keys().map(|placeholder| (placeholder.clone(), Schema::Bool(true)));
    let definitions: Vec<(String, Schema)> = [(HOLDER.to_owned(), holder)].into_iter().chain(others).collect();
    space.add_ref_types(definitions).map_err(|error| error.to_string())?;
    let holder = space.iter_types().find(|found| found.name() == HOLDER).ok_or("the object is missing")?;
    let TypeDetails::Struct(fields) = holder.details() else { return Err("the object is no struct".to_owned()) };
    let mut types = BTreeMap::new();
    for (name, id) in fields.properties() {
        let ident = space.get_type(&id).map_err(|error| error.to_string())?.ident();
        let mut ty = syn::parse2(ident).map_err(|error| error.to_string())?;
        shorten(&mut ty);
        types.insert(name.to_owned(), ty);
    }
    Ok(types)
}

/// Types of the prelude by their last name alone, as people write them; no definition has their names.
fn shorten(ty: &mut syn::Type) {
    const PRELUDE: &[&str] = &["Box", "Option", "String", "Vec"];
    let syn::Type::Path(syn::TypePath { path, .. }) = ty else { return };
    let is_std = path.leading_colon.is_some() && path.segments.first().is_some_and(|first| first.ident == "std");
    let Some(mut last) = path.segments.last().cloned() else { return };
    if let syn::PathArguments::AngleBracketed(arguments) = &mut last.arguments {
        for argument in &mut arguments.args {
            if let syn::GenericArgument::Type(ty) = argument {
                shorten(ty);
            }
        }
    }
    if is_std && PRELUDE.iter().any(|name| last.ident == name) {
        *path = last.into();
    } else if let Some(place) = path.segments.last_mut() {
        *place = last;
    }
}

/// Writes types as schemas; what typify is not to model becomes a placeholder for a path.
struct Paths<'a> {
    definitions: &'a Definitions,
    placeholders: BTreeMap<String, String>,
}

impl Paths<'_> {
    fn schema(&mut self, ty: &Type) -> Schema {
        match ty {
            Type::Any => Schema::Bool(true),
            Type::Null => instance(InstanceType::Null).into(),
            Type::Bool => instance(InstanceType::Boolean).into(),
            Type::Text => instance(InstanceType::String).into(),
            Type::Integer { unsigned } => {
                let format = Some(if *unsigned { "uint64" } else { "int64" }.to_owned());
                SchemaObject { format, ..instance(InstanceType::Integer) }.into()
            }
            Type::Number => self.path("Number".to_owned(), "::serde_json::Number".to_owned()),
            Type::List(items) => {
                let items = Some(SingleOrVec::Single(Box::new(self.schema(items))));
                let array = Some(Box::new(ArrayValidation { items, ..ArrayValidation::default() }));
                SchemaObject { array, ..instance(InstanceType::Array) }.into()
            }
            Type::Map(values) => {
                let additional_properties = Some(Box::new(self.schema(values)));
                let object = Some(Box::new(ObjectValidation { additional_properties, ..ObjectValidation::default() }));
                SchemaObject { object, ..instance(InstanceType::Object) }.into()
            }
            Type::Nullable(inner) => {
                let one_of = Some(vec![self.schema(inner), instance(InstanceType::Null).into()]);
                let subschemas = Some(Box::new(SubschemaValidation { one_of, ..SubschemaValidation::default() }));
                SchemaObject { subschemas, ..SchemaObject::default() }.into()
            }
            Type::Named(id) => self.path(format!("T{}", id.0), self.definitions.name(*id).to_owned()),
            Type::Boxed(id) => self.path(format!("B{}", id.0), format!("Box<{}>", self.definitions.name(*id))),
            Type::Path(path) => self.path(format!("P{}", self.placeholders.len()), path.clone()),
        }
    }

    fn path(&mut self, placeholder: String, path: String) -> Schema {
        let reference = Some(format!("#/definitions/{placeholder}"));
        self.placeholders.insert(placeholder, path);
        SchemaObject { reference, ..SchemaObject::default() }.into()
    }
}

fn instance(ty: InstanceType) -> SchemaObject {
    SchemaObject { instance_type: Some(ty.into()), ..SchemaObject::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{Definition, DefinitionId, Docs};
    use crate::place::Place;

    fn alias(name: &str, ty: Type) -> Definition {
        let place = Place::new(0, format!("/$defs/{name}"));
        let shape = Shape::Alias(ty);
        Definition { name: name.to_owned(), alias: None, place, docs: Docs::default(), is_root: false, shape }
    }

    /// No schema is known to make typify panic behind our rules, and paths of the settings are
    /// checked before, so a path that is none stands for what is not known.
    #[test]
    fn a_definition_that_typify_panics_on_is_widened() {
        let broken = alias("Broken", Type::Path("fn () {".to_owned()));
        let sound = alias("Sound", Type::List(Box::new(Type::Named(DefinitionId(0)))));
        let mut notes = Notes::default();
        let definitions = Definitions { all: vec![broken, sound], ..Definitions::default() };
        let lowered = lower(definitions, &mut notes);
        let shapes: Vec<&Shape> = lowered.definitions.all.iter().map(|definition| &definition.shape).collect();
        assert!(matches!(shapes[..], [Shape::Alias(Type::Any), Shape::Alias(Type::List(_))]), "{shapes:?}");
        let reason = format!("{notes:?}");
        assert!(reason.contains("/$defs/Broken") && reason.contains("typify cannot model it: it panicked"), "{reason}");
    }
}
