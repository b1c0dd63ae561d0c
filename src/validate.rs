//! Validates events against the JSON Schema; this is stricter than reading them.

use std::error::Error;
use std::fmt;
use std::sync::LazyLock;

use jsonschema::paths::LocationSegment;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use crate::Event;
use crate::generated::visible;
use crate::locate::{Segment, render};

/// The JSON Schema (2020-12) of an event that the types are generated from, with corrections applied, as one
/// document. The schemas of the other types are in its `$defs`.
pub const EVENT_SCHEMA: &str = include_str!(concat!(env!("OUT_DIR"), "/event.schema.json"));

/// The validator of [`EVENT_SCHEMA`], built on first use; an error message if the schema is not valid.
static VALIDATOR: LazyLock<Result<Validator, String>> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(EVENT_SCHEMA).map_err(|error| error.to_string())?;
    jsonschema::validator_for(&schema).map_err(|error| error.to_string())
});

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
    let validator =
        VALIDATOR.as_ref().map_err(|error| Violations::of_whole(format!("the schema is unusable: {error}")))?;
    let mut violations: Vec<Violation> = validator.iter_errors(event).map(|error| to_violation(&error)).collect();
    violations.sort_by(|a, b| (&a.path, &a.keyword).cmp(&(&b.path, &b.keyword)));
    if violations.is_empty() { Ok(()) } else { Err(Violations(violations)) }
}

impl Event {
    /// Converts the event to JSON, and validates that as [`validate`] does.
    ///
    /// # Errors
    /// Returns all violations at once.
    pub fn validate(&self) -> Result<(), Violations> {
        let event = serde_json::to_value(self).map_err(|error| Violations::of_whole(error.to_string()))?;
        validate(&event)
    }
}

/// Converts an error of the validator. Escapes invisible characters in its message.
fn to_violation(error: &ValidationError<'_>) -> Violation {
    let segments = error.instance_path().into_iter().map(|segment| match segment {
        LocationSegment::Property(name) => Segment::Key(name.into_owned()),
        LocationSegment::Index(index) => Segment::Index(index),
    });
    let path = render(&segments.collect::<Vec<_>>());
    Violation { path, message: visible(&error.to_string()), keyword: error.schema_path().to_string() }
}

impl Violations {
    /// Returns one violation by the whole event.
    fn of_whole(message: String) -> Self {
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
