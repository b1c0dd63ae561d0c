//! Compiles patterns of property names into programs that the generated code runs, so that it
//! needs no crate for them.
//!
//! The dialect is what ECMA-262 and `regex-syntax` have in common; `\d`, `\w` and `\s` are ECMA's.
//! A pattern past that (look-around, back-references, word boundaries) has no program.

#[cfg(feature = "patterns")]
mod compile;

use crate::runtime::{Pattern, Step};

/// The program of a pattern, which may be found anywhere in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Program(Vec<Step>);

impl Program {
    /// Compiles a pattern; nothing when it is past the dialect.
    #[cfg(feature = "patterns")]
    pub(crate) fn new(pattern: &str) -> Option<Self> {
        compile::steps(pattern).map(Self)
    }

    /// Nothing without the feature `patterns`, where schemas with patterns are refused.
    #[cfg(not(feature = "patterns"))]
    pub(crate) fn new(_pattern: &str) -> Option<Self> {
        None
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether the pattern is found in a text.
    pub(crate) fn matches(&self, text: &str) -> bool {
        Pattern(&self.0).matches(text)
    }
}

#[cfg(all(test, feature = "patterns"))]
mod tests {
    use super::Program;

    #[test]
    fn patterns_match_as_regular_expressions_do() {
        let matches = |pattern: &str, text: &str| Program::new(pattern).unwrap().matches(text);
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
            assert_eq!(Program::new(pattern), None, "{pattern}");
        }
    }
}
