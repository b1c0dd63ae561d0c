//! Follows one value to its end: as JSON, and from the first byte on that is not JSON, by its brackets and strings.

use std::mem;

use memchr::memchr;

use super::brackets::{Brackets, ByteEffect};
use super::names::SeenPropertyNames;
use super::scanner::{JsonScanner, ScanResult};

/// The state inside a value. Indexes are relative to the window, which begins with the value unless the value is being
/// skipped and its first bytes have been removed.
#[derive(Debug, Default)]
pub(super) struct ValueScan {
    scanner: JsonScanner,
    /// Follows the value instead of `scanner`, once its text is not JSON; `None` before that.
    brackets: Option<Brackets>,
    /// The number of bytes at the beginning of the window that have been examined.
    examined: usize,
    /// Whether the value is skipped, because it is too large, or is the rest of a page after `items`.
    pub(super) is_skipped: bool,
    /// Whether the value contains a closing bracket without an opening one.
    pub(super) has_unopened: bool,
}

/// The result of looking for the end of a value that begins with a bracket.
#[derive(Debug, PartialEq)]
pub(super) enum FoundValueEnd {
    /// The value ends after `length` bytes. `is_json` says whether its brackets, strings, commas and colons are those
    /// of JSON.
    Value { length: usize, is_json: bool },
    /// The value is a page, and the elements of its `items` begin after `length` bytes.
    Items { length: usize },
}

impl ValueScan {
    /// Creates the state inside a page after the closing bracket of its `items`. The rest of the page is skipped.
    pub(super) fn new_after_items() -> Self {
        Self { scanner: JsonScanner::new_after_items(), is_skipped: true, ..Self::default() }
    }

    /// Checks whether the value is JSON, as far as it has been examined.
    pub(super) fn is_json(&self) -> bool {
        self.brackets.is_none()
    }

    /// Returns the number of examined bytes of a value that is skipped, and sets it to 0. The caller removes these
    /// bytes from the window.
    pub(super) fn take_examined_length(&mut self) -> usize {
        mem::take(&mut self.examined)
    }

    /// Lets the value be skipped from now on. The caller removes its first `length` bytes from the window.
    pub(super) fn start_skipping(&mut self, length: usize) {
        self.examined = self.examined.saturating_sub(length);
        self.is_skipped = true;
    }

    /// Looks for the end of the line that the window begins with, and returns the length of the line without its line
    /// break. `None` if the window does not contain the line break.
    pub(super) fn find_line_end(&mut self, window: &[u8]) -> Option<usize> {
        let newline = memchr(b'\n', &window[self.examined..]);
        let length = newline.map(|newline| self.examined + newline);
        self.examined = length.unwrap_or(window.len());
        length
    }

    /// Looks for the end of an object, an array or the rest of a page, or for the beginning of a page's `items`. Gives
    /// the names of its properties to `names`. `None` if the window contains neither. `is_in_page` says that a value
    /// that is not JSON may end inside a line.
    pub(super) fn find_value_end(
        &mut self,
        window: &[u8],
        names: &mut SeenPropertyNames,
        is_in_page: bool,
    ) -> Option<FoundValueEnd> {
        if self.brackets.is_none() {
            match self.scanner.scan_window(window, &mut self.examined, names) {
                ScanResult::More => return None,
                ScanResult::End => return Some(FoundValueEnd::Value { length: self.examined, is_json: true }),
                ScanResult::Items => return Some(FoundValueEnd::Items { length: self.examined + 1 }),
                ScanResult::Broken => {}
            }
        }
        let scanner = &mut self.scanner;
        let mut brackets =
            self.brackets.take().unwrap_or_else(|| Brackets::from_scanner(mem::take(scanner), is_in_page));
        let ending = self.find_end_by_brackets(&mut brackets, window, names);
        self.brackets = Some(brackets);
        ending
    }

    /// Looks for the end of a value that is not JSON, or for the beginning of a page's `items`, by brackets and
    /// strings. `None` if the window contains neither.
    fn find_end_by_brackets(
        &mut self,
        brackets: &mut Brackets,
        window: &[u8],
        names: &mut SeenPropertyNames,
    ) -> Option<FoundValueEnd> {
        loop {
            self.examined += brackets.process_string_content(&window[self.examined..]);
            let byte = *window.get(self.examined)?;
            match brackets.process_byte(byte, names) {
                ByteEffect::Closes => return Some(FoundValueEnd::Value { length: self.examined + 1, is_json: false }),
                ByteEffect::Misplaced => return Some(FoundValueEnd::Value { length: self.examined, is_json: false }),
                ByteEffect::OpensItems => return Some(FoundValueEnd::Items { length: self.examined + 1 }),
                ByteEffect::Unclosed => self.give_up_string(brackets),
                effect => {
                    self.has_unopened |= effect == ByteEffect::Unopened;
                    self.examined += 1;
                }
            }
        }
    }

    /// Looks for the end of an element or garbage without brackets: a comma, a `]`, or a `{`. Returns (number of bytes
    /// before the end, byte at the end). `None` if the window does not contain the end.
    pub(super) fn find_unbracketed_end(&mut self, window: &[u8]) -> Option<(usize, u8)> {
        let mut brackets = self.brackets.take().unwrap_or_default();
        let mut end = None;
        while let Some(&byte) = window.get(self.examined) {
            if brackets.shows_missing_quote(byte) {
                self.give_up_string(&mut brackets);
                continue;
            }
            if brackets.update_string_state(byte) && matches!(byte, b',' | b']' | b'{') {
                end = Some((self.examined, byte));
                break;
            }
            self.examined += 1;
        }
        self.brackets = Some(brackets);
        end
    }

    /// Gives up the string whose closing quote is missing, so that its bytes after the opening quote are examined
    /// again. In a value that is skipped they are not, since the string may have left the window.
    fn give_up_string(&mut self, brackets: &mut Brackets) {
        let length = brackets.give_up_string();
        if !self.is_skipped {
            self.examined -= length;
        }
    }
}
