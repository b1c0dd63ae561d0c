//! Turns the keywords that strict types check into lists of assertions.
//!
//! A list is exact, or may accept more than the schema. What `not`, `if`, `contains` and `oneOf` hold has to be exact: if
//! it accepted more, the type would refuse what the schema accepts. A keyword whose list cannot be exact is not checked.

mod evaluated;
mod keywords;
mod numbers;
mod objects;
mod patterns;

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;

use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::Keywords;
use crate::normalize::names::{self, Taken};
use crate::normalize::node::Node;
use crate::normalize::outline::Outline;
use crate::normalize::schemas::Schemas;
use crate::runtime::{Assertion, Checker};

pub(super) use evaluated::closes;
use keywords::{At, KEYWORDS, Keyword};

/// The index of a list of assertions in [`Assertions::lists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ListId(pub(crate) usize);

/// The lists of assertions that the types check.
#[derive(Debug, Default)]
pub(crate) struct AssertionLists {
    /// (name, assertions) of each list, indexed by [`ListId`].
    pub(crate) all: Vec<(String, Vec<Assertion>)>,
}

impl AssertionLists {
    /// Returns the name of a list, such as `OrderTags`; empty if there is no such list.
    pub(crate) fn name(&self, id: ListId) -> &str {
        self.all.get(id.0).map_or("", |(name, _)| name)
    }

    /// Checks whether all assertions of a list hold for `value`.
    pub(crate) fn accept(&self, id: ListId, value: &Value) -> bool {
        let lists: Vec<&[Assertion]> = self.all.iter().map(|(_, list)| list.as_slice()).collect();
        Checker::new(&lists).accepts(id.0, value)
    }
}

/// Whether a list of assertions accepts exactly what its schema accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Precision {
    Exact,
    /// The list may accept more than the schema.
    Wider,
}

/// Most schemas inside one another for which an exact list is made; deeper ones have none.
const MAX_DEPTH: usize = 48;

/// Makes lists of assertions, each once.
pub(super) struct Compiler<'a> {
    schemas: Schemas<'a>,
    lists: AssertionLists,
    names: Taken,
    /// By schema: its list; `None` if there can be no exact one.
    known: HashMap<(Location, Precision), Option<usize>>,
    /// (index of the list, schema) of the wider lists that are not made yet.
    waiting: VecDeque<(usize, Location)>,
    /// The number of schemas around the one that an exact list is made for.
    depth: usize,
    /// The keywords that the types check, by the location of their schema.
    checked: HashSet<(Location, &'static str)>,
}

impl<'a> Compiler<'a> {
    /// Returns a compiler without any list.
    pub(super) fn new(schemas: Schemas<'a>) -> Self {
        Self {
            schemas,
            lists: AssertionLists::default(),
            names: Taken::default(),
            known: HashMap::new(),
            waiting: VecDeque::new(),
            depth: 0,
            checked: HashSet::new(),
        }
    }

