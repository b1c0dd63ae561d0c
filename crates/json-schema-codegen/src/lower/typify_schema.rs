//! Writes types as schemas for typify.

use std::collections::BTreeMap;

use schemars::schema::{
    ArrayValidation, InstanceType, NumberValidation, ObjectValidation, Schema, SchemaObject, SingleOrVec,
    SubschemaValidation,
};

use crate::normalize::{Definitions, Type};

/// Writes types as schemas for typify. Definitions, paths of the settings and numbers become references to
/// placeholders, which typify replaces by Rust paths.
pub(super) struct TypifySchemaWriter<'a> {
    pub(super) definitions: &'a Definitions,
    /// By placeholder, such as `T3`: its Rust path, such as `Order`.
    pub(super) placeholders: BTreeMap<String, String>,
}

impl TypifySchemaWriter<'_> {
    /// Returns the schema that typify gets for `ty`, and records the placeholders in it.
    pub(super) fn write_typify_schema(&mut self, ty: &Type) -> Schema {
        match ty {
            Type::Any => Schema::Bool(true),
            Type::Null => make_schema_of_json_type(InstanceType::Null).into(),
            Type::Bool => make_schema_of_json_type(InstanceType::Boolean).into(),
            Type::String => make_schema_of_json_type(InstanceType::String).into(),
            Type::Integer { unsigned } => {
                let format = Some(if *unsigned { "uint64" } else { "int64" }.to_owned());
                SchemaObject { format, ..make_schema_of_json_type(InstanceType::Integer) }.into()
            }
            Type::NarrowInteger { format, positive } => {
                let minimum = positive.then_some(1.0);
                let number = Some(Box::new(NumberValidation { minimum, ..NumberValidation::default() }));
                SchemaObject {
                    format: Some((*format).to_owned()),
                    number,
                    ..make_schema_of_json_type(InstanceType::Integer)
                }
                .into()
            }
            Type::Checked(inner, _) => self.write_typify_schema(inner),
            Type::Number => self.write_placeholder_reference("Number".to_owned(), "::serde_json::Number".to_owned()),
            Type::Array(items) => {
                let items = Some(SingleOrVec::Single(Box::new(self.write_typify_schema(items))));
                let array = Some(Box::new(ArrayValidation { items, ..ArrayValidation::default() }));
                SchemaObject { array, ..make_schema_of_json_type(InstanceType::Array) }.into()
            }
            Type::Map(values) => {
                let additional_properties = Some(Box::new(self.write_typify_schema(values)));
                let object = Some(Box::new(ObjectValidation { additional_properties, ..ObjectValidation::default() }));
                SchemaObject { object, ..make_schema_of_json_type(InstanceType::Object) }.into()
            }
            Type::Nullable(inner) => {
                let one_of =
                    Some(vec![self.write_typify_schema(inner), make_schema_of_json_type(InstanceType::Null).into()]);
                let subschemas = Some(Box::new(SubschemaValidation { one_of, ..SubschemaValidation::default() }));
                SchemaObject { subschemas, ..SchemaObject::default() }.into()
            }
            Type::Named(id) => {
                self.write_placeholder_reference(format!("T{}", id.0), self.definitions.name(*id).to_owned())
            }
            Type::Boxed(id) => {
                self.write_placeholder_reference(format!("B{}", id.0), format!("Box<{}>", self.definitions.name(*id)))
            }
            Type::Path(path) => self.write_placeholder_reference(format!("P{}", self.placeholders.len()), path.clone()),
        }
    }

    /// Records `placeholder` for the Rust path `path`, and returns a reference to it.
    fn write_placeholder_reference(&mut self, placeholder: String, path: String) -> Schema {
        let reference = Some(format!("#/definitions/{placeholder}"));
        self.placeholders.insert(placeholder, path);
        SchemaObject { reference, ..SchemaObject::default() }.into()
    }
}

/// Returns the schema `{"type": …}`.
fn make_schema_of_json_type(ty: InstanceType) -> SchemaObject {
    SchemaObject { instance_type: Some(ty.into()), ..SchemaObject::default() }
}
