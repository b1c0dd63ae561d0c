//! Defines the notes about columns: where a column differs from its schema, or a property has none.

use std::fmt;

use serde::Serialize;

/// A note that a column differs from its schema, or that properties have no column, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ColumnNote {
    /// The path of the column: the names of the columns that contain it and its own, joined by `.`, with `[]` for the
    /// items of a list and `{}` for the values of a map, such as `data.attendees[]`. `*` is all properties that the
    /// schema does not name.
    pub column: String,
    /// How the column holds the values.
    pub outcome: Outcome,
    /// The reason, as a clause of English, such as `the schema allows any value`.
    pub reason: String,
}

/// How a column holds values for which there is no column type of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// The column holds the JSON text of each value.
    JsonText,
    /// The column holds texts, although the schema allows other scalars too, such as numbers.
    Text,
    /// There is no column for the values.
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
