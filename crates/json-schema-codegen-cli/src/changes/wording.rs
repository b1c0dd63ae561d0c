//! The sentences that the text and the Markdown have in common.

use json_schema_codegen::changes::{Bump, Change, Changes, Compatibility, Verdict, WireImpact};

use crate::snippet::printable;

/// The verdicts with their headings, in the order of the output.
pub const VERDICTS: [(Verdict, &str); 3] =
    [(Verdict::Breaking, "Breaking"), (Verdict::Additive, "Additive"), (Verdict::None, "Without effect on Rust")];

/// Most characters of a value that are printed.
const MAX_LENGTH: usize = 300;

/// Returns the sentence with the number of changes since `baseline`, in all and for each verdict.
pub fn summarize_changes(changes: &Changes, baseline: &str) -> String {
    let total = changes.summary.changes;
    if total == 0 {
        return format!("nothing has changed since `{baseline}`");
    }
    let count = |verdict| changes.summary.rust.get(&verdict).copied().unwrap_or_default();
    let (breaking, additive, none) = (count(Verdict::Breaking), count(Verdict::Additive), count(Verdict::None));
    let noun = if total == 1 { "change" } else { "changes" };
    format!(
        "{total} {noun} since `{baseline}`: {breaking} breaking, {additive} additive, {none} without effect on Rust"
    )
}

/// Returns the part of the version number that SemVer requires to be increased, before and from 1.0.
pub fn version_bump(changes: &Changes) -> String {
    let step = changes.summary.step;
    if step.before_1_0 == step.from_1_0 {
        return format!("version: {}", level_name(step.from_1_0));
    }
    format!("version: {} before 1.0, {} from 1.0 on", level_name(step.before_1_0), level_name(step.from_1_0))
}

/// Returns the name of the part of a version number that has to be increased.
fn level_name(level: Bump) -> &'static str {
    match level {
        Bump::None => "none",
        Bump::Patch => "patch",
        Bump::Minor => "minor",
        Bump::Major => "major",
    }
}

/// Returns the line that says whether each version reads the JSON of the other, with the number of changes that prevent it.
pub fn summarize_json(changes: &Changes) -> String {
    let summary = &changes.summary;
    let describe = |count: usize, what: &str| (count > 0).then(|| format!("{what} ({count})"));
    let found = [
        describe(summary.old_refuses_new, "the old types reject some values that the new schema accepts"),
        describe(summary.new_refuses_old, "the new types reject some values that the old schema accepted"),
        describe(summary.undecided, "some changes are undecided"),
    ];
    let found: Vec<String> = found.into_iter().flatten().collect();
    if found.is_empty() {
        "JSON: the types of each version read all that the schema of the other accepts".to_owned()
    } else {
        format!("JSON: {}", found.join("; "))
    }
}

/// Returns the subject of a change: `Type` or `Type.member`; without a type, `member` or `schema`.
pub fn subject(change: &Change) -> String {
    match &change.member {
        Some(member) if change.owner.is_empty() => member.clone(),
        Some(member) => format!("{}.{member}", change.owner),
        None if change.owner.is_empty() => "schema".to_owned(),
        None => change.owner.clone(),
    }
}

/// A way in which the types of one version may fail to read the JSON of the other.
pub struct Incompatibility {
    /// A sentence for one direction: the old (or new) types reject values of the other schema, or it is undecided.
    pub description: String,
    /// A value that is rejected, as JSON, shortened.
    pub example: Option<String>,
}

/// Returns the incompatibilities that a change causes: for the old types, then for the new ones. Empty if each version
/// reads the JSON of the other.
pub fn incompatibilities(change: &Change) -> Vec<Incompatibility> {
    let WireImpact { old_reads_new, new_reads_old, .. } = &change.wire;
    let directions = [("old", old_reads_new, "new schema accepts"), ("new", new_reads_old, "old schema accepted")];
    let found = directions.into_iter().filter_map(|(reader, reading, accepted)| match reading {
        Compatibility::Fails { document, unlisted } => {
            let unlisted = if *unlisted { " but does not define" } else { "" };
            let description = format!("the {reader} types reject values that the {accepted}{unlisted}");
            let example = document.as_ref().map(|document| shorten(&document.to_string()));
            Some(Incompatibility { description, example })
        }
        Compatibility::Undecided => {
            let description = format!("it is undecided whether the {reader} types read all values that the {accepted}");
            Some(Incompatibility { description, example: None })
        }
        _ => None,
    });
    found.collect()
}

/// Returns `text`, cut off after 300 characters and ended with `…` if it is longer.
pub fn shorten(text: &str) -> String {
    match text.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns `text` on one line: line ends and tabs become spaces, and [`printable`] replaces the characters that
/// could control a terminal.
pub fn one_line(text: &str) -> String {
    printable(&text.replace(['\n', '\r', '\t'], " "))
}
