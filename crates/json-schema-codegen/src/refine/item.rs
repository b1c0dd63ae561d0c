//! The definition that a pass writes, with the lookups that passes need.

use proc_macro2::{Ident, Span};

use crate::lower::RustTypes;
use crate::normalize::{Definition, DefinitionId, Definitions, Shape, Type, ViewPlace};
use crate::settings::Settings;

/// The definition that a pass writes, with what the pass looks up: the other definitions, their Rust types and the
/// settings.
#[derive(Clone, Copy)]
pub(crate) struct PassInput<'a> {
    pub(super) definition: &'a Definition,
    pub(super) rust_types: &'a RustTypes,
    pub(super) definitions: &'a Definitions,
    pub(super) settings: &'a Settings,
    /// Whether the definition is in a variant of a union, at any depth.
    pub(super) is_candidate: bool,
}

impl PassInput<'_> {
    /// Checks whether the definition is in a variant of a union, at any depth.
    pub(super) fn is_candidate(&self) -> bool {
        self.is_candidate
    }

    /// Returns the Rust type for `ty`, which is a type inside a definition.
    pub(super) fn rust_type(&self, ty: &Type) -> &syn::Type {
        self.rust_types.get(ty)
    }

    /// Returns the name of the Rust type of the definition.
    pub(super) fn type_ident(&self) -> Ident {
        make_ident(&self.definition.name)
    }

    /// Returns the definition that a type names, looking through aliases; `None` for a type that names
    /// no definition, such as `String`.
    pub(super) fn find_named_definition(&self, ty: &Type) -> Option<&Definition> {
        let mut ty = ty;
        for _ in 0..=self.definitions.all.len() {
            let (Type::Named(id) | Type::Boxed(id)) = ty.without_assertions() else { return None };
            let definition = self.definitions.get(*id)?;
            match &definition.shape {
                Shape::Alias(next) if matches!(next.without_assertions(), Type::Named(_) | Type::Boxed(_)) => ty = next,
                _ => return Some(definition),
            }
        }
        None
    }

    /// Returns the properties of the definition whose values are read through views.
    pub(super) fn view_places(&self) -> impl Iterator<Item = &ViewPlace> {
        let is_owned = |place: &&ViewPlace| {
            let owner = self.definitions.get(place.owner);
            owner.is_some_and(|owner| std::ptr::eq(owner, self.definition))
        };
        self.definitions.views.places.iter().filter(is_owned)
    }

    /// Returns the type that the definition `id` is an alias of; `None` if it is not an alias.
    pub(super) fn find_alias_target(&self, id: DefinitionId) -> Option<&Type> {
        match &self.definitions.get(id)?.shape {
            Shape::Alias(ty) => Some(ty),
            _ => None,
        }
    }

    /// Checks whether the output has a conversion to the type that can fail, such as `TryFrom<&str>` for an enum
    /// without a fallback variant.
    pub(super) fn has_fallible_conversions(&self) -> bool {
        match &self.definition.shape {
            Shape::Enum(listed) => listed.is_closed(),
            Shape::Struct(_) => self.settings.struct_builder,
            _ => self.text_assertions_name().is_some(),
        }
    }

    /// Checks whether the schema has `deprecated: true` for a field or variant of the definition.
    pub(super) fn has_deprecated_members(&self) -> bool {
        match &self.definition.shape {
            Shape::Struct(object) => object.properties.iter().any(|property| property.docs.deprecated),
            Shape::Enum(listed) => listed.values.iter().any(|value| value.docs.deprecated),
            Shape::Union(union) => union.variants.iter().any(|variant| variant.docs.deprecated),
            Shape::Tuple(_) | Shape::Alias(_) | Shape::Newtype(_) => false,
        }
    }
}

/// Converts a name that normalization has made to a Rust identifier. Any other text that is not an identifier becomes
/// `not_an_identifier`, so that the output does not compile.
pub(crate) fn make_ident(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| Ident::new("not_an_identifier", Span::call_site()))
}
