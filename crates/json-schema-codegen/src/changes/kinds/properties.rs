//! Changes of the properties of objects.

use crate::changes::kinds::{At, Finding, NEW, PRIVATE};
use crate::changes::pairs::{Pair, Pairs, resolved};
use crate::changes::shown;
use crate::changes::wire::Focus;
use crate::normalize::{Property, Struct, Type};

/// A finding about a property.
fn finding(pair: &Pair<'_, Struct>, property: &Property, at: At) -> Finding {
    let focus = Focus::Property(property.wire.clone());
    Finding::new(pair.name, at).member(&property.wire).claims(&[&property.field]).asks(pair.ids, focus)
}

/// What of its type a property changes that comes, goes, or is required or no longer.
fn construction(property: &Property) -> &'static str {
    if property.required { NEW } else { PRIVATE }
}

fn has<'a>(object: &'a Struct, wire: &str) -> Option<&'a Property> {
    object.properties.iter().find(|property| property.wire == wire)
}

/// The properties of one object that the other lacks.
fn lacking<'a>(object: &'a Struct, other: &Struct) -> Vec<&'a Property> {
    object.properties.iter().filter(|property| has(other, &property.wire).is_none()).collect()
}

pub(super) fn added(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |pair: Pair<'_, Struct>| {
        let renamed: Vec<&str> = renames(pairs, &pair).iter().map(|(_, new)| new.wire.as_str()).collect();
        let added = lacking(pair.new, pair.old).into_iter().filter(|one| !renamed.contains(&one.wire.as_str()));
        let found = added.map(|one| {
            let found = finding(&pair, one, At::New(one.place.clone())).claims(&[construction(one)]);
            found.is(shown::property(pairs.new.definitions(), one))
        });
        found.collect::<Vec<_>>()
    };
    pairs.structs().flat_map(of).collect()
}

pub(super) fn removed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |pair: Pair<'_, Struct>| {
        let renamed: Vec<&str> = renames(pairs, &pair).iter().map(|(old, _)| old.wire.as_str()).collect();
        let gone = lacking(pair.old, pair.new).into_iter().filter(|one| !renamed.contains(&one.wire.as_str()));
        let found = gone.map(|one| {
            let found = finding(&pair, one, At::Old(one.place.clone())).claims(&[construction(one)]);
            found.was(shown::property(pairs.old.definitions(), one))
        });
        found.collect::<Vec<_>>()
    };
    pairs.structs().flat_map(of).collect()
}

/// A property that is gone, and the new one in its place with the same type: the same one by another
/// name.
fn renames<'a>(pairs: &Pairs<'_>, pair: &Pair<'a, Struct>) -> Vec<(&'a Property, &'a Property)> {
    let (gone, new) = (lacking(pair.old, pair.new), lacking(pair.new, pair.old));
    let at = |object: &Struct, wire: &str| object.properties.iter().position(|one| one.wire == wire);
    let is_one = |(old, new): &(&Property, &Property)| {
        let is_typed = old.required == new.required && pairs.is_same_type(&old.ty, &new.ty);
        is_typed && at(pair.old, &old.wire) == at(pair.new, &new.wire)
    };
    let is_whole = pair.old.properties.len() == pair.new.properties.len();
    if is_whole { gone.into_iter().zip(new).filter(is_one).collect() } else { Vec::new() }
}

pub(super) fn renamed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |pair: Pair<'_, Struct>| {
        let found = renames(pairs, &pair).into_iter().map(|(old, new)| {
            let found = finding(&pair, new, At::New(new.place.clone())).was(&old.wire).is(&new.wire);
            found.claims(&[&old.field, construction(new)]).asks(pair.ids, Focus::Property(old.wire.clone()))
        });
        found.collect::<Vec<_>>()
    };
    pairs.structs().flat_map(of).collect()
}

