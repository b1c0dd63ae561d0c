//! Reads the instances of a fixture with a validator of its schema and with its types, and compares the results with
//! the expected ones.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::{fs, iter};

use json_schema_codegen::Generated;
use jsonschema::{Registry, Validator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::bounds::add_integer_bounds;
use crate::fixture::Fixture;
use crate::listed::ListingChecker;
use crate::runtime::Unlisted;

/// An instance and the expected results of reading it. It has either `document` or `text`; `text` is for instances that
/// no `serde_json::Value` can hold, such as an object with a property that occurs twice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedSample {
    #[serde(default, deserialize_with = "deserialize_present")]
    document: Option<Value>,
    text: Option<String>,
    /// The expected verdict of a validator of the schema.
    schema: SchemaVerdict,
    /// The expected verdict of the types.
    types: TypesVerdict,
    /// The expected error, as complete text, if the types reject the instance.
    error: Option<String>,
    /// The expected beginning of the value's `Debug` text if the types accept the instance.
    is: Option<String>,
    /// The JSON that is written if it differs from the instance, because the settings drop properties or empty lists.
    written: Option<Value>,
    /// The paths that `unlisted()` must return if the types accept the instance.
    unlisted: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SchemaVerdict {
    Accepts,
    Rejects,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum TypesVerdict {
    Accept,
    Reject,
}

/// The number of random instances that are made for each fixture.
const RANDOM_INSTANCES: usize = 50;

/// Adds a method `unlisted`, which returns nothing, to types that have no such method, such as aliases.
pub trait WithoutUnlisted {
    fn unlisted(&self) -> Vec<Unlisted> {
        Vec::new()
    }
}

impl<T> WithoutUnlisted for T {}

/// The schema and the types of a fixture, whose root is the type `T`.
struct FixtureCase<'s, T> {
    validator: Validator,
    of_document: Option<Validator>,
    /// Checks whether the whole schema lists everything in an instance.
    listing: ListingChecker<'s>,
    /// The pointer to the schema of `T` in the whole schema.
    pointer: String,
    unlisted: fn(&T) -> Vec<Unlisted>,
    /// Whether the settings name Rust types or refuse unknown properties, so that the types may refuse instances that
    /// the schema accepts.
    is_mapped: bool,
    /// Whether the settings drop unknown properties or empty lists.
    may_drop_properties_or_lists: bool,
}

/// Checks that the schema and the types of the fixture `case` give the expected verdicts on its instances, read as `T`,
/// which has the name `root`. Checks too that random instances of the schema are written back unchanged.
pub fn check_fixture_verdicts<T: DeserializeOwned + Serialize + Debug>(
    case: &str,
    root: &str,
    unlisted: fn(&T) -> Vec<Unlisted>,
) {
    let fixture = Fixture::list_all_fixtures().into_iter().find(|fixture| fixture.name() == case).unwrap();
    let samples = fs::read_to_string(fixture.file_path("documents.json")).unwrap();
    let samples: Vec<ExpectedSample> = serde_json::from_str(&samples).unwrap();
    assert!(!samples.is_empty(), "{case} has no documents");
    let generated = fixture.generate_types();
    let schema = generated.schema();
    let case = FixtureCase {
        validator: build_validator(&fixture),
        of_document: build_document_validator(&fixture, &generated),
        listing: ListingChecker::new(&schema),
        pointer: generated.schema_pointers().remove(root).unwrap(),
        unlisted,
        is_mapped: FixtureSettings::read(&fixture).may_refuse_accepted_instances(),
        may_drop_properties_or_lists: FixtureSettings::read(&fixture).may_drop_properties_or_lists(),
    };
    let mut faults: Vec<String> = samples.iter().flat_map(|sample| case.find_sample_faults(sample)).collect();
    faults.extend(case.make_random_samples(&schema).iter().flat_map(|sample| case.find_sample_faults(sample)));
    assert!(faults.is_empty(), "{}\n{}", fixture.name(), faults.join("\n"));
}

impl ExpectedSample {
    /// A sample that the schema and the types must accept, without its instance.
    const ACCEPTED_SAMPLE: Self = Self {
        document: None,
        text: None,
        schema: SchemaVerdict::Accepts,
        types: TypesVerdict::Accept,
        error: None,
        is: None,
        written: None,
        unlisted: None,
    };
}

impl<T: DeserializeOwned + Serialize + Debug> FixtureCase<'_, T> {
    /// Returns random instances that the schema accepts, always the same ones. If Rust types from the settings may
    /// refuse instances, returns only those that are read.
    fn make_random_samples(&self, schema: &Value) -> Vec<ExpectedSample> {
        let mut within = schema.clone();
        add_integer_bounds(&mut within);
        let made = json_schema_instances::Sample::new(&within, &self.pointer, 1).unwrap();
        let is_held = |document: &Value| {
            self.validator.is_valid(document)
                && (!self.is_mapped || serde_json::from_value::<T>(document.clone()).is_ok())
        };
        let made = made.instances().take(RANDOM_INSTANCES).filter(is_held);
        made.map(|document| ExpectedSample { document: Some(document), ..ExpectedSample::ACCEPTED_SAMPLE }).collect()
    }

    /// Returns a text for each result of reading `sample` that is not the expected one.
    fn find_sample_faults(&self, sample: &ExpectedSample) -> Vec<String> {
        let text = sample.text.clone().unwrap_or_else(|| sample.document.as_ref().unwrap().to_string());
        let document: Value = serde_json::from_str(&text).unwrap();
        let mut faults = Vec::new();
        let of_document = self.of_document.as_ref().map(|validator| (validator, "`Generated::schema`"));
        for (validator, what) in iter::once((&self.validator, "the schema")).chain(of_document) {
            let verdict = if validator.is_valid(&document) { SchemaVerdict::Accepts } else { SchemaVerdict::Rejects };
            if verdict != sample.schema {
                faults.push(format!("{what} {verdict:?}"));
            }
        }
        faults.extend(match (serde_json::from_str::<T>(&text), sample.types) {
            (Ok(read), TypesVerdict::Accept) => self.find_faults_of_accepted_sample(sample, &read, &document),
            (Err(error), TypesVerdict::Reject) => {
                let is_expected = sample.error.as_deref() == Some(&error.to_string());
                if is_expected { Vec::new() } else { vec![format!("the error is {:?}", error.to_string())] }
            }
            (Ok(read), TypesVerdict::Reject) => vec![format!("it is read as {read:?}")],
            (Err(error), TypesVerdict::Accept) => vec![format!("it is rejected: {error}")],
        });
        faults.into_iter().map(|fault| format!("    {text}: {fault}")).collect()
    }

    /// Returns a text for each fault in `read`, the value that `document` of `sample` was read as: in its `Debug` text,
    /// in the JSON that is written for it, or in its unlisted values.
    fn find_faults_of_accepted_sample(&self, sample: &ExpectedSample, read: &T, document: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        let debug = format!("{read:?}");
        if sample.is.as_ref().is_some_and(|start| !debug.starts_with(start)) {
            faults.push(format!("it is {debug}"));
        }
        let written = serde_json::to_value(read).unwrap();
        let expected = sample.written.as_ref().unwrap_or(document);
        let is_lost =
            self.may_drop_properties_or_lists && sample.written.is_none() && is_json_part_of(&written, document);
        if !is_lost && !are_equal_json(&written, expected) {
            faults.push(format!("it comes back as {written}"));
        }
        let unlisted: Vec<String> = (self.unlisted)(read).into_iter().map(|one| one.path).collect();
        let is_accepted = sample.schema == SchemaVerdict::Accepts && !self.is_mapped;
        let is_listed = is_accepted && self.listing.lists_everything_in(&self.pointer, document);
        let expected = sample.unlisted.clone().or(is_listed.then(Vec::new));
        if expected.is_some_and(|expected| expected != unlisted) {
            faults.push(format!("`unlisted()` finds {unlisted:?}"));
        }
        faults
    }
}

