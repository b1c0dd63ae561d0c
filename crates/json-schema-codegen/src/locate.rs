//! Finds the line and column of a JSON pointer in the text that was read.
//!
//! Runs only when there is something to report, so parsing keeps no positions.

use std::collections::BTreeMap;

use crate::diagnostic::Position;
use crate::place::escape;

/// The position of the value that a pointer leads to, or of the nearest value on the way there (a
/// correction may have added the rest).
pub(crate) fn nearest(positions: &BTreeMap<String, Position>, mut pointer: &str) -> Position {
    loop {
        match (positions.get(pointer), pointer.rsplit_once('/')) {
            (Some(position), _) => return *position,
            (None, Some((parent, _))) => pointer = parent,
            (None, None) => return Position { line: 1, column: 1 },
        }
    }
}

/// The positions of all values by their pointers, in one pass.
pub(crate) fn positions(text: &str) -> BTreeMap<String, Position> {
    let mut all = BTreeMap::new();
    let mut walk = Walk { scanner: Scanner { text: text.as_bytes(), at: 0 }, seen: 0, line: 1, column: 0, text };
    walk.value(&mut String::new(), &mut all);
    all
}

/// A walk through all values of a text, which counts lines as it goes.
struct Walk<'a> {
    scanner: Scanner<'a>,
    text: &'a str,
    /// How far lines have been counted.
    seen: usize,
    line: usize,
    /// The characters of this line so far.
    column: usize,
}

impl Walk<'_> {
    /// Takes up the value at hand and those in it: as deep as the parser went, so not without bound.
    fn value(&mut self, pointer: &mut String, all: &mut BTreeMap<String, Position>) -> Option<()> {
        self.scanner.space();
        all.insert(pointer.clone(), self.here());
        let open = self.scanner.peek()?;
        if open != b'{' && open != b'[' {
            self.scanner.skip_scalar();
            return Some(());
        }
        self.scanner.at += 1;
        for index in 0_usize.. {
            self.scanner.space();
            if matches!(self.scanner.peek()?, b'}' | b']') {
                break;
            }
            let length = pointer.len();
            pointer.push('/');
            if open == b'{' {
                pointer.push_str(&escape(&self.scanner.string()?));
                self.scanner.space();
                self.scanner.at += 1; // the colon
            } else {
                pointer.push_str(&index.to_string());
            }
            self.value(pointer, all)?;
            pointer.truncate(length);
            self.scanner.space();
            if self.scanner.peek()? == b',' {
                self.scanner.at += 1;
            }
        }
        self.scanner.at += 1;
        Some(())
    }

    fn here(&mut self) -> Position {
        let at = self.scanner.at;
        let passed = self.text.get(self.seen..at).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.column = match passed.rsplit_once('\n') {
            Some((_, of_line)) => of_line.chars().count(),
            None => self.column + passed.chars().count(),
        };
        self.seen = at;
        Position { line: self.line, column: self.column + 1 }
    }
}

/// The position of a byte offset.
pub(crate) fn at_offset(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}

/// The position that a line and a column in bytes stand for, as serde_json counts: both from 1,
/// the column 0 before the first byte.
pub(crate) fn at_byte(text: &str, line: usize, column: usize) -> Position {
    let before = text.lines().nth(line.saturating_sub(1)).map(|text| &text.as_bytes()[..text.len().min(column)]);
    let characters = before.map_or(0, |bytes| String::from_utf8_lossy(bytes).chars().count());
    Position { line: line.max(1), column: characters.max(1) }
}

/// A reader of JSON known to be well formed: a step ahead is all it knows.
struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    /// Passes over a text, a number or a word.
    fn skip_scalar(&mut self) {
        if self.peek() == Some(b'"') {
            self.string();
            return;
        }
        while self.peek().is_some_and(|byte| !byte.is_ascii_whitespace() && !b",]}".contains(&byte)) {
            self.at += 1;
        }
    }

    fn string(&mut self) -> Option<String> {
        let start = self.at;
        self.at += 1;
        while self.peek()? != b'"' {
            self.at += if self.peek()? == b'\\' { 2 } else { 1 };
        }
        self.at += 1;
        serde_json::from_slice(&self.text[start..self.at]).ok()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_values_by_pointer() {
        let text = "{\n  \"a\": [1, {\"x/y\": \"é\\\"}\", \"z\": true}],\n  \"b\": null\n}";
        let at = |pointer| {
            let Position { line, column } = nearest(&positions(text), pointer);
            (line, column)
        };
        assert_eq!(at(""), (1, 1));
        assert_eq!(at("/a"), (2, 8));
        assert_eq!(at("/a/0"), (2, 9));
        assert_eq!(at("/a/1/x~1y"), (2, 20));
        assert_eq!(at("/a/1/z"), (2, 33));
        assert_eq!(at("/b"), (3, 8));
    }

    #[test]
    fn stops_at_the_nearest_value_on_the_way() {
        let Position { line, column } = nearest(&positions("{\"a\": [1]}"), "/a/7/b");
        assert_eq!((line, column), (1, 7));
    }
}
