//! The sentences that the text and the Markdown have in common.

use json_schema_codegen::changes::{
    Bump, Cause, Change, Changes, Compatibility, Reason, Validation, Verdict, WireImpact, format_json,
};

use crate::snippet::replace_unprintable;

/// The verdicts on Rust with their headings, in the order of the output.
pub const VERDICT_HEADINGS: [(Verdict, &str); 3] =
    [(Verdict::Breaking, "Breaking"), (Verdict::Additive, "Additive"), (Verdict::None, "Without effect on Rust")];

/// Most characters of a JSON value, type or text in a report.
const MAX_VALUE_CHARACTERS: usize = 300;

/// Most changes of one cause that a report describes one by one.
const MAX_SHOWN_CHANGES: usize = 3;

/// Selects the changes of a cause that a report describes one by one.
pub trait ShownChanges {
    /// Returns (the changes of this cause that a report describes one by one; the number of its other changes,
    /// including those that follow from it). `changes` is the report that contains the cause.
    fn select_shown_changes<'a>(&self, changes: &'a Changes) -> (Vec<&'a Change>, usize);
}

impl ShownChanges for Cause {
    fn select_shown_changes<'a>(&self, changes: &'a Changes) -> (Vec<&'a Change>, usize) {
        let all = self.changes.iter().filter_map(|index| changes.changes.get(*index));
        let shown: Vec<&Change> = all.take(MAX_SHOWN_CHANGES).collect();
        let hidden = self.changes.len() + self.follows.len() - shown.len();
        (shown, hidden)
    }
}

/// Returns the lines that summarize a change report: the number of changes, the version, and the effects on JSON, on
/// validators and on programs. `baseline` is the name of the old version.
pub fn summarize_report(changes: &Changes, baseline: &str) -> Vec<String> {
    let mut lines = vec![summarize_change_counts(changes, baseline)];
    if !changes.is_empty() {
        lines.extend([describe_version_bump(changes), summarize_json_compatibility(changes)]);
        lines.extend(summarize_validator_effects(changes));
        lines.extend(summarize_moved_values(changes));
    }
    lines
}

/// Returns a number with a noun, in the singular or plural: `1 change` or `2 changes`. `one` and `several` are the two
/// forms.
pub fn format_count_with_noun(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// Returns the word for a verdict on Rust in a list of causes, such as `breaking`.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Breaking => "breaking",
        Verdict::Additive => "additive",
        _ => "no effect",
    }
}

/// Returns the line with the number of changes since `baseline`, in all and for each verdict.
pub fn summarize_change_counts(changes: &Changes, baseline: &str) -> String {
    let total = changes.summary.changes;
    if total == 0 {
        return format!("nothing has changed since `{baseline}`");
    }
    let of_verdict = |verdict| changes.summary.rust.get(&verdict).copied().unwrap_or_default();
    let (breaking, additive, none) =
        (of_verdict(Verdict::Breaking), of_verdict(Verdict::Additive), of_verdict(Verdict::None));
    let causes = match changes.causes.len() {
        causes if causes == total => String::new(),
        causes => format!(" from {}", format_count_with_noun(causes, "cause", "causes")),
    };
    format!(
        "{}{causes} since `{baseline}`: {breaking} breaking, {additive} additive, {none} without effect on Rust",
        format_count_with_noun(total, "change", "changes")
    )
}

/// Returns the line with the part of the version number that SemVer requires to be increased, before 1.0 and from 1.0
/// on.
pub fn describe_version_bump(changes: &Changes) -> String {
    let step = changes.summary.step;
    if step.before_1_0 == step.from_1_0 {
        return format!("version: {}", bump_name(step.from_1_0));
    }
    format!("version: {} before 1.0, {} from 1.0 on", bump_name(step.before_1_0), bump_name(step.from_1_0))
}

/// Returns the name of a part of a version number, such as `minor`.
fn bump_name(level: Bump) -> &'static str {
    match level {
        Bump::None => "none",
        Bump::Patch => "patch",
        Bump::Minor => "minor",
        Bump::Major => "major",
    }
}

/// Returns the line that says whether each version reads the JSON of the other, with the number of changes that prevent
/// it. Values that are rejected only because of an additional property are counted apart.
pub fn summarize_json_compatibility(changes: &Changes) -> String {
    let rejected = |reading: fn(&Change) -> &Compatibility, is_unlisted: bool| {
        let is_counted = |change: &&Change| matches!(reading(change), Compatibility::Fails { unlisted, .. } if *unlisted == is_unlisted);
        changes.changes.iter().filter(is_counted).count()
    };
    let old = |is_unlisted| rejected(|change| &change.wire.old_reads_new, is_unlisted);
    let new = |is_unlisted| rejected(|change| &change.wire.new_reads_old, is_unlisted);
    let describe = |count: usize, what: &str| (count > 0).then(|| format!("{what} ({count})"));
    let found = [
        describe(old(false), "the old types reject some values that the new schema accepts"),
        describe(old(true), "the old types reject some values that the new schema accepts but does not define"),
        describe(new(false), "the new types reject some values that the old schema accepted"),
        describe(new(true), "the new types reject some values that the old schema accepted but does not define"),
        describe(changes.summary.undecided, "some changes are undecided"),
    ];
    let found: Vec<String> = found.into_iter().flatten().collect();
    if found.is_empty() {
        "JSON: the types of each version read all that the schema of the other accepts".to_owned()
    } else {
        format!("JSON: {}", found.join("; "))
    }
}

