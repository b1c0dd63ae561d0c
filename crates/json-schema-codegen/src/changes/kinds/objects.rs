//! Changes of the properties that objects allow without defining them by name: additional properties, and properties
//! whose names match a pattern (`patternProperties`).

use crate::changes::change_kind::ChangeKind;
use crate::changes::differences::ItemPart;
use crate::changes::kinds::{ChangeLocation, Finding};
use crate::changes::pairs::{Pair, Pairs};
use crate::changes::question::Focus;
use crate::changes::shown;
use crate::normalize::{Extra, Pattern, Struct};

/// Finds the objects that allow other additional properties, or have other `patternProperties`.
pub(super) fn find(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |pair: Pair<'_, Struct>| {
        let (old, new) = (pairs.old.definitions(), pairs.new.definitions());
        let texts = (shown::format_extra(old, &pair.old.extra), shown::format_extra(new, &pair.new.extra));
        let extra = extra_change(pairs, &pair).and_then(|kind| finding(pairs, &pair, kind, texts));
        let texts = (shown::format_patterns(old, pair.old), shown::format_patterns(new, pair.new));
        let patterns = (!has_same_patterns(pairs, &pair)).then(|| {
            let fields = pair.old.patterns.iter().chain(&pair.new.patterns).map(|pattern| &pattern.field);
            Some(finding(pairs, &pair, ChangeKind::NamePatternsChanged, texts)?.claim_members(fields))
        });
        extra.into_iter().chain(patterns.flatten()).collect::<Vec<_>>()
    };
    pairs.structs().flat_map(findings_of).collect()
}

/// Creates a finding with the old and the new text that explains differences of the fields with the additional properties.
/// `None` if the new version does not have the definition.
fn finding(
    pairs: &Pairs<'_>,
    pair: &Pair<'_, Struct>,
    kind: ChangeKind,
    (old, new): (String, String),
) -> Option<Finding> {
    let location = ChangeLocation::New(pairs.new_definition(pair.ids.1)?.location.clone());
    let fields = [pair.old, pair.new].into_iter().filter_map(|object| object.extra.field());
    let finding = Finding::new(kind, pair.name, location).claim_members(fields).claim(ItemPart::PrivateFields);
    Some(finding.with_old(old).with_new(new).with_question(pair.ids, Focus::AdditionalProperties))
}

/// Returns the kind of the change of the additional properties of an object; `None` if they have the same type, or are any
/// values, in both versions.
fn extra_change(pairs: &Pairs<'_>, pair: &Pair<'_, Struct>) -> Option<ChangeKind> {
    match (&pair.old.extra, &pair.new.extra) {
        (Extra::Closed, Extra::Closed) | (Extra::Ignored, Extra::Ignored) => None,
        (Extra::Open { .. }, Extra::Open { .. }) => None,
        (Extra::Typed { ty: old, .. }, Extra::Typed { ty: new, .. }) if pairs.is_same_type(old, new) => None,
        (Extra::Closed, _) => Some(ChangeKind::ObjectOpened),
        (_, Extra::Closed) => Some(ChangeKind::ObjectClosed),
        _ => Some(ChangeKind::UnlistedTypeChanged),
    }
}

/// Checks whether both versions have the same patterns with the same types in the same order.
fn has_same_patterns(pairs: &Pairs<'_>, pair: &Pair<'_, Struct>) -> bool {
    let is_same = |(old, new): (&Pattern, &Pattern)| old.pattern == new.pattern && pairs.is_same_type(&old.ty, &new.ty);
    pair.old.patterns.len() == pair.new.patterns.len() && pair.old.patterns.iter().zip(&pair.new.patterns).all(is_same)
}
