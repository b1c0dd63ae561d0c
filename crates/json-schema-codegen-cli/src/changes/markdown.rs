//! Writes changes as Markdown for a pull request on GitHub or GitLab.

use json_schema_codegen::changes::{Cause, Change, Changes};

use crate::changes::wording::{
    ShownChanges, VERDICT_HEADINGS, explain_run_time_behavior, find_incompatibilities, format_change_subject,
    format_count_with_noun, join_into_one_line, shorten_text, summarize_report,
};

/// Most characters of a Markdown report: a comment on GitHub has at most 65,536.
const MAX_REPORT_CHARACTERS: usize = 60_000;

/// Most characters of a Markdown report up to the end of its table; the rest is for the details.
const MAX_TABLE_CHARACTERS: usize = 30_000;

/// Returns a change report as Markdown: the summary, a table of the causes, the breaking ones first, and a folded
/// section of details for each verdict. Counts the causes that do not fit into [`MAX_REPORT_CHARACTERS`] instead of
/// listing them. `baseline` is the name of the old version.
pub fn format_as_markdown(changes: &Changes, baseline: &str) -> String {
    let mut lines = summarize_report(changes, baseline).into_iter();
    let mut text = format!("**{}**\n", escape_markdown(&lines.next().unwrap_or_default()));
    if changes.is_empty() {
        return text;
    }
    lines.for_each(|to_line| text += &format!("\n{}\n", capitalize_first(&to_line)));
    text += "\n| Rust | Change | Was | Is | JSON |\n| --- | --- | --- | --- | --- |\n";
    let with_verdict = |verdict| changes.causes.iter().filter(move |cause| cause.verdict == verdict);
    let rows = VERDICT_HEADINGS
        .iter()
        .flat_map(|(verdict, heading)| with_verdict(*verdict).map(|cause| format_cause_row(heading, changes, cause)));
    let left_out = append_while_fitting(&mut text, rows, MAX_TABLE_CHARACTERS);
    text += &format_left_out_causes_note(left_out, baseline);
    for (verdict, heading) in VERDICT_HEADINGS {
        if with_verdict(verdict).next().is_some() {
            let mut details = String::new();
            let items = with_verdict(verdict).map(|cause| format_cause_details(changes, cause));
            // The tags around the details and the note take less than 500 characters.
            let room = MAX_REPORT_CHARACTERS.saturating_sub(text.chars().count() + baseline.chars().count() + 500);
            let left_out = append_while_fitting(&mut details, items, room);
            details += &format_left_out_causes_note(left_out, baseline);
            text += &format!("\n<details><summary>{heading}</summary>\n\n{details}\n</details>\n");
        }
    }
    text
}

/// Appends `pieces` to `text`, up to the first with which it would have more than `most` characters. Returns the number
/// of pieces that were not appended.
fn append_while_fitting(text: &mut String, pieces: impl Iterator<Item = String>, most: usize) -> usize {
    let mut length = text.chars().count();
    let mut left_out = 0;
    for piece in pieces {
        length += piece.chars().count();
        if left_out > 0 || length > most {
            left_out += 1;
        } else {
            *text += &piece;
        }
    }
    left_out
}

/// Returns the line that says how many causes are left out, and the command that shows them; empty if `causes` is 0.
fn format_left_out_causes_note(causes: usize, baseline: &str) -> String {
    if causes == 0 {
        return String::new();
    }
    let command = format_inline_code(&format!("json-schema-codegen diff --baseline {baseline}"));
    format!("\n{} left out; {command} shows all.\n", format_count_with_noun(causes, "more cause is", "more causes are"))
}

/// Returns the row for one cause in the table of causes. `heading` is the heading of its verdict, such as `Breaking`.
fn format_cause_row(heading: &str, changes: &Changes, cause: &Cause) -> String {
    let (shown, hidden) = cause.select_shown_changes(changes);
    let [change] = shown.as_slice() else {
        let rejects = match cause.old_refuses_new + cause.new_refuses_old {
            0 => "no value is rejected".to_owned(),
            _ => "some values are rejected".to_owned(),
        };
        return format!(
            "| {heading} | {} |  |  | {rejects} |\n",
            escape_table_cell(&escape_markdown(&shorten_text(&cause.text)))
        );
    };
    let side = |text: &Option<String>| {
        text.as_deref().map(|text| escape_table_cell(&format_inline_code(&shorten_text(text)))).unwrap_or_default()
    };
    let json = match find_incompatibilities(change).as_slice() {
        [] => "compatible both ways".to_owned(),
        found => found
            .iter()
            .map(|item| escape_table_cell(&escape_markdown(&item.description)))
            .collect::<Vec<_>>()
            .join("<br>"),
    };
    let subject = escape_table_cell(&format_inline_code(&format_change_subject(change)));
    let more = if hidden > 0 {
        format!(" ({})", format_count_with_noun(hidden, "change follows", "changes follow"))
    } else {
        String::new()
    };
    format!(
        "| {heading} | {subject}: {}{more} | {} | {} | {json} |\n",
        change.words,
        side(&change.old),
        side(&change.new)
    )
}

