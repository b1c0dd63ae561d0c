//! Groups changes by their causes, so that a reader sees one entry for what one edit of the schema did.

use std::collections::BTreeMap;

use crate::changes::change_kind::ChangeKind;
use crate::changes::report::{Cause, Change, Compatibility, Verdict};

/// Most members that the text of a cause names; the text only counts the others.
const MAX_NAMED_MEMBERS: usize = 6;

/// Most lines of `[rename]` that a cause proposes. Where more types are renamed, another setting, such as a title,
/// names them better.
const MAX_RENAME_LINES: usize = 200;

/// The key by which changes are grouped: all changes with an equal key have one cause.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum CauseKey<'a> {
    /// The changed beginning of type names, as (old, new): `Bom16` and `Bom17` if `Bom16Item` was renamed to
    /// `Bom17Item`.
    Renames(&'a str, &'a str),
    /// The kind of change, and the Rust name of the changed type.
    OfType(ChangeKind, &'a str),
    /// The kind of change alone, for changes of all types.
    OfKind(ChangeKind),
}

/// Groups `changes` by cause, the gravest cause first. `renamed` has the new Rust names of renamed types by the old
/// names.
pub(crate) fn group_changes_by_cause(changes: &[Change], renamed: &BTreeMap<String, String>) -> Vec<Cause> {
    let old_names: BTreeMap<&str, &str> = renamed.iter().map(|(old, new)| (new.as_str(), old.as_str())).collect();
    let mut groups: BTreeMap<CauseKey<'_>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate() {
        match find_preceding_change(changes, change) {
            Some(origin) => groups.entry(find_cause_key(origin, &old_names)).or_default().1.push(index),
            None => groups.entry(find_cause_key(change, &old_names)).or_default().0.push(index),
        }
    }
    let mut causes: Vec<Cause> = groups
        .into_iter()
        .map(|(key, (indexes, follows))| build_cause(&key, changes, indexes, follows, &old_names))
        .collect();
    // The sort is stable, and the keys were in order.
    causes.sort_by_key(|cause| {
        let refused = cause.old_refuses_new + cause.new_refuses_old;
        (cause.verdict, std::cmp::Reverse(refused), std::cmp::Reverse(cause.changes.len() + cause.follows.len()))
    });
    causes
}

/// Returns the change in `changes` from which `change` follows. For an added or removed type, it is the innermost
/// changed property that contains the type's schema; for a changed title, the new name of the type that the title
/// gives. `None` for another kind of change, or if there is no such change.
fn find_preceding_change<'a>(changes: &'a [Change], change: &Change) -> Option<&'a Change> {
    let origins: &[ChangeKind] = match change.kind {
        ChangeKind::TypeAdded | ChangeKind::ViewAdded => &[
            ChangeKind::ViewMethodAdded,
            ChangeKind::ViewMethodChanged,
            ChangeKind::PropertyAdded,
            ChangeKind::PropertyTypeChanged,
            ChangeKind::PropertyWidened,
            ChangeKind::PropertyNarrowed,
        ],
        ChangeKind::TypeRemoved | ChangeKind::ViewRemoved => &[
            ChangeKind::ViewMethodRemoved,
            ChangeKind::ViewMethodChanged,
            ChangeKind::PropertyRemoved,
            ChangeKind::PropertyTypeChanged,
            ChangeKind::PropertyWidened,
            ChangeKind::PropertyNarrowed,
        ],
        ChangeKind::TitleChanged if change.member.is_none() => {
            return changes
                .iter()
                .find(|origin| origin.kind == ChangeKind::TypeRenamed && origin.owner == change.owner);
        }
        _ => return None,
    };
    let contains = |origin: &&Change| {
        let rest = change.source.pointer.strip_prefix(origin.source.pointer.as_str());
        origin.source.file == change.source.file
            && !origin.source.pointer.is_empty()
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let found = changes.iter().filter(|origin| origins.contains(&origin.kind)).filter(contains);
    found.max_by_key(|origin| origin.source.pointer.len())
}

