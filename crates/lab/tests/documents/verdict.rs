//! Reads the documents of a fixture as its schema and as its types.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::{fs, iter};

use json_schema_codegen::Generated;
use jsonschema::{Registry, Validator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::bounds::put_bounds;
use crate::fixture::Fixture;
use crate::listed::Listing;
use crate::runtime::Unlisted;

/// An instance and the expected results. It has either `document` or `text`; `text` is for instances that no
/// `serde_json::Value` can hold, such as an object with a property that occurs twice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    #[serde(default, deserialize_with = "present")]
    document: Option<Value>,
    text: Option<String>,
    /// The verdict of a validator of the schema.
    schema: Schema,
    /// The verdict of the types.
    types: Types,
    /// The complete text of the error if the types reject the instance.
    error: Option<String>,
    /// The beginning of the `Debug` text of the value if the types accept the instance.
    is: Option<String>,
    /// The JSON that is written if it is not the document: the settings lose properties or empty lists.
    written: Option<Value>,
    /// The paths that `unlisted()` returns if the types accept the instance.
    unlisted: Option<Vec<String>>,
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

/// The number of instances that are made for each case.
const MADE: usize = 50;

/// The method `unlisted` of types that have none of their own: aliases.
pub trait NothingUnlisted {
    fn unlisted(&self) -> Vec<Unlisted> {
        Vec::new()
    }
}

impl<T> NothingUnlisted for T {}

/// The types of a case, read as their root `T`.
struct Case<'s, T> {
    validator: Validator,
    of_document: Option<Validator>,
    /// The whole schema, and the pointer to that of `T` in it.
    listing: Listing<'s>,
    pointer: String,
    unlisted: fn(&T) -> Vec<Unlisted>,
    /// True if the settings name Rust types or refuse unknown properties: then the types may refuse instances that the
    /// schema accepts.
    is_mapped: bool,
    /// True if the settings lose unknown properties or empty lists.
    is_lossy: bool,
}

/// Holds the verdicts on the documents of a case, read as `T`, whose name is `root`; and documents
/// that are made from the schema come back as they are.
pub fn check<T: DeserializeOwned + Serialize + Debug>(case: &str, root: &str, unlisted: fn(&T) -> Vec<Unlisted>) {
    let fixture = Fixture::all().into_iter().find(|fixture| fixture.name() == case).unwrap();
    let samples = fs::read_to_string(fixture.file("documents.json")).unwrap();
    let samples: Vec<Sample> = serde_json::from_str(&samples).unwrap();
    assert!(!samples.is_empty(), "{case} has no documents");
    let generated = fixture.generated();
    let schema = generated.schema();
    let case = Case {
        validator: validator(&fixture),
        of_document: validator_of_document(&fixture, &generated),
        listing: Listing::new(&schema),
        pointer: generated.schema_pointers().remove(root).unwrap(),
        unlisted,
        is_mapped: Job::of(&fixture).may_refuse_more(),
        is_lossy: Job::of(&fixture).is_lossy(),
    };
    let mut faults: Vec<String> = samples.iter().flat_map(|sample| case.faults(sample)).collect();
    faults.extend(case.made(&schema).iter().flat_map(|sample| case.faults(sample)));
    assert!(faults.is_empty(), "{}\n{}", fixture.name(), faults.join("\n"));
}

impl Sample {
    /// A sample that the schema and the types accept, without its document.
    const ACCEPTED: Self = Self {
        document: None,
        text: None,
        schema: Schema::Accepts,
        types: Types::Accept,
        error: None,
        is: None,
        written: None,
        unlisted: None,
    };
}

