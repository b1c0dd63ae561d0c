//! Turns the shapes of definitions into columns.

use crate::columns::builder::{ColumnBuilder, find_scalar_element};
use crate::columns::column::{ColumnType, Element};
use crate::columns::notes::Outcome;
use crate::normalize::{Definition, Extra, Shape, Struct, TypeSet};

impl ColumnBuilder<'_> {
    /// Returns the column type and nullability for values of `definition`, by its shape. See
    /// [`ColumnBuilder::make_element`] for `keeps_mismatch`.
    pub(super) fn make_element_of_shape(&mut self, definition: &Definition, keeps_mismatch: bool) -> Element {
        let ty = match &definition.shape {
            Shape::Struct(object) => {
                self.note_unnamed_properties(object);
                self.make_struct(&object.properties, |property| &property.json_name, Self::make_property_element)
            }
            Shape::Enum(listed) => {
                let types = listed.values.iter().map(|value| TypeSet::of(&value.value));
                return self.make_scalar_or_json(types, keeps_mismatch, "its values are of several types");
            }
            Shape::Union(union) => {
                let types = union.variants.iter().map(|variant| variant.types);
                return self.make_scalar_or_json(types, keeps_mismatch, "it is a union");
            }
            Shape::Tuple(_) => self.make_json("the items of the array have types of their own"),
            Shape::Alias(ty) | Shape::Newtype(ty) => {
                return self.make_element(ty, Some(&definition.location), keeps_mismatch);
            }
        };
        let is_json = ty == ColumnType::Json;
        Element { ty, nullable: keeps_mismatch || is_json }
    }

    /// Returns the scalar column type that holds values of all `types`. If there is none, returns JSON text, and adds a note
    /// with `reason`.
    fn make_scalar_or_json(
        &mut self,
        types: impl Iterator<Item = TypeSet>,
        keeps_mismatch: bool,
        reason: &str,
    ) -> Element {
        match find_scalar_element(types.fold(TypeSet::NONE, TypeSet::or)) {
            Some(element) => Element { nullable: element.nullable || keeps_mismatch, ..element },
            None => Element { ty: self.make_json(reason), nullable: true },
        }
    }

    /// Adds notes that there are no columns for the properties of `object` to which the schema gives a type but no name:
    /// those of `patternProperties` and `additionalProperties`.
    fn note_unnamed_properties(&mut self, object: &Struct) {
        for pattern in &object.patterns {
            let reason = format!("the names of the properties match `{}`", pattern.pattern);
            self.run_with_path_step("*", |builder| builder.add_note(Outcome::Omitted, &reason));
        }
        if let Extra::Typed { .. } = object.extra {
            self.run_with_path_step("*", |builder| {
                builder.add_note(Outcome::Omitted, "the schema does not name the properties")
            });
        }
    }
}
