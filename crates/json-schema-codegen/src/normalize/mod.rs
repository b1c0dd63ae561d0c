//! Turns schemas of any draft into named definitions of a small dialect.
//!
//! A node (all schemas that one value must satisfy) goes through an ordered table of rules; the
//! first that applies gives its outline. Outlines that need a type of their own become definitions.

mod build;
mod coverage;
mod definition;
mod describe;
mod features;
mod keywords;
mod lookalikes;
mod names;
mod naming;
mod node;
mod notes;
mod property_index;
mod recursion;
mod rules;
mod schemas;
mod type_set;
mod used;
mod value_names;

use std::collections::{HashMap, HashSet, VecDeque};

pub(crate) use definition::*;
#[cfg(feature = "changes")]
pub(crate) use describe::split_values;
pub(crate) use keywords::{ENFORCED, UNENFORCED};
pub(crate) use node::target;
pub(crate) use notes::Notes;

use crate::bundle::Bundle;
use crate::diagnostic::{Errors, Kind};
use crate::limits::exceeded;
use crate::place::Place;
use crate::settings::Settings;

use coverage::Coverage;
use node::{Node, NodeKey};
use rules::{Mapped, Outline};
use schemas::Schemas;
use used::Used;

/// Turns what the roots of the bundle reach into definitions.
///
/// # Errors
/// Schemas that make more of each other than the limits allow; settings without an effect.
pub(crate) fn normalize(bundle: &Bundle, settings: &Settings) -> Result<(Definitions, Notes), Errors> {
    features::check(bundle)?;
    let (mut used, mut notes) = (Used::default(), Notes::default());
    let (place_names, taken) = naming::place_names(bundle, settings, &mut used, &mut notes);
    let mut normalizer = Normalizer::new(Schemas::new(bundle, settings, &place_names), taken, used, notes);
    let roots = normalizer.roots();
    while let Some(waiting) = normalizer.waiting.pop_front() {
        let place = waiting.node.origin.clone();
        normalizer.finish(waiting);
        normalizer.within_types(&place)?;
    }
    bundle.within_steps()?;
    normalizer.settle_empty_cycles();
    normalizer.tell_apart();
    normalizer.note_unenforced();
    normalizer.note_dangling();
    let Normalizer { definitions, used, mut notes, coverage, schemas, .. } = normalizer;
    coverage.tell(&schemas, &mut notes);
    bundle.within_steps()?;
    let mut definitions = Definitions { all: definitions, roots, place_names: place_names.clone() };
    used.check(bundle, &definitions, settings)?;
    recursion::break_cycles(&mut definitions);
    Ok((definitions, notes))
}

/// The only part of normalization that changes anything: it asks the rules for outlines, and makes
/// definitions of them.
pub(crate) struct Normalizer<'a> {
    schemas: Schemas<'a>,
    definitions: Vec<Definition>,
    by_key: HashMap<NodeKey, DefinitionId>,
    waiting: VecDeque<Waiting>,
    taken: names::Taken,
    /// The definitions that are named after where they stand; two may have one name until the end.
    hoisted: Vec<DefinitionId>,
    /// The lists, maps and optional values whose type is being worked out, so that one that holds
    /// itself is noticed.
    open_nodes: HashSet<NodeKey>,
    /// The places that are roots.
    roots: HashSet<Place>,
    used: Used,
    notes: Notes,
    coverage: Coverage,
}

/// A definition whose shape is still to be found.
struct Waiting {
    id: DefinitionId,
    node: Node,
    /// What the node becomes, if that is known already.
    outline: Option<Outline>,
}

/// How deep lists, maps and options are nested in one type; what is deeper has a name of its own.
const NESTED: usize = 16;

/// How many unions of one member may lead from one to the next.
const ONLY_MEMBERS: usize = 64;

impl<'a> Normalizer<'a> {
    fn new(schemas: Schemas<'a>, taken: names::Taken, used: Used, notes: Notes) -> Self {
        Self {
            schemas,
            definitions: Vec::new(),
            by_key: HashMap::new(),
            waiting: VecDeque::new(),
            taken,
            hoisted: Vec::new(),
            open_nodes: HashSet::new(),
            roots: schemas.bundle.roots().iter().cloned().collect(),
            used,
            notes,
            coverage: Coverage::default(),
        }
    }

    fn roots(&mut self) -> Vec<Root> {
        let places = self.schemas.bundle.roots().to_vec();
        places.into_iter().map(|place| self.root(place)).collect()
    }

