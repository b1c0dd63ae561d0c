//! Finds the types that let reading fail even where values of another type are kept: those with a property that the
//! setting `mismatch_errors` names.

use std::collections::HashSet;

use crate::normalize::{DefinitionId, Definitions, OnMismatch, Shape, Type};

/// The definitions of which a value can make reading fail, whatever is around it.
pub(super) struct Failing(HashSet<DefinitionId>);

impl Failing {
    /// Finds these definitions among `definitions`.
    pub(super) fn new(definitions: &Definitions) -> Self {
        let mut failing = Self(HashSet::new());
        if !definitions.all.iter().any(|definition| has_failing_property(&definition.shape)) {
            return failing;
        }
        loop {
            let known = failing.0.len();
            for (index, definition) in definitions.all.iter().enumerate() {
                if has_failing_property(&definition.shape) || failing.is_in_shape(&definition.shape) {
                    failing.0.insert(DefinitionId(index));
                }
            }
            if failing.0.len() == known {
                return failing;
            }
        }
    }

    /// Checks whether there are no such definitions.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Checks whether a value of the type can make reading fail.
    pub(super) fn is_in(&self, ty: &Type) -> bool {
        match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Checked(inner, _) => {
                self.is_in(inner)
            }
            Type::Named(id) | Type::Boxed(id) => self.0.contains(id),
            _ => false,
        }
    }

    /// Checks the same for a value inside a definition of this shape. Unions, tuples and wrappers hand back a value that
    /// fails inside them, so that it can be kept.
    fn is_in_shape(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Struct(_) | Shape::Alias(_) => shape.types().into_iter().any(|ty| self.is_in(ty)),
            _ => false,
        }
    }
}

/// Checks whether the shape is a struct with a property for which a value of another type makes reading fail.
fn has_failing_property(shape: &Shape) -> bool {
    match shape {
        Shape::Struct(object) => object.properties.iter().any(|property| property.on_mismatch == OnMismatch::Fail),
        _ => false,
    }
}
