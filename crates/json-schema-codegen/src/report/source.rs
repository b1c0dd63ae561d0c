//! The locations of the report: file, JSON pointer, line and column.

use serde::Serialize;

use crate::diagnostic::Position;
use crate::location::Location;
use crate::resolve::Resolved;

/// A location in a schema file: path, JSON pointer, line and column.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SourceLocation {
    /// The path of the file, as it was given to the generator.
    pub file: String,
    /// The JSON pointer in the file; empty for the whole file.
    pub pointer: String,
    /// The line in the text of the file, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Converts `location` to the path of its file, its JSON pointer, and its line and column in the file.
pub(crate) fn find_source_location(resolved: &Resolved, location: &Location) -> SourceLocation {
    let Position { line, column } = resolved.find_position(location);
    SourceLocation { file: resolved.file_display_path(location), pointer: location.pointer().to_owned(), line, column }
}
