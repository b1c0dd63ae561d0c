//! Defines the error of reading an event.

use std::error::Error;
use std::{fmt, io};

use crate::generated::escape_hidden;

/// The error of reading an event, a page or a value of another type.
///
/// `Display` writes the path of the value, what is wrong, and the line and column:
///
/// ```
/// # use webex_event::{EventPage, from_str};
/// let error = from_str::<EventPage>(r#"{"items": [{"id": 7}]}"#).unwrap_err();
/// assert_eq!(error.to_string(), "items[0].id: expected a string, found 7 (line 1, column 19)");
/// ```
pub struct EventError(Box<ErrorDetails>);

/// The kind of an [`EventError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventErrorKind {
    /// The input could not be read.
    Io,
    /// The input ends inside an event or a page.
    Truncated,
    /// The text is not UTF-8.
    Utf8,
    /// The text is not JSON, or is nested more than 127 levels deep.
    Syntax,
    /// The text is JSON, but does not fit the type that is read.
    Data,
    /// The event is larger than the limit of the [`EventReader`](crate::EventReader).
    TooLarge,
}

/// The content of an [`EventError`], which has a documented method for each field except `io`.
#[derive(Debug)]
pub(crate) struct ErrorDetails {
    pub(crate) kind: EventErrorKind,
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
    pub(crate) number: u64,
    pub(crate) offset: u64,
    pub(crate) raw: Vec<u8>,
    /// The error of the input itself if the kind is `Io`; otherwise `None`.
    pub(crate) io: Option<io::Error>,
}

impl ErrorDetails {
    /// Creates the details of an error at the beginning of a text. Escapes invisible characters in `message`, which may
    /// show a part of the input.
    pub(crate) fn new(kind: EventErrorKind, message: &str) -> Self {
        let (path, message) = (String::new(), escape_hidden(message));
        Self { kind, path, line: 1, column: 1, message, number: 1, offset: 0, raw: Vec::new(), io: None }
    }

    /// Creates the details of the error for an input that failed with `failure`.
    pub(crate) fn from_input_failure(failure: io::Error) -> Self {
        let error = Self::new(EventErrorKind::Io, &format!("the input cannot be read: {failure}"));
        Self { io: Some(failure), ..error }
    }

    /// Sets the path of the wrong value, and the line and column, both from 1.
    pub(crate) fn with_path_and_position(self, path: String, (line, column): (usize, usize)) -> Self {
        Self { path, line, column, ..self }
    }

    /// Moves the error's column right by `bytes` if the error is on line 1, for a text before which a byte order mark
    /// of so many bytes was removed.
    pub(crate) fn shift_column(mut self, bytes: usize) -> Self {
        if self.line == 1 {
            self.column += bytes;
        }
        self
    }

    /// Changes the kind `Truncated` to `Syntax`, for a text that ends too early although the input goes on after it.
    pub(crate) fn with_truncated_as_syntax(mut self) -> Self {
        if self.kind == EventErrorKind::Truncated {
            self.kind = EventErrorKind::Syntax;
        }
        self
    }
}

impl EventError {
    /// Returns the kind of error.
    pub fn kind(&self) -> EventErrorKind {
        self.0.kind
    }

    /// Returns the path of the value that is wrong, such as `items[3].data.recipients[1].personId`. A name
    /// with other characters than letters, digits and `_-$@` is written as in `data["a name"]`, as in
    /// [`Unlisted::path`](crate::Unlisted::path). Empty if the error is about the whole text.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the line of the error in the input, from 1.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// Returns the column of the error in its line, in bytes from 1: where the value at [`path`](Self::path) begins, or
    /// where the text stops being JSON.
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// Returns what is wrong, without path, line and column: `expected a string, found 7`.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the number of the event, from 1, among all events that the [`EventReader`](crate::EventReader) has
    /// found, broken ones included. Always 1 for an error of [`from_slice`](crate::from_slice) or
    /// [`from_str`](crate::from_str).
    pub fn number(&self) -> u64 {
        self.0.number
    }

    /// Returns the byte offset, from 0, at which the text of the event begins in the input. Always 0 for an error of
    /// [`from_slice`](crate::from_slice) or [`from_str`](crate::from_str).
    pub fn offset(&self) -> u64 {
        self.0.offset
    }

    /// Returns the whole text of the event, unchanged, including what comes after the error. The text is cut off only
    /// at the size limit of the reader, and where the input ends or fails. Empty for an error of
    /// [`from_slice`](crate::from_slice) or [`from_str`](crate::from_str), whose caller has the text.
    pub fn raw(&self) -> &[u8] {
        &self.0.raw
    }
}

impl From<ErrorDetails> for EventError {
    fn from(details: ErrorDetails) -> Self {
        Self(Box::new(details))
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ErrorDetails { path, message, line, column, .. } = &*self.0;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "{message} (line {line}, column {column})")
    }
}

impl fmt::Debug for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventError")
            .field("kind", &self.0.kind)
            .field("error", &self.to_string())
            .field("number", &self.0.number)
            .field("offset", &self.0.offset)
            .finish_non_exhaustive()
    }
}

impl Error for EventError {
    /// Returns the error of the input itself, which the message shows too; `None` if the input could be read and its
    /// content is wrong.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.io.as_ref().map(|error| error as _)
    }
}

/// Returns the error of the input itself. If there is none, returns an error that holds the [`EventError`], of the
/// kind `UnexpectedEof` if it is truncated, otherwise `InvalidData`.
impl From<EventError> for io::Error {
    fn from(mut error: EventError) -> Self {
        let kind = match error.kind() {
            EventErrorKind::Truncated => io::ErrorKind::UnexpectedEof,
            _ => io::ErrorKind::InvalidData,
        };
        error.0.io.take().unwrap_or_else(|| Self::new(kind, error))
    }
}
