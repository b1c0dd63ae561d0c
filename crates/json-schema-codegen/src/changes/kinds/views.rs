//! Changes of views: of the enums of views that the settings ask for, of the views, and of their methods.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::changes::change_kind::ChangeKind;
use crate::changes::kinds::{ChangeLocation, SchemaChange};
use crate::changes::pairs::DefinitionPairs;
use crate::changes::type_part::TypePart;
use crate::generate::Generated;
use crate::location::Location;
use crate::normalize::{Accessor, DefinitionId, Definitions, View, ViewPlace};
use crate::refine::write_returned_type;
use crate::report::describe_read_values;

/// Finds the views and enums of views that were added, removed or renamed, the values of a sibling property that now
/// select another view, and the methods that were added or removed or return another type.
pub(super) fn find_view_changes(pairs: &DefinitionPairs<'_>) -> Vec<SchemaChange> {
    let (views, places) = (&pairs.views.views, &pairs.views.places);
    let (added, removed) = (ChangeKind::ViewAdded, ChangeKind::ViewRemoved);
    let mut found = Vec::new();
    found.extend(places.only_new.iter().map(|place| {
        let location = ChangeLocation::New(locate_definition(pairs.new, place.owner));
        build_lone_place_change(added, place, pairs.new, location).with_new_text(describe_view_place(place))
    }));
    found.extend(places.only_old.iter().map(|place| {
        let location = ChangeLocation::Old(locate_definition(pairs.old, place.owner));
        build_lone_place_change(removed, place, pairs.old, location).with_old_text(describe_view_place(place))
    }));
    found.extend(places.matched.iter().flat_map(|(old, new)| find_place_changes(pairs, old, new)));
    found.extend(views.only_new.iter().map(|view| {
        SchemaChange::new(added, &view.name, ChangeLocation::New(view.location.clone()))
            .with_explained_part(TypePart::Type)
    }));
    found.extend(views.only_old.iter().map(|view| {
        SchemaChange::new(removed, &view.name, ChangeLocation::Old(view.location.clone()))
            .with_explained_part(TypePart::Type)
    }));
    for (old, new) in &views.matched {
        found.extend(find_view_name_change(pairs, old, new));
        found.extend(find_view_method_changes(pairs, old, new));
    }
    found
}

/// Returns the location of a definition of `generated`.
fn locate_definition(generated: &Generated, id: DefinitionId) -> Location {
    generated.definitions().get(id).map_or_else(|| Location::new(0, ""), |owner| owner.location.clone())
}

/// Describes a place by its property and by the sibling whose value selects the view: "`content`, by `kind`".
fn describe_view_place(place: &ViewPlace) -> String {
    format!("`{}`, by `{}`", place.property, place.by)
}

/// Builds the change for the enum of `place`, which only the version `generated` has. The change also explains the
/// method that returns the enum.
fn build_lone_place_change(
    kind: ChangeKind,
    place: &ViewPlace,
    generated: &Generated,
    location: ChangeLocation,
) -> SchemaChange {
    let mut change = SchemaChange::new(kind, &place.name, location).with_explained_part(TypePart::Type);
    let owner = generated.definitions().name(place.owner).to_owned();
    change.explained_parts.push((owner, TypePart::Method(place.method.clone())));
    change
}

/// Returns the change for a view that has another name in the new version; `None` if the name stays. The change also
/// explains that the variants of the view, in the enums of views, have another name.
fn find_view_name_change(pairs: &DefinitionPairs<'_>, old: &View, new: &View) -> Option<SchemaChange> {
    let location = ChangeLocation::New(new.location.clone());
    let mut change =
        SchemaChange::new(ChangeKind::ViewRenamed, &new.name, location).with_explained_part(TypePart::Name);
    for (_, place) in &pairs.views.places.matched {
        let variants = [&old.name, &new.name].map(|name| (place.name.clone(), TypePart::Member(name.clone())));
        change.explained_parts.extend(variants);
    }
    (old.name != new.name).then(|| change.with_old_text(&old.name).with_new_text(&new.name))
}

/// Returns the change for the enum of a place if it, or the method that returns it, has another name in the new
/// version; `location` is that of the type with the method.
fn find_place_name_change(
    pairs: &DefinitionPairs<'_>,
    old: &ViewPlace,
    new: &ViewPlace,
    location: Location,
) -> Option<SchemaChange> {
    let text = |place: &ViewPlace| match old.method == new.method {
        true => place.name.clone(),
        false => format!("{}, by {}()", place.name, place.method),
    };
    let change = SchemaChange::new(ChangeKind::ViewRenamed, &new.name, ChangeLocation::New(location));
    let mut change = change.with_old_text(text(old)).with_new_text(text(new)).with_explained_part(TypePart::Name);
    let owner = pairs.new.definitions().name(new.owner);
    let methods = [&old.method, &new.method].map(|method| (owner.to_owned(), TypePart::Method(method.clone())));
    change.explained_parts.extend(methods);
    ((&old.name, &old.method) != (&new.name, &new.method)).then_some(change)
}

