//! A schema that says nothing accepts any value. A schema that accepts no value has no type of its
//! own either: its type is any value, with a note.

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::rules::Outline;
use crate::normalize::schemas::Schemas;

pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    if node.parts.is_empty() && node.types == TypeSet::ALL {
        return Some(Outline::Any(None));
    }
    let accepts_nothing = schemas.types(node) == TypeSet::NONE;
    accepts_nothing.then(|| Outline::Any(Some("no value satisfies all that is said of it".to_owned())))
}
