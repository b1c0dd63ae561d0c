//! Turns descriptions in the schema into documentation: Markdown that rustdoc shows as text and never runs.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use crate::normalize::Docs;
use crate::runtime::escape_hidden;

/// Returns the attributes for the annotations `docs` of a schema: a `#[doc]` for each line of [`format_doc_lines`], and
/// `#[deprecated]` if the schema is deprecated.
pub(crate) fn write_doc_attributes(docs: &Docs, doc_base_url: Option<&str>, fallback: Option<&str>) -> TokenStream {
    let deprecated = docs.deprecated.then(|| quote!(#[deprecated]));
    let lines = format_doc_lines(docs, doc_base_url, fallback);
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])* #deprecated)
}

/// Returns the lines of documentation for the annotations `docs` of a schema: the description, else the title, else
/// `fallback`; then the default and the first example that is not an opaque id. `doc_base_url` is put before links to paths, such as `/docs/x`.
pub(super) fn format_doc_lines(docs: &Docs, doc_base_url: Option<&str>, fallback: Option<&str>) -> Vec<String> {
    let mut lines = Vec::new();
    match (docs.visible_text(), fallback) {
        (Some(text), _) => lines.extend(escape_description(text, doc_base_url)),
        (None, Some(fallback)) => lines.push(fallback.to_owned()),
        (None, None) => {}
    }
    for (label, value) in
        [("Default", docs.default.as_ref()), ("Example", docs.examples.iter().find(|example| !is_opaque_id(example)))]
    {
        let Some(value) = value else { continue };
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!("{label}: {}", format_inline_code(&shorten_doc_text(value))));
    }
    lines
}

impl Docs {
    /// Returns the description if it has a visible character, else the title if it has one, else `None`.
    pub(super) fn visible_text(&self) -> Option<&String> {
        [&self.description, &self.title].into_iter().flatten().find(|text| is_visible(text))
    }
}

/// Checks whether a text has a visible character. Documentation of white space and control characters would leave the
/// item undocumented.
fn is_visible(text: &str) -> bool {
    let is_seen = |c: char| !c.is_whitespace() && escape_hidden(c.encode_utf8(&mut [0; 4])).chars().eq([c]);
    text.chars().any(is_seen)
}

/// Checks whether a text is a long id or key, such as base64, which tells a reader nothing: more than
/// [`MAX_ID_CHARACTERS`] letters, digits, `_`, `-`, `+`, `/` and `=`.
fn is_opaque_id(text: &str) -> bool {
    text.len() > MAX_ID_CHARACTERS && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-+/=".contains(c))
}

/// Most characters of an id that the documentation shows as an example; a UUID has 36.
const MAX_ID_CHARACTERS: usize = 40;

/// Most characters of a default or an example in the documentation.
const MAX_SHOWN_CHARACTERS: usize = 200;

/// Cuts a text that is longer than [`MAX_SHOWN_CHARACTERS`] characters, and appends `…` to it; returns any other text
/// as it is.
fn shorten_doc_text(text: &str) -> Cow<'_, str> {
    let end = text.char_indices().nth(MAX_SHOWN_CHARACTERS).map(|(end, _)| end);
    end.map_or(Cow::Borrowed(text), |end| Cow::Owned(format!("{}…", text[..end].trim_end())))
}

