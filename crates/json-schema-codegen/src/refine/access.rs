//! Writes how values of tuples and newtypes are looked at as JSON, and how the texts in them are replaced. For other
//! types, the macros of their tables do that.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::normalize::{Shape, Tuple, Type};
use crate::refine::PassInput;
use crate::refine::table::MacroTable;

/// Writes the impl of `Access` for a tuple; nothing for any other type. By `Access`, a value can be looked at as JSON,
/// and its texts can be replaced.
pub(crate) fn write_tuple_access_impl(item: &PassInput<'_>) -> TokenStream {
    match &item.definition.shape {
        Shape::Tuple(tuple) => write_tuple_impl(item, tuple),
        _ => TokenStream::new(),
    }
}

/// Returns the table from which a macro makes the methods of a tuple or newtype for looking at values, and for a
/// newtype also the impl of `Access`. `None` for any other type.
pub(crate) fn make_access_table(item: &PassInput<'_>) -> Option<MacroTable> {
    let name = item.definition.name.clone();
    match &item.definition.shape {
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => None,
        Shape::Tuple(_) => Some(MacroTable::new("access", name)),
        Shape::Newtype(ty) => Some(MacroTable::new("newtype", name + item.choose_row_suffix(ty))),
    }
}

/// Writes the expression that says how values of the type `ty` are looked at: `runtime::SettingsType` for types from
/// the settings, `runtime::GeneratedType` for all others.
fn write_access_kind(item: &PassInput<'_>, ty: &Type) -> TokenStream {
    if item.contains_settings_type(ty) { quote!(runtime::SettingsType) } else { quote!(runtime::GeneratedType) }
}

/// Writes the impl of `Access` for the definition `item`, which is `tuple`.
fn write_tuple_impl(item: &PassInput<'_>, tuple: &Tuple) -> TokenStream {
    let name = item.type_ident();
    let fields =
        tuple.items.iter().enumerate().map(|(index, field)| {
            (Literal::usize_unsuffixed(index), field.required, write_access_kind(item, &field.ty))
        });
    let (views, redacts): (Vec<_>, Vec<_>) = fields
        .map(|(index, is_required, treat)| match is_required {
            true => (
                quote!(visit(None, runtime::FieldAccess::view_as_any(#treat, &self.#index));),
                quote!(redactor.replace_tuple_item_texts(#treat, #index, &mut self.#index);),
            ),
            false => (
                quote!(if let Some(item) = &self.#index { visit(None, runtime::FieldAccess::view_as_any(#treat, item)); }),
                quote!(if let Some(item) = &mut self.#index { redactor.replace_tuple_item_texts(#treat, #index, item); }),
            ),
        })
        .unzip();
    let (rest_views, rest_redacts) = tuple
        .rest
        .as_ref()
        .map(|ty| {
            let (index, treat) = (Literal::usize_unsuffixed(tuple.items.len()), write_access_kind(item, ty));
            (
                quote!(for item in &self.#index { visit(None, runtime::FieldAccess::view_as_any(#treat, item)); }),
                quote!(redactor.replace_list_texts(#treat, #index, &mut self.#index);),
            )
        })
        .unzip();
    quote! {
        #[allow(unused_variables)]
        impl runtime::Access for #name {
            fn shallow_value(&self) -> runtime::ShallowValue<'_> {
                runtime::ShallowValue::Array
            }

            fn visit_children<'a>(&'a self, visit: &mut dyn ::std::ops::FnMut(Option<&'a str>, runtime::Any<'a>)) {
                #(#views)*
                #rest_views
            }

            fn replace_texts(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                #(#redacts)*
                #rest_redacts
                false
            }
        }
    }
}
