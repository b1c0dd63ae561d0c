//! Changes of unions (`oneOf` and `anyOf`): of their members, and of how the member that a value is gets chosen.

use serde_json::Value;

use crate::changes::kinds::{ChangeLocation, Finding};
use crate::changes::pairs::{Pair, Pairs};
use crate::changes::question::Focus;
use crate::changes::shown;
use crate::normalize::{Definition, Fallback, Shape, Tag, TagKind, Union, Variant};

/// The old and the new union of one type.
struct UnionPair<'a> {
    pair: Pair<'a, Definition>,
    old: &'a Union,
    new: &'a Union,
}

/// Returns the types that are unions in both versions.
fn union_pairs<'a>(pairs: &'a Pairs<'a>) -> impl Iterator<Item = UnionPair<'a>> {
    pairs.definitions().filter_map(|pair| match (&pair.old.shape, &pair.new.shape) {
        (Shape::Union(old), Shape::Union(new)) => Some(UnionPair { pair, old, new }),
        _ => None,
    })
}

impl<'a> UnionPair<'a> {
    /// Creates a finding that asks whether each version reads all of the other. It explains differences of `variant`,
    /// or of the type itself if that is `None`.
    fn finding(&self, variant: Option<&Variant>, location: ChangeLocation) -> Finding {
        let finding = Finding::new(self.pair.name, location).with_question(self.pair.ids, Focus::All);
        match variant {
            Some(variant) => finding.with_member(&variant.name).claim_members(&[&variant.name]),
            None => finding.claim_type(),
        }
    }

    /// Returns the location of the union in the new schema.
    fn new_location(&self) -> ChangeLocation {
        ChangeLocation::New(self.pair.new.location.clone())
    }

    /// Returns the location of the union in the old schema.
    fn old_location(&self) -> ChangeLocation {
        ChangeLocation::Old(self.pair.old.location.clone())
    }

    /// Returns the variants, as (old, new), that have another Rust name in the new version, but hold the same type. Each comes
    /// once.
    fn renamed_variants(&self, pairs: &Pairs<'_>) -> Vec<(&'a Variant, &'a Variant)> {
        let mut added: Vec<&'a Variant> =
            self.new.variants.iter().filter(|variant| find_variant(self.old, &variant.name).is_none()).collect();
        let removed = self.old.variants.iter().filter(|variant| find_variant(self.new, &variant.name).is_none());
        let renamed = removed.filter_map(|old| {
            let index = added.iter().position(|new| pairs.is_same_type(&old.ty, &new.ty))?;
            Some((old, added.remove(index)))
        });
        renamed.collect()
    }

    /// Returns the variants with one Rust name in both versions, as (old, new).
    fn shared_variants(&self) -> impl Iterator<Item = (&'a Variant, &'a Variant)> {
        let new = self.new;
        self.old.variants.iter().filter_map(move |old| Some((old, find_variant(new, &old.name)?)))
    }
}

impl<'a> UnionPair<'a> {
    /// Returns [`Self::shared_variants`] if in both versions the values of the tag come from `discriminator`; else
    /// nothing.
    fn shared_by_discriminator(&self) -> impl Iterator<Item = (&'a Variant, &'a Variant)> {
        let has_discriminator =
            |union: &Union| union.tag.as_ref().is_some_and(|tag| tag.kind == TagKind::Discriminator);
        let have_both = has_discriminator(self.old) && has_discriminator(self.new);
        self.shared_variants().filter(move |_| have_both)
    }
}

/// Returns the variant of `union` with the Rust name `name`.
fn find_variant<'a>(union: &'a Union, name: &str) -> Option<&'a Variant> {
    union.variants.iter().find(|variant| variant.name == name)
}

/// Finds the members whose variants only the new version of a union has.
pub(super) fn find_added(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |unions: UnionPair<'_>| {
        let renamed = unions.renamed_variants(pairs);
        let is_renamed = |variant: &Variant| renamed.iter().any(|(_, new)| new.name == variant.name);
        let added = unions.new.variants.iter().filter(|variant| find_variant(unions.old, &variant.name).is_none());
        let added = added.filter(|variant| !is_renamed(variant));
        let found = added.map(|variant| {
            unions
                .finding(Some(variant), unions.new_location())
                .with_new(shown::format_type(pairs.new.definitions(), &variant.ty))
                .claim_type()
        });
        found.collect::<Vec<_>>()
    };
    union_pairs(pairs).flat_map(findings_of).collect()
}