/// Findings about the properties that both have, where `is_one` says so.
fn both(pairs: &Pairs<'_>, is_one: impl Fn(&Property, &Property) -> bool) -> Vec<Finding> {
    let of = |pair: Pair<'_, Struct>| {
        let both = Pairs::properties(&pair).into_iter().filter(|(old, new)| is_one(old, new));
        let found = both.map(|(old, new)| {
            let was = shown::property(pairs.old.definitions(), old);
            let is = shown::property(pairs.new.definitions(), new);
            finding(&pair, new, At::New(new.place.clone())).claims(&[&old.field]).was(was).is(is)
        });
        found.collect::<Vec<_>>()
    };
    pairs.structs().flat_map(of).collect()
}

pub(super) fn required(pairs: &Pairs<'_>) -> Vec<Finding> {
    let found = both(pairs, |old, new| !old.required && new.required);
    found.into_iter().map(|finding| finding.claims(&[NEW])).collect()
}

pub(super) fn optional(pairs: &Pairs<'_>) -> Vec<Finding> {
    let found = both(pairs, |old, new| old.required && !new.required);
    found.into_iter().map(|finding| finding.claims(&[NEW, PRIVATE])).collect()
}

/// How the type of a property has changed; each change of type is of one sort.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Nullable,
    NotNull,
    ToList,
    FromList,
    Widened,
    Narrowed,
    Other,
}

fn sort(pairs: &Pairs<'_>, old: &Type, new: &Type) -> Option<Sort> {
    if pairs.is_same_type(old, new) {
        return None;
    }
    let (was, is) = (resolved(pairs.old.definitions(), old), resolved(pairs.new.definitions(), new));
    Some(match (was, is) {
        (_, Type::Nullable(inner)) if pairs.is_same_type(old, inner) => Sort::Nullable,
        (Type::Nullable(inner), _) if pairs.is_same_type(inner, new) => Sort::NotNull,
        (_, Type::List(items)) if pairs.is_same_type(old, items) => Sort::ToList,
        (Type::List(items), _) if pairs.is_same_type(items, new) => Sort::FromList,
        _ => match (pairs.decider.is_widened(old, new), pairs.decider.is_narrowed(old, new)) {
            (true, false) => Sort::Widened,
            (false, true) => Sort::Narrowed,
            _ => Sort::Other,
        },
    })
}

fn sorted(pairs: &Pairs<'_>, one: Sort) -> Vec<Finding> {
    both(pairs, |old, new| sort(pairs, &old.ty, &new.ty) == Some(one))
}

pub(super) fn nullable(pairs: &Pairs<'_>) -> Vec<Finding> {
    sorted(pairs, Sort::Nullable)
}

pub(super) fn not_null(pairs: &Pairs<'_>) -> Vec<Finding> {
    sorted(pairs, Sort::NotNull)
}

pub(super) fn to_list(pairs: &Pairs<'_>) -> Vec<Finding> {
    sorted(pairs, Sort::ToList)
}

pub(super) fn from_list(pairs: &Pairs<'_>) -> Vec<Finding> {
    sorted(pairs, Sort::FromList)
}

pub(super) fn widened(pairs: &Pairs<'_>) -> Vec<Finding> {
    sorted(pairs, Sort::Widened)
}

pub(super) fn narrowed(pairs: &Pairs<'_>) -> Vec<Finding> {
    sorted(pairs, Sort::Narrowed)
}

pub(super) fn retyped(pairs: &Pairs<'_>) -> Vec<Finding> {
    sorted(pairs, Sort::Other)
}

/// The properties that both have, in another order.
pub(super) fn reordered(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |pair: Pair<'_, Struct>| {
        let both = |object: &Struct, other: &Struct| {
            let names = object.properties.iter().map(|property| property.wire.clone());
            names.filter(|wire| has(other, wire).is_some()).collect::<Vec<_>>()
        };
        let (old, new) = (both(pair.old, pair.new), both(pair.new, pair.old));
        let at = At::New(pairs.new_one(pair.ids.1)?.place.clone());
        let found = || Finding::new(pair.name, at).was(old.join(", ")).is(new.join(", ")).claims_type();
        (old != new).then(found)
    };
    pairs.structs().filter_map(of).collect()
}