    /// Makes the lists that others refer to and that are not made yet. Returns all lists, and the keywords that they check
    /// by the location of their schema.
    pub(super) fn finish(mut self) -> (AssertionLists, HashSet<(Location, &'static str)>) {
        self.make_waiting();
        (self.lists, self.checked)
    }

    /// Returns the list that the values of `node` are checked against beside their type, whose outline is `outline`; `None`
    /// if there is nothing to check. `covered` has the locations of schemas that are checked elsewhere.
    pub(super) fn beside_type(
        &mut self,
        node: &Node,
        outline: &Outline,
        covered: &[Location],
        name: &str,
    ) -> Option<ListId> {
        let types = self.schemas.types(node);
        let mut found = Vec::new();
        if types == TypeSet::NONE {
            found.push(Assertion::Nothing);
        }
        for part in node.parts.iter().filter(|part| !covered.contains(&part.location)) {
            let Some(keywords) = self.schemas.keywords(&part.location) else { continue };
            let is_left = |keyword: &&Keyword| match keyword.name {
                "oneOf" => !part.one_of_settled,
                "anyOf" => !part.any_of_settled && !matches!(outline, Outline::Union(_)),
                "const" | "enum" => matches!(outline, Outline::Scalar(_)),
                _ => !keyword.is_structural,
            };
            for keyword in KEYWORDS.iter().filter(is_left).filter(|keyword| types.has(keyword.types)) {
                found.extend(self.keyword(keyword, &keywords, Precision::Wider, name).unwrap_or_default());
            }
            found.extend(self.forbidden(&keywords, types, name));
        }
        self.make_waiting();
        if let Outline::Scalar(ty) = outline {
            found.retain(|assertion| !numbers::is_implied(ty, assertion));
        }
        if found.is_empty() { None } else { Some(ListId(self.add(name, found))) }
    }

    /// Returns the list that accepts all that `node` accepts, and no more than the types check: the list by which the member
    /// of a union is chosen.
    pub(super) fn whole(&mut self, node: &Node, name: &str) -> ListId {
        let parts = node.parts.iter().map(|part| {
            let row = self.list(&part.location, Precision::Wider, name);
            Assertion::Same(row.unwrap_or_default())
        });
        let mut found: Vec<Assertion> = parts.collect();
        if node.types != TypeSet::ALL {
            found.push(Assertion::Types(keywords::type_names(node.types).into()));
        }
        let id = ListId(self.add(name, found));
        self.make_waiting();
        id
    }

    /// Checks whether `node` accepts `value`, as far as that can be checked: a pattern that cannot be compiled accepts any
    /// string.
    pub(super) fn accepts(&mut self, node: &Node, value: &Value) -> bool {
        let list = self.whole(node, "Default");
        self.lists.accept(list, value)
    }

    /// Makes the wider lists that are waiting.
    fn make_waiting(&mut self) {
        while let Some((row, location)) = self.waiting.pop_front() {
            let name = self.lists.all[row].0.clone();
            self.lists.all[row].1 = self.assertions_of(&location, Precision::Wider, &name).unwrap_or_default();
        }
    }

    /// Adds a list, and returns its index.
    fn add(&mut self, name: &str, assertions: Vec<Assertion>) -> usize {
        self.lists.all.push((self.names.unique(names::beginning(name)), assertions));
        self.lists.all.len() - 1
    }

    /// Returns the index of the list of the schema at `location`; `None` if it is to be exact and cannot be. A wider list is
    /// made later.
    fn list(&mut self, location: &Location, precision: Precision, name: &str) -> Option<usize> {
        let key = (location.clone(), precision);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let own = self.schemas.names.get(location).map_or(name, String::as_str).to_owned();
        let row = self.add(&own, Vec::new());
        self.known.insert(key.clone(), Some(row));
        if precision == Precision::Wider {
            self.waiting.push_back((row, location.clone()));
            return Some(row);
        }
        self.depth += 1;
        let made = if self.depth > MAX_DEPTH { None } else { self.assertions_of(location, precision, &own) };
        self.depth -= 1;
        if let Some(assertions) = made {
            self.lists.all[row].1 = assertions;
            return Some(row);
        }
        // The lists after this one may refer to it. Wider lists keep their places, since others wait for them.
        self.known.retain(|(_, precision), known| *precision == Precision::Wider || known.is_none_or(|at| at < row));
        self.known.insert(key, None);
        None
    }

    /// Returns the assertions of the schema at `location`; `None` if they are to be exact and cannot be.
    fn assertions_of(&mut self, location: &Location, precision: Precision, name: &str) -> Option<Vec<Assertion>> {
        let Some(keywords) = self.schemas.keywords(location) else {
            return match self.schemas.resolved.value(location).and_then(Value::as_bool) {
                Some(true) => Some(Vec::new()),
                Some(false) => Some(vec![Assertion::Nothing]),
                None => (precision == Precision::Wider).then(Vec::new),
            };
        };
        let mut found = Vec::new();
        if keywords.has_reference() {
            match self.schemas.resolved.target(location) {
                Some(target) => found.push(Assertion::Same(self.list(&target.clone(), precision, name)?)),
                None if precision == Precision::Exact => return None,
                None => {}
            }
        }
        for keyword in KEYWORDS {
            match self.keyword(keyword, &keywords, precision, name) {
                Some(assertions) => found.extend(assertions),
                None if precision == Precision::Exact => return None,
                None => {}
            }
        }
        Some(found)
    }

    /// Returns the assertions of a keyword of the schema `keywords`; empty if the schema does not have it, or its draft does
    /// not know it. `None` if it cannot be checked. Records that it is checked.
    fn keyword(
        &mut self,
        keyword: &Keyword,
        keywords: &Keywords<'_>,
        precision: Precision,
        name: &str,
    ) -> Option<Vec<Assertion>> {
        if !keywords.has(keyword.name) || keywords.draft() < keyword.first {
            return Some(Vec::new());
        }
        if !has_standard_dialect(&self.schemas, keywords.location()) {
            return None;
        }
        let inner = names::joined(name, &names::type_name(keyword.name));
        let at = At { keyword: keyword.name, precision, name: &inner };
        let assertions = (keyword.compile)(self, keywords, at)?;
        self.checked.insert((keywords.location().clone(), keyword.name));
        Some(assertions)
    }
}

/// Checks whether the document with the schema at `location` says a standard dialect by its `$schema`, or none. Another
/// dialect may leave keywords without effect.
fn has_standard_dialect(schemas: &Schemas<'_>, location: &Location) -> bool {
    let document = schemas.resolved.value(&Location::new(location.document, ""));
    let dialect = document.and_then(|document| document.get("$schema")).and_then(Value::as_str);
    dialect.is_none_or(|dialect| ["json-schema.org/", "spec.openapis.org/"].iter().any(|host| dialect.contains(host)))
}
