//! Changes of whole types and roots.

use std::collections::{BTreeMap, BTreeSet};

use crate::changes::change_kind::ChangeKind;
use crate::changes::kinds::{ChangeLocation, SchemaChange};
use crate::changes::pairs::{DefinitionPairs, VersionPair};
use crate::changes::question::{OneSidedDefinition, QuestionFocus};
use crate::changes::shown;
use crate::changes::type_part::TypePart;
use crate::generate::Generated;
use crate::normalize::{Definition, DefinitionId, Definitions, RootType, Shape, Type};

/// Finds the roots and types that only one version has, and the types that have another name, location or kind in the
/// new version.
pub(super) fn find_type_changes(pairs: &DefinitionPairs<'_>) -> Vec<SchemaChange> {
    let mut found = find_root_changes(pairs);
    let is_type = |definition: &&Definition| !definition.is_root;
    let added = pairs.only_new.iter().filter_map(|id| pairs.new_definition(*id)).filter(is_type);
    found.extend(added.map(|definition| {
        let location = ChangeLocation::New(definition.location.clone());
        let change = SchemaChange::new(ChangeKind::TypeAdded, &definition.name, location);
        change.with_new_text(shown::describe_shape(definition)).with_explained_part(TypePart::Type)
    }));
    let removed = pairs.only_old.iter().filter_map(|id| pairs.old_definition(*id)).filter(is_type);
    found.extend(removed.map(|definition| {
        let location = ChangeLocation::Old(definition.location.clone());
        let change = SchemaChange::new(ChangeKind::TypeRemoved, &definition.name, location);
        change.with_old_text(shown::describe_shape(definition)).with_explained_part(TypePart::Type)
    }));
    found.extend(pairs.definition_pairs().filter_map(|pair| find_name_change(pairs, &pair)));
    found.extend(pairs.definition_pairs().filter_map(|pair| find_shape_change(pairs, &pair)));
    found
}

/// Finds the roots that were added or removed: those whose Rust names only one version has. Leaves out the old and the
/// new name of a renamed type.
fn find_root_changes(pairs: &DefinitionPairs<'_>) -> Vec<SchemaChange> {
    let renamed: BTreeMap<String, String> = pairs.collect_renamed_types();
    let new_names: BTreeSet<&String> = renamed.values().collect();
    let mut found = Vec::new();
    for (root, id) in find_roots_missing_in(pairs.new.definitions(), pairs.old.definitions()) {
        if let Some(definition) = pairs.new_definition(id).filter(|_| !new_names.contains(&root.name)) {
            let location = ChangeLocation::New(definition.location.clone());
            let only_in = pairs.only_new.contains(&id).then_some(OneSidedDefinition::New(id));
            let change = SchemaChange { only_in, ..SchemaChange::new(ChangeKind::RootAdded, &root.name, location) };
            found.push(change.with_new_text(&root.name).with_explained_part(TypePart::Type));
        }
    }
    for (root, id) in find_roots_missing_in(pairs.old.definitions(), pairs.new.definitions()) {
        if let Some(definition) = pairs.old_definition(id).filter(|_| !renamed.contains_key(&root.name)) {
            let location = ChangeLocation::Old(definition.location.clone());
            let only_in = pairs.only_old.contains(&id).then_some(OneSidedDefinition::Old(id));
            let change = SchemaChange { only_in, ..SchemaChange::new(ChangeKind::RootRemoved, &root.name, location) };
            found.push(change.with_old_text(&root.name).with_explained_part(TypePart::Type));
        }
    }
    found
}

/// Returns the roots of `definitions` whose names no root of `others` has, each with its definition. Leaves out roots
/// whose type is not a definition, such as `String`.
fn find_roots_missing_in<'a>(definitions: &'a Definitions, others: &Definitions) -> Vec<(&'a RootType, DefinitionId)> {
    let names: BTreeSet<&str> = others.roots.iter().map(|root| root.name.as_str()).collect();
    let roots = definitions.roots.iter().filter(|root| !names.contains(root.name.as_str()));
    roots.filter_map(|root| if let Type::Named(id) = root.ty { Some((root, id)) } else { None }).collect()
}

