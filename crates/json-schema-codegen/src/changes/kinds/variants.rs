//! Changes of unions.

use serde_json::Value;

use crate::changes::kinds::{At, Finding};
use crate::changes::pairs::{Pair, Pairs};
use crate::changes::shown;
use crate::changes::wire::Focus;
use crate::normalize::{Definition, Fallback, Shape, Tag, TagKind, Union, Variant};

/// Two unions of one type.
struct Unions<'a> {
    pair: Pair<'a, Definition>,
    old: &'a Union,
    new: &'a Union,
}

fn unions<'a>(pairs: &'a Pairs<'a>) -> impl Iterator<Item = Unions<'a>> {
    pairs.definitions().filter_map(|pair| match (&pair.old.shape, &pair.new.shape) {
        (Shape::Union(old), Shape::Union(new)) => Some(Unions { pair, old, new }),
        _ => None,
    })
}

impl<'a> Unions<'a> {
    fn finding(&self, variant: Option<&Variant>, at: At) -> Finding {
        let finding = Finding::new(self.pair.name, at).asks(self.pair.ids, Focus::All);
        match variant {
            Some(variant) => finding.member(&variant.name).claims(&[&variant.name]),
            None => finding.claims_type(),
        }
    }

    fn is(&self) -> At {
        At::New(self.pair.new.place.clone())
    }

    fn was(&self) -> At {
        At::Old(self.pair.old.place.clone())
    }

    /// The members that both have, by their names.
    fn both(&self) -> impl Iterator<Item = (&'a Variant, &'a Variant)> {
        let new = self.new;
        self.old.variants.iter().filter_map(move |old| Some((old, named(new, &old.name)?)))
    }
}

impl<'a> Unions<'a> {
    /// The members that both have, where `discriminator` names the values of the tag.
    fn by_name(&self) -> impl Iterator<Item = (&'a Variant, &'a Variant)> {
        let is_by_name = |union: &Union| union.tag.as_ref().is_some_and(|tag| tag.kind == TagKind::Discriminator);
        let are_both = is_by_name(self.old) && is_by_name(self.new);
        self.both().filter(move |_| are_both)
    }
}

fn named<'a>(union: &'a Union, name: &str) -> Option<&'a Variant> {
    union.variants.iter().find(|variant| variant.name == name)
}

pub(super) fn added(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |unions: Unions<'_>| {
        let added = unions.new.variants.iter().filter(|variant| named(unions.old, &variant.name).is_none());
        let found = added.map(|variant| {
            unions.finding(Some(variant), unions.is()).is(shown::ty(pairs.new.definitions(), &variant.ty)).claims_type()
        });
        found.collect::<Vec<_>>()
    };
    unions(pairs).flat_map(of).collect()
}

pub(super) fn removed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |unions: Unions<'_>| {
        let gone = unions.old.variants.iter().filter(|variant| named(unions.new, &variant.name).is_none());
        let found = gone.map(|variant| {
            unions
                .finding(Some(variant), unions.was())
                .was(shown::ty(pairs.old.definitions(), &variant.ty))
                .claims_type()
        });
        found.collect::<Vec<_>>()
    };
    unions(pairs).flat_map(of).collect()
}

pub(super) fn retyped(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |unions: Unions<'_>| {
        let found = unions.both().filter(|(old, new)| !pairs.is_same_type(&old.ty, &new.ty)).map(|(old, new)| {
            let was = shown::ty(pairs.old.definitions(), &old.ty);
            unions.finding(Some(new), unions.is()).was(was).is(shown::ty(pairs.new.definitions(), &new.ty))
        });
        found.collect::<Vec<_>>()
    };
    unions(pairs).flat_map(of).collect()
}

/// The values of the tag that mean one variant and not the other. Those that a property insists on are
/// changes of its values.
fn lacking(one: &Variant, other: &Variant) -> Vec<Value> {
    one.tags.iter().filter(|tag| !other.tags.contains(tag)).cloned().collect()
}

fn list(values: &[Value]) -> String {
    values.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")
}

pub(super) fn tag_added(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |unions: Unions<'_>| {
        let found = unions.by_name().map(|(old, new)| (new, lacking(new, old))).filter(|(_, tags)| !tags.is_empty());
        let found = found.map(|(new, tags)| unions.finding(Some(new), unions.is()).is(list(&tags)));
        found.collect::<Vec<_>>()
    };
    unions(pairs).flat_map(of).collect()
}

pub(super) fn tag_removed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |unions: Unions<'_>| {
        let found = unions.by_name().map(|(old, new)| (new, lacking(old, new))).filter(|(_, tags)| !tags.is_empty());
        let found = found.map(|(new, tags)| unions.finding(Some(new), unions.is()).was(list(&tags)));
        found.collect::<Vec<_>>()
    };
    unions(pairs).flat_map(of).collect()
}

pub(super) fn told(pairs: &Pairs<'_>) -> Vec<Finding> {
    let of = |unions: Unions<'_>| {
        let (old, new) = (words(unions.old), words(unions.new));
        (old != new).then(|| unions.finding(None, unions.is()).was(old).is(new))
    };
    unions(pairs).filter_map(of).collect()
}

/// How the members of a union are told apart, and what becomes of other values.
fn words(union: &Union) -> String {
    let told = match &union.tag {
        _ if union.by_type => "by the JSON type".to_owned(),
        None => "by the shape".to_owned(),
        Some(Tag { property, kind: TagKind::Exclusive }) => format!("by `{property}`"),
        Some(Tag { property, kind: TagKind::Partial }) => format!("by `{property}`, which some have"),
        Some(Tag { property, kind: TagKind::Discriminator }) => format!("by `{property}`, as the discriminator says"),
    };
    let others = match &union.fallback {
        Fallback::Other(_) => "other values are allowed",
        Fallback::Unknown(_) => "other values are kept",
        Fallback::Reject => "other values are refused",
    };
    format!("{told}; {others}")
}
