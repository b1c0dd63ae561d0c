//! Follows the brackets and strings of a text that is not JSON, byte by byte.

use std::mem;

use memchr::memchr3;

use super::names::{MAX_NAME_BYTES, SeenPropertyNames};
use super::scanner::JsonScanner;

/// The open brackets and strings at a position of a text that may be broken.
///
/// A quote may be missing. A string cannot go on past its line, and only white space or one of `,:}]` can follow
/// its closing quote. Otherwise a quote is missing, and the bytes after the string's opening quote have to be taken
/// again as text outside of strings. A quote directly after such text (`a"`) does not begin a string.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    string: StringState,
    /// The opening brackets that have not been closed, the outermost first.
    open: Vec<u8>,
    /// Whether the value may also end inside a line, before a `{` that cannot be part of it. Otherwise, it ends only
    /// before such a `{` at the beginning of a line.
    ends_within_line: bool,
    /// The last byte outside strings that is not white space; after a string, its opening quote.
    last: u8,
    /// The last byte, inside or outside strings.
    previous: u8,
    /// The number of bytes of the current string so far, without its opening quote.
    string_length: usize,
    /// The beginning of the last string if it is directly in the outermost object, where it may be a property name;
    /// otherwise empty.
    name: Vec<u8>,
}

/// The state of the string at the current position.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum StringState {
    #[default]
    Outside,
    Inside,
    /// Inside a string, after a backslash.
    Escaped,
    /// After the closing quote of a string, until the next byte shows whether a string can end there.
    Closed,
}

/// The effect of a byte on the brackets.
#[derive(Debug, PartialEq)]
pub(super) enum ByteEffect {
    /// The byte changes no bracket, or opens or closes an inner one.
    Nothing,
    /// The byte closes the outermost bracket, so the value ends with it.
    Closes,
    /// The byte is a closing bracket without an opening one.
    Unopened,
    /// The byte is a `{` where this value cannot contain an object; the next value begins there.
    Misplaced,
    /// The byte is the `[` of the property `items` of the outermost object.
    OpensItems,
    /// The byte shows that the closing quote of the string before it is missing. The byte was not taken.
    Unclosed,
}

impl Brackets {
    /// Creates the state before the byte at which `scanner` has found that the text is not JSON. `ends_within_line`
    /// says whether the value is in a page, where it may end inside a line.
    pub(super) fn from_scanner(scanner: JsonScanner, ends_within_line: bool) -> Self {
        let string = match scanner.previous {
            _ if scanner.is_in_string() => StringState::Inside,
            b'"' if scanner.is_after_string() => StringState::Closed,
            _ => StringState::Outside,
        };
        let JsonScanner { open, last, previous, string_length, .. } = scanner;
        Self { string, open, ends_within_line, last, previous, string_length, name: Vec::new() }
    }

    /// Takes the next byte, and returns its effect. Gives property names of the outermost object to `names`.
    pub(super) fn process_byte(&mut self, byte: u8, names: &mut SeenPropertyNames) -> ByteEffect {
        if self.shows_missing_quote(byte) {
            return ByteEffect::Unclosed;
        }
        let begins_line = self.previous == b'\n';
        if !self.update_string_state(byte) || byte.is_ascii_whitespace() {
            return ByteEffect::Nothing;
        }
        match byte {
            b'{' if self.is_brace_misplaced(begins_line) => return ByteEffect::Misplaced,
            b'{' => self.open.push(byte),
            b'[' => {
                let opens_items = self.open == [b'{'] && self.last == b':' && names.opens_page();
                self.open.push(byte);
                if opens_items {
                    return ByteEffect::OpensItems;
                }
            }
            b':' if self.open.len() == 1 && self.last == b'"' => names.add_name(&self.name),
            b'}' | b']' if !self.close_bracket(byte) => return ByteEffect::Unopened,
            _ => {}
        }
        self.last = byte;
        if self.open.is_empty() { ByteEffect::Closes } else { ByteEffect::Nothing }
    }

