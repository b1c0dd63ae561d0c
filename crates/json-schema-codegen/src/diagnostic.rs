//! Diagnostics: a message, a location, and help.

use std::fmt;

use crate::runtime::escape_hidden;

/// The kind of problem that a [`Diagnostic`] reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DiagnosticKind {
    /// A file or folder that cannot be read or written.
    Io,
    /// The settings of the job are wrong.
    Settings,
    /// A file that is not UTF-8, or not valid in its format (JSON, or for example YAML).
    Syntax,
    /// A folder without a schema in it.
    EmptyFolder,
    /// Two schemas with the same `$id`.
    DuplicateId,
    /// A root that does not exist, or whose name fits several schemas.
    MissingRoot,
    /// A reference that does not refer to any schema.
    DanglingReference,
    /// A `$ref` or a symbolic link to a file outside the schema folder.
    OutsideFolder,
    /// A `$ref` to a URL, which is never fetched.
    RemoteReference,
    /// A file of corrections that is not an RFC 6902 patch as the generator expects it: without a reason, a
    /// guard, or a document to correct.
    InvalidCorrection,
    /// A correction that no longer fits: its `test` fails, or an operation cannot be applied.
    StaleCorrection,
    /// A file that is neither a schema nor an OpenAPI document.
    NotASchema,
    /// A schema that cannot have a file of its own, or whose file would have a name that is not allowed or
    /// already used.
    FileName,
    /// A schema that exceeds one of the limits in the settings.
    Limit,
    /// A schema with a keyword that needs a disabled feature of this crate.
    MissingFeature,
    /// A keyword that the draft of its document does not have.
    UnknownKeyword,
    /// A `default` that its schema does not accept.
    RefusedDefault,
    /// A bug in the generator.
    Internal,
}

/// An error or note: a message, its location, and help.
///
/// `Display` writes it over several lines, for a terminal; [`Diagnostic::to_line`] returns it on one line, for
/// Cargo.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The kind of problem.
    pub kind: DiagnosticKind,
    /// Says what is wrong, without a full stop.
    pub message: String,
    /// The file, by the path that the generator was given.
    pub file: Option<String>,
    /// The JSON pointer (RFC 6901) of the value in the file; empty for the whole file. In an error about a setting, the
    /// pointer of the setting.
    pub pointer: Option<String>,
    /// The line and column in the text of the file, if known.
    pub position: Option<Position>,
    /// Says how to solve the problem.
    pub help: Option<String>,
}

/// A line and a column in a text, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Position {
    /// Creates a position from a line and a column in characters; both count from 1.
    pub fn new(line: usize, column: usize) -> Self {
        Self { line, column }
    }
}

impl Diagnostic {
    /// Creates a diagnostic without a location or help.
    pub(crate) fn new(kind: DiagnosticKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), file: None, pointer: None, position: None, help: None }
    }

    /// Sets the path of the file that the diagnostic is about.
    pub(crate) fn with_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Sets the line and the column (in characters) in the file; both count from 1.
    pub(crate) fn with_position(mut self, line: usize, column: usize) -> Self {
        self.position = Some(Position { line, column });
        self
    }

    /// Sets the JSON pointer of the value in the file that the diagnostic is about.
    pub(crate) fn with_pointer(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// Sets the help text; lines are separated by `\n`.
    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Returns `file:line:column`, or only `file` if the position is not known; `None` without a file.
    pub fn location(&self) -> Option<String> {
        let file = self.file.as_ref()?;
        Some(match self.position {
            Some(Position { line, column }) => format!("{file}:{line}:{column}"),
            None => file.clone(),
        })
    }

    /// Returns location, message, pointer and help on one line, for `cargo::error=` and logs: `a.json:2:5: this is not
    /// JSON (at /x); help: mend the file`. Escapes control characters.
    pub fn to_line(&self) -> String {
        let mut line = String::new();
        if let Some(location) = self.location() {
            line += &format!("{location}: ");
        }
        line += &self.message;
        if let Some(pointer) = self.pointer.as_deref().filter(|pointer| !pointer.is_empty()) {
            line += &format!(" (at {pointer})");
        }
        if let Some(help) = &self.help {
            line += &format!("; help: {help}");
        }
        escape_invisible(&line).replace('\n', " ")
    }
}

/// Escapes the characters of `text` that cannot be seen, except line breaks: ESC becomes `\u001b`. Texts of a schema
/// could otherwise control the terminal.
fn escape_invisible(text: &str) -> String {
    text.split('\n').map(escape_hidden).collect::<Vec<_>>().join("\n")
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", escape_invisible(&self.message))?;
        if let Some(location) = self.location() {
            write!(f, "\n  --> {}", escape_invisible(&location))?;
            if let Some(pointer) = self.pointer.as_deref().filter(|pointer| !pointer.is_empty()) {
                write!(f, " at {}", escape_invisible(pointer))?;
            }
        }
        if let Some(help) = &self.help {
            write!(f, "\n  help: {}", escape_invisible(help).replace('\n', "\n        "))?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostic {}

/// All errors of one run; at least one, at most 200.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errors(Vec<Diagnostic>);

impl Errors {
    /// Returns the errors in the order in which they were found.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0
    }

    /// Replaces each error by the result of calling `change` with it.
    pub(crate) fn map_diagnostics(self, change: impl Fn(Diagnostic) -> Diagnostic) -> Self {
        Self(self.0.into_iter().map(change).collect())
    }
}

impl From<Diagnostic> for Errors {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, diagnostic) in self.0.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            write!(f, "error: {diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}

impl IntoIterator for Errors {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Errors {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// Collects errors, so that one run reports all of them.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    all: Vec<Diagnostic>,
}

/// Most errors that one run reports; later ones are dropped.
pub(crate) const MAX_ERRORS: usize = 200;

impl Findings {
    /// Adds an error, unless an equal one was added before or there are already [`MAX_ERRORS`] errors.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if !self.has_max_errors() && !self.all.contains(&diagnostic) {
            self.all.push(diagnostic);
        }
    }

    /// Checks whether [`MAX_ERRORS`] errors have been collected, so that further ones are dropped.
    pub(crate) fn has_max_errors(&self) -> bool {
        self.all.len() >= MAX_ERRORS
    }

    /// Returns `value` if no errors have been collected, otherwise the collected errors.
    pub(crate) fn into_result<T>(self, value: T) -> Result<T, Errors> {
        if self.all.is_empty() { Ok(value) } else { Err(Errors(self.all)) }
    }

    /// Returns the value of `step` if `step` is `Ok` and no errors were collected before; otherwise the collected
    /// errors, followed by those of `step`.
    pub(crate) fn combine_with_result<T>(mut self, step: Result<T, Errors>) -> Result<T, Errors> {
        match step {
            Ok(value) => self.into_result(value),
            Err(errors) => {
                errors.into_iter().for_each(|error| self.push(error));
                Err(Errors(self.all))
            }
        }
    }

    /// Returns the value of `step`; if `step` failed, adds its errors to the collection and returns `None`.
    pub(crate) fn record_errors<T>(&mut self, step: Result<T, Errors>) -> Option<T> {
        step.map_err(|errors| errors.into_iter().for_each(|error| self.push(error))).ok()
    }
}
