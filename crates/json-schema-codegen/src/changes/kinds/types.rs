//! Changes of whole types and roots.

use std::collections::BTreeSet;

use crate::changes::kinds::{Alone, At, Finding, NAME};
use crate::changes::pairs::{Pair, Pairs};
use crate::changes::shown;
use crate::changes::wire::Focus;
use crate::generate::Generated;
use crate::normalize::{Definition, DefinitionId, Definitions, Root, Shape, Type};

fn roots(definitions: &Definitions) -> BTreeSet<&str> {
    definitions.roots.iter().map(|root| root.name.as_str()).collect()
}

/// The roots whose name is none of the others'.
fn other_roots<'a>(definitions: &'a Definitions, others: &BTreeSet<&str>) -> Vec<(&'a Root, DefinitionId)> {
    let roots = definitions.roots.iter().filter(|root| !others.contains(root.name.as_str()));
    roots.filter_map(|root| if let Type::Named(id) = root.ty { Some((root, id)) } else { None }).collect()
}

pub(super) fn root_added(pairs: &Pairs<'_>) -> Vec<Finding> {
    let renamed: BTreeSet<String> = pairs.renamed().into_values().collect();
    let found = other_roots(pairs.new.definitions(), &roots(pairs.old.definitions()));
    let of = |(root, id): (&Root, DefinitionId)| {
        let finding = Finding::new(&root.name, At::New(pairs.new_one(id)?.place.clone())).is(&root.name);
        let alone = pairs.added.contains(&id).then_some(Alone::New(id));
        Some(Finding { alone, ..finding }.claims_type())
    };
    found.into_iter().filter(|(root, _)| !renamed.contains(&root.name)).filter_map(of).collect()
}

pub(super) fn root_removed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let renamed = pairs.renamed();
    let found = other_roots(pairs.old.definitions(), &roots(pairs.new.definitions()));
    let of = |(root, id): (&Root, DefinitionId)| {
        let finding = Finding::new(&root.name, At::Old(pairs.old_one(id)?.place.clone())).was(&root.name);
        let alone = pairs.removed.contains(&id).then_some(Alone::Old(id));
        Some(Finding { alone, ..finding }.claims_type())
    };
    found.into_iter().filter(|(root, _)| !renamed.contains_key(&root.name)).filter_map(of).collect()
}

pub(super) fn added(pairs: &Pairs<'_>) -> Vec<Finding> {
    // A root that was added is told as such.
    let found = pairs.added.iter().filter_map(|id| pairs.new_one(*id)).filter(|one| !one.is_root);
    let finding = |one: &Definition| Finding::new(&one.name, At::New(one.place.clone())).is(shown::shape(one));
    found.map(|one| finding(one).claims_type()).collect()
}

pub(super) fn removed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let found = pairs.removed.iter().filter_map(|id| pairs.old_one(*id)).filter(|one| !one.is_root);
    let finding = |one: &Definition| Finding::new(&one.name, At::Old(one.place.clone())).was(shown::shape(one));
    found.map(|one| finding(one).claims_type()).collect()
}

fn pair_finding(pair: &Pair<'_, Definition>) -> Finding {
    Finding::new(pair.name, At::New(pair.new.place.clone())).asks(pair.ids, Focus::All)
}

/// The name alone: what else has changed of the type is a change of its own.
pub(super) fn renamed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let is_one = |pair: &Pair<'_, Definition>| {
        let (old, new) = places(pairs, pair);
        pair.old.name != pair.new.name && old.is_some() == new.is_some()
    };
    let found = pairs.definitions().filter(is_one);
    let finding = |pair: &Pair<'_, Definition>| Finding::new(pair.name, At::New(pair.new.place.clone()));
    found.map(|pair| finding(&pair).was(&pair.old.name).is(&pair.new.name).claims(&[NAME])).collect()
}

/// The place of a definition that is a root or referred to.
fn named_place(generated: &Generated, definition: &Definition) -> Option<String> {
    let is_named = generated.definitions().place_names.contains_key(&definition.place);
    let file = generated.bundle().document_name(&definition.place);
    is_named.then(|| format!("{file}#{}", definition.place.pointer()))
}

/// The places of a pair, old and new, where each has one.
fn places(pairs: &Pairs<'_>, pair: &Pair<'_, Definition>) -> (Option<String>, Option<String>) {
    (named_place(pairs.old, pair.old), named_place(pairs.new, pair.new))
}

fn moved_finding(pair: &Pair<'_, Definition>) -> Finding {
    Finding::new(pair.name, At::New(pair.new.place.clone()))
}

pub(super) fn moved(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |pair: Pair<'_, Definition>| match places(pairs, &pair) {
        (Some(old), Some(new)) if old != new && pair.old.name == pair.new.name => {
            Some(moved_finding(&pair).was(old).is(new))
        }
        _ => None,
    };
    pairs.definitions().filter_map(of).collect()
}

pub(super) fn split_out(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |pair: Pair<'_, Definition>| match places(pairs, &pair) {
        (None, Some(new)) => {
            let was = format!("{} at {}", pair.old.name, pair.old.place.pointer());
            Some(moved_finding(&pair).was(was).is(new).claims(&[NAME]))
        }
        _ => None,
    };
    pairs.definitions().filter_map(of).collect()
}

pub(super) fn inlined(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |pair: Pair<'_, Definition>| match places(pairs, &pair) {
        (Some(old), None) => {
            let is = format!("{} at {}", pair.new.name, pair.new.place.pointer());
            Some(moved_finding(&pair).was(old).is(is).claims(&[NAME]))
        }
        _ => None,
    };
    pairs.definitions().filter_map(of).collect()
}

pub(super) fn shape(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |pair: Pair<'_, Definition>| {
        let differs = std::mem::discriminant(&pair.old.shape) != std::mem::discriminant(&pair.new.shape);
        let finding = || pair_finding(&pair).was(shown::shape(pair.old)).is(shown::shape(pair.new)).claims_type();
        differs.then(finding)
    };
    pairs.definitions().filter_map(of).collect()
}

pub(super) fn alias(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |pair: Pair<'_, Definition>| match (&pair.old.shape, &pair.new.shape) {
        (Shape::Alias(old), Shape::Alias(new)) | (Shape::Newtype(old), Shape::Newtype(new))
            if !pairs.is_same_type(old, new) =>
        {
            let was = shown::ty(pairs.old.definitions(), old);
            let finding = pair_finding(&pair).was(was).is(shown::ty(pairs.new.definitions(), new));
            Some(finding.claims_type().claims(&["0"]))
        }
        _ => None,
    };
    pairs.definitions().filter_map(of).collect()
}

pub(super) fn tuple(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |pair: Pair<'_, Definition>| match (&pair.old.shape, &pair.new.shape) {
        (Shape::Tuple(old), Shape::Tuple(new)) => {
            let (was, is) = (shown::tuple(pairs.old.definitions(), old), shown::tuple(pairs.new.definitions(), new));
            let numbers: Vec<String> = (0..=old.items.len().max(new.items.len())).map(|at| at.to_string()).collect();
            let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
            let finding = || pair_finding(&pair).was(&was).is(&is).claims_type().claims(&numbers);
            (was != is).then(finding)
        }
        _ => None,
    };
    pairs.definitions().filter_map(of).collect()
}