/// Returns the key of the cause of `change`. `old_names` has the old Rust names of renamed types by the new names.
fn find_cause_key<'a>(change: &'a Change, old_names: &BTreeMap<&'a str, &'a str>) -> CauseKey<'a> {
    let renames = matches!(
        change.kind,
        ChangeKind::TypeRenamed
            | ChangeKind::ViewRenamed
            | ChangeKind::DefinitionSplitOut
            | ChangeKind::DefinitionInlined
    );
    let is_whole = matches!(
        change.kind,
        ChangeKind::TypeAdded | ChangeKind::TypeRemoved | ChangeKind::ViewAdded | ChangeKind::ViewRemoved
    );
    match old_names.get(change.owner.as_str()) {
        Some(old) if renames => {
            let (old, new) = strip_common_end(old, &change.owner);
            CauseKey::Renames(old, new)
        }
        _ if change.rust.verdict == Verdict::None || is_whole => CauseKey::OfKind(change.kind),
        _ => CauseKey::OfType(change.kind, &change.owner),
    }
}

/// Removes from two names their longest common end that begins with an upper-case letter: `Bom16Item` and `Bom17Item`
/// become `Bom16` and `Bom17`.
fn strip_common_end<'a>(old: &'a str, new: &'a str) -> (&'a str, &'a str) {
    let ends = new.char_indices().filter(|(_, c)| c.is_uppercase()).map(|(index, _)| &new[index..]);
    let end = ends.into_iter().find(|end| old.ends_with(end)).unwrap_or_default();
    (old.strip_suffix(end).unwrap_or(old), new.strip_suffix(end).unwrap_or(new))
}

/// Builds the cause with the key `key` from the changes at `indexes`, and from those at `follows`, which follow from
/// them.
fn build_cause(
    key: &CauseKey<'_>,
    changes: &[Change],
    indexes: Vec<usize>,
    follows: Vec<usize>,
    old_names: &BTreeMap<&str, &str>,
) -> Cause {
    let of_indexes = |indexes: &[usize]| indexes.iter().filter_map(|index| changes.get(*index)).collect::<Vec<_>>();
    let (own, following) = (of_indexes(&indexes), of_indexes(&follows));
    let all = || own.iter().chain(&following);
    let fails = |reading: &Compatibility| matches!(reading, Compatibility::Fails { .. });
    let mut text = describe_cause(key, &own, old_names);
    if !following.is_empty() {
        let noun = if following.len() == 1 { "change follows" } else { "changes follow" };
        let mut kinds: Vec<&str> = following.iter().map(|change| change.words).collect();
        kinds.sort_unstable();
        kinds.dedup();
        text += &format!("; {} {noun} ({})", following.len(), kinds.join(", "));
    }
    Cause {
        kind: own.first().or(following.first()).map_or(ChangeKind::OutputChanged, |change| change.kind),
        text,
        verdict: all().map(|change| change.rust.verdict).min().unwrap_or(Verdict::None),
        old_refuses_new: all().filter(|change| fails(&change.wire.old_reads_new)).count(),
        new_refuses_old: all().filter(|change| fails(&change.wire.new_reads_old)).count(),
        settings: matches!(key, CauseKey::Renames(..)).then(|| write_rename_settings(&own, old_names)),
        changes: indexes,
        follows,
    }
}

