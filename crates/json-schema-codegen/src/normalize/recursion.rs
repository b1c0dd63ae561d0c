//! Types that contain themselves: inserts `Box` where Rust needs it, and replaces an alias by a newtype
//! where Rust allows no alias.

use std::collections::{HashMap, HashSet};

use crate::normalize::definition::{Definition, DefinitionId, Definitions, Shape, Type, UnionFallback};
use crate::normalize::notes::Notes;
use crate::normalize::taken_names::TakenNames;

/// Makes the definitions legal Rust. An alias that closes a cycle of aliases, that is nested too deep, or
/// that is a root with integers becomes a newtype. Then one type on each cycle of types that contain each
/// other gets a `Box`.
pub(crate) fn break_type_cycles(definitions: &mut Definitions) {
    let aliases = find_back_edges(&make_definition_graph(&definitions.all, list_alias_edges));
    for (index, definition) in definitions.all.iter_mut().enumerate() {
        let closes_cycle = aliases.iter().any(|(from, _)| *from == index);
        let needs_reader = definition.is_root && is_alias_read_by_runtime(&definition.shape);
        if let Shape::Alias(ty) = &definition.shape {
            if closes_cycle || needs_reader {
                definition.shape = Shape::Newtype(ty.clone());
            }
        }
    }
    cut_deep_alias_chains(&mut definitions.all);
    let holders = find_back_edges(&make_definition_graph(&definitions.all, list_direct_edges));
    for (index, definition) in definitions.all.iter_mut().enumerate() {
        for ty in list_contained_types_mut(&mut definition.shape) {
            box_direct_reference(ty, &|to| holders.contains(&(index, to.0)));
        }
    }
}

/// Turns one alias of each cycle of aliases that contain nothing else into any value, as for
/// `{"$defs": {"A": {"$ref": "#/$defs/A"}}}`, and notes `reason` for it.
pub(crate) fn widen_alias_cycles(definitions: &mut [Definition], notes: &mut Notes, reason: &str) {
    let aliases =
        make_definition_graph(definitions, |definition| definition.shape.aliased_definition().into_iter().collect());
    for (from, _) in find_back_edges(&aliases) {
        definitions[from].shape = Shape::Alias(Type::Any);
        notes.note_widened_schema(&definitions[from].location, reason);
    }
}

/// Gives a fallback variant to one closed union of each cycle of unions that are members of one another. JSON Schema calls
/// what such a schema accepts undefined (core, section 9.4.1), and validators accept any value, so the types refuse none.
pub(crate) fn open_union_cycles(definitions: &mut [Definition]) {
    let member_unions = |definition: &Definition| match &definition.shape {
        Shape::Union(union) => {
            union.variants.iter().filter_map(|variant| find_aliased_definition(definitions, &variant.ty)).collect()
        }
        _ => Vec::new(),
    };
    let graph: Vec<Vec<usize>> = definitions.iter().map(member_unions).collect();
    for (from, _) in find_back_edges(&graph) {
        let Shape::Union(union) = &mut definitions[from].shape else { continue };
        if matches!(union.fallback, UnionFallback::Reject) {
            let names: Vec<&str> = union.variants.iter().map(|variant| variant.name.as_str()).collect();
            union.fallback = UnionFallback::Unknown(TakenNames::from_names(&names).take_unique_name("Unknown"));
        }
    }
}

/// Returns the index of the definition that `ty` names, directly or in options, looking through aliases. `None` if it
/// names none. There must be no cycle of aliases.
fn find_aliased_definition(definitions: &[Definition], ty: &Type) -> Option<usize> {
    let mut id = find_referenced_definition(ty, false)?;
    while let Shape::Alias(inner) = &definitions.get(id.0)?.shape {
        id = find_referenced_definition(inner, false)?;
    }
    Some(id.0)
}

/// Deepest nesting of types through aliases, such as 2 for `type A = Vec<u8>`. Very deep ones overflow
/// the compiler's stack; newtypes do not, so one is put in between.
const MAX_ALIAS_DEPTH: usize = 16;

/// Turns an alias into a newtype wherever aliases of aliases would be nested deeper than
/// `MAX_ALIAS_DEPTH`.
fn cut_deep_alias_chains(definitions: &mut [Definition]) {
    let mut depths: HashMap<usize, usize> = HashMap::new();
    for start in 0..definitions.len() {
        let mut chain = Vec::new();
        let mut at = start;
        while let (Shape::Alias(ty), false) = (&definitions[at].shape, depths.contains_key(&at)) {
            chain.push((at, count_type_levels(ty)));
            let Some(next) = find_referenced_definition(ty, true) else { break };
            at = next.0;
        }
        let mut depth = depths.get(&at).copied().unwrap_or(0);
        for (at, nesting) in chain.into_iter().rev() {
            depth += nesting;
            if let (Shape::Alias(ty), true) = (&definitions[at].shape, depth > MAX_ALIAS_DEPTH) {
                definitions[at].shape = Shape::Newtype(ty.clone());
                depth = 0;
            }
            depths.insert(at, depth);
        }
    }
}

