//! `oneOf` and `anyOf`: a variant for each member.

use std::collections::{HashMap, HashSet};

use crate::normalize::definition::{Docs, Fallback, Shape, Type, TypeSet, Union, Variant};
use crate::normalize::names::Taken;
use crate::normalize::node::Node;
use crate::normalize::query::Choice;
use crate::normalize::rules::member::Member;
use crate::normalize::rules::variant_name::Census;
use crate::normalize::rules::{Outline, tag};
use crate::normalize::{Normalizer, describe};
use crate::place::Place;

/// How many union keywords of one value are told apart; more multiply to no one's use.
const NESTED: usize = 3;

/// The members of a union.
pub(crate) struct Members {
    pub(crate) nodes: Vec<Node>,
    /// Whether they are told apart by their JSON types alone: then whether values of other types are
    /// allowed too.
    pub(crate) by_type: Option<Others>,
    /// The schema with the `discriminator`, if there is one.
    pub(crate) discriminator: Option<Place>,
}

/// What is said of values whose JSON type is that of no member.
#[derive(Clone, Copy)]
pub(crate) enum Others {
    Allowed,
    Refused,
}

pub(crate) fn rule(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Outline> {
    let mut members = members(normalizer, node)?;
    members.nodes = without_covered(normalizer, members.nodes);
    match members.nodes.as_slice() {
        [only] => Some(normalizer.outline(&only.clone())),
        _ => Some(Outline::Union(members)),
    }
}

/// The members without those scalars whose type is that of another one, or a part of it: whole
/// numbers are numbers.
fn without_covered(normalizer: &mut Normalizer<'_>, nodes: Vec<Node>) -> Vec<Node> {
    let scalars = TypeSet::ALL.without(TypeSet::ARRAY).without(TypeSet::OBJECT);
    let mut plain = |node: &Node| {
        let outline = normalizer.types(node).within(scalars).then(|| normalizer.outline(node));
        if let Some(Outline::Plain(ty)) = outline { Some(ty) } else { None }
    };
    let types: Vec<Option<Type>> = nodes.iter().map(&mut plain).collect();
    let has_number = types.contains(&Some(Type::Number));
    let mut seen = HashSet::new();
    let mut is_covered = |ty: Option<Type>| match ty {
        Some(Type::Integer { .. }) if has_number => true,
        Some(ty) => !seen.insert(ty),
        None => false,
    };
    nodes.into_iter().zip(types).filter_map(|(node, ty)| (!is_covered(ty)).then_some(node)).collect()
}

/// The members of the first union of the node that tells anything of types.
pub(crate) fn members(normalizer: &Normalizer<'_>, node: &Node) -> Option<Members> {
    let settled = node.parts.iter().filter(|part| part.any_of_settled || part.one_of_settled).count();
    if settled >= NESTED {
        return None;
    }
    let mut choices = normalizer.choices(node);
    for choice in &mut choices {
        choice.members = choice.members.iter().flat_map(|member| listed(normalizer, member, NESTED)).collect();
    }
    let (choice, nodes) = choices.iter().find_map(|choice| {
        let base = settle(node, choice);
        let tells = |member: &Place| tells(normalizer, &base, member);
        choice.members.iter().any(tells).then(|| (choice, distinct(normalizer, &base, choice)))
    })?;
    let place = &node.parts.get(choice.part)?.place;
    let has_discriminator = normalizer.keywords(place).is_some_and(|keywords| keywords.discriminator().is_some());
    let discriminator = has_discriminator.then(|| place.clone());
    (!nodes.is_empty()).then_some(Members { nodes, by_type: None, discriminator })
}

/// A member, or its own members when it is nothing but another union without a name.
fn listed(normalizer: &Normalizer<'_>, member: &Place, depth: usize) -> Vec<Place> {
    let inner = normalizer.keywords(member).filter(|_| depth > 0).and_then(|keywords| keywords.only_union());
    match inner {
        Some(inner) => inner.iter().flat_map(|member| listed(normalizer, member, depth - 1)).collect(),
        None => vec![member.clone()],
    }
}

/// The node without the union keyword of a choice.
fn settle(node: &Node, choice: &Choice) -> Node {
    let mut base = node.clone();
    if let Some(part) = base.parts.get_mut(choice.part) {
        part.any_of_settled |= choice.keyword == "anyOf";
        part.one_of_settled |= choice.keyword == "oneOf";
    }
    base
}

/// Whether a member says more of types than the node does without it. One that only asks for
/// properties that the node lists says nothing that a type could hold.
fn tells(normalizer: &Normalizer<'_>, base: &Node, member: &Place) -> bool {
    let member = Node::at(normalizer.bundle, member);
    let narrows = !normalizer.types(base).within(normalizer.types(&member));
    let lists = member.keywords(normalizer.bundle).any(|keywords| {
        ["properties", "patternProperties", "additionalProperties", "enum", "const", "oneOf", "anyOf"]
            .iter()
            .any(|keyword| keywords.has(keyword))
    });
    let asks = member.keywords(normalizer.bundle).any(|keywords| !keywords.required().is_empty());
    let base_lists = base.keywords(normalizer.bundle).any(|keywords| keywords.has("properties"));
    narrows || lists || (asks && !base_lists) || normalizer.has_array_structure(&member)
}

/// The members that a value can be, each once.
fn distinct(normalizer: &Normalizer<'_>, base: &Node, choice: &Choice) -> Vec<Node> {
    let mut seen = HashSet::new();
    let nodes = choice.members.iter().map(|member| combined(normalizer, base, member));
    nodes.filter(|node| normalizer.types(node) != TypeSet::NONE && seen.insert(node.key())).collect()
}

/// A member together with what is said beside the union; the member alone when that adds nothing,
/// so that a reference stays one.
fn combined(normalizer: &Normalizer<'_>, base: &Node, member: &Place) -> Node {
    let member = Node::at(normalizer.bundle, member);
    let adds = normalizer.has_object_structure(base)
        || normalizer.has_array_structure(base)
        || !normalizer.choices(base).is_empty()
        || !normalizer.types(&member).within(normalizer.types(base));
    if adds { base.with(&member) } else { member.with_types(base.types) }
}

/// A union, or the type of its members when that is one and the same.
pub(crate) fn shape(normalizer: &mut Normalizer<'_>, node: &Node, members: Members, name: &str) -> Shape {
    let mut union = union(normalizer, node, members, name);
    match (union.variants.pop(), union.variants.is_empty()) {
        (Some(only), true) if !union.by_type => Shape::Alias(only.ty),
        (last, _) => {
            union.variants.extend(last);
            Shape::Union(union)
        }
    }
}

/// The variants of a union.
fn union(normalizer: &mut Normalizer<'_>, node: &Node, members: Members, name: &str) -> Union {
    let all = Member::all(normalizer, &members.nodes);
    let tag = tag::find(normalizer, &members, &all);
    let census = Census::of(&all, tag.as_ref(), &node.origin);
    let mut taken = Taken::default();
    let mut variants: Vec<Variant> = Vec::new();
    let mut by_type: HashMap<Type, usize> = HashMap::new();
    for (index, member) in all.iter().enumerate() {
        let tags = tag.as_ref().and_then(|tag| tag.values.get(index)).cloned().unwrap_or_default();
        let own = census.name(normalizer, index);
        // The name is taken when the member turns out to be a variant of its own.
        let ty = normalizer.type_of(&member.node, &format!("{name}{}", taken.peek(&own)));
        if let Some(same) = by_type.get(&ty).and_then(|same| variants.get_mut(*same)) {
            same.types = same.types.or(member.types);
            same.tags.extend(tags);
            continue;
        }
        by_type.insert(ty.clone(), variants.len());
        let docs = if member.node.origin == node.origin { Docs::default() } else { docs(normalizer, &member.node) };
        let names = |names: &mut dyn Iterator<Item = &str>| names.map(str::to_owned).collect();
        variants.push(Variant {
            name: taken.unique(&own),
            ty,
            types: member.types,
            tags,
            required: names(&mut member.listing.required().iter().copied()),
            known: names(&mut member.listing.known()),
            docs,
        });
    }
    if variants.iter().any(|variant| variant.ty == Type::Any) {
        normalizer.notes.widen(&node.origin, "a member of the union takes any value");
    }
    let fallback = match members.by_type {
        Some(Others::Allowed) => Fallback::Allowed(taken.unique("Other")),
        Some(Others::Refused) => Fallback::Refused,
        None => Fallback::Unlisted(taken.unique("Unknown")),
    };
    normalizer.notes.rename(&node.origin, "variant", taken.changed());
    Union { variants, tag: tag.map(|found| found.tag), by_type: members.by_type.is_some(), fallback }
}

fn docs(normalizer: &Normalizer<'_>, member: &Node) -> Docs {
    describe::docs(normalizer.bundle, &member.origin)
}
