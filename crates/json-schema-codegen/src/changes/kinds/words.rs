//! Changes of annotations, which are for readers of the schema: titles, descriptions, examples and `deprecated`.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::changes::kinds::{ChangeLocation, Finding};
use crate::changes::pairs::{Pair, Pairs};
use crate::location::Location;
use crate::normalize::{Docs, EnumValue, Shape, split_values};

/// The old and the new annotations of one type or of one of its members.
struct DocsPair<'a> {
    /// The new Rust name of the type.
    owner: &'a str,
    /// The JSON name of the property, the text of the enum value, or the Rust name of the variant; `None` for the type.
    member: Option<String>,
    /// The Rust name of the field or variant; `None` for the type.
    ident: Option<&'a str>,
    old: &'a Docs,
    new: &'a Docs,
    /// The location in the new schema.
    location: Location,
}

/// Returns the annotations of everything that both versions have: of properties, then of types, then of enum values and
/// variants. If a property and a type share a location, the property alone is returned.
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
    let mut seen = HashSet::new();
    let of_locations =
        of_properties.chain(of_types).filter(|pair| seen.insert(pair.location.clone())).collect::<Vec<_>>();
    of_locations.into_iter().chain(pairs.definitions().flat_map(|pair| member_docs_pairs(pairs, pair))).collect()
}

/// Returns the annotations of the enum values or variants of the type `pair`. Returns nothing if the type's own
/// description changed, since that may describe the values too (``* `open` - text``) and the change would be reported
/// twice.
fn member_docs_pairs<'a>(pairs: &Pairs<'_>, pair: Pair<'a, crate::normalize::Definition>) -> Vec<DocsPair<'a>> {
    let description = |generated: &crate::generate::Generated, location: &Location| {
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
                let has_own_docs =
                    !matches!(new.ty, crate::normalize::Type::Named(_) | crate::normalize::Type::Boxed(_));
                has_own_docs.then(|| docs_pair(&new.name, &new.name, &old.docs, &new.docs))
            });
            shared.collect()
        }
        _ => Vec::new(),
    }
}

/// Returns a finding for each pair of annotations for which `texts(old, new)` returns `Some`, with the two texts that
/// it returns as the old and the new text. The finding explains differences of the field or variant.
fn findings(
    pairs: &Pairs<'_>,
    texts: impl Fn(&Docs, &Docs) -> Option<(Option<String>, Option<String>)>,
) -> Vec<Finding> {
    let finding_of = |pair: DocsPair<'_>| {
        let (old, new) = texts(pair.old, pair.new)?;
        let mut finding = Finding::new(pair.owner, ChangeLocation::New(pair.location));
        finding.claims = pair.ident.map(|ident| (pair.owner.to_owned(), Some(ident.to_owned()))).into_iter().collect();
        Some(Finding { member: pair.member, old, new, ..finding })
    };
    docs_pairs(pairs).into_iter().filter_map(finding_of).collect()
}

/// Makes the findings explain no public items, for annotations that only change the documentation.
fn without_claims(found: Vec<Finding>) -> Vec<Finding> {
    found.into_iter().map(|finding| Finding { claims: Vec::new(), ..finding }).collect()
}

/// Finds the types, properties, enum values and variants that were not deprecated and now are. As `#[deprecated]` is
/// public, these findings explain differences of public items.
pub(super) fn find_deprecated(pairs: &Pairs<'_>) -> Vec<Finding> {
    findings(pairs, |old, new| (!old.deprecated && new.deprecated).then_some((None, None)))
}

/// Finds the types, properties, enum values and variants that were deprecated and no longer are.
pub(super) fn find_undeprecated(pairs: &Pairs<'_>) -> Vec<Finding> {
    without_claims(findings(pairs, |old, new| (old.deprecated && !new.deprecated).then_some((None, None))))
}

/// Finds the titles that were added, removed or changed.
pub(super) fn find_title_changes(pairs: &Pairs<'_>) -> Vec<Finding> {
    let renamed = pairs.renamed_types();
    // A title that names the type is reported as the rename of the type.
    let is_rename = |finding: &Finding| {
        renamed.iter().any(|(old, new)| {
            finding.old.as_ref() == Some(old) && finding.new.as_ref() == Some(new) && *new == finding.owner
        })
    };
    let found = findings(pairs, |old, new| (old.title != new.title).then(|| (old.title.clone(), new.title.clone())));
    without_claims(found.into_iter().filter(|finding| !is_rename(finding)).collect())
}

/// Finds the descriptions that were added, removed or changed; see [`is_same_description`].
pub(super) fn find_description_changes(pairs: &Pairs<'_>) -> Vec<Finding> {
    let differs = |old: &Docs, new: &Docs| {
        let descriptions = (old.description.clone(), new.description.clone());
        (!is_same_description(descriptions.0.as_deref(), descriptions.1.as_deref())).then_some(descriptions)
    };
    without_claims(findings(pairs, differs))
}

/// Finds the examples that were added, removed or changed.
pub(super) fn find_example_changes(pairs: &Pairs<'_>) -> Vec<Finding> {
    let texts = |docs: &Docs| (!docs.examples.is_empty()).then(|| docs.examples.join(", "));
    without_claims(findings(pairs, |old, new| (old.examples != new.examples).then(|| (texts(old), texts(new)))))
}

/// Checks whether two descriptions are equal, apart from lines about values (``* `open` - text``) that only one of them
/// has: these are added and removed with the value.
fn is_same_description(old: Option<&str>, new: Option<&str>) -> bool {
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let ((old_rest, old_values), (new_rest, new_values)) = (split_values(old), split_values(new));
    let shared = old_values.iter().filter_map(|(value, text)| Some((text, new_values.get(value)?)));
    old_rest == new_rest && shared.into_iter().all(|(old, new)| old == new)
}