/// Formats a text as inline code of Markdown, on one line: `a` gets one backtick on each side, and a text that contains
/// backticks gets one more than the longest row of them.
pub(crate) fn format_inline_code(text: &str) -> String {
    let text = replace_unprintable(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Returns a description as lines of Markdown. Inline code, links and list items are kept; everything else that has a
/// meaning in Markdown or HTML is escaped. Indentation is removed, so that nothing becomes a code block.
fn escape_description(text: &str, doc_base_url: Option<&str>) -> Vec<String> {
    let text = replace_unprintable(text);
    text.trim().lines().flat_map(|line| wrap_line(&escape_line(line.trim(), doc_base_url))).collect()
}

/// Most characters in a line of documentation, unless a single word is longer.
const LINE_WIDTH: usize = 100;

/// Splits a line of Markdown into lines of at most [`LINE_WIDTH`] characters; those of a list item after the first one
/// are indented. A word that would begin a list or a heading at the start of a line stays on the line before, which may
/// then be longer.
fn wrap_line(line: &str) -> Vec<String> {
    let indent = if line.starts_with("* ") || line.starts_with("- ") { "  " } else { "" };
    let has_meaning_at_start = |word: &str| {
        let number = word.trim_end_matches(['.', ')']);
        let is_number = number != word && number.chars().all(|c| c.is_ascii_digit());
        is_number || word.starts_with(['-', '*', '+', '#', '=', ':'])
    };
    let mut lines: Vec<String> = vec![String::new()];
    let mut width = 0;
    for word in split_words(line) {
        let length = word.chars().count();
        let fits = width + 1 + length <= LINE_WIDTH || width <= indent.len() || has_meaning_at_start(word);
        match lines.last_mut() {
            Some(last) if fits => {
                let is_start = last.len() == indent.len() && !last.is_empty() || last.is_empty();
                last.push_str(if is_start { "" } else { " " });
                last.push_str(word);
                width += length + usize::from(!is_start);
            }
            _ => {
                lines.push(format!("{indent}{word}"));
                width = indent.len() + length;
            }
        }
    }
    lines
}

/// Splits a line of Markdown into words at its spaces, except those in inline code, whose words could begin an HTML
/// block at the start of a line.
fn split_words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(length) = line[at..].find([' ', '`', '\\']) {
        at += length;
        let Some(first) = line[at..].chars().next() else { break };
        if first == ' ' {
            words.push(&line[start..at]);
            start = at + 1;
        }
        let escape = if first == '\\' { line[at + 1..].chars().next().map_or(0, char::len_utf8) } else { 0 };
        at += measure_inline_code(&line[at..]).unwrap_or(first.len_utf8() + escape);
    }
    words.push(&line[start..]);
    words
}

/// Escapes a line of a description, except inline code, links and the marker of a list item: `# a` becomes `\# a`.
/// Links to paths get `doc_base_url` before them, and URLs get angle brackets.
fn escape_line(line: &str, doc_base_url: Option<&str>) -> String {
    let (marker, rest) = match line.split_at_checked(2) {
        Some((marker @ ("* " | "- "), rest)) => (marker, rest),
        _ => ("", line),
    };
    let mut out = marker.to_owned();
    let mut rest = rest;
    while let Some(first) = rest.chars().next() {
        let at_start = out.len() == marker.len();
        let plain = if at_start { 0 } else { rest.find(MARKUP_CHARACTERS).unwrap_or(rest.len()) };
        if plain > 0 {
            out += &rest[..plain];
            rest = &rest[plain..];
            continue;
        }
        let taken = measure_inline_code(rest)
            .map(|length| (length, rest[..length].to_owned()))
            .or_else(|| parse_link(rest, doc_base_url))
            .or_else(|| parse_bare_url(rest))
            .unwrap_or_else(|| (first.len_utf8(), escape_character(first, at_start)));
        if taken.1.starts_with('[') && out.ends_with('!') {
            out.insert(out.len() - 1, '\\'); // an image would be fetched by who reads the documentation
        }
        out += &taken.1;
        rest = &rest[taken.0..];
    }
    out
}

/// Returns the length in bytes of the inline code at the beginning of `text`: one or two backticks, some text, and as
/// many backticks again. `None` if `text` does not begin with inline code.
fn measure_inline_code(text: &str) -> Option<usize> {
    let ticks = text.bytes().take(3).take_while(|byte| *byte == b'`').count();
    if ticks == 0 || ticks > 2 {
        return None;
    }
    let fence = &text[..ticks];
    let end = text[ticks..].find(fence)? + ticks;
    let closed = end > ticks && !text[end + ticks..].starts_with('`');
    closed.then_some(end + ticks)
}

/// Parses the Markdown link at the beginning of `text`. Returns (length of the link in bytes, the link with an absolute
/// URL): the target must be a URL, or a path, which gets `doc_base_url` before it. `None` if there is no such link.
fn parse_link(text: &str, doc_base_url: Option<&str>) -> Option<(usize, String)> {
    let label_end = text.strip_prefix('[')?.find(['[', ']', '`', '<'])? + 1;
    let (label, rest) = (&text[1..label_end], text[label_end..].strip_prefix("](")?);
    let is_plain = |c: char| c.is_ascii_graphic() && !"<>()[]\\`\"".contains(c);
    let length = rest.find(|c| !is_plain(c)).filter(|length| *length > 0 && rest[*length..].starts_with(')'))?;
    let (target, target_end) = (&rest[..length], label_end + 2 + length);
    let url = match doc_base_url {
        _ if target.starts_with("https://") || target.starts_with("http://") => target.to_owned(),
        Some(base) if target.starts_with('/') => format!("{}{target}", base.trim_end_matches('/')),
        _ => return None,
    };
    let label: String = label.chars().map(|c| escape_character(c, false)).collect();
    Some((target_end + 1, format!("[{label}]({url})")))
}

/// Parses the URL at the beginning of `text`. Returns (length of the URL in bytes, the URL as a Markdown link, such as
/// `<https://a.example>`); `None` if `text` does not begin with a URL.
fn parse_bare_url(text: &str) -> Option<(usize, String)> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let is_url = |c: char| c.is_ascii_graphic() && !"<>()[]\\`\"'*".contains(c);
    let end = text.find(|c| !is_url(c)).unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let has_host = url.split_once("//").is_some_and(|(_, host)| !host.is_empty());
    has_host.then(|| (url.len(), format!("<{url}>")))
}

