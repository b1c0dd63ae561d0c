//! Types that hold themselves: where Rust needs a `Box`, and where an alias must be a type.

use std::collections::{HashMap, HashSet};

use crate::normalize::definition::{Definition, DefinitionId, Definitions, Shape, Type};

/// Makes a newtype of an alias where aliases refer to themselves, then boxes what holds itself: on
/// each cycle once.
pub(crate) fn break_cycles(definitions: &mut Definitions) {
    let aliases = back_edges(&graph(&definitions.all, alias_edges));
    for (index, definition) in definitions.all.iter_mut().enumerate() {
        let closes_cycle = aliases.iter().any(|(from, _)| *from == index);
        let needs_reader = definition.is_root && has_integer(&definition.shape);
        if let Shape::Alias(ty) = &definition.shape {
            if closes_cycle || needs_reader {
                definition.shape = Shape::Newtype(ty.clone());
            }
        }
    }
    cut_chains(&mut definitions.all);
    let holders = back_edges(&graph(&definitions.all, direct_edges));
    for (index, definition) in definitions.all.iter_mut().enumerate() {
        for ty in types_mut(&mut definition.shape) {
            box_direct(ty, &|to| holders.contains(&(index, to.0)));
        }
    }
}

/// How deep types may be nested through aliases: what is deeper overflows the compiler, which has no
/// bound for types with a name of their own.
const ALIAS_DEPTH: usize = 16;

/// Makes a newtype of an alias wherever aliases of aliases are nested too deep.
fn cut_chains(definitions: &mut [Definition]) {
    let mut depths: HashMap<usize, usize> = HashMap::new();
    for start in 0..definitions.len() {
        let mut chain = Vec::new();
        let mut at = start;
        while let (Shape::Alias(ty), false) = (&definitions[at].shape, depths.contains_key(&at)) {
            chain.push((at, nesting(ty)));
            let Some(next) = named(ty, true) else { break };
            at = next.0;
        }
        let mut depth = depths.get(&at).copied().unwrap_or(0);
        for (at, nesting) in chain.into_iter().rev() {
            depth += nesting;
            if let (Shape::Alias(ty), true) = (&definitions[at].shape, depth > ALIAS_DEPTH) {
                definitions[at].shape = Shape::Newtype(ty.clone());
                depth = 0;
            }
            depths.insert(at, depth);
        }
    }
}

/// How deep a type is nested, itself counted.
fn nesting(ty: &Type) -> usize {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => nesting(inner) + 1,
        _ => 1,
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

fn box_direct(ty: &mut Type, closes_cycle: &dyn Fn(DefinitionId) -> bool) {
    match ty {
        Type::Named(id) if closes_cycle(*id) => *ty = Type::Boxed(*id),
        Type::Nullable(inner) => box_direct(inner, closes_cycle),
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

/// The edges of a graph that close a cycle: those that lead back to a node from which a depth-first
/// search is still under way. Without them there is no cycle. Without recursion, however deep.
fn back_edges(graph: &[Vec<usize>]) -> HashSet<(usize, usize)> {
    let mut state = vec![State::New; graph.len()];
    let mut found = HashSet::new();
    for start in 0..graph.len() {
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.pop() {
            if next == 0 && state[node] != State::New {
                continue;
            }
            state[node] = State::Open;
            let Some(to) = graph[node].get(next).copied() else {
                state[node] = State::Done;
                continue;
            };
            path.push((node, next + 1));
            match state[to] {
                State::New => path.push((to, 0)),
                State::Open => drop(found.insert((node, to))),
                State::Done => {}
            }
        }
    }
    found
}

/// How far a depth-first search is with a node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

#[cfg(test)]
mod tests {
    use super::back_edges;

    #[test]
    fn each_cycle_is_closed_once() {
        let mut found: Vec<_> = back_edges(&[vec![1], vec![2], vec![0, 3], vec![], vec![3, 4]]).into_iter().collect();
        found.sort_unstable();
        assert_eq!(found, [(2, 0), (4, 4)]);
    }
}
