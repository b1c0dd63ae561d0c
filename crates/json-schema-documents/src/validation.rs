//! Validators for a schema document and for the subschemas in it.

use std::collections::HashMap;

use jsonschema::{Registry, ValidationError, Validator};
use serde_json::{Map, Value};

use crate::pointer;

/// What the document goes by while its subschemas are compiled.
const DOCUMENT_URI: &str = "urn:json-schema-documents:schema";

/// Validators for single subschemas, by where they are.
pub(crate) struct Checks(HashMap<String, Validator>);

impl Checks {
    /// Leaves out what does not compile: a whole document is checked anyway.
    pub(crate) fn new<'p>(document: &Value, pointers: impl Iterator<Item = &'p str>) -> Self {
        let Ok(validators) = Validators::new(document) else {
            return Self(HashMap::new());
        };
        let compiled = pointers.filter_map(|pointer| {
            let validator = validators.at(pointer).ok()?;
            Some((pointer.to_owned(), validator))
        });
        Self(compiled.collect())
    }

    /// Whether the subschema at `pointer` accepts `value`, as far as it is known.
    pub(crate) fn accept(&self, pointer: &str, value: &Value) -> bool {
        let validator = self.0.get(pointer);
        validator.is_none_or(|validator| validator.is_valid(value))
    }
}

/// Compiles the subschemas of one document.
pub(crate) struct Validators<'s> {
    document: &'s Value,
    registry: Registry<'s>,
}

impl<'s> Validators<'s> {
    /// Fails where `document` is no JSON Schema, or refers to another document.
    pub(crate) fn new(document: &'s Value) -> Result<Self, ValidationError<'static>> {
        // A subschema's validator does not look at the whole of the document; this one does.
        jsonschema::options().offline().build(document)?;
        let registry = Registry::new().add(DOCUMENT_URI, document)?.prepare()?;
        Ok(Self { document, registry })
    }

    /// The validator for the subschema at `pointer`.
    pub(crate) fn at(&self, pointer: &str) -> Result<Validator, ValidationError<'static>> {
        let mut schema = Map::new();
        if let Some(dialect) = self.document.get("$schema") {
            schema.insert("$schema".to_owned(), dialect.clone());
        }
        let reference = format!("{DOCUMENT_URI}{}", pointer::to_reference(pointer));
        schema.insert("$ref".to_owned(), Value::String(reference));
        jsonschema::options().with_registry(&self.registry).offline().build(&Value::Object(schema))
    }
}
