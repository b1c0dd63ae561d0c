//! Changes of unions (`oneOf` and `anyOf`): of their members, and of how the member that a value is gets chosen.

use crate::changes::change_kind::ChangeKind;
use crate::changes::differences::ItemPart;
use crate::changes::kinds::{ChangeLocation, Finding};
use crate::changes::pairs::{Pair, Pairs};
use crate::changes::question::Focus;
use crate::changes::shown;
use crate::normalize::{Definition, Fallback, Shape, Tag, TagKind, Union, Variant};

/// Finds the members that were added, removed, renamed or changed, and the unions whose members are distinguished in another
/// way, or that treat values of no member differently.
pub(super) fn find(pairs: &Pairs<'_>) -> Vec<Finding> {
    let unions = pairs.definitions().filter_map(|pair| match (&pair.old.shape, &pair.new.shape) {
        (Shape::Union(old), Shape::Union(new)) => Some(UnionPair { pairs, pair, old, new }),
        _ => None,
    });
    unions.flat_map(|unions| unions.compare()).collect()
}

/// The old and the new union of one type.
struct UnionPair<'a> {
    pairs: &'a Pairs<'a>,
    pair: Pair<'a, Definition>,
    old: &'a Union,
    new: &'a Union,
}

impl<'a> UnionPair<'a> {
    /// Returns the findings about this type.
    fn compare(&self) -> Vec<Finding> {
        let (mut added, mut removed) =
            (variants_missing_in(self.new, self.old), variants_missing_in(self.old, self.new));
        let mut found = Vec::new();
        for (old, new) in self.renamed_variants(&removed, &added) {
            removed.retain(|variant| variant.name != old.name);
            added.retain(|variant| variant.name != new.name);
            let finding = self.finding(ChangeKind::MemberRenamed, new).claim_members([&old.name]).claim(ItemPart::Type);
            found.push(finding.with_old(&old.name).with_new(&new.name));
        }
        found.extend(added.into_iter().map(|variant| {
            let text = shown::format_type(self.pairs.new.definitions(), &variant.ty);
            self.finding(ChangeKind::MemberAdded, variant).with_new(text).claim(ItemPart::Type)
        }));
        found.extend(removed.into_iter().map(|variant| {
            let text = shown::format_type(self.pairs.old.definitions(), &variant.ty);
            let location = ChangeLocation::Old(self.pair.old.location.clone());
            let finding = self.finding(ChangeKind::MemberRemoved, variant).with_old(text).claim(ItemPart::Type);
            Finding { location, ..finding }
        }));
        let shared = self.old.variants.iter().filter_map(|old| Some((old, find_variant(self.new, &old.name)?)));
        found.extend(shared.flat_map(|(old, new)| self.compare_variants(old, new)));
        let (old, new) = (describe_distinction(self.old), describe_distinction(self.new));
        if old != new {
            let finding = self.finding_about_all(ChangeKind::DistinctionChanged).claim(ItemPart::Type);
            found.push(finding.with_old(old).with_new(new));
        }
        found
    }

    /// Creates a finding about the type, at its location in the new schema, that asks whether each version reads all of the
    /// other.
    fn finding_about_all(&self, kind: ChangeKind) -> Finding {
        let location = ChangeLocation::New(self.pair.new.location.clone());
        Finding::new(kind, self.pair.name, location).with_question(self.pair.ids, Focus::All)
    }

    /// Creates a finding as [`Self::finding_about_all`] that is about `variant` and explains differences of it.
    fn finding(&self, kind: ChangeKind, variant: &Variant) -> Finding {
        self.finding_about_all(kind).with_member(&variant.name).claim_members([&variant.name])
    }

    /// Returns the variants, as (old, new), of which the old one of `removed` and the new one of `added` hold the same type.
    /// Each comes once.
    fn renamed_variants(&self, removed: &[&'a Variant], added: &[&'a Variant]) -> Vec<(&'a Variant, &'a Variant)> {
        let mut added = added.to_vec();
        let renamed = removed.iter().filter_map(|old| {
            let index = added.iter().position(|new| self.pairs.is_same_type(&old.ty, &new.ty))?;
            Some((*old, added.remove(index)))
        });
        renamed.collect()
    }

    /// Returns the findings for a variant that both versions have under one Rust name: that it holds another type, and the
    /// values of the tag that were added and removed. If the values of the tag come from `const` or `enum` of a property
    /// instead of `discriminator`, the changes of that property's values report them.
    fn compare_variants(&self, old: &Variant, new: &Variant) -> Vec<Finding> {
        let mut found = Vec::new();
        if !self.pairs.is_same_type(&old.ty, &new.ty) {
            let old_type = shown::format_type(self.pairs.old.definitions(), &old.ty);
            let new_type = shown::format_type(self.pairs.new.definitions(), &new.ty);
            found.push(self.finding(ChangeKind::MemberTypeChanged, new).with_old(old_type).with_new(new_type));
        }
        if [self.old, self.new].into_iter().all(has_discriminator) {
            let (added, removed) = (tag_values_missing_in(new, old), tag_values_missing_in(old, new));
            found.extend(added.map(|tags| self.finding(ChangeKind::TagValueAdded, new).with_new(tags)));
            found.extend(removed.map(|tags| self.finding(ChangeKind::TagValueRemoved, new).with_old(tags)));
        }
        found
    }
}

/// Checks whether the values of the tag of a union come from `discriminator`.
fn has_discriminator(union: &Union) -> bool {
    union.tag.as_ref().is_some_and(|tag| tag.kind == TagKind::Discriminator)
}

/// Returns the variant of `union` with the Rust name `name`.
fn find_variant<'a>(union: &'a Union, name: &str) -> Option<&'a Variant> {
    union.variants.iter().find(|variant| variant.name == name)
}

/// Returns the variants of `union` whose Rust names `other` does not have.
fn variants_missing_in<'a>(union: &'a Union, other: &Union) -> Vec<&'a Variant> {
    union.variants.iter().filter(|variant| find_variant(other, &variant.name).is_none()).collect()
}

/// Returns the tag values that select `variant` but not `other`, joined as JSON, such as `"card", "debit"`; `None` if there
/// are none.
fn tag_values_missing_in(variant: &Variant, other: &Variant) -> Option<String> {
    let missing = variant.tags.iter().filter(|tag| !other.tags.contains(tag));
    let missing: Vec<String> = missing.map(shown::format_json).collect();
    (!missing.is_empty()).then(|| missing.join(", "))
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
