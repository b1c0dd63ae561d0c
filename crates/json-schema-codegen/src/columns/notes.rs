//! Defines the notes about columns: where a column differs from its schema, or a property has none.

use std::fmt;

use serde::Serialize;

/// A column that differs from its schema, or properties without a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ColumnNote {
    /// The names of the columns that lead to it, joined by `.`; `[]` is the items of a list, and `{}` the values of a map:
    /// `data.attendees[]`.
    pub column: String,
    /// The form of the values in the columns.
    pub outcome: Outcome,
    /// The reason, in words.
    pub reason: String,
}

/// The form that values have in the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// The text of the JSON.
    JsonText,
    /// A text, although the schema allows other scalars too.
    Text,
    /// They are in no column.
    Omitted,
}

impl fmt::Display for ColumnNote {
    /// Writes the note on one line: `data.attendees[] is JSON text: the schema allows any value`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = match self.outcome {
            Outcome::JsonText => "is JSON text",
            Outcome::Text => "is a text",
            Outcome::Omitted => "is not a column",
        };
        write!(f, "{} {outcome}: {}", self.column, self.reason)
    }
}
