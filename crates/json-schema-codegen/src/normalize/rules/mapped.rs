//! A type that the settings name for a place or for a `format`.

use crate::normalize::Normalizer;
use crate::normalize::definition::{Type, TypeSet};
use crate::normalize::node::Node;
use crate::normalize::rules::Outline;

pub(crate) fn rule(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Outline> {
    let path = by_place(normalizer, node).or_else(|| by_format(normalizer, node))?;
    Some(Outline::Plain(Type::Path(path)))
}

fn by_place(normalizer: &Normalizer<'_>, node: &Node) -> Option<String> {
    let types = &normalizer.settings.types;
    let pointer = node.origin.pointer();
    let file = normalizer.bundle.document_name(&node.origin);
    types.get(&format!("{file}#{pointer}")).or_else(|| types.get(&format!("#{pointer}"))).cloned()
}

fn by_format(normalizer: &Normalizer<'_>, node: &Node) -> Option<String> {
    let formats = &normalizer.settings.formats;
    if formats.is_empty() || normalizer.types(node).has(TypeSet::NULL.or(TypeSet::ARRAY).or(TypeSet::OBJECT)) {
        return None;
    }
    node.keywords(normalizer.bundle).find_map(|keywords| formats.get(keywords.text("format")?)).cloned()
}
