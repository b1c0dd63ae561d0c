//! Makes the lists of assertions of schemas, by the functions of a table of keywords.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;

use crate::draft::Draft;
use crate::location::Location;
use crate::normalize::assertion_lists::AssertionLists;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::names;
use crate::normalize::schemas::RuleInput;
use crate::normalize::taken_names::TakenNames;
use crate::runtime::Assertion;

/// The keyword that assertions are made for, and how they have to be made.
#[derive(Clone, Copy)]
pub(super) struct KeywordContext<'a> {
    pub(super) keyword: &'static str,
    pub(super) precision: ListPrecision,
    /// The beginning of the names of the lists that the assertions refer to.
    pub(super) name: &'a str,
}

/// A function that returns the assertions of one keyword of a schema; `None` if the keyword cannot be checked with the
/// precision that the context asks for.
pub(super) type CompileKeyword =
    fn(&mut AssertionCompiler<'_>, &SchemaKeywords<'_>, KeywordContext<'_>) -> Option<Vec<Assertion>>;

/// An entry of the table of keywords that become assertions.
pub(super) struct AssertionKeyword {
    pub(super) name: &'static str,
    /// The first draft that has it.
    pub(super) first: Draft,
    /// The JSON types of the values that the keyword constrains.
    pub(super) types: TypeSet,
    /// Whether Rust types express the keyword, such as `properties`. It is checked only where a subschema has no type
    /// of its own, such as inside `not`.
    pub(super) is_structural: bool,
    pub(super) compile: CompileKeyword,
}

/// Whether a list of assertions accepts exactly what its schema accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ListPrecision {
    Exact,
    /// The list may accept more than the schema.
    Wider,
}

/// Most schemas inside one another for which an exact list is made; deeper ones have none.
const MAX_EXACT_DEPTH: usize = 48;

/// Makes the lists of assertions of schemas. A schema that is asked for again gets its first list.
pub(in crate::normalize) struct AssertionCompiler<'a> {
    pub(super) schemas: RuleInput<'a>,
    pub(super) lists: AssertionLists,
    /// The keywords that become assertions.
    keywords: &'static [AssertionKeyword],
    names: TakenNames,
    /// By schema: its list; `None` if there can be no exact one.
    known: HashMap<(Location, ListPrecision), Option<usize>>,
    /// (index of the list, schema) of the wider lists that are not made yet.
    waiting: VecDeque<(usize, Location)>,
    /// The number of schemas around the one that an exact list is made for.
    depth: usize,
    /// The keywords that the types check, by the location of their schema.
    checked: HashSet<(Location, &'static str)>,
}

impl<'a> AssertionCompiler<'a> {
    /// Returns a compiler for these keywords, without any list.
    pub(super) fn with_keywords(schemas: RuleInput<'a>, keywords: &'static [AssertionKeyword]) -> Self {
        Self {
            schemas,
            keywords,
            lists: AssertionLists::default(),
            names: TakenNames::default(),
            known: HashMap::new(),
            waiting: VecDeque::new(),
            depth: 0,
            checked: HashSet::new(),
        }
    }

    /// Makes the lists that others refer to and that are not made yet. Returns all lists, and the keywords that they
    /// check by the location of their schema.
    pub(in crate::normalize) fn finish_lists(mut self) -> (AssertionLists, HashSet<(Location, &'static str)>) {
        self.fill_waiting_lists();
        (self.lists, self.checked)
    }

    /// Fills the lists of assertions that were added empty because other lists refer to them: those that may accept more
    /// than their schemas.
    pub(super) fn fill_waiting_lists(&mut self) {
        while let Some((row, location)) = self.waiting.pop_front() {
            let name = self.lists.all[row].0.clone();
            self.lists.all[row].1 = self.compile_schema(&location, ListPrecision::Wider, &name).unwrap_or_default();
        }
    }

    /// Adds a list of assertions with the name `name`, or `name` and a number if that is taken. Returns its index.
    pub(super) fn add_assertion_list(&mut self, name: &str, assertions: Vec<Assertion>) -> usize {
        self.lists.all.push((self.names.take_unique_name(names::truncate_for_name(name)), assertions));
        self.lists.all.len() - 1
    }

    /// Returns the index of the list for the schema at `location`, and makes the list if it does not exist; a wider
    /// list stays empty until `fill_waiting_lists`. `None` if `precision` is exact and no exact list can be made.
    pub(super) fn find_or_make_list(
        &mut self,
        location: &Location,
        precision: ListPrecision,
        name: &str,
    ) -> Option<usize> {
        let key = (location.clone(), precision);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let own = self.schemas.names.get(location).map_or(name, String::as_str).to_owned();
        let row = self.add_assertion_list(&own, Vec::new());
        self.known.insert(key.clone(), Some(row));
        if precision == ListPrecision::Wider {
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
        self.known
            .retain(|(_, precision), known| *precision == ListPrecision::Wider || known.is_none_or(|at| at < row));
        self.known.insert(key, None);
        None
    }

    /// Returns the assertions for all keywords of the schema at `location`. `None` if `precision` is exact and one of
    /// its keywords cannot be checked exactly.
    fn compile_schema(&mut self, location: &Location, precision: ListPrecision, name: &str) -> Option<Vec<Assertion>> {
        let Some(keywords) = self.schemas.read_keywords(location) else {
            return match self.schemas.resolved.find_value(location).and_then(Value::as_bool) {
                Some(true) => Some(Vec::new()),
                Some(false) => Some(vec![Assertion::Nothing]),
                None => (precision == ListPrecision::Wider).then(Vec::new),
            };
        };
        let mut found = Vec::new();
        if keywords.has_reference() {
            match self.schemas.resolved.find_target(location) {
                Some(target) => {
                    found.push(Assertion::Same(self.find_or_make_list(&target.clone(), precision, name)?))
                }
                None if precision == ListPrecision::Exact => return None,
                None => {}
            }
        }
        for keyword in self.keywords {
            match self.compile_keyword(keyword, &keywords, precision, name) {
                Some(assertions) => found.extend(assertions),
                None if precision == ListPrecision::Exact => return None,
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
        keyword: &AssertionKeyword,
        keywords: &SchemaKeywords<'_>,
        precision: ListPrecision,
        name: &str,
    ) -> Option<Vec<Assertion>> {
        if !keywords.has_keyword(keyword.name) || keywords.draft() < keyword.first {
            return Some(Vec::new());
        }
        if !has_standard_dialect(&self.schemas, keywords.location()) {
            return None;
        }
        let inner = names::join_type_names(name, &names::make_type_name(keyword.name));
        let at = KeywordContext { keyword: keyword.name, precision, name: &inner };
        let assertions = (keyword.compile)(self, keywords, at)?;
        self.checked.insert((keywords.location().clone(), keyword.name));
        Some(assertions)
    }
}

/// Checks whether the `$schema` of the document that contains `location` names a standard dialect, or is missing. In
/// any other dialect, keywords may have no effect.
pub(super) fn has_standard_dialect(schemas: &RuleInput<'_>, location: &Location) -> bool {
    let document = schemas.resolved.find_value(&Location::new(location.document, ""));
    let dialect = document.and_then(|document| document.get("$schema")).and_then(Value::as_str);
    dialect.is_none_or(|dialect| ["json-schema.org/", "spec.openapis.org/"].iter().any(|host| dialect.contains(host)))
}