/// Reads a property that is present as `Some`, even if it is `null`. An `Option` alone would read `null` as `None`.
fn deserialize_present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// Checks whether two values are equal as JSON Schema defines it: numbers are compared by value. Whole numbers are
/// compared exactly, since two different ones may be the same `f64`.
fn are_equal_json(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => match (one.as_i128(), other.as_i128()) {
            (Some(one), Some(other)) => one == other,
            _ => one.as_f64() == other.as_f64(),
        },
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| are_equal_json(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let found =
                |(name, value): (&String, &Value)| other.get(name).is_some_and(|other| are_equal_json(value, other));
            one.len() == other.len() && one.iter().all(found)
        }
        _ => one == other,
    }
}

/// Checks whether everything in `part` is in `whole` too, where objects may have more properties.
fn is_json_part_of(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Array(part), Value::Array(whole)) => {
            part.len() == whole.len() && part.iter().zip(whole).all(|(part, whole)| is_json_part_of(part, whole))
        }
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(name, part)| whole.get(name).is_some_and(|whole| is_json_part_of(part, whole)))
        }
        (part, whole) => are_equal_json(part, whole),
    }
}

/// The settings in the `codegen.toml` of a fixture that these checks need: its roots, the Rust types that it names, and
/// what it drops.
#[derive(Default, Deserialize)]
#[serde(default)]
struct FixtureSettings {
    roots: Vec<String>,
    formats: BTreeMap<String, String>,
    types: BTreeMap<String, String>,
    replace: BTreeMap<String, String>,
    style: Option<String>,
    unknown_fields: Option<String>,
    optional_collections: Option<String>,
}

