//! Cuts out the lines of a file around a position, for errors on a terminal.

use std::ops::Range;

use json_schema_codegen::Position;
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// Most characters of a line that a snippet shows.
const MAX_LINE_CHARACTERS: usize = 100;
/// Most characters of a line that a snippet shows before the position.
const MAX_CHARACTERS_BEFORE_POSITION: usize = 40;
/// The text that marks where characters of a line are left out.
const CUT_MARK: &str = "...";

/// The line of a position in a file, with the lines before and after it, each shortened.
#[derive(Debug)]
pub struct Snippet {
    /// The path of the file, printable.
    file: String,
    /// The shown lines.
    text: String,
    /// Index in the file, from 0, of the first line of `text`.
    first_line: usize,
    /// Line and column in the file, from 1.
    position: Position,
    /// The bytes of `text` to underline.
    span: Range<usize>,
}

impl Snippet {
    /// Cuts the lines around `position` out of `text`, the text of `file`. A position after the last line, such as that
    /// of an unexpected end, is shown at the end of the text.
    pub fn new(file: &str, text: &str, position: Position) -> Self {
        let (line, column) = (position.line.saturating_sub(1), position.column.saturating_sub(1));
        let first_line = line.saturating_sub(1);
        let mut shown = String::new();
        let mut span = None;
        for (number, text) in text.lines().enumerate().skip(first_line).take(line - first_line + 2) {
            let start = if number == line { column.saturating_sub(MAX_CHARACTERS_BEFORE_POSITION) } else { 0 };
            let (window, before) = shorten_line_from(text, start);
            if number == line {
                let at: usize = window.chars().take(column - start + before).map(char::len_utf8).sum();
                span = Some(shown.len() + at..shown.len() + at + first_token_length(&window[at..]));
            }
            shown += &window;
            shown.push('\n');
        }
        let end = shown.trim_end().len();
        Self { file: replace_unprintable(file), text: shown, first_line, position, span: span.unwrap_or(end..end) }
    }

    /// Returns the range of bytes of the snippet's text that is underlined.
    pub fn underlined_range(&self) -> Range<usize> {
        self.span.clone()
    }
}

/// Returns (the part of `line` from the character index `start` on, shortened and printable; the number of characters
/// before it that mark a cut).
fn shorten_line_from(line: &str, start: usize) -> (String, usize) {
    let mut rest = line.chars().skip(start);
    let shown: String = rest.by_ref().take(MAX_LINE_CHARACTERS).collect();
    let before = if start > 0 { CUT_MARK } else { "" };
    let after = if rest.next().is_some() { CUT_MARK } else { "" };
    (format!("{before}{}{after}", replace_unprintable(&shown)), before.len())
}

/// Returns the length in bytes of the token that `text` begins with, which is underlined: a string with its quotes, a
/// word or number, or else one character.
fn first_token_length(text: &str) -> usize {
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

/// Replaces the characters of `text` that could control a terminal or change the direction of text by U+FFFD: control
/// characters except line ends and tabs, and the bidirectional ones. The texts of schemas are not trusted.
pub fn replace_unprintable(text: &str) -> String {
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
        // With no lines around it, miette asks for the position itself, to print it as `file:line:column`.
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
