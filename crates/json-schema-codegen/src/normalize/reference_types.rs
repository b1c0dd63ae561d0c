//! Makes the types of references, and the definitions that these types name.

use crate::location::Location;
use crate::normalize::definition::Type;
use crate::normalize::node::{self, Node};
use crate::normalize::normalizer::{Normalizer, OutlinedNode};
use crate::normalize::outline::Outline;
use crate::normalize::rules;

impl Normalizer<'_> {
    /// Returns the named schema that the schema at `location` only refers to, so that both have one type: by a chain of
    /// references, or beside keywords that constrain nothing, such as an `allOf` member with definitions. `None` if the
    /// schema at `location` constrains values itself.
    pub(super) fn find_alias_target(&self, location: &Location) -> Option<Location> {
        if let Some(target) = node::find_alias_target(self.schemas.resolved, location) {
            return Some(target.clone());
        }
        let node = Node::from_location(self.schemas.resolved, location);
        let has_same_key =
            |target: &Location| Node::from_location(self.schemas.resolved, target).node_key() == node.node_key();
        rules::reference::find_reference_target(&self.schemas, &node).filter(has_same_key)
    }

    /// Returns the type name of the schema at `location`, which is a root or the target of a reference;
    /// empty for any other location.
    pub(super) fn find_type_name_at(&self, location: &Location) -> String {
        self.schemas.names.get(location).cloned().unwrap_or_default()
    }

    /// Returns the type of a reference to the schema at `location`.
    ///
    /// If the schema allows null and is not a root, its name goes to the type without null, and the
    /// reference is nullable (`Option<Customer>`). A root keeps its name for the type with null, since
    /// nothing around it could hold the option.
    pub(super) fn find_or_make_reference_type(&mut self, location: &Location) -> Type {
        if let Some(ty) = self.references.get(location) {
            return ty.clone();
        }
        let ty = self.make_reference_type(location);
        self.references.insert(location.clone(), ty.clone());
        ty
    }

    /// Makes the type of the first reference to the schema at `location`, and the definition that the type names; see
    /// [`Self::find_or_make_reference_type`].
    fn make_reference_type(&mut self, location: &Location) -> Type {
        if let Some(target) = self.find_alias_target(location).filter(|target| target != location) {
            return self.find_or_make_reference_type(&target);
        }
        let name = self.find_type_name_at(location);
        let whole = Node::from_location(self.schemas.resolved, location);
        let (node, outline) = self.outline_node_and_record(&whole);
        if let (Outline::Nullable(inner), false) = (&outline, self.roots.contains(location)) {
            let (inner_node, inner_outline) = self.outline_node_and_record(inner);
            if !inner_outline.needs_no_inner_type() {
                let outlined = OutlinedNode {
                    whole: (**inner).clone(),
                    node: inner_node,
                    outline: Some(inner_outline),
                    list: None,
                };
                let id = self.find_or_define_node(inner.node_key(), outlined, name, location);
                return Type::Nullable(Box::new(Type::Named(id)));
            }
        }
        let key = whole.node_key();
        Type::Named(self.find_or_define_node(
            key,
            OutlinedNode { whole, node, outline: Some(outline), list: None },
            name,
            location,
        ))
    }
}
