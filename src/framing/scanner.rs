//! Finds the end of a JSON object or array, as long as its text is JSON.

use memchr::memchr2;

use super::names::{MAX_NAME_BYTES, SeenPropertyNames};

/// The state between two bytes of an object or array whose text is JSON so far: brackets, strings, commas and colons
/// are where JSON allows them. Numbers, literals and escapes are not checked; the parser does that.
#[derive(Debug, Default)]
pub(super) struct JsonScanner {
    expected: ExpectedToken,
    /// The opening brackets that have not been closed, the outermost first.
    pub(super) open: Vec<u8>,
    /// The last byte outside strings that is not white space; after a string, its opening quote.
    pub(super) last: u8,
    /// The last byte, inside or outside strings.
    pub(super) previous: u8,
    /// The number of bytes of the last string so far, without its opening quote.
    pub(super) string_length: usize,
    /// Whether the last byte is a backslash inside a string that begins an escape.
    is_escaped: bool,
    /// The beginning of a property name of the outermost object, if the end of the window cuts the name in two;
    /// otherwise empty.
    name: Vec<u8>,
}

/// The tokens of JSON that the next byte may belong to; white space is always allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum ExpectedToken {
    #[default]
    Value,
    /// After `[`.
    ValueOrEnd,
    Name,
    /// After `{`.
    NameOrEnd,
    Colon,
    CommaOrEnd,
    /// In a number or a literal.
    Scalar,
    /// In a string; `is_name` says whether it is the name of a property.
    String {
        is_name: bool,
    },
}

/// The result of scanning a window.
#[derive(Debug, PartialEq)]
pub(super) enum ScanResult {
    /// The value goes on after the window.
    More,
    /// The value ends before the index that the scan has reached.
    End,
    /// The byte at the index that the scan has reached is the `[` of a page's `items`.
    Items,
    /// The byte at the index that the scan has reached shows that the text is not JSON. This byte has not been taken.
    Broken,
}

impl JsonScanner {
    /// Creates the state inside a page after the closing bracket of its `items`.
    pub(super) fn new_after_items() -> Self {
        Self { expected: ExpectedToken::CommaOrEnd, open: vec![b'{'], last: b']', ..Self::default() }
    }

    /// Checks whether the last byte is inside a string.
    pub(super) fn is_in_string(&self) -> bool {
        matches!(self.expected, ExpectedToken::String { .. })
    }

    /// Checks whether the last byte other than white space ended a string.
    pub(super) fn is_after_string(&self) -> bool {
        self.last == b'"' && matches!(self.expected, ExpectedToken::Colon | ExpectedToken::CommaOrEnd)
    }

    /// Takes the bytes of `window` from the index `at` on, and moves `at` to the index that it reaches. Gives the
    /// property names of the outermost object to `names`.
    pub(super) fn scan_window(&mut self, window: &[u8], at: &mut usize, names: &mut SeenPropertyNames) -> ScanResult {
        let scanned = self.scan_tokens_in_window(window, at, names);
        self.previous = at.checked_sub(1).map_or(self.previous, |at| window[at]);
        scanned
    }

