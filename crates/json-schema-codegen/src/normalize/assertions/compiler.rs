//! Makes the lists of assertions of schemas, by the functions of a table of keywords.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;

use crate::draft::Draft;
use crate::location::Location;
use crate::normalize::assertion_lists::AssertionLists;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::Keywords;
use crate::normalize::names::{self, Taken};
use crate::normalize::schemas::Schemas;
use crate::runtime::Assertion;

/// The keyword that assertions are made for, and how they have to be made.
#[derive(Clone, Copy)]
pub(super) struct KeywordContext<'a> {
    pub(super) keyword: &'static str,
    pub(super) precision: Precision,
    /// The beginning of the names of the lists that the assertions refer to.
    pub(super) name: &'a str,
}

/// A function that returns the assertions of one keyword of a schema; `None` if the keyword cannot be checked with the
/// precision that the context asks for.
pub(super) type Compile = fn(&mut AssertionCompiler<'_>, &Keywords<'_>, KeywordContext<'_>) -> Option<Vec<Assertion>>;

/// An entry of the table of keywords that become assertions.
pub(super) struct KeywordEntry {
    pub(super) name: &'static str,
    /// The first draft that has it.
    pub(super) first: Draft,
    /// The JSON types of the values that the keyword constrains.
    pub(super) types: TypeSet,
    /// Whether Rust types express the keyword, such as `properties`. It is checked only where a subschema has no type
    /// of its own, such as inside `not`.
    pub(super) is_structural: bool,
    pub(super) compile: Compile,
}

/// Whether a list of assertions accepts exactly what its schema accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Precision {
    Exact,
    /// The list may accept more than the schema.
    Wider,
}

/// Most schemas inside one another for which an exact list is made; deeper ones have none.
const MAX_EXACT_DEPTH: usize = 48;

/// Makes the lists of assertions of schemas. A schema that is asked for again gets its first list.
pub(in crate::normalize) struct AssertionCompiler<'a> {
    pub(super) schemas: Schemas<'a>,
    pub(super) lists: AssertionLists,
    /// The keywords that become assertions.
    keywords: &'static [KeywordEntry],
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

impl<'a> AssertionCompiler<'a> {
    /// Returns a compiler for these keywords, without any list.
    pub(super) fn with_keywords(schemas: Schemas<'a>, keywords: &'static [KeywordEntry]) -> Self {
        Self {
            schemas,
            keywords,
            lists: AssertionLists::default(),
            names: Taken::default(),
            known: HashMap::new(),
            waiting: VecDeque::new(),
            depth: 0,
            checked: HashSet::new(),
        }
    }

    /// Makes the lists that others refer to and that are not made yet. Returns all lists, and the keywords that they
    /// check by the location of their schema.
    pub(in crate::normalize) fn finish(mut self) -> (AssertionLists, HashSet<(Location, &'static str)>) {
        self.make_waiting();
        (self.lists, self.checked)
    }

    /// Fills the wider lists that were added empty because others refer to them.
    pub(super) fn make_waiting(&mut self) {
        while let Some((row, location)) = self.waiting.pop_front() {
            let name = self.lists.all[row].0.clone();
            self.lists.all[row].1 = self.compile_schema(&location, Precision::Wider, &name).unwrap_or_default();
        }
    }

    /// Adds a list of assertions with the name `name`, or `name` and a number if that is taken. Returns its index.
    pub(super) fn add_list(&mut self, name: &str, assertions: Vec<Assertion>) -> usize {
        self.lists.all.push((self.names.unique(names::truncate_for_name(name)), assertions));
        self.lists.all.len() - 1
    }

    /// Returns the index of the list for the schema at `location`, and makes the list if it does not exist; a wider
    /// list stays empty until `make_waiting`. `None` if `precision` is exact and no exact list can be made.
    pub(super) fn find_or_make_list(&mut self, location: &Location, precision: Precision, name: &str) -> Option<usize> {
        let key = (location.clone(), precision);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let own = self.schemas.names.get(location).map_or(name, String::as_str).to_owned();
        let row = self.add_list(&own, Vec::new());
        self.known.insert(key.clone(), Some(row));
        if precision == Precision::Wider {
            self.waiting.push_back((row, location.clone()));
            return Some(row);
        }
        self.depth += 1;
        let made = if self.depth > MAX_EXACT_DEPTH { None } else { self.compile_schema(location, precision, &own) };
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

    /// Returns the assertions for all keywords of the schema at `location`. `None` if `precision` is exact and one of
    /// its keywords cannot be checked exactly.
    fn compile_schema(&mut self, location: &Location, precision: Precision, name: &str) -> Option<Vec<Assertion>> {
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
                Some(target) => {
                    found.push(Assertion::Same(self.find_or_make_list(&target.clone(), precision, name)?))
                }
                None if precision == Precision::Exact => return None,
                None => {}
            }
        }
        for keyword in self.keywords {
            match self.compile_keyword(keyword, &keywords, precision, name) {
                Some(assertions) => found.extend(assertions),
                None if precision == Precision::Exact => return None,
                None => {}
            }
        }
        Some(found)
    }

    /// Returns the assertions for `keyword` of the schema `keywords`, and records that the types check it. Empty if the
    /// schema does not have the keyword, or its draft does not know it; `None` if it cannot be checked with
    /// `precision`.
    pub(super) fn compile_keyword(
        &mut self,
        keyword: &KeywordEntry,
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
        let at = KeywordContext { keyword: keyword.name, precision, name: &inner };
        let assertions = (keyword.compile)(self, keywords, at)?;
        self.checked.insert((keywords.location().clone(), keyword.name));
        Some(assertions)
    }
}

/// Checks whether the `$schema` of the document that contains `location` names a standard dialect, or is missing. In
/// any other dialect, keywords may have no effect.
pub(super) fn has_standard_dialect(schemas: &Schemas<'_>, location: &Location) -> bool {
    let document = schemas.resolved.value(&Location::new(location.document, ""));
    let dialect = document.and_then(|document| document.get("$schema")).and_then(Value::as_str);
    dialect.is_none_or(|dialect| ["json-schema.org/", "spec.openapis.org/"].iter().any(|host| dialect.contains(host)))
}
