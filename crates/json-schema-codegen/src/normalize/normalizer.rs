//! The state of normalization: asks the rules for the outlines of nodes, and turns outlines into
//! definitions and types.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::location::Location;
use crate::normalize::assertion_lists::ListId;
use crate::normalize::assertions::AssertionCompiler;
use crate::normalize::coverage::Coverage;
use crate::normalize::definition::{Definition, DefinitionId, Root, Shape, Type, TypeSet};
use crate::normalize::node::{self, Node, NodeKey};
use crate::normalize::notes::Notes;
use crate::normalize::outline::{Mapped, Outline};
use crate::normalize::rules;
use crate::normalize::schemas::Schemas;
use crate::normalize::used::UsedSettings;
use crate::normalize::{describe, names, naming};

/// The state of one normalization: asks the rules for outlines and turns them into definitions. The
/// rules themselves only read.
pub(super) struct Normalizer<'a> {
    pub(super) schemas: Schemas<'a>,
    pub(super) definitions: Vec<Definition>,
    pub(super) by_key: HashMap<NodeKey, DefinitionId>,
    /// The types of references, by the location that they refer to, so that a schema that many places refer to is
    /// looked at once.
    references: HashMap<Location, Type>,
    /// The definitions whose shape is not built yet.
    pub(super) waiting: VecDeque<WaitingDefinition>,
    /// The type names that are given out already.
    pub(super) taken: names::Taken,
    /// The definitions that are named after their owner and property, such as `OrderCustomer`. Two may
    /// have the same name until `make_names_unique`.
    pub(super) hoisted: Vec<DefinitionId>,
    /// The lists, maps and nullable nodes whose type is being built. A node that is met again while it
    /// is here contains itself and needs a definition.
    pub(super) open_nodes: HashSet<NodeKey>,
    /// The number of schemas with each title, by the name that is made from it.
    titles: HashMap<String, usize>,
    /// The locations of the roots.
    pub(super) roots: HashSet<Location>,
    pub(super) used: UsedSettings,
    pub(super) notes: Notes,
    pub(super) coverage: Coverage,
    /// Makes the assertions that the types check; `None` unless the types are strict.
    pub(super) assertions: Option<AssertionCompiler<'a>>,
    /// Checks the defaults of properties; `None` unless the settings ask for accessors of them.
    pub(super) default_checker: Option<AssertionCompiler<'a>>,
}

/// A definition whose shape is not built yet.
pub(super) struct WaitingDefinition {
    pub(super) id: DefinitionId,
    pub(super) outlined: OutlinedNode,
}

/// A node and its outline, from which the shape of a definition is built.
pub(super) struct OutlinedNode {
    /// The node before a union with only one possible member was replaced by that member.
    whole: Node,
    pub(super) node: Node,
    /// The outline of `node`; `None` if the rules have not been asked yet.
    outline: Option<Outline>,
    /// The list that the values are checked against, if it is made already.
    list: Option<ListId>,
}

/// Most lists, maps and options that are nested in one Rust type, such as `Vec<Option<T>>`; a deeper
/// one becomes a definition with a name of its own.
const MAX_NESTING: usize = 16;

/// Most unions of a single member that are followed from one to the next; a longer chain becomes any
/// value.
const MAX_ONLY_MEMBERS: usize = 64;

/// The reason for any value where schemas form a circle of references.
pub(super) const ONLY_REFERS_TO_ITSELF: &str = "the schema only refers to itself, directly or through other schemas";

impl<'a> Normalizer<'a> {
    /// Returns a normalizer without definitions. `taken` has the type names of roots and targets of references.
    pub(super) fn new(schemas: Schemas<'a>, taken: names::Taken, notes: Notes) -> Self {
        Self {
            schemas,
            definitions: Vec::new(),
            by_key: HashMap::new(),
            references: HashMap::new(),
            waiting: VecDeque::new(),
            taken,
            hoisted: Vec::new(),
            open_nodes: HashSet::new(),
            titles: naming::count_titles(&schemas),
            roots: schemas.resolved.roots().iter().cloned().collect(),
            used: UsedSettings::default(),
            notes,
            coverage: Coverage::default(),
            assertions: schemas.settings.strict.then(|| AssertionCompiler::new(schemas)),
            default_checker: schemas.settings.default_accessors.then(|| AssertionCompiler::new(schemas)),
        }
    }

    /// Creates the definitions of all roots. Returns the roots in the order in which the stage `resolve` found them.
    pub(super) fn define_roots(&mut self) -> Vec<Root> {
        let places = self.schemas.resolved.roots().to_vec();
        places.into_iter().map(|location| self.define_root(location)).collect()
    }