impl FixtureSettings {
    /// Reads the settings of a fixture; the defaults if it has no `codegen.toml`.
    fn read(fixture: &Fixture) -> Self {
        let job = fs::read_to_string(fixture.file_path("codegen.toml")).unwrap_or_default();
        basic_toml::from_str(&job).unwrap()
    }

    /// Checks whether the types may refuse instances that the schema accepts: the settings name Rust types or refuse
    /// unknown properties.
    fn may_refuse_accepted_instances(&self) -> bool {
        let has_types_by_hand = !self.formats.is_empty() || !self.types.is_empty() || !self.replace.is_empty();
        has_types_by_hand || self.style.is_some() || self.unknown_fields.as_deref() == Some("error")
    }

    /// Checks whether the types may drop unknown properties or empty lists.
    fn may_drop_properties_or_lists(&self) -> bool {
        self.style.is_some() || self.unknown_fields.is_some() || self.optional_collections.is_some()
    }
}

/// The fixtures in which `oneOf` does not mean that exactly one member accepts an instance: OpenAPI's `discriminator`
/// chooses one of several accepting members.
const FIXTURES_WITH_LAX_ONE_OF: &[&str] = &["union_discriminator_inheritance"];

/// Returns a validator for the document of [`Generated::schema`], after checking that the pointer of each type exists
/// in it. `None` for the fixtures in [`FIXTURES_WITH_LAX_ONE_OF`].
fn build_document_validator(fixture: &Fixture, generated: &Generated) -> Option<Validator> {
    let schema = generated.schema();
    let lost: Vec<_> = generated.schema_pointers().into_iter().filter(|(_, at)| schema.pointer(at).is_none()).collect();
    assert!(lost.is_empty(), "{}: nothing is at {lost:?}", fixture.name());
    let validator = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{}: {error}", fixture.name()));
    (!FIXTURES_WITH_LAX_ONE_OF.contains(&fixture.name().as_str())).then_some(validator)
}

/// Returns a validator for the first root of a fixture, or for its `validator.json` if it has one. References to other
/// files are resolved by their paths; nothing is fetched.
fn build_validator(fixture: &Fixture) -> Validator {
    let mut texts = fixture.read_schema_texts();
    let mut root = FixtureSettings::read(fixture).roots.first().cloned().unwrap_or_else(|| texts[0].0.clone());
    if let Ok(text) = fs::read_to_string(fixture.file_path("validator.json")) {
        root = "validator.json".to_owned();
        texts = vec![(root.clone(), text)];
    }
    let uri = |name: &str| format!("json-schema:///{name}");
    let files = texts.iter().map(|(name, text)| (uri(name), serde_json::from_str::<Value>(text).unwrap()));
    let registry = Registry::new().extend(files.collect::<Vec<_>>()).unwrap().prepare().unwrap();
    let schema = serde_json::json!({ "$ref": uri(&root) });
    jsonschema::options().with_registry(&registry).build(&schema).unwrap()
}
