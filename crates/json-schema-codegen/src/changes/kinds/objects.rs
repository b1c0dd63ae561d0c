//! Changes of the properties that objects allow without defining them by name: additional properties, and properties
//! whose names match a pattern (`patternProperties`).

use crate::changes::kinds::{ChangeLocation, Finding, PRIVATE_FIELDS};
use crate::changes::pairs::{Pair, Pairs};
use crate::changes::question::Focus;
use crate::changes::shown;
use crate::normalize::{Extra, Struct};

/// Creates a finding that shows the old and the new additional properties (`any`, `none` or their type), and that
/// explains differences of the fields that keep them. `None` if the new version does not have the definition.
fn finding(pairs: &Pairs<'_>, pair: &Pair<'_, Struct>) -> Option<Finding> {
    let location = ChangeLocation::New(pairs.new_definition(pair.ids.1)?.location.clone());
    let fields = [&pair.old.extra, &pair.new.extra].map(|extra| match extra {
        Extra::Open { field } | Extra::Typed { field, .. } => Some(field.as_str()),
        Extra::Ignored | Extra::Closed => None,
    });
    let fields: Vec<&str> = fields.into_iter().flatten().collect();
    let old = shown::format_extra(pairs.old.definitions(), &pair.old.extra);
    let new = shown::format_extra(pairs.new.definitions(), &pair.new.extra);
    let finding = Finding::new(pair.name, location)
        .claim_members(&fields)
        .claim_members(&[PRIVATE_FIELDS])
        .with_old(old)
        .with_new(new);
    Some(finding.with_question(pair.ids, Focus::AdditionalProperties))
}

/// Finds the objects that did not allow additional properties and now do.
pub(super) fn find_opened(pairs: &Pairs<'_>) -> Vec<Finding> {
    let is_changed =
        |pair: &Pair<'_, Struct>| matches!(pair.old.extra, Extra::Closed) && !matches!(pair.new.extra, Extra::Closed);
    pairs.structs().filter(is_changed).filter_map(|pair| finding(pairs, &pair)).collect()
}

/// Finds the objects that allowed additional properties and no longer do.
pub(super) fn find_closed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let is_changed =
        |pair: &Pair<'_, Struct>| !matches!(pair.old.extra, Extra::Closed) && matches!(pair.new.extra, Extra::Closed);
    pairs.structs().filter(is_changed).filter_map(|pair| finding(pairs, &pair)).collect()
}

/// Finds the objects that allow additional properties in both versions, but of different types.
pub(super) fn find_retyped(pairs: &Pairs<'_>) -> Vec<Finding> {
    let is_changed = |pair: &Pair<'_, Struct>| match (&pair.old.extra, &pair.new.extra) {
        (Extra::Typed { ty: old, .. }, Extra::Typed { ty: new, .. }) => !pairs.is_same_type(old, new),
        (Extra::Closed, _) | (_, Extra::Closed) | (Extra::Ignored, Extra::Ignored) => false,
        (Extra::Open { .. }, Extra::Open { .. }) => false,
        _ => true,
    };
    pairs.structs().filter(is_changed).filter_map(|pair| finding(pairs, &pair)).collect()
}

/// Finds the objects whose `patternProperties` differ in their patterns, types or order.
pub(super) fn find_pattern_changes(pairs: &Pairs<'_>) -> Vec<Finding> {
    let is_same = |pair: &Pair<'_, Struct>| {
        let mut both = pair.old.patterns.iter().zip(&pair.new.patterns);
        pair.old.patterns.len() == pair.new.patterns.len()
            && both.all(|(old, new)| old.pattern == new.pattern && pairs.is_same_type(&old.ty, &new.ty))
    };
    let finding_of = |pair: Pair<'_, Struct>| {
        let fields = pair.old.patterns.iter().chain(&pair.new.patterns).map(|pattern| pattern.field.as_str());
        let fields: Vec<&str> = fields.collect();
        let finding = finding(pairs, &pair)?.claim_members(&fields);
        let old = shown::format_patterns(pairs.old.definitions(), pair.old);
        Some(finding.with_old(old).with_new(shown::format_patterns(pairs.new.definitions(), pair.new)))
    };
    pairs.structs().filter(|pair| !is_same(pair)).filter_map(finding_of).collect()
}
