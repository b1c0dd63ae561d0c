//! Finds, formats and compares the texts of JSON values. No name, string or number is rewritten, so that
//! `1.0` stays `1.0` and the order of properties is kept.

use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::location::unescape_pointer_step;

/// Returns the text of the value at a JSON pointer in the text `json`, exactly as it is written there: for `{"a":
/// [1.50]}` and `/a/0` it is `1.50`. `None` if there is no such value.
pub(crate) fn find_value_text<'a>(json: &'a str, pointer: &str) -> Option<&'a str> {
    pointer.split('/').skip(1).map(unescape_pointer_step).try_fold(json.trim(), |json, step| {
        if json.starts_with('[') {
            split_array(json)?.into_iter().nth(step.parse().ok()?)
        } else {
            serde_json::from_str::<HashMap<String, &RawValue>>(json).ok()?.remove(&step).map(RawValue::get)
        }
    })
}

/// Returns the texts of the elements of the JSON array `json`, exactly as they are written: `[1.50, {}]` gives `1.50`
/// and `{}`. `None` if `json` is not an array.
pub(crate) fn split_array(json: &str) -> Option<Vec<&str>> {
    let elements: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    Some(elements.into_iter().map(RawValue::get).collect())
}

/// Formats a JSON text with an indentation of two spaces and a newline at the end. Strings and numbers stay as they are
/// written.
pub(crate) fn format_json(json: &str) -> String {
    let mut text = String::with_capacity(json.len() * 2);
    let mut depth = 0;
    let mut tokens = split_tokens(json).peekable();
    while let Some(token) = tokens.next() {
        text.push_str(token);
        let next = tokens.peek().copied();
        match token {
            "{" | "[" if !matches!(next, Some("}" | "]")) => {
                depth += 1;
                append_line_start(&mut text, depth);
            }
            "," => append_line_start(&mut text, depth),
            ":" => text.push(' '),
            _ => {}
        }
        if matches!(next, Some("}" | "]")) && !matches!(token, "{" | "[") {
            depth = depth.saturating_sub(1);
            append_line_start(&mut text, depth);
        }
    }
    text.push('\n');
    text
}

/// Appends to `text` a newline and the indentation of a line that is nested `depth` levels deep.
fn append_line_start(text: &mut String, depth: usize) {
    text.push('\n');
    (0..depth).for_each(|_| text.push_str("  "));
}

/// Checks whether the JSON texts `a` and `b` have the same tokens in the same order. White space and the escaping of
/// characters in strings do not count: `"\u0061"` equals `"a"`, but `1.0` differs from `1`.
pub(crate) fn have_same_tokens(a: &str, b: &str) -> bool {
    let is_same = |a: &str, b: &str| {
        let are_strings = a.starts_with('"') && b.starts_with('"');
        a == b || (are_strings && decode_string(a).is_some_and(|a| Some(a) == decode_string(b)))
    };
    let (mut a, mut b) = (split_tokens(a), split_tokens(b));
    loop {
        match (a.next(), b.next()) {
            (Some(a), Some(b)) if is_same(a, b) => {}
            (None, None) => return true,
            _ => return false,
        }
    }
}

/// Returns the value of a JSON string token, which includes its quotes; `None` if it is not a valid JSON string.
fn decode_string(token: &str) -> Option<String> {
    serde_json::from_str(token).ok()
}

/// Splits `json`, which is known to be valid, into its tokens: brackets, commas, colons, strings with their quotes, and
/// other values.
fn split_tokens(json: &str) -> impl Iterator<Item = &str> {
    let mut rest = json;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let (token, after) = rest.split_at(first_token_length(rest));
        rest = after;
        Some(token).filter(|token| !token.is_empty())
    })
}

/// Returns the length in bytes of the JSON token that `text` begins with; 0 for an empty text.
fn first_token_length(text: &str) -> usize {
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
    fn formats_and_changes_no_token() {
        let json = r#"{"a":[1.0,12345678901234567890123,-1E+2,{}, [] ],"b\"{":"\u2019 \\","c":{"d" : null}}"#;
        let formatted = "{\n  \"a\": [\n    1.0,\n    12345678901234567890123,\n    -1E+2,\n    {},\n    []\n  ],\n  \
                        \"b\\\"{\": \"\\u2019 \\\\\",\n  \"c\": {\n    \"d\": null\n  }\n}\n";
        assert_eq!(format_json(json), formatted);
        assert_eq!(format_json(formatted), formatted);
    }

    #[test]
    fn finds_a_value_as_it_is_written() {
        let json = r#" {"a/b": [1, {"c" : 1.50 , "d": "\u2019"}]} "#;
        assert_eq!(find_value_text(json, "/a~1b/1/c"), Some("1.50"));
        assert_eq!(find_value_text(json, "/a~1b/1"), Some(r#"{"c" : 1.50 , "d": "\u2019"}"#));
        assert_eq!(find_value_text(json, "/a~1b/2"), None);
        assert_eq!(find_value_text(json, "/a~1b/0/c"), None);
        assert_eq!(find_value_text(json, "/a"), None);
    }

    #[test]
    fn compares_tokens_and_their_order() {
        assert!(have_same_tokens("{\"a\": \"\u{2019}\"}", "{ \"a\":\"\\u2019\" }\n"));
        let (ordered, reversed) = ("{\"a\": 1, \"b\": 2}", "{\"b\": 2, \"a\": 1}");
        assert!(!have_same_tokens(ordered, reversed), "the order of properties is that of fields");
        assert!(!have_same_tokens("{\"a\": 1.0}", "{\"a\": 1}"));
        assert!(!have_same_tokens("[1, 2]", "[12]"));
        assert!(!have_same_tokens("[1]", "[1, 2]"));
    }
}
