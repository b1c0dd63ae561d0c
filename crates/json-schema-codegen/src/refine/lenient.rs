//! Writes how properties are read: whether they may be absent, and, with `mismatch = "keep"`, how a value of another
//! type than the schema's is kept. Types other than structs have impls of `Lenient` for this.

use proc_macro2::TokenStream;
use quote::quote;

use crate::normalize::{MismatchTreatment, Property, Shape, TagKind, Type, Union, UnionFallback};
use crate::refine::PassInput;
use crate::settings::Mismatch;

/// Writes the impl of `Lenient`, by which values of another type can be kept, for a type that is not a struct; nothing
/// without the setting `mismatch = "keep"`.
pub(crate) fn write_lenient_impl(item: &PassInput<'_>) -> TokenStream {
    if !item.keeps_mismatches() {
        return TokenStream::new();
    }
    let name = item.type_ident();
    match &item.definition.shape {
        Shape::Struct(_) | Shape::Alias(_) => TokenStream::new(),
        Shape::Enum(listed) if listed.is_closed() => quote!(runtime::lenient_by_value! { #name }),
        Shape::Enum(listed) if listed.has_only_strings() => {
            let expecting = format!("a string ({name})");
            quote!(runtime::lenient_text! { #name, #expecting })
        }
        Shape::Enum(_) => quote!(runtime::lenient_always! { #name }),
        Shape::Union(union) if !can_reading_fail(union) => quote!(runtime::lenient_always! { #name }),
        Shape::Union(_) | Shape::Tuple(_) | Shape::Newtype(_) => quote!(runtime::lenient_by_value! { #name }),
    }
}

/// Checks whether reading a value as the union can fail: because no member reads the value and there is no fallback
/// variant, or because the member that its JSON type or tag selects does not read it.
fn can_reading_fail(union: &Union) -> bool {
    let is_decided_by_tag = union.tag.as_ref().is_some_and(|tag| tag.kind == TagKind::Exclusive);
    union.by_type || is_decided_by_tag || matches!(union.fallback, UnionFallback::Reject)
}

impl PassInput<'_> {
    /// Checks whether the settings keep values of another type than the schema's (`mismatch = "keep"`).
    pub(crate) fn keeps_mismatches(&self) -> bool {
        self.settings.mismatch == Mismatch::Keep
    }

    /// Returns the word for `property` in the table of its struct, such as `Optional`. It says whether the property may
    /// be absent or null, and what happens to a value of another type.
    pub(crate) fn choose_presence_word(&self, property: &Property) -> &'static str {
        if property.accepts_others && !self.keeps_mismatches() {
            return if property.accepts_null { "OptionalOrNullOrOther" } else { "OptionalOrOther" };
        }
        match (property.required, property.on_mismatch) {
            (true, MismatchTreatment::Fail) => "RequiredStrict",
            (false, MismatchTreatment::Fail) => "OptionalStrict",
            (true, MismatchTreatment::Keep) => "RequiredOrDefault",
            (true, MismatchTreatment::Pass) => "Required",
            (false, _) if self.is_collection_without_option(property) => "OrEmpty",
            (false, _) if property.refuses_null && !self.holds_null(&property.ty) => "NotNull",
            (false, _) => match (self.needs_separate_null(property), property.accepts_null) {
                (true, false) => "Optional",
                (true, true) => "OptionalOrNull",
                (false, _) => "Nullable",
            },
        }
    }

    /// Returns the Rust type as which values of `ty` are read with `mismatch = "keep"`, such as
    /// `Vec<runtime::ByValue<Uuid>>`: types from the settings are wrapped in `ByValue`, since they do not implement
    /// `Lenient`, and integers as in [`PassInput::write_differing_wire_type`]. `None` if values are read as `ty`
    /// itself.
    pub(crate) fn write_lenient_type(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Path(path) => Some(format!("runtime::ByValue<{path}>")),
            Type::Array(inner) => Some(format!("Vec<{}>", self.write_lenient_type(inner)?)),
            Type::Map(inner) => {
                Some(format!("::std::collections::BTreeMap<String, {}>", self.write_lenient_type(inner)?))
            }
            Type::Nullable(inner) => Some(format!("Option<{}>", self.write_lenient_type(inner)?)),
            Type::Named(id) if self.find_alias_target(*id).is_some() => {
                self.write_lenient_type(self.find_alias_target(*id)?)
            }
            _ => self.write_differing_wire_type(ty),
        }
    }
}
