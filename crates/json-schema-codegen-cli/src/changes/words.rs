//! What both forms say in the same words.

use json_schema_codegen::{Change, Changes, Level, Reading, Verdict, Wire};

/// How many changes there are, and of which verdict.
pub fn count(changes: &Changes, baseline: &str) -> String {
    let total = changes.summary.changes;
    if total == 0 {
        return format!("nothing has changed since `{baseline}`");
    }
    let of = |verdict| changes.summary.rust.get(&verdict).copied().unwrap_or_default();
    let (breaking, additive, none) = (of(Verdict::Breaking), of(Verdict::Additive), of(Verdict::None));
    let noun = if total == 1 { "change" } else { "changes" };
    format!(
        "{total} {noun} since `{baseline}`: {breaking} breaking, {additive} additive, {none} without effect on Rust"
    )
}

/// The step of the version that SemVer asks for.
pub fn step(changes: &Changes) -> String {
    let step = changes.summary.step;
    if step.before_1_0 == step.from_1_0 {
        return format!("version: {}", level(step.from_1_0));
    }
    format!("version: {} before 1.0, {} from 1.0 on", level(step.before_1_0), level(step.from_1_0))
}

fn level(level: Level) -> &'static str {
    match level {
        Level::None => "none",
        Level::Patch => "patch",
        Level::Minor => "minor",
        Level::Major => "major",
    }
}

/// What becomes of documents, in one line.
pub fn documents(changes: &Changes) -> String {
    let summary = &changes.summary;
    let of = |count: usize, what: &str| (count > 0).then(|| format!("{what} ({count})"));
    let told = [
        of(summary.old_refuses_new, "the old types refuse some that the new schema allows"),
        of(summary.new_refuses_old, "the new types refuse some that the old schema allowed"),
        of(summary.undecided, "some changes are undecided"),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    if told.is_empty() {
        "documents: each version reads the other's".to_owned()
    } else {
        format!("documents: {}", told.join("; "))
    }
}

/// The type and member that a change is about.
pub fn subject(change: &Change) -> String {
    match &change.member {
        Some(member) if change.owner.is_empty() => member.clone(),
        Some(member) => format!("{}.{member}", change.owner),
        None if change.owner.is_empty() => "schema".to_owned(),
        None => change.owner.clone(),
    }
}

/// A way of documents that is not sound.
pub struct Way {
    /// What becomes of them, in words.
    pub words: String,
    /// A document that shows it.
    pub document: Option<String>,
}

/// What a change says of documents, one for each way that is not sound; long documents are cut.
pub fn ways(change: &Change) -> Vec<Way> {
    let Wire { old_reads_new, new_reads_old, .. } = &change.wire;
    let ways = [("old", old_reads_new, "new schema allows"), ("new", new_reads_old, "old schema allowed")];
    let told = ways.into_iter().filter_map(|(reader, reading, allowed)| match reading {
        Reading::Fails { document, unlisted } => {
            let unlisted = if *unlisted { " but does not list" } else { "" };
            let words = format!("the {reader} types refuse what the {allowed}{unlisted}");
            Some(Way { words, document: document.as_ref().map(|document| cut(&document.to_string())) })
        }
        Reading::Undecided => {
            let words = format!("it is undecided whether the {reader} types read all that the {allowed}");
            Some(Way { words, document: None })
        }
        _ => None,
    });
    told.collect()
}

/// A text that is not longer than a few lines.
pub fn cut(text: &str) -> String {
    const MOST: usize = 300;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The verdicts in the order in which their changes are told, with their headings.
pub const VERDICTS: [(Verdict, &str); 3] =
    [(Verdict::Breaking, "Breaking"), (Verdict::Additive, "Additive"), (Verdict::None, "Without effect on Rust")];
