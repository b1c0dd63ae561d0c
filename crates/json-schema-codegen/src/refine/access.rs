//! Writes how tuples and newtypes are looked at as JSON, and how their texts are replaced. Other types have tables whose
//! macros do that.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::normalize::{Shape, Tuple, Type};
use crate::refine::Item;
use crate::refine::table::Table;

/// Returns the impl of `Access` for a tuple; nothing for any other type.
pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    match &item.definition.shape {
        Shape::Tuple(tuple) => items(item, tuple),
        _ => TokenStream::new(),
    }
}

/// Returns the table of the macro that implements the methods, and for all but tuples `Access` too; `None` for types with
/// a table of their own.
pub(crate) fn table(item: &Item<'_>) -> Option<Table> {
    let name = item.definition.name.clone();
    match &item.definition.shape {
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => None,
        Shape::Tuple(_) => Some(Table::new("access", name)),
        Shape::Newtype(ty) => Some(Table::new("newtype", name + item.mark(ty))),
    }
}

/// Returns the expression for the treatment of values of the type `ty`.
fn treat(item: &Item<'_>, ty: &Type) -> TokenStream {
    if item.is_opaque(ty) { quote!(runtime::Foreign) } else { quote!(runtime::Known) }
}

/// Returns the impl of `Access` for a tuple.
fn items(item: &Item<'_>, tuple: &Tuple) -> TokenStream {
    let name = item.name();
    let fields = tuple
        .items
        .iter()
        .enumerate()
        .map(|(index, field)| (Literal::usize_unsuffixed(index), field.required, treat(item, &field.ty)));
    let (views, redacts): (Vec<_>, Vec<_>) = fields
        .map(|(index, is_required, treat)| match is_required {
            true => (
                quote!(visit(None, runtime::Treat::view(#treat, &self.#index));),
                quote!(redactor.fixed(#treat, #index, &mut self.#index);),
            ),
            false => (
                quote!(if let Some(item) = &self.#index { visit(None, runtime::Treat::view(#treat, item)); }),
                quote!(if let Some(item) = &mut self.#index { redactor.fixed(#treat, #index, item); }),
            ),
        })
        .unzip();
    let (rest_views, rest_redacts) = tuple
        .rest
        .as_ref()
        .map(|ty| {
            let (index, treat) = (Literal::usize_unsuffixed(tuple.items.len()), treat(item, ty));
            (
                quote!(for item in &self.#index { visit(None, runtime::Treat::view(#treat, item)); }),
                quote!(redactor.list(#treat, #index, &mut self.#index);),
            )
        })
        .unzip();
    quote! {
        #[allow(unused_variables)]
        impl runtime::Access for #name {
            fn look(&self) -> runtime::Look<'_> {
                runtime::Look::Array
            }

            fn each<'a>(&'a self, visit: &mut dyn ::std::ops::FnMut(Option<&'a str>, runtime::Any<'a>)) {
                #(#views)*
                #rest_views
            }

            fn redact(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                #(#redacts)*
                #rest_redacts
                false
            }
        }
    }
}
