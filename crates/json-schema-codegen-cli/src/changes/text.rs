//! Writes changes as text for a terminal.

use json_schema_codegen::changes::{Cause, Change, Changes, Compatibility, format_json};

use crate::changes::wording::{
    ShownChanges, VERDICT_HEADINGS, explain_run_time_behavior, find_incompatibilities, format_change_subject,
    format_count_with_noun, join_into_one_line, shorten_text, summarize_report, verdict_word,
};

/// Most causes that the overview lists; with its other lines it then fits on a screen of 25 lines.
const MAX_OVERVIEW_CAUSES: usize = 9;

/// Most rejected values that the overview shows.
const MAX_REJECTED_VALUES: usize = 3;

/// Returns a change report as text: the summary, an overview if there are many causes, then the causes by verdict, the
/// breaking ones first. `baseline` is the name of the old version.
pub fn format_as_text(changes: &Changes, baseline: &str) -> String {
    let mut lines = summarize_report(changes, baseline);
    if changes.causes.len() > MAX_OVERVIEW_CAUSES {
        lines.extend(format_overview(changes));
    }
    for (verdict, heading) in VERDICT_HEADINGS {
        let mut of_verdict = changes.causes.iter().filter(|cause| cause.verdict == verdict).peekable();
        if of_verdict.peek().is_some() {
            lines.extend([String::new(), format!("{heading}:")]);
        }
        lines.extend(of_verdict.flat_map(|cause| format_cause(changes, cause)));
    }
    lines.iter().map(|line| join_into_one_line(line) + "\n").collect()
}

/// Returns the lines of the overview: the gravest causes, a few rejected values, and the advice to keep names.
fn format_overview(changes: &Changes) -> Vec<String> {
    let mut lines = vec![String::new(), format!("Causes, {} in all:", changes.causes.len())];
    lines.extend(changes.causes.iter().take(MAX_OVERVIEW_CAUSES).map(|cause| {
        let refuses = if cause.old_refuses_new + cause.new_refuses_old > 0 { "; values are rejected" } else { "" };
        format!("  {:<9} {}{refuses}", verdict_word(cause.verdict), shorten_text(&cause.text))
    }));
    if let Some(others) = changes.causes.len().checked_sub(MAX_OVERVIEW_CAUSES).filter(|others| *others > 0) {
        lines.push(format!("  and {} below", format_count_with_noun(others, "more cause", "more causes")));
    }
    let refused: Vec<String> =
        changes.changes.iter().flat_map(format_rejected_values).take(MAX_REJECTED_VALUES).collect();
    if !refused.is_empty() {
        lines.extend([String::new(), "Rejected values:".to_owned()]);
        lines.extend(refused);
    }
    if let Some(cause) = changes.causes.iter().find(|cause| cause.settings.is_some()) {
        let names = cause.changes.len();
        lines.extend([String::new(), "Next:".to_owned()]);
        lines.push(format!(
            "  the lines under `[rename]` below, in codegen.toml, keep {}",
            format_count_with_noun(names, "name", "names")
        ));
    }
    lines
}

/// Returns a line for each direction in which a change makes the types of one version reject a value that the schema of
/// the other version defines: for the old types, then for the new ones.
fn format_rejected_values(change: &Change) -> Vec<String> {
    let directions = [("old", &change.wire.old_reads_new), ("new", &change.wire.new_reads_old)];
    let values = directions.into_iter().filter_map(|(reader, reading)| match reading {
        Compatibility::Fails { document: Some(document), unlisted: false } => Some(format!(
            "  the {reader} types: {} ({})",
            shorten_text(&format_json(document)),
            format_change_subject(change)
        )),
        _ => None,
    });
    values.collect()
}

/// Returns the lines about one cause: those about its change, or if there are several, the cause's text and the first
/// few changes.
fn format_cause(changes: &Changes, cause: &Cause) -> Vec<String> {
    let (shown, hidden) = cause.select_shown_changes(changes);
    let mut lines = match shown.as_slice() {
        [change] if hidden == 0 => format_change(change, "  "),
        shown => {
            let heading = format!("  {}", cause.text);
            std::iter::once(heading).chain(shown.iter().flat_map(|change| format_change(change, "    "))).collect()
        }
    };
    if hidden > 0 {
        lines.push(format!(
            "    {} in `--format json`",
            format_count_with_noun(hidden, "more change is", "more changes are")
        ));
    }
    let settings = cause.settings.iter().flat_map(|settings| settings.lines());
    lines.extend(settings.map(|line| format!("      {line}")));
    lines
}

/// Returns the lines about one change, with `indent` before the first and more before the others.
fn format_change(change: &Change, indent: &str) -> Vec<String> {
    let source = &change.source;
    let mut lines = vec![format!("{}: {}", format_change_subject(change), change.words)];
    lines.push(
        format!("    at {}:{}:{} {}", source.file, source.line, source.column, source.pointer).trim_end().to_owned(),
    );
    match (&change.old, &change.new) {
        (None, None) => {}
        (Some(old), None) => lines.push(format!("    was {}", shorten_text(old))),
        (None, Some(new)) => lines.push(format!("    is {}", shorten_text(new))),
        (Some(old), Some(new)) if old == new => {}
        (Some(old), Some(new)) => lines.push(format!("    was {}, is {}", shorten_text(old), shorten_text(new))),
    }
    lines.extend(change.rust.items.iter().map(|item| format!("    Rust: {item}")));
    if !change.rust.lints.is_empty() {
        lines.push(format!("    lint: {}", change.rust.lints.join(", ")));
    }
    lines.extend(find_incompatibilities(change).into_iter().map(|found| match found.example {
        Some(example) => format!("    JSON: {}, for example {example}", found.description),
        None => format!("    JSON: {}", found.description),
    }));
    lines.extend(explain_run_time_behavior(change).map(|text| format!("    {text}")));
    lines.into_iter().map(|line| format!("{indent}{line}")).collect()
}
