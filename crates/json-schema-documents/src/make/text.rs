//! Texts: of a format, of a pattern, or of any kind that readers stumble over.

use proptest::prelude::Rng;

use super::{Conjunction, Maker};
use crate::schema::StringKeywords;

/// How often a text is made again that is too long or misses a pattern.
const RETRIES_OF_A_TEXT: usize = 16;

/// How much longer than it must be a text is at most; a few are longer.
const FREE_LENGTH: usize = 12;
const LONG_LENGTH: usize = 300;

/// A `minLength` above this is not tried: the text would take up the memory it asks for.
const MOST_LENGTH: usize = 100_000;

/// Names of properties that no schema is likely to have.
pub(super) const UNKNOWN_NAMES: [&str; 17] = [
    "",
    " ",
    "unknown",
    "x-unknown",
    "a.b",
    "a/b~c",
    "with space",
    "quote\"d",
    "back\\slash",
    "line\nbreak",
    "\u{0}",
    "été",
    "ключ",
    "键",
    "🔑",
    "$ref",
    "__proto__",
];

/// Whole texts that look like something else, or that are hard to write down.
const SPECIMENS: [&str; 30] = [
    "",
    " ",
    "text",
    "two words",
    " padded ",
    "0",
    "-1",
    "1.0",
    "1e5",
    "007",
    "18446744073709551616",
    "NaN",
    "true",
    "null",
    "{}",
    "[\"a\"]",
    "2024-02-29",
    "2024-02-30T25:61:00Z",
    "12:30",
    "2020-01-01T00:00:00+00:00",
    "a\"b\\c/d",
    "\u{8}\u{c}\n\r\t",
    "\u{0}\u{1f}\u{7f}",
    "\u{2028}\u{2029}\u{feff}",
    "\\u0041\\ud800",
    "é e\u{301}",
    "ÄÖÜß ıİ",
    "日本語 עברית",
    "👩\u{200d}👩\u{200d}👧 🇫🇷",
    "\u{10ffff}\u{e000}\u{fffd}",
];

/// Characters to put texts of a given length together from.
const CHARACTERS: [char; 24] = [
    'a', 'b', 'c', 'x', 'y', 'z', 'A', 'Z', '0', '1', '9', '_', '-', '.', ' ', '"', '\\', '/', '\n', '\u{1}', 'é',
    '語', '\u{301}', '🎈',
];

impl<'s> Maker<'s, '_> {
    /// A text that satisfies the string keywords; none where none was found.
    pub(super) fn string(&mut self, conjunction: &Conjunction<'s>) -> Option<String> {
        let schemas = conjunction.schemas.iter();
        let strings: Vec<&StringKeywords> = schemas.map(|schema| &schema.string).collect();
        let least = strings.iter().map(|all| all.min_length).max().unwrap_or(0);
        let most = strings.iter().filter_map(|all| all.max_length).min();
        if least > MOST_LENGTH {
            return None;
        }
        for _ in 0..=RETRIES_OF_A_TEXT {
            let text = match self.shaped(&strings) {
                Some(text) => text,
                None => self.text(least, most),
            };
            let mut patterns = strings.iter().filter_map(|all| all.pattern.as_ref());
            if has_length(&text, least, most) && patterns.all(|pattern| pattern.matches(&text)) {
                return Some(text);
            }
        }
        None
    }

    /// A text of a format or a pattern, if there is one that tells how to make it.
    fn shaped(&mut self, strings: &[&StringKeywords]) -> Option<String> {
        let formats: Vec<_> = strings.iter().filter_map(|all| all.format).collect();
        if let Some(format) = self.pick(&formats) {
            return Some(format.text(self.rng()));
        }
        let patterns = strings.iter().filter_map(|all| all.pattern.as_ref());
        let mut texts = patterns.map(|pattern| pattern.text(self.runner));
        texts.find_map(|text| text)
    }

    /// Any text of `least` to `most` characters.
    pub(super) fn text(&mut self, least: usize, most: Option<usize>) -> String {
        let specimen = self.pick(&SPECIMENS).copied();
        if let Some(specimen) = specimen.filter(|text| has_length(text, least, most)) {
            if self.chance(1, 2) {
                return specimen.to_owned();
            }
        }
        let free = if self.chance(1, 64) { LONG_LENGTH } else { FREE_LENGTH };
        let most = least.saturating_add(free).min(most.unwrap_or(usize::MAX));
        let length = self.rng().random_range(least..=most.max(least));
        let is_plain = self.chance(1, 2);
        (0..length).map(|_| self.character(is_plain)).collect()
    }

    fn character(&mut self, is_plain: bool) -> char {
        if is_plain {
            char::from(self.rng().random_range(b'a'..=b'z'))
        } else if self.chance(1, 8) {
            self.rng().random()
        } else {
            self.pick(&CHARACTERS).copied().unwrap_or('a')
        }
    }
}

/// Whether `text` has as many characters as `minLength` and `maxLength` ask for.
fn has_length(text: &str, least: usize, most: Option<usize>) -> bool {
    let length = text.chars().count();
    least <= length && most.is_none_or(|most| length <= most)
}
