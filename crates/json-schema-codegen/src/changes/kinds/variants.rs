//! Changes of unions (`oneOf` and `anyOf`): of their members, and of how the member for a value is chosen.

use crate::changes::change_kind::ChangeKind;
use crate::changes::kinds::{ChangeLocation, SchemaChange};
use crate::changes::pairs::{DefinitionPairs, VersionPair};
use crate::changes::question::QuestionFocus;
use crate::changes::shown;
use crate::changes::type_part::TypePart;
use crate::normalize::{Definition, Shape, TagKind, Union, UnionFallback, UnionTag, Variant};

/// Finds the union members that were added, removed, renamed or changed, and the unions that choose the member for a
/// value in another way, or treat values that fit no member in another way.
pub(super) fn find_union_changes(pairs: &DefinitionPairs<'_>) -> Vec<SchemaChange> {
    let unions = pairs.definition_pairs().filter_map(|pair| match (&pair.old.shape, &pair.new.shape) {
        (Shape::Union(old), Shape::Union(new)) => Some(UnionPair { pairs, pair, old, new }),
        _ => None,
    });
    unions.flat_map(|unions| unions.compare_unions()).collect()
}

/// The old and the new version of a union.
struct UnionPair<'a> {
    pairs: &'a DefinitionPairs<'a>,
    pair: VersionPair<'a, Definition>,
    old: &'a Union,
    new: &'a Union,
}

impl<'a> UnionPair<'a> {
    /// Returns all changes of the union.
    fn compare_unions(&self) -> Vec<SchemaChange> {
        let (mut added, mut removed) =
            (find_variants_missing_in(self.new, self.old), find_variants_missing_in(self.old, self.new));
        let mut found = Vec::new();
        for (old, new) in self.find_renamed_variants(&removed, &added) {
            removed.retain(|variant| variant.name != old.name);
            added.retain(|variant| variant.name != new.name);
            let change = self
                .create_variant_change(ChangeKind::MemberRenamed, new)
                .with_explained_members([&old.name])
                .with_explained_part(TypePart::Type);
            found.push(change.with_old_text(&old.name).with_new_text(&new.name));
        }
        found.extend(added.into_iter().map(|variant| {
            let text = shown::format_type(self.pairs.new.definitions(), &variant.ty);
            self.create_variant_change(ChangeKind::MemberAdded, variant)
                .with_new_text(text)
                .with_explained_part(TypePart::Type)
        }));
        found.extend(removed.into_iter().map(|variant| {
            let text = shown::format_type(self.pairs.old.definitions(), &variant.ty);
            let location = ChangeLocation::Old(self.pair.old.location.clone());
            let change = self
                .create_variant_change(ChangeKind::MemberRemoved, variant)
                .with_old_text(text)
                .with_explained_part(TypePart::Type);
            SchemaChange { location, ..change }
        }));
        let shared = self.old.variants.iter().filter_map(|old| Some((old, find_variant(self.new, &old.name)?)));
        found.extend(shared.flat_map(|(old, new)| self.compare_variants(old, new)));
        let (old, new) = (describe_distinction(self.old), describe_distinction(self.new));
        if old != new {
            let change = self.create_union_change(ChangeKind::DistinctionChanged).with_explained_part(TypePart::Type);
            found.push(change.with_old_text(old).with_new_text(new));
        }
        found
    }

    /// Creates a change of the union, at its location in the new schema, that asks whether each version reads all
    /// instances of the other.
    fn create_union_change(&self, kind: ChangeKind) -> SchemaChange {
        let location = ChangeLocation::New(self.pair.new.location.clone());
        SchemaChange::new(kind, self.pair.name, location).with_question(self.pair.ids, QuestionFocus::All)
    }

    /// Creates a change of the union's member `variant`, at the union's location in the new schema. The change explains
    /// differences of the Rust variant, and asks whether each version reads all instances of the other.
    fn create_variant_change(&self, kind: ChangeKind, variant: &Variant) -> SchemaChange {
        self.create_union_change(kind).with_member(&variant.name).with_explained_members([&variant.name])
    }

