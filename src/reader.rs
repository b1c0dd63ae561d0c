//! Reads events one after another from an input of any length.

use std::io::{self, BufRead, ErrorKind, Seek, SeekFrom};
use std::iter::FusedIterator;

use serde::de::DeserializeOwned;

use crate::Event;
use crate::checkpoint::Checkpoint;
use crate::decoder::{EventDecoder, FindResult};
use crate::error::EventError;
use crate::raw::RawEvent;

/// Most bytes that are taken from the input at once.
const MAX_PIECE_BYTES: usize = 16 * 1024;

/// An iterator over the events of an input: a page, several pages one after another, NDJSON (one event per
/// line), or a single event. It detects the form by itself, and the forms may be mixed.
///
/// A page is a JSON array, or an object whose array `items` comes before any property that an event requires; its other
/// properties are skipped. If such a property comes after `items`, the object may have been an event: after the
/// elements, an [`EventError`] with the offset of the object says so. Memory holds one event at a time, never a whole
/// page. [`pages`](Self::pages), [`lines`](Self::lines) and [`of`](Self::of) change which values are pages.
///
/// An event that is broken, or does not fit the type `T`, is returned as an [`EventError`] with its text. Reading
/// goes on with the next event: in a page at the next element; otherwise after the event if it is JSON, and if it is
/// not, at the next line that begins with `{`. If the input itself fails, that error is the last item.
///
/// ```
/// use webex_event::EventReader;
///
/// let input = r#"{"items": [
///     {"id": "1", "resource": "rooms", "type": "created", "actorId": "a", "created": "", "data": {}},
///     {"id": 2, "resource": "rooms", "type": "created", "actorId": "a", "created": "", "data": {}},
///     {"id": "3", "resource": "rooms", "type": "created", "actorId": "a", "created": "", "data": {}}
/// ]}"#;
/// for event in EventReader::new(input.as_bytes()) {
///     match event {
///         Ok(event) => println!("{} {}", event.id, event.resource),
///         // items[1].id: expected a string, found 2 (line 3, column 12)
///         Err(error) => eprintln!("{error}: {}", String::from_utf8_lossy(error.raw())),
///     }
/// }
/// ```
#[derive(Debug)]
pub struct EventReader<R, T = Event> {
    input: R,
    decoder: EventDecoder<T>,
}

impl<R: BufRead> EventReader<R> {
    /// Creates a reader of an input, such as a `BufReader<File>`, standard input or `&[u8]`.
    pub fn new(input: R) -> Self {
        Self { input, decoder: EventDecoder::new() }
    }

    /// Creates a reader that goes on at a checkpoint. The next byte of `input` must be the byte at
    /// [`Checkpoint::offset`].
    pub fn resume(input: R, checkpoint: &Checkpoint) -> Self {
        Self { input, decoder: EventDecoder::resume(checkpoint) }
    }

    /// Creates a reader that goes on at a checkpoint, after it has moved `input` to [`Checkpoint::offset`], counted
    /// from the beginning of `input`.
    ///
    /// # Errors
    /// Returns an error if `input` cannot be moved.
    pub fn resume_seek(mut input: R, checkpoint: &Checkpoint) -> io::Result<Self>
    where
        R: Seek,
    {
        input.seek(SeekFrom::Start(checkpoint.offset()))?;
        Ok(Self::resume(input, checkpoint))
    }
}

impl<R: BufRead, T: DeserializeOwned> EventReader<R, T> {
    /// Changes the type that each event is read as, for example to a struct with a few fields:
    /// `EventReader::new(input).of::<MyEvent>()`. Without [`pages`](Self::pages), no value is then a page, since
    /// `items` may be a property of the type.
    pub fn of<U: DeserializeOwned>(self) -> EventReader<R, U> {
        EventReader { input: self.input, decoder: self.decoder.of() }
    }

    /// Reads each array, and each object with an array `items`, as a page, whatever its other properties are.
    #[must_use]
    pub fn pages(self) -> Self {
        Self { decoder: self.decoder.pages(), ..self }
    }

    /// Reads no value as a page: each value is an event.
    #[must_use]
    pub fn lines(self) -> Self {
        Self { decoder: self.decoder.lines(), ..self }
    }

