//! Makes strings: by `format`, by `pattern`, or ones at which readers fail.

use rand::Rng;

use super::maker::{InstanceMaker, SchemaConjunction};
use crate::schema::StringKeywords;

/// Most retries of making a string, if its length is out of bounds or it does not match a pattern.
const MAX_RETRIES_OF_A_STRING: usize = 16;

/// Most characters that a string usually has beyond `minLength`.
const MAX_EXTRA_CHARACTERS: usize = 12;
/// Most characters beyond `minLength` in one of 64 strings, which may be long.
const MAX_EXTRA_CHARACTERS_IF_LONG: usize = 300;

/// The greatest `minLength` for which strings are made; longer strings could use up the memory.
const MAX_MIN_LENGTH: usize = 100_000;

/// Property names that hardly any schema has.
pub(super) const UNKNOWN_PROPERTY_NAMES: [&str; 17] = [
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

/// Strings that look like values of another type, need escaping, or are unusual in Unicode.
const EXAMPLE_STRINGS: [&str; 30] = [
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

/// The characters from which strings are made that are not only ASCII letters.
const EXAMPLE_CHARACTERS: [char; 24] = [
    'a', 'b', 'c', 'x', 'y', 'z', 'A', 'Z', '0', '1', '9', '_', '-', '.', ' ', '"', '\\', '/', '\n', '\u{1}', 'é',
    '語', '\u{301}', '🎈',
];

impl<'s> InstanceMaker<'s, '_> {
    /// Makes a string that satisfies the string keywords of `conjunction`. `None` if no such string was found.
    pub(super) fn make_string(&mut self, conjunction: &SchemaConjunction<'s>) -> Option<String> {
        let schemas = conjunction.schemas.iter();
        let strings: Vec<&StringKeywords> = schemas.map(|schema| &schema.string).collect();
        let min_length = strings.iter().map(|all| all.min_length).max().unwrap_or(0);
        let max_length = strings.iter().filter_map(|all| all.max_length).min();
        if min_length > MAX_MIN_LENGTH {
            return None;
        }
        for _ in 0..=MAX_RETRIES_OF_A_STRING {
            let string = match self.make_formatted_string(&strings) {
                Some(string) => string,
                None => self.make_plain_string(min_length, max_length),
            };
            let mut patterns = strings.iter().filter_map(|all| all.pattern.as_ref());
            if has_length_between(&string, min_length, max_length) && patterns.all(|pattern| pattern.matches(&string)) {
                return Some(string);
            }
        }
        None
    }

    /// Makes a string for one of the formats in `strings`, or else for one of the patterns. `None` if there is neither
    /// a format nor a pattern, or if no string can be made for any of the patterns.
    fn make_formatted_string(&mut self, strings: &[&StringKeywords]) -> Option<String> {
        let formats: Vec<_> = strings.iter().filter_map(|all| all.format).collect();
        if let Some(format) = self.pick_random(&formats) {
            return Some(format.make_string(self.rng));
        }
        let patterns = strings.iter().filter_map(|all| all.pattern.as_ref());
        let mut made = patterns.map(|pattern| pattern.make_string(self.rng));
        made.find_map(|string| string)
    }

    /// Makes a string of `min_length` to `max_length` characters without regard to `format` and `pattern`.
    pub(super) fn make_plain_string(&mut self, min_length: usize, max_length: Option<usize>) -> String {
        let example = self.pick_random(&EXAMPLE_STRINGS).copied();
        if let Some(example) = example.filter(|text| has_length_between(text, min_length, max_length)) {
            if self.decide_randomly(1, 2) {
                return example.to_owned();
            }
        }
        let free = if self.decide_randomly(1, 64) { MAX_EXTRA_CHARACTERS_IF_LONG } else { MAX_EXTRA_CHARACTERS };
        let longest = min_length.saturating_add(free).min(max_length.unwrap_or(usize::MAX));
        let length = self.rng.random_range(min_length..=longest.max(min_length));
        let is_ascii = self.decide_randomly(1, 2);
        (0..length).map(|_| self.make_character(is_ascii)).collect()
    }

    /// Makes a character: a letter from a to z if `is_ascii`, otherwise any character of Unicode.
    fn make_character(&mut self, is_ascii: bool) -> char {
        if is_ascii {
            char::from(self.rng.random_range(b'a'..=b'z'))
        } else if self.decide_randomly(1, 8) {
            self.rng.random()
        } else {
            self.pick_random(&EXAMPLE_CHARACTERS).copied().unwrap_or('a')
        }
    }
}

/// Checks whether `text` has from `min_length` to `max_length` characters.
fn has_length_between(text: &str, min_length: usize, max_length: Option<usize>) -> bool {
    let length = text.chars().count();
    min_length <= length && max_length.is_none_or(|max_length| length <= max_length)
}
