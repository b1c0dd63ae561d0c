//! Writes the method `unlisted()` of tuples, and their search for unlisted things. The macros of the other types'
//! tables do that.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::normalize::{Shape, Tuple, Type};
use crate::refine::PassInput;

/// Returns the method `unlisted()` and the impl of `Inspect` of a tuple; nothing for any other type.
pub(crate) fn write_tuple_unlisted(item: &PassInput<'_>) -> TokenStream {
    let Shape::Tuple(tuple) = &item.definition.shape else { return TokenStream::new() };
    let (name, body) = (item.type_ident(), write_unlisted_statements(item, tuple));
    let argument = if body.is_empty() { quote!(_) } else { quote!(collector) };
    quote! {
        impl #name {
            /// Returns everything in this value that the schema does not list, each with its path from this
            /// value; empty if there is nothing.
            pub fn unlisted(&self) -> Vec<runtime::Unlisted> {
                runtime::Collector::collect(self)
            }
        }

        impl runtime::Inspect for #name {
            fn collect_unlisted(&self, #argument: &mut runtime::Collector) {
                #body
            }
        }
    }
}

/// Returns the statements that search the items of a tuple; empty if no item can have anything unlisted.
fn write_unlisted_statements(item: &PassInput<'_>, tuple: &Tuple) -> TokenStream {
    let drifting =
        tuple.items.iter().enumerate().filter(|(_, field)| item.can_hold_unlisted(&field.ty)).map(|(index, _)| {
            let (step, index) = (format!("[{index}]"), Literal::usize_unsuffixed(index));
            quote!(collector.with_step(#step, |collector| self.#index.collect_unlisted(collector));)
        });
    let rest = tuple.rest.as_ref().filter(|ty| item.can_hold_unlisted(ty)).map(|_| {
        let index = Literal::usize_unsuffixed(tuple.items.len());
        quote! {
            for (index, item) in self.#index.iter().enumerate() {
                collector.with_step(&format!("[{}]", index + #index), |collector| item.collect_unlisted(collector));
            }
        }
    });
    quote!(#(#drifting)* #rest)
}

impl PassInput<'_> {
    /// Checks whether `ty` is a type from the settings, or has one in it, looking through lists, maps, nullables and
    /// aliases. The output cannot search values of such a type.
    pub(crate) fn contains_settings_type(&self, ty: &Type) -> bool {
        match ty {
            Type::Path(_) => true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Checked(inner, _) => {
                self.contains_settings_type(inner)
            }
            Type::Named(id) => self.find_alias_target(*id).is_some_and(|ty| self.contains_settings_type(ty)),
            _ => false,
        }
    }

    /// Checks whether values of the type can contain unlisted things that `unlisted()` finds: the type is or contains a
    /// definition that is not an alias.
    pub(crate) fn can_hold_unlisted(&self, ty: &Type) -> bool {
        match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Checked(inner, _) => {
                self.can_hold_unlisted(inner)
            }
            Type::Named(id) => self.find_alias_target(*id).is_none_or(|ty| self.can_hold_unlisted(ty)),
            Type::Boxed(_) => true,
            _ => false,
        }
    }
}
