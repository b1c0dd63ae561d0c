//! Regular expressions of `pattern` and `patternProperties`: matches strings, and makes strings that match.

use jsonschema::Validator;
use rand::{Rng, RngCore};
use rand_regex::Regex;
use serde_json::{Value, json};

/// Most repetitions that a made string has for `*`, `+` and `{n,}`.
const MAX_REPETITIONS: u32 = 32;

/// The texts that a made string may have before or after the match of a pattern without `^` or `$`.
const MATCH_AFFIXES: [&str; 10] = ["a", "b", "trace-id", "Z", "0", "12", ".", " spaced ", "\"", "é"];

/// A compiled pattern. As in JSON Schema, it may match anywhere in a string unless it has `^` or `$`.
pub(crate) struct StringPattern {
    /// Checks whether a string matches; `None` if the pattern is not a valid regular expression.
    validator: Option<Validator>,
    /// Makes strings that match; `None` for patterns from which no string can be made, such as those with look-around.
    maker: Option<Regex>,
    /// True if a match may have something before it, because the pattern does not begin with `^`.
    open_start: bool,
    /// True if a match may have something after it, because the pattern does not end with `$`.
    open_end: bool,
}

impl StringPattern {
    /// Compiles the regular expression `pattern`. Never fails: an invalid pattern matches no string, and no string is
    /// made from it.
    pub(crate) fn new(pattern: &str) -> Self {
        let (inner, open_start) = match pattern.strip_prefix('^') {
            Some(inner) => (inner, false),
            None => (pattern, true),
        };
        let (inner, open_end) = match inner.strip_suffix('$') {
            Some(inner) if !ends_with_escaping_backslash(inner) => (inner, false),
            _ => (inner, true),
        };
        Self {
            validator: jsonschema::options().build(&json!({ "pattern": pattern })).ok(),
            maker: Regex::compile(&to_rust_pattern(inner), MAX_REPETITIONS).ok(),
            open_start,
            open_end,
        }
    }

    /// Checks whether the pattern matches `string`; false if the pattern is invalid.
    pub(crate) fn matches(&self, string: &str) -> bool {
        let string = Value::String(string.to_owned());
        self.validator.as_ref().is_some_and(|validator| validator.is_valid(&string))
    }

    /// Makes a random string that probably matches the pattern; `None` if no string can be made from the pattern.
    pub(crate) fn make_string(&self, rng: &mut dyn RngCore) -> Option<String> {
        let mut string: String = rng.sample(self.maker.as_ref()?);
        if self.open_start && rng.random() {
            string.insert_str(0, MATCH_AFFIXES[rng.random_range(0..MATCH_AFFIXES.len())]);
        }
        if self.open_end && rng.random() {
            string.push_str(MATCH_AFFIXES[rng.random_range(0..MATCH_AFFIXES.len())]);
        }
        Some(string)
    }
}

/// Checks whether `pattern` ends with a backslash that escapes the next character: true for `a\`, false for `a\\`.
fn ends_with_escaping_backslash(pattern: &str) -> bool {
    let backslashes = pattern.chars().rev().take_while(|c| *c == '\\').count();
    backslashes % 2 == 1
}

/// Replaces `\d`, `\w` and `\s` in `pattern` by classes of ASCII characters: `\d+` becomes `[0-9]+`. In ECMA-262, `\d`
/// and `\w` match ASCII characters only, in Rust all of Unicode.
fn to_rust_pattern(pattern: &str) -> String {
    let mut rust = String::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            rust.push(c);
            continue;
        }
        match chars.next() {
            Some('d') => rust.push_str("[0-9]"),
            Some('w') => rust.push_str("[A-Za-z0-9_]"),
            Some('s') => rust.push_str(r"[ \t\r\n]"),
            Some(escaped) => rust.extend(['\\', escaped]),
            None => rust.push('\\'),
        }
    }
    rust
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha20Rng;

    use super::*;

    #[test]
    fn made_strings_match() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        for source in [r"^\d{3}-[\w.]+$", "x-", "^a|b$", r"cost \$", r"^[A-Z][\d-]*", "^$"] {
            let pattern = StringPattern::new(source);
            for _ in 0..200 {
                let string = pattern.make_string(&mut rng).unwrap();
                assert!(pattern.matches(&string), "{source} does not match {string:?}");
            }
        }
    }

    #[test]
    fn unsupported_patterns_make_nothing() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        for source in ["^(?!no)", r"(a)\1", "(", r"a\b"] {
            assert_eq!(StringPattern::new(source).make_string(&mut rng), None, "{source}");
        }
    }

    #[test]
    fn an_empty_class_does_not_panic() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let pattern = StringPattern::new(r"^[^\s\S]$");
        let _ = pattern.make_string(&mut rng);
    }
}
