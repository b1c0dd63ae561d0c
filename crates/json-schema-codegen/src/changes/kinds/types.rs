//! Changes of whole types and roots.

use std::collections::BTreeSet;

use crate::changes::kinds::{ChangeLocation, Finding, TYPE_NAME};
use crate::changes::pairs::{Pair, Pairs};
use crate::changes::question::{Focus, OnlyIn};
use crate::changes::shown;
use crate::generate::Generated;
use crate::normalize::{Definition, DefinitionId, Definitions, Root, Shape, Type};

/// Returns the names of all roots.
fn root_names(definitions: &Definitions) -> BTreeSet<&str> {
    definitions.roots.iter().map(|root| root.name.as_str()).collect()
}

/// Returns the roots whose names are not in `names`, each with its definition. Leaves out roots that are not a
/// definition, such as a root of the type `String`.
fn roots_not_named<'a>(definitions: &'a Definitions, names: &BTreeSet<&str>) -> Vec<(&'a Root, DefinitionId)> {
    let roots = definitions.roots.iter().filter(|root| !names.contains(root.name.as_str()));
    roots.filter_map(|root| if let Type::Named(id) = root.ty { Some((root, id)) } else { None }).collect()
}

/// Finds the roots whose names are not a root's in the old version. Leaves out those that a renamed type explains.
pub(super) fn find_added_roots(pairs: &Pairs<'_>) -> Vec<Finding> {
    let renamed: BTreeSet<String> = pairs.renamed_types().into_values().collect();
    let found = roots_not_named(pairs.new.definitions(), &root_names(pairs.old.definitions()));
    let finding_of = |(root, id): (&Root, DefinitionId)| {
        let finding = Finding::new(&root.name, ChangeLocation::New(pairs.new_definition(id)?.location.clone()))
            .with_new(&root.name);
        let only_in = pairs.only_new.contains(&id).then_some(OnlyIn::New(id));
        Some(Finding { only_in, ..finding }.claim_type())
    };
    found.into_iter().filter(|(root, _)| !renamed.contains(&root.name)).filter_map(finding_of).collect()
}

/// Finds the roots whose names are not a root's in the new version. Leaves out those that a renamed type explains.
pub(super) fn find_removed_roots(pairs: &Pairs<'_>) -> Vec<Finding> {
    let renamed = pairs.renamed_types();
    let found = roots_not_named(pairs.old.definitions(), &root_names(pairs.new.definitions()));
    let finding_of = |(root, id): (&Root, DefinitionId)| {
        let finding = Finding::new(&root.name, ChangeLocation::Old(pairs.old_definition(id)?.location.clone()))
            .with_old(&root.name);
        let only_in = pairs.only_old.contains(&id).then_some(OnlyIn::Old(id));
        Some(Finding { only_in, ..finding }.claim_type())
    };
    found.into_iter().filter(|(root, _)| !renamed.contains_key(&root.name)).filter_map(finding_of).collect()
}

/// Finds the types that only the new version has, without roots.
pub(super) fn find_added(pairs: &Pairs<'_>) -> Vec<Finding> {
    // `find_added_roots` finds the added roots.
    let found =
        pairs.only_new.iter().filter_map(|id| pairs.new_definition(*id)).filter(|definition| !definition.is_root);
    let finding = |definition: &Definition| {
        Finding::new(&definition.name, ChangeLocation::New(definition.location.clone()))
            .with_new(shown::describe_shape(definition))
    };
    found.map(|definition| finding(definition).claim_type()).collect()
}

/// Finds the types that only the old version has, without roots.
pub(super) fn find_removed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let found =
        pairs.only_old.iter().filter_map(|id| pairs.old_definition(*id)).filter(|definition| !definition.is_root);
    let finding = |definition: &Definition| {
        Finding::new(&definition.name, ChangeLocation::Old(definition.location.clone()))
            .with_old(shown::describe_shape(definition))
    };
    found.map(|definition| finding(definition).claim_type()).collect()
}

/// Creates a finding about the type `pair` that asks whether each version reads all of the other.
fn finding_about_all(pair: &Pair<'_, Definition>) -> Finding {
    Finding::new(pair.name, ChangeLocation::New(pair.new.location.clone())).with_question(pair.ids, Focus::All)
}

/// Finds the types that have another Rust name in the new version. A type that also became a definition, or is no
/// longer one, is left to [`find_split_out`] and [`find_inlined`]. Each finding is about the name alone: other changes
/// of the type are findings of their own.
pub(super) fn find_renamed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let is_renamed = |pair: &Pair<'_, Definition>| {
        let (old, new) = named_locations(pairs, pair);
        pair.old.name != pair.new.name && old.is_some() == new.is_some()
    };
    let found = pairs.definitions().filter(is_renamed);
    let finding = |pair: &Pair<'_, Definition>| Finding::new(pair.name, ChangeLocation::New(pair.new.location.clone()));
    found
        .map(|pair| finding(&pair).with_old(&pair.old.name).with_new(&pair.new.name).claim_members(&[TYPE_NAME]))
        .collect()
}