/// Describes the changes of one cause in a sentence, such as "`OrderState`: a value was added (2): `paid`, `sent`".
fn describe_cause(key: &CauseKey<'_>, changes: &[&Change], old_names: &BTreeMap<&str, &str>) -> String {
    let words = changes.first().map_or("", |change| change.words);
    let subjects: Vec<String> = match key {
        CauseKey::Renames(..) => {
            let old = |change: &&Change| old_names.get(change.owner.as_str()).copied().unwrap_or_default().to_owned();
            changes.iter().map(|change| format!("{}` as `{}", old(change), change.owner)).collect()
        }
        CauseKey::OfType(..) => changes.iter().filter_map(|change| change.member.clone()).collect(),
        CauseKey::OfKind(..) => changes.iter().map(|change| format_change_subject(change)).collect(),
    };
    match (key, changes) {
        (CauseKey::Renames(old, new), [first, others @ ..])
            if !others.is_empty() && (old.is_empty() || new.is_empty()) =>
        {
            let old = old_names.get(first.owner.as_str()).copied().unwrap_or_default();
            let (name, count) = (&first.owner, changes.len());
            format!("{count} types: `{old}` is now `{name}`, and the others likewise; `[rename]` keeps their names")
        }
        (CauseKey::Renames(old, new), [_, _, ..]) => {
            format!("{} types: `{old}*` is now `{new}*`; `[rename]` keeps their names", changes.len())
        }
        (CauseKey::Renames(..), [change]) => {
            format!(
                "`{}` is now `{}`; `[rename]` keeps its name",
                old_names.get(change.owner.as_str()).copied().unwrap_or_default(),
                change.owner
            )
        }
        (_, [change]) => match (format_change_subject(change), &change.new, &change.old) {
            (subject, Some(new), Some(old)) if old != new && old.len() + new.len() < 80 => {
                format!("`{subject}`: {words}, from `{old}` to `{new}`")
            }
            (subject, ..) => format!("`{subject}`: {words}"),
        },
        (CauseKey::OfType(_, owner), _) if !subjects.is_empty() => {
            format!("`{owner}`: {words} ({}): {}", changes.len(), join_inline_code(&subjects))
        }
        (CauseKey::OfType(_, owner), _) => format!("`{owner}`: {words} ({})", changes.len()),
        _ => format!("{words} ({}): {}", changes.len(), join_inline_code(&subjects)),
    }
}

/// Formats the subject of a change: `Order.tax`, `Order` for a change without a member, the member alone for a change
/// without a type, and `schema` for a change without both.
fn format_change_subject(change: &Change) -> String {
    match (&change.member, change.owner.as_str()) {
        (Some(member), "") => member.clone(),
        (Some(member), owner) => format!("{owner}.{member}"),
        (None, "") => "schema".to_owned(),
        (None, owner) => owner.to_owned(),
    }
}

/// Joins `names` as inline code without duplicates: at most [`MAX_NAMED_MEMBERS`], then the number of the others, as in
/// `` `a`, `b` and 2 more``.
fn join_inline_code(names: &[String]) -> String {
    let mut distinct: Vec<&String> = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    let named: Vec<String> = distinct.iter().take(MAX_NAMED_MEMBERS).map(|name| format!("`{name}`")).collect();
    match distinct.len().saturating_sub(MAX_NAMED_MEMBERS) {
        0 => named.join(", "),
        others => format!("{} and {others} more", named.join(", ")),
    }
}

/// Returns the lines for `codegen.toml` that give the renamed types in `changes` their old names back, such as `Bom17 =
/// "Bom16"` below `[rename]`.
fn write_rename_settings(changes: &[&Change], old_names: &BTreeMap<&str, &str>) -> String {
    let names =
        changes.iter().filter_map(|change| Some((change.owner.as_str(), *old_names.get(change.owner.as_str())?)));
    let lines: Vec<String> = names.take(MAX_RENAME_LINES).map(|(new, old)| format!("{new} = \"{old}\"\n")).collect();
    format!("[rename]\n{}", lines.concat())
}

#[cfg(test)]
mod tests {
    use super::strip_common_end;

    #[test]
    fn renamed_names_are_split_at_their_common_end() {
        assert_eq!(strip_common_end("Bom16Item", "Bom17Item"), ("Bom16", "Bom17"));
        assert_eq!(strip_common_end("Old", "New"), ("Old", "New"));
        assert_eq!(strip_common_end("Renovate42Schedule", "Schedule"), ("Renovate42", ""));
    }
}
