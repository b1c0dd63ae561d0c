//! A type that the settings name for a place or for a `format`.

use crate::normalize::Normalizer;
use crate::normalize::definition::{Type, TypeSet};
use crate::normalize::node::Node;
use crate::normalize::rules::Outline;

pub(crate) fn rule(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Outline> {
    let path = by_place(normalizer, node).or_else(|| by_format(normalizer, node))?;
    Some(Outline::Plain(Type::Path(path)))
}

fn by_place(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<String> {
    let types = &normalizer.settings.types;
    if types.is_empty() {
        return None;
    }
    let pointer = node.origin.pointer();
    let file = normalizer.bundle.document_name(&node.origin);
    let used = &mut normalizer.used.types;
    used.get(types, &format!("{file}#{pointer}")).or_else(|| used.get(types, &format!("#{pointer}")))
}

fn by_format(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<String> {
    let formats = &normalizer.settings.formats;
    if formats.is_empty() || normalizer.types(node).has(TypeSet::NULL.or(TypeSet::ARRAY).or(TypeSet::OBJECT)) {
        return None;
    }
    let used = &mut normalizer.used.formats;
    node.keywords(normalizer.bundle).find_map(|keywords| used.get(formats, keywords.text("format")?))
}
