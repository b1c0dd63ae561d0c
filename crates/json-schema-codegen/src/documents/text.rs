//! The text of a schema file as JSON, with the line and column of each value in the file.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Position};
use crate::format::{Format, SyntaxError};
use crate::limits::{MAX_JSON_DEPTH, limit_exceeded_error};
use crate::locate;

/// The help of the error for a file that cannot be parsed.
const MEND_FILE_HELP: &str = "mend the file, or take it out of the schema folder";

/// The character that some editors put before the text of a file; it is not part of the text.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// The text of a schema file, converted to JSON if the file is in another format.
#[derive(Clone, Debug)]
pub(crate) struct DocumentText {
    /// The JSON text, without a byte order mark.
    pub(crate) json: String,
    /// The position in the file (for example in the YAML) of each value, by the value's pointer. Given by the
    /// conversion, or computed on first use if the file is JSON.
    positions: OnceLock<BTreeMap<String, Position>>,
    /// True if the file itself is in a format other than JSON.
    #[cfg(feature = "update")]
    pub(crate) is_converted: bool,
}

impl DocumentText {
    /// Creates the text of a JSON file from its content `json`. Removes a byte order mark at the beginning.
    pub(crate) fn from_json(json: String) -> Self {
        Self {
            json: json.strip_prefix(BYTE_ORDER_MARK).map(str::to_owned).unwrap_or(json),
            positions: OnceLock::new(),
            #[cfg(feature = "update")]
            is_converted: false,
        }
    }

    /// Converts `text`, which is in `format`, to JSON. `path` is the path of the file that errors name.
    pub(crate) fn from_formatted_text(path: &str, text: &str, format: Format) -> Result<Self, Errors> {
        let converted = (format.to_json)(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)).map_err(
            |SyntaxError { message, position }| {
                let diagnostic = Diagnostic::new(DiagnosticKind::Syntax, message).with_file(path);
                diagnostic.with_position(position.line, position.column).with_help(MEND_FILE_HELP)
            },
        )?;
        Ok(Self {
            positions: converted.positions.into(),
            #[cfg(feature = "update")]
            is_converted: true,
            ..Self::from_json(converted.json)
        })
    }

    /// Returns the position in the file of the value at `pointer`. If the file has no such value, returns the position
    /// of the nearest value around it.
    pub(crate) fn find_position(&self, pointer: &str) -> Position {
        locate::find_nearest_position(self.positions.get_or_init(|| locate::find_all_positions(&self.json)), pointer)
    }

    /// Parses the JSON text. `path` is the path of the file that errors name.
    pub(crate) fn parse_json(&self, path: &str) -> Result<Value, Errors> {
        let text = self.json.as_str();
        serde_json::from_str(text).map_err(|error| {
            let text_of_error = error.to_string();
            let message = text_of_error.split(" at line ").next().unwrap_or(&text_of_error);
            let Position { line, column } = locate::position_at_byte_column(text, error.line(), error.column());
            if message == "recursion limit exceeded" {
                let error = limit_exceeded_error(
                    "depth",
                    MAX_JSON_DEPTH,
                    format!("this is nested more than {MAX_JSON_DEPTH} levels deep"),
                );
                let help = "nest the schema less deeply; deeper JSON cannot be read";
                return error.with_file(path).with_position(line, column).with_help(help).into();
            }
            Diagnostic::new(DiagnosticKind::Syntax, format!("this is not JSON: {message}"))
                .with_file(path)
                .with_position(line, column)
                .with_help(MEND_FILE_HELP)
                .into()
        })
    }
}
