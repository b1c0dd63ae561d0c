//! The text of a schema file as JSON, and where in the file its values stand.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Errors, Kind, Position};
use crate::format::{Format, SyntaxError};
use crate::limits::{DEEPEST, exceeded};
use crate::locate;

/// What to do about a file that cannot be parsed.
const MEND: &str = "mend the file, or take it out of the schema folder";

const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// The text of a file as JSON.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) json: String,
    /// The positions of the values in the file itself: given where it is no JSON, else found when
    /// they are first asked for.
    positions: OnceLock<BTreeMap<String, Position>>,
    /// Whether the file itself is in another format.
    #[cfg(feature = "update")]
    pub(crate) is_converted: bool,
}

impl Text {
    /// The text of a JSON file, without the byte order mark that some editors begin it with.
    pub(crate) fn json(json: String) -> Self {
        Self {
            json: json.strip_prefix(BYTE_ORDER_MARK).map(str::to_owned).unwrap_or(json),
            positions: OnceLock::new(),
            #[cfg(feature = "update")]
            is_converted: false,
        }
    }

    /// The text of a file of another format.
    pub(crate) fn converted(path: &str, text: &str, format: Format) -> Result<Self, Errors> {
        let converted = (format.to_json)(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)).map_err(
            |SyntaxError { message, position }| {
                let diagnostic = Diagnostic::new(Kind::Syntax, message).in_file(path);
                diagnostic.at(position.line, position.column).help(MEND)
            },
        )?;
        Ok(Self {
            positions: converted.positions.into(),
            #[cfg(feature = "update")]
            is_converted: true,
            ..Self::json(converted.json)
        })
    }

    /// The position of the value at a pointer, or of the nearest value on the way there.
    pub(crate) fn position(&self, pointer: &str) -> Position {
        locate::nearest(self.positions.get_or_init(|| locate::positions(&self.json)), pointer)
    }

    /// The value of the text.
    pub(crate) fn parse(&self, path: &str) -> Result<Value, Errors> {
        let text = self.json.as_str();
        serde_json::from_str(text).map_err(|error| {
            let text_of_error = error.to_string();
            let message = text_of_error.split(" at line ").next().unwrap_or(&text_of_error);
            let Position { line, column } = locate::at_byte(text, error.line(), error.column());
            if message == "recursion limit exceeded" {
                let error = exceeded("depth", DEEPEST, format!("this is nested more than {DEEPEST} deep"));
                let help = "nest less deep: what is deeper is no schema that a type could hold";
                return error.in_file(path).at(line, column).help(help).into();
            }
            Diagnostic::new(Kind::Syntax, format!("this is not JSON: {message}"))
                .in_file(path)
                .at(line, column)
                .help(MEND)
                .into()
        })
    }
}
