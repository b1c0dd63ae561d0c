//! The part of the report about types: the kind of each type, and the types that it contains.

use serde::Serialize;

use crate::location::Location;
use crate::normalize::Notes;
use crate::normalize::{Accessor, AdditionalProperties, Definition, DefinitionId, Definitions, Shape, Type, ViewType};
use crate::report::source::SourceLocation;

/// The entry of the report about one generated type.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TypeReport {
    /// The Rust name of the type.
    pub name: String,
    /// The kind of Rust type, such as a struct.
    pub kind: TypeKind,
    /// The reason, in words, why the type has this kind; it may be empty.
    pub why: String,
    /// The generated types that the type contains, in the order of its fields or variants.
    pub holds: Vec<Reference>,
    /// The location of the type's schema.
    #[serde(flatten)]
    pub source: SourceLocation,
}

/// The kind of a generated Rust type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TypeKind {
    /// A struct with a field for each property.
    Struct,
    /// An enum with a variant for each value of an `enum`.
    Enum,
    /// An enum with a variant for each member of a `oneOf` or `anyOf`.
    Union,
    /// A struct with an unnamed field for each of the first items of an array, and one for all further items.
    Tuple,
    /// A type alias: `pub type Amount = i64;`.
    Alias,
    /// A struct around one value, where Rust allows no alias (for a type that contains itself) or where an alias would
    /// not be enough.
    Newtype,
    /// A view of an object: a type that borrows the object, with a method for each property.
    View,
    /// An enum with a variant for each view of one property. The value of a sibling property decides which variant is
    /// used.
    ViewChoice,
}

/// A generated type that another generated type contains.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reference {
    /// The field, variant or method that contains or returns the type; empty for an alias, a newtype or a tuple.
    pub member: String,
    /// The Rust name of the contained type.
    pub name: String,
    /// True if there may be more than one value of the type: in a list or a map.
    pub many: bool,
}

/// Returns the entry of each type, in the order of the output: the enums of views come after the other types, and the
/// views last. `source` converts the location of a schema to its position in a file.
pub(super) fn report_types(
    definitions: &Definitions,
    notes: &Notes,
    source: &dyn Fn(&Location) -> SourceLocation,
) -> Vec<TypeReport> {
    let report = |definition: &Definition| {
        let references = list_fields_and_variants(&definition.shape).into_iter();
        let places = definitions.views.places.iter();
        let of_type =
            places.filter(|place| definitions.get(place.owner).is_some_and(|it| std::ptr::eq(it, definition)));
        let views = of_type.map(|place| new_reference(&place.method, &place.name, false));
        TypeReport {
            name: definition.name.clone(),
            kind: find_type_kind(&definition.shape),
            why: notes.find_rule_reason(&definition.location),
            holds: references
                .filter_map(|(member, ty)| find_type_reference(definitions, member, ty))
                .chain(views)
                .collect(),
            source: source(&definition.location),
        }
    };
    definitions.all.iter().map(report).chain(report_view_types(definitions, source)).collect()
}

/// Returns the entries of the enum of each property that has views, and of each view.
fn report_view_types(definitions: &Definitions, source: &dyn Fn(&Location) -> SourceLocation) -> Vec<TypeReport> {
    let views = &definitions.views;
    let places = views.places.iter().filter_map(|place| {
        let owner = definitions.get(place.owner)?;
        let variants = place.choices.iter().filter_map(|choice| views.all.get(choice.view.0));
        Some(TypeReport {
            name: place.name.clone(),
            kind: TypeKind::ViewChoice,
            why: format!("`{}` decides how `{}.{}` is viewed", place.by, owner.name, place.property),
            holds: variants.map(|view| new_reference(&view.name, &view.name, false)).collect(),
            source: source(&owner.location),
        })
    });
    let each = views.all.iter().map(|view| TypeReport {
        name: view.name.clone(),
        kind: TypeKind::View,
        why: "the settings ask for views of this schema".to_owned(),
        holds: view.accessors.iter().filter_map(|accessor| find_returned_type(definitions, accessor)).collect(),
        source: source(&view.location),
    });
    places.chain(each).collect()
}

/// Returns the reference from a method of a view to the generated type that it returns; `None` if it returns another
/// type, such as `&str`.
fn find_returned_type(definitions: &Definitions, accessor: &Accessor) -> Option<Reference> {
    let (mut ty, mut many) = (&accessor.ty, false);
    while let ViewType::List(inner) | ViewType::Map(inner) = ty {
        (ty, many) = (inner, true);
    }
    let name = match ty {
        ViewType::Object(id) => &definitions.views.all.get(id.0)?.name,
        ViewType::Enum(id) => definitions.name(*id),
        _ => return None,
    };
    Some(new_reference(&accessor.method, name, many))
}

/// Creates the reference from the field, variant or method `member` to the type `name`. `many` is true in a list or
/// map.
fn new_reference(member: &str, name: &str, many: bool) -> Reference {
    Reference { member: member.to_owned(), name: name.to_owned(), many }
}

/// Returns the kind of the Rust type that a definition of the shape `shape` becomes.
fn find_type_kind(shape: &Shape) -> TypeKind {
    match shape {
        Shape::Struct(_) => TypeKind::Struct,
        Shape::Enum(_) => TypeKind::Enum,
        Shape::Union(_) => TypeKind::Union,
        Shape::Tuple(_) => TypeKind::Tuple,
        Shape::Alias(_) => TypeKind::Alias,
        Shape::Newtype(_) => TypeKind::Newtype,
    }
}

/// Returns (name, type) of each field of a struct or variant of a union. The name is empty in tuples, aliases and
/// newtypes. Empty for an enum of values.
fn list_fields_and_variants(shape: &Shape) -> Vec<(&str, &Type)> {
    match shape {
        Shape::Struct(object) => {
            let properties = object.properties.iter().map(|property| (property.field.as_str(), &property.ty));
            let patterns = object.patterns.iter().map(|pattern| (pattern.field.as_str(), &pattern.ty));
            let additional = match &object.extra {
                AdditionalProperties::Typed { field, ty } => Some((field.as_str(), ty)),
                AdditionalProperties::Open { .. } | AdditionalProperties::Ignored | AdditionalProperties::Closed => {
                    None
                }
            };
            properties.chain(patterns).chain(additional).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| (variant.name.as_str(), &variant.ty)).collect(),
        Shape::Tuple(tuple) => tuple.items.iter().map(|item| &item.ty).chain(&tuple.rest).map(|ty| ("", ty)).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![("", ty)],
        Shape::Enum(_) => Vec::new(),
    }
}

/// Returns the reference from the field or variant `member` to the generated type inside its type `ty`; `None` if `ty`
/// contains no generated type.
fn find_type_reference(definitions: &Definitions, member: &str, ty: &Type) -> Option<Reference> {
    let (id, many) = find_generated_type(ty)?;
    Some(Reference { member: member.to_owned(), name: definitions.name(id).to_owned(), many })
}

/// Looks through lists, maps, boxes and nullables for the generated type inside `ty`. Returns (the type, whether a list
/// or map is around it); `None` if there is none, as in `Vec<String>`.
fn find_generated_type(ty: &Type) -> Option<(DefinitionId, bool)> {
    match ty {
        Type::Named(id) | Type::Boxed(id) => Some((*id, false)),
        Type::Nullable(inner) | Type::Checked(inner, _) => find_generated_type(inner),
        Type::Array(inner) | Type::Map(inner) => find_generated_type(inner).map(|(id, _)| (id, true)),
        _ => None,
    }
}
