//! Turns the types of definitions into Rust types, with typify; the only module that names typify
//! and schemars 0.8.
//!
//! typify sees one definition a call: an object whose properties are the types that are asked for,
//! under names of ours, with every other definition replaced by its path. So it is fed only what it
//! models soundly, and what it refuses or panics on costs one definition.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use schemars::schema::{
    ArrayValidation, InstanceType, ObjectValidation, Schema, SchemaObject, SingleOrVec, SubschemaValidation,
};
use typify::{TypeDetails, TypeSpace, TypeSpaceSettings};

use crate::normalize::{Definition, Definitions, Extra, Shape, Type};
use crate::report::Notes;

/// Definitions, and for each the Rust types in it, in the order of [`types`].
pub(crate) struct Lowered {
    pub(crate) definitions: Definitions,
    pub(crate) types: Vec<Vec<syn::Type>>,
}

/// The name that the definition at hand has for typify.
const HOLDER: &str = "Holder";

/// Finds the Rust types of all definitions. A definition that typify fails on takes any value, and
/// the notes say so.
pub(crate) fn lower(mut definitions: Definitions, notes: &mut Notes) -> Lowered {
    let mut all = Vec::new();
    for index in 0..definitions.all.len() {
        let types = types(&definitions.all[index]);
        let lowered = convert(&types, &definitions);
        all.push(lowered.unwrap_or_else(|reason| {
            let definition = &mut definitions.all[index];
            notes.widen(&definition.place, &format!("typify cannot model it: {reason}"));
            definition.shape = Shape::Alias(Type::Any);
            vec![syn::parse_quote!(::serde_json::Value)]
        }));
    }
    Lowered { definitions, types: all }
}

/// The Rust type of one type.
pub(crate) fn rust_type(ty: &Type, definitions: &Definitions) -> Option<syn::Type> {
    convert(std::slice::from_ref(ty), definitions).ok()?.pop()
}

/// The types in a definition that need a Rust type, in order.
pub(crate) fn types(definition: &Definition) -> Vec<Type> {
    match &definition.shape {
        Shape::Struct(object) => {
            let extra = match &object.extra {
                Extra::Typed { ty, .. } => Some(ty),
                _ => None,
            };
            let listed = object.properties.iter().map(|property| &property.ty);
            let matched = object.patterns.iter().map(|pattern| &pattern.ty);
            listed.chain(matched).chain(extra).cloned().collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| variant.ty.clone()).collect(),
        Shape::Tuple(tuple) => tuple.items.iter().map(|item| &item.ty).chain(&tuple.rest).cloned().collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![ty.clone()],
        Shape::Enum(_) => Vec::new(),
    }
}

/// How many types typify is given at once: its time grows with the square of them.
const AT_ONCE: usize = 32;

/// The Rust type of each of the types; each different one is converted once.
fn convert(types: &[Type], definitions: &Definitions) -> Result<Vec<syn::Type>, String> {
    let mut seen = HashSet::new();
    let different: Vec<Type> = types.iter().filter(|ty| seen.insert(*ty)).cloned().collect();
    let mut found: HashMap<&Type, syn::Type> = HashMap::new();
    for some in different.chunks(AT_ONCE) {
        found.extend(some.iter().zip(converted(some, definitions)?));
    }
    types.iter().map(|ty| found.get(ty).cloned().ok_or("a type is missing".to_owned())).collect()
}

/// The Rust type of each of a few types.
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
    use crate::normalize::{DefinitionId, Docs};
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