    /// Sets the most bytes that the text of an event may have; without this call, the limit is 64 MiB. A larger event
    /// is returned as an error of the kind [`TooLarge`](crate::EventErrorKind::TooLarge), with the beginning of its
    /// text.
    ///
    /// The limit is about the text; values take more memory. In an event of 64 MiB, a list of zeros, each of which has
    /// two bytes of text and takes 32 bytes of memory, takes 1 to 2 GB, and a list of lists `[0]` up to 3 GB. A service
    /// that reads inputs of strangers should set a lower limit.
    #[must_use]
    pub fn with_limit(self, bytes: usize) -> Self {
        Self { decoder: self.decoder.with_limit(bytes), ..self }
    }

    /// Returns the input. Bytes that have been read ahead are lost.
    pub fn into_inner(self) -> R {
        self.input
    }

    /// Returns the place after the last event, from which [`resume`](EventReader::resume) goes on. After an event that
    /// is [too large](crate::EventErrorKind::TooLarge), whose end has not been read yet, it is the place before it: a
    /// resumed reader returns that error again.
    ///
    /// ```
    /// use webex_event::{Checkpoint, EventReader};
    ///
    /// let event = |id| {
    ///     format!(r#"{{"id":"{id}","resource":"rooms","type":"created","actorId":"a","created":"","data":{{}}}}"#)
    /// };
    /// let input = format!(r#"{{"items":[{},{}]}}"#, event(1), event(2));
    /// let mut reader = EventReader::new(input.as_bytes());
    /// assert_eq!(reader.next().expect("an event")?.id, "1");
    /// let file = serde_json::to_string(&reader.checkpoint())?;
    ///
    /// let checkpoint: Checkpoint = serde_json::from_str(&file)?;
    /// let mut reader = EventReader::resume_seek(std::io::Cursor::new(input), &checkpoint)?;
    /// assert_eq!(reader.next().expect("an event")?.id, "2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn checkpoint(&self) -> Checkpoint {
        self.decoder.checkpoint()
    }

    /// Lends the text of the next event, unparsed; `None` at the end of the input. A text that is not JSON is returned
    /// as an error. [`RawEvent`] has an example.
    pub fn next_raw(&mut self) -> Option<Result<RawEvent<'_>, EventError>> {
        let found = loop {
            match self.decoder.find_event_text() {
                FindResult::Nothing if !self.decoder.is_end() => self.feed_next_piece(),
                found => break found,
            }
        };
        self.decoder.lend_event_text(found)
    }

    /// Lends the text of the event that the iterator has returned last: to keep it byte for byte as it came, or, after
    /// a type with a few properties, to parse the whole event. It costs nothing, whereas [`next_raw`](Self::next_raw)
    /// finds the end of each event before the program parses it. `None` before the first event, and after an error,
    /// which has the [text](EventError::raw) itself.
    ///
    /// ```
    /// use webex_event::{EventReader, EventResource};
    ///
    /// let input = r#"{"items": [
    ///     {"id": "1", "resource": "rooms", "type": "created", "actorId": "a", "created": "", "data": {}},
    ///     {"id" : "2", "resource": "messages", "type": "created", "actorId": "a", "created": "", "data": {}}
    /// ]}"#;
    /// let mut reader = EventReader::new(input.as_bytes());
    /// let mut archive = String::new();
    /// while let Some(event) = reader.next() {
    ///     if event?.resource == EventResource::Messages {
    ///         archive.extend(reader.last_raw().map(|raw| raw.text()));
    ///     }
    /// }
    /// assert!(archive.starts_with(r#"{"id" : "2","#));
    /// # Ok::<(), webex_event::EventError>(())
    /// ```
    pub fn last_raw(&self) -> Option<RawEvent<'_>> {
        self.decoder.last_raw()
    }

    /// Gives the decoder the next bytes of the input: as many as the input has at once, but at most
    /// [`MAX_PIECE_BYTES`]. Waits if it has none. If the input ends or fails, ends the decoder.
    fn feed_next_piece(&mut self) {
        match self.input.fill_buf() {
            Ok([]) => self.decoder.finish(),
            Ok(bytes) => {
                let length = bytes.len().min(MAX_PIECE_BYTES);
                self.decoder.push(&bytes[..length]);
                self.input.consume(length);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => self.decoder.fail_input(error),
        }
    }
}

impl<R: BufRead, T: DeserializeOwned> Iterator for EventReader<R, T> {
    type Item = Result<T, EventError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.decoder.next() {
                None if !self.decoder.is_end() => self.feed_next_piece(),
                event => return event,
            }
        }
    }
}

impl<R: BufRead, T: DeserializeOwned> FusedIterator for EventReader<R, T> {}