/// Returns the location of `definition`, such as `shop.json#/$defs/Address`, if it is a root or a reference refers to
/// it. Returns `None` for a schema inside another one.
fn format_named_location(generated: &Generated, definition: &Definition) -> Option<String> {
    let is_named = generated.definitions().type_names.contains_key(&definition.location);
    let file = generated.resolved().document_name(&definition.location);
    is_named.then(|| format!("{file}#{}", definition.location.pointer()))
}

/// Returns the change for a type that has another Rust name or another location in the new version. A schema inside
/// another that became a definition of its own, or the reverse, has a kind of its own. `None` if name and location
/// stay.
fn find_name_change(pairs: &DefinitionPairs<'_>, pair: &VersionPair<'_, Definition>) -> Option<SchemaChange> {
    let change = |kind| SchemaChange::new(kind, pair.name, ChangeLocation::New(pair.new.location.clone()));
    let use_place = |definition: &Definition| format!("{} at {}", definition.name, definition.location.pointer());
    let is_renamed = pair.old.name != pair.new.name;
    Some(match (format_named_location(pairs.old, pair.old), format_named_location(pairs.new, pair.new)) {
        (None, Some(new)) => change(ChangeKind::DefinitionSplitOut)
            .with_old_text(use_place(pair.old))
            .with_new_text(new)
            .with_explained_part(TypePart::Name),
        (Some(old), None) => change(ChangeKind::DefinitionInlined)
            .with_old_text(old)
            .with_new_text(use_place(pair.new))
            .with_explained_part(TypePart::Name),
        _ if is_renamed => change(ChangeKind::TypeRenamed)
            .with_old_text(&pair.old.name)
            .with_new_text(&pair.new.name)
            .with_explained_part(TypePart::Name),
        (Some(old), Some(new)) if old != new => change(ChangeKind::TypeMoved).with_old_text(old).with_new_text(new),
        _ => return None,
    })
}

/// Returns the change for a type that became another kind of type (a struct became an enum), for an alias or wrapper
/// that now has another type inside, or for a tuple with other items. `None` for all other pairs; the other subjects
/// compare the inside of structs, enums and unions.
fn find_shape_change(pairs: &DefinitionPairs<'_>, pair: &VersionPair<'_, Definition>) -> Option<SchemaChange> {
    let change = |kind| {
        let change = SchemaChange::new(kind, pair.name, ChangeLocation::New(pair.new.location.clone()));
        change.with_question(pair.ids, QuestionFocus::All).with_explained_part(TypePart::Type)
    };
    let (old_side, new_side) = (pairs.old.definitions(), pairs.new.definitions());
    match (&pair.old.shape, &pair.new.shape) {
        (old, new) if std::mem::discriminant(old) != std::mem::discriminant(new) => {
            let change = change(ChangeKind::ShapeChanged).with_old_text(shown::describe_shape(pair.old));
            Some(change.with_new_text(shown::describe_shape(pair.new)))
        }
        (Shape::Alias(old), Shape::Alias(new)) | (Shape::Newtype(old), Shape::Newtype(new))
            if !pairs.is_same_type(old, new) =>
        {
            let change = change(ChangeKind::AliasChanged).with_old_text(shown::format_type(old_side, old));
            Some(change.with_new_text(shown::format_type(new_side, new)).with_explained_members([&"0".to_owned()]))
        }
        (Shape::Tuple(old), Shape::Tuple(new)) => {
            let texts = (shown::format_tuple(old_side, old), shown::format_tuple(new_side, new));
            let indexes: Vec<String> =
                (0..=old.items.len().max(new.items.len())).map(|index| index.to_string()).collect();
            (texts.0 != texts.1).then(|| {
                change(ChangeKind::TupleChanged)
                    .with_old_text(texts.0)
                    .with_new_text(texts.1)
                    .with_explained_members(&indexes)
            })
        }
        _ => None,
    }
}
