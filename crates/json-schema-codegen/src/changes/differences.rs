//! What differs between the public items of two outputs, in the terms of cargo-semver-checks.

use std::collections::{BTreeMap, BTreeSet};

use crate::changes::api::{Api, Item, Method, Sort};
use crate::changes::report::Verdict;

// What a type has beside its members is named among them, by texts that no member has as its name.

/// What the construction of a struct is called among the members of its type.
pub(crate) const NEW: &str = "new()";

/// What private fields are called among the members of their type.
pub(crate) const PRIVATE: &str = "private fields";

/// What the name of a type is called among its members.
pub(crate) const NAME: &str = "name of the type";

/// What differs about a type, or about a member of one.
pub(crate) struct Difference {
    pub(crate) owner: String,
    /// The Rust name of the field, the variant or the parameter of `new`.
    pub(crate) member: Option<String>,
    pub(crate) verdict: Verdict,
    /// The lint that sees it, if there is one.
    pub(crate) lint: Option<&'static str>,
    pub(crate) words: String,
}

/// What differs; the names of the old items are the new ones already, as `renamed` says.
pub(crate) fn differences(old: &Api, new: &Api, renamed: &BTreeMap<String, String>) -> Vec<Difference> {
    let mut all = Vec::new();
    for (from, to) in renamed {
        let lint = old.items.get(to).and_then(|item| missing(item.sort));
        all.push(Difference::breaking(to, lint, format!("`{from}` is called `{to}`")).of(NAME));
    }
    for (name, item) in &old.items {
        match new.items.get(name) {
            Some(other) => Compared { name, old: item, new: other, all: &mut all }.run(),
            None => all.push(Difference::breaking(name, missing(item.sort), format!("`{name}` is gone"))),
        }
    }
    for name in new.items.keys().filter(|name| !old.items.contains_key(*name)) {
        all.push(Difference::additive(name, None, format!("`{name}` is new")));
    }
    all
}

fn missing(sort: Sort) -> Option<&'static str> {
    match sort {
        Sort::Struct | Sort::TupleStruct => Some("struct_missing"),
        Sort::Enum => Some("enum_missing"),
        Sort::Alias => None,
    }
}

impl Difference {
    fn new(owner: &str, verdict: Verdict, lint: Option<&'static str>, words: String) -> Self {
        Self { owner: owner.to_owned(), member: None, verdict, lint, words }
    }

    fn breaking(owner: &str, lint: Option<&'static str>, words: String) -> Self {
        Self::new(owner, Verdict::Breaking, lint, words)
    }

    fn additive(owner: &str, lint: Option<&'static str>, words: String) -> Self {
        Self::new(owner, Verdict::Additive, lint, words)
    }

    fn of(self, member: &str) -> Self {
        Self { member: Some(member.to_owned()), ..self }
    }
}

/// Two items of one name.
struct Compared<'a> {
    name: &'a str,
    old: &'a Item,
    new: &'a Item,
    all: &'a mut Vec<Difference>,
}

