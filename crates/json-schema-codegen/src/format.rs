//! Formats besides JSON that schema files can be in: what turns their texts into JSON.

use std::collections::BTreeMap;
use std::fmt;

use crate::diagnostic::Position;

/// A format besides JSON that schema files can be in.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The endings of its files, without a dot.
    pub endings: &'static [&'static str],
    /// Turns a text into JSON.
    pub to_json: fn(&str) -> Result<Converted, SyntaxError>,
}

/// A text of another format, turned into JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Converted {
    /// The JSON.
    pub json: String,
    /// Where in the text of the other format each value begins, by its JSON pointer.
    pub positions: BTreeMap<String, Position>,
}

/// Why a text is none of its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, without a full stop.
    pub message: String,
    /// Where in the text.
    pub position: Position,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, position: Position { line, column } } = self;
        write!(f, "{message} (line {line}, column {column})")
    }
}

impl std::error::Error for SyntaxError {}
