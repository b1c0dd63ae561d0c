//! Decides for each property what happens to a value of another type than the schema's, by the settings.

use crate::normalize::{
    AdditionalProperties, Definition, Definitions, MismatchTreatment, Property, Shape, Struct, Type,
};
use crate::settings::{Mismatch, Settings};

/// Sets `on_mismatch` of all properties in `definitions` by the settings. The definitions must have the names that the
/// settings give them.
pub(super) fn set_mismatch_treatments(definitions: &mut Definitions, settings: &Settings) {
    let of_definition = |definition: &Definition| match &definition.shape {
        Shape::Struct(object) => {
            let properties = object.properties.iter();
            let of_property =
                |property| choose_mismatch_treatment(definitions, settings, (&definition.name, object), property);
            properties.map(of_property).collect()
        }
        _ => Vec::new(),
    };
    let treatments: Vec<Vec<MismatchTreatment>> = definitions.all.iter().map(of_definition).collect();
    for (definition, treatments) in definitions.all.iter_mut().zip(treatments) {
        if let Shape::Struct(object) = &mut definition.shape {
            let properties = object.properties.iter_mut().zip(treatments);
            properties.for_each(|(property, treatment)| property.on_mismatch = treatment);
        }
    }
}

/// Returns the treatment of a value that is not of the type of `property`, a property of the struct `object` called
/// `name`. It is kept if the schema accepts such values. If the settings say to keep it, it is kept where the object
/// has a field for unlisted properties, and the field of the property can be without a value or has a default.
fn choose_mismatch_treatment(
    definitions: &Definitions,
    settings: &Settings,
    (name, object): (&str, &Struct),
    property: &Property,
) -> MismatchTreatment {
    let has_no_value = || !property.required || has_empty_default(definitions, &property.ty);
    if property.accepts_others {
        MismatchTreatment::Keep
    } else if settings.mismatch == Mismatch::Error {
        MismatchTreatment::Pass
    } else if settings.mismatch_errors.contains(&format!("{name}.{}", property.json_name)) {
        MismatchTreatment::Fail
    } else if matches!(object.extra, AdditionalProperties::Open { .. }) && has_no_value() {
        MismatchTreatment::Keep
    } else {
        MismatchTreatment::Pass
    }
}

/// Checks whether a type has a default value that stands for no value at all: a list, a map, an `Option`, or a struct
/// without required properties.
fn has_empty_default(definitions: &Definitions, ty: &Type) -> bool {
    match ty {
        Type::Array(_) | Type::Map(_) | Type::Nullable(_) => true,
        Type::Checked(inner, _) => has_empty_default(definitions, inner),
        Type::Named(id) => match definitions.get(*id).map(|definition| &definition.shape) {
            Some(Shape::Alias(ty)) => has_empty_default(definitions, ty),
            Some(Shape::Struct(object)) => object.properties.iter().all(|property| !property.required),
            _ => false,
        },
        _ => false,
    }
}
