//! Changes of views: of the enums of views that the settings ask for, of the views, and of their methods.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::changes::change_kind::ChangeKind;
use crate::changes::differences::ItemPart;
use crate::changes::kinds::{ChangeLocation, Finding};
use crate::changes::pairs::Pairs;
use crate::generate::Generated;
use crate::location::Location;
use crate::normalize::{Accessor, DefinitionId, Definitions, Place, View};
use crate::refine::returned_type;

/// Finds the views that were added, removed or renamed, those that values have now, and the methods that were added or
/// removed or return another type.
pub(super) fn find(pairs: &Pairs<'_>) -> Vec<Finding> {
    let (views, places) = (&pairs.views.views, &pairs.views.places);
    let (added, removed) = (ChangeKind::ViewAdded, ChangeKind::ViewRemoved);
    let mut found = Vec::new();
    found.extend(places.only_new.iter().map(|place| {
        let location = ChangeLocation::New(owner_location(pairs.new, place.owner));
        lone_place(added, place, pairs.new, location).with_new(describe_place(place))
    }));
    found.extend(places.only_old.iter().map(|place| {
        let location = ChangeLocation::Old(owner_location(pairs.old, place.owner));
        lone_place(removed, place, pairs.old, location).with_old(describe_place(place))
    }));
    found.extend(places.matched.iter().flat_map(|(old, new)| compare_places(pairs, old, new)));
    found.extend(
        views.only_new.iter().map(|view| {
            Finding::new(added, &view.name, ChangeLocation::New(view.location.clone())).claim(ItemPart::Type)
        }),
    );
    found.extend(views.only_old.iter().map(|view| {
        Finding::new(removed, &view.name, ChangeLocation::Old(view.location.clone())).claim(ItemPart::Type)
    }));
    for (old, new) in &views.matched {
        found.extend(renamed_view(pairs, old, new));
        found.extend(compare_methods(pairs, old, new));
    }
    found
}

/// Returns the location of a definition of `generated`.
fn owner_location(generated: &Generated, id: DefinitionId) -> Location {
    generated.definitions().get(id).map_or_else(|| Location::new(0, ""), |owner| owner.location.clone())
}

/// Returns the place as the settings have it: "`content`, by `kind`".
fn describe_place(place: &Place) -> String {
    format!("`{}`, by `{}`", place.property, place.by)
}

/// Returns the finding for the enum of a place that only one version has, which is `generated`.
fn lone_place(kind: ChangeKind, place: &Place, generated: &Generated, location: ChangeLocation) -> Finding {
    let mut finding = Finding::new(kind, &place.name, location).claim(ItemPart::Type);
    let owner = generated.definitions().name(place.owner).to_owned();
    finding.claims.push((owner, ItemPart::Method(place.method.clone())));
    finding
}

/// Returns the finding for a view that has another name in the new version, which the variants of enums of views have too;
/// `None` for any other view.
fn renamed_view(pairs: &Pairs<'_>, old: &View, new: &View) -> Option<Finding> {
    let location = ChangeLocation::New(new.location.clone());
    let mut finding = Finding::new(ChangeKind::ViewRenamed, &new.name, location).claim(ItemPart::Name);
    for (_, place) in &pairs.views.places.matched {
        let variants = [&old.name, &new.name].map(|name| (place.name.clone(), ItemPart::Member(name.clone())));
        finding.claims.extend(variants);
    }
    (old.name != new.name).then(|| finding.with_old(&old.name).with_new(&new.name))
}

/// Returns the finding for the enum of a place if it, or the method that returns it, has another name in the new version;
/// `location` is that of the type with the method.
fn renamed_place(pairs: &Pairs<'_>, old: &Place, new: &Place, location: Location) -> Option<Finding> {
    let text = |place: &Place| match old.method == new.method {
        true => place.name.clone(),
        false => format!("{}, by {}()", place.name, place.method),
    };
    let finding = Finding::new(ChangeKind::ViewRenamed, &new.name, ChangeLocation::New(location));
    let mut finding = finding.with_old(text(old)).with_new(text(new)).claim(ItemPart::Name);
    let owner = pairs.new.definitions().name(new.owner);
    let methods = [&old.method, &new.method].map(|method| (owner.to_owned(), ItemPart::Method(method.clone())));
    finding.claims.extend(methods);
    ((&old.name, &old.method) != (&new.name, &new.method)).then_some(finding)
}

