//! Writes changes as text for a terminal.

use json_schema_codegen::changes::{Change, Changes};

use crate::changes::wording::{
    VERDICTS, incompatibilities, one_line, shorten, subject, summarize_changes, summarize_json, version_bump,
};

/// Returns the summary, then the changes by verdict, the breaking ones first. `baseline` is the name of the old version.
pub fn text(changes: &Changes, baseline: &str) -> String {
    let mut lines = vec![summarize_changes(changes, baseline)];
    if !changes.is_empty() {
        lines.extend([version_bump(changes), summarize_json(changes)]);
    }
    for (verdict, heading) in VERDICTS {
        let mut of_verdict = changes.changes.iter().filter(|change| change.rust.verdict == verdict).peekable();
        if of_verdict.peek().is_some() {
            lines.extend([String::new(), format!("{heading}:")]);
        }
        lines.extend(of_verdict.flat_map(change_lines));
    }
    lines.iter().map(|line| one_line(line) + "\n").collect()
}

/// Returns the lines about one change, indented.
fn change_lines(change: &Change) -> Vec<String> {
    let source = &change.source;
    let mut lines = vec![format!("  {}: {}", subject(change), change.words)];
    lines.push(
        format!("      at {}:{}:{} {}", source.file, source.line, source.column, source.pointer).trim_end().to_owned(),
    );
    match (&change.old, &change.new) {
        (None, None) => {}
        (Some(old), None) => lines.push(format!("      was {}", shorten(old))),
        (None, Some(new)) => lines.push(format!("      is {}", shorten(new))),
        (Some(old), Some(new)) if old == new => {}
        (Some(old), Some(new)) => lines.push(format!("      was {}, is {}", shorten(old), shorten(new))),
    }
    lines.extend(change.rust.items.iter().map(|item| format!("      Rust: {item}")));
    if !change.rust.lints.is_empty() {
        lines.push(format!("      lint: {}", change.rust.lints.join(", ")));
    }
    lines.extend(incompatibilities(change).into_iter().map(|found| match found.example {
        Some(example) => format!("      JSON: {}, for example {example}", found.description),
        None => format!("      JSON: {}", found.description),
    }));
    lines
}
