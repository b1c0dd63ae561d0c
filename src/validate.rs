//! Validates events against the JSON Schema; this is stricter than reading them.

use std::error::Error;
use std::fmt;
use std::sync::LazyLock;

use jsonschema::paths::LocationSegment;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use crate::Event;
use crate::generated::escape_hidden;
use crate::locate::{PathSegment, format_path};

/// The JSON Schema (2020-12) of an event that the types are generated from, with corrections applied, as one document.
/// The schemas of the other types and of the views are in its `$defs`; the schema `EventView` there is that of events
/// whose `data` fits its view.
pub const EVENT_SCHEMA: &str = include_str!(concat!(env!("OUT_DIR"), "/event.schema.json"));

/// A validator that is built on first use; an error message if [`EVENT_SCHEMA`] is not a valid schema.
type LazyValidator = LazyLock<Result<Validator, String>>;

/// The validator of events by the schema of events alone.
static EVENT_VALIDATOR: LazyValidator = LazyLock::new(|| build_validator("#/$defs/Event"));

/// The validator of events by the schema of events, and of their `data` by the schema of its view.
static EVENT_AND_VIEW_VALIDATOR: LazyValidator = LazyLock::new(|| build_validator("#/$defs/EventView"));

/// Builds the validator of the definition in [`EVENT_SCHEMA`] that `reference` refers to.
///
/// # Errors
/// A message if the document is not a valid schema.
fn build_validator(reference: &str) -> Result<Validator, String> {
    let mut schema: Value = serde_json::from_str(EVENT_SCHEMA).map_err(|error| error.to_string())?;
    schema["$ref"] = reference.into();
    jsonschema::validator_for(&schema).map_err(|error| error.to_string())
}

/// All violations of the schema in one value; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

/// One violation of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The path of the value, such as `data.recipients[1].personId`; empty for the whole event.
    pub path: String,
    /// Says what is wrong with the value.
    pub message: String,
    /// The keyword that is violated, as a JSON pointer into [`EVENT_SCHEMA`].
    pub keyword: String,
}

/// Validates the JSON of an event against [`EVENT_SCHEMA`].
///
/// This is stricter than reading, which accepts what real events contain beyond the schema: an explicit
/// `null`, an enum value that the schema does not list.
///
/// ```
/// use serde_json::json;
///
/// let event = json!({"id": 7, "type": "created", "actorId": "a", "created": "", "data": {"text": null}});
/// let violations = webex_event::validate(&event).unwrap_err();
/// let paths: Vec<&str> = violations.iter().map(|violation| violation.path.as_str()).collect();
/// assert_eq!(paths, ["", "data.text", "id"]);
/// ```
///
/// # Errors
/// Returns all violations at once.
pub fn validate(event: &Value) -> Result<(), Violations> {
    validate_with(&EVENT_VALIDATOR, event)
}

/// Validates the JSON of an event as [`validate`] does, and its `data` also against the schema of its view, by the
/// value of `resource`. The `data` of resources without a view is validated as [`validate`] does alone.
///
/// ```
/// use serde_json::json;
///
/// let mut event = json!({"id": "7", "resource": "rooms", "type": "created", "actorId": "a", "created": "", "data": {}});
/// event["data"]["isLocked"] = json!("no");
/// assert!(webex_event::validate(&event).is_ok()); // the schema of events does not know `isLocked`
/// let violations = webex_event::validate_with_views(&event).unwrap_err();
/// assert_eq!(violations.to_string(), r#"data.isLocked: "no" is not of type "boolean""#);
/// ```
///
/// # Errors
/// Returns all violations at once.
pub fn validate_with_views(event: &Value) -> Result<(), Violations> {
    validate_with(&EVENT_AND_VIEW_VALIDATOR, event)
}

/// Validates the JSON of an event with `validator`.
///
/// # Errors
/// Returns all violations, sorted by path; or one with a message, if the validator could not be built.
fn validate_with(validator: &LazyValidator, event: &Value) -> Result<(), Violations> {
    let validator =
        validator.as_ref().map_err(|error| Violations::from_message(format!("the schema is unusable: {error}")))?;
    let mut violations: Vec<Violation> =
        validator.iter_errors(event).map(|error| convert_validation_error(&error)).collect();
    violations.sort_by(|a, b| (&a.path, &a.keyword).cmp(&(&b.path, &b.keyword)));
    if violations.is_empty() { Ok(()) } else { Err(Violations(violations)) }
}

impl Event {
    /// Converts the event to JSON, and validates that as [`validate`] does.
    ///
    /// # Errors
    /// Returns all violations at once.
    pub fn validate(&self) -> Result<(), Violations> {
        validate(&self.to_json()?)
    }

    /// Converts the event to JSON, and validates that as [`validate_with_views`] does.
    ///
    /// # Errors
    /// Returns all violations at once.
    pub fn validate_with_views(&self) -> Result<(), Violations> {
        validate_with_views(&self.to_json()?)
    }

    /// Converts the event to JSON. A failure is returned as a violation.
    fn to_json(&self) -> Result<Value, Violations> {
        serde_json::to_value(self).map_err(|error| Violations::from_message(error.to_string()))
    }
}

/// Converts an error of the validator. Escapes invisible characters in its message.
fn convert_validation_error(error: &ValidationError<'_>) -> Violation {
    let segments = error.instance_path().into_iter().map(|segment| match segment {
        LocationSegment::Property(name) => PathSegment::Key(name.into_owned()),
        LocationSegment::Index(index) => PathSegment::Index(index),
    });
    let path = format_path(&segments.collect::<Vec<_>>());
    Violation { path, message: escape_hidden(&error.to_string()), keyword: error.schema_path().to_string() }
}

impl Violations {
    /// Creates one violation with the message `message`, which is about the whole event and has no keyword.
    fn from_message(message: String) -> Self {
        Self(vec![Violation { path: String::new(), message, keyword: String::new() }])
    }

    /// Returns the violations, sorted by path; at least one.
    pub fn iter(&self) -> impl Iterator<Item = &Violation> {
        self.0.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Writes path and message: `data.recipients[1]: 7 is not of type "object"`.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

/// Writes each violation on a line of its own.
impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl Error for Violations {}