/// Returns the findings about the enum of a place: its new name, the sibling that decides now, and the values of the sibling that have another view, or
/// that have a view in only one version.
fn compare_places(pairs: &Pairs<'_>, old: &Place, new: &Place) -> Vec<Finding> {
    let location = owner_location(pairs.new, new.owner);
    let mut found: Vec<Finding> = renamed_place(pairs, old, new, location.clone()).into_iter().collect();
    let choice_changed =
        || Finding::new(ChangeKind::ViewChoiceChanged, &new.name, ChangeLocation::New(location.clone()));
    if old.by != new.by {
        found.push(choice_changed().with_old(format!("by `{}`", old.by)).with_new(format!("by `{}`", new.by)));
    }
    let new_names: BTreeMap<String, String> = pairs.views.renamed().collect();
    let old_views: BTreeMap<String, &str> = views_by_value(old, pairs.old.definitions())
        .map(|(value, name)| (value, new_names.get(name).map_or(name, String::as_str)))
        .collect();
    let new_views: BTreeMap<String, &str> = views_by_value(new, pairs.new.definitions()).collect();
    let values = old_views.keys().chain(new_views.keys().filter(|value| !old_views.contains_key(*value)));
    for value in values {
        let (before, after) = (old_views.get(value).copied(), new_views.get(value).copied());
        if before != after {
            let variants = [before, after].into_iter().flatten().map(str::to_owned).collect::<Vec<_>>();
            let (old, new) = (before.map(str::to_owned), after.map(str::to_owned));
            found.push(Finding { old, new, ..choice_changed().with_member(value).claim_members(&variants) });
        }
    }
    found
}

/// Returns (value of the sibling, name of its view) of a place.
fn views_by_value<'a>(place: &'a Place, definitions: &'a Definitions) -> impl Iterator<Item = (String, &'a str)> {
    place.choices.iter().flat_map(|choice| {
        let name = definitions.views.all.get(choice.view.0).map_or("", |view| view.name.as_str());
        choice
            .values
            .iter()
            .map(move |value: &Value| (value.as_str().map_or_else(|| value.to_string(), str::to_owned), name))
    })
}

/// Returns the findings about the methods of a view: those of properties that only one version has, and those that return
/// another type.
fn compare_methods(pairs: &Pairs<'_>, old: &View, new: &View) -> Vec<Finding> {
    let (old_types, new_types) = (pairs.old.definitions(), pairs.new.definitions());
    let new_names = pairs.renamed_types();
    let finding = |kind, accessor: &Accessor, location| {
        let finding = Finding::new(kind, &new.name, location).with_member(&accessor.json_name);
        let timestamp = accessor.timestamp.iter();
        timestamp.chain([&accessor.method]).fold(finding, |finding, name| finding.claim(ItemPart::Method(name.clone())))
    };
    let in_old = |name: &str| old.accessors.iter().find(|accessor| accessor.json_name == name);
    let in_new = |name: &str| new.accessors.iter().find(|accessor| accessor.json_name == name);
    let mut found = Vec::new();
    for accessor in &new.accessors {
        let location = ChangeLocation::New(accessor.location.clone());
        let text = describe_method(accessor, new_types);
        match in_old(&accessor.json_name) {
            None => found.push(finding(ChangeKind::ViewMethodAdded, accessor, location).with_new(text)),
            Some(before) => {
                let old_text = describe_method(before, old_types);
                if with_new_names(&old_text, &new_names) != text {
                    let finding = finding(ChangeKind::ViewMethodChanged, accessor, location).with_new(text);
                    found.push(finding.claim(ItemPart::Method(before.method.clone())).with_old(old_text));
                }
            }
        }
    }
    found.extend(old.accessors.iter().filter(|accessor| in_new(&accessor.json_name).is_none()).map(|accessor| {
        let location = ChangeLocation::Old(accessor.location.clone());
        finding(ChangeKind::ViewMethodRemoved, accessor, location).with_old(describe_method(accessor, old_types))
    }));
    found
}

/// Returns a method with the type that it returns, and whether it reads texts: `due(): Option<i64>, also from a text`.
fn describe_method(accessor: &Accessor, definitions: &Definitions) -> String {
    let text = if accessor.parses_text { ", also from a text" } else { "" };
    let time = accessor.timestamp.as_ref().map(|name| format!(", and {name}()")).unwrap_or_default();
    format!("{}(): {}{text}{time}", accessor.method, returned_type(&accessor.ty, definitions))
}

/// Replaces the names of types in `text` by their new names: `Option<Line<'a>>` becomes `Option<Item<'a>>`.
fn with_new_names(text: &str, new_names: &BTreeMap<String, String>) -> String {
    let is_end = |c: char| !c.is_alphanumeric() && c != '_';
    let words = text.split_inclusive(is_end).map(|part| {
        let word = part.trim_end_matches(is_end);
        new_names.get(word).map_or_else(|| part.to_owned(), |new| format!("{new}{}", &part[word.len()..]))
    });
    words.collect()
}