    /// Takes the bytes at the beginning of `bytes` that are plain content of the current string (no quote, backslash or
    /// line break), and returns their number; 0 outside strings. It is a fast path for [`Self::process_byte`].
    pub(super) fn process_string_content(&mut self, bytes: &[u8]) -> usize {
        if self.string != StringState::Inside {
            return 0;
        }
        let length = memchr3(b'"', b'\\', b'\n', bytes).unwrap_or(bytes.len());
        self.record_string_content(&bytes[..length]);
        length
    }

    /// Gives up the string whose closing quote is missing. Returns the number of its bytes after the opening quote,
    /// which the caller must take again.
    pub(super) fn give_up_string(&mut self) -> usize {
        self.string = StringState::Outside;
        self.previous = b'"';
        mem::take(&mut self.string_length)
    }

    /// Takes a byte as content of a string or of the text between strings, without looking at brackets. Returns whether
    /// the byte is outside strings; an opening quote counts as outside, a closing quote does not.
    pub(super) fn update_string_state(&mut self, byte: u8) -> bool {
        let before = if self.string == StringState::Closed { StringState::Outside } else { self.string };
        let is_after_text = !can_precede_string(mem::replace(&mut self.previous, byte));
        self.string = match (before, byte) {
            (StringState::Outside, b'"') if !is_after_text => StringState::Inside,
            (StringState::Outside, _) | (_, b'\n') => StringState::Outside,
            (StringState::Escaped, _) => StringState::Inside,
            (_, b'"') => StringState::Closed,
            (_, b'\\') => StringState::Escaped,
            _ => StringState::Inside,
        };
        match before {
            StringState::Outside if byte == b'"' => {
                self.name.clear();
                self.string_length = 0;
            }
            StringState::Outside => {}
            _ if self.string == StringState::Closed => self.string_length += 1,
            _ => self.record_string_content(&[byte]),
        }
        before == StringState::Outside
    }

    /// Checks whether `byte`, the next byte, shows that the closing quote of the current string is missing: a line
    /// break in the string, or something after its end that cannot follow a string.
    pub(super) fn shows_missing_quote(&self, byte: u8) -> bool {
        match self.string {
            StringState::Outside => false,
            StringState::Inside | StringState::Escaped => byte == b'\n',
            StringState::Closed => !can_follow_string(byte),
        }
    }

    /// Counts `content`, bytes of the current string, and keeps them in `name` if the string may be a property name of
    /// the outermost object.
    fn record_string_content(&mut self, content: &[u8]) {
        self.string_length += content.len();
        if self.open.len() == 1 && self.name.len() <= MAX_NAME_BYTES {
            let length = content.len().min(MAX_NAME_BYTES + 1);
            self.name.extend_from_slice(&content[..length]);
        }
    }

    /// Checks whether a `{` here cannot be part of this value, so that it begins the next one. At the beginning of a
    /// line (`begins_line`), that is so where JSON does not allow a value. Inside a line, and only if
    /// `ends_within_line`, that is so directly in an object after a comma or a closing bracket, where only a property
    /// name, a comma or a bracket is allowed.
    fn is_brace_misplaced(&self, begins_line: bool) -> bool {
        let is_in_array = self.open.last() == Some(&b'[');
        let can_begin = self.last == b':' || is_in_array && matches!(self.last, b',' | b'[');
        match begins_line {
            _ if self.open.is_empty() => false,
            true => !can_begin,
            false => self.ends_within_line && !is_in_array && matches!(self.last, b',' | b'}' | b']'),
        }
    }

    /// Closes the innermost open bracket of the kind that `closing` closes, and all brackets inside it. Returns false,
    /// and changes nothing, if there is no such bracket.
    fn close_bracket(&mut self, closing: u8) -> bool {
        let opening = if closing == b'}' { b'{' } else { b'[' };
        let index = self.open.iter().rposition(|bracket| *bracket == opening);
        self.open.truncate(index.unwrap_or(self.open.len()));
        index.is_some()
    }
}

/// Checks whether `byte` can follow the closing quote of a string.
fn can_follow_string(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b':' | b'}' | b']')
}

/// Checks whether a string can begin after `byte`; 0 means that there is no byte before it.
fn can_precede_string(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"' | 0)
}