    fn root(&mut self, place: Place) -> Root {
        let name = self.name_of(&place);
        let target = node::target(self.schemas.bundle, &place).unwrap_or(&place).clone();
        let id = self.define(&target);
        self.definitions[id.0].is_root = true;
        Root { name, ty: Type::Named(id) }
    }

    /// Returns the type name of a place that is a root or referred to.
    fn name_of(&self, place: &Place) -> String {
        self.schemas.names.get(place).cloned().unwrap_or_default()
    }

    /// Returns the outline of a node, and the node that it is an outline of: another one where a union
    /// has come down to one member. Records both for the report.
    fn outline(&mut self, node: &Node) -> (Node, Outline) {
        let mut node = node.clone();
        for _ in 0..ONLY_MEMBERS {
            let (why, outline) = rules::outline(&self.schemas, &node);
            self.notes.decide(&node.origin, why);
            self.coverage.record(&self.schemas, &node, &outline);
            match outline {
                Outline::Only { member, .. } => node = *member,
                outline => {
                    self.record(&node, &outline);
                    return (node, outline);
                }
            }
        }
        let outline = Outline::Any(Some("it leads to itself, or to others, without saying anything".to_owned()));
        self.record(&node, &outline);
        (node, outline)
    }

    /// Records which setting an outline uses, and why it is any value.
    fn record(&mut self, node: &Node, outline: &Outline) {
        match outline {
            Outline::Any(Some(reason)) => self.notes.widen(&node.origin, reason),
            Outline::Mapped(Mapped::Place { key, .. }) => self.used.types.record(key),
            Outline::Mapped(Mapped::Format { key, .. }) => self.used.formats.record(key),
            _ => {}
        }
    }

    /// Returns the type of a place that is referred to. If it may be null, the place's name is that of
    /// the type without null, and the reference is optional; a root keeps its name for both together.
    fn reference(&mut self, place: &Place) -> Type {
        let name = self.name_of(place);
        let whole = Node::at(self.schemas.bundle, place);
        let (node, outline) = self.outline(&whole);
        if let (Outline::Nullable(inner), false) = (&outline, self.roots.contains(place)) {
            let (inner_node, inner_outline) = self.outline(inner);
            if !inner_outline.is_plain() {
                let id = self.define_node(inner.key(), inner_node, Some(inner_outline), name, place);
                return Type::Nullable(Box::new(Type::Named(id)));
            }
        }
        Type::Named(self.define_node(whole.key(), node, Some(outline), name, place))
    }

    /// Returns the definition of a place that is referred to.
    fn define(&mut self, place: &Place) -> DefinitionId {
        let (name, node) = (self.name_of(place), Node::at(self.schemas.bundle, place));
        self.define_node(node.key(), node, None, name, place)
    }

    fn define_node(
        &mut self,
        key: NodeKey,
        node: Node,
        outline: Option<Outline>,
        name: String,
        place: &Place,
    ) -> DefinitionId {
        match self.by_key.get(&key) {
            Some(id) => *id,
            None => self.enqueue(key, Named { name, place: place.clone() }, node, outline),
        }
    }

