//! Groups changes by their causes, so that a reader sees one entry for what one edit of the schema did.

use std::collections::BTreeMap;

use crate::changes::change_kind::ChangeKind;
use crate::changes::report::{Cause, Change, Compatibility, Verdict};

/// Most members that the text of a cause names; the others are counted.
const MAX_NAMED: usize = 6;

/// Most lines of settings that a cause has: more rename types of a schema that another setting names better.
const MAX_SETTINGS: usize = 200;

/// The property by which changes are grouped: those with an equal key have one cause.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    /// Types of which the beginning of the names was replaced: the old beginning and the new one.
    Renames(&'a str, &'a str),
    /// The kind of change and the Rust name of the type.
    OfType(ChangeKind, &'a str),
    /// The kind of change.
    OfKind(ChangeKind),
}

/// Groups `changes` by cause, the gravest cause first. `renamed` has the new Rust names of renamed types by the old ones.
pub(crate) fn group_by_cause(changes: &[Change], renamed: &BTreeMap<String, String>) -> Vec<Cause> {
    let old_names: BTreeMap<&str, &str> = renamed.iter().map(|(old, new)| (new.as_str(), old.as_str())).collect();
    let mut groups: BTreeMap<Key<'_>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate() {
        match find_origin(changes, change) {
            Some(origin) => groups.entry(key_of(origin, &old_names)).or_default().1.push(index),
            None => groups.entry(key_of(change, &old_names)).or_default().0.push(index),
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

/// Returns the change from which `change` follows: the property with the longest pointer that an added or removed type is
/// inside of, or the new name of the type whose title changed. `None` for another kind of change, or if there is none.
fn find_origin<'a>(changes: &'a [Change], change: &Change) -> Option<&'a Change> {
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

/// Returns what `change` has in common with the other changes of its cause. `old_names` has the old names of renamed types by
/// the new ones.
fn key_of<'a>(change: &'a Change, old_names: &BTreeMap<&'a str, &'a str>) -> Key<'a> {
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
            let (old, new) = split_renamed(old, &change.owner);
            Key::Renames(old, new)
        }
        _ if change.rust.verdict == Verdict::None || is_whole => Key::OfKind(change.kind),
        _ => Key::OfType(change.kind, &change.owner),
    }
}

/// Returns the beginnings of two names without their longest common end that begins with an upper-case letter or a digit:
/// `Bom16Item` and `Bom17Item` give `Bom16` and `Bom17`.
fn split_renamed<'a>(old: &'a str, new: &'a str) -> (&'a str, &'a str) {
    let ends = new.char_indices().filter(|(_, c)| c.is_uppercase()).map(|(index, _)| &new[index..]);
    let end = ends.into_iter().find(|end| old.ends_with(end)).unwrap_or_default();
    (old.strip_suffix(end).unwrap_or(old), new.strip_suffix(end).unwrap_or(new))
}

/// Builds the cause of the changes at `indexes`, from which those at `follows` follow.
fn build_cause(
    key: &Key<'_>,
    changes: &[Change],
    indexes: Vec<usize>,
    follows: Vec<usize>,
    old_names: &BTreeMap<&str, &str>,
) -> Cause {
    let of_indexes = |indexes: &[usize]| indexes.iter().filter_map(|index| changes.get(*index)).collect::<Vec<_>>();
    let (own, following) = (of_indexes(&indexes), of_indexes(&follows));
    let all = || own.iter().chain(&following);
    let fails = |reading: &Compatibility| matches!(reading, Compatibility::Fails { .. });
    let mut text = describe(key, &own, old_names);
    if !following.is_empty() {
        let noun = if following.len() == 1 { "change follows" } else { "changes follow" };
        text += &format!("; {} {noun}", following.len());
    }
    Cause {
        kind: own.first().or(following.first()).map_or(ChangeKind::OutputChanged, |change| change.kind),
        text,
        verdict: all().map(|change| change.rust.verdict).min().unwrap_or(Verdict::None),
        old_refuses_new: all().filter(|change| fails(&change.wire.old_reads_new)).count(),
        new_refuses_old: all().filter(|change| fails(&change.wire.new_reads_old)).count(),
        settings: matches!(key, Key::Renames(..)).then(|| rename_lines(&own, old_names)),
        changes: indexes,
        follows,
    }
}

