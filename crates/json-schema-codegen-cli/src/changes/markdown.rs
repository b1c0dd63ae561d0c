//! Writes changes as Markdown for a pull request on GitHub or GitLab.

use json_schema_codegen::changes::{Change, Changes};

use crate::changes::wording::{
    VERDICTS, incompatibilities, one_line, shorten, subject, summarize_changes, summarize_json, version_bump,
};

/// Returns the summary, a table of the changes, the breaking ones first, and a folded section of details for each verdict.
/// `baseline` is the name of the old version.
pub fn markdown(changes: &Changes, baseline: &str) -> String {
    let mut text = format!("**{}**\n", escape(&summarize_changes(changes, baseline)));
    if changes.is_empty() {
        return text;
    }
    text += &format!("\n{}\n\n{}\n", capitalize(&version_bump(changes)), capitalize(&summarize_json(changes)));
    text += "\n| Rust | Change | Was | Is | JSON |\n| --- | --- | --- | --- | --- |\n";
    let with_verdict = |verdict| changes.changes.iter().filter(move |change| change.rust.verdict == verdict);
    for (verdict, heading) in VERDICTS {
        with_verdict(verdict).for_each(|change| text += &row(heading, change));
    }
    for (verdict, heading) in VERDICTS {
        if with_verdict(verdict).next().is_some() {
            let details: String = with_verdict(verdict).map(details).collect();
            text += &format!("\n<details><summary>{heading}</summary>\n\n{details}\n</details>\n");
        }
    }
    text
}

/// Returns the row of the table for one change. `heading` is that of its verdict.
fn row(heading: &str, change: &Change) -> String {
    let side =
        |text: &Option<String>| text.as_deref().map(|text| escape_cell(&code(&shorten(text)))).unwrap_or_default();
    let json = match incompatibilities(change).as_slice() {
        [] => "compatible both ways".to_owned(),
        found => found.iter().map(|item| escape_cell(&escape(&item.description))).collect::<Vec<_>>().join("<br>"),
    };
    let subject = escape_cell(&code(&subject(change)));
    format!("| {heading} | {subject}: {} | {} | {} | {json} |\n", change.words, side(&change.old), side(&change.new))
}

/// Returns the list item with the details of a change that its row in the table does not have.
fn details(change: &Change) -> String {
    let source = &change.source;
    let mut text = format!("- {}: {}\n", code(&subject(change)), change.words);
    let location = format!("{}:{}:{} {}", source.file, source.line, source.column, source.pointer);
    text += &format!("  - at {}\n", code(location.trim_end()));
    for item in &change.rust.items {
        text += &format!("  - {}\n", escape(item));
    }
    if !change.rust.lints.is_empty() {
        text += &format!("  - cargo-semver-checks: {}\n", change.rust.lints.join(", "));
    }
    for found in incompatibilities(change) {
        let example = found.example.map(|example| format!(", for example {}", code(&example))).unwrap_or_default();
        text += &format!("  - {}{example}\n", escape(&found.description));
    }
    text
}

/// Returns `text` on one line, with its Markdown escaped, except that parts between backticks stay inline code.
fn escape(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    pieces.map(|(number, piece)| if number % 2 == 1 { code(piece) } else { escape_all(piece) }).collect()
}

/// Returns `text` on one line, with a backslash before each character that begins markup in Markdown or HTML: `a_b` becomes
/// `a\_b`. Leaves `|` to [`escape_cell`]. Characters that cannot be seen become U+FFFD.
fn escape_all(text: &str) -> String {
    let is_markup = |c: char| "\\`*_{}[]()<>#+!~&@$".contains(c);
    let escape = |c: char| if is_markup(c) { vec!['\\', c] } else { vec![c] };
    one_line(text).chars().flat_map(escape).collect()
}

/// Escapes `|`, which separates the cells of a table even within inline code.
fn escape_cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Returns `text` as inline code on one line, between more backticks than it contains itself. A blank text becomes
/// `(empty)`.
fn code(text: &str) -> String {
    let text = one_line(text);
    if text.trim().is_empty() {
        return "(empty)".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Returns `text` with its first letter in upper case.
fn capitalize(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_a_schema_are_not_markup() {
        assert_eq!(escape_cell(&code("a|b")), r"`a\|b`");
        assert_eq!(code("one ``two`` `three`"), "``` one ``two`` `three` ```");
        assert_eq!(code("two\nlines\u{1b}[31m\u{202e}"), "`two lines\u{fffd}[31m\u{fffd}`");
        assert_eq!(code(" "), "(empty)");
        assert_eq!(escape("`<b>` is [gone](x) @all"), r"`<b>` is \[gone\]\(x\) \@all");
    }
}
