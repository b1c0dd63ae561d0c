//! Changes of what schemas say for people to read.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::changes::kinds::{At, Finding};
use crate::changes::pairs::{Pair, Pairs};
use crate::normalize::{Docs, EnumValue, Shape, split_values};
use crate::place::Place;

/// Words of both versions about one thing.
struct Words<'a> {
    owner: &'a str,
    member: Option<String>,
    /// The Rust name of the member.
    ident: Option<&'a str>,
    old: &'a Docs,
    new: &'a Docs,
    place: Place,
}

/// The words about properties, values and members of unions, then about types; of those that stand in
/// one place the first alone.
fn all<'a>(pairs: &'a Pairs<'a>) -> Vec<Words<'a>> {
    let of_properties = pairs.structs().flat_map(|pair| {
        Pairs::properties(&pair).into_iter().map(move |(old, new)| Words {
            owner: pair.name,
            member: Some(new.wire.clone()),
            ident: Some(&new.field),
            old: &old.docs,
            new: &new.docs,
            place: new.place.clone(),
        })
    });
    let of_types = pairs.definitions().map(|Pair { name, old, new, .. }| Words {
        owner: name,
        member: None,
        ident: None,
        old: &old.docs,
        new: &new.docs,
        place: new.place.clone(),
    });
    let mut seen = HashSet::new();
    let placed = of_properties.chain(of_types).filter(|words| seen.insert(words.place.clone())).collect::<Vec<_>>();
    placed.into_iter().chain(pairs.definitions().flat_map(|pair| members(pairs, pair))).collect()
}

/// The words about the values or members of a type, where its own description does not list them.
fn members<'a>(pairs: &Pairs<'_>, pair: Pair<'a, crate::normalize::Definition>) -> Vec<Words<'a>> {
    let description = |generated: &crate::generate::Generated, place: &Place| {
        generated.bundle().value(&place.child("description")).cloned()
    };
    if description(pairs.old, &pair.old.place) != description(pairs.new, &pair.new.place) {
        return Vec::new();
    }
    let words = |name: &str, ident, old, new| Words {
        owner: pair.name,
        member: Some(name.to_owned()),
        ident: Some(ident),
        old,
        new,
        place: pair.new.place.clone(),
    };
    match (&pair.old.shape, &pair.new.shape) {
        (Shape::Enum(old), Shape::Enum(new)) => {
            let new: HashMap<&Value, &EnumValue> = new.values.iter().map(|new| (&new.value, new)).collect();
            let both = old.values.iter().filter_map(|old| {
                let new = *new.get(&old.value)?;
                let name = new.value.as_str().map_or_else(|| new.value.to_string(), str::to_owned);
                Some(words(&name, &new.variant, &old.docs, &new.docs))
            });
            both.collect()
        }
        (Shape::Union(old), Shape::Union(new)) => {
            let both = old.variants.iter().filter_map(|old| {
                let new = new.variants.iter().find(|new| new.name == old.name)?;
                // A member that is a type of its own has that type's words.
                let is_own = !matches!(new.ty, crate::normalize::Type::Named(_) | crate::normalize::Type::Boxed(_));
                is_own.then(|| words(&new.name, &new.name, &old.docs, &new.docs))
            });
            both.collect()
        }
        _ => Vec::new(),
    }
}

/// The findings about the words that `texts` finds to differ, with what they were and are.
fn findings(
    pairs: &Pairs<'_>,
    texts: impl Fn(&Docs, &Docs) -> Option<(Option<String>, Option<String>)>,
) -> Vec<Finding> {
    let of = |words: Words<'_>| {
        let (old, new) = texts(words.old, words.new)?;
        let mut finding = Finding::new(words.owner, At::New(words.place));
        finding.claims =
            words.ident.map(|ident| (words.owner.to_owned(), Some(ident.to_owned()))).into_iter().collect();
        Some(Finding { member: words.member, old, new, ..finding })
    };
    all(pairs).into_iter().filter_map(of).collect()
}

/// Findings that account for no public item.
fn silent(found: Vec<Finding>) -> Vec<Finding> {
    found.into_iter().map(|finding| Finding { claims: Vec::new(), ..finding }).collect()
}

pub(super) fn deprecated(pairs: &Pairs<'_>) -> Vec<Finding> {
    findings(pairs, |old, new| (!old.deprecated && new.deprecated).then_some((None, None)))
}

pub(super) fn undeprecated(pairs: &Pairs<'_>) -> Vec<Finding> {
    silent(findings(pairs, |old, new| (old.deprecated && !new.deprecated).then_some((None, None))))
}

pub(super) fn title(pairs: &Pairs<'_>) -> Vec<Finding> {
    let renamed = pairs.renamed();
    // A title that is the name of the type changes with it.
    let is_name = |finding: &Finding| {
        renamed.iter().any(|(old, new)| {
            finding.old.as_ref() == Some(old) && finding.new.as_ref() == Some(new) && *new == finding.owner
        })
    };
    let found = findings(pairs, |old, new| (old.title != new.title).then(|| (old.title.clone(), new.title.clone())));
    silent(found.into_iter().filter(|finding| !is_name(finding)).collect())
}

pub(super) fn description(pairs: &Pairs<'_>) -> Vec<Finding> {
    let differs = |old: &Docs, new: &Docs| {
        let both = (old.description.clone(), new.description.clone());
        (!is_same(both.0.as_deref(), both.1.as_deref())).then_some(both)
    };
    silent(findings(pairs, differs))
}

pub(super) fn examples(pairs: &Pairs<'_>) -> Vec<Finding> {
    let texts = |docs: &Docs| (!docs.examples.is_empty()).then(|| docs.examples.join(", "));
    silent(findings(pairs, |old, new| (old.examples != new.examples).then(|| (texts(old), texts(new)))))
}

/// Whether two descriptions say the same: lines about values that only one of them lists come and go
/// with the values.
fn is_same(old: Option<&str>, new: Option<&str>) -> bool {
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let ((old_rest, old_values), (new_rest, new_values)) = (split_values(old), split_values(new));
    let kept = old_values.iter().filter_map(|(value, text)| Some((text, new_values.get(value)?)));
    old_rest == new_rest && kept.into_iter().all(|(old, new)| old == new)
}
