//! Turns the keywords that strict types check into lists of assertions.
//!
//! A list is exact, or may accept more than the schema. What `not`, `if`, `contains` and `oneOf` hold has to be exact:
//! if it accepted more, the type would refuse what the schema accepts. A keyword whose list cannot be exact is not
//! checked.

mod compiler;
mod evaluated;
mod keywords;
mod numbers;
mod objects;
mod patterns;
mod unevaluated;

use serde_json::Value;

use crate::location::Location;
use crate::normalize::assertion_lists::AssertionListId;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::node::Node;
use crate::normalize::outline::Outline;
use crate::normalize::schemas::RuleInput;
use crate::runtime::Assertion;

pub(super) use compiler::AssertionCompiler;
use compiler::{AssertionKeyword, ListPrecision};
pub(super) use evaluated::forbids_unevaluated_properties;
use keywords::ASSERTION_KEYWORDS;

/// Checks whether a schema has a keyword that strict types check, other than `type`.
pub(super) fn has_checked_keyword(keywords: &SchemaKeywords<'_>) -> bool {
    ASSERTION_KEYWORDS.iter().any(|keyword| keyword.name != "type" && keywords.has_keyword(keyword.name))
}

impl<'a> AssertionCompiler<'a> {
    /// Creates a compiler for all keywords that can be checked, without any list.
    pub(super) fn new(schemas: RuleInput<'a>) -> Self {
        Self::with_keywords(schemas, ASSERTION_KEYWORDS)
    }

    /// Makes the list of assertions, called `name`, for the constraints of `node` that its type, made from `outline`,
    /// does not express; `None` if there are none. The schemas at `covered` are left out, since their own types check
    /// them.
    pub(super) fn make_remaining_assertion_list(
        &mut self,
        node: &Node,
        outline: &Outline,
        covered: &[Location],
        name: &str,
    ) -> Option<AssertionListId> {
        let types = self.schemas.allowed_types(node);
        // A property that several patterns match has the type of one of them.
        let has_patterns =
            node.read_keywords(self.schemas.resolved).map(|part| part.pattern_schemas().count()).sum::<usize>() > 1;
        let mut found = Vec::new();
        if types == TypeSet::NONE {
            found.push(Assertion::Nothing);
        }
        for part in node.parts.iter().filter(|part| !covered.contains(&part.location)) {
            let Some(keywords) = self.schemas.read_keywords(&part.location) else { continue };
            let is_left = |keyword: &&AssertionKeyword| match keyword.name {
                "oneOf" => !part.one_of_settled,
                "anyOf" => !part.any_of_settled && !matches!(outline, Outline::Union(_)),
                "patternProperties" => has_patterns,
                "const" | "enum" => matches!(outline, Outline::Scalar(_)),
                _ => !keyword.is_structural,
            };
            for keyword in ASSERTION_KEYWORDS.iter().filter(is_left).filter(|keyword| types.overlaps(keyword.types)) {
                found.extend(self.compile_keyword(keyword, &keywords, ListPrecision::Wider, name).unwrap_or_default());
            }
            found.extend(self.compile_forbidden_parts(&keywords, types, name));
        }
        self.fill_waiting_lists();
        if let Outline::Scalar(ty) = outline {
            found.retain(|assertion| !numbers::is_implied_by_type(ty, assertion));
        }
        if found.is_empty() { None } else { Some(AssertionListId(self.add_assertion_list(name, found))) }
    }

    /// Makes the list of assertions, called `name`, for all constraints of `node`, those that its type expresses too.
    /// The member of a union is chosen by it. The list accepts more than `node` where a keyword cannot be checked.
    pub(super) fn make_full_assertion_list(&mut self, node: &Node, name: &str) -> AssertionListId {
        let parts = node.parts.iter().map(|part| {
            let row = self.find_or_make_list(&part.location, ListPrecision::Wider, name);
            Assertion::Same(row.unwrap_or_default())
        });
        let mut found: Vec<Assertion> = parts.collect();
        if node.types != TypeSet::ALL {
            found.push(Assertion::Types(keywords::join_json_type_names(node.types).into()));
        }
        let id = AssertionListId(self.add_assertion_list(name, found));
        self.fill_waiting_lists();
        id
    }

    /// Checks whether `node` accepts `value`. Keywords that cannot be checked count as satisfied, such as a `pattern`
    /// that cannot be compiled.
    pub(super) fn node_accepts_value(&mut self, node: &Node, value: &Value) -> bool {
        let list = self.make_full_assertion_list(node, "Default");
        self.lists.list_accepts_value(list, value)
    }
}