impl<T: DeserializeOwned + Serialize + Debug> Case<'_, T> {
    /// Returns documents that the schema accepts, the same at each run; of those that types by hand
    /// may refuse, the ones that are read.
    fn made(&self, schema: &Value) -> Vec<Sample> {
        let mut within = schema.clone();
        put_bounds(&mut within);
        let made = json_schema_instances::Sample::new(&within, &self.pointer, 1).unwrap();
        let is_held = |document: &Value| {
            self.validator.is_valid(document)
                && (!self.is_mapped || serde_json::from_value::<T>(document.clone()).is_ok())
        };
        let made = made.instances().take(MADE).filter(is_held);
        made.map(|document| Sample { document: Some(document), ..Sample::ACCEPTED }).collect()
    }

    fn faults(&self, sample: &Sample) -> Vec<String> {
        let text = sample.text.clone().unwrap_or_else(|| sample.document.as_ref().unwrap().to_string());
        let document: Value = serde_json::from_str(&text).unwrap();
        let mut faults = Vec::new();
        let of_document = self.of_document.as_ref().map(|validator| (validator, "`Generated::schema`"));
        for (validator, what) in iter::once((&self.validator, "the schema")).chain(of_document) {
            let verdict = if validator.is_valid(&document) { Schema::Accepts } else { Schema::Rejects };
            if verdict != sample.schema {
                faults.push(format!("{what} {verdict:?}"));
            }
        }
        faults.extend(match (serde_json::from_str::<T>(&text), sample.types) {
            (Ok(read), Types::Accept) => self.accepted_faults(sample, &read, &document),
            (Err(error), Types::Reject) => {
                let is_expected = sample.error.as_deref() == Some(&error.to_string());
                if is_expected { Vec::new() } else { vec![format!("the error is {:?}", error.to_string())] }
            }
            (Ok(read), Types::Reject) => vec![format!("it is read as {read:?}")],
            (Err(error), Types::Accept) => vec![format!("it is rejected: {error}")],
        });
        faults.into_iter().map(|fault| format!("    {text}: {fault}")).collect()
    }

    fn accepted_faults(&self, sample: &Sample, read: &T, document: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        let debug = format!("{read:?}");
        if sample.is.as_ref().is_some_and(|start| !debug.starts_with(start)) {
            faults.push(format!("it is {debug}"));
        }
        let written = serde_json::to_value(read).unwrap();
        let expected = sample.written.as_ref().unwrap_or(document);
        let is_lost = self.is_lossy && sample.written.is_none() && is_part(&written, document);
        if !is_lost && !equal(&written, expected) {
            faults.push(format!("it comes back as {written}"));
        }
        let unlisted: Vec<String> = (self.unlisted)(read).into_iter().map(|one| one.path).collect();
        let is_accepted = sample.schema == Schema::Accepts && !self.is_mapped;
        let is_listed = is_accepted && self.listing.lists(&self.pointer, document);
        let expected = sample.unlisted.clone().or(is_listed.then(Vec::new));
        if expected.is_some_and(|expected| expected != unlisted) {
            faults.push(format!("`unlisted()` finds {unlisted:?}"));
        }
        faults
    }
}

/// Reads a property that is present as `Some`, also if it is `null`, which an `Option` alone would read as `None`.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// Checks whether two values are equal in JSON Schema, which compares numbers by value. Whole numbers are compared exactly,
/// since different ones may be the same `f64`.
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

/// Checks whether all that `part` has is in `whole` too: objects may have more properties there.
fn is_part(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Array(part), Value::Array(whole)) => {
            part.len() == whole.len() && part.iter().zip(whole).all(|(part, whole)| is_part(part, whole))
        }
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(name, part)| whole.get(name).is_some_and(|whole| is_part(part, whole)))
        }
        (part, whole) => equal(part, whole),
    }
}

/// The settings in the `codegen.toml` of a fixture that matter here: its roots, the Rust types that it names, and what is
/// lost.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Job {
    roots: Vec<String>,
    formats: BTreeMap<String, String>,
    types: BTreeMap<String, String>,
    replace: BTreeMap<String, String>,
    style: Option<String>,
    unknown_fields: Option<String>,
    optional_collections: Option<String>,
}

impl Job {
    fn of(fixture: &Fixture) -> Self {
        let job = fs::read_to_string(fixture.file("codegen.toml")).unwrap_or_default();
        basic_toml::from_str(&job).unwrap()
    }

    fn may_refuse_more(&self) -> bool {
        let has_types_by_hand = !self.formats.is_empty() || !self.types.is_empty() || !self.replace.is_empty();
        has_types_by_hand || self.style.is_some() || self.unknown_fields.as_deref() == Some("error")
    }

    fn is_lossy(&self) -> bool {
        self.style.is_some() || self.unknown_fields.is_some() || self.optional_collections.is_some()
    }
}

/// The fixtures in which `oneOf` has another meaning than in JSON Schema: OpenAPI's `discriminator` chooses one of several
/// members that accept an instance.
const ONE_OF_SEVERAL: &[&str] = &["union_discriminator_inheritance"];

/// Returns a validator for the generated schema document, after checking that each type's pointer exists in it. `None` for
/// the fixtures in [`ONE_OF_SEVERAL`].
fn validator_of_document(fixture: &Fixture, generated: &Generated) -> Option<Validator> {
    let schema = generated.schema();
    let lost: Vec<_> = generated.schema_pointers().into_iter().filter(|(_, at)| schema.pointer(at).is_none()).collect();
    assert!(lost.is_empty(), "{}: nothing is at {lost:?}", fixture.name());
    let validator = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{}: {error}", fixture.name()));
    (!ONE_OF_SEVERAL.contains(&fixture.name().as_str())).then_some(validator)
}

/// Returns a validator for the first root of a fixture, or for its `validator.json` if it has one. References to the other
/// files are resolved by their paths; nothing is fetched.
fn validator(fixture: &Fixture) -> Validator {
    let mut texts = fixture.schema_texts();
    let mut root = Job::of(fixture).roots.first().cloned().unwrap_or_else(|| texts[0].0.clone());
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
