//! Turns the keywords that strict types check into lists of assertions.
//!
//! A list is exact, or may accept more than the schema. What `not`, `if`, `contains` and `oneOf` hold has to be exact: if
//! it accepted more, the type would refuse what the schema accepts. A keyword whose list cannot be exact is not checked.

mod compiler;
mod evaluated;
mod keywords;
mod numbers;
mod objects;
mod patterns;
mod unevaluated;

use serde_json::Value;

use crate::location::Location;
use crate::normalize::assertion_lists::ListId;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::Keywords;
use crate::normalize::node::Node;
use crate::normalize::outline::Outline;
use crate::normalize::schemas::Schemas;
use crate::runtime::Assertion;

pub(super) use compiler::AssertionCompiler;
use compiler::{KeywordEntry, Precision};
pub(super) use evaluated::is_closed;
use keywords::KEYWORDS;

/// Checks whether a schema has a keyword that strict types check, other than `type`.
pub(super) fn has_checked_keyword(keywords: &Keywords<'_>) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.name != "type" && keywords.has(keyword.name))
}

impl<'a> AssertionCompiler<'a> {
    /// Creates a compiler for all keywords that can be checked, without any list.
    pub(super) fn new(schemas: Schemas<'a>) -> Self {
        Self::with_keywords(schemas, KEYWORDS)
    }

    /// Makes the list of assertions, called `name`, for the constraints of `node` that its type, made from `outline`,
    /// does not express; `None` if there are none. The schemas at `covered` are left out, since their own types check
    /// them.
    pub(super) fn make_list_beside_type(
        &mut self,
        node: &Node,
        outline: &Outline,
        covered: &[Location],
        name: &str,
    ) -> Option<ListId> {
        let types = self.schemas.types(node);
        // A property that several patterns match has the type of one of them.
        let has_patterns = node.keywords(self.schemas.resolved).map(|part| part.patterns().count()).sum::<usize>() > 1;
        let mut found = Vec::new();
        if types == TypeSet::NONE {
            found.push(Assertion::Nothing);
        }
        for part in node.parts.iter().filter(|part| !covered.contains(&part.location)) {
            let Some(keywords) = self.schemas.keywords(&part.location) else { continue };
            let is_left = |keyword: &&KeywordEntry| match keyword.name {
                "oneOf" => !part.one_of_settled,
                "anyOf" => !part.any_of_settled && !matches!(outline, Outline::Union(_)),
                "patternProperties" => has_patterns,
                "const" | "enum" => matches!(outline, Outline::Scalar(_)),
                _ => !keyword.is_structural,
            };
            for keyword in KEYWORDS.iter().filter(is_left).filter(|keyword| types.overlaps(keyword.types)) {
                found.extend(self.compile_keyword(keyword, &keywords, Precision::Wider, name).unwrap_or_default());
            }
            found.extend(self.compile_forbidden(&keywords, types, name));
        }
        self.make_waiting();
        if let Outline::Scalar(ty) = outline {
            found.retain(|assertion| !numbers::is_implied_by_type(ty, assertion));
        }
        if found.is_empty() { None } else { Some(ListId(self.add_list(name, found))) }
    }

    /// Makes the list of assertions, called `name`, for all constraints of `node`, those that its type expresses too.
    /// The member of a union is chosen by it. The list accepts more than `node` where a keyword cannot be checked.
    pub(super) fn make_whole_list(&mut self, node: &Node, name: &str) -> ListId {
        let parts = node.parts.iter().map(|part| {
            let row = self.find_or_make_list(&part.location, Precision::Wider, name);
            Assertion::Same(row.unwrap_or_default())
        });
        let mut found: Vec<Assertion> = parts.collect();
        if node.types != TypeSet::ALL {
            found.push(Assertion::Types(keywords::join_type_names(node.types).into()));
        }
        let id = ListId(self.add_list(name, found));
        self.make_waiting();
        id
    }

    /// Checks whether `node` accepts `value`. Keywords that cannot be checked count as satisfied, such as a `pattern`
    /// that cannot be compiled.
    pub(super) fn accepts(&mut self, node: &Node, value: &Value) -> bool {
        let list = self.make_whole_list(node, "Default");
        self.lists.accept(list, value)
    }
}
