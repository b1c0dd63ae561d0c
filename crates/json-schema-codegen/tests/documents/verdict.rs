//! Reads the documents of a fixture as its schema and as its types.

use std::fmt::Debug;
use std::{fs, iter};

use jsonschema::{Registry, Validator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::fixture::Fixture;

/// A document and what becomes of it. One of `document` and `text` is there; `text` is for what
/// no value can hold, such as a name that comes twice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    #[serde(default, deserialize_with = "present")]
    document: Option<Value>,
    text: Option<String>,
    /// What a validator says.
    schema: Schema,
    /// What the types say.
    types: Types,
    /// The whole text of the error when they reject it.
    error: Option<String>,
    /// How the `Debug` text of the value begins when they accept it.
    is: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Schema {
    Accepts,
    Rejects,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Types {
    Accept,
    Reject,
}

/// Holds the verdicts on the documents of a case, read as `T`.
pub fn check<T: DeserializeOwned + Serialize + Debug>(case: &str) {
    let fixture = Fixture::all().into_iter().find(|fixture| fixture.name() == case).unwrap();
    let samples = fs::read_to_string(fixture.file("documents.json")).unwrap();
    let samples: Vec<Sample> = serde_json::from_str(&samples).unwrap();
    assert!(!samples.is_empty(), "{case} has no documents");
    let (validator, of_document) = (validator(&fixture), validator_of_document(&fixture));
    let faults: Vec<String> =
        samples.iter().flat_map(|sample| sample.faults::<T>(&validator, of_document.as_ref())).collect();
    assert!(faults.is_empty(), "{case}\n{}", faults.join("\n"));
}

impl Sample {
    fn faults<T: DeserializeOwned + Serialize + Debug>(
        &self,
        validator: &Validator,
        of_document: Option<&Validator>,
    ) -> Vec<String> {
        let text = self.text.clone().unwrap_or_else(|| self.document.as_ref().unwrap().to_string());
        let document: Value = serde_json::from_str(&text).unwrap();
        let mut faults = Vec::new();
        let of_document = of_document.map(|validator| (validator, "`Generated::schema`"));
        for (validator, what) in iter::once((validator, "the schema")).chain(of_document) {
            let verdict = if validator.is_valid(&document) { Schema::Accepts } else { Schema::Rejects };
            if verdict != self.schema {
                faults.push(format!("{what} {verdict:?}"));
            }
        }
        faults.extend(match (serde_json::from_str::<T>(&text), self.types) {
            (Ok(read), Types::Accept) => self.accepted_faults(&read, &document),
            (Err(error), Types::Reject) => {
                let is_expected = self.error.as_deref() == Some(&error.to_string());
                if is_expected { Vec::new() } else { vec![format!("the error is {:?}", error.to_string())] }
            }
            (Ok(read), Types::Reject) => vec![format!("it is read as {read:?}")],
            (Err(error), Types::Accept) => vec![format!("it is rejected: {error}")],
        });
        faults.into_iter().map(|fault| format!("    {text}: {fault}")).collect()
    }

    fn accepted_faults<T: Serialize + Debug>(&self, read: &T, document: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        let debug = format!("{read:?}");
        if self.is.as_ref().is_some_and(|start| !debug.starts_with(start)) {
            faults.push(format!("it is {debug}"));
        }
        let written = serde_json::to_value(read).unwrap();
        if !equal(&written, document) {
            faults.push(format!("it comes back as {written}"));
        }
        faults
    }
}

/// `null` as a document, where an `Option` would make it none.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// Equality of JSON Schema: numbers by value. Whole numbers are compared as such, since `f64` takes
/// neighbours for one.
fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => match (one.as_i128(), other.as_i128()) {
            (Some(one), Some(other)) => one == other,
            _ => one.as_f64() == other.as_f64(),
        },
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let found = |(name, value): (&String, &Value)| other.get(name).is_some_and(|other| equal(value, other));
            one.len() == other.len() && one.iter().all(found)
        }
        _ => one == other,
    }
}

/// The settings of a fixture that matter here: what its documents are.
#[derive(Default, Deserialize)]
struct Job {
    #[serde(default)]
    roots: Vec<String>,
}

/// Where `oneOf` is meant otherwise than JSON Schema has it: the `discriminator` of OpenAPI takes one
/// of several members that accept a document.
const ONE_OF_SEVERAL: &[&str] = &["union_discriminator_inheritance"];

/// A validator for the schema as one document.
fn validator_of_document(fixture: &Fixture) -> Option<Validator> {
    let generated = fixture.generated();
    let schema = generated.schema();
    let lost: Vec<_> = generated.schema_pointers().into_iter().filter(|(_, at)| schema.pointer(at).is_none()).collect();
    assert!(lost.is_empty(), "{}: nothing is at {lost:?}", fixture.name());
    let validator = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{}: {error}", fixture.name()));
    (!ONE_OF_SEVERAL.contains(&fixture.name().as_str())).then_some(validator)
}

/// A validator for the first root. The files are known by their paths, and nothing is fetched.
fn validator(fixture: &Fixture) -> Validator {
    let mut texts = fixture.schema_texts();
    let job = fs::read_to_string(fixture.file("codegen.toml")).unwrap_or_default();
    let job: Job = basic_toml::from_str(&job).unwrap();
    let mut root = job.roots.first().cloned().unwrap_or_else(|| texts[0].0.clone());
    if let Ok(text) = fs::read_to_string(fixture.file("validator.json")) {
        root = "validator.json".to_owned();
        texts = vec![(root.clone(), text)];
    }
    let uri = |name: &str| format!("json-schema:///{name}");
    let files = texts.iter().map(|(name, text)| (uri(name), serde_json::from_str::<Value>(text).unwrap()));
    let registry = Registry::new().extend(files.collect::<Vec<_>>()).unwrap().prepare().unwrap();
    let schema = serde_json::json!({ "$ref": uri(&root) });
    jsonschema::options().with_registry(&registry).build(&schema).unwrap()
}
