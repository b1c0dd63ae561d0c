//! Brackets outside of strings, byte by byte.

use std::mem;

use memchr::memchr3;

/// Which brackets are open, in text that may be broken.
///
/// It knows that a string cannot go on past its line, and cannot end where its quote is followed by
/// what can only be text: then the quote that ends it is missing, and what was taken for a string
/// has to be taken again. And a quote right after text that is in no string opens none.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    text: Text,
    open: Vec<u8>,
    /// Whether a value ends before an object that cannot be part of it also within a line.
    ends_within_line: bool,
    /// The last byte outside of strings that is no white space; a quote stands for a string.
    last: u8,
    /// The byte that was taken last.
    previous: u8,
    /// How many bytes of the string have been taken.
    length: usize,
    /// The string of the outermost object that was read last, as far as it matters.
    name: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Text {
    #[default]
    Outside,
    Inside,
    /// After a backslash.
    Escaped,
    /// After the quote that ends a string, if what follows can follow a string.
    Closed,
}

/// What a byte does to the brackets.
#[derive(Debug, PartialEq)]
pub(super) enum Effect {
    Nothing,
    /// It closes the first bracket.
    Closes,
    /// It would close more than is open.
    Unopened,
    /// It would open an object where no value can begin.
    Misplaced,
    /// It opens the `items` of the outermost object.
    OpensItems,
    /// None, and it was not taken: the string before it has no end.
    Unclosed,
}

/// The nesting that a parser refuses.
const DEPTH: usize = 128;

/// The longest `items`: each letter as an escape.
const LONGEST_NAME: usize = 30;

impl Brackets {
    /// Of an element of a page.
    pub(super) fn of_element() -> Self {
        Self { ends_within_line: true, ..Self::default() }
    }

    /// Of a page, after its `items`.
    pub(super) fn after_items() -> Self {
        Self { open: vec![b'{'], last: b']', ..Self::of_element() }
    }

    pub(super) fn take(&mut self, byte: u8) -> Effect {
        if self.is_unclosed(byte) {
            return Effect::Unclosed;
        }
        let begins_line = self.previous == b'\n';
        if !self.is_outside(byte) || byte.is_ascii_whitespace() {
            return Effect::Nothing;
        }
        match byte {
            b'{' if self.is_misplaced(begins_line) => return Effect::Misplaced,
            b'{' => self.open.push(byte),
            b'[' => {
                let opens_items = self.is_items();
                self.open.push(byte);
                if opens_items {
                    return Effect::OpensItems;
                }
            }
            b'}' | b']' if !self.close(byte) => return Effect::Unopened,
            _ => {}
        }
        self.last = byte;
        if self.open.is_empty() { Effect::Closes } else { Effect::Nothing }
    }

    /// How many bytes, from the beginning, are content of a string and nothing else.
    pub(super) fn content(&mut self, bytes: &[u8]) -> usize {
        if self.text != Text::Inside {
            return 0;
        }
        let length = memchr3(b'"', b'\\', b'\n', bytes).unwrap_or(bytes.len());
        self.note(&bytes[..length]);
        length
    }

    /// Takes the string back, which is none, and gives the number of its bytes without the first
    /// quote: they are to be taken again.
    pub(super) fn reopen(&mut self) -> usize {
        self.text = Text::Outside;
        self.previous = b'"';
        mem::take(&mut self.length)
    }

    /// Takes a byte and tells whether it stands outside of strings; a quote that begins one does.
    pub(super) fn is_outside(&mut self, byte: u8) -> bool {
        let before = if self.text == Text::Closed { Text::Outside } else { self.text };
        let is_after_text = !is_structure(mem::replace(&mut self.previous, byte));
        self.text = match (before, byte) {
            (Text::Outside, b'"') if !is_after_text => Text::Inside,
            (Text::Outside, _) | (_, b'\n') => Text::Outside,
            (Text::Escaped, _) => Text::Inside,
            (_, b'"') => Text::Closed,
            (_, b'\\') => Text::Escaped,
            _ => Text::Inside,
        };
        match before {
            Text::Outside if byte == b'"' => {
                self.name.clear();
                self.length = 0;
            }
            Text::Outside => {}
            _ if self.text == Text::Closed => self.length += 1,
            _ => self.note(&[byte]),
        }
        before == Text::Outside
    }

    /// Whether the byte shows that the string before it has no end.
    pub(super) fn is_unclosed(&self, byte: u8) -> bool {
        match self.text {
            Text::Outside => false,
            Text::Inside | Text::Escaped => byte == b'\n',
            Text::Closed => !can_follow(byte),
        }
    }

    /// Takes the content of a string, and keeps what may name a property of the outermost object.
    fn note(&mut self, content: &[u8]) {
        self.length += content.len();
        if self.open.len() == 1 && self.name.len() <= LONGEST_NAME {
            let length = content.len().min(LONGEST_NAME + 1);
            self.name.extend_from_slice(&content[..length]);
        }
    }

    fn is_items(&self) -> bool {
        self.open == [b'{'] && self.last == b':' && (self.name == b"items" || self.is_escaped_items())
    }

    fn is_escaped_items(&self) -> bool {
        let quoted = [b"\"", self.name.as_slice(), b"\""].concat();
        self.name.contains(&b'\\') && serde_json::from_slice(&quoted).is_ok_and(|name: String| name == "items")
    }

    /// Whether an object that begins here is no part of this value: where a line begins, unless a
    /// colon is before it, or an array has its first element or the next one there, and a parser
    /// would go so deep; within a line, where an object has a value behind it and awaits a name.
    fn is_misplaced(&self, begins_line: bool) -> bool {
        let is_in_array = self.open.last() == Some(&b'[');
        let can_begin = self.last == b':' || is_in_array && matches!(self.last, b',' | b'[');
        match begins_line {
            _ if self.open.is_empty() => false,
            true => !can_begin || self.open.len() >= DEPTH,
            false => self.ends_within_line && !is_in_array && matches!(self.last, b',' | b'}' | b']'),
        }
    }

    /// Closes up to the bracket that this one belongs to, whatever is open within.
    fn close(&mut self, closing: u8) -> bool {
        let opening = if closing == b'}' { b'{' } else { b'[' };
        let found = self.open.iter().rposition(|bracket| *bracket == opening);
        self.open.truncate(found.unwrap_or(self.open.len()));
        found.is_some()
    }
}

/// Whether the byte can follow a string.
fn can_follow(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b':' | b'}' | b']')
}

/// Whether a string can begin after this byte; zero is before the first.
fn is_structure(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"' | 0)
}
