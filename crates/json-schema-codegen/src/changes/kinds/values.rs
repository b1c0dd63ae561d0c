//! Changes of lists of values.

use std::collections::HashSet;

use serde_json::Value;

use crate::changes::kinds::{At, Finding, NEW};
use crate::changes::pairs::{Pair, Pairs, resolved};
use crate::changes::wire::Focus;
use crate::generate::Generated;
use crate::normalize::{Definition, Enum, EnumValue, Shape, Type};
use crate::place::Place;

/// Two lists of values of one type.
struct Lists<'a> {
    pair: Pair<'a, Definition>,
    old: &'a Enum,
    new: &'a Enum,
}

fn lists<'a>(pairs: &'a Pairs<'a>) -> impl Iterator<Item = Lists<'a>> {
    pairs.definitions().filter_map(|pair| match (&pair.old.shape, &pair.new.shape) {
        (Shape::Enum(old), Shape::Enum(new)) => Some(Lists { pair, old, new }),
        _ => None,
    })
}

impl Lists<'_> {
    fn finding(&self, at: At) -> Finding {
        Finding::new(self.pair.name, at).asks(self.pair.ids, Focus::All)
    }

    /// The finding with the properties of the type: one with only one value needs no parameter.
    fn of_properties(&self, pairs: &Pairs<'_>, finding: Finding) -> Finding {
        if self.old.values.len() > 1 && self.new.values.len() > 1 {
            return finding;
        }
        let is_its = |ty: &Type| *resolved(pairs.new.definitions(), ty) == Type::Named(self.pair.ids.1);
        pairs.structs().fold(finding, |finding, object| {
            let its = object.new.properties.iter().filter(|property| is_its(&property.ty));
            its.fold(finding, |finding, property| finding.claims_of(object.name, &[&property.field, NEW]))
        })
    }

    /// Whether there was one value, and there is another one.
    fn is_replaced(&self) -> bool {
        let (old, new) = (&self.old.values, &self.new.values);
        old.len() == 1 && new.len() == 1 && old[0].value != new[0].value
    }

    fn added(&self) -> Vec<&EnumValue> {
        let old = values(self.old);
        self.new.values.iter().filter(|value| !old.contains(&value.value)).collect()
    }

    fn removed(&self) -> Vec<&EnumValue> {
        let new = values(self.new);
        self.old.values.iter().filter(|value| !new.contains(&value.value)).collect()
    }
}

fn values(listed: &Enum) -> HashSet<&Value> {
    listed.values.iter().map(|value| &value.value).collect()
}

/// A value as text.
fn text(value: &EnumValue) -> String {
    value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned)
}

/// Where a value stands in the schema of its type.
fn place(generated: &Generated, definition: &Definition, value: &EnumValue) -> Place {
    let list = definition.place.child("enum");
    let values = generated.bundle().value(&list).and_then(|values| values.as_array());
    let at = values.and_then(|values| values.iter().position(|one| *one == value.value));
    at.map_or_else(|| definition.place.clone(), |at| list.child(&at.to_string()))
}

pub(super) fn added(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |lists: Lists<'_>| {
        let added = lists.added().into_iter().map(|value| {
            let finding = lists.finding(At::New(place(pairs.new, lists.pair.new, value)));
            lists.of_properties(
                pairs,
                finding.member(&text(value)).is(value.value.to_string()).claims(&[&value.variant]),
            )
        });
        added.collect::<Vec<_>>()
    };
    lists(pairs).filter(|lists| !lists.is_replaced()).flat_map(of).collect()
}

pub(super) fn removed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |lists: Lists<'_>| {
        let removed = lists.removed().into_iter().map(|value| {
            let finding = lists.finding(At::Old(place(pairs.old, lists.pair.old, value)));
            lists.of_properties(
                pairs,
                finding.member(&text(value)).was(value.value.to_string()).claims(&[&value.variant]),
            )
        });
        removed.collect::<Vec<_>>()
    };
    lists(pairs).filter(|lists| !lists.is_replaced()).flat_map(of).collect()
}

pub(super) fn replaced(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |lists: Lists<'_>| {
        let (old, new) = (lists.old.values.first()?, lists.new.values.first()?);
        let finding = lists.finding(At::New(place(pairs.new, lists.pair.new, new)));
        let finding = finding.was(old.value.to_string()).is(new.value.to_string());
        Some(finding.claims(&[&old.variant, &new.variant]))
    };
    lists(pairs).filter(Lists::is_replaced).filter_map(of).collect()
}

pub(super) fn reordered(pairs: &Pairs<'_>) -> Vec<Finding> {
    let both = |listed: &Enum, other: &Enum| {
        let others = values(other);
        let kept = listed.values.iter().filter(|value| others.contains(&value.value));
        kept.map(|value| value.value.to_string()).collect::<Vec<_>>().join(", ")
    };
    let of = |lists: Lists<'_>| {
        let (old, new) = (both(lists.old, lists.new), both(lists.new, lists.old));
        let at = At::New(lists.pair.new.place.clone());
        (old != new).then(|| lists.finding(at).was(old).is(new))
    };
    lists(pairs).filter_map(of).collect()
}

pub(super) fn opened(pairs: &Pairs<'_>) -> Vec<Finding> {
    let found = lists(pairs).filter(|lists| !lists.old.open && lists.new.open);
    found.map(|lists| lists.finding(At::New(lists.pair.new.place.clone())).claims_type()).collect()
}

pub(super) fn closed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let found = lists(pairs).filter(|lists| lists.old.open && !lists.new.open);
    found.map(|lists| lists.finding(At::New(lists.pair.new.place.clone())).claims_type()).collect()
}
