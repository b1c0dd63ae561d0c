//! Formats of schema files other than JSON, and their conversion to JSON.

use std::collections::BTreeMap;
use std::fmt;

use crate::diagnostic::Position;

/// A format of schema files other than JSON, such as YAML.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Format {
    /// The endings of the names of its files, without the dot: `["yaml", "yml"]`.
    pub endings: &'static [&'static str],
    /// Converts a text in this format to JSON, and finds the position of each value in it.
    pub to_json: fn(&str) -> Result<Converted, SyntaxError>,
}

impl Format {
    /// Creates a format from the endings of its files, without the dot, and the function that converts a text to JSON.
    pub const fn new(endings: &'static [&'static str], to_json: fn(&str) -> Result<Converted, SyntaxError>) -> Self {
        Self { endings, to_json }
    }
}

/// The result of converting a text in a format such as YAML to JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Converted {
    /// The JSON text.
    pub json: String,
    /// The line and column at which each value begins in the source text (the YAML), by the value's JSON pointer.
    pub positions: BTreeMap<String, Position>,
}

impl Converted {
    /// Creates the result of a conversion: the JSON text, and the position of each value in the source text by the
    /// value's JSON pointer.
    pub fn new(json: String, positions: BTreeMap<String, Position>) -> Self {
        Self { json, positions }
    }
}

/// An error in the syntax of a text in a format other than JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyntaxError {
    /// Says what is wrong, without a full stop.
    pub message: String,
    /// The line and column in the source text (for example the YAML), not in the JSON made from it.
    pub position: Position,
}

impl SyntaxError {
    /// Creates an error from a message without a full stop, and its position in the source text.
    pub fn new(message: impl Into<String>, position: Position) -> Self {
        Self { message: message.into(), position }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, position: Position { line, column } } = self;
        write!(f, "{message} (line {line}, column {column})")
    }
}

impl std::error::Error for SyntaxError {}