    /// Returns the definition of a node inside another one, named after where it stands.
    fn hoist(&mut self, node: Node, outline: Outline, name: &str) -> DefinitionId {
        let key = node.key();
        if let Some(id) = self.by_key.get(&key) {
            return *id;
        }
        let name = names::beginning(name);
        let renames = &self.schemas.settings.rename;
        let name = self.used.renames.get(renames, name).unwrap_or_else(|| name.to_owned());
        let place = node.origin.clone();
        let id = self.enqueue(key, Named { name, place }, node, Some(outline));
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

    fn enqueue(&mut self, key: NodeKey, named: Named, node: Node, outline: Option<Outline>) -> DefinitionId {
        let id = DefinitionId(self.definitions.len());
        let Named { name, place } = named;
        let renamed = self.schemas.settings.rename.iter().find(|(_, new)| **new == name);
        self.definitions.push(Definition {
            alias: renamed.map(|(old, _)| old.clone()),
            name,
            docs: describe::docs(self.schemas.bundle, &place),
            place,
            is_root: false,
            shape: Shape::Alias(Type::Any),
        });
        self.by_key.insert(key, id);
        self.waiting.push_back(Waiting { id, node, outline });
        id
    }

    /// Returns the type of a node; `name` is the name of its definition if it needs one.
    fn type_of(&mut self, node: &Node, name: &str) -> Type {
        let (node, outline) = self.outline(node);
        match outline {
            Outline::Object(_) | Outline::Tuple(_) | Outline::Enum(_) | Outline::Union(_) => {
                Type::Named(self.hoist(node, outline, name))
            }
            Outline::Nullable(_) | Outline::List(Some(_)) | Outline::Map(Some(_)) => {
                let key = node.key();
                if self.open_nodes.len() >= NESTED || !self.open_nodes.insert(key.clone()) {
                    return Type::Named(self.hoist(node, outline, name));
                }
                let ty = self.wrapped(outline, name);
                self.open_nodes.remove(&key);
                ty
            }
            outline => self.wrapped(outline, name),
        }
    }

    /// Returns the type of an outline that needs no definition of its own.
    fn wrapped(&mut self, outline: Outline, name: &str) -> Type {
        match outline {
            Outline::Scalar(ty) => ty,
            Outline::Mapped(Mapped::Place { path, .. } | Mapped::Format { path, .. }) => Type::Path(path),
            Outline::Reference(place) => self.reference(&place),
            Outline::Nullable(inner) => match self.type_of(&inner, name) {
                Type::Null => Type::Null,
                Type::Any => Type::Any,
                Type::Nullable(inner) => Type::Nullable(inner),
                inner => Type::Nullable(Box::new(inner)),
            },
            Outline::List(items) => {
                let items = items.map(|items| self.type_of(&items, &naming::item(name)));
                Type::List(Box::new(items.unwrap_or(Type::Any)))
            }
            Outline::Map(values) => {
                let values = values.map(|values| self.type_of(&values, &format!("{name}Value")));
                Type::Map(Box::new(values.unwrap_or(Type::Any)))
            }
            _ => Type::Any,
        }
    }

    /// Finds the shape of a definition.
    fn finish(&mut self, waiting: Waiting) {
        let Waiting { id, node, outline } = waiting;
        let name = self.definitions[id.0].name.clone();
        let (node, outline) = match outline {
            Some(outline) => (node, outline),
            None => self.outline(&node),
        };
        let shape = match outline {
            Outline::Object(object) => Shape::Struct(self.structure(&node, *object, &name)),
            Outline::Tuple(tuple) => Shape::Tuple(self.tuple(tuple, &name)),
            Outline::Enum(listed) => Shape::Enum(self.enumeration(&node, listed, id)),
            Outline::Union(members) => self.union(&node, &members, &name),
            outline => {
                self.open_nodes.insert(node.key());
                let ty = self.wrapped(outline, &name);
                self.open_nodes.remove(&node.key());
                Shape::Alias(ty)
            }
        };
        self.definitions[id.0].shape = shape;
    }

    /// Checks that there are no more types than the limit allows.
    fn within_types(&self, place: &Place) -> Result<(), Errors> {
        let most = self.schemas.settings.limits.types;
        if self.definitions.len() <= most {
            return Ok(());
        }
        let limit = exceeded("types", most, format!("this is past the first {most} types"));
        let error = self.schemas.bundle.diagnostic(Kind::Limit, place, limit.message);
        Err(error.help(limit.help.unwrap_or_default()).into())
    }

    /// Makes any value of each alias that leads to nothing but itself, directly or through others.
    fn settle_empty_cycles(&mut self) {
        for index in 0..self.definitions.len() {
            let mut at = DefinitionId(index);
            for _ in 0..=self.definitions.len() {
                let Some(next) = self.definitions[at.0].shape.aliased_definition() else { break };
                at = next;
                if at.0 == index {
                    self.definitions[index].shape = Shape::Alias(Type::Any);
                    let reason = "it leads to itself, or to others, without saying anything";
                    self.notes.widen(&self.definitions[index].place, reason);
                    break;
                }
            }
        }
    }

    /// Notes the keywords that no type holds, of all schemas that the roots reach.
    fn note_unenforced(&mut self) {
        for place in self.schemas.bundle.schemas() {
            let Some(keywords) = self.schemas.keywords(place) else { continue };
            let names = keywords.names().filter(|name| keywords::UNENFORCED.contains(name) && keywords.has(name));
            let names: Vec<String> = names.map(str::to_owned).collect();
            if !names.is_empty() {
                self.notes.ignore(place, names);
            }
        }
    }

    fn note_dangling(&mut self) {
        let bundle = self.schemas.bundle;
        for place in bundle.dangling() {
            let Some((keyword, text)) = bundle.reference(place) else { continue };
            self.notes.widen(&place.child(keyword), &format!("`{text}` refers to nothing"));
        }
    }
}

/// The name of a definition, and the schema that documents it.
struct Named {
    name: String,
    place: Place,
}
