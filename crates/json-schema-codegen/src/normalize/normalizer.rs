//! The state of normalization: asks the rules for the outlines of nodes, and turns outlines into
//! definitions and types.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::location::Location;
use crate::normalize::assertion_lists::AssertionListId;
use crate::normalize::assertions::AssertionCompiler;
use crate::normalize::coverage::PropertyCoverage;
use crate::normalize::definition::{Definition, DefinitionId, Shape, Type, TypeSet};
use crate::normalize::node::{Node, NodeKey};
use crate::normalize::notes::Notes;
use crate::normalize::outline::{MappedType, Outline};
use crate::normalize::rules;
use crate::normalize::schemas::RuleInput;
use crate::normalize::taken_names::TakenNames;
use crate::normalize::used::UsedSettings;
use crate::normalize::{names, naming};

/// The state of one normalization: asks the rules for outlines and turns them into definitions. The
/// rules themselves only read.
pub(super) struct Normalizer<'a> {
    pub(super) schemas: RuleInput<'a>,
    pub(super) definitions: Vec<Definition>,
    pub(super) by_key: HashMap<NodeKey, DefinitionId>,
    /// The types of references, by the location that they refer to, so that a schema that many places refer to is
    /// looked at once.
    pub(super) references: HashMap<Location, Type>,
    /// The definitions whose shape is not built yet.
    pub(super) waiting: VecDeque<WaitingDefinition>,
    /// The type names that are given out already.
    pub(super) taken: TakenNames,
    /// The definitions that are named after their owner and property, such as `OrderCustomer`. Two may
    /// have the same name until `number_equal_names`.
    pub(super) hoisted: Vec<DefinitionId>,
    /// The lists, maps and nullable nodes whose type is being built. A node that is met again while it
    /// is here contains itself and needs a definition.
    pub(super) open_nodes: HashSet<NodeKey>,
    /// The number of schemas with each title, by the name that is made from it.
    pub(super) titles: HashMap<String, usize>,
    /// The locations of the roots.
    pub(super) roots: HashSet<Location>,
    pub(super) used: UsedSettings,
    pub(super) notes: Notes,
    pub(super) coverage: PropertyCoverage,
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
    pub(super) whole: Node,
    pub(super) node: Node,
    /// The outline of `node`; `None` if the rules have not been asked yet.
    pub(super) outline: Option<Outline>,
    /// The list that the values are checked against, if it is made already.
    pub(super) list: Option<AssertionListId>,
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
    pub(super) fn new(schemas: RuleInput<'a>, taken: TakenNames, notes: Notes) -> Self {
        Self {
            schemas,
            definitions: Vec::new(),
            by_key: HashMap::new(),
            references: HashMap::new(),
            waiting: VecDeque::new(),
            taken,
            hoisted: Vec::new(),
            open_nodes: HashSet::new(),
            titles: naming::count_title_names(&schemas),
            roots: schemas.resolved.roots().iter().cloned().collect(),
            used: UsedSettings::default(),
            notes,
            coverage: PropertyCoverage::default(),
            assertions: schemas.settings.strict.then(|| AssertionCompiler::new(schemas)),
            default_checker: schemas.settings.default_accessors.then(|| AssertionCompiler::new(schemas)),
        }
    }

    /// Asks the rules for the outline of `node`, and returns (node, outline of this node). The returned node is `node`
    /// itself, or, if `node` is a union with only one possible member, that member. Records for the report which rule
    /// applied, which settings it used, and whether the properties become fields.
    pub(super) fn outline_node_and_record(&mut self, node: &Node) -> (Node, Outline) {
        let mut node = node.clone();
        for _ in 0..MAX_ONLY_MEMBERS {
            let (reason, outline) = rules::outline_node(&self.schemas, &node);
            self.notes.note_rule_reason(&node.origin, reason);
            self.coverage.record_node(&self.schemas, &node, &outline);
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
            Outline::Any(Some(reason)) => self.notes.note_widened_schema(&node.origin, reason),
            Outline::Mapped(MappedType::Location { key, .. }) => self.used.types.record_used(key),
            Outline::Mapped(MappedType::Name { key, .. }) => self.used.replacements.record_used(key),
            Outline::Mapped(MappedType::Format { key, .. }) => self.used.formats.record_used(key),
            _ => {}
        }
    }

    /// Returns the Rust type of `node`, and creates the definitions that it names. `name` is the name of its definition
    /// if it needs one; else the types inside it are named after `name`, such as `OrderLine` for the items of a list
    /// with the name `OrderLines`.
    pub(super) fn make_type(&mut self, node: &Node, name: &str) -> Type {
        let whole = node;
        let (node, outline) = self.outline_node_and_record(whole);
        match outline {
            Outline::Object(_) | Outline::Tuple(_) | Outline::Enum(_) | Outline::Union(_) => {
                Type::Named(self.find_or_define_unnamed(node, outline, name))
            }
            Outline::Nullable(_) | Outline::Array(Some(_)) | Outline::Map(Some(_)) => {
                let key = node.node_key();
                if self.open_nodes.len() >= MAX_NESTING || !self.open_nodes.insert(key.clone()) {
                    return Type::Named(self.find_or_define_unnamed(node, outline, name));
                }
                let list = self.make_remaining_assertions(whole, &outline, name);
                let ty = self.make_type_without_definition(outline, name);
                self.open_nodes.remove(&key);
                ty.with_assertions(list)
            }
            outline => {
                let list = self.make_remaining_assertions(whole, &outline, name);
                if let (Outline::Scalar(Type::String), Some(list)) = (&outline, list) {
                    return Type::Named(self.find_or_define_checked_text(whole, list, name));
                }
                match self.make_type_without_definition(outline, name) {
                    // A reference to a nullable schema, in a place without null.
                    Type::Nullable(inner) if !node.types.overlaps(TypeSet::NULL) => inner.with_assertions(list),
                    ty => ty.with_assertions(list),
                }
            }
        }
    }

    /// Makes the list of assertions for the constraints of `node` that its type, made from `outline`, does not express,
    /// and gives the list the name `name`. `None` if types are not strict, or if there is nothing to check.
    fn make_remaining_assertions(&mut self, node: &Node, outline: &Outline, name: &str) -> Option<AssertionListId> {
        let compiler = self.assertions.as_mut()?;
        let covered = match outline {
            Outline::Nullable(_) | Outline::Mapped(_) | Outline::Enum(_) => return None,
            Outline::Reference(target) => Node::from_location(self.schemas.resolved, target).parts,
            _ => Vec::new(),
        };
        let covered: Vec<Location> = covered.into_iter().map(|part| part.location).collect();
        compiler.make_remaining_assertion_list(node, outline, &covered, name)
    }

    /// Returns the type of an outline that needs no definition of its own: `Type::Any` for objects,
    /// tuples, enums and unions, which the callers handle before. Types inside it are named after `name`.
    fn make_type_without_definition(&mut self, outline: Outline, name: &str) -> Type {
        match outline {
            Outline::Scalar(ty) => ty,
            Outline::Mapped(mapped) => Type::Path(mapped.into_rust_path()),
            Outline::Reference(location) => self.find_or_make_reference_type(&location),
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
                let values = values.map(|values| self.make_type(&values, &names::join_type_names(name, "Value")));
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
            None => self.outline_node_and_record(&node),
        };
        let list = list.or_else(|| self.make_remaining_assertions(&whole, &outline, &name));
        let shape = match outline {
            Outline::Object(object) => Shape::Struct(self.build_struct(&node, *object, &name)),
            Outline::Tuple(tuple) => Shape::Tuple(self.build_tuple(tuple, &name)),
            Outline::Enum(outline) => Shape::Enum(self.build_enum(&node, outline, id)),
            Outline::Union(members) => self.build_union(&node, &members, &name),
            outline => {
                self.open_nodes.insert(node.node_key());
                // The definition has the name itself, so the type without null is `ConfigValue` for `Config`.
                let is_nullable = matches!(outline, Outline::Nullable(_));
                let inner = if is_nullable { names::join_type_names(&name, "Value") } else { name };
                let ty = self.make_type_without_definition(outline, &inner);
                self.open_nodes.remove(&node.node_key());
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
