//! Finds the Rust types that the settings name for a location (`[types]`), for a type (`[replace]`) or for a `format`
//! (`[formats]`).

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::outline::{MappedType, Outline};
use crate::normalize::schemas::RuleInput;

/// Returns the Rust type that the settings name for `node`: by its location, else by its type name, else by its
/// `format`. `None` if the settings name none.
pub(crate) fn outline_if_mapped(schemas: &RuleInput<'_>, node: &Node) -> Option<Outline> {
    find_mapped_by_location(schemas, node)
        .or_else(|| find_mapped_by_type_name(schemas, node))
        .or_else(|| find_mapped_by_format(schemas, node))
        .map(Outline::Mapped)
}

/// Returns the entry of `[types]` whose key is the location of the origin of `node`, with the file name
/// (`order.json#/id`) or without it (`#/id`); `None` if there is no such entry.
fn find_mapped_by_location(schemas: &RuleInput<'_>, node: &Node) -> Option<MappedType> {
    let types = &schemas.settings.types;
    if types.is_empty() {
        return None;
    }
    let pointer = node.origin.pointer();
    let file = schemas.resolved.document_name(&node.origin);
    [format!("{file}#{pointer}"), format!("#{pointer}")].into_iter().find_map(|key| {
        let path = types.get(&key)?.clone();
        Some(MappedType::Location { key, path })
    })
}

/// Returns the entry of `[replace]` whose key is the type name of the schema at the origin of `node`; `None` if there
/// is no such entry, or if the schema has no type name.
fn find_mapped_by_type_name(schemas: &RuleInput<'_>, node: &Node) -> Option<MappedType> {
    let key = schemas.names.get(&node.origin).filter(|_| !schemas.settings.replace.is_empty())?;
    Some(MappedType::Name { key: key.clone(), path: schemas.settings.replace.get(key)?.clone() })
}

/// Returns the entry of `[formats]` whose key is the `format` of a part of `node`. `None` if there is no such entry, or
/// if `node` accepts null, arrays or objects, which a format does not constrain.
fn find_mapped_by_format(schemas: &RuleInput<'_>, node: &Node) -> Option<MappedType> {
    let formats = &schemas.settings.formats;
    if formats.is_empty()
        || schemas.allowed_types(node).overlaps(TypeSet::NULL.unite(TypeSet::ARRAY).unite(TypeSet::OBJECT))
    {
        return None;
    }
    node.read_keywords(schemas.resolved).find_map(|keywords| {
        let key = keywords.read_text("format")?;
        Some(MappedType::Format { key: key.to_owned(), path: formats.get(key)?.clone() })
    })
}
