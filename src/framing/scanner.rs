//! Finds the end of a JSON object or array, as long as its text is JSON.

use memchr::memchr2;

use super::names::{LONGEST_NAME, Names};

/// The state between two bytes of an object or array. Its text is JSON so far: brackets, strings, commas and colons
/// are where they may be. Numbers, literals and escapes are left to the parser.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    expected: Expected,
    /// The opening brackets that have not been closed, the outermost first.
    pub(super) open: Vec<u8>,
    /// The last byte outside of strings that is not white space; after a string, its opening quote.
    pub(super) last: u8,
    /// The byte that was taken last, also inside of strings.
    pub(super) previous: u8,
    /// The number of bytes of the last string that have been taken, without its opening quote.
    pub(super) string_length: usize,
    /// True inside of a string, after a backslash that begins an escape.
    is_escaped: bool,
    /// The beginning of a name of the outermost object, if the end of the window cuts it in two.
    name: Vec<u8>,
}

/// The tokens of JSON that the next byte may belong to, apart from white space.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Expected {
    #[default]
    Value,
    /// After `[`.
    ValueOrEnd,
    Name,
    /// After `{`.
    NameOrEnd,
    Colon,
    CommaOrEnd,
    /// Inside of a number or a literal.
    Scalar,
    /// Inside of a string; `is_name` says whether it is the name of a property.
    String {
        is_name: bool,
    },
}

/// The result of a scan.
#[derive(Debug, PartialEq)]
pub(super) enum Scanned {
    /// The value goes on after the window.
    More,
    /// The value ends before `at`.
    End,
    /// The byte at `at` is the `[` of the `items` of a page.
    Items,
    /// The byte at `at` shows that the text is not JSON. It has not been taken.
    Broken,
}

impl Scanner {
    /// Creates the state in a page after the closing bracket of its `items`.
    pub(super) fn after_items() -> Self {
        Self { expected: Expected::CommaOrEnd, open: vec![b'{'], last: b']', ..Self::default() }
    }

    /// Checks whether the last byte was taken inside of a string.
    pub(super) fn is_in_string(&self) -> bool {
        matches!(self.expected, Expected::String { .. })
    }

    /// Checks whether the last byte other than white space ended a string.
    pub(super) fn is_after_string(&self) -> bool {
        self.last == b'"' && matches!(self.expected, Expected::Colon | Expected::CommaOrEnd)
    }

    /// Takes the bytes of `window` from the index `at` on, which it moves, and gives the names of the outermost
    /// object to `names`.
    pub(super) fn scan(&mut self, window: &[u8], at: &mut usize, names: &mut Names) -> Scanned {
        let scanned = self.scan_tokens(window, at, names);
        self.previous = at.checked_sub(1).map_or(self.previous, |at| window[at]);
        scanned
    }

