//! Finds the line and column of the value at a JSON pointer, in the JSON text.
//!
//! Runs only when there is something to report, so that parsing need not keep positions.

use std::collections::BTreeMap;

use crate::diagnostic::Position;
use crate::location::escape_pointer_step;

/// Returns the position of the value at `pointer` in `positions`, which has the position of each value by its pointer.
/// If it has no such value (a correction may have added it), returns the position of the nearest value around it. Line
/// 1, column 1 if `positions` is empty.
pub(crate) fn find_nearest_position(positions: &BTreeMap<String, Position>, mut pointer: &str) -> Position {
    loop {
        match (positions.get(pointer), pointer.rsplit_once('/')) {
            (Some(position), _) => return *position,
            (None, Some((parent, _))) => pointer = parent,
            (None, None) => return Position { line: 1, column: 1 },
        }
    }
}

/// Returns the position of each value in the JSON `text`, by the value's pointer. If the text is broken, returns the
/// positions of the values before the fault.
pub(crate) fn find_all_positions(text: &str) -> BTreeMap<String, Position> {
    let mut all = BTreeMap::new();
    let mut walk =
        PositionWalk { scanner: Scanner { text: text.as_bytes(), at: 0 }, counted: 0, line: 1, column: 0, text };
    walk.record_positions(&mut String::new(), &mut all);
    all
}

/// A walk through all values of a JSON text, which counts lines and columns on its way.
struct PositionWalk<'a> {
    scanner: Scanner<'a>,
    text: &'a str,
    /// The byte offset up to which lines and columns have been counted.
    counted: usize,
    /// The line at `counted`, from 1.
    line: usize,
    /// The number of characters in this line before `counted`.
    column: usize,
}

impl PositionWalk<'_> {
    /// Adds the position of the next value and of the values inside it to `all`, by their pointers. `pointer` is the
    /// pointer of the next value. Recurses once for each level of nesting, which the JSON parser has limited before.
    /// `None` if the text ends too early.
    fn record_positions(&mut self, pointer: &mut String, all: &mut BTreeMap<String, Position>) -> Option<()> {
        self.scanner.skip_space();
        all.insert(pointer.clone(), self.current_position());
        let open = self.scanner.peek()?;
        if open != b'{' && open != b'[' {
            self.scanner.skip_scalar();
            return Some(());
        }
        self.scanner.at += 1;
        for index in 0_usize.. {
            self.scanner.skip_space();
            if matches!(self.scanner.peek()?, b'}' | b']') {
                break;
            }
            let length = pointer.len();
            pointer.push('/');
            if open == b'{' {
                pointer.push_str(&escape_pointer_step(&self.scanner.read_string()?));
                self.scanner.skip_space();
                self.scanner.at += 1; // the colon
            } else {
                pointer.push_str(&index.to_string());
            }
            self.record_positions(pointer, all)?;
            pointer.truncate(length);
            self.scanner.skip_space();
            if self.scanner.peek()? == b',' {
                self.scanner.at += 1;
            }
        }
        self.scanner.at += 1;
        Some(())
    }

    /// Returns the line and column of the scanner, after counting them from `counted` up to there.
    fn current_position(&mut self) -> Position {
        let at = self.scanner.at;
        let passed = self.text.get(self.counted..at).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.column = match passed.rsplit_once('\n') {
            Some((_, line_start)) => line_start.chars().count(),
            None => self.column + passed.chars().count(),
        };
        self.counted = at;
        Position { line: self.line, column: self.column + 1 }
    }
}

/// Converts a byte offset in `text` to a line and column. An offset past the end of the text, or inside a character,
/// gives the end of the text.
pub(crate) fn position_at_offset(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}

/// Converts a line and a column in bytes in `text`, as `serde_json` errors have them, to a line and a column in
/// characters. All count from 1; `serde_json` gives column 0 before the first byte of a line.
pub(crate) fn position_at_byte_column(text: &str, line: usize, column: usize) -> Position {
    let before = text.lines().nth(line.saturating_sub(1)).map(|text| &text.as_bytes()[..text.len().min(column)]);
    let characters = before.map_or(0, |bytes| String::from_utf8_lossy(bytes).chars().count());
    Position { line: line.max(1), column: characters.max(1) }
}

/// A scanner of a JSON text that was parsed before, so that the syntax need not be checked.
struct Scanner<'a> {
    text: &'a [u8],
    /// The byte offset of the next byte.
    at: usize,
}

impl Scanner<'_> {
    /// Skips a string, a number, `true`, `false` or `null`.
    fn skip_scalar(&mut self) {
        if self.peek() == Some(b'"') {
            self.read_string();
            return;
        }
        while self.peek().is_some_and(|byte| !byte.is_ascii_whitespace() && !b",]}".contains(&byte)) {
            self.at += 1;
        }
    }

    /// Reads the string that begins with the quote at the scanner, and moves the scanner after it. Returns the string
    /// without quotes and escapes; `None` if the text ends too early.
    fn read_string(&mut self) -> Option<String> {
        let start = self.at;
        self.at += 1;
        while self.peek()? != b'"' {
            self.at += if self.peek()? == b'\\' { 2 } else { 1 };
        }
        self.at += 1;
        serde_json::from_slice(&self.text[start..self.at]).ok()
    }

    /// Skips white space.
    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Returns the next byte without moving the scanner; `None` at the end of the text.
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
            let Position { line, column } = find_nearest_position(&find_all_positions(text), pointer);
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
    fn pointer_without_a_value_has_the_position_of_the_nearest_value_around() {
        let Position { line, column } = find_nearest_position(&find_all_positions("{\"a\": [1]}"), "/a/7/b");
        assert_eq!((line, column), (1, 7));
    }
}
