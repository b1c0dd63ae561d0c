//! Compiles patterns of property names (`patternProperties`) into programs that the generated code runs
//! without a crate for regular expressions.
//!
//! Supported is the syntax that ECMA-262 and the crate `regex-syntax` have in common; `\d`, `\w` and `\s`
//! have the meaning of ECMA-262. Look-around, back-references and word boundaries are not supported.

#[cfg(feature = "patterns")]
mod compile;

use crate::runtime::{Pattern, Step};

/// A compiled pattern of property names. It matches anywhere in a text, as in JSON Schema, unless `^` or `$` anchors
/// it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PatternProgram(Vec<Step>);

impl PatternProgram {
    /// Compiles the regular expression `pattern`, such as `^x-`; `None` if it is invalid, not supported, or too large.
    #[cfg(feature = "patterns")]
    pub(crate) fn new(pattern: &str) -> Option<Self> {
        compile::compile_pattern(pattern).map(Self)
    }

    /// Returns `None`: without the feature `patterns`, schemas with patterns are rejected.
    #[cfg(not(feature = "patterns"))]
    pub(crate) fn new(_pattern: &str) -> Option<Self> {
        None
    }

    /// Returns the steps that the generated code runs.
    pub(crate) fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Checks whether the pattern matches anywhere in `text`.
    pub(crate) fn matches_text(&self, text: &str) -> bool {
        Pattern(&self.0).matches(text)
    }
}

#[cfg(all(test, feature = "patterns"))]
mod tests {
    use super::PatternProgram;

    #[test]
    fn patterns_match_as_regular_expressions_do() {
        let matches = |pattern: &str, text: &str| PatternProgram::new(pattern).unwrap().matches_text(text);
        assert!(matches("f.*o", "a foo b"));
        assert!(!matches("^f.*o$", "a foo b"));
        assert!(matches("^x-", "x-a") && !matches("^x-", "ax-"));
        assert!(matches("[0-9]{2,}", "a31b") && !matches("[0-9]{2,}", "a3b"));
        assert!(matches("^(a|bc|)+$", "abca") && !matches("^(a|bc)+$", "abcab"));
        assert!(matches("^a{2,3}$", "aaa") && !matches("^a{2,3}$", "aaaa"));
        assert!(matches("^\\p{Letter}+$", "élan") && matches("^\\d\\w\\S$", "1a*"));
        assert!(matches("", "") && matches("$", "x") && matches("(a*)*", "b"));
    }

    #[test]
    fn what_is_past_the_dialect_has_no_program() {
        for pattern in ["(?=a)", "\\bword", "(a)\\1", "[", "((a{999}){999}){999}"] {
            assert_eq!(PatternProgram::new(pattern), None, "{pattern}");
        }
    }
}
