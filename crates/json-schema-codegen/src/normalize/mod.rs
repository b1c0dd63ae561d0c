//! Turns schemas of any draft into named definitions of a small dialect.
//!
//! A node (all schemas that one value must satisfy) goes through an ordered table of rules; the
//! first that applies gives its outline. Outlines that need a type of their own become definitions.

mod definition;
mod describe;
mod features;
mod keywords;
mod listing;
mod names;
mod naming;
mod node;
mod query;
mod recursion;
mod rules;
mod type_set;
mod used;

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;

pub(crate) use definition::*;
#[cfg(feature = "changes")]
pub(crate) use describe::split_values;
#[cfg(feature = "changes")]
pub(crate) use keywords::NOT_HELD;
pub(crate) use names::Changed;
pub(crate) use node::target;

use crate::bundle::Bundle;
use crate::diagnostic::{Errors, Kind};
use crate::limits::exceeded;
use crate::place::Place;
use crate::report::Notes;
use crate::settings::Settings;

use keywords::Keywords;
use node::{Node, NodeKey};
use rules::Outline;
use used::Used;

/// Turns what the roots of the bundle reach into definitions.
///
/// # Errors
/// Schemas that make more of each other than the limits allow; settings without an effect.
pub(crate) fn normalize(bundle: &Bundle, settings: &Settings) -> Result<(Definitions, Notes), Errors> {
    features::check(bundle)?;
    let mut normalizer = Normalizer::new(bundle, settings);
    let roots = normalizer.roots();
    while let Some((id, node)) = normalizer.waiting.pop_front() {
        let shape = normalizer.shape(&node, id);
        normalizer.definitions[id.0].shape = shape;
        normalizer.within_types(&node)?;
    }
    bundle.within_steps()?;
    normalizer.tell_apart();
    normalizer.note_not_held();
    normalizer.note_dangling();
    let mut definitions = Definitions { all: normalizer.definitions, roots, place_names: normalizer.place_names };
    normalizer.used.check(bundle, &definitions, settings)?;
    recursion::break_cycles(&mut definitions);
    Ok((definitions, normalizer.notes))
}

/// The work at hand: definitions made so far, and those whose shape is still to be found.
pub(crate) struct Normalizer<'a> {
    bundle: &'a Bundle,
    settings: &'a Settings,
    definitions: Vec<Definition>,
    by_key: HashMap<NodeKey, DefinitionId>,
    waiting: VecDeque<(DefinitionId, Node)>,
    /// The names of the places that are referred to, given before any other.
    place_names: HashMap<Place, String>,
    taken: names::Taken,
    /// The definitions that are named by where they stand; two may have one name until the end.
    hoisted: Vec<DefinitionId>,
    /// The nodes whose type is being worked out, so that a list of itself is seen.
    open_nodes: HashSet<NodeKey>,
    /// How many outlines are being worked out, each for the one before it.
    outlines: usize,
    /// The places that are roots.
    roots: HashSet<Place>,
    used: Used,
    notes: Notes,
}

/// How deep lists, maps and options are nested in one type; what is deeper has a name of its own.
const NESTED: usize = 16;

/// How many outlines may be worked out one for another; nested schemas of a document need fewer.
const OUTLINES: usize = 64;

impl<'a> Normalizer<'a> {
    fn new(bundle: &'a Bundle, settings: &'a Settings) -> Self {
        let (mut used, mut notes) = (Used::default(), Notes::default());
        let (place_names, taken) = naming::place_names(bundle, settings, &mut used, &mut notes);
        Self {
            bundle,
            settings,
            definitions: Vec::new(),
            by_key: HashMap::new(),
            waiting: VecDeque::new(),
            place_names,
            taken,
            hoisted: Vec::new(),
            open_nodes: HashSet::new(),
            outlines: 0,
            roots: bundle.roots().iter().cloned().collect(),
            used,
            notes,
        }
    }

    fn roots(&mut self) -> Vec<Root> {
        let places = self.bundle.roots().to_vec();
        places.into_iter().map(|place| self.root(place)).collect()
    }

    fn root(&mut self, place: Place) -> Root {
        let name = self.place_names.get(&place).cloned().unwrap_or_default();
        let target = node::target(self.bundle, &place).unwrap_or(&place).clone();
        let id = self.define(&target);
        self.definitions[id.0].is_root = true;
        Root { name, ty: Type::Named(id) }
    }

    /// The type of a place that is referred to. One that may be null has the name of the place for
    /// what it is otherwise, and is optional where it is referred to; a root keeps its name.
    fn reference(&mut self, place: &Place) -> Type {
        let node = Node::at(self.bundle, place);
        if let Outline::Nullable(inner) = self.outline(&node) {
            let is_root = self.roots.contains(place);
            let needs_name = !matches!(self.outline(&inner), Outline::Plain(_) | Outline::Reference(_));
            if needs_name && !is_root {
                let name = self.place_names.get(place).cloned().unwrap_or_default();
                return Type::Nullable(Box::new(Type::Named(self.define_node(*inner, name, place))));
            }
        }
        Type::Named(self.define(place))
    }

    /// The definition of a place that is referred to.
    fn define(&mut self, place: &Place) -> DefinitionId {
        let name = self.place_names.get(place).cloned().unwrap_or_default();
        self.define_node(Node::at(self.bundle, place), name, place)
    }

    fn define_node(&mut self, node: Node, name: String, place: &Place) -> DefinitionId {
        match self.by_key.get(&node.key()) {
            Some(id) => *id,
            None => self.enqueue(node, name, place.clone()),
        }
    }