/// Returns the number of levels of a type, itself counted: 1 for `String`, 2 for `Vec<String>`.
fn count_type_levels(ty: &Type) -> usize {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Checked(inner, _) => {
            count_type_levels(inner) + 1
        }
        _ => 1,
    }
}

/// Checks whether `shape` is an alias of a type that is or contains an integer or a type with assertions. Such a root
/// needs a newtype, because such values are read by functions of the runtime (`1.0` is read as 1), and an alias cannot
/// name them.
fn is_alias_read_by_runtime(shape: &Shape) -> bool {
    fn contains_integer_or_assertion(ty: &Type) -> bool {
        match ty {
            Type::Integer { .. } | Type::NarrowInteger { .. } | Type::Checked(..) => true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => contains_integer_or_assertion(inner),
            _ => false,
        }
    }
    matches!(shape, Shape::Alias(ty) if contains_integer_or_assertion(ty))
}

/// Puts a `Box` around the definition that `ty` names, directly or in an `Option`, if `closes_cycle` returns true for
/// its id.
fn box_direct_reference(ty: &mut Type, closes_cycle: &dyn Fn(DefinitionId) -> bool) {
    match ty {
        Type::Named(id) if closes_cycle(*id) => *ty = Type::Boxed(*id),
        Type::Nullable(inner) | Type::Checked(inner, _) => box_direct_reference(inner, closes_cycle),
        _ => {}
    }
}

/// Returns the graph of the definitions: for each definition, the indices of the definitions that `edges` returns for
/// it.
fn make_definition_graph(definitions: &[Definition], edges: fn(&Definition) -> Vec<DefinitionId>) -> Vec<Vec<usize>> {
    definitions.iter().map(|definition| edges(definition).into_iter().map(|id| id.0).collect()).collect()
}

/// Returns the definition that an alias names, directly or inside lists, maps and options, in a list of one; an empty
/// list if it names none, and for any other shape.
fn list_alias_edges(definition: &Definition) -> Vec<DefinitionId> {
    match &definition.shape {
        Shape::Alias(ty) => find_referenced_definition(ty, true).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Returns the definitions that a value of `definition` contains directly, without a list or map between them, which
/// allocate.
fn list_direct_edges(definition: &Definition) -> Vec<DefinitionId> {
    list_contained_types(&definition.shape).into_iter().filter_map(|ty| find_referenced_definition(ty, false)).collect()
}

/// Returns the definition that `ty` names, directly or in options, and in lists and maps if
/// `through_lists`; `None` if there is none or it is boxed already.
fn find_referenced_definition(ty: &Type, through_lists: bool) -> Option<DefinitionId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) | Type::Checked(inner, _) => find_referenced_definition(inner, through_lists),
        Type::Array(inner) | Type::Map(inner) if through_lists => find_referenced_definition(inner, through_lists),
        _ => None,
    }
}

/// Returns the types that can close a cycle: of properties, variants, items and aliases. Maps of patterns
/// and additional properties and the remaining items of a tuple cannot, since they allocate.
fn list_contained_types(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Struct(object) => object.properties.iter().map(|property| &property.ty).collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Tuple(tuple) => tuple.items.iter().map(|item| &item.ty).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![ty],
        Shape::Enum(_) => Vec::new(),
    }
}

/// Returns the types that [`list_contained_types`] returns, for changing.
fn list_contained_types_mut(shape: &mut Shape) -> Vec<&mut Type> {
    match shape {
        Shape::Struct(object) => object.properties.iter_mut().map(|property| &mut property.ty).collect(),
        Shape::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        Shape::Tuple(tuple) => tuple.items.iter_mut().map(|item| &mut item.ty).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![ty],
        Shape::Enum(_) => Vec::new(),
    }
}

/// Returns the edges (from, to) of a graph that close a cycle: those that a depth-first search finds to
/// lead to a node it has not left yet. Without these edges the graph has no cycle. `graph[n]` lists the
/// nodes that `n` has edges to. The search does not recurse, so a deep graph does not overflow the stack.
fn find_back_edges(graph: &[Vec<usize>]) -> HashSet<(usize, usize)> {
    let mut state = vec![SearchState::New; graph.len()];
    let mut edges = HashSet::new();
    for start in 0..graph.len() {
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.pop() {
            if next == 0 && state[node] != SearchState::New {
                continue;
            }
            state[node] = SearchState::Open;
            let Some(to) = graph[node].get(next).copied() else {
                state[node] = SearchState::Done;
                continue;
            };
            path.push((node, next + 1));
            match state[to] {
                SearchState::New => path.push((to, 0)),
                SearchState::Open => drop(edges.insert((node, to))),
                SearchState::Done => {}
            }
        }
    }
    edges
}

/// The progress of the depth-first search at a node: not entered, entered, or left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SearchState {
    New,
    Open,
    Done,
}

#[cfg(test)]
mod tests {
    use super::find_back_edges;

    #[test]
    fn each_cycle_is_closed_once() {
        let mut edges: Vec<_> =
            find_back_edges(&[vec![1], vec![2], vec![0, 3], vec![], vec![3, 4]]).into_iter().collect();
        edges.sort_unstable();
        assert_eq!(edges, [(2, 0), (4, 4)]);
    }
}