impl Compared<'_> {
    fn run(&mut self) {
        if self.old.sort != self.new.sort {
            return self.sort();
        }
        if self.old.sort == Sort::Alias {
            if self.old.alias() != self.new.alias() {
                self.breaking(None, format!("`{}` stands for another type", self.name));
            }
            return;
        }
        self.exhaustive();
        self.members();
        self.methods();
        self.traits();
    }

    fn breaking(&mut self, lint: Option<&'static str>, words: String) {
        self.all.push(Difference::breaking(self.name, lint, words));
    }

    fn sort(&mut self) {
        let lint = match (self.old.sort, self.new.sort) {
            (Sort::Struct, Sort::Enum) => Some("struct_with_pub_fields_changed_type"),
            (Sort::TupleStruct, Sort::Struct) => Some("tuple_struct_to_plain_struct"),
            (Sort::Struct, Sort::TupleStruct) => Some("struct_pub_field_missing"),
            (Sort::Enum, Sort::Struct | Sort::TupleStruct) => Some("enum_changed_kind"),
            (sort, Sort::Alias) => missing(sort),
            _ => None,
        };
        let word = |sort| match sort {
            Sort::Struct => "a struct",
            Sort::TupleStruct => "a tuple struct",
            Sort::Enum => "an enum",
            Sort::Alias => "an alias",
        };
        self.breaking(lint, format!("`{}` was {}, is {}", self.name, word(self.old.sort), word(self.new.sort)));
    }

    fn exhaustive(&mut self) {
        let lint =
            if self.old.sort == Sort::Enum { "enum_marked_non_exhaustive" } else { "struct_marked_non_exhaustive" };
        match (self.old.non_exhaustive, self.new.non_exhaustive) {
            (false, true) => self.breaking(Some(lint), format!("`{}` is `#[non_exhaustive]`", self.name)),
            (true, false) => {
                let words = format!("`{}` is `#[non_exhaustive]` no longer", self.name);
                self.all.push(Difference::additive(self.name, None, words));
            }
            _ => {}
        }
        if self.old.is_constructible() && self.new.has_private {
            let words = format!("`{}` has a private field, so that no literal makes it", self.name);
            let lint = Some("constructible_struct_adds_private_field");
            self.member(PRIVATE, Difference::breaking(self.name, lint, words));
        }
    }

    fn members(&mut self) {
        for (member, was) in &self.old.members {
            let path = self.path(member);
            match self.new.members.get(member) {
                None => {
                    self.member(member, Difference::breaking(self.name, Some(self.lost()), format!("`{path}` is gone")))
                }
                Some(is) if is.ty != was.ty => {
                    let words = format!("`{path}` was `{}`, is `{}`", was.ty, is.ty);
                    self.member(member, Difference::breaking(self.name, self.retyped(&was.ty, &is.ty), words));
                }
                Some(is) if is.deprecated && !was.deprecated => {
                    let lint = if self.old.sort == Sort::Enum {
                        "enum_variant_marked_deprecated"
                    } else {
                        "struct_field_marked_deprecated"
                    };
                    let words = format!("`{path}` is deprecated");
                    self.member(member, Difference::additive(self.name, Some(lint), words));
                }
                Some(_) => {}
            }
        }
        for member in self.new.members.keys().filter(|member| !self.old.members.contains_key(*member)) {
            let words = format!("`{}` is new", self.path(member));
            let lint =
                if self.old.sort == Sort::Enum { "enum_variant_added" } else { "constructible_struct_adds_field" };
            let is_seen =
                if self.old.sort == Sort::Enum { !self.new.non_exhaustive } else { self.old.is_constructible() };
            let difference = match is_seen {
                true => Difference::breaking(self.name, Some(lint), words),
                false => Difference::additive(self.name, None, words),
            };
            self.member(member, difference);
        }
    }

    /// The lint for a field or variant that is gone.
    fn lost(&self) -> &'static str {
        if self.old.sort == Sort::Enum { "enum_variant_missing" } else { "struct_pub_field_missing" }
    }

    /// The lint for a field or variant of another type: none but for variants of another form.
    fn retyped(&self, was: &str, is: &str) -> Option<&'static str> {
        match (self.old.sort, was.is_empty(), is.is_empty()) {
            (Sort::Enum, true, false) => Some("enum_unit_variant_changed_kind"),
            (Sort::Enum, false, true) => Some("enum_tuple_variant_changed_kind"),
            _ => None,
        }
    }

    fn path(&self, member: &str) -> String {
        let separator = if self.old.sort == Sort::Enum { "::" } else { "." };
        format!("{}{separator}{member}", self.name)
    }

    fn member(&mut self, member: &str, difference: Difference) {
        self.all.push(difference.of(member));
    }

    /// A difference of the type, or of how it is made.
    fn made(&mut self, is_made: bool, difference: Difference) {
        self.all.push(if is_made { difference.of(NEW) } else { difference });
    }

    fn methods(&mut self) {
        for (name, was) in &self.old.methods {
            match self.new.methods.get(name) {
                Some(is) if is == was => {}
                Some(is) => self.method(name, was, is),
                None => {
                    let words = format!("`{}::{name}` is gone", self.name);
                    let lint = Some("inherent_method_missing");
                    self.made(name == "new", Difference::breaking(self.name, lint, words));
                }
            }
        }
        for name in self.new.methods.keys().filter(|name| !self.old.methods.contains_key(*name)) {
            let words = format!("`{}::{name}` is new", self.name);
            self.made(name == "new", Difference::additive(self.name, None, words));
        }
    }

    /// A method whose parameters differ: each that does is a difference of the field it is for.
    fn method(&mut self, name: &str, was: &Method, is: &Method) {
        let path = format!("{}::{name}", self.name);
        let old: BTreeMap<_, _> = was.parameters.iter().cloned().collect();
        let new: BTreeMap<_, _> = is.parameters.iter().cloned().collect();
        let counted = (old.len() != new.len()).then_some("method_parameter_count_changed");
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let before = self.all.len();
        for parameter in names {
            let (lint, words) = match (old.get(parameter), new.get(parameter)) {
                (Some(_), None) => (counted, format!("`{path}` takes no `{parameter}`")),
                (None, Some(_)) => (counted, format!("`{path}` takes `{parameter}`")),
                (Some(was), Some(is)) if was != is => {
                    let words = format!("`{path}` takes `{parameter}: {is}`, was `{was}`");
                    (Some("method_parameter_type_changed"), words)
                }
                _ => continue,
            };
            self.member(parameter, Difference::breaking(self.name, lint, words));
        }
        if self.all.len() == before {
            self.breaking(None, format!("`{path}` takes its parameters in another order, or gives another type"));
        }
    }

    fn traits(&mut self) {
        for name in self.old.traits.difference(&self.new.traits) {
            let words = format!("`{}` is no `{name}`", self.name);
            let lint = (!name.contains(['<', ':'])).then_some("derive_trait_impl_removed");
            self.made(name == "Default", Difference::breaking(self.name, lint, words));
        }
        for name in self.new.traits.difference(&self.old.traits) {
            let words = format!("`{}` is `{name}`", self.name);
            self.made(name == "Default", Difference::additive(self.name, None, words));
        }
    }
}