/// Returns the list items with those details of a cause that its row in the table does not have.
fn format_cause_details(changes: &Changes, cause: &Cause) -> String {
    let (shown, hidden) = cause.select_shown_changes(changes);
    let mut text: String = shown.iter().map(|change| format_change_details(change)).collect();
    if hidden > 0 {
        text += &format!(
            "  - {} in {}\n",
            format_count_with_noun(hidden, "more change is", "more changes are"),
            format_inline_code("--format json")
        );
    }
    if let Some(settings) = cause.settings.as_deref().filter(|settings| settings.lines().count() <= MAX_SETTINGS_LINES)
    {
        let lines: String = settings.lines().map(|line| format!("    {}\n", join_into_one_line(line))).collect();
        text += &format!("  - in {}:\n\n    ```toml\n{lines}    ```\n", format_inline_code("codegen.toml"));
    }
    text
}

/// Most lines for `codegen.toml` that the details of a cause show.
const MAX_SETTINGS_LINES: usize = 100;

/// Returns the list item with the details of a change.
fn format_change_details(change: &Change) -> String {
    let source = &change.source;
    let mut text = format!("- {}: {}\n", format_inline_code(&format_change_subject(change)), change.words);
    let location = format!("{}:{}:{} {}", source.file, source.line, source.column, source.pointer);
    text += &format!("  - at {}\n", format_inline_code(location.trim_end()));
    for item in &change.rust.items {
        text += &format!("  - {}\n", escape_markdown(item));
    }
    if !change.rust.lints.is_empty() {
        text += &format!("  - cargo-semver-checks: {}\n", change.rust.lints.join(", "));
    }
    for found in find_incompatibilities(change) {
        let example =
            found.example.map(|example| format!(", for example {}", format_inline_code(&example))).unwrap_or_default();
        text += &format!("  - {}{example}\n", escape_markdown(&found.description));
    }
    explain_run_time_behavior(change)
        .into_iter()
        .for_each(|to_line| text += &format!("  - {}\n", escape_markdown(&to_line)));
    text
}

/// Returns `text` on one line with its Markdown escaped, except that parts between backticks stay inline code.
fn escape_markdown(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(number, piece)| if number % 2 == 1 { format_inline_code(piece) } else { escape_plain_text(piece) })
        .collect()
}

/// Returns `text` on one line, with a backslash before each character that begins markup in Markdown or HTML: `a_b`
/// becomes `a\_b`. Does not escape `|`; [`escape_table_cell`] does. Characters that cannot be seen become U+FFFD.
fn escape_plain_text(text: &str) -> String {
    let is_markup = |c: char| "\\`*_{}[]()<>#+!~&@$".contains(c);
    let escape = |c: char| if is_markup(c) { vec!['\\', c] } else { vec![c] };
    join_into_one_line(text).chars().flat_map(escape).collect()
}

/// Escapes each `|` in `text`, which separates the cells of a table even within inline code: `a|b` becomes `a\|b`.
fn escape_table_cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Returns `text` as inline code on one line, between more backticks than it contains: `a` becomes `` `a` ``. A blank
/// text becomes `(empty)`.
fn format_inline_code(text: &str) -> String {
    let text = join_into_one_line(text);
    if text.trim().is_empty() {
        return "(empty)".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Returns `text` with its first letter in upper case.
fn capitalize_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_a_schema_are_not_markup() {
        assert_eq!(escape_table_cell(&format_inline_code("a|b")), r"`a\|b`");
        assert_eq!(format_inline_code("one ``two`` `three`"), "``` one ``two`` `three` ```");
        assert_eq!(format_inline_code("two\nlines\u{1b}[31m\u{202e}"), "`two lines\u{fffd}[31m\u{fffd}`");
        assert_eq!(format_inline_code(" "), "(empty)");
        assert_eq!(escape_markdown("`<b>` is [gone](x) @all"), r"`<b>` is \[gone\]\(x\) \@all");
    }
}
