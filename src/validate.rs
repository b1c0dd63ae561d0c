//! Checks events against the schema itself, strictly.

use std::error::Error;
use std::fmt;
use std::sync::LazyLock;

use jsonschema::paths::LocationSegment;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use crate::Event;
use crate::generated::visible;
use crate::locate::{Segment, render};

/// The schema of an event that the types were made from, corrections included, as one document of
/// JSON Schema 2020-12. The other types are in its `$defs`.
pub const EVENT_SCHEMA: &str = include_str!(concat!(env!("OUT_DIR"), "/event.schema.json"));

static VALIDATOR: LazyLock<Result<Validator, String>> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(EVENT_SCHEMA).map_err(|error| error.to_string())?;
    jsonschema::validator_for(&schema).map_err(|error| error.to_string())
});

/// All that a value has against the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

/// Something that the schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The path of the value, such as `data.recipients[1].personId`; empty when it is the whole.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
    /// The keyword that is not held, as a JSON pointer into [`EVENT_SCHEMA`].
    pub keyword: String,
}

/// Checks the JSON of an event against the schema.
///
/// This is stricter than reading, which takes what real events hold beyond the schema: an explicit
/// `null`, a value that an enum does not list.
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
/// All violations at once.
pub fn validate(event: &Value) -> Result<(), Violations> {
    let validator =
        VALIDATOR.as_ref().map_err(|error| Violations::of_all(format!("the schema is unusable: {error}")))?;
    let mut violations: Vec<Violation> = validator.iter_errors(event).map(|error| violation(&error)).collect();
    violations.sort_by(|one, other| (&one.path, &one.keyword).cmp(&(&other.path, &other.keyword)));
    if violations.is_empty() { Ok(()) } else { Err(Violations(violations)) }
}

impl Event {
    /// Checks what the event is written as against the schema, as [`validate`] does.
    ///
    /// # Errors
    /// All violations at once.
    pub fn validate(&self) -> Result<(), Violations> {
        let event = serde_json::to_value(self).map_err(|error| Violations::of_all(error.to_string()))?;
        validate(&event)
    }
}

fn violation(error: &ValidationError<'_>) -> Violation {
    let segments = error.instance_path().into_iter().map(|segment| match segment {
        LocationSegment::Property(name) => Segment::Key(name.into_owned()),
        LocationSegment::Index(index) => Segment::Index(index),
    });
    let path = render(&segments.collect::<Vec<_>>());
    Violation { path, message: visible(&error.to_string()), keyword: error.schema_path().to_string() }
}

impl Violations {
    fn of_all(message: String) -> Self {
        Self(vec![Violation { path: String::new(), message, keyword: String::new() }])
    }

    /// The violations, in the order of their paths; there is at least one.
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

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

/// A line for each violation.
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