/// Returns the changes about the enum of a place: its new name, the sibling that decides now, and the values of the
/// sibling that have another view, or that have a view in only one version.
fn find_place_changes(pairs: &DefinitionPairs<'_>, old: &ViewPlace, new: &ViewPlace) -> Vec<SchemaChange> {
    let location = locate_definition(pairs.new, new.owner);
    let mut found: Vec<SchemaChange> = find_place_name_change(pairs, old, new, location.clone()).into_iter().collect();
    let choice_changed =
        || SchemaChange::new(ChangeKind::ViewChoiceChanged, &new.name, ChangeLocation::New(location.clone()));
    if old.by != new.by {
        found
            .push(choice_changed().with_old_text(format!("by `{}`", old.by)).with_new_text(format!("by `{}`", new.by)));
    }
    let new_names: BTreeMap<String, String> = pairs.views.list_renamed_views().collect();
    let old_views: BTreeMap<String, &str> = list_views_by_value(old, pairs.old.definitions())
        .map(|(value, name)| (value, new_names.get(name).map_or(name, String::as_str)))
        .collect();
    let new_views: BTreeMap<String, &str> = list_views_by_value(new, pairs.new.definitions()).collect();
    let values = old_views.keys().chain(new_views.keys().filter(|value| !old_views.contains_key(*value)));
    for value in values {
        let (before, after) = (old_views.get(value).copied(), new_views.get(value).copied());
        if before != after {
            let variants = [before, after].into_iter().flatten().map(str::to_owned).collect::<Vec<_>>();
            let (old, new) = (before.map(str::to_owned), after.map(str::to_owned));
            found.push(SchemaChange {
                old,
                new,
                ..choice_changed().with_member(value).with_explained_members(&variants)
            });
        }
    }
    found
}

/// Returns (value of the sibling, name of its view) of a place.
fn list_views_by_value<'a>(
    place: &'a ViewPlace,
    definitions: &'a Definitions,
) -> impl Iterator<Item = (String, &'a str)> {
    place.choices.iter().flat_map(|choice| {
        let name = definitions.views.all.get(choice.view.0).map_or("", |view| view.name.as_str());
        choice
            .values
            .iter()
            .map(move |value: &Value| (value.as_str().map_or_else(|| value.to_string(), str::to_owned), name))
    })
}

/// Returns the changes about the methods of a view: those of properties that only one version has, and those that
/// return another type.
fn find_view_method_changes(pairs: &DefinitionPairs<'_>, old: &View, new: &View) -> Vec<SchemaChange> {
    let (old_types, new_types) = (pairs.old.definitions(), pairs.new.definitions());
    let new_names = pairs.collect_renamed_types();
    let change = |kind, accessor: &Accessor, location| {
        let change = SchemaChange::new(kind, &new.name, location).with_member(&accessor.json_name);
        let timestamp = accessor.timestamp.iter();
        timestamp
            .chain([&accessor.method])
            .fold(change, |change, name| change.with_explained_part(TypePart::Method(name.clone())))
    };
    let in_old = |name: &str| old.accessors.iter().find(|accessor| accessor.json_name == name);
    let in_new = |name: &str| new.accessors.iter().find(|accessor| accessor.json_name == name);
    let mut found = Vec::new();
    for accessor in &new.accessors {
        let location = ChangeLocation::New(accessor.location.clone());
        let text = describe_view_method(accessor, new_types);
        match in_old(&accessor.json_name) {
            None => found.push(change(ChangeKind::ViewMethodAdded, accessor, location).with_new_text(text)),
            Some(before) => {
                let old_text = describe_view_method(before, old_types);
                if replace_type_names(&old_text, &new_names) != text {
                    let change = change(ChangeKind::ViewMethodChanged, accessor, location).with_new_text(text);
                    let change =
                        change.with_explained_part(TypePart::Method(before.method.clone())).with_old_text(old_text);
                    let behavior = format!("`{}()` reads {}", accessor.method, describe_read_values(accessor));
                    let changed_meaning = (before.method != accessor.method).then(|| {
                        let (view, name) = (&new.name, &accessor.json_name);
                        format!(
                            "`{view}::{}` was the property `{name}`, which is now `{view}::{}`",
                            before.method, accessor.method
                        )
                    });
                    found.push(SchemaChange { behavior: Some(behavior), changed_meaning, ..change });
                }
            }
        }
    }
    found.extend(old.accessors.iter().filter(|accessor| in_new(&accessor.json_name).is_none()).map(|accessor| {
        let location = ChangeLocation::Old(accessor.location.clone());
        change(ChangeKind::ViewMethodRemoved, accessor, location)
            .with_old_text(describe_view_method(accessor, old_types))
    }));
    found
}

/// Returns a method with the type that it returns, and whether it reads texts: `due(): Option<i64>, also from a text`.
fn describe_view_method(accessor: &Accessor, definitions: &Definitions) -> String {
    let text = if accessor.parses_text { ", also from a text" } else { "" };
    let time = accessor.timestamp.as_ref().map(|name| format!(", and {name}()")).unwrap_or_default();
    format!("{}(): {}{text}{time}", accessor.method, write_returned_type(&accessor.ty, definitions))
}

/// Replaces the names of types in `text` by their new names: `Option<Line<'a>>` becomes `Option<Item<'a>>`.
fn replace_type_names(text: &str, new_names: &BTreeMap<String, String>) -> String {
    let is_end = |c: char| !c.is_alphanumeric() && c != '_';
    let words = text.split_inclusive(is_end).map(|part| {
        let word = part.trim_end_matches(is_end);
        new_names.get(word).map_or_else(|| part.to_owned(), |new| format!("{new}{}", &part[word.len()..]))
    });
    words.collect()
}