/// Returns the location of `definition`, such as `shop.json#/$defs/Address`, if it is a root or a reference refers to
/// it; else `None`.
fn named_location(generated: &Generated, definition: &Definition) -> Option<String> {
    let is_named = generated.definitions().type_names.contains_key(&definition.location);
    let file = generated.resolved().document_name(&definition.location);
    is_named.then(|| format!("{file}#{}", definition.location.pointer()))
}

/// Returns [`named_location`] of the old and of the new definition of `pair`.
fn named_locations(pairs: &Pairs<'_>, pair: &Pair<'_, Definition>) -> (Option<String>, Option<String>) {
    (named_location(pairs.old, pair.old), named_location(pairs.new, pair.new))
}

/// Creates a finding about the type `pair` that does not affect reading.
fn finding_without_questions(pair: &Pair<'_, Definition>) -> Finding {
    Finding::new(pair.name, ChangeLocation::New(pair.new.location.clone()))
}

/// Finds the types of one name whose schema is at another location that a reference refers to, or another root.
pub(super) fn find_moved(pairs: &Pairs<'_>) -> Vec<Finding> {
    let finding_of = |pair: Pair<'_, Definition>| match named_locations(pairs, &pair) {
        (Some(old), Some(new)) if old != new && pair.old.name == pair.new.name => {
            Some(finding_without_questions(&pair).with_old(old).with_new(new))
        }
        _ => None,
    };
    pairs.definitions().filter_map(finding_of).collect()
}

/// Finds the types whose schema was written where it was used, and is now a definition that a reference refers to.
pub(super) fn find_split_out(pairs: &Pairs<'_>) -> Vec<Finding> {
    let finding_of = |pair: Pair<'_, Definition>| match named_locations(pairs, &pair) {
        (None, Some(new)) => {
            let old_text = format!("{} at {}", pair.old.name, pair.old.location.pointer());
            Some(finding_without_questions(&pair).with_old(old_text).with_new(new).claim_members(&[TYPE_NAME]))
        }
        _ => None,
    };
    pairs.definitions().filter_map(finding_of).collect()
}

/// Finds the types whose schema was a definition that a reference referred to, and is now written where it is used.
pub(super) fn find_inlined(pairs: &Pairs<'_>) -> Vec<Finding> {
    let finding_of = |pair: Pair<'_, Definition>| match named_locations(pairs, &pair) {
        (Some(old), None) => {
            let new_text = format!("{} at {}", pair.new.name, pair.new.location.pointer());
            Some(finding_without_questions(&pair).with_old(old).with_new(new_text).claim_members(&[TYPE_NAME]))
        }
        _ => None,
    };
    pairs.definitions().filter_map(finding_of).collect()
}

/// Finds the types that became another kind of type, such as a struct that became an enum.
pub(super) fn find_shape_changes(pairs: &Pairs<'_>) -> Vec<Finding> {
    let finding_of = |pair: Pair<'_, Definition>| {
        let differs = std::mem::discriminant(&pair.old.shape) != std::mem::discriminant(&pair.new.shape);
        let finding = || {
            finding_about_all(&pair)
                .with_old(shown::describe_shape(pair.old))
                .with_new(shown::describe_shape(pair.new))
                .claim_type()
        };
        differs.then(finding)
    };
    pairs.definitions().filter_map(finding_of).collect()
}

/// Finds the aliases and wrappers whose inner type changed.
pub(super) fn find_alias_changes(pairs: &Pairs<'_>) -> Vec<Finding> {
    let finding_of = |pair: Pair<'_, Definition>| match (&pair.old.shape, &pair.new.shape) {
        (Shape::Alias(old), Shape::Alias(new)) | (Shape::Newtype(old), Shape::Newtype(new))
            if !pairs.is_same_type(old, new) =>
        {
            let old_text = shown::format_type(pairs.old.definitions(), old);
            let finding =
                finding_about_all(&pair).with_old(old_text).with_new(shown::format_type(pairs.new.definitions(), new));
            Some(finding.claim_type().claim_members(&["0"]))
        }
        _ => None,
    };
    pairs.definitions().filter_map(finding_of).collect()
}

/// Finds the tuples whose items have other types, or that have another number of items.
pub(super) fn find_tuple_changes(pairs: &Pairs<'_>) -> Vec<Finding> {
    let finding_of = |pair: Pair<'_, Definition>| match (&pair.old.shape, &pair.new.shape) {
        (Shape::Tuple(old), Shape::Tuple(new)) => {
            let (old_text, new_text) =
                (shown::format_tuple(pairs.old.definitions(), old), shown::format_tuple(pairs.new.definitions(), new));
            let indexes: Vec<String> =
                (0..=old.items.len().max(new.items.len())).map(|index| index.to_string()).collect();
            let indexes: Vec<&str> = indexes.iter().map(String::as_str).collect();
            let finding = || {
                finding_about_all(&pair).with_old(&old_text).with_new(&new_text).claim_type().claim_members(&indexes)
            };
            (old_text != new_text).then(finding)
        }
        _ => None,
    };
    pairs.definitions().filter_map(finding_of).collect()
}