/// Describes the changes of one cause in a sentence.
fn describe(key: &Key<'_>, changes: &[&Change], old_names: &BTreeMap<&str, &str>) -> String {
    let words = changes.first().map_or("", |change| change.words);
    let subjects: Vec<String> = match key {
        Key::Renames(..) => {
            let old = |change: &&Change| old_names.get(change.owner.as_str()).copied().unwrap_or_default().to_owned();
            changes.iter().map(|change| format!("{}` as `{}", old(change), change.owner)).collect()
        }
        Key::OfType(..) => changes.iter().filter_map(|change| change.member.clone()).collect(),
        Key::OfKind(..) => changes.iter().map(|change| subject_of(change)).collect(),
    };
    match (key, changes) {
        (Key::Renames(old, new), [first, others @ ..]) if !others.is_empty() && (old.is_empty() || new.is_empty()) => {
            let old = old_names.get(first.owner.as_str()).copied().unwrap_or_default();
            let (name, count) = (&first.owner, changes.len());
            format!("{count} types: `{old}` is now `{name}`, and the others likewise; `[rename]` keeps their names")
        }
        (Key::Renames(old, new), [_, _, ..]) => {
            format!("{} types: `{old}*` is now `{new}*`; `[rename]` keeps their names", changes.len())
        }
        (Key::Renames(..), [change]) => {
            format!(
                "`{}` is now `{}`; `[rename]` keeps its name",
                old_names.get(change.owner.as_str()).copied().unwrap_or_default(),
                change.owner
            )
        }
        (_, [change]) => match (subject_of(change), &change.new, &change.old) {
            (subject, Some(new), Some(old)) if old != new && old.len() + new.len() < 80 => {
                format!("`{subject}`: {words}, from `{old}` to `{new}`")
            }
            (subject, ..) => format!("`{subject}`: {words}"),
        },
        (Key::OfType(_, owner), _) if !subjects.is_empty() => {
            format!("`{owner}`: {words} ({}): {}", changes.len(), join_names(&subjects))
        }
        (Key::OfType(_, owner), _) => format!("`{owner}`: {words} ({})", changes.len()),
        _ => format!("{words} ({}): {}", changes.len(), join_names(&subjects)),
    }
}

/// Returns `Type.member`, or what there is of it; `schema` for a change of neither.
fn subject_of(change: &Change) -> String {
    match (&change.member, change.owner.as_str()) {
        (Some(member), "") => member.clone(),
        (Some(member), owner) => format!("{owner}.{member}"),
        (None, "") => "schema".to_owned(),
        (None, owner) => owner.to_owned(),
    }
}

/// Joins names as inline code, without duplicates: the first few, then the number of the others.
fn join_names(names: &[String]) -> String {
    let mut distinct: Vec<&String> = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    let named: Vec<String> = distinct.iter().take(MAX_NAMED).map(|name| format!("`{name}`")).collect();
    match distinct.len().saturating_sub(MAX_NAMED) {
        0 => named.join(", "),
        others => format!("{} and {others} more", named.join(", ")),
    }
}

/// Returns the lines for `codegen.toml` that give renamed types their old names.
fn rename_lines(changes: &[&Change], old_names: &BTreeMap<&str, &str>) -> String {
    let names =
        changes.iter().filter_map(|change| Some((change.owner.as_str(), *old_names.get(change.owner.as_str())?)));
    let lines: Vec<String> = names.take(MAX_SETTINGS).map(|(new, old)| format!("{new} = \"{old}\"\n")).collect();
    format!("[rename]\n{}", lines.concat())
}

#[cfg(test)]
mod tests {
    use super::split_renamed;

    #[test]
    fn renamed_names_are_split_at_their_common_end() {
        assert_eq!(split_renamed("Bom16Item", "Bom17Item"), ("Bom16", "Bom17"));
        assert_eq!(split_renamed("Old", "New"), ("Old", "New"));
        assert_eq!(split_renamed("Renovate42Schedule", "Schedule"), ("Renovate42", ""));
    }
}
