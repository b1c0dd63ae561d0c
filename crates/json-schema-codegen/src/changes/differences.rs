//! Compares the public items of the two generated outputs, and names the lints of cargo-semver-checks that would report
//! each difference.

use std::collections::{BTreeMap, BTreeSet};

use crate::changes::api::{PublicApi, PublicMethod, PublicType, PublicTypeKind};
use crate::changes::difference::ApiDifference;
use crate::changes::type_part::TypePart;

/// Returns all differences between the public items of the two versions. `renamed` has the new Rust names of renamed
/// types by the old names. Types are compared by name, so the types in `old` must have their new names already.
pub(crate) fn find_differences(
    old: &PublicApi,
    new: &PublicApi,
    renamed: &BTreeMap<String, String>,
) -> Vec<ApiDifference> {
    let mut all = Vec::new();
    for (from, to) in renamed {
        let lint = old.items.get(to).and_then(|item| lint_for_missing_type(item.kind));
        all.push(
            ApiDifference::new_breaking(to, lint, format!("`{from}` was renamed to `{to}`")).with_part(TypePart::Name),
        );
    }
    for (name, item) in &old.items {
        match new.items.get(name) {
            Some(new_item) => {
                TypeComparison { name, old: item, new: new_item, differences: &mut all }.add_differences()
            }
            None => all.push(ApiDifference::new_breaking(
                name,
                lint_for_missing_type(item.kind),
                format!("`{name}` was removed"),
            )),
        }
    }
    for name in new.items.keys().filter(|name| !old.items.contains_key(*name)) {
        all.push(ApiDifference::new_additive(name, None, format!("`{name}` was added")));
    }
    all
}

/// Returns the lint of cargo-semver-checks for a removed type of the kind `kind`; `None` for an alias, for which there
/// is no lint.
fn lint_for_missing_type(kind: PublicTypeKind) -> Option<&'static str> {
    match kind {
        PublicTypeKind::Struct | PublicTypeKind::TupleStruct => Some("struct_missing"),
        PublicTypeKind::Enum => Some("enum_missing"),
        PublicTypeKind::Alias => None,
    }
}

/// A type in both versions, and the list to which the comparison adds differences.
struct TypeComparison<'a> {
    name: &'a str,
    old: &'a PublicType,
    new: &'a PublicType,
    differences: &'a mut Vec<ApiDifference>,
}

