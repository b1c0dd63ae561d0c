//! Changes for a terminal.

use json_schema_codegen::{Change, Changes};

use crate::changes::words::{VERDICTS, count, cut, documents, step, subject, ways};
use crate::snippet::printable;

/// The summary, then each change, those that break first.
pub fn text(changes: &Changes, baseline: &str) -> String {
    let mut lines = vec![count(changes, baseline)];
    if !changes.is_empty() {
        lines.extend([step(changes), documents(changes)]);
    }
    for (verdict, heading) in VERDICTS {
        let mut of_verdict = changes.changes.iter().filter(|change| change.rust.verdict == verdict).peekable();
        if of_verdict.peek().is_some() {
            lines.extend([String::new(), format!("{heading}:")]);
        }
        lines.extend(of_verdict.flat_map(told));
    }
    lines.iter().map(|line| one_line(line) + "\n").collect()
}

fn told(change: &Change) -> Vec<String> {
    let source = &change.source;
    let mut lines = vec![format!("  {}: {}", subject(change), change.words)];
    lines.push(
        format!("      at {}:{}:{} {}", source.file, source.line, source.column, source.pointer).trim_end().to_owned(),
    );
    match (&change.old, &change.new) {
        (None, None) => {}
        (Some(old), None) => lines.push(format!("      was {}", cut(old))),
        (None, Some(new)) => lines.push(format!("      is {}", cut(new))),
        (Some(old), Some(new)) if old == new => {}
        (Some(old), Some(new)) => lines.push(format!("      was {}, is {}", cut(old), cut(new))),
    }
    lines.extend(change.rust.items.iter().map(|item| format!("      Rust: {item}")));
    if !change.rust.lints.is_empty() {
        lines.push(format!("      lint: {}", change.rust.lints.join(", ")));
    }
    lines.extend(ways(change).into_iter().map(|way| match way.document {
        Some(document) => format!("      documents: {}, as {document}", way.words),
        None => format!("      documents: {}", way.words),
    }));
    lines
}

/// A text on one line, without control characters.
fn one_line(text: &str) -> String {
    printable(&text.replace(['\n', '\r', '\t'], " "))
}
