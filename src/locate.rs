//! Finds the value that stands at an offset of a JSON text, and its path.

use std::ops::Range;

use crate::generated::push_name;

/// A value in a JSON text.
#[derive(Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) path: Vec<Segment>,
    /// Where the value begins; the end of the text when it does not begin in it.
    pub(crate) start: usize,
}

/// One step of a path.
#[derive(Debug, PartialEq)]
pub(crate) enum Segment {
    Key(String),
    Index(usize),
}

/// An object or an array that has begun and not ended.
struct Open {
    start: usize,
    step: Step,
}

/// What of it is being read.
enum Step {
    Key(Option<Range<usize>>),
    Index(usize),
}

/// The value that holds the byte at `offset`, or that comes next where one has to come; a key, a
/// comma or a bracket belongs to its object or array. The text may be broken after `offset`.
pub(crate) fn locate(text: &str, offset: usize) -> Place {
    let mut open: Vec<Open> = Vec::new();
    let mut awaits_value = true;
    let mut next = text.len();
    for token in tokens(text.as_bytes()) {
        if token.start > offset {
            next = token.start;
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
    between(text, open, awaits_value, next)
}

/// The place of an offset between two tokens.
fn between(text: &str, mut open: Vec<Open>, awaits_value: bool, next: usize) -> Place {
    let closes = matches!(text.as_bytes().get(next), Some(b'}' | b']'));
    if awaits_value && !closes {
        return Place { path: path(text, &open), start: next };
    }
    let start = open.pop().map_or(0, |container| container.start);
    Place { path: path(text, &open), start }
}

fn advance(open: &mut [Open]) {
    match open.last_mut().map(|container| &mut container.step) {
        Some(Step::Index(index)) => *index += 1,
        Some(Step::Key(key)) => *key = None,
        None => {}
    }
}

fn path(text: &str, open: &[Open]) -> Vec<Segment> {
    let segments = open.iter().map(|container| match &container.step {
        Step::Index(index) => Segment::Index(*index),
        Step::Key(key) => Segment::Key(key.clone().map_or_else(String::new, |key| name(&text[key]))),
    });
    segments.collect()
}

/// A key without its quotes and escapes.
fn name(key: &str) -> String {
    serde_json::from_str(key).unwrap_or_else(|_| key.trim_matches('"').to_owned())
}

/// Strings, other scalars, and each bracket, comma and colon.
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

fn is_punctuation(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':')
}

/// The length of the string that the text begins with, its quotes included.
fn string_length(text: &[u8]) -> usize {
    let mut is_escaped = false;
    let closing = text.iter().skip(1).position(|byte| {
        let closes = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        closes
    });
    closing.map_or(text.len(), |closing| closing + 2)
}

/// Returns a path as text, as `Unlisted::path` is written: `items[3].data["a key"]`.
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

/// The line and the column of an offset, from 1; columns count bytes.
pub(crate) fn line_and_column(text: &[u8], offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let newlines = before.iter().filter(|byte| **byte == b'\n').count();
    (1 + newlines, 1 + before.len() - line_start)
}
