//! Creates the definitions of roots, of referenced schemas and of nodes without a name, and puts those whose shape is
//! not built yet in the queue.

use crate::location::Location;
use crate::normalize::assertion_lists::AssertionListId;
use crate::normalize::definition::{Definition, DefinitionId, RootType, Shape, Type};
use crate::normalize::node::{Node, NodeKey};
use crate::normalize::normalizer::{Normalizer, OutlinedNode, WaitingDefinition};
use crate::normalize::outline::Outline;
use crate::normalize::{describe, names, naming};

impl Normalizer<'_> {
    /// Creates the definitions of all roots. Returns the roots in the order in which the stage `resolve` found them.
    pub(super) fn define_roots(&mut self) -> Vec<RootType> {
        let places = self.schemas.resolved.roots().to_vec();
        places.into_iter().map(|location| self.define_root(location)).collect()
    }

    /// Creates the definitions of schemas that are generated although nothing refers to them (all `$defs` of some
    /// documents), unless they are roots. Returns those that only refer to another schema, which become type aliases.
    pub(super) fn define_independent_schemas(&mut self) -> Vec<RootType> {
        let mut aliases = Vec::new();
        let rest =
            self.schemas.resolved.independent_definitions().iter().filter(|location| !self.roots.contains(*location));
        for location in rest.cloned().collect::<Vec<_>>() {
            match self.find_alias_target(&location) {
                Some(target) => aliases.push(RootType {
                    name: self.find_type_name_at(&location),
                    ty: self.find_or_make_reference_type(&target),
                }),
                None => drop(self.find_or_make_reference_type(&location)),
            }
        }
        aliases
    }

    /// Creates the definition of the root at `location` and marks it as a root. A root that only refers to another
    /// schema shares that schema's definition.
    fn define_root(&mut self, location: Location) -> RootType {
        let name = self.find_type_name_at(&location);
        let target = self.find_alias_target(&location).unwrap_or(location);
        let id = self.find_or_define_schema(&target);
        self.definitions[id.0].is_root = true;
        RootType { name, ty: Type::Named(id) }
    }

    /// Returns the definition of the schema at `location`, and creates it if it does not exist.
    fn find_or_define_schema(&mut self, location: &Location) -> DefinitionId {
        let (name, node) = (self.find_type_name_at(location), Node::from_location(self.schemas.resolved, location));
        let outlined = OutlinedNode { whole: node.clone(), node, outline: None, list: None };
        self.find_or_define_node(outlined.whole.node_key(), outlined, name, location)
    }

    /// Returns the definition with the key `key`; if there is none, creates it from `outlined` with the name
    /// `name`. `location` is the schema that documents it.
    pub(super) fn find_or_define_node(
        &mut self,
        key: NodeKey,
        outlined: OutlinedNode,
        name: String,
        location: &Location,
    ) -> DefinitionId {
        match self.by_key.get(&key) {
            Some(id) => *id,
            None => self.enqueue_definition(key, DefinitionSource { name, location: location.clone() }, outlined),
        }
    }

    /// Returns the definition of a node that has no name in the schema. A new one is called by its title if that
    /// is a name which no other schema has, else `name`; `number_equal_names` settles duplicates later.
    pub(super) fn find_or_define_unnamed(&mut self, node: Node, outline: Outline, name: &str) -> DefinitionId {
        let key = node.node_key();
        if let Some(id) = self.by_key.get(&key) {
            return *id;
        }
        let outlined = OutlinedNode { whole: node.clone(), node, outline: Some(outline), list: None };
        self.enqueue_unnamed_definition(key, outlined, name)
    }

    /// Returns the definition of a string that assertions are checked for: a newtype, named as by
    /// [`Self::find_or_define_unnamed`]. `whole` is the node of the string, and `list` are its assertions.
    pub(super) fn find_or_define_checked_text(
        &mut self,
        whole: &Node,
        list: AssertionListId,
        name: &str,
    ) -> DefinitionId {
        let key = whole.node_key();
        if let Some(id) = self.by_key.get(&key) {
            return *id;
        }
        let (whole, node) = (whole.clone(), whole.clone());
        let outline = Some(Outline::Scalar(Type::String));
        self.enqueue_unnamed_definition(key, OutlinedNode { whole, node, outline, list: Some(list) }, name)
    }

    /// Creates the definition of a node without a name in the schema, and records that its name may need a number; see
    /// [`Self::find_or_define_unnamed`].
    fn enqueue_unnamed_definition(&mut self, key: NodeKey, outlined: OutlinedNode, name: &str) -> DefinitionId {
        let location = outlined.node.origin.clone();
        let title = naming::find_title_name(&self.schemas, &self.titles, &location);
        let title = title.filter(|title| !self.taken.is_taken(title));
        let name = title.unwrap_or_else(|| names::truncate_for_name(name).to_owned());
        let id = self.enqueue_definition(key, DefinitionSource { name, location }, outlined);
        self.hoisted.push(id);
        id
    }

    /// Appends numbers to hoisted definitions with equal names (`Item`, `Item2`), in the order of their
    /// locations, so that a new definition elsewhere in the schema does not change them.
    pub(super) fn number_equal_names(&mut self) {
        let definitions = &mut self.definitions;
        self.hoisted.sort_by_key(|id| (definitions[id.0].location.clone(), *id));
        for id in &self.hoisted {
            let definition = &mut definitions[id.0];
            definition.name = self.taken.take_unique_name(&definition.name);
            self.notes.note_changed_names(&definition.location, "type", self.taken.drain_changed_names());
        }
    }

    /// Creates a definition without a shape, puts it in the queue, and returns its id.
    fn enqueue_definition(&mut self, key: NodeKey, source: DefinitionSource, outlined: OutlinedNode) -> DefinitionId {
        let id = DefinitionId(self.definitions.len());
        let DefinitionSource { name, location } = source;
        self.definitions.push(Definition {
            alias: None,
            name,
            docs: describe::read_schema_docs(self.schemas.resolved, &location),
            location,
            is_root: false,
            assertions: None,
            shape: Shape::Alias(Type::Any),
        });
        self.by_key.insert(key, id);
        self.waiting.push_back(WaitingDefinition { id, outlined });
        id
    }
}

/// The name of a definition, and the location of the schema that documents it.
struct DefinitionSource {
    name: String,
    location: Location,
}