    /// Creates the definitions of schemas that are generated although nothing refers to them (all `$defs` of some
    /// documents), unless they are roots. Returns those that only refer to another schema, which become type aliases.
    pub(super) fn define_independent(&mut self) -> Vec<Root> {
        let mut aliases = Vec::new();
        let rest =
            self.schemas.resolved.independent_definitions().iter().filter(|location| !self.roots.contains(*location));
        for location in rest.cloned().collect::<Vec<_>>() {
            match self.find_alias_target(&location) {
                Some(target) => {
                    aliases.push(Root { name: self.type_name_at(&location), ty: self.type_of_reference(&target) })
                }
                None => drop(self.type_of_reference(&location)),
            }
        }
        aliases
    }

    /// Creates the definition of the root at `location` and marks it as a root. A root that only refers to another
    /// schema shares that schema's definition.
    fn define_root(&mut self, location: Location) -> Root {
        let name = self.type_name_at(&location);
        let target = self.find_alias_target(&location).unwrap_or(location);
        let id = self.find_or_define(&target);
        self.definitions[id.0].is_root = true;
        Root { name, ty: Type::Named(id) }
    }

    /// Returns the named schema that the schema at `location` only refers to, so that both have one type: by a chain of
    /// references, or beside keywords that constrain nothing, such as an `allOf` member with definitions. `None` if the
    /// schema at `location` constrains values itself.
    fn find_alias_target(&self, location: &Location) -> Option<Location> {
        if let Some(target) = node::find_alias_target(self.schemas.resolved, location) {
            return Some(target.clone());
        }
        let node = Node::at(self.schemas.resolved, location);
        let has_same_key = |target: &Location| Node::at(self.schemas.resolved, target).key() == node.key();
        rules::reference::find_reference_target(&self.schemas, &node).filter(has_same_key)
    }

    /// Returns the type name of the schema at `location`, which is a root or the target of a reference;
    /// empty for any other location.
    fn type_name_at(&self, location: &Location) -> String {
        self.schemas.names.get(location).cloned().unwrap_or_default()
    }

    /// Asks the rules for the outline of `node`, and returns (node, outline of this node). The returned node is `node`
    /// itself, or, if `node` is a union with only one possible member, that member. Records for the report which rule
    /// applied, which settings it used, and whether the properties become fields.
    fn outline_and_record(&mut self, node: &Node) -> (Node, Outline) {
        let mut node = node.clone();
        for _ in 0..MAX_ONLY_MEMBERS {
            let (reason, outline) = rules::outline_node(&self.schemas, &node);
            self.notes.note_reason(&node.origin, reason);
            self.coverage.record(&self.schemas, &node, &outline);
            match outline {
                Outline::Only { member, .. } => node = *member,
                outline => {
                    self.record_outline(&node, &outline);
                    return (node, outline);
                }
            }
        }
        let outline = Outline::Any(Some(ONLY_REFERS_TO_ITSELF.to_owned()));
        self.record_outline(&node, &outline);
        (node, outline)
    }

    /// Records the entry of the settings that `outline` uses. If `outline` is any value although the schema has
    /// constraints, notes the reason for the report.
    fn record_outline(&mut self, node: &Node, outline: &Outline) {
        match outline {
            Outline::Any(Some(reason)) => self.notes.note_widened(&node.origin, reason),
            Outline::Mapped(Mapped::Location { key, .. }) => self.used.types.record(key),
            Outline::Mapped(Mapped::Name { key, .. }) => self.used.replacements.record(key),
            Outline::Mapped(Mapped::Format { key, .. }) => self.used.formats.record(key),
            _ => {}
        }
    }

    /// Returns the type of a reference to the schema at `location`.
    ///
    /// If the schema allows null and is not a root, its name goes to the type without null, and the
    /// reference is nullable (`Option<Customer>`). A root keeps its name for the type with null, since
    /// nothing around it could hold the option.
    fn type_of_reference(&mut self, location: &Location) -> Type {
        if let Some(ty) = self.references.get(location) {
            return ty.clone();
        }
        let ty = self.make_type_of_reference(location);
        self.references.insert(location.clone(), ty.clone());
        ty
    }

    /// Makes the type of the first reference to the schema at `location`, and the definition that the type names; see
    /// [`Self::type_of_reference`].
    fn make_type_of_reference(&mut self, location: &Location) -> Type {
        if let Some(target) = self.find_alias_target(location).filter(|target| target != location) {
            return self.type_of_reference(&target);
        }
        let name = self.type_name_at(location);
        let whole = Node::at(self.schemas.resolved, location);
        let (node, outline) = self.outline_and_record(&whole);
        if let (Outline::Nullable(inner), false) = (&outline, self.roots.contains(location)) {
            let (inner_node, inner_outline) = self.outline_and_record(inner);
            if !inner_outline.needs_no_inner_type() {
                let outlined = OutlinedNode {
                    whole: (**inner).clone(),
                    node: inner_node,
                    outline: Some(inner_outline),
                    list: None,
                };
                let id = self.find_or_define_node(inner.key(), outlined, name, location);
                return Type::Nullable(Box::new(Type::Named(id)));
            }
        }
        let key = whole.key();
        Type::Named(self.find_or_define_node(
            key,
            OutlinedNode { whole, node, outline: Some(outline), list: None },
            name,
            location,
        ))
    }

