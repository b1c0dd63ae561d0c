//! Finds the types that make reading fail even inside a property that keeps values of another type: those with a
//! property that the setting `mismatch_errors` names.

use std::collections::HashSet;

use crate::normalize::{DefinitionId, Definitions, MismatchTreatment, Shape, Type};

/// The definitions that make reading fail for some value, even inside a property that keeps values of another type.
pub(super) struct FailingDefinitions(HashSet<DefinitionId>);

impl FailingDefinitions {
    /// Finds the definitions of this kind among `definitions`.
    pub(super) fn new(definitions: &Definitions) -> Self {
        let mut failing = Self(HashSet::new());
        if !definitions.all.iter().any(|definition| fails_on_property_mismatch(&definition.shape)) {
            return failing;
        }
        loop {
            let known = failing.0.len();
            for (index, definition) in definitions.all.iter().enumerate() {
                if fails_on_property_mismatch(&definition.shape) || failing.contains_shape(&definition.shape) {
                    failing.0.insert(DefinitionId(index));
                }
            }
            if failing.0.len() == known {
                return failing;
            }
        }
    }

    /// Checks whether there is no such definition.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Checks whether some value of a type can make reading fail: the type is such a definition, or a list, map or
    /// nullable of one.
    pub(super) fn contains_type(&self, ty: &Type) -> bool {
        match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Checked(inner, _) => {
                self.contains_type(inner)
            }
            Type::Named(id) | Type::Boxed(id) => self.0.contains(id),
            _ => false,
        }
    }

    /// Checks whether a struct or an alias has such a definition inside. False for unions, tuples and wrappers: if
    /// something inside them makes reading fail, a property around them can still keep the value.
    fn contains_shape(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Struct(_) | Shape::Alias(_) => shape.contained_types().into_iter().any(|ty| self.contains_type(ty)),
            _ => false,
        }
    }
}

/// Checks whether the shape is a struct with a property for which a value of another type makes reading fail.
fn fails_on_property_mismatch(shape: &Shape) -> bool {
    match shape {
        Shape::Struct(object) => {
            object.properties.iter().any(|property| property.on_mismatch == MismatchTreatment::Fail)
        }
        _ => false,
    }
}
