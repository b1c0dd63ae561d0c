//! Texts of schemas: laid out anew, or compared, without a change to any name, string or number.

use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::place::unescape;

/// The text of the value that a pointer leads to, as it is written.
pub(crate) fn value_at<'a>(json: &'a str, pointer: &str) -> Option<&'a str> {
    pointer.split('/').skip(1).map(unescape).try_fold(json.trim(), |json, step| {
        if json.starts_with('[') {
            elements(json)?.into_iter().nth(step.parse().ok()?)
        } else {
            serde_json::from_str::<HashMap<String, &RawValue>>(json).ok()?.remove(&step).map(RawValue::get)
        }
    })
}

/// The texts of a list's elements, as they are written.
pub(crate) fn elements(json: &str) -> Option<Vec<&str>> {
    let elements: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    Some(elements.into_iter().map(RawValue::get).collect())
}

/// A JSON text laid out with two spaces and a final newline; strings and numbers stay as they are
/// written.
pub(crate) fn pretty(json: &str) -> String {
    let mut text = String::with_capacity(json.len() * 2);
    let mut depth = 0;
    let mut tokens = tokens(json).peekable();
    while let Some(token) = tokens.next() {
        text.push_str(token);
        let next = tokens.peek().copied();
        match token {
            "{" | "[" if !matches!(next, Some("}" | "]")) => {
                depth += 1;
                line(&mut text, depth);
            }
            "," => line(&mut text, depth),
            ":" => text.push(' '),
            _ => {}
        }
        if matches!(next, Some("}" | "]")) && !matches!(token, "{" | "[") {
            depth = depth.saturating_sub(1);
            line(&mut text, depth);
        }
    }
    text.push('\n');
    text
}

fn line(text: &mut String, depth: usize) {
    text.push('\n');
    (0..depth).for_each(|_| text.push_str("  "));
}

/// Whether two JSON texts say the same in the same order: space, and how characters in strings are
/// escaped, apart.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let is_same = |(one, other): (&str, &str)| {
        let is_string = one.starts_with('"') && other.starts_with('"');
        one == other || (is_string && decoded(one).is_some_and(|one| Some(one) == decoded(other)))
    };
    let (mut ones, mut others) = (tokens(one), tokens(other));
    loop {
        match (ones.next(), others.next()) {
            (Some(one), Some(other)) if is_same((one, other)) => {}
            (None, None) => return true,
            _ => return false,
        }
    }
}

fn decoded(string: &str) -> Option<String> {
    serde_json::from_str(string).ok()
}

/// The tokens of a text that is known to be JSON.
fn tokens(json: &str) -> impl Iterator<Item = &str> {
    let mut rest = json;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let (token, after) = rest.split_at(length(rest));
        rest = after;
        Some(token).filter(|token| !token.is_empty())
    })
}

/// How many bytes the first token has.
fn length(text: &str) -> usize {
    match text.as_bytes().first() {
        None => 0,
        Some(b'"') => {
            let mut escaped = false;
            let closing = |(at, byte): (usize, u8)| {
                let closes = at > 0 && byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                closes.then_some(at + 1)
            };
            text.bytes().enumerate().find_map(closing).unwrap_or(text.len())
        }
        Some(b'{' | b'}' | b'[' | b']' | b',' | b':') => 1,
        Some(_) => text.find(|c: char| c.is_ascii_whitespace() || "{}[],:\"".contains(c)).unwrap_or(text.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lays_out_and_changes_no_token() {
        let json = r#"{"a":[1.0,12345678901234567890123,-1E+2,{}, [] ],"b\"{":"\u2019 \\","c":{"d" : null}}"#;
        let laid_out = "{\n  \"a\": [\n    1.0,\n    12345678901234567890123,\n    -1E+2,\n    {},\n    []\n  ],\n  \
                        \"b\\\"{\": \"\\u2019 \\\\\",\n  \"c\": {\n    \"d\": null\n  }\n}\n";
        assert_eq!(pretty(json), laid_out);
        assert_eq!(pretty(laid_out), laid_out);
    }

    #[test]
    fn finds_a_value_as_it_is_written() {
        let json = r#" {"a/b": [1, {"c" : 1.50 , "d": "\u2019"}]} "#;
        assert_eq!(value_at(json, "/a~1b/1/c"), Some("1.50"));
        assert_eq!(value_at(json, "/a~1b/1"), Some(r#"{"c" : 1.50 , "d": "\u2019"}"#));
        assert_eq!(value_at(json, "/a~1b/2"), None);
        assert_eq!(value_at(json, "/a~1b/0/c"), None);
        assert_eq!(value_at(json, "/a"), None);
    }

    #[test]
    fn compares_what_is_said() {
        assert!(same("{\"a\": \"\u{2019}\"}", "{ \"a\":\"\\u2019\" }\n"));
        assert!(!same("{\"a\": 1, \"b\": 2}", "{\"b\": 2, \"a\": 1}"), "the order of properties is that of fields");
        assert!(!same("{\"a\": 1.0}", "{\"a\": 1}"));
        assert!(!same("[1, 2]", "[12]"));
        assert!(!same("[1]", "[1, 2]"));
    }
}
