//! Changes of annotations, which are for readers of the schema: titles, descriptions, examples and `deprecated`.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use crate::changes::change_kind::ChangeKind;
use crate::changes::kinds::{ChangeLocation, SchemaChange};
use crate::changes::pairs::{DefinitionPairs, VersionPair};
use crate::generate::Generated;
use crate::location::Location;
use crate::normalize::{Definition, Docs, EnumValue, Shape, Type, View, split_off_value_lines};

/// Finds the annotations that were added, removed or changed, of types, properties, enum values and variants.
pub(super) fn find_annotation_changes(pairs: &DefinitionPairs<'_>) -> Vec<SchemaChange> {
    let renamed = pairs.collect_renamed_types();
    pair_annotations(pairs).iter().flat_map(|pair| compare_annotations(pair, &renamed)).collect()
}

/// The old and the new annotations of one type, property, enum value or variant.
struct AnnotationPair<'a> {
    /// The new Rust name of the type.
    owner: &'a str,
    /// The JSON name of the property, the text of the enum value, or the Rust name of the variant; `None` if the
    /// annotations are of the type itself.
    member: Option<String>,
    /// The Rust name of the field or variant; `None` if the annotations are of the type itself.
    ident: Option<&'a String>,
    old: &'a Docs,
    new: &'a Docs,
    /// The location of the type or property in the new schema.
    location: Location,
}

/// Returns the annotations of all that both versions have: of properties, types, methods of views and views, then of
/// enum values and variants. If a property and a type have one location, only the property's annotations are returned.
fn pair_annotations<'a>(pairs: &'a DefinitionPairs<'a>) -> Vec<AnnotationPair<'a>> {
    let of_properties = pairs.struct_pairs().flat_map(|pair| {
        DefinitionPairs::pair_shared_properties(&pair).into_iter().map(move |(old, new)| AnnotationPair {
            owner: pair.name,
            member: Some(new.json_name.clone()),
            ident: Some(&new.field),
            old: &old.docs,
            new: &new.docs,
            location: new.location.clone(),
        })
    });
    let of_types = pairs.definition_pairs().map(|VersionPair { name, old, new, .. }| AnnotationPair {
        owner: name,
        member: None,
        ident: None,
        old: &old.docs,
        new: &new.docs,
        location: new.location.clone(),
    });
    let of_methods = pairs.views.views.matched.iter().flat_map(|(old, new)| pair_method_annotations(old, new));
    let of_views = pairs.views.views.matched.iter().map(|(old, new)| AnnotationPair {
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
    of_locations
        .into_iter()
        .chain(pairs.definition_pairs().flat_map(|pair| pair_member_annotations(pairs, pair)))
        .collect()
}

/// Returns the annotations of the methods that both versions of a view have.
fn pair_method_annotations<'a>(old: &'a View, new: &'a View) -> Vec<AnnotationPair<'a>> {
    let shared = new.accessors.iter().filter_map(|accessor| {
        let before = old.accessors.iter().find(|before| before.json_name == accessor.json_name)?;
        Some(AnnotationPair {
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

/// Returns the annotations of the enum values or variants of the type `pair`. Empty if the description of the type
/// itself changed: it may describe the values too (``* `open` - text``), and their changes would be reported twice.
fn pair_member_annotations<'a>(
    pairs: &DefinitionPairs<'_>,
    pair: VersionPair<'a, Definition>,
) -> Vec<AnnotationPair<'a>> {
    let description = |generated: &Generated, location: &Location| {
        generated.resolved().find_value(&location.child("description")).cloned()
    };
    if description(pairs.old, &pair.old.location) != description(pairs.new, &pair.new.location) {
        return Vec::new();
    }
    let annotation_pair = |name: &str, ident, old, new| AnnotationPair {
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
                Some(annotation_pair(&name, &new.variant, &old.docs, &new.docs))
            });
            shared.collect()
        }
        (Shape::Union(old), Shape::Union(new)) => {
            let shared = old.variants.iter().filter_map(|old| {
                let new = new.variants.iter().find(|new| new.name == old.name)?;
                // A variant that holds a named type has the annotations of that type, which are compared there.
                let has_own_docs = !matches!(new.ty, Type::Named(_) | Type::Boxed(_));
                has_own_docs.then(|| annotation_pair(&new.name, &new.name, &old.docs, &new.docs))
            });
            shared.collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the changes between the old and the new annotations: of `deprecated`, the title, the description and the
/// examples. `renamed` has the new Rust names of renamed types by the old names.
fn compare_annotations(pair: &AnnotationPair<'_>, renamed: &BTreeMap<String, String>) -> Vec<SchemaChange> {
    let (old, new) = (pair.old, pair.new);
    let change = |kind, old: Option<String>, new: Option<String>| {
        let change = SchemaChange::new(kind, pair.owner, ChangeLocation::New(pair.location.clone()));
        SchemaChange { member: pair.member.clone(), old, new, ..change }
    };
    let mut found = Vec::new();
    match (old.deprecated, new.deprecated) {
        // `#[deprecated]` is public, so there may be differences of public items.
        (false, true) => found.push(change(ChangeKind::Deprecated, None, None).with_explained_members(pair.ident)),
        (true, false) => found.push(change(ChangeKind::Undeprecated, None, None)),
        _ => {}
    }
    // A new title that gave the type its new name is reported as the rename of the type.
    let is_rename = || {
        old.title.as_ref().and_then(|old| renamed.get(old)) == new.title.as_ref()
            && new.title.as_deref() == Some(pair.owner)
    };
    if old.title != new.title && !is_rename() {
        found.push(change(ChangeKind::TitleChanged, old.title.clone(), new.title.clone()));
    }
    if !has_same_description(old.description.as_deref(), new.description.as_deref()) {
        found.push(change(ChangeKind::DescriptionChanged, old.description.clone(), new.description.clone()));
    }
    if old.examples != new.examples {
        let text = |docs: &Docs| (!docs.examples.is_empty()).then(|| docs.examples.join(", "));
        found.push(change(ChangeKind::ExamplesChanged, text(old), text(new)));
    }
    found
}

/// Checks whether two descriptions are equal. Lines about a value (``* `open` - text``) that only one of them has are
/// ignored, since the value itself was added or removed.
fn has_same_description(old: Option<&str>, new: Option<&str>) -> bool {
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let ((old_rest, old_values), (new_rest, new_values)) = (split_off_value_lines(old), split_off_value_lines(new));
    let shared = old_values.iter().filter_map(|(value, text)| Some((text, new_values.get(value)?)));
    old_rest == new_rest && shared.into_iter().all(|(old, new)| old == new)
}
