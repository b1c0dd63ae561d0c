//! With `mismatch = "keep"`: how properties are read whose values of another type are kept, and the impls by which
//! types other than structs take part in that.

use proc_macro2::TokenStream;
use quote::quote;

use crate::normalize::{Extra, Fallback, Property, Shape, Struct, Type};
use crate::refine::Item;
use crate::settings::Mismatch;

/// Returns the impl of `Lenient` for a type that is not a struct; nothing if the settings keep no values of another
/// type.
pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    if !item.keeps_mismatches() {
        return TokenStream::new();
    }
    let name = item.name();
    match &item.definition.shape {
        Shape::Struct(_) | Shape::Alias(_) => TokenStream::new(),
        Shape::Enum(listed) if listed.is_closed() => quote!(runtime::lenient_by_value! { #name }),
        Shape::Enum(listed) if listed.is_text() => {
            let expecting = format!("a string ({name})");
            quote!(runtime::lenient_text! { #name, #expecting })
        }
        Shape::Enum(_) => quote!(runtime::lenient_always! { #name }),
        Shape::Union(union) if !matches!(union.fallback, Fallback::Reject) => {
            quote!(runtime::lenient_always! { #name })
        }
        Shape::Union(_) | Shape::Tuple(_) | Shape::Newtype(_) => quote!(runtime::lenient_by_value! { #name }),
    }
}

impl Item<'_> {
    /// Checks whether the settings keep values of another type than the schema's.
    pub(crate) fn keeps_mismatches(&self) -> bool {
        self.settings.mismatch == Mismatch::Keep
    }

    /// Returns the word for a property in the table of the struct `object`: whether it may be absent, and what happens
    /// to a value of another type.
    pub(crate) fn presence(&self, object: &Struct, property: &Property) -> &'static str {
        if property.accepts_others && !self.keeps_mismatches() {
            return if property.accepts_null { "OptionalOrNullOrOther" } else { "OptionalOrOther" };
        }
        let is_strict = self.keeps_mismatches() && self.is_mismatch_error(property);
        let has_default =
            self.keeps_mismatches() && matches!(object.extra, Extra::Open { .. }) && self.has_default(&property.ty);
        match (property.required, self.keeps_null_beside(property), property.accepts_null) {
            (true, ..) if is_strict => "RequiredStrict",
            (false, ..) if is_strict => "OptionalStrict",
            (true, ..) if has_default => "RequiredOrDefault",
            (true, ..) => "Required",
            (false, ..) if self.is_empty_if_absent(property) => "OrEmpty",
            (false, ..) if property.refuses_null && !self.holds_null(&property.ty) => "NotNull",
            (false, true, false) => "Optional",
            (false, true, true) => "OptionalOrNull",
            (false, false, _) => "Nullable",
        }
    }

    /// Checks whether the settings say that a value of another type is an error for a property of this struct.
    fn is_mismatch_error(&self, property: &Property) -> bool {
        let name = format!("{}.{}", self.definition.name, property.json_name);
        self.settings.mismatch_errors.contains(&name)
    }

    /// Checks whether a type has a default value that stands for no value at all: a list, a map, an `Option`, or a
    /// struct without required properties.
    fn has_default(&self, ty: &Type) -> bool {
        match ty {
            Type::Array(_) | Type::Map(_) | Type::Nullable(_) => true,
            Type::Named(id) => match self.definitions.get(*id).map(|definition| &definition.shape) {
                Some(Shape::Alias(ty)) => self.has_default(ty),
                Some(Shape::Struct(object)) => object.properties.iter().all(|property| !property.required),
                _ => false,
            },
            _ => false,
        }
    }

    /// Returns the type that values of `ty` are read as, if it is another one: as [`Item::whole`], and with `ByValue`
    /// in the place of types from the settings, which do not implement `Lenient`.
    pub(crate) fn lenient_type(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Path(path) => Some(format!("runtime::ByValue<{path}>")),
            Type::Array(inner) => Some(format!("Vec<{}>", self.lenient_type(inner)?)),
            Type::Map(inner) => Some(format!("::std::collections::BTreeMap<String, {}>", self.lenient_type(inner)?)),
            Type::Nullable(inner) => Some(format!("Option<{}>", self.lenient_type(inner)?)),
            Type::Named(id) if self.aliased(*id).is_some() => self.lenient_type(self.aliased(*id)?),
            _ => self.whole(ty),
        }
    }
}
