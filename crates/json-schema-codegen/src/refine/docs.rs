//! Turns descriptions in the schema into documentation: Markdown that rustdoc shows as text and never runs.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use crate::normalize::Docs;
use crate::runtime::visible;

/// Returns the attributes for the documentation of a schema: the lines of [`lines`], and `#[deprecated]`.
pub(crate) fn attributes(docs: &Docs, doc_base_url: Option<&str>, fallback: Option<&str>) -> TokenStream {
    let deprecated = docs.deprecated.then(|| quote!(#[deprecated]));
    let lines = lines(docs, doc_base_url, fallback);
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])* #deprecated)
}

/// Returns the lines of documentation of a schema: its description, or else its title, or else `fallback`; then its default
/// and its first example.
pub(super) fn lines(docs: &Docs, doc_base_url: Option<&str>, fallback: Option<&str>) -> Vec<String> {
    let mut lines = Vec::new();
    match (docs.text(), fallback) {
        (Some(text), _) => lines.extend(markdown(text, doc_base_url)),
        (None, Some(fallback)) => lines.push(fallback.to_owned()),
        (None, None) => {}
    }
    for (label, value) in [("Default", docs.default.as_ref()), ("Example", docs.examples.first())] {
        let Some(value) = value else { continue };
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!("{label}: {}", code(&cut(value))));
    }
    lines
}

impl Docs {
    /// Returns the description, or else the title; `None` if neither has a visible character.
    pub(super) fn text(&self) -> Option<&String> {
        [&self.description, &self.title].into_iter().flatten().find(|text| is_visible(text))
    }
}

/// Checks whether a text has a visible character. A text of control characters would leave the item undocumented.
fn is_visible(text: &str) -> bool {
    let is_seen = |c: char| !c.is_whitespace() && visible(c.encode_utf8(&mut [0; 4])).chars().eq([c]);
    text.chars().any(is_seen)
}

/// Most characters of a default or an example in the documentation.
const SHOWN: usize = 200;

/// Returns a text; if it is longer than [`SHOWN`] characters, its beginning and `…`.
fn cut(text: &str) -> Cow<'_, str> {
    let end = text.char_indices().nth(SHOWN).map(|(end, _)| end);
    end.map_or(Cow::Borrowed(text), |end| Cow::Owned(format!("{}…", text[..end].trim_end())))
}

