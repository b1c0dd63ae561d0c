//! Changes for a pull request, in the Markdown of GitHub and GitLab.

use json_schema_codegen::{Change, Changes};

use crate::changes::words::{VERDICTS, count, cut, documents, step, subject, ways};
use crate::snippet::printable;

/// The summary, a table of the changes, those that break first, and their details, folded.
pub fn markdown(changes: &Changes, baseline: &str) -> String {
    let mut text = format!("**{}**\n", escaped(&count(changes, baseline)));
    if changes.is_empty() {
        return text;
    }
    text += &format!("\n{}\n\n{}\n", capital(&step(changes)), capital(&documents(changes)));
    text += "\n| Rust | Change | Was | Is | Documents |\n| --- | --- | --- | --- | --- |\n";
    let of = |verdict| changes.changes.iter().filter(move |change| change.rust.verdict == verdict);
    for (verdict, heading) in VERDICTS {
        of(verdict).for_each(|change| text += &row(heading, change));
    }
    for (verdict, heading) in VERDICTS {
        if of(verdict).next().is_some() {
            let details: String = of(verdict).map(details).collect();
            text += &format!("\n<details><summary>{heading}</summary>\n\n{details}\n</details>\n");
        }
    }
    text
}

fn row(heading: &str, change: &Change) -> String {
    let side = |text: &Option<String>| text.as_deref().map(|text| cell(&code(&cut(text)))).unwrap_or_default();
    let documents = match ways(change).as_slice() {
        [] => "read both ways".to_owned(),
        told => told.iter().map(|way| cell(&escaped(&way.words))).collect::<Vec<_>>().join("<br>"),
    };
    let subject = cell(&code(&subject(change)));
    format!(
        "| {heading} | {subject}: {} | {} | {} | {documents} |\n",
        change.words,
        side(&change.old),
        side(&change.new)
    )
}

/// What a row has no room for.
fn details(change: &Change) -> String {
    let source = &change.source;
    let mut text = format!("- {}: {}\n", code(&subject(change)), change.words);
    let place = format!("{}:{}:{} {}", source.file, source.line, source.column, source.pointer);
    text += &format!("  - at {}\n", code(place.trim_end()));
    for item in &change.rust.items {
        text += &format!("  - {}\n", escaped(item));
    }
    if !change.rust.lints.is_empty() {
        text += &format!("  - cargo-semver-checks: {}\n", change.rust.lints.join(", "));
    }
    for way in ways(change) {
        let document = way.document.map(|document| format!(", as {}", code(&document))).unwrap_or_default();
        text += &format!("  - {}{document}\n", escaped(&way.words));
    }
    text
}

/// A text on one line that is no markup, but for pieces of code that it has between backticks.
fn escaped(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    pieces.map(|(number, piece)| if number % 2 == 1 { code(piece) } else { plain(piece) }).collect()
}

fn plain(text: &str) -> String {
    let is_markup = |c: char| "\\`*_{}[]()<>#+!~&@$".contains(c);
    let escaped = |c: char| if is_markup(c) { vec!['\\', c] } else { vec![c] };
    one_line(text).chars().flat_map(escaped).collect()
}

/// A text in a cell of a table, where a bar would begin the next one, in code too.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// A piece of code: between more backticks than it has itself.
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

fn one_line(text: &str) -> String {
    printable(&text.replace(['\n', '\r', '\t'], " "))
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_schema_are_no_markup() {
        assert_eq!(cell(&code("a|b")), r"`a\|b`");
        assert_eq!(code("one ``two`` `three`"), "``` one ``two`` `three` ```");
        assert_eq!(code("two\nlines\u{1b}[31m\u{202e}"), "`two lines\u{fffd}[31m\u{fffd}`");
        assert_eq!(code(" "), "(empty)");
        assert_eq!(escaped("`<b>` is [gone](x) @all"), r"`<b>` is \[gone\]\(x\) \@all");
    }
}
