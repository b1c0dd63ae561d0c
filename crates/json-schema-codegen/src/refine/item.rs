//! The definition that a pass writes, with the lookups that passes need.

use proc_macro2::{Ident, Span};

use crate::lower::RustTypes;
use crate::normalize::{Definition, DefinitionId, Definitions, Place, Shape, Type};
use crate::settings::Settings;

/// The definition that a pass writes, with what the pass looks up: the other definitions, their Rust types and the
/// settings.
#[derive(Clone, Copy)]
pub(crate) struct Item<'a> {
    pub(super) definition: &'a Definition,
    pub(super) rust_types: &'a RustTypes,
    pub(super) definitions: &'a Definitions,
    pub(super) settings: &'a Settings,
    /// Whether the definition is in a variant of a union, at any depth.
    pub(super) is_candidate: bool,
}

impl Item<'_> {
    /// Checks whether the definition is in a variant of a union, at any depth.
    pub(super) fn is_candidate(&self) -> bool {
        self.is_candidate
    }

    /// Returns the Rust type of a type that a definition holds.
    pub(super) fn rust(&self, ty: &Type) -> &syn::Type {
        self.rust_types.get(ty)
    }

    /// Returns the name of the Rust type of the definition.
    pub(super) fn name(&self) -> Ident {
        ident(&self.definition.name)
    }

    /// Returns the definition that a type names, looking through aliases; `None` for a type that names
    /// no definition, such as `String`.
    pub(super) fn named(&self, ty: &Type) -> Option<&Definition> {
        let mut ty = ty;
        for _ in 0..=self.definitions.all.len() {
            let (Type::Named(id) | Type::Boxed(id)) = ty.unchecked() else { return None };
            let definition = self.definitions.get(*id)?;
            match &definition.shape {
                Shape::Alias(next) if matches!(next.unchecked(), Type::Named(_) | Type::Boxed(_)) => ty = next,
                _ => return Some(definition),
            }
        }
        None
    }

    /// Returns the places of views that are properties of the definition.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        let is_owned = |place: &&Place| {
            let owner = self.definitions.get(place.owner);
            owner.is_some_and(|owner| std::ptr::eq(owner, self.definition))
        };
        self.definitions.views.places.iter().filter(is_owned)
    }

    /// Returns the type that a definition is an alias of; `None` if it is not an alias.
    pub(super) fn aliased(&self, id: DefinitionId) -> Option<&Type> {
        match &self.definitions.get(id)?.shape {
            Shape::Alias(ty) => Some(ty),
            _ => None,
        }
    }

    /// Checks whether there are conversions to the type that can fail.
    pub(super) fn has_conversions(&self) -> bool {
        match &self.definition.shape {
            Shape::Enum(listed) => listed.is_closed(),
            Shape::Struct(_) => self.settings.struct_builder,
            _ => self.text_assertions().is_some(),
        }
    }

    /// Checks whether the schema calls any field or variant of the definition deprecated.
    pub(super) fn has_deprecated(&self) -> bool {
        match &self.definition.shape {
            Shape::Struct(object) => object.properties.iter().any(|property| property.docs.deprecated),
            Shape::Enum(listed) => listed.values.iter().any(|value| value.docs.deprecated),
            Shape::Union(union) => union.variants.iter().any(|variant| variant.docs.deprecated),
            Shape::Tuple(_) | Shape::Alias(_) | Shape::Newtype(_) => false,
        }
    }
}

/// Returns a name that normalization has made as an identifier. All such names are valid identifiers; any other text
/// becomes `not_an_identifier`, which does not compile.
pub(crate) fn ident(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| Ident::new("not_an_identifier", Span::call_site()))
}