    /// Does the work of [`Self::scan_window`], except for recording the last byte in `previous`.
    fn scan_tokens_in_window(&mut self, window: &[u8], at: &mut usize, names: &mut SeenPropertyNames) -> ScanResult {
        while let Some(&byte) = window.get(*at) {
            match self.expected {
                ExpectedToken::String { is_name } => match self.scan_string_sequence(window, at, is_name, names) {
                    Some(scanned) => return scanned,
                    None => continue,
                },
                ExpectedToken::Scalar if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-') => {
                    self.last = byte;
                }
                _ if byte.is_ascii_whitespace() => {
                    if self.expected == ExpectedToken::Scalar {
                        self.expected = ExpectedToken::CommaOrEnd;
                    }
                }
                ExpectedToken::ValueOrEnd | ExpectedToken::Value
                    if byte == b'[' && self.is_start_of_page_items(names) =>
                {
                    return ScanResult::Items;
                }
                _ => match self.process_token_byte(byte) {
                    Some(expected) => {
                        self.expected = expected;
                        self.last = byte;
                    }
                    None => return ScanResult::Broken,
                },
            }
            *at += 1;
            if self.open.is_empty() {
                return ScanResult::End;
            }
        }
        ScanResult::More
    }

    /// Takes the rest of a string from the index `at` on, and further strings that only a `:` or `,` separates from it.
    /// `None` if the last of them ends in the window; otherwise [`ScanResult::More`], or [`ScanResult::Broken`] at a
    /// line break inside a string.
    fn scan_string_sequence(
        &mut self,
        window: &[u8],
        at: &mut usize,
        mut is_name: bool,
        names: &mut SeenPropertyNames,
    ) -> Option<ScanResult> {
        let is_in_object = self.open.last() == Some(&b'{');
        let is_watched = self.open.len() == 1 && names.layout_allows_object_pages();
        let mut start = *at;
        loop {
            let end = self.find_string_end(window, start);
            if window.get(end) != Some(&b'"') {
                *at = end;
                self.record_cut_string(&window[start..end], is_name);
                return Some(if end == window.len() { ScanResult::More } else { ScanResult::Broken });
            }
            if is_watched && is_name {
                self.report_property_name(&window[start..end], names);
            }
            match window.get(end + 1..end + 3) {
                Some(b":\"") if is_name => is_name = false,
                Some(b",\"") if !is_name => is_name = is_in_object,
                _ => {
                    *at = end + 1;
                    self.string_length += end + 1 - start;
                    self.expected = if is_name { ExpectedToken::Colon } else { ExpectedToken::CommaOrEnd };
                    return None;
                }
            }
            start = end + 3;
            self.string_length = 0;
        }
    }

    /// Returns the index in `window` of the closing quote of a string whose content goes on at `start`, or of a line
    /// break in the string, whichever comes first. Returns the length of `window` if it contains neither.
    fn find_string_end(&mut self, window: &[u8], start: usize) -> usize {
        let mut from = start;
        while let Some(length) = memchr2(b'"', b'\n', &window[from..]) {
            let end = from + length;
            let may_be_escaped = if length > 0 { window[end - 1] == b'\\' } else { from > start || self.is_escaped };
            if !may_be_escaped || window[end] == b'\n' || !ends_inside_escape(&window[start..end], self.is_escaped) {
                self.is_escaped = false;
                return end;
            }
            from = end + 1;
        }
        window.len()
    }

    /// Records the state of a string that does not end in the window. `content` is the part of the string that has been
    /// taken.
    fn record_cut_string(&mut self, content: &[u8], is_name: bool) {
        self.expected = ExpectedToken::String { is_name };
        self.string_length += content.len();
        self.is_escaped = ends_inside_escape(content, self.is_escaped);
        if is_name && self.open.len() == 1 && self.name.len() <= MAX_NAME_BYTES {
            self.name.extend_from_slice(&content[..content.len().min(MAX_NAME_BYTES + 1)]);
        }
    }

    /// Gives a property name of the outermost object to `names`. `content` is the last part of the name, after the part
    /// that is in `self.name`.
    fn report_property_name(&mut self, content: &[u8], names: &mut SeenPropertyNames) {
        if self.name.is_empty() {
            return names.add_name(content);
        }
        self.name.extend_from_slice(content);
        names.add_name(&self.name);
        self.name.clear();
    }

    /// Takes a byte outside strings that is not white space, and returns which tokens may follow. `None` if JSON does
    /// not allow the byte here.
    fn process_token_byte(&mut self, byte: u8) -> Option<ExpectedToken> {
        match (self.expected, byte) {
            (ExpectedToken::Value | ExpectedToken::ValueOrEnd, b'{') => {
                self.open.push(byte);
                Some(ExpectedToken::NameOrEnd)
            }
            (ExpectedToken::Value | ExpectedToken::ValueOrEnd, b'[') => {
                self.open.push(byte);
                Some(ExpectedToken::ValueOrEnd)
            }
            (ExpectedToken::Value | ExpectedToken::ValueOrEnd, b'"') => Some(self.begin_string(false)),
            (ExpectedToken::Name | ExpectedToken::NameOrEnd, b'"') => Some(self.begin_string(true)),
            (ExpectedToken::Colon, b':') => Some(ExpectedToken::Value),
            (ExpectedToken::CommaOrEnd | ExpectedToken::Scalar, b',') => {
                Some(if self.open.last() == Some(&b'{') { ExpectedToken::Name } else { ExpectedToken::Value })
            }
            (ExpectedToken::NameOrEnd | ExpectedToken::CommaOrEnd | ExpectedToken::Scalar, b'}') => {
                self.close_bracket(b'{')
            }
            (ExpectedToken::ValueOrEnd | ExpectedToken::CommaOrEnd | ExpectedToken::Scalar, b']') => {
                self.close_bracket(b'[')
            }
            (ExpectedToken::Value | ExpectedToken::ValueOrEnd, b'-' | b'0'..=b'9' | b'a'..=b'z') => {
                Some(ExpectedToken::Scalar)
            }
            _ => None,
        }
    }

    /// Closes the innermost open bracket, and returns which tokens may follow. `None` if that bracket is not `opening`.
    fn close_bracket(&mut self, opening: u8) -> Option<ExpectedToken> {
        let is_innermost = self.open.last() == Some(&opening);
        is_innermost.then(|| self.open.pop()).map(|_| ExpectedToken::CommaOrEnd)
    }

    /// Checks whether an array that begins here is the `items` of a page.
    fn is_start_of_page_items(&self, names: &SeenPropertyNames) -> bool {
        self.last == b':' && self.open.len() == 1 && names.opens_page()
    }

    /// Begins a string, and returns that its content may follow.
    fn begin_string(&mut self, is_name: bool) -> ExpectedToken {
        self.string_length = 0;
        ExpectedToken::String { is_name }
    }
}

/// Checks whether `content`, a part of a string, ends with a backslash that begins an escape. `is_escaped` says whether
/// the byte before `content` is such a backslash.
fn ends_inside_escape(content: &[u8], is_escaped: bool) -> bool {
    let backslashes = content.iter().rev().take_while(|byte| **byte == b'\\').count();
    let is_odd = backslashes % 2 == 1;
    is_odd != (is_escaped && backslashes == content.len())
}
