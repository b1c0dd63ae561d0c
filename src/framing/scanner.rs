//! Finds the end of a JSON object or array, as long as its text is JSON.

use memchr::memchr3;

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
    /// The beginning of the last string, if it is a name of the outermost object.
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
    /// Inside of a string, after a backslash.
    Escape {
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
        matches!(self.expected, Expected::String { .. } | Expected::Escape { .. })
    }

    /// Checks whether the last byte other than white space ended a string.
    pub(super) fn is_after_string(&self) -> bool {
        self.last == b'"' && matches!(self.expected, Expected::Colon | Expected::CommaOrEnd)
    }

    /// Takes the bytes of `window` from the index `at` on, which it moves, and gives the names of the outermost
    /// object to `names`.
    pub(super) fn scan(&mut self, window: &[u8], at: &mut usize, names: &mut Names) -> Scanned {
        let scanned = self.scan_bytes(window, at, names);
        self.previous = at.checked_sub(1).map_or(self.previous, |at| window[at]);
        scanned
    }

    /// Does what [`Self::scan`] does, without keeping the last byte in `previous`.
    fn scan_bytes(&mut self, window: &[u8], at: &mut usize, names: &mut Names) -> Scanned {
        while let Some(&byte) = window.get(*at) {
            match self.expected {
                Expected::String { is_name } => {
                    let length = self.take_content(&window[*at..]);
                    *at += length;
                    match window.get(*at) {
                        None => return Scanned::More,
                        Some(b'\n') => return Scanned::Broken,
                        Some(b'"') => self.end_string(is_name),
                        Some(byte) => {
                            self.record(&[*byte]);
                            self.expected = Expected::Escape { is_name };
                        }
                    }
                }
                Expected::Escape { .. } if byte == b'\n' => return Scanned::Broken,
                Expected::Escape { is_name } => {
                    self.record(&[byte]);
                    self.expected = Expected::String { is_name };
                }
                Expected::Scalar if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-') => {
                    self.last = byte;
                }
                _ if byte.is_ascii_whitespace() => {
                    if self.expected == Expected::Scalar {
                        self.expected = Expected::CommaOrEnd;
                    }
                }
                Expected::ValueOrEnd | Expected::Value if byte == b'[' && self.is_page(names) => return Scanned::Items,
                _ => match self.expect_after(byte, names) {
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

    /// Takes a byte outside of strings that is not white space, and returns what may follow. `None` if JSON does not
    /// allow the byte here.
    fn expect_after(&mut self, byte: u8, names: &mut Names) -> Option<Expected> {
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
            (Expected::Colon, b':') => {
                if self.open.len() == 1 {
                    names.take(&self.name);
                }
                Some(Expected::Value)
            }
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

    fn begin_string(&mut self, is_name: bool) -> Expected {
        self.string_length = 0;
        self.name.clear();
        Expected::String { is_name }
    }

    fn end_string(&mut self, is_name: bool) {
        self.string_length += 1;
        self.expected = if is_name { Expected::Colon } else { Expected::CommaOrEnd };
    }

    /// Takes the content of a string at the beginning of `bytes`, up to a quote, backslash or line break. Returns its
    /// length.
    fn take_content(&mut self, bytes: &[u8]) -> usize {
        let length = memchr3(b'"', b'\\', b'\n', bytes).unwrap_or(bytes.len());
        self.record(&bytes[..length]);
        length
    }

    /// Counts `content`, bytes of the current string, and keeps its beginning if it is a name of the outermost object.
    fn record(&mut self, content: &[u8]) {
        self.string_length += content.len();
        let is_name = matches!(self.expected, Expected::String { is_name: true } | Expected::Escape { is_name: true });
        if is_name && self.open.len() == 1 && self.name.len() <= LONGEST_NAME {
            self.name.extend_from_slice(&content[..content.len().min(LONGEST_NAME + 1)]);
        }
    }
}
