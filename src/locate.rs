//! Finds the value at a byte offset of a JSON text, and the value's path.

use std::ops::Range;

use memchr::{memchr_iter, memchr2, memrchr};

use crate::generated::push_name;

/// The location of a value in a JSON text.
#[derive(Debug, PartialEq)]
pub(crate) struct Place {
    /// The keys and indices from the whole text to the value; empty for the whole text.
    pub(crate) path: Vec<Segment>,
    /// The byte offset at which the value begins; the length of the text if the value is missing at its end.
    pub(crate) start: usize,
}

/// One step of a path: a key of an object (unescaped) or an index of an array.
#[derive(Debug, PartialEq)]
pub(crate) enum Segment {
    Key(String),
    Index(usize),
}

/// An object or array that has begun and not ended.
struct Open {
    /// The byte offset of its bracket.
    start: usize,
    step: Step,
}

/// The part of an open object or array that is being read.
enum Step {
    /// In an object: the byte range of the key, with its quotes; `None` before the key.
    Key(Option<Range<usize>>),
    /// In an array: the index of the element.
    Index(usize),
}

/// Returns the location of the innermost value that contains the byte at `offset`; between tokens, of the value
/// that has to come next, if any. Keys, commas and brackets belong to their object or array. The text may be
/// broken after `offset`.
pub(crate) fn locate(text: &str, offset: usize) -> Place {
    let mut open: Vec<Open> = Vec::new();
    let mut awaits_value = true;
    let mut next_token = text.len();
    for token in tokens(text.as_bytes()) {
        if token.start > offset {
            next_token = token.start;
            break;
        }
        let is_hit = token.contains(&offset);
        let start = token.start;
        match text.as_bytes()[start] {
            b'{' if is_hit => return Place { path: path(text, &open), start },
            b'{' => open.push(Open { start, step: Step::Key(None) }),
            b'[' => open.push(Open { start, step: Step::Index(0) }),
            b'}' | b']' => {
                let start = open.pop().map_or(start, |closed| closed.start);
                if is_hit {
                    return Place { path: path(text, &open), start };
                }
            }
            b',' => advance(&mut open),
            b':' => {}
            _ => match open.last_mut() {
                Some(Open { step: Step::Key(key @ None), .. }) => *key = Some(token),
                _ if is_hit => return Place { path: path(text, &open), start },
                _ => {}
            },
        }
        awaits_value = match text.as_bytes()[start] {
            b'[' | b':' => true,
            b',' => matches!(open.last(), Some(Open { step: Step::Index(_), .. })),
            _ => false,
        };
    }
    locate_between(text, open, awaits_value, next_token)
}

/// Returns the location for an offset between two tokens, in the `open` objects and arrays. It is the value at
/// `next_token` if a value has to follow there (`awaits_value`), otherwise the innermost open object or array.
fn locate_between(text: &str, mut open: Vec<Open>, awaits_value: bool, next_token: usize) -> Place {
    let closes = matches!(text.as_bytes().get(next_token), Some(b'}' | b']'));
    if awaits_value && !closes {
        return Place { path: path(text, &open), start: next_token };
    }
    let start = open.pop().map_or(0, |container| container.start);
    Place { path: path(text, &open), start }
}

/// Moves the innermost open object or array to its next property or element, after a comma.
fn advance(open: &mut [Open]) {
    match open.last_mut().map(|container| &mut container.step) {
        Some(Step::Index(index)) => *index += 1,
        Some(Step::Key(key)) => *key = None,
        None => {}
    }
}

/// Returns the path to the current part of the innermost open object or array.
fn path(text: &str, open: &[Open]) -> Vec<Segment> {
    let segments = open.iter().map(|container| match &container.step {
        Step::Index(index) => Segment::Index(*index),
        Step::Key(key) => Segment::Key(key.clone().map_or_else(String::new, |key| unquote(&text[key]))),
    });
    segments.collect()
}

/// Removes the quotes and escapes of a key: `"a\u0062"` becomes `ab`. If it is broken, removes the quotes only.
fn unquote(key: &str) -> String {
    serde_json::from_str(key).unwrap_or_else(|_| key.trim_matches('"').to_owned())
}

/// Returns the byte ranges of the tokens of `text`: each string, other scalar, bracket, comma and colon.
fn tokens(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].iter().position(|byte| !byte.is_ascii_whitespace())?;
        let start = at;
        at += match text[at] {
            b'"' => string_length(&text[at..]),
            byte if is_punctuation(byte) => 1,
            _ => text[at..]
                .iter()
                .position(|byte| is_punctuation(*byte) || byte.is_ascii_whitespace() || *byte == b'"')
                .unwrap_or(text.len() - at),
        };
        Some(start..at)
    })
}

/// Checks whether a byte is a bracket, comma or colon.
fn is_punctuation(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':')
}

/// Returns the length in bytes of the string that `text` begins with, with its quotes; that of all of `text` if
/// the string does not end.
fn string_length(text: &[u8]) -> usize {
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

/// Writes a path as text, in the form of `Unlisted::path`: `items[3].data["a key"]`.
pub(crate) fn render(path: &[Segment]) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Index(index) => text.push_str(&format!("[{index}]")),
            Segment::Key(key) => push_name(&mut text, key),
        }
    }
    text
}

/// Returns (line, column in bytes) of a byte offset in `text`, both from 1.
pub(crate) fn line_and_column(text: &[u8], offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let line_start = memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    let newlines = memchr_iter(b'\n', before).count();
    (1 + newlines, 1 + before.len() - line_start)
}
