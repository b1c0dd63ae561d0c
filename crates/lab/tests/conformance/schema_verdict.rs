//! Validates an instance against the schema itself, and decides whether the types alone must reject it.

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::{Retrieve, Uri, ValidationError, Validator};
use serde_json::Value;

/// Finds the suite's remote documents in the folder `remotes`.
struct SuiteRemoteDocuments(PathBuf);

impl Retrieve for SuiteRemoteDocuments {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let path = uri.as_str().strip_prefix("http://localhost:1234/").ok_or("not one of the suite's")?;
        Ok(serde_json::from_slice(&fs::read(self.0.join(path))?)?)
    }
}

/// Returns a validator for `schema`, in draft 2020-12. `suite` is the suite's folder, in which references to remote
/// documents are resolved.
pub fn build_validator(schema: &Value, suite: &Path) -> Validator {
    let options = jsonschema::draft202012::options().with_retriever(SuiteRemoteDocuments(suite.join("remotes")));
    options.build(schema).unwrap()
}

/// The keywords whose subschemas the types do not enforce, or of whose members the types choose one.
const UNENFORCED_KEYWORDS: &[&str] = &[
    "$dynamicRef",
    "anyOf",
    "contains",
    "dependentSchemas",
    "else",
    "if",
    "not",
    "oneOf",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Checks whether the instance `document` has errors, all of which are wrong types, missing properties, or properties
/// that `additionalProperties` forbids, in subschemas that the types enforce.
pub fn types_must_reject(validator: &Validator, schema: &Value, document: &Value) -> bool {
    let errors: Vec<ValidationError<'_>> = validator.iter_errors(document).collect();
    !errors.is_empty() && errors.iter().all(|error| is_violation_enforced(error, schema, document))
}

/// Checks whether the types enforce the keyword that `error` is about, at its location in `schema`.
fn is_violation_enforced(error: &ValidationError<'_>, schema: &Value, document: &Value) -> bool {
    let path = error.evaluation_path().to_string();
    let keywords: Vec<&str> = path.split('/').skip(1).collect();
    let is_kind = matches!(keywords.last(), Some(&("type" | "required" | "additionalProperties")));
    let is_in_enforced = !keywords.iter().any(|keyword| UNENFORCED_KEYWORDS.contains(keyword));
    let is_root_union = ["anyOf", "oneOf"].iter().any(|keyword| schema.get(keyword).is_some());
    is_kind && is_in_enforced && !is_root_union && !is_null_of_optional_property(error, document)
}

/// Checks whether `error` is about a `null` that is the value of a property, which the types accept for an optional
/// property.
fn is_null_of_optional_property(error: &ValidationError<'_>, document: &Value) -> bool {
    let path = error.instance_path().to_string();
    let holder = path.rsplit_once('/').map(|(holder, _)| holder);
    error.instance().is_null() && holder.and_then(|holder| document.pointer(holder)).is_some_and(Value::is_object)
}