/// Finds the members whose variants only the old version of a union has.
pub(super) fn find_removed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |unions: UnionPair<'_>| {
        let renamed = unions.renamed_variants(pairs);
        let is_renamed = |variant: &Variant| renamed.iter().any(|(old, _)| old.name == variant.name);
        let removed = unions.old.variants.iter().filter(|variant| find_variant(unions.new, &variant.name).is_none());
        let removed = removed.filter(|variant| !is_renamed(variant));
        let found = removed.map(|variant| {
            unions
                .finding(Some(variant), unions.old_location())
                .with_old(shown::format_type(pairs.old.definitions(), &variant.ty))
                .claim_type()
        });
        found.collect::<Vec<_>>()
    };
    union_pairs(pairs).flat_map(findings_of).collect()
}

/// Finds the members that have another name in the new version; see [`UnionPair::renamed_variants`].
pub(super) fn find_renamed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |unions: UnionPair<'_>| {
        let found = unions.renamed_variants(pairs).into_iter().map(|(old, new)| {
            let finding = unions.finding(Some(new), unions.new_location()).claim_members(&[&old.name]).claim_type();
            finding.with_old(&old.name).with_new(&new.name)
        });
        found.collect::<Vec<_>>()
    };
    union_pairs(pairs).flat_map(findings_of).collect()
}

/// Finds the members whose types differ under one Rust name.
pub(super) fn find_retyped(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |unions: UnionPair<'_>| {
        let found =
            unions.shared_variants().filter(|(old, new)| !pairs.is_same_type(&old.ty, &new.ty)).map(|(old, new)| {
                let old_type = shown::format_type(pairs.old.definitions(), &old.ty);
                unions
                    .finding(Some(new), unions.new_location())
                    .with_old(old_type)
                    .with_new(shown::format_type(pairs.new.definitions(), &new.ty))
            });
        found.collect::<Vec<_>>()
    };
    union_pairs(pairs).flat_map(findings_of).collect()
}

/// Returns the tag values that select `variant` but not `other`.
fn tag_values_missing_in(variant: &Variant, other: &Variant) -> Vec<Value> {
    variant.tags.iter().filter(|tag| !other.tags.contains(tag)).cloned().collect()
}

/// Joins the values as JSON, such as `"card", "debit"`.
fn join_values(values: &[Value]) -> String {
    values.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")
}

/// Finds the variants of unions with a `discriminator` that have more tag values in the new version. If the tag values
/// come from `const` or `enum` of a property instead, the changes of that property's values report them.
pub(super) fn find_added_tag_values(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |unions: UnionPair<'_>| {
        let found = unions
            .shared_by_discriminator()
            .map(|(old, new)| (new, tag_values_missing_in(new, old)))
            .filter(|(_, tags)| !tags.is_empty());
        let found =
            found.map(|(new, tags)| unions.finding(Some(new), unions.new_location()).with_new(join_values(&tags)));
        found.collect::<Vec<_>>()
    };
    union_pairs(pairs).flat_map(findings_of).collect()
}

/// Finds the variants that `discriminator` gives fewer tag values in the new version; see [`find_added_tag_values`].
pub(super) fn find_removed_tag_values(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |unions: UnionPair<'_>| {
        let found = unions
            .shared_by_discriminator()
            .map(|(old, new)| (new, tag_values_missing_in(old, new)))
            .filter(|(_, tags)| !tags.is_empty());
        let found =
            found.map(|(new, tags)| unions.finding(Some(new), unions.new_location()).with_old(join_values(&tags)));
        found.collect::<Vec<_>>()
    };
    union_pairs(pairs).flat_map(findings_of).collect()
}

/// Finds the unions whose members are distinguished in another way, or that treat values of no member differently.
pub(super) fn find_distinction_changes(pairs: &Pairs<'_>) -> Vec<Finding> {
    let finding_of = |unions: UnionPair<'_>| {
        let (old, new) = (describe_distinction(unions.old), describe_distinction(unions.new));
        (old != new).then(|| unions.finding(None, unions.new_location()).with_old(old).with_new(new))
    };
    union_pairs(pairs).filter_map(finding_of).collect()
}

/// Describes how the members of a union are distinguished, and what happens to values that are none of them, such as
/// ``by `kind`; other values are allowed``.
fn describe_distinction(union: &Union) -> String {
    let distinction = match &union.tag {
        _ if union.by_type => "by the JSON type".to_owned(),
        None => "by the shape".to_owned(),
        Some(Tag { property, kind: TagKind::Exclusive }) => format!("by `{property}`"),
        Some(Tag { property, kind: TagKind::Partial }) => format!("by `{property}`, which only some members have"),
        Some(Tag { property, kind: TagKind::Discriminator }) => {
            format!("by `{property}`, the property of the discriminator")
        }
    };
    let other_values = match &union.fallback {
        Fallback::Other(_) => "other values are allowed",
        Fallback::Unknown(_) => "other values are not allowed, but kept",
        Fallback::Reject => "other values are rejected",
    };
    format!("{distinction}; {other_values}")
}
