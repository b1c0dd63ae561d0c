//! With `mismatch = "keep"`: how properties are read whose values of another type are kept, and the impls by which
//! types other than structs take part in that.

use proc_macro2::TokenStream;
use quote::quote;

use crate::normalize::{Fallback, OnMismatch, Property, Shape, TagKind, Type, Union};
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
        Shape::Union(union) if !can_fail(union) => quote!(runtime::lenient_always! { #name }),
        Shape::Union(_) | Shape::Tuple(_) | Shape::Newtype(_) => quote!(runtime::lenient_by_value! { #name }),
    }
}

/// Checks whether a union fails to read some values: those of no member if it has no fallback variant, and those that the
/// member which their JSON type or tag decides on does not read.
fn can_fail(union: &Union) -> bool {
    let is_decided_by_tag = union.tag.as_ref().is_some_and(|tag| tag.kind == TagKind::Exclusive);
    union.by_type || is_decided_by_tag || matches!(union.fallback, Fallback::Reject)
}

impl Item<'_> {
    /// Checks whether the settings keep values of another type than the schema's.
    pub(crate) fn keeps_mismatches(&self) -> bool {
        self.settings.mismatch == Mismatch::Keep
    }

    /// Returns the word for a property in the table of its struct: whether it may be absent, and what happens to a value
    /// of another type.
    pub(crate) fn presence(&self, property: &Property) -> &'static str {
        if property.accepts_others && !self.keeps_mismatches() {
            return if property.accepts_null { "OptionalOrNullOrOther" } else { "OptionalOrOther" };
        }
        match (property.required, property.on_mismatch) {
            (true, OnMismatch::Fail) => "RequiredStrict",
            (false, OnMismatch::Fail) => "OptionalStrict",
            (true, OnMismatch::Keep) => "RequiredOrDefault",
            (true, OnMismatch::Pass) => "Required",
            (false, _) if self.is_empty_if_absent(property) => "OrEmpty",
            (false, _) if property.refuses_null && !self.holds_null(&property.ty) => "NotNull",
            (false, _) => match (self.keeps_null_beside(property), property.accepts_null) {
                (true, false) => "Optional",
                (true, true) => "OptionalOrNull",
                (false, _) => "Nullable",
            },
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
