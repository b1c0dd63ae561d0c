//! Looks for what the schema does not list: `unlisted` on the types that no table is written of.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::normalize::{Enum, Fallback, Shape, Tuple, Type, Union};
use crate::refine::{Item, ident};

pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    let name = item.name();
    let body = match &item.definition.shape {
        Shape::Enum(listed) if !listed.is_text() => enumeration(listed),
        Shape::Union(union) => one_of(item, union),
        Shape::Tuple(tuple) => items(item, tuple),
        Shape::Newtype(ty) if item.can_drift(ty) => quote!(self.0.look(found);),
        Shape::Newtype(_) => TokenStream::new(),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Alias(_) => return TokenStream::new(),
    };
    let argument = if body.is_empty() { quote!(_) } else { quote!(found) };
    quote! {
        impl #name {
            /// What this holds that the schema does not list, by path.
            pub fn unlisted(&self) -> Vec<runtime::Unlisted> {
                runtime::Found::of(self)
            }
        }

        impl runtime::Inspect for #name {
            fn look(&self, #argument: &mut runtime::Found) {
                #body
            }
        }
    }
}

fn enumeration(listed: &Enum) -> TokenStream {
    if listed.open {
        return TokenStream::new();
    }
    let unknown = ident(&listed.unknown);
    quote! {
        if let Self::#unknown(value) = self {
            found.note(runtime::UnlistedKind::Value, value.clone());
        }
    }
}

fn one_of(item: &Item<'_>, union: &Union) -> TokenStream {
    let drifting = |ty: &Type| item.can_drift(ty);
    let arms = union.variants.iter().filter(|variant| drifting(&variant.ty)).map(|variant| {
        let name = ident(&variant.name);
        (quote!(Self::#name(value)), quote!(value.look(found)))
    });
    let fallback = match &union.fallback {
        Fallback::Unknown(name) => {
            let name = ident(name);
            Some((quote!(Self::#name(value)), quote!(found.note(runtime::UnlistedKind::Shape, value.clone()))))
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

fn items(item: &Item<'_>, tuple: &Tuple) -> TokenStream {
    let drifting = tuple.items.iter().enumerate().filter(|(_, field)| item.can_drift(&field.ty)).map(|(index, _)| {
        let (step, index) = (format!("[{index}]"), Literal::usize_unsuffixed(index));
        quote!(found.at(#step, |found| self.#index.look(found));)
    });
    let rest = tuple.rest.as_ref().filter(|ty| item.can_drift(ty)).map(|_| {
        let index = Literal::usize_unsuffixed(tuple.items.len());
        quote! {
            for (index, item) in self.#index.iter().enumerate() {
                found.at(&format!("[{}]", index + #index), |found| item.look(found));
            }
        }
    });
    quote!(#(#drifting)* #rest)
}

impl Item<'_> {
    /// Checks whether a type of the settings is in the type: nothing is known of its values.
    pub(crate) fn is_opaque(&self, ty: &Type) -> bool {
        match ty {
            Type::Path(_) => true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => self.is_opaque(inner),
            Type::Named(id) => self.aliased(*id).is_some_and(|ty| self.is_opaque(ty)),
            _ => false,
        }
    }

    /// Whether values of the type can hold what the schema does not list.
    pub(crate) fn can_drift(&self, ty: &Type) -> bool {
        match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => self.can_drift(inner),
            Type::Named(id) => self.aliased(*id).is_none_or(|ty| self.can_drift(ty)),
            Type::Boxed(_) => true,
            _ => false,
        }
    }
}
