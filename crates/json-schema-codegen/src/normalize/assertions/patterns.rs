//! Patterns of strings as ECMA-262 means them.

use crate::normalize::assertions::compiler::{AssertionCompiler, KeywordContext};
use crate::normalize::keywords::SchemaKeywords;
use crate::pattern::PatternProgram;
use crate::runtime::{Assertion, Step};

/// Returns the assertion of the keyword `pattern`: a string matches it. `None` if the pattern cannot be compiled.
pub(super) fn compile_pattern(
    _: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    _: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let pattern = keywords.read_text("pattern")?;
    Some(vec![Assertion::Matches(pattern.to_owned().into(), compile_ecma_pattern(pattern)?.into())])
}

/// Compiles a regular expression to the steps of an automaton, which matches the strings that the expression matches in
/// ECMA-262. `None` if there is no such automaton, such as for look-ahead.
pub(super) fn compile_ecma_pattern(pattern: &str) -> Option<Vec<Step>> {
    Some(PatternProgram::new(&translate_ecma_pattern(pattern)?)?.steps().to_vec())
}

/// Returns a pattern of ECMA-262 as the crate `regex-syntax` has to read it: `a.` becomes `a[^\n\r\u{2028}\u{2029}]`.
/// `None` if the pattern has what the crate would take for something else, such as `[a&&b]`.
fn translate_ecma_pattern(pattern: &str) -> Option<String> {
    let mut out = String::new();
    let mut in_class = false;
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
        let mut taken = c.len_utf8();
        match c {
            '\\' => {
                let escaped = after.chars().next().filter(|escaped| !"AzZaU<>".contains(*escaped))?;
                taken += escaped.len_utf8();
            }
            '[' if in_class || begins(&["[]", "[^]"]) => return None,
            '[' => in_class = true,
            ']' => in_class = false,
            '&' | '-' | '~' if in_class && begins(&["&&", "--", "~~"]) => return None,
            '.' if !in_class => {
                out += r"[^\n\r\u{2028}\u{2029}]";
                rest = after;
                continue;
            }
            '(' if !in_class && begins(&["(?"]) && !begins(&["(?:", "(?<"]) => return None,
            '{' if !in_class && begins(&["{,"]) => return None,
            _ => {}
        }
        out += &rest[..taken];
        rest = &rest[taken..];
    }
    Some(out)
}

#[cfg(all(test, feature = "patterns"))]
mod tests {
    use super::compile_ecma_pattern;
    use crate::runtime::Pattern;

    #[test]
    fn patterns_match_as_ecma_262_says() {
        let matches = |pattern: &str, text: &str| Pattern(&compile_ecma_pattern(pattern).unwrap()).matches(text);
        assert!(matches("^.$", "é") && !matches("^.$", "\r") && !matches("^.$", "\u{2028}"));
        assert!(matches(r"^\p{L}+$", "été") && matches(r"^[.]\.$", "..") && !matches(r"^[.]$", "a"));
    }

    #[test]
    fn patterns_that_the_crate_reads_differently_have_no_steps() {
        for pattern in ["[a&&b]", "[a[b]]", "[]", "[^]", "(?i)a", r"\Aa", r"a\z", "a{,3}", "[+--]", "(?=a)", r"\bword"]
        {
            assert_eq!(compile_ecma_pattern(pattern), None, "{pattern}");
        }
    }
}
