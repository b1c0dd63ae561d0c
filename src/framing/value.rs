//! Follows one value to its end: as JSON, and from the first byte on that is not JSON, by its brackets and strings.

use std::mem;

use memchr::memchr;

use super::brackets::{Brackets, Effect};
use super::names::Names;
use super::scanner::{Scanned, Scanner};

/// The state in a value. Positions are indices of the window, which begins with the value, unless the value is skipped
/// and its first bytes have been removed.
#[derive(Debug, Default)]
pub(super) struct ValueScan {
    scanner: Scanner,
    /// Follows the value instead of `scanner`, once its text is not JSON.
    brackets: Option<Brackets>,
    /// The number of bytes at the beginning of the window that have been examined.
    examined: usize,
    /// True if the value is skipped, because it is too large, or is the rest of a page after `items`.
    pub(super) is_skipped: bool,
    /// True if the value contains a closing bracket without an opening one.
    pub(super) has_unopened: bool,
}

/// The result of looking for the end of a value that begins with a bracket.
#[derive(Debug, PartialEq)]
pub(super) enum Ending {
    /// The value ends after so many bytes. `is_json` says whether brackets, strings, commas and colons are those of JSON.
    Value { length: usize, is_json: bool },
    /// The value is a page, and its `items` begin after so many bytes.
    Items { length: usize },
}

impl ValueScan {
    /// Creates the state in a page after the closing bracket of its `items`. The rest of the page is skipped.
    pub(super) fn after_items() -> Self {
        Self { scanner: Scanner::after_items(), is_skipped: true, ..Self::default() }
    }

    /// Checks whether the value is JSON, as far as it has been examined.
    pub(super) fn is_json(&self) -> bool {
        self.brackets.is_none()
    }

    /// Forgets the examined bytes of a value that is skipped. Returns their number, which the caller removes from the
    /// window.
    pub(super) fn take_examined(&mut self) -> usize {
        mem::take(&mut self.examined)
    }

    /// Skips the value from now on. The caller removes its first `length` bytes from the window.
    pub(super) fn skip(&mut self, length: usize) {
        self.examined = self.examined.saturating_sub(length);
        self.is_skipped = true;
    }

    /// Looks for the end of a line, and returns its length without the line break. `None` if the line does not end in
    /// the window.
    pub(super) fn find_line_end(&mut self, window: &[u8]) -> Option<usize> {
        let newline = memchr(b'\n', &window[self.examined..]);
        let length = newline.map(|newline| self.examined + newline);
        self.examined = length.unwrap_or(window.len());
        length
    }

    /// Looks for the end of an object, an array or the rest of a page, or for the beginning of `items`. Gives the names
    /// of its properties to `names`. `None` if neither is in the window. If `is_in_page` is true, a value that is not
    /// JSON may end inside a line.
    pub(super) fn find_end(&mut self, window: &[u8], names: &mut Names, is_in_page: bool) -> Option<Ending> {
        if self.brackets.is_none() {
            match self.scanner.scan(window, &mut self.examined, names) {
                Scanned::More => return None,
                Scanned::End => return Some(Ending::Value { length: self.examined, is_json: true }),
                Scanned::Items => return Some(Ending::Items { length: self.examined + 1 }),
                Scanned::Broken => {}
            }
        }
        let scanner = &mut self.scanner;
        let mut brackets =
            self.brackets.take().unwrap_or_else(|| Brackets::continue_scan(mem::take(scanner), is_in_page));
        let ending = self.follow_brackets(&mut brackets, window, names);
        self.brackets = Some(brackets);
        ending
    }

    /// Does what [`Self::find_end`] does, for a value that is not JSON.
    fn follow_brackets(&mut self, brackets: &mut Brackets, window: &[u8], names: &mut Names) -> Option<Ending> {
        loop {
            self.examined += brackets.take_content(&window[self.examined..]);
            let byte = *window.get(self.examined)?;
            match brackets.take(byte, names) {
                Effect::Closes => return Some(Ending::Value { length: self.examined + 1, is_json: false }),
                Effect::Misplaced => return Some(Ending::Value { length: self.examined, is_json: false }),
                Effect::OpensItems => return Some(Ending::Items { length: self.examined + 1 }),
                Effect::Unclosed => self.take_back_string(brackets),
                effect => {
                    self.has_unopened |= effect == Effect::Unopened;
                    self.examined += 1;
                }
            }
        }
    }

    /// Looks for the end of an element or garbage without brackets: a comma, a `]`, or a `{`. Returns the number of bytes
    /// before it, and the byte. `None` if it is not in the window.
    pub(super) fn find_loose_end(&mut self, window: &[u8]) -> Option<(usize, u8)> {
        let mut brackets = self.brackets.take().unwrap_or_default();
        let mut end = None;
        while let Some(&byte) = window.get(self.examined) {
            if brackets.shows_missing_quote(byte) {
                self.take_back_string(&mut brackets);
                continue;
            }
            if brackets.take_text(byte) && matches!(byte, b',' | b']' | b'{') {
                end = Some((self.examined, byte));
                break;
            }
            self.examined += 1;
        }
        self.brackets = Some(brackets);
        end
    }

    /// Gives up the string whose closing quote is missing, so that its bytes after the opening quote are examined again;
    /// not in a value that is skipped, since the string may have left the window.
    fn take_back_string(&mut self, brackets: &mut Brackets) {
        let length = brackets.take_back_string();
        if !self.is_skipped {
            self.examined -= length;
        }
    }
}
