//! Regular expressions of `pattern` and `patternProperties`: matched, and made.

use jsonschema::Validator;
use proptest::prelude::{Rng, Strategy};
use proptest::strategy::ValueTree;
use proptest::string::{RegexGeneratorStrategy, string_regex};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// What texts have around the part that matches, where the pattern leaves that open.
const AFFIXES: [&str; 10] = ["a", "b", "trace-id", "Z", "0", "12", ".", " spaced ", "\"", "é"];

/// A pattern, unanchored as JSON Schema has it: a match anywhere in the text will do.
pub(crate) struct Pattern {
    matcher: Option<Validator>,
    texts: Option<RegexGeneratorStrategy<String>>,
    open_start: bool,
    open_end: bool,
}

impl Pattern {
    pub(crate) fn new(pattern: &str) -> Self {
        let (inner, open_start) = match pattern.strip_prefix('^') {
            Some(inner) => (inner, false),
            None => (pattern, true),
        };
        let (inner, open_end) = match inner.strip_suffix('$') {
            Some(inner) if !ends_in_escape(inner) => (inner, false),
            _ => (inner, true),
        };
        Self {
            matcher: jsonschema::options().build(&json!({ "pattern": pattern })).ok(),
            texts: string_regex(&as_rust_pattern(inner)).ok(),
            open_start,
            open_end,
        }
    }

    /// Whether `text` matches; a pattern that does not compile matches nothing.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let text = Value::String(text.to_owned());
        self.matcher.as_ref().is_some_and(|matcher| matcher.is_valid(&text))
    }

    /// A text that most likely matches; none where proptest cannot make one from the pattern.
    pub(crate) fn text(&self, runner: &mut TestRunner) -> Option<String> {
        let mut text = self.texts.as_ref()?.new_tree(runner).ok()?.current();
        if self.open_start && runner.rng().random() {
            text.insert_str(0, AFFIXES[runner.rng().random_range(0..AFFIXES.len())]);
        }
        if self.open_end && runner.rng().random() {
            text.push_str(AFFIXES[runner.rng().random_range(0..AFFIXES.len())]);
        }
        Some(text)
    }
}

/// Whether what follows `pattern` is escaped by a backslash at its end.
fn ends_in_escape(pattern: &str) -> bool {
    let backslashes = pattern.chars().rev().take_while(|c| *c == '\\').count();
    backslashes % 2 == 1
}

/// `pattern` with ECMA-262's ASCII-only `\d` and `\w` spelt out, as Rust's take in all of Unicode.
fn as_rust_pattern(pattern: &str) -> String {
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
    use super::*;

    #[test]
    fn made_texts_match() {
        let mut runner = TestRunner::deterministic();
        for source in [r"^\d{3}-[\w.]+$", "x-", "^a|b$", r"cost \$", r"^[A-Z][\d-]*", "^$"] {
            let pattern = Pattern::new(source);
            for _ in 0..200 {
                let text = pattern.text(&mut runner).unwrap();
                assert!(pattern.matches(&text), "{source} does not match {text:?}");
            }
        }
    }

    #[test]
    fn odd_patterns_make_nothing() {
        let mut runner = TestRunner::deterministic();
        for source in ["^(?!no)", r"(a)\1", "(", r"a\b"] {
            assert_eq!(Pattern::new(source).text(&mut runner), None, "{source}");
        }
    }

    #[test]
    fn an_empty_class_does_not_panic() {
        let mut runner = TestRunner::deterministic();
        let pattern = Pattern::new(r"^[^\s\S]$");
        let _ = pattern.text(&mut runner);
    }
}