/// Replaces each control character except line breaks, and each character that changes the direction of text, by a
/// space: rustc rejects them, or the text would be shown in another order.
pub(crate) fn replace_unprintable(text: &str) -> String {
    let is_refused = |c: char| (c.is_control() && c != '\n') || is_bidirectional(c);
    text.chars().map(|c| if is_refused(c) { ' ' } else { c }).collect()
}

/// The characters that may have a meaning in Markdown or HTML anywhere in a line; `h` may begin a URL.
const MARKUP_CHARACTERS: [char; 12] = ['h', '\\', '`', '[', ']', '<', '>', '*', '_', '|', '&', '~'];

/// Escapes a character that has a meaning in Markdown: `*` becomes `\*`. `at_start` says whether it is at the start of
/// a line, where more characters have a meaning.
fn escape_character(c: char, at_start: bool) -> String {
    match c {
        '\\' | '`' | '[' | ']' | '<' | '>' | '*' | '_' | '|' | '&' | '~' => format!("\\{c}"),
        '#' | '+' | '-' | '=' | ':' if at_start => format!("\\{c}"),
        c => c.to_string(),
    }
}

/// Checks whether a character changes the direction of text; rustc rejects such characters in source code.
fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_code_and_links_are_kept() {
        let base = Some("https://example.com/");
        assert_eq!(
            escape_line("See `a<b>` and [the docs](/docs/x).", base),
            "See `a<b>` and [the docs](https://example.com/docs/x)."
        );
        assert_eq!(escape_line("* `x` - text", base), "* `x` - text");
        assert_eq!(escape_line("go to http://a.example/b.", base), "go to <http://a.example/b>.");
    }

    #[test]
    fn everything_else_is_escaped() {
        assert_eq!(escape_line("```rust", None), "\\`\\`\\`rust");
        assert_eq!(escape_line("<script> [Vec] # x", None), "\\<script\\> \\[Vec\\] # x");
        assert_eq!(escape_line("# title", None), "\\# title");
        assert_eq!(escape_description("a\n\n        let x = 1;\n", None), ["a", "", "let x = 1;"]);
        assert_eq!(escape_line("an ` alone", None), "an \\` alone");
        assert_eq!(escape_line("![x](https://a.example/x.png)!", None), "\\![x](https://a.example/x.png)!");
    }

    #[test]
    fn wrapped_lines_begin_no_list_or_heading() {
        let text = "word ".repeat(19);
        assert_eq!(wrap_line(&format!("{text}`a <div> b` c")), [text.trim_end(), "`a <div> b` c"]);
        assert_eq!(wrap_line(&format!("{text}words # c")), [format!("{text}words #"), "c".to_owned()]);
        assert_eq!(wrap_line(&format!("{text}words ===")), [format!("{text}words ===")]);
    }

    #[test]
    fn examples_become_inline_code() {
        assert_eq!(format_inline_code("a`b"), "``a`b``");
        assert_eq!(format_inline_code("`"), "`` ` ``");
    }
}
