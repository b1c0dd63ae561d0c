//! The lines of a file around a place, short enough for a terminal.

use std::ops::Range;

use json_schema_codegen::Position;
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// How many characters of a line are shown at most.
const WIDTH: usize = 100;
/// How many of them stand before the place.
const BEFORE: usize = 40;
/// What stands for the part of a line that is not shown.
const CUT: &str = "...";

/// The line of a place, with the line before it and the one after it.
#[derive(Debug)]
pub struct Snippet {
    file: String,
    text: String,
    /// The number of the first line of `text`, from 0.
    first_line: usize,
    position: Position,
    /// The place in `text`.
    span: Range<usize>,
}

impl Snippet {
    /// Takes the lines around a position out of the text of a file. A position after the last line,
    /// where a text ends too early, is shown at the end of it.
    pub fn new(file: &str, text: &str, position: Position) -> Self {
        let (line, column) = (position.line.saturating_sub(1), position.column.saturating_sub(1));
        let first_line = line.saturating_sub(1);
        let mut shown = String::new();
        let mut span = None;
        for (number, text) in text.lines().enumerate().skip(first_line).take(line - first_line + 2) {
            let start = if number == line { column.saturating_sub(BEFORE) } else { 0 };
            let (window, before) = window(text, start);
            if number == line {
                let at: usize = window.chars().take(column - start + before).map(char::len_utf8).sum();
                span = Some(shown.len() + at..shown.len() + at + token(&window[at..]));
            }
            shown += &window;
            shown.push('\n');
        }
        let end = shown.trim_end().len();
        Self { file: printable(file), text: shown, first_line, position, span: span.unwrap_or(end..end) }
    }

    /// The place in the lines that are shown.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }
}

/// The part of a line from the character `start` on, and how many characters were put before it.
fn window(line: &str, start: usize) -> (String, usize) {
    let mut rest = line.chars().skip(start);
    let shown: String = rest.by_ref().take(WIDTH).collect();
    let before = if start > 0 { CUT } else { "" };
    let after = if rest.next().is_some() { CUT } else { "" };
    (format!("{before}{}{after}", printable(&shown)), before.len())
}

/// How many bytes at the beginning of a text are to be underlined: a string, a word or number, or
/// one character.
fn token(text: &str) -> usize {
    let mut escaped = false;
    let closing = |(at, c): (usize, char)| {
        let closes = at > 0 && c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes.then_some(at + 1)
    };
    if text.starts_with('"') {
        return text.char_indices().find_map(closing).unwrap_or(text.len());
    }
    let word = text.find(|c: char| !c.is_alphanumeric() && !"+-._".contains(c)).unwrap_or(text.len());
    word.max(text.chars().next().map_or(0, char::len_utf8))
}

/// A text without the characters that could rule the terminal, or the order of what is read; they
/// come from schemas.
pub fn printable(text: &str) -> String {
    let is_refused = |c: char| {
        (c.is_control() && !"\n\t".contains(c)) || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if is_refused(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let contents = self.text.read_span(span, before, after)?;
        // Without lines around it, this is the place itself, as it counts in the file.
        let Position { line, column, .. } = self.position;
        let (line, column) = match before {
            0 => (line.saturating_sub(1), column.saturating_sub(1)),
            _ => (self.first_line + contents.line(), contents.column()),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.file.clone(),
            contents.data(),
            *contents.span(),
            line,
            column,
            contents.line_count(),
        )))
    }
}
