//! What went wrong while events were read.

use std::error::Error;
use std::{fmt, io};

use crate::generated::visible;

/// Why an event, a page or a value of another type could not be read.
///
/// It says where and what:
///
/// ```
/// # use webex_event::{EventPage, from_str};
/// let error = from_str::<EventPage>(r#"{"items": [{"id": 7}]}"#).unwrap_err();
/// assert_eq!(error.to_string(), "items[0].id: expected a string, found 7 (line 1, column 19)");
/// ```
pub struct EventError(Box<Details>);

/// The kind of an [`EventError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventErrorKind {
    /// The input could not be read.
    Io,
    /// The input ends inside an event or a page.
    Truncated,
    /// The text is no UTF-8.
    Utf8,
    /// The text is no JSON, or is nested more than 127 levels deep.
    Syntax,
    /// The text is JSON, but not of the type that is read.
    Data,
    /// The event is larger than the limit of the reader.
    TooLarge,
}

#[derive(Debug)]
pub(crate) struct Details {
    pub(crate) kind: EventErrorKind,
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
    pub(crate) number: u64,
    pub(crate) offset: u64,
    pub(crate) raw: Vec<u8>,
    pub(crate) io: Option<io::Error>,
}

impl Details {
    /// Begins the details of an error. Characters of `message` that cannot be seen are escaped, since
    /// it may show a part of the input.
    pub(crate) fn new(kind: EventErrorKind, message: &str) -> Self {
        let (path, message) = (String::new(), visible(message));
        Self { kind, path, line: 1, column: 1, message, number: 1, offset: 0, raw: Vec::new(), io: None }
    }

    pub(crate) fn at(self, path: String, (line, column): (usize, usize)) -> Self {
        Self { path, line, column, ..self }
    }

    /// The same where so many bytes stand before the text, on its first line.
    pub(crate) fn after(mut self, bytes: usize) -> Self {
        if self.line == 1 {
            self.column += bytes;
        }
        self
    }

    /// The same in a text that is not the end of the input.
    pub(crate) fn of_part(mut self) -> Self {
        if self.kind == EventErrorKind::Truncated {
            self.kind = EventErrorKind::Syntax;
        }
        self
    }
}

impl EventError {
    /// The kind of error.
    pub fn kind(&self) -> EventErrorKind {
        self.0.kind
    }

    /// The path of the value that is wrong, such as `items[3].data.recipients[1].personId`; a name
    /// with other characters than letters, digits and `_-$@` as `data["a name"]`, as in
    /// [`Unlisted::path`](crate::Unlisted::path). Empty when the whole is wrong.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The line in the input, from 1.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column in the line, in bytes from 1: where the value at the path begins, or where the
    /// text stops being JSON.
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// What is wrong, without the place.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The number of the event among those that the reader has found, broken ones too, from 1; 1
    /// from [`from_slice`](crate::from_slice) and [`from_str`](crate::from_str).
    pub fn number(&self) -> u64 {
        self.0.number
    }

    /// Where the text of the event begins in the input, in bytes from 0.
    pub fn offset(&self) -> u64 {
        self.0.offset
    }

    /// The text of the event as it came, as far as it was read; empty from
    /// [`from_slice`](crate::from_slice) and [`from_str`](crate::from_str), whose caller has it.
    pub fn raw(&self) -> &[u8] {
        &self.0.raw
    }
}

impl From<Details> for EventError {
    fn from(details: Details) -> Self {
        Self(Box::new(details))
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { path, message, line, column, .. } = &*self.0;
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
    /// The error of the input itself, which the message shows too; `None` where the input was read and
    /// what is in it is wrong.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.io.as_ref().map(|error| error as _)
    }
}

/// The error of the input itself, or one of the kind `InvalidData` or `UnexpectedEof`.
impl From<EventError> for io::Error {
    fn from(mut error: EventError) -> Self {
        let kind = match error.kind() {
            EventErrorKind::Truncated => io::ErrorKind::UnexpectedEof,
            _ => io::ErrorKind::InvalidData,
        };
        error.0.io.take().unwrap_or_else(|| Self::new(kind, error))
    }
}