/// Returns a text as inline code on one line, however many backticks are in it: ``a`b`` has two around it.
pub(crate) fn code(text: &str) -> String {
    let text = printable(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Returns the lines of a description as Markdown. Inline code, links and lists stay; everything else that has a meaning
/// in Markdown or HTML is escaped, and indentation is removed, so that nothing becomes a code block.
fn markdown(text: &str, doc_base_url: Option<&str>) -> Vec<String> {
    let text = printable(text);
    text.trim().lines().flat_map(|line| wrapped(&line_of(line.trim(), doc_base_url))).collect()
}

/// The columns that a line of documentation takes at most, words apart.
const WIDTH: usize = 100;

/// A line in several, the later ones of a list item indented. No word that would begin a list
/// or a heading at the start of a line stands there.
fn wrapped(line: &str) -> Vec<String> {
    let indent = if line.starts_with("* ") || line.starts_with("- ") { "  " } else { "" };
    let acts = |word: &str| {
        let number = word.trim_end_matches(['.', ')']);
        let is_number = number != word && number.chars().all(|c| c.is_ascii_digit());
        is_number || word.starts_with(['-', '*', '+', '#', '=', ':'])
    };
    let mut lines: Vec<String> = vec![String::new()];
    let mut width = 0;
    for word in words(line) {
        let length = word.chars().count();
        let fits = width + 1 + length <= WIDTH || width <= indent.len() || acts(word);
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

/// Splits a line at its spaces, but not at those in inline code, whose words could begin an HTML block at the start of a
/// line.
fn words(line: &str) -> Vec<&str> {
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
        at += inline_code(&line[at..]).unwrap_or(first.len_utf8() + escape);
    }
    words.push(&line[start..]);
    words
}

/// Returns a line of a description as Markdown: `# a` becomes `\# a`. Links to paths get `doc_base_url` before them.
fn line_of(line: &str, doc_base_url: Option<&str>) -> String {
    let (marker, rest) = match line.split_at_checked(2) {
        Some((marker @ ("* " | "- "), rest)) => (marker, rest),
        _ => ("", line),
    };
    let mut out = marker.to_owned();
    let mut rest = rest;
    while let Some(first) = rest.chars().next() {
        let at_start = out.len() == marker.len();
        let plain = if at_start { 0 } else { rest.find(ACTS).unwrap_or(rest.len()) };
        if plain > 0 {
            out += &rest[..plain];
            rest = &rest[plain..];
            continue;
        }
        let taken = inline_code(rest)
            .map(|length| (length, rest[..length].to_owned()))
            .or_else(|| link(rest, doc_base_url))
            .or_else(|| bare_url(rest))
            .unwrap_or_else(|| (first.len_utf8(), escaped(first, at_start)));
        if taken.1.starts_with('[') && out.ends_with('!') {
            out.insert(out.len() - 1, '\\'); // an image would be fetched by who reads the documentation
        }
        out += &taken.1;
        rest = &rest[taken.0..];
    }
    out
}

/// Returns the length in bytes of the inline code that the text begins with: one or two backticks, text, and as many
/// backticks. `None` if it does not begin with inline code.
fn inline_code(text: &str) -> Option<usize> {
    let ticks = text.bytes().take(3).take_while(|byte| *byte == b'`').count();
    if ticks == 0 || ticks > 2 {
        return None;
    }
    let fence = &text[..ticks];
    let end = text[ticks..].find(fence)? + ticks;
    let closed = end > ticks && !text[end + ticks..].starts_with('`');
    closed.then_some(end + ticks)
}

/// Returns (length in bytes, the Markdown link that the text begins with, its target made absolute). `None` if the text
/// does not begin with a link, or its target cannot be made absolute.
fn link(text: &str, doc_base_url: Option<&str>) -> Option<(usize, String)> {
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
    let label: String = label.chars().map(|c| escaped(c, false)).collect();
    Some((target_end + 1, format!("[{label}]({url})")))
}

/// Returns (length in bytes, Markdown link) of the URL that the text begins with; `None` if it does not begin with one.
fn bare_url(text: &str) -> Option<(usize, String)> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let is_url = |c: char| c.is_ascii_graphic() && !"<>()[]\\`\"'*".contains(c);
    let end = text.find(|c| !is_url(c)).unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let has_host = url.split_once("//").is_some_and(|(_, host)| !host.is_empty());
    has_host.then(|| (url.len(), format!("<{url}>")))
}

/// Returns the text with a space in the place of each control character, except line breaks, and of each character that
/// changes the direction of text: rustc rejects these, or shows the text in another order.
pub(crate) fn printable(text: &str) -> String {
    let is_refused = |c: char| (c.is_control() && c != '\n') || is_bidirectional(c);
    text.chars().map(|c| if is_refused(c) { ' ' } else { c }).collect()
}

/// The characters that may have a meaning in Markdown or HTML; `h` may begin a URL.
const ACTS: [char; 12] = ['h', '\\', '`', '[', ']', '<', '>', '*', '_', '|', '&', '~'];

/// Returns a character so that it has no meaning in Markdown: `*` becomes `\*`. `at_start` is whether it begins a line.
fn escaped(c: char, at_start: bool) -> String {
    match c {
        '\\' | '`' | '[' | ']' | '<' | '>' | '*' | '_' | '|' | '&' | '~' => format!("\\{c}"),
        '#' | '+' | '-' | '=' | ':' if at_start => format!("\\{c}"),
        c => c.to_string(),
    }
}

/// Checks whether a character changes the direction of text: rustc rejects these in source.
fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_links_stay() {
        let base = Some("https://example.com/");
        assert_eq!(
            line_of("See `a<b>` and [the docs](/docs/x).", base),
            "See `a<b>` and [the docs](https://example.com/docs/x)."
        );
        assert_eq!(line_of("* `x` - text", base), "* `x` - text");
        assert_eq!(line_of("go to http://a.example/b.", base), "go to <http://a.example/b>.");
    }

    #[test]
    fn nothing_else_acts() {
        assert_eq!(line_of("```rust", None), "\\`\\`\\`rust");
        assert_eq!(line_of("<script> [Vec] # x", None), "\\<script\\> \\[Vec\\] # x");
        assert_eq!(line_of("# title", None), "\\# title");
        assert_eq!(markdown("a\n\n        let x = 1;\n", None), ["a", "", "let x = 1;"]);
        assert_eq!(line_of("an ` alone", None), "an \\` alone");
        assert_eq!(line_of("![x](https://a.example/x.png)!", None), "\\![x](https://a.example/x.png)!");
    }

    #[test]
    fn wrapped_lines_begin_nothing() {
        let text = "word ".repeat(19);
        assert_eq!(wrapped(&format!("{text}`a <div> b` c")), [text.trim_end(), "`a <div> b` c"]);
        assert_eq!(wrapped(&format!("{text}words # c")), [format!("{text}words #"), "c".to_owned()]);
        assert_eq!(wrapped(&format!("{text}words ===")), [format!("{text}words ===")]);
    }

    #[test]
    fn examples_are_code() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
    }
}
