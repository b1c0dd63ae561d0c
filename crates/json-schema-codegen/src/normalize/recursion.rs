//! Types that hold themselves: where Rust needs a `Box`, and where an alias must be a type.

use crate::normalize::definition::{Definition, DefinitionId, Definitions, Shape, Type};

/// Makes a newtype of each alias that refers to itself, then boxes what holds itself.
pub(crate) fn break_cycles(definitions: &mut Definitions) {
    let aliases = components(&graph(&definitions.all, alias_edges));
    for (index, definition) in definitions.all.iter_mut().enumerate() {
        let holds_itself = alias_edges(definition).iter().any(|to| aliases[to.0] == aliases[index]);
        let needs_reader = definition.is_root && has_integer(&definition.shape);
        if let Shape::Alias(ty) = &definition.shape {
            if holds_itself || needs_reader {
                definition.shape = Shape::Newtype(ty.clone());
            }
        }
    }
    let holders = components(&graph(&definitions.all, direct_edges));
    for (index, definition) in definitions.all.iter_mut().enumerate() {
        for ty in types_mut(&mut definition.shape) {
            box_direct(ty, &|to| holders[to.0] == holders[index]);
        }
    }
}

/// A root is read by itself, and a whole number needs a reader that takes `1.0`.
fn has_integer(shape: &Shape) -> bool {
    fn within(ty: &Type) -> bool {
        match ty {
            Type::Integer { .. } => true,
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => within(inner),
            _ => false,
        }
    }
    matches!(shape, Shape::Alias(ty) if within(ty))
}

fn box_direct(ty: &mut Type, holds_itself: &dyn Fn(DefinitionId) -> bool) {
    match ty {
        Type::Named(id) if holds_itself(*id) => *ty = Type::Boxed(*id),
        Type::Nullable(inner) => box_direct(inner, holds_itself),
        _ => {}
    }
}

fn graph(definitions: &[Definition], edges: fn(&Definition) -> Vec<DefinitionId>) -> Vec<Vec<usize>> {
    definitions.iter().map(|definition| edges(definition).into_iter().map(|id| id.0).collect()).collect()
}

/// The definitions that an alias names, at any depth.
fn alias_edges(definition: &Definition) -> Vec<DefinitionId> {
    match &definition.shape {
        Shape::Alias(ty) => named(ty, true).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The definitions that a value of this one holds without a list or a map between.
fn direct_edges(definition: &Definition) -> Vec<DefinitionId> {
    types(&definition.shape).into_iter().filter_map(|ty| named(ty, false)).collect()
}

fn named(ty: &Type, through_lists: bool) -> Option<DefinitionId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => named(inner, through_lists),
        Type::List(inner) | Type::Map(inner) if through_lists => named(inner, through_lists),
        _ => None,
    }
}

fn types(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Struct(object) => object.properties.iter().map(|property| &property.ty).collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Tuple(tuple) => tuple.items.iter().map(|item| &item.ty).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![ty],
        Shape::Enum(_) => Vec::new(),
    }
}

fn types_mut(shape: &mut Shape) -> Vec<&mut Type> {
    match shape {
        Shape::Struct(object) => object.properties.iter_mut().map(|property| &mut property.ty).collect(),
        Shape::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        Shape::Tuple(tuple) => tuple.items.iter_mut().map(|item| &mut item.ty).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![ty],
        Shape::Enum(_) => Vec::new(),
    }
}

/// For each node the number of its strongly connected component; a node that no cycle goes
/// through has one that no edge of its own leads to. Kosaraju's algorithm, without recursion.
fn components(graph: &[Vec<usize>]) -> Vec<usize> {
    let mut reversed = vec![Vec::new(); graph.len()];
    for (from, edges) in graph.iter().enumerate() {
        edges.iter().for_each(|to| reversed[*to].push(from));
    }
    let mut component = vec![usize::MAX; graph.len()];
    for (number, start) in finished(graph).into_iter().rev().enumerate() {
        let mut waiting = vec![start];
        while let Some(node) = waiting.pop() {
            if component[node] == usize::MAX {
                component[node] = number;
                waiting.extend(&reversed[node]);
            }
        }
    }
    component
}

/// The nodes in the order in which a depth-first search is done with them.
fn finished(graph: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; graph.len()];
    let mut order = Vec::new();
    for start in 0..graph.len() {
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.pop() {
            if next == 0 && std::mem::replace(&mut seen[node], true) {
                continue;
            }
            match graph[node].get(next) {
                Some(to) => path.extend([(node, next + 1), (*to, 0)]),
                None => order.push(node),
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn cycles_are_components() {
        let found = components(&[vec![1], vec![2], vec![0, 3], vec![], vec![3]]);
        assert_eq!(found[0], found[1]);
        assert_eq!(found[1], found[2]);
        assert_ne!(found[2], found[3]);
        assert_ne!(found[3], found[4]);
    }
}
