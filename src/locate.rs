//! Finds the value at a byte offset of a JSON text, and the path of this value.

use std::ops::Range;

use memchr::{memchr_iter, memchr2, memrchr};

use crate::generated::push_property_name;

/// The place of a value in a JSON text.
#[derive(Debug, PartialEq)]
pub(crate) struct ValuePlace {
    /// The keys and indexes that lead to the value, from the outermost on; empty for the whole text.
    pub(crate) path: Vec<PathSegment>,
    /// The byte offset of the opening bracket.
    pub(crate) start: usize,
}

/// One segment of a path: a key of an object, without escapes, or an index of an array.
#[derive(Debug, PartialEq)]
pub(crate) enum PathSegment {
    Key(String),
    /// In an array: the index of the element, from 0.
    Index(usize),
}

/// An object or array that has begun and not ended.
struct OpenContainer {
    /// The byte offset of its bracket.
    start: usize,
    step: ContainerStep,
}

/// The part of an open object or array that is being read.
enum ContainerStep {
    /// In an object: the byte range of the key in the text, with its quotes; `None` before the key.
    Key(Option<Range<usize>>),
    /// In an array: the index of the element.
    Index(usize),
}

/// Returns the place of the innermost value that contains the byte at `offset`. For an offset between tokens, returns
/// the place of the value that must come next, if any. Keys, commas and brackets belong to their object or array. The
/// text may be broken after `offset`.
pub(crate) fn locate_value(text: &str, offset: usize) -> ValuePlace {
    let mut open: Vec<OpenContainer> = Vec::new();
    let mut awaits_value = true;
    let mut next_token = text.len();
    for token in find_tokens(text.as_bytes()) {
        if token.start > offset {
            next_token = token.start;
            break;
        }
        let is_hit = token.contains(&offset);
        let start = token.start;
        match text.as_bytes()[start] {
            b'{' if is_hit => return ValuePlace { path: build_path(text, &open), start },
            b'{' => open.push(OpenContainer { start, step: ContainerStep::Key(None) }),
            b'[' => open.push(OpenContainer { start, step: ContainerStep::Index(0) }),
            b'}' | b']' => {
                let start = open.pop().map_or(start, |closed| closed.start);
                if is_hit {
                    return ValuePlace { path: build_path(text, &open), start };
                }
            }
            b',' => advance_container(&mut open),
            b':' => {}
            _ => match open.last_mut() {
                Some(OpenContainer { step: ContainerStep::Key(key @ None), .. }) => *key = Some(token),
                _ if is_hit => return ValuePlace { path: build_path(text, &open), start },
                _ => {}
            },
        }
        awaits_value = match text.as_bytes()[start] {
            b'[' | b':' => true,
            b',' => matches!(open.last(), Some(OpenContainer { step: ContainerStep::Index(_), .. })),
            _ => false,
        };
    }
    locate_between_tokens(text, open, awaits_value, next_token)
}

/// Returns the place for an offset between two tokens, inside the `open` objects and arrays: of the value at
/// `next_token` if a value must follow there (`awaits_value`), otherwise of the innermost open object or array.
fn locate_between_tokens(
    text: &str,
    mut open: Vec<OpenContainer>,
    awaits_value: bool,
    next_token: usize,
) -> ValuePlace {
    let closes = matches!(text.as_bytes().get(next_token), Some(b'}' | b']'));
    if awaits_value && !closes {
        return ValuePlace { path: build_path(text, &open), start: next_token };
    }
    let start = open.pop().map_or(0, |container| container.start);
    ValuePlace { path: build_path(text, &open), start }
}

/// Moves the innermost open object or array to its next property or element, after a comma.
fn advance_container(open: &mut [OpenContainer]) {
    match open.last_mut().map(|container| &mut container.step) {
        Some(ContainerStep::Index(index)) => *index += 1,
        Some(ContainerStep::Key(key)) => *key = None,
        None => {}
    }
}

/// Returns the path to the part of the innermost open object or array that is being read.
fn build_path(text: &str, open: &[OpenContainer]) -> Vec<PathSegment> {
    let segments = open.iter().map(|container| match &container.step {
        ContainerStep::Index(index) => PathSegment::Index(*index),
        ContainerStep::Key(key) => {
            PathSegment::Key(key.clone().map_or_else(String::new, |key| unquote_key(&text[key])))
        }
    });
    segments.collect()
}

/// Removes the quotes and escapes of a key: `"a\u0062"` becomes `ab`. If the key is broken, removes only the quotes.
fn unquote_key(key: &str) -> String {
    serde_json::from_str(key).unwrap_or_else(|_| key.trim_matches('"').to_owned())
}

/// Returns the byte ranges of the tokens of `text`: each string, other scalar, bracket, comma and colon.
fn find_tokens(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].iter().position(|byte| !byte.is_ascii_whitespace())?;
        let start = at;
        at += match text[at] {
            b'"' => measure_string_token(&text[at..]),
            byte if is_punctuation(byte) => 1,
            _ => text[at..]
                .iter()
                .position(|byte| is_punctuation(*byte) || byte.is_ascii_whitespace() || *byte == b'"')
                .unwrap_or(text.len() - at),
        };
        Some(start..at)
    })
}

/// Checks whether `byte` is a bracket, a comma or a colon.
fn is_punctuation(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':')
}

/// Returns the length in bytes of the string at the beginning of `text`, with its quotes; the length of `text` if the
/// string does not end.
fn measure_string_token(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(found) = text.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        at += found;
        if text[at] == b'"' {
            return at + 1;
        }
        at += 2; // the backslash, and the character that it escapes
    }
    text.len()
}

/// Formats a path as text, in the form of `Unlisted::path`: `items[3].data["a key"]`.
pub(crate) fn format_path(path: &[PathSegment]) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            PathSegment::Index(index) => text.push_str(&format!("[{index}]")),
            PathSegment::Key(key) => push_property_name(&mut text, key),
        }
    }
    text
}

/// Returns (line, column) of the byte offset `offset` in `text`, both from 1; the column is counted in bytes.
pub(crate) fn find_line_and_column(text: &[u8], offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let line_start = memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    let newlines = memchr_iter(b'\n', before).count();
    (1 + newlines, 1 + before.len() - line_start)
}
