//! What went wrong, where, and what to do about it.

use std::fmt;

/// What a [`Diagnostic`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// A file or folder that cannot be read or written.
    Io,
    /// The job's own settings are wrong.
    Settings,
    /// A file that is not JSON.
    Syntax,
    /// A folder without a schema in it.
    EmptyFolder,
    /// Two schemas with one `$id`.
    DuplicateId,
    /// A root that does not exist, or that could be one of several.
    MissingRoot,
    /// A `$ref` to nothing.
    DanglingReference,
    /// A `$ref` to a file out of the schema folder.
    OutsideFolder,
    /// A `$ref` to a URL, which is never fetched.
    RemoteReference,
    /// A correction that is no RFC 6902 patch.
    InvalidCorrection,
    /// A correction whose `test` no longer holds.
    StaleCorrection,
    /// A file that is neither a schema nor an OpenAPI document.
    NotASchema,
    /// A schema that can have no file of its own.
    FileName,
    /// A schema past one of the limits in the settings.
    Limit,
    /// A schema with a keyword that a feature of this crate is for, which is switched off.
    MissingFeature,
    /// A fault of the generator itself.
    Internal,
}

/// One thing that is wrong: a message, the place, and what to do.
///
/// Its `Display` is the text that a terminal shows, over several lines;
/// [`Diagnostic::line`] is the same on one line, for Cargo.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What it is about.
    pub kind: Kind,
    /// What is wrong, without a full stop.
    pub message: String,
    /// The file, as it was named to the generator.
    pub file: Option<String>,
    /// Where in the file, as a JSON pointer (RFC 6901); empty for the whole of it.
    pub pointer: Option<String>,
    /// Where in the text, when it is known.
    pub position: Option<Position>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A place in a text; both count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Position {
    /// A line and a column; both count from 1.
    pub fn new(line: usize, column: usize) -> Self {
        Self { line, column }
    }
}

impl Diagnostic {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), file: None, pointer: None, position: None, help: None }
    }

    pub(crate) fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    pub(crate) fn at(mut self, line: usize, column: usize) -> Self {
        self.position = Some(Position { line, column });
        self
    }

    pub(crate) fn pointing(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// `file:line:column`, as much of it as is known.
    pub fn location(&self) -> Option<String> {
        let file = self.file.as_ref()?;
        Some(match self.position {
            Some(Position { line, column }) => format!("{file}:{line}:{column}"),
            None => file.clone(),
        })
    }

    /// The whole on one line, for `cargo::error=` and logs.
    pub fn line(&self) -> String {
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
        printable(&line).replace('\n', " ")
    }
}

/// The text with its control characters spelled out, line ends apart: a schema's words are not to
/// give orders to a terminal.
fn printable(text: &str) -> String {
    let refused =
        |c: &char| (c.is_control() && *c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if refused(&c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", printable(&self.message))?;
        if let Some(location) = self.location() {
            write!(f, "\n  --> {}", printable(&location))?;
            if let Some(pointer) = self.pointer.as_deref().filter(|pointer| !pointer.is_empty()) {
                write!(f, " at {}", printable(pointer))?;
            }
        }
        if let Some(help) = &self.help {
            write!(f, "\n  help: {}", printable(help).replace('\n', "\n        "))?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostic {}

/// All that was wrong in one run; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errors(Vec<Diagnostic>);

impl Errors {
    /// What was found, in the order of the files.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0
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

/// Gathers what is wrong, so that one run reports all of it.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    all: Vec<Diagnostic>,
}

/// How many findings one run reports, the first ones: each is looked for in the text of its file.
pub(crate) const REPORTED: usize = 200;

impl Findings {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if !self.is_full() && !self.all.contains(&diagnostic) {
            self.all.push(diagnostic);
        }
    }

    /// Whether no more is reported.
    pub(crate) fn is_full(&self) -> bool {
        self.all.len() >= REPORTED
    }

    /// The value when nothing was found, else all that was.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Errors> {
        if self.all.is_empty() { Ok(value) } else { Err(Errors(self.all)) }
    }

    /// The value of the last step when nothing was found before it either, else all that was.
    pub(crate) fn with<T>(mut self, step: Result<T, Errors>) -> Result<T, Errors> {
        match step {
            Ok(value) => self.or(value),
            Err(errors) => {
                errors.into_iter().for_each(|error| self.push(error));
                Err(Errors(self.all))
            }
        }
    }

    /// Takes the value of a step, or keeps what was wrong with it.
    pub(crate) fn keep<T>(&mut self, step: Result<T, Errors>) -> Option<T> {
        step.map_err(|errors| errors.into_iter().for_each(|error| self.push(error))).ok()
    }
}