/// Returns the line that says whether the schema accepts fewer, other or more values, for programs that validate
/// against it. `None` if it accepts the same values.
fn summarize_validator_effects(changes: &Changes) -> Option<String> {
    let count = |validation| changes.changes.iter().filter(|change| change.validation == validation).count();
    let describe = |count: usize, what: &str| (count > 0).then(|| format!("{what} ({count})"));
    let found = [
        describe(count(Validation::Stricter), "it accepts fewer values"),
        describe(count(Validation::Other), "it may accept other values"),
        describe(count(Validation::Looser), "it accepts more values"),
    ];
    let found: Vec<String> = found.into_iter().flatten().collect();
    (!found.is_empty()).then(|| format!("schema, for validators: {}", found.join("; ")))
}

/// Returns the line that says how many values are read into another field or variant than before, which no compiler
/// shows. `None` if there are none.
fn summarize_moved_values(changes: &Changes) -> Option<String> {
    let moved = changes.changes.iter().filter(|change| change.behavior.is_some()).count();
    let verb = if moved == 1 { "is" } else { "are" };
    (moved > 0).then(|| {
        format!(
            "at run time: {} {verb} read into another field or variant",
            format_count_with_noun(moved, "value", "values")
        )
    })
}

/// Returns the line about how a program that still compiles behaves differently after a change: at run time, a value is
/// read into another field or variant. `None` for most changes.
pub fn explain_run_time_behavior(change: &Change) -> Option<String> {
    change.behavior.as_ref().map(|text| format!("at run time: {text}"))
}

/// Returns the subject of a change: `Type` or `Type.member`; without a type, `member` or `schema`.
pub fn format_change_subject(change: &Change) -> String {
    match &change.member {
        Some(member) if change.owner.is_empty() => member.clone(),
        Some(member) => format!("{}.{member}", change.owner),
        None if change.owner.is_empty() => "schema".to_owned(),
        None => change.owner.clone(),
    }
}

/// A direction in which the types of one version may fail to read the JSON of the other version, because of one change.
pub struct Incompatibility {
    /// A sentence for one direction: the old (or new) types reject values of the other schema, or it is undecided
    /// whether they do.
    pub description: String,
    /// A rejected value as JSON, shortened; `None` if no value is known.
    pub example: Option<String>,
}

/// Returns the incompatibilities that a change causes: for the old types, then for the new ones. Empty if the types of
/// each version read the JSON of the other.
pub fn find_incompatibilities(change: &Change) -> Vec<Incompatibility> {
    let WireImpact { old_reads_new, new_reads_old, .. } = &change.wire;
    let directions = [("old", old_reads_new, "new schema accepts"), ("new", new_reads_old, "old schema accepted")];
    let found = directions.into_iter().filter_map(|(reader, reading, accepted)| match reading {
        Compatibility::Fails { document, unlisted } => {
            let unlisted = if *unlisted { " but does not define" } else { "" };
            let description = format!("the {reader} types reject values that the {accepted}{unlisted}");
            let example = document.as_ref().map(|document| shorten_text(&format_json(document)));
            Some(Incompatibility { description, example })
        }
        Compatibility::Undecided { reason } => {
            let why = explain_undecided_reason(*reason);
            let description =
                format!("it is undecided whether the {reader} types read all values that the {accepted}: {why}");
            Some(Incompatibility { description, example: None })
        }
        _ => None,
    });
    found.collect()
}

/// Returns a clause that explains why it is undecided whether types read all values.
fn explain_undecided_reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoSchema => "no validator takes the schema",
        Reason::NoInstance => "no value was found to try",
        _ => "all values that were tried are read, but there is no proof",
    }
}

/// Returns `text`, cut off after [`MAX_VALUE_CHARACTERS`] with `…` at the end if it is longer.
pub fn shorten_text(text: &str) -> String {
    match text.char_indices().nth(MAX_VALUE_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns `text` on one line: line ends and tabs become spaces, and [`replace_unprintable`] replaces the characters
/// that could control a terminal.
pub fn join_into_one_line(text: &str) -> String {
    replace_unprintable(&text.replace(['\n', '\r', '\t'], " "))
}
