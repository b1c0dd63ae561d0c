//! Validators for a schema document and for single subschemas of it.

use std::collections::HashMap;

use jsonschema::{Registry, ValidationError, Validator};
use serde_json::{Map, Value};

use crate::pointer;

/// The URI under which a document is registered while its subschemas are compiled.
const DOCUMENT_URI: &str = "urn:json-schema-instances:schema";

/// Validators of subschemas of one document, by the JSON pointer of each subschema.
pub(crate) struct SubschemaValidators(HashMap<String, Validator>);

impl SubschemaValidators {
    /// Compiles the subschemas of `document` at `pointers`. Those that do not compile are left out: an instance is
    /// validated against the whole schema anyway.
    pub(crate) fn new<'p>(document: &Value, pointers: impl Iterator<Item = &'p str>) -> Self {
        let Ok(compiler) = SubschemaCompiler::new(document) else {
            return Self(HashMap::new());
        };
        let compiled = pointers.filter_map(|pointer| {
            let validator = compiler.compile_subschema(pointer).ok()?;
            Some((pointer.to_owned(), validator))
        });
        Self(compiled.collect())
    }

    /// Checks whether the subschema at the JSON pointer `pointer` accepts `value`; true if there is no validator for
    /// `pointer`.
    pub(crate) fn accepts(&self, pointer: &str, value: &Value) -> bool {
        let validator = self.0.get(pointer);
        validator.is_none_or(|validator| validator.is_valid(value))
    }
}

/// Compiles single subschemas of one document to validators.
pub(crate) struct SubschemaCompiler<'s> {
    document: &'s Value,
    registry: Registry<'s>,
}

impl<'s> SubschemaCompiler<'s> {
    /// Checks and registers `document`.
    ///
    /// Returns an error if `document` is not a valid JSON Schema, or refers to another document.
    pub(crate) fn new(document: &'s Value) -> Result<Self, ValidationError<'static>> {
        // Compiling a subschema checks only what it reaches; this checks the whole document.
        jsonschema::options().offline().build(document)?;
        let registry = Registry::new().add(DOCUMENT_URI, document)?.prepare()?;
        Ok(Self { document, registry })
    }

    /// Compiles the subschema at the JSON pointer `pointer` in the dialect of the document.
    ///
    /// Returns an error if there is nothing at `pointer`.
    pub(crate) fn compile_subschema(&self, pointer: &str) -> Result<Validator, ValidationError<'static>> {
        let mut schema = Map::new();
        if let Some(dialect) = self.document.get("$schema") {
            schema.insert("$schema".to_owned(), dialect.clone());
        }
        let reference = format!("{DOCUMENT_URI}{}", pointer::reference_from_pointer(pointer));
        schema.insert("$ref".to_owned(), Value::String(reference));
        jsonschema::options().with_registry(&self.registry).offline().build(&Value::Object(schema))
    }
}