    /// The definition of a node that stands in another one, named by where it stands.
    fn hoist(&mut self, node: &Node, name: &str) -> DefinitionId {
        if let Some(id) = self.by_key.get(&node.key()) {
            return *id;
        }
        let name = names::beginning(name);
        let name = self.used.renames.get(&self.settings.rename, name).unwrap_or_else(|| name.to_owned());
        let id = self.enqueue(node.clone(), name, node.origin.clone());
        self.hoisted.push(id);
        id
    }

    /// Tells apart the definitions that have one name by where they stand: in the order of the
    /// places, which what is added elsewhere does not change.
    fn tell_apart(&mut self) {
        let definitions = &mut self.definitions;
        self.hoisted.sort_by_key(|id| (definitions[id.0].place.clone(), *id));
        for id in &self.hoisted {
            let definition = &mut definitions[id.0];
            definition.name = self.taken.unique(&definition.name);
            self.notes.rename(&definition.place, "type", self.taken.changed());
        }
    }

    fn enqueue(&mut self, node: Node, name: String, place: Place) -> DefinitionId {
        let id = DefinitionId(self.definitions.len());
        let renamed = self.settings.rename.iter().find(|(_, new)| **new == name);
        self.definitions.push(Definition {
            alias: renamed.map(|(old, _)| old.clone()),
            name,
            docs: describe::docs(self.bundle, &place),
            place,
            is_root: false,
            shape: Shape::Alias(Type::Any),
        });
        self.by_key.insert(node.key(), id);
        self.waiting.push_back((id, node));
        id
    }

    /// The type of a node; `name` is what it is called when it needs a definition.
    fn type_of(&mut self, node: &Node, name: &str) -> Type {
        let outline = self.outline(node);
        match outline {
            Outline::Plain(ty) => ty,
            Outline::Reference(place) => self.reference(&place),
            Outline::Nullable(_) | Outline::List(_) | Outline::Map(_) => {
                if self.open_nodes.len() >= NESTED || !self.open_nodes.insert(node.key()) {
                    return Type::Named(self.hoist(node, name));
                }
                let ty = self.wrapped(outline, name);
                self.open_nodes.remove(&node.key());
                ty
            }
            Outline::Object | Outline::Tuple | Outline::Enum(_) | Outline::Union(_) => {
                Type::Named(self.hoist(node, name))
            }
        }
    }

    /// The type around another one.
    fn wrapped(&mut self, outline: Outline, name: &str) -> Type {
        match outline {
            Outline::Nullable(inner) => match self.type_of(&inner, name) {
                Type::Null => Type::Null,
                Type::Any => Type::Any,
                Type::Nullable(inner) => Type::Nullable(inner),
                inner => Type::Nullable(Box::new(inner)),
            },
            Outline::List(items) => {
                let name = naming::item(name);
                Type::List(Box::new(self.type_of(&items, &name)))
            }
            Outline::Map(values) => Type::Map(Box::new(self.type_of(&values, &format!("{name}Value")))),
            _ => Type::Any,
        }
    }

    /// The shape of a definition.
    fn shape(&mut self, node: &Node, id: DefinitionId) -> Shape {
        let name = self.definitions[id.0].name.clone();
        match self.outline(node) {
            Outline::Plain(ty) => Shape::Alias(ty),
            Outline::Reference(place) => Shape::Alias(self.reference(&place)),
            Outline::Object => Shape::Struct(rules::object::structure(self, node, &name)),
            Outline::Tuple => Shape::Tuple(rules::array::tuple(self, node, &name)),
            Outline::Enum(listed) => Shape::Enum(rules::enumeration::enumeration(self, node, listed, id)),
            Outline::Union(members) => rules::union::shape(self, node, members, &name),
            outline => {
                self.open_nodes.insert(node.key());
                let ty = self.wrapped(outline, &name);
                self.open_nodes.remove(&node.key());
                Shape::Alias(ty)
            }
        }
    }

    /// The outline that the first rule gives. Unions of one member that lead to each other have none.
    fn outline(&mut self, node: &Node) -> Outline {
        if self.outlines >= OUTLINES {
            self.notes.widen(&node.origin, "it leads to itself, or to others, without saying anything");
            return Outline::Plain(Type::Any);
        }
        self.outlines += 1;
        let first = rules::RULES.iter().find_map(|(why, rule)| Some((*why, rule(self, node)?)));
        self.outlines -= 1;
        let Some((why, outline)) = first else { return Outline::Plain(Type::Any) };
        self.notes.decide(&node.origin, why);
        outline
    }

    /// Whether there are no more types than the limit allows.
    fn within_types(&self, node: &Node) -> Result<(), Errors> {
        let most = self.settings.limits.types;
        if self.definitions.len() <= most {
            return Ok(());
        }
        let limit = exceeded("types", most, format!("this is past the first {most} types"));
        let error = self.bundle.diagnostic(Kind::Limit, &node.origin, limit.message);
        Err(error.help(limit.help.unwrap_or_default()).into())
    }

    /// Notes the keywords that no type holds, of all schemas that the roots reach.
    fn note_not_held(&mut self) {
        for place in self.bundle.schemas() {
            let Some(keywords) = Keywords::at(self.bundle, place) else { continue };
            let names = keywords.names().filter(|name| keywords::NOT_HELD.contains(name) && keywords.has(name));
            let names: Vec<String> = names.map(str::to_owned).collect();
            if !names.is_empty() {
                self.notes.ignore(place, names);
            }
        }
    }

    fn note_dangling(&mut self) {
        let dangling: Vec<Place> = self.bundle.dangling().cloned().collect();
        for place in dangling {
            let reference = self.bundle.value(&place).and_then(|schema| schema.get("$ref")).and_then(Value::as_str);
            self.notes.widen(&place.child("$ref"), &format!("`{}` refers to nothing", reference.unwrap_or_default()));
        }
    }
}