    /// Does what [`Self::scan`] does, without keeping the last byte in `previous`.
    fn scan_tokens(&mut self, window: &[u8], at: &mut usize, names: &mut Names) -> Scanned {
        while let Some(&byte) = window.get(*at) {
            match self.expected {
                Expected::String { is_name } => match self.scan_strings(window, at, is_name, names) {
                    Some(scanned) => return scanned,
                    None => continue,
                },
                Expected::Scalar if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-') => {
                    self.last = byte;
                }
                _ if byte.is_ascii_whitespace() => {
                    if self.expected == Expected::Scalar {
                        self.expected = Expected::CommaOrEnd;
                    }
                }
                Expected::ValueOrEnd | Expected::Value if byte == b'[' && self.is_page(names) => return Scanned::Items,
                _ => match self.expect_after(byte) {
                    Some(expected) => {
                        self.expected = expected;
                        self.last = byte;
                    }
                    None => return Scanned::Broken,
                },
            }
            *at += 1;
            if self.open.is_empty() {
                return Scanned::End;
            }
        }
        Scanned::More
    }

    /// Takes the rest of a string from the index `at` on, and the strings after it that only `:` or `,` separates from it.
    /// `None` after the last of them; [`Scanned::More`] or [`Scanned::Broken`] inside of one.
    fn scan_strings(&mut self, window: &[u8], at: &mut usize, mut is_name: bool, names: &mut Names) -> Option<Scanned> {
        let is_in_object = self.open.last() == Some(&b'{');
        let is_watched = self.open.len() == 1 && names.are_watched();
        let mut start = *at;
        loop {
            let end = self.find_string_end(window, start);
            if window.get(end) != Some(&b'"') {
                *at = end;
                self.cut_string(&window[start..end], is_name);
                return Some(if end == window.len() { Scanned::More } else { Scanned::Broken });
            }
            if is_watched && is_name {
                self.end_name(&window[start..end], names);
            }
            match window.get(end + 1..end + 3) {
                Some(b":\"") if is_name => is_name = false,
                Some(b",\"") if !is_name => is_name = is_in_object,
                _ => {
                    *at = end + 1;
                    self.string_length += end + 1 - start;
                    self.expected = if is_name { Expected::Colon } else { Expected::CommaOrEnd };
                    return None;
                }
            }
            start = end + 3;
            self.string_length = 0;
        }
    }

    /// Returns the index in `window` of the closing quote of a string whose content goes on at `start`, or of a line break in
    /// it; the length of `window` if it has neither.
    fn find_string_end(&mut self, window: &[u8], start: usize) -> usize {
        let mut from = start;
        while let Some(length) = memchr2(b'"', b'\n', &window[from..]) {
            let end = from + length;
            let may_be_escaped = if length > 0 { window[end - 1] == b'\\' } else { from > start || self.is_escaped };
            if !may_be_escaped || window[end] == b'\n' || !is_escaped_after(&window[start..end], self.is_escaped) {
                self.is_escaped = false;
                return end;
            }
            from = end + 1;
        }
        window.len()
    }

    /// Keeps what is needed of a string that does not end in the window: `content` is the part of it that has been taken.
    fn cut_string(&mut self, content: &[u8], is_name: bool) {
        self.expected = Expected::String { is_name };
        self.string_length += content.len();
        self.is_escaped = is_escaped_after(content, self.is_escaped);
        if is_name && self.open.len() == 1 && self.name.len() <= LONGEST_NAME {
            self.name.extend_from_slice(&content[..content.len().min(LONGEST_NAME + 1)]);
        }
    }

    /// Gives a name of the outermost object to `names`; `content` is its last part, after the part that is in `name`.
    fn end_name(&mut self, content: &[u8], names: &mut Names) {
        if self.name.is_empty() {
            return names.take(content);
        }
        self.name.extend_from_slice(content);
        names.take(&self.name);
        self.name.clear();
    }

    /// Takes a byte outside of strings that is not white space, and returns what may follow. `None` if JSON does not
    /// allow the byte here.
    fn expect_after(&mut self, byte: u8) -> Option<Expected> {
        match (self.expected, byte) {
            (Expected::Value | Expected::ValueOrEnd, b'{') => {
                self.open.push(byte);
                Some(Expected::NameOrEnd)
            }
            (Expected::Value | Expected::ValueOrEnd, b'[') => {
                self.open.push(byte);
                Some(Expected::ValueOrEnd)
            }
            (Expected::Value | Expected::ValueOrEnd, b'"') => Some(self.begin_string(false)),
            (Expected::Name | Expected::NameOrEnd, b'"') => Some(self.begin_string(true)),
            (Expected::Colon, b':') => Some(Expected::Value),
            (Expected::CommaOrEnd | Expected::Scalar, b',') => {
                Some(if self.open.last() == Some(&b'{') { Expected::Name } else { Expected::Value })
            }
            (Expected::NameOrEnd | Expected::CommaOrEnd | Expected::Scalar, b'}') => self.close(b'{'),
            (Expected::ValueOrEnd | Expected::CommaOrEnd | Expected::Scalar, b']') => self.close(b'['),
            (Expected::Value | Expected::ValueOrEnd, b'-' | b'0'..=b'9' | b'a'..=b'z') => Some(Expected::Scalar),
            _ => None,
        }
    }

    /// Closes the innermost bracket; `None` if it is not `opening`.
    fn close(&mut self, opening: u8) -> Option<Expected> {
        let is_innermost = self.open.last() == Some(&opening);
        is_innermost.then(|| self.open.pop()).map(|_| Expected::CommaOrEnd)
    }

    /// Checks whether an array here makes the outermost object a page.
    fn is_page(&self, names: &Names) -> bool {
        self.last == b':' && self.open.len() == 1 && names.opens_page()
    }

    /// Begins a string, and returns that its content may follow.
    fn begin_string(&mut self, is_name: bool) -> Expected {
        self.string_length = 0;
        Expected::String { is_name }
    }
}

/// Checks whether `content`, of a string, ends with a backslash that begins an escape. `is_escaped` says whether the byte
/// before `content` is one.
fn is_escaped_after(content: &[u8], is_escaped: bool) -> bool {
    let backslashes = content.iter().rev().take_while(|byte| **byte == b'\\').count();
    let is_odd = backslashes % 2 == 1;
    is_odd != (is_escaped && backslashes == content.len())
}
