//! Writes the method `unlisted()`, and the search for unlisted things, of the types that have no table: unions, tuples,
//! newtypes, and enums of other values than strings.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::normalize::{Enum, Fallback, Shape, Tuple, Type, Union};
use crate::refine::{Item, ident};

/// Returns the method and the impl of a type without a table; nothing for any other type.
pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    let name = item.name();
    let body = match &item.definition.shape {
        Shape::Enum(listed) if !listed.is_text() => search_enum(listed),
        Shape::Union(union) => search_union(item, union),
        Shape::Tuple(tuple) => search_tuple(item, tuple),
        Shape::Newtype(ty) if item.can_hold_unlisted(ty) => quote!(self.0.collect_unlisted(collector);),
        Shape::Newtype(_) => TokenStream::new(),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Alias(_) => return TokenStream::new(),
    };
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

/// Returns the statements that search an enum; empty if the schema allows any value.
fn search_enum(listed: &Enum) -> TokenStream {
    if listed.open {
        return TokenStream::new();
    }
    let unknown = ident(&listed.unknown);
    quote! {
        if let Self::#unknown(value) = self {
            collector.note(runtime::UnlistedKind::Value, value.clone());
        }
    }
}

/// Returns the statements that search the value in the variant of a union; empty if no variant can have anything
/// unlisted.
fn search_union(item: &Item<'_>, union: &Union) -> TokenStream {
    let drifting = |ty: &Type| item.can_hold_unlisted(ty);
    let arms = union.variants.iter().filter(|variant| drifting(&variant.ty)).map(|variant| {
        let name = ident(&variant.name);
        (quote!(Self::#name(value)), quote!(value.collect_unlisted(collector)))
    });
    let fallback = match &union.fallback {
        Fallback::Unknown(name) => {
            let name = ident(name);
            Some((quote!(Self::#name(value)), quote!(collector.note(runtime::UnlistedKind::Shape, value.clone()))))
        }
        Fallback::Other(_) | Fallback::Reject => None,
    };
    let (patterns, looks): (Vec<TokenStream>, Vec<TokenStream>) = arms.chain(fallback).unzip();
    let is_whole = patterns.len() == union.variants.len() + usize::from(union.fallback.variant().is_some());
    match (patterns.len(), is_whole) {
        (0, _) => TokenStream::new(),
        (1, false) => quote!(if let #(#patterns)* = self { #(#looks)*; }),
        (_, true) => quote!(match self { #(#patterns => #looks,)* }),
        (_, false) => quote!(match self { #(#patterns => #looks,)* _ => {} }),
    }
}

/// Returns the statements that search the items of a tuple; empty if no item can have anything unlisted.
fn search_tuple(item: &Item<'_>, tuple: &Tuple) -> TokenStream {
    let drifting =
        tuple.items.iter().enumerate().filter(|(_, field)| item.can_hold_unlisted(&field.ty)).map(|(index, _)| {
            let (step, index) = (format!("[{index}]"), Literal::usize_unsuffixed(index));
            quote!(collector.at(#step, |collector| self.#index.collect_unlisted(collector));)
        });
    let rest = tuple.rest.as_ref().filter(|ty| item.can_hold_unlisted(ty)).map(|_| {
        let index = Literal::usize_unsuffixed(tuple.items.len());
        quote! {
            for (index, item) in self.#index.iter().enumerate() {
                collector.at(&format!("[{}]", index + #index), |collector| item.collect_unlisted(collector));
            }
        }
    });
    quote!(#(#drifting)* #rest)
}

impl Item<'_> {
    /// Checks whether `ty` is a type from the settings, or has one in it, looking through lists, maps, nullables and
    /// aliases. The output cannot search values of such a type.
    pub(crate) fn is_opaque(&self, ty: &Type) -> bool {
        match ty {
            Type::Path(_) => true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => self.is_opaque(inner),
            Type::Named(id) => self.aliased(*id).is_some_and(|ty| self.is_opaque(ty)),
            _ => false,
        }
    }

    /// Checks whether values of the type can have unlisted things in them that the output can find.
    pub(crate) fn can_hold_unlisted(&self, ty: &Type) -> bool {
        match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => self.can_hold_unlisted(inner),
            Type::Named(id) => self.aliased(*id).is_none_or(|ty| self.can_hold_unlisted(ty)),
            Type::Boxed(_) => true,
            _ => false,
        }
    }
}
