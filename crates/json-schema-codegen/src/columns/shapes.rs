//! Turns the shapes of definitions into columns.

use crate::columns::builder::{TypeToColumnConverter, convert_scalar_types};
use crate::columns::column::{ColumnType, Element};
use crate::columns::notes::Outcome;
use crate::normalize::{AdditionalProperties, Definition, Shape, Struct, TypeSet};

impl TypeToColumnConverter<'_> {
    /// Returns the column type and nullability for values of `definition`, by its shape. See
    /// [`TypeToColumnConverter::convert_type`] for `keeps_mismatch`.
    pub(super) fn convert_definition_shape(&mut self, definition: &Definition, keeps_mismatch: bool) -> Element {
        let ty = match &definition.shape {
            Shape::Struct(object) => {
                self.note_unnamed_properties(object);
                self.convert_properties_to_struct(
                    &object.properties,
                    |property| &property.json_name,
                    Self::convert_property,
                )
            }
            Shape::Enum(listed) => {
                let types = listed.values.iter().map(|value| TypeSet::of_value(&value.value));
                return self.convert_to_scalar_or_json(types, keeps_mismatch, "its values are of several types");
            }
            Shape::Union(union) => {
                let types = union.variants.iter().map(|variant| variant.types);
                return self.convert_to_scalar_or_json(types, keeps_mismatch, "it is a union");
            }
            Shape::Tuple(_) => self.make_json_text_type("the items of the array have types of their own"),
            Shape::Alias(ty) | Shape::Newtype(ty) => {
                return self.convert_type(ty, Some(&definition.location), keeps_mismatch);
            }
        };
        let is_json = ty == ColumnType::Json;
        Element { ty, nullable: keeps_mismatch || is_json }
    }

    /// Returns the scalar column type that holds values of all `types`. If there is none, returns JSON text, and adds a
    /// note with `reason`.
    fn convert_to_scalar_or_json(
        &mut self,
        types: impl Iterator<Item = TypeSet>,
        keeps_mismatch: bool,
        reason: &str,
    ) -> Element {
        match convert_scalar_types(types.fold(TypeSet::NONE, TypeSet::unite)) {
            Some(element) => Element { nullable: element.nullable || keeps_mismatch, ..element },
            None => Element { ty: self.make_json_text_type(reason), nullable: true },
        }
    }

    /// Adds notes that there are no columns for the properties of `object` to which the schema gives a type but no
    /// name: those of `patternProperties` and `additionalProperties`.
    fn note_unnamed_properties(&mut self, object: &Struct) {
        for pattern in &object.patterns {
            let reason = format!("the names of the properties match `{}`", pattern.pattern);
            self.run_with_path_step("*", |builder| builder.add_note(Outcome::Omitted, &reason));
        }
        if let AdditionalProperties::Typed { .. } = object.extra {
            self.run_with_path_step("*", |builder| {
                builder.add_note(Outcome::Omitted, "the schema does not name the properties")
            });
        }
    }
}
