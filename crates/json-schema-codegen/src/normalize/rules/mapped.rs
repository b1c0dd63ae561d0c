//! Rust types that the settings name for a location (`[types]`), for a type (`[replace]`) or for a `format` (`[formats]`).

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::outline::{Mapped, Outline};
use crate::normalize::schemas::Schemas;

/// Returns the entry of the settings that applies to `node`; one for its location comes first.
pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    by_place(schemas, node).or_else(|| by_name(schemas, node)).or_else(|| by_format(schemas, node)).map(Outline::Mapped)
}

/// Returns the entry of `[types]` for the origin of `node`, with the file name (`order.json#/id`) or
/// without it (`#/id`).
fn by_place(schemas: &Schemas<'_>, node: &Node) -> Option<Mapped> {
    let types = &schemas.settings.types;
    if types.is_empty() {
        return None;
    }
    let pointer = node.origin.pointer();
    let file = schemas.resolved.document_name(&node.origin);
    [format!("{file}#{pointer}"), format!("#{pointer}")].into_iter().find_map(|key| {
        let path = types.get(&key)?.clone();
        Some(Mapped::Location { key, path })
    })
}

/// Returns the entry of `[replace]` for the name that the schema at the origin of `node` gives its type.
fn by_name(schemas: &Schemas<'_>, node: &Node) -> Option<Mapped> {
    let key = schemas.names.get(&node.origin).filter(|_| !schemas.settings.replace.is_empty())?;
    Some(Mapped::Name { key: key.clone(), path: schemas.settings.replace.get(key)?.clone() })
}

/// Returns the entry of `[formats]` for the `format` of `node`; `None` if the node accepts null, arrays
/// or objects, which a format does not constrain.
fn by_format(schemas: &Schemas<'_>, node: &Node) -> Option<Mapped> {
    let formats = &schemas.settings.formats;
    if formats.is_empty() || schemas.types(node).has(TypeSet::NULL.or(TypeSet::ARRAY).or(TypeSet::OBJECT)) {
        return None;
    }
    node.keywords(schemas.resolved).find_map(|keywords| {
        let key = keywords.text("format")?;
        Some(Mapped::Format { key: key.to_owned(), path: formats.get(key)?.clone() })
    })
}