    /// Returns the renamed variants as (old, new): each variant of `removed` with the first variant of `added` that
    /// holds the same type and is not yet paired.
    fn find_renamed_variants(&self, removed: &[&'a Variant], added: &[&'a Variant]) -> Vec<(&'a Variant, &'a Variant)> {
        let mut added = added.to_vec();
        let renamed = removed.iter().filter_map(|old| {
            let index = added.iter().position(|new| self.pairs.is_same_type(&old.ty, &new.ty))?;
            Some((*old, added.remove(index)))
        });
        renamed.collect()
    }

    /// Returns the changes of a variant that both versions have under one Rust name: one if it holds another type, and
    /// one each for the added and the removed values of the tag. The values of the tag are compared only if both unions
    /// have a `discriminator`; values that come from `const` or `enum` of a property are reported as changes of that
    /// property's type.
    fn compare_variants(&self, old: &Variant, new: &Variant) -> Vec<SchemaChange> {
        let mut found = Vec::new();
        if !self.pairs.is_same_type(&old.ty, &new.ty) {
            let old_type = shown::format_type(self.pairs.old.definitions(), &old.ty);
            let new_type = shown::format_type(self.pairs.new.definitions(), &new.ty);
            found.push(
                self.create_variant_change(ChangeKind::MemberTypeChanged, new)
                    .with_old_text(old_type)
                    .with_new_text(new_type),
            );
        }
        if [self.old, self.new].into_iter().all(has_discriminator) {
            let (added, removed) = (format_tag_values_missing_in(new, old), format_tag_values_missing_in(old, new));
            found.extend(
                added.map(|tags| self.create_variant_change(ChangeKind::TagValueAdded, new).with_new_text(tags)),
            );
            found.extend(
                removed.map(|tags| self.create_variant_change(ChangeKind::TagValueRemoved, new).with_old_text(tags)),
            );
        }
        found
    }
}

/// Checks whether the values of a union's tag come from the keyword `discriminator`.
fn has_discriminator(union: &Union) -> bool {
    union.tag.as_ref().is_some_and(|tag| tag.kind == TagKind::Discriminator)
}

/// Returns the variant of `union` with the Rust name `name`; `None` if there is no such variant.
fn find_variant<'a>(union: &'a Union, name: &str) -> Option<&'a Variant> {
    union.variants.iter().find(|variant| variant.name == name)
}

/// Returns the variants of `union` whose Rust names no variant of `other` has.
fn find_variants_missing_in<'a>(union: &'a Union, other: &Union) -> Vec<&'a Variant> {
    union.variants.iter().filter(|variant| find_variant(other, &variant.name).is_none()).collect()
}

/// Returns the tag values that select `variant` but not `other`, as JSON, such as `"card", "debit"`; `None` if there
/// are no such values.
fn format_tag_values_missing_in(variant: &Variant, other: &Variant) -> Option<String> {
    let missing = variant.tags.iter().filter(|tag| !other.tags.contains(tag));
    let missing: Vec<String> = missing.map(shown::format_json).collect();
    (!missing.is_empty()).then(|| missing.join(", "))
}

/// Describes how a union chooses the member for a value, and what happens to values that fit no member, such as ``by
/// `kind`; other values are allowed``.
fn describe_distinction(union: &Union) -> String {
    let distinction = match &union.tag {
        _ if union.by_type => "by the JSON type".to_owned(),
        None => "by the shape".to_owned(),
        Some(UnionTag { property, kind: TagKind::Exclusive }) => format!("by `{property}`"),
        Some(UnionTag { property, kind: TagKind::Partial }) => format!("by `{property}`, which only some members have"),
        Some(UnionTag { property, kind: TagKind::Discriminator }) => {
            format!("by `{property}`, the property of the discriminator")
        }
    };
    let other_values = match &union.fallback {
        UnionFallback::Other(_) => "other values are allowed",
        UnionFallback::Unknown(_) => "other values are not allowed, but kept",
        UnionFallback::Reject => "other values are rejected",
    };
    format!("{distinction}; {other_values}")
}
