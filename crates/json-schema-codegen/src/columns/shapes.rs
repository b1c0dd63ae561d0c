//! Turns the shapes of definitions into columns.

use crate::columns::builder::{Builder, scalar};
use crate::columns::column::{ColumnType, Element};
use crate::columns::notes::Outcome;
use crate::normalize::{Definition, Extra, Shape, Struct, TypeSet};

impl Builder<'_> {
    /// Returns the type and nullability of values of `definition`, as [`Builder::element`] does.
    pub(super) fn shape(&mut self, definition: &Definition, keeps_mismatch: bool) -> Element {
        let ty = match &definition.shape {
            Shape::Struct(object) => {
                self.note_other_properties(object);
                self.structure(&object.properties, |property| &property.json_name, Self::property)
            }
            Shape::Enum(listed) => {
                let types = listed.values.iter().map(|value| TypeSet::of(&value.value));
                return self.scalar_or_json(types, keeps_mismatch, "its values are of several types");
            }
            Shape::Union(union) => {
                let types = union.variants.iter().map(|variant| variant.types);
                return self.scalar_or_json(types, keeps_mismatch, "it is a union");
            }
            Shape::Tuple(_) => self.json("the items of the array have types of their own"),
            Shape::Alias(ty) | Shape::Newtype(ty) => {
                return self.element(ty, Some(&definition.location), keeps_mismatch);
            }
        };
        let is_json = ty == ColumnType::Json;
        Element { ty, nullable: keeps_mismatch || is_json }
    }

    /// Returns the scalar type of all `types` together; JSON text for the reason `reason` if they have none.
    fn scalar_or_json(&mut self, types: impl Iterator<Item = TypeSet>, keeps_mismatch: bool, reason: &str) -> Element {
        match scalar(types.fold(TypeSet::NONE, TypeSet::or)) {
            Some(element) => Element { nullable: element.nullable || keeps_mismatch, ..element },
            None => Element { ty: self.json(reason), nullable: true },
        }
    }

    /// Notes the properties of `object` that the schema gives a type but no name.
    fn note_other_properties(&mut self, object: &Struct) {
        for pattern in &object.patterns {
            let reason = format!("the names of the properties match `{}`", pattern.pattern);
            self.inside("*", |builder| builder.note(Outcome::Omitted, &reason));
        }
        if let Extra::Typed { .. } = object.extra {
            self.inside("*", |builder| builder.note(Outcome::Omitted, "the schema does not name the properties"));
        }
    }
}
