//! Changes of whole types and roots.

use std::collections::{BTreeMap, BTreeSet};

use crate::changes::change_kind::ChangeKind;
use crate::changes::differences::ItemPart;
use crate::changes::kinds::{ChangeLocation, Finding};
use crate::changes::pairs::{Pair, Pairs};
use crate::changes::question::{Focus, OnlyIn};
use crate::changes::shown;
use crate::generate::Generated;
use crate::normalize::{Definition, DefinitionId, Definitions, Root, Shape, Type};

/// Finds the roots and types that only one version has, and those that have another name, location or kind.
pub(super) fn find(pairs: &Pairs<'_>) -> Vec<Finding> {
    let mut found = find_roots(pairs);
    let is_type = |definition: &&Definition| !definition.is_root;
    let added = pairs.only_new.iter().filter_map(|id| pairs.new_definition(*id)).filter(is_type);
    found.extend(added.map(|definition| {
        let location = ChangeLocation::New(definition.location.clone());
        let finding = Finding::new(ChangeKind::TypeAdded, &definition.name, location);
        finding.with_new(shown::describe_shape(definition)).claim(ItemPart::Type)
    }));
    let removed = pairs.only_old.iter().filter_map(|id| pairs.old_definition(*id)).filter(is_type);
    found.extend(removed.map(|definition| {
        let location = ChangeLocation::Old(definition.location.clone());
        let finding = Finding::new(ChangeKind::TypeRemoved, &definition.name, location);
        finding.with_old(shown::describe_shape(definition)).claim(ItemPart::Type)
    }));
    found.extend(pairs.definitions().filter_map(|pair| compare_names(pairs, &pair)));
    found.extend(pairs.definitions().filter_map(|pair| compare_shapes(pairs, &pair)));
    found
}

/// Finds the roots whose names only one version has. Leaves out those that a renamed type explains.
fn find_roots(pairs: &Pairs<'_>) -> Vec<Finding> {
    let renamed: BTreeMap<String, String> = pairs.renamed_types();
    let new_names: BTreeSet<&String> = renamed.values().collect();
    let mut found = Vec::new();
    for (root, id) in roots_missing_in(pairs.new.definitions(), pairs.old.definitions()) {
        if let Some(definition) = pairs.new_definition(id).filter(|_| !new_names.contains(&root.name)) {
            let location = ChangeLocation::New(definition.location.clone());
            let only_in = pairs.only_new.contains(&id).then_some(OnlyIn::New(id));
            let finding = Finding { only_in, ..Finding::new(ChangeKind::RootAdded, &root.name, location) };
            found.push(finding.with_new(&root.name).claim(ItemPart::Type));
        }
    }
    for (root, id) in roots_missing_in(pairs.old.definitions(), pairs.new.definitions()) {
        if let Some(definition) = pairs.old_definition(id).filter(|_| !renamed.contains_key(&root.name)) {
            let location = ChangeLocation::Old(definition.location.clone());
            let only_in = pairs.only_old.contains(&id).then_some(OnlyIn::Old(id));
            let finding = Finding { only_in, ..Finding::new(ChangeKind::RootRemoved, &root.name, location) };
            found.push(finding.with_old(&root.name).claim(ItemPart::Type));
        }
    }
    found
}

/// Returns the roots of `definitions` whose names are not those of a root of `others`, each with its definition. Leaves out
/// roots that are not a definition, such as a root of the type `String`.
fn roots_missing_in<'a>(definitions: &'a Definitions, others: &Definitions) -> Vec<(&'a Root, DefinitionId)> {
    let names: BTreeSet<&str> = others.roots.iter().map(|root| root.name.as_str()).collect();
    let roots = definitions.roots.iter().filter(|root| !names.contains(root.name.as_str()));
    roots.filter_map(|root| if let Type::Named(id) = root.ty { Some((root, id)) } else { None }).collect()
}

/// Returns the location of `definition`, such as `shop.json#/$defs/Address`, if it is a root or a reference refers to
/// it; else `None`.
fn named_location(generated: &Generated, definition: &Definition) -> Option<String> {
    let is_named = generated.definitions().type_names.contains_key(&definition.location);
    let file = generated.resolved().document_name(&definition.location);
    is_named.then(|| format!("{file}#{}", definition.location.pointer()))
}

/// Returns the finding for a type that has another Rust name, that became a definition which a reference refers to, that is
/// no longer one, or that is one at another location. `None` for any other type. Other changes of the type are findings of
/// their own.
fn compare_names(pairs: &Pairs<'_>, pair: &Pair<'_, Definition>) -> Option<Finding> {
    let finding = |kind| Finding::new(kind, pair.name, ChangeLocation::New(pair.new.location.clone()));
    let use_place = |definition: &Definition| format!("{} at {}", definition.name, definition.location.pointer());
    let is_renamed = pair.old.name != pair.new.name;
    Some(match (named_location(pairs.old, pair.old), named_location(pairs.new, pair.new)) {
        (None, Some(new)) => {
            finding(ChangeKind::DefinitionSplitOut).with_old(use_place(pair.old)).with_new(new).claim(ItemPart::Name)
        }
        (Some(old), None) => {
            finding(ChangeKind::DefinitionInlined).with_old(old).with_new(use_place(pair.new)).claim(ItemPart::Name)
        }
        _ if is_renamed => {
            finding(ChangeKind::TypeRenamed).with_old(&pair.old.name).with_new(&pair.new.name).claim(ItemPart::Name)
        }
        (Some(old), Some(new)) if old != new => finding(ChangeKind::TypeMoved).with_old(old).with_new(new),
        _ => return None,
    })
}

/// Returns the finding for a type that became another kind of type, such as a struct that became an enum, for an alias or
/// wrapper of another type, or for a tuple with other items. `None` for any other type.
fn compare_shapes(pairs: &Pairs<'_>, pair: &Pair<'_, Definition>) -> Option<Finding> {
    let finding = |kind| {
        let finding = Finding::new(kind, pair.name, ChangeLocation::New(pair.new.location.clone()));
        finding.with_question(pair.ids, Focus::All).claim(ItemPart::Type)
    };
    let (old_side, new_side) = (pairs.old.definitions(), pairs.new.definitions());
    match (&pair.old.shape, &pair.new.shape) {
        (old, new) if std::mem::discriminant(old) != std::mem::discriminant(new) => {
            let finding = finding(ChangeKind::ShapeChanged).with_old(shown::describe_shape(pair.old));
            Some(finding.with_new(shown::describe_shape(pair.new)))
        }
        (Shape::Alias(old), Shape::Alias(new)) | (Shape::Newtype(old), Shape::Newtype(new))
            if !pairs.is_same_type(old, new) =>
        {
            let finding = finding(ChangeKind::AliasChanged).with_old(shown::format_type(old_side, old));
            Some(finding.with_new(shown::format_type(new_side, new)).claim_members([&"0".to_owned()]))
        }
        (Shape::Tuple(old), Shape::Tuple(new)) => {
            let texts = (shown::format_tuple(old_side, old), shown::format_tuple(new_side, new));
            let indexes: Vec<String> =
                (0..=old.items.len().max(new.items.len())).map(|index| index.to_string()).collect();
            (texts.0 != texts.1)
                .then(|| finding(ChangeKind::TupleChanged).with_old(texts.0).with_new(texts.1).claim_members(&indexes))
        }
        _ => None,
    }
}