impl TypeComparison<'_> {
    /// Adds all differences between the two versions of the type. If the type changed its kind, adds only this
    /// difference; aliases are compared by the types that they stand for.
    fn add_differences(&mut self) {
        if self.old.kind != self.new.kind {
            return self.add_kind_difference();
        }
        if self.old.kind == PublicTypeKind::Alias {
            if self.old.format_alias_target() != self.new.format_alias_target() {
                self.add_breaking_difference(None, format!("`{}` is now an alias of another type", self.name));
            }
            return;
        }
        self.add_exhaustiveness_differences();
        self.add_member_differences();
        self.add_method_differences();
        self.add_trait_differences();
    }

    /// Adds a breaking difference of the type itself, with the lint that reports it and a sentence for the report.
    fn add_breaking_difference(&mut self, lint: Option<&'static str>, text: String) {
        self.differences.push(ApiDifference::new_breaking(self.name, lint, text));
    }

    /// Adds the difference between two types of different kinds, such as a struct that became an alias.
    fn add_kind_difference(&mut self) {
        let lint = match (self.old.kind, self.new.kind) {
            (PublicTypeKind::Struct, PublicTypeKind::Enum) => Some("struct_with_pub_fields_changed_type"),
            (PublicTypeKind::TupleStruct, PublicTypeKind::Struct) => Some("tuple_struct_to_plain_struct"),
            (PublicTypeKind::Struct, PublicTypeKind::TupleStruct) => Some("struct_pub_field_missing"),
            (PublicTypeKind::Enum, PublicTypeKind::Struct | PublicTypeKind::TupleStruct) => Some("enum_changed_kind"),
            (kind, PublicTypeKind::Alias) => lint_for_missing_type(kind),
            _ => None,
        };
        let kind_name = |kind| match kind {
            PublicTypeKind::Struct => "a struct",
            PublicTypeKind::TupleStruct => "a tuple struct",
            PublicTypeKind::Enum => "an enum",
            PublicTypeKind::Alias => "an alias",
        };
        self.add_breaking_difference(
            lint,
            format!("`{}` was {}, and is now {}", self.name, kind_name(self.old.kind), kind_name(self.new.kind)),
        );
    }

    /// Adds the differences of `#[non_exhaustive]`, and of a private field in the new struct if a struct literal could
    /// build the old one.
    fn add_exhaustiveness_differences(&mut self) {
        let lint = if self.old.kind == PublicTypeKind::Enum {
            "enum_marked_non_exhaustive"
        } else {
            "struct_marked_non_exhaustive"
        };
        match (self.old.non_exhaustive, self.new.non_exhaustive) {
            (false, true) => {
                self.add_breaking_difference(Some(lint), format!("`{}` is now `#[non_exhaustive]`", self.name))
            }
            (true, false) => {
                let text = format!("`{}` is no longer `#[non_exhaustive]`", self.name);
                self.differences.push(ApiDifference::new_additive(self.name, None, text));
            }
            _ => {}
        }
        if self.old.allows_struct_literal() && self.new.has_private_field {
            let text = format!("`{}` now has a private field, so a struct literal cannot build it", self.name);
            let lint = Some("constructible_struct_adds_private_field");
            let difference = ApiDifference::new_breaking(self.name, lint, text);
            self.differences.push(difference.with_part(TypePart::PrivateFields));
        }
    }

    /// Adds a difference for each field or variant that was removed, has another type, became deprecated, or was added.
    /// An added field is breaking if a struct literal could build the old struct, and an added variant if the new enum
    /// is exhaustive.
    fn add_member_differences(&mut self) {
        for (member, old) in &self.old.members {
            let path = self.format_member_path(member);
            match self.new.members.get(member) {
                None => self.add_member_difference(
                    member,
                    ApiDifference::new_breaking(
                        self.name,
                        Some(self.lint_for_missing_member()),
                        format!("`{path}` was removed"),
                    ),
                ),
                Some(new) if new.ty != old.ty => {
                    let text = format!("the type of `{path}` changed from `{}` to `{}`", old.ty, new.ty);
                    self.add_member_difference(
                        member,
                        ApiDifference::new_breaking(self.name, self.lint_for_retyped_member(&old.ty, &new.ty), text),
                    );
                }
                Some(new) if new.deprecated && !old.deprecated => {
                    let lint = if self.old.kind == PublicTypeKind::Enum {
                        "enum_variant_marked_deprecated"
                    } else {
                        "struct_field_marked_deprecated"
                    };
                    let text = format!("`{path}` is now deprecated");
                    self.add_member_difference(member, ApiDifference::new_additive(self.name, Some(lint), text));
                }
                Some(_) => {}
            }
        }
        for member in self.new.members.keys().filter(|member| !self.old.members.contains_key(*member)) {
            let text = format!("`{}` was added", self.format_member_path(member));
            let lint = if self.old.kind == PublicTypeKind::Enum {
                "enum_variant_added"
            } else {
                "constructible_struct_adds_field"
            };
            let is_breaking = if self.old.kind == PublicTypeKind::Enum {
                !self.new.non_exhaustive
            } else {
                self.old.allows_struct_literal()
            };
            let difference = match is_breaking {
                true => ApiDifference::new_breaking(self.name, Some(lint), text),
                false => ApiDifference::new_additive(self.name, None, text),
            };
            self.add_member_difference(member, difference);
        }
    }

    /// Returns the lint of cargo-semver-checks for a removed field or variant.
    fn lint_for_missing_member(&self) -> &'static str {
        if self.old.kind == PublicTypeKind::Enum { "enum_variant_missing" } else { "struct_pub_field_missing" }
    }

    /// Returns the lint of cargo-semver-checks for a field or variant whose type changed from `old` to `new`; a variant
    /// without fields has an empty type. Only a variant that gained all or lost all of its fields has a lint; `None`
    /// otherwise.
    fn lint_for_retyped_member(&self, old: &str, new: &str) -> Option<&'static str> {
        match (self.old.kind, old.is_empty(), new.is_empty()) {
            (PublicTypeKind::Enum, true, false) => Some("enum_unit_variant_changed_kind"),
            (PublicTypeKind::Enum, false, true) => Some("enum_tuple_variant_changed_kind"),
            _ => None,
        }
    }

    /// Returns the path of a member for the report: `Order.total` for a field, `OrderState::Open` for a variant.
    fn format_member_path(&self, member: &str) -> String {
        let separator = if self.old.kind == PublicTypeKind::Enum { "::" } else { "." };
        format!("{}{separator}{member}", self.name)
    }

    /// Adds `difference` as a difference of the field or variant `member`.
    fn add_member_difference(&mut self, member: &str, difference: ApiDifference) {
        self.differences.push(difference.with_part(TypePart::Member(member.to_owned())));
    }

    /// Adds `difference` as a difference of the method `name`, or of [`TypePart::Construction`] if the method is `new`.
    fn add_method_difference(&mut self, name: &str, difference: ApiDifference) {
        let part = if name == "new" { TypePart::Construction } else { TypePart::Method(name.to_owned()) };
        self.differences.push(difference.with_part(part));
    }

    /// Adds `difference` as a difference of [`TypePart::Construction`] if `is_construction`, else as a difference of
    /// the type itself.
    fn add_type_or_construction_difference(&mut self, is_construction: bool, difference: ApiDifference) {
        self.differences.push(if is_construction { difference.with_part(TypePart::Construction) } else { difference });
    }

    /// Adds a difference for each public method that was removed, changed or added. Differences of the method `new` are
    /// differences of [`TypePart::Construction`].
    fn add_method_differences(&mut self) {
        for (name, old) in &self.old.methods {
            match self.new.methods.get(name) {
                Some(new) if new == old => {}
                Some(new) => self.add_signature_differences(name, old, new),
                None => {
                    let text = format!("`{}::{name}` was removed", self.name);
                    let lint = Some("inherent_method_missing");
                    self.add_method_difference(name, ApiDifference::new_breaking(self.name, lint, text));
                }
            }
        }
        for name in self.new.methods.keys().filter(|name| !self.old.methods.contains_key(*name)) {
            let text = format!("`{}::{name}` was added", self.name);
            self.add_method_difference(name, ApiDifference::new_additive(self.name, None, text));
        }
    }

    /// Adds the differences between the old and the new signature of the method `name`: one for each parameter that was
    /// added, removed or retyped, as a difference of the field with the parameter's name. If there are none, adds one
    /// difference of the method, about its return type if that differs, else about the order of its parameters.
    fn add_signature_differences(&mut self, name: &str, old: &PublicMethod, new: &PublicMethod) {
        let path = format!("{}::{name}", self.name);
        let returns = (&old.output, &new.output);
        let old: BTreeMap<_, _> = old.parameters.iter().cloned().collect();
        let new: BTreeMap<_, _> = new.parameters.iter().cloned().collect();
        let count_lint = (old.len() != new.len()).then_some("method_parameter_count_changed");
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let before = self.differences.len();
        for parameter in names {
            let (lint, text) = match (old.get(parameter), new.get(parameter)) {
                (Some(_), None) => (count_lint, format!("`{path}` no longer takes `{parameter}`")),
                (None, Some(_)) => (count_lint, format!("`{path}` now takes `{parameter}`")),
                (Some(old), Some(new)) if old != new => {
                    let text = format!("`{path}` takes `{parameter}: {new}` instead of `{parameter}: {old}`");
                    (Some("method_parameter_type_changed"), text)
                }
                _ => continue,
            };
            self.add_member_difference(parameter, ApiDifference::new_breaking(self.name, lint, text));
        }
        if self.differences.len() == before {
            let text = match returns {
                (old, new) if old != new => format!("`{path}` returns `{new}` instead of `{old}`"),
                _ => format!("`{path}` has another order of parameters"),
            };
            self.add_method_difference(name, ApiDifference::new_breaking(self.name, None, text));
        }
    }

    /// Adds a difference for each trait that the type no longer or newly implements. Differences of `Default` are
    /// differences of [`TypePart::Construction`].
    fn add_trait_differences(&mut self) {
        for name in self.old.traits.difference(&self.new.traits) {
            let text = format!("`{}` no longer implements `{name}`", self.name);
            let lint = (!name.contains(['<', ':'])).then_some("derive_trait_impl_removed");
            self.add_type_or_construction_difference(
                name == "Default",
                ApiDifference::new_breaking(self.name, lint, text),
            );
        }
        for name in self.new.traits.difference(&self.old.traits) {
            let text = format!("`{}` now implements `{name}`", self.name);
            self.add_type_or_construction_difference(
                name == "Default",
                ApiDifference::new_additive(self.name, None, text),
            );
        }
    }
}
