//! Changes of annotations, which are for readers of the schema: titles, descriptions, examples and `deprecated`.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use crate::changes::change_kind::ChangeKind;
use crate::changes::kinds::{ChangeLocation, Finding};
use crate::changes::pairs::{Pair, Pairs};
use crate::generate::Generated;
use crate::location::Location;
use crate::normalize::{Definition, Docs, EnumValue, Shape, Type, View, split_values};

/// Finds the annotations that were added, removed or changed: of types, properties, enum values and variants.
pub(super) fn find(pairs: &Pairs<'_>) -> Vec<Finding> {
    let renamed = pairs.renamed_types();
    docs_pairs(pairs).iter().flat_map(|pair| compare_docs(pair, &renamed)).collect()
}

/// The old and the new annotations of one type or of one of its members.
struct DocsPair<'a> {
    /// The new Rust name of the type.
    owner: &'a str,
    /// The JSON name of the property, the text of the enum value, or the Rust name of the variant; `None` for the type.
    member: Option<String>,
    /// The Rust name of the field or variant; `None` for the type.
    ident: Option<&'a String>,
    old: &'a Docs,
    new: &'a Docs,
    /// The location in the new schema.
    location: Location,
}

/// Returns the annotations of everything that both versions have: of properties, types, methods of views, views, and of
/// enum values and variants. If a property and a type share a location, the property alone is returned.
fn docs_pairs<'a>(pairs: &'a Pairs<'a>) -> Vec<DocsPair<'a>> {
    let of_properties = pairs.structs().flat_map(|pair| {
        Pairs::shared_properties(&pair).into_iter().map(move |(old, new)| DocsPair {
            owner: pair.name,
            member: Some(new.json_name.clone()),
            ident: Some(&new.field),
            old: &old.docs,
            new: &new.docs,
            location: new.location.clone(),
        })
    });
    let of_types = pairs.definitions().map(|Pair { name, old, new, .. }| DocsPair {
        owner: name,
        member: None,
        ident: None,
        old: &old.docs,
        new: &new.docs,
        location: new.location.clone(),
    });
    let of_methods = pairs.views.views.matched.iter().flat_map(|(old, new)| methods_docs_pairs(old, new));
    let of_views = pairs.views.views.matched.iter().map(|(old, new)| DocsPair {
        owner: &new.name,
        member: None,
        ident: None,
        old: &old.docs,
        new: &new.docs,
        location: new.location.clone(),
    });
    let mut seen = HashSet::new();
    let of_locations = of_properties
        .chain(of_types)
        .chain(of_methods)
        .chain(of_views)
        .filter(|pair| seen.insert(pair.location.clone()))
        .collect::<Vec<_>>();
    of_locations.into_iter().chain(pairs.definitions().flat_map(|pair| member_docs_pairs(pairs, pair))).collect()
}

/// Returns the annotations of the methods that both versions of a view have.
fn methods_docs_pairs<'a>(old: &'a View, new: &'a View) -> Vec<DocsPair<'a>> {
    let shared = new.accessors.iter().filter_map(|accessor| {
        let before = old.accessors.iter().find(|before| before.json_name == accessor.json_name)?;
        Some(DocsPair {
            owner: &new.name,
            member: Some(accessor.json_name.clone()),
            ident: None,
            old: &before.docs,
            new: &accessor.docs,
            location: accessor.location.clone(),
        })
    });
    shared.collect()
}

/// Returns the annotations of the enum values or variants of the type `pair`. Returns nothing if the type's own
/// description changed, since that may describe the values too (``* `open` - text``) and the change would be reported
/// twice.
fn member_docs_pairs<'a>(pairs: &Pairs<'_>, pair: Pair<'a, Definition>) -> Vec<DocsPair<'a>> {
    let description = |generated: &Generated, location: &Location| {
        generated.resolved().value(&location.child("description")).cloned()
    };
    if description(pairs.old, &pair.old.location) != description(pairs.new, &pair.new.location) {
        return Vec::new();
    }
    let docs_pair = |name: &str, ident, old, new| DocsPair {
        owner: pair.name,
        member: Some(name.to_owned()),
        ident: Some(ident),
        old,
        new,
        location: pair.new.location.clone(),
    };
    match (&pair.old.shape, &pair.new.shape) {
        (Shape::Enum(old), Shape::Enum(new)) => {
            let new: HashMap<&Value, &EnumValue> = new.values.iter().map(|new| (&new.value, new)).collect();
            let shared = old.values.iter().filter_map(|old| {
                let new = *new.get(&old.value)?;
                let name = new.value.as_str().map_or_else(|| new.value.to_string(), str::to_owned);
                Some(docs_pair(&name, &new.variant, &old.docs, &new.docs))
            });
            shared.collect()
        }
        (Shape::Union(old), Shape::Union(new)) => {
            let shared = old.variants.iter().filter_map(|old| {
                let new = new.variants.iter().find(|new| new.name == old.name)?;
                // A variant that holds a named type has the annotations of that type, which are compared there.
                let has_own_docs = !matches!(new.ty, Type::Named(_) | Type::Boxed(_));
                has_own_docs.then(|| docs_pair(&new.name, &new.name, &old.docs, &new.docs))
            });
            shared.collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the findings about the annotations of one type or member.
fn compare_docs(pair: &DocsPair<'_>, renamed: &BTreeMap<String, String>) -> Vec<Finding> {
    let (old, new) = (pair.old, pair.new);
    let finding = |kind, old: Option<String>, new: Option<String>| {
        let finding = Finding::new(kind, pair.owner, ChangeLocation::New(pair.location.clone()));
        Finding { member: pair.member.clone(), old, new, ..finding }
    };
    let mut found = Vec::new();
    match (old.deprecated, new.deprecated) {
        // `#[deprecated]` is public, so there may be differences of public items.
        (false, true) => found.push(finding(ChangeKind::Deprecated, None, None).claim_members(pair.ident)),
        (true, false) => found.push(finding(ChangeKind::Undeprecated, None, None)),
        _ => {}
    }
    // A title that names the type is reported as the rename of the type.
    let is_rename = || {
        old.title.as_ref().and_then(|old| renamed.get(old)) == new.title.as_ref()
            && new.title.as_deref() == Some(pair.owner)
    };
    if old.title != new.title && !is_rename() {
        found.push(finding(ChangeKind::TitleChanged, old.title.clone(), new.title.clone()));
    }
    if !is_same_description(old.description.as_deref(), new.description.as_deref()) {
        found.push(finding(ChangeKind::DescriptionChanged, old.description.clone(), new.description.clone()));
    }
    if old.examples != new.examples {
        let text = |docs: &Docs| (!docs.examples.is_empty()).then(|| docs.examples.join(", "));
        found.push(finding(ChangeKind::ExamplesChanged, text(old), text(new)));
    }
    found
}

/// Checks whether two descriptions are equal, apart from lines about values (``* `open` - text``) that only one of them
/// has: these are added and removed with the value.
fn is_same_description(old: Option<&str>, new: Option<&str>) -> bool {
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let ((old_rest, old_values), (new_rest, new_values)) = (split_values(old), split_values(new));
    let shared = old_values.iter().filter_map(|(value, text)| Some((text, new_values.get(value)?)));
    old_rest == new_rest && shared.into_iter().all(|(old, new)| old == new)
}