    /// Returns the definition of the schema at `location`, and creates it if it does not exist.
    fn find_or_define(&mut self, location: &Location) -> DefinitionId {
        let (name, node) = (self.type_name_at(location), Node::at(self.schemas.resolved, location));
        let outlined = OutlinedNode { whole: node.clone(), node, outline: None, list: None };
        self.find_or_define_node(outlined.whole.key(), outlined, name, location)
    }

    /// Returns the definition with the key `key`; if there is none, creates it from `outlined` with the name
    /// `name`. `location` is the schema that documents it.
    fn find_or_define_node(
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
    /// is a name which no other schema has, else `name`; `make_names_unique` settles duplicates later.
    fn define_unnamed(&mut self, node: Node, outline: Outline, name: &str) -> DefinitionId {
        let key = node.key();
        if let Some(id) = self.by_key.get(&key) {
            return *id;
        }
        let outlined = OutlinedNode { whole: node.clone(), node, outline: Some(outline), list: None };
        self.enqueue_unnamed(key, outlined, name)
    }

    /// Returns the definition of a string that assertions are checked for: a newtype, named as by
    /// [`Self::define_unnamed`]. `whole` is the node of the string, and `list` are its assertions.
    fn define_checked_text(&mut self, whole: &Node, list: ListId, name: &str) -> DefinitionId {
        let key = whole.key();
        if let Some(id) = self.by_key.get(&key) {
            return *id;
        }
        let (whole, node) = (whole.clone(), whole.clone());
        let outline = Some(Outline::Scalar(Type::String));
        self.enqueue_unnamed(key, OutlinedNode { whole, node, outline, list: Some(list) }, name)
    }

    /// Creates the definition of a node without a name in the schema, and records that its name may need a number; see
    /// [`Self::define_unnamed`].
    fn enqueue_unnamed(&mut self, key: NodeKey, outlined: OutlinedNode, name: &str) -> DefinitionId {
        let location = outlined.node.origin.clone();
        let title = naming::title_name(&self.schemas, &self.titles, &location);
        let title = title.filter(|title| !self.taken.contains(title));
        let name = title.unwrap_or_else(|| names::truncate_for_name(name).to_owned());
        let id = self.enqueue_definition(key, DefinitionSource { name, location }, outlined);
        self.hoisted.push(id);
        id
    }

    /// Appends numbers to hoisted definitions with equal names (`Item`, `Item2`), in the order of their
    /// locations, so that a new definition elsewhere in the schema does not change them.
    pub(super) fn make_names_unique(&mut self) {
        let definitions = &mut self.definitions;
        self.hoisted.sort_by_key(|id| (definitions[id.0].location.clone(), *id));
        for id in &self.hoisted {
            let definition = &mut definitions[id.0];
            definition.name = self.taken.unique(&definition.name);
            self.notes.note_renames(&definition.location, "type", self.taken.changed());
        }
    }

    /// Creates a definition without a shape, puts it in the queue, and returns its id.
    fn enqueue_definition(&mut self, key: NodeKey, source: DefinitionSource, outlined: OutlinedNode) -> DefinitionId {
        let id = DefinitionId(self.definitions.len());
        let DefinitionSource { name, location } = source;
        self.definitions.push(Definition {
            alias: None,
            name,
            docs: describe::read_docs(self.schemas.resolved, &location),
            location,
            is_root: false,
            assertions: None,
            shape: Shape::Alias(Type::Any),
        });
        self.by_key.insert(key, id);
        self.waiting.push_back(WaitingDefinition { id, outlined });
        id
    }

    /// Returns the Rust type of `node`, and creates the definitions that it names. `name` is the name of its definition
    /// if it needs one; else the types inside it are named after `name`, such as `OrderLine` for the items of a list
    /// with the name `OrderLines`.
    pub(super) fn make_type(&mut self, node: &Node, name: &str) -> Type {
        let whole = node;
        let (node, outline) = self.outline_and_record(whole);
        match outline {
            Outline::Object(_) | Outline::Tuple(_) | Outline::Enum(_) | Outline::Union(_) => {
                Type::Named(self.define_unnamed(node, outline, name))
            }
            Outline::Nullable(_) | Outline::Array(Some(_)) | Outline::Map(Some(_)) => {
                let key = node.key();
                if self.open_nodes.len() >= MAX_NESTING || !self.open_nodes.insert(key.clone()) {
                    return Type::Named(self.define_unnamed(node, outline, name));
                }
                let list = self.make_assertions_beside_type(whole, &outline, name);
                let ty = self.make_inline_type(outline, name);
                self.open_nodes.remove(&key);
                ty.with_assertions(list)
            }
            outline => {
                let list = self.make_assertions_beside_type(whole, &outline, name);
                if let (Outline::Scalar(Type::String), Some(list)) = (&outline, list) {
                    return Type::Named(self.define_checked_text(whole, list, name));
                }
                match self.make_inline_type(outline, name) {
                    // A reference to a nullable schema, in a place without null.
                    Type::Nullable(inner) if !node.types.overlaps(TypeSet::NULL) => inner.with_assertions(list),
                    ty => ty.with_assertions(list),
                }
            }
        }
    }

    /// Makes the list of assertions for the constraints of `node` that its type, made from `outline`, does not express,
    /// and gives the list the name `name`. `None` if types are not strict, or if there is nothing to check.
    fn make_assertions_beside_type(&mut self, node: &Node, outline: &Outline, name: &str) -> Option<ListId> {
        let compiler = self.assertions.as_mut()?;
        let covered = match outline {
            Outline::Nullable(_) | Outline::Mapped(_) | Outline::Enum(_) => return None,
            Outline::Reference(target) => Node::at(self.schemas.resolved, target).parts,
            _ => Vec::new(),
        };
        let covered: Vec<Location> = covered.into_iter().map(|part| part.location).collect();
        compiler.make_list_beside_type(node, outline, &covered, name)
    }

    /// Returns the type of an outline that needs no definition of its own: `Type::Any` for objects,
    /// tuples, enums and unions, which the callers handle before. Types inside it are named after `name`.
    fn make_inline_type(&mut self, outline: Outline, name: &str) -> Type {
        match outline {
            Outline::Scalar(ty) => ty,
            Outline::Mapped(mapped) => Type::Path(mapped.into_path()),
            Outline::Reference(location) => self.type_of_reference(&location),
            Outline::Nullable(inner) => match self.make_type(&inner, name) {
                Type::Null => Type::Null,
                Type::Any => Type::Any,
                Type::Nullable(inner) => Type::Nullable(inner),
                inner => Type::Nullable(Box::new(inner)),
            },
            Outline::Array(items) => {
                let items = items.map(|items| self.make_type(&items, &naming::make_item_type_name(name)));
                Type::Array(Box::new(items.unwrap_or(Type::Any)))
            }
            Outline::Map(values) => {
                let values = values.map(|values| self.make_type(&values, &names::joined(name, "Value")));
                Type::Map(Box::new(values.unwrap_or(Type::Any)))
            }
            _ => Type::Any,
        }
    }

    /// Builds the shape of a definition from the queue, and stores the shape in the definition.
    pub(super) fn build_shape(&mut self, waiting: WaitingDefinition) {
        let WaitingDefinition { id, outlined: OutlinedNode { whole, node, outline, list } } = waiting;
        let name = self.definitions[id.0].name.clone();
        let (node, outline) = match outline {
            Some(outline) => (node, outline),
            None => self.outline_and_record(&node),
        };
        let list = list.or_else(|| self.make_assertions_beside_type(&whole, &outline, &name));
        let shape = match outline {
            Outline::Object(object) => Shape::Struct(self.build_struct(&node, *object, &name)),
            Outline::Tuple(tuple) => Shape::Tuple(self.build_tuple(tuple, &name)),
            Outline::Enum(outline) => Shape::Enum(self.build_enum(&node, outline, id)),
            Outline::Union(members) => self.build_union(&node, &members, &name),
            outline => {
                self.open_nodes.insert(node.key());
                // The definition has the name itself, so the type without null is `ConfigValue` for `Config`.
                let is_nullable = matches!(outline, Outline::Nullable(_));
                let inner = if is_nullable { names::joined(&name, "Value") } else { name };
                let ty = self.make_inline_type(outline, &inner);
                self.open_nodes.remove(&node.key());
                Shape::Alias(ty)
            }
        };
        let definition = &mut self.definitions[id.0];
        match shape {
            Shape::Alias(Type::String) if list.is_some() => {
                definition.shape = Shape::Newtype(Type::String.with_assertions(list));
            }
            Shape::Alias(ty) => definition.shape = Shape::Alias(ty.with_assertions(list)),
            shape => (definition.assertions, definition.shape) = (list, shape),
        }
    }
}

/// The name of a definition, and the location of the schema that documents it.
struct DefinitionSource {
    name: String,
    location: Location,
}
