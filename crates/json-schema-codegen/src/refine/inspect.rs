//! Looks for what the schema does not list: `unlisted` on every type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::normalize::{Enum, Extra, Fallback, Property, Shape, Struct, Tuple, Type, Union};
use crate::refine::{Item, ident};

pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    let name = item.name();
    let body = match &item.definition.shape {
        Shape::Struct(object) => structure(item, object),
        Shape::Enum(listed) => enumeration(listed),
        Shape::Union(union) => one_of(item, union),
        Shape::Tuple(tuple) => items(item, tuple),
        Shape::Newtype(ty) if item.can_drift(ty) => quote!(self.0.look(found);),
        Shape::Newtype(_) => TokenStream::new(),
        Shape::Alias(_) => return TokenStream::new(),
    };
    // Structs have the method beside `new`.
    let method = (!matches!(item.definition.shape, Shape::Struct(_))).then(|| {
        quote! {
            impl #name {
                /// What this holds that the schema does not list, by path.
                pub fn unlisted(&self) -> Vec<Unlisted> {
                    runtime::Found::of(self)
                }
            }
        }
    });
    let argument = if body.is_empty() { quote!(_) } else { quote!(found) };
    quote! {
        #method

        impl runtime::Inspect for #name {
            fn look(&self, #argument: &mut runtime::Found) {
                #body
            }
        }
    }
}

fn structure(item: &Item<'_>, object: &Struct) -> TokenStream {
    let fields = object.properties.iter().filter(|property| item.can_drift(&property.ty)).map(|property| {
        let (wire, field) = (&property.wire, ident(&property.field));
        quote!(found.property(#wire, &self.#field);)
    });
    let maps = object.patterns.iter().filter(|pattern| item.can_drift(&pattern.ty)).map(|pattern| {
        let field = ident(&pattern.field);
        quote!(self.#field.look(found);)
    });
    let is_nullable = |property: &&Property| !property.required && matches!(property.ty, Type::Nullable(_));
    let nullable: Vec<&String> = object.properties.iter().filter(is_nullable).map(|property| &property.wire).collect();
    let nulls = super::structs::has_nulls(item, object).then(|| quote!(found.nulls(&self.nulls, &[#(#nullable),*]);));
    let extra = match &object.extra {
        Extra::Open { field } => {
            let field = ident(field);
            quote!(found.extra::<Self>(&self.#field, &[#(#nullable),*]);)
        }
        Extra::Typed { field, ty } if item.can_drift(ty) => {
            let field = ident(field);
            quote!(self.#field.look(found);)
        }
        Extra::Typed { .. } | Extra::Closed => TokenStream::new(),
    };
    quote!(#(#fields)* #(#maps)* #extra #nulls)
}

fn enumeration(listed: &Enum) -> TokenStream {
    if listed.open {
        return TokenStream::new();
    }
    let unknown = ident(&listed.unknown);
    let value = if listed.is_text() { quote!(value.as_str().into()) } else { quote!(value.clone()) };
    quote! {
        if let Self::#unknown(value) = self {
            found.note(UnlistedKind::Value, #value);
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
        Fallback::Unlisted(name) => {
            let name = ident(name);
            Some((quote!(Self::#name(value)), quote!(found.note(UnlistedKind::Shape, value.clone()))))
        }
        Fallback::Allowed(_) | Fallback::Refused => None,
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
    /// Whether values of the type can hold what the schema does not list.
    fn can_drift(&self, ty: &Type) -> bool {
        match ty {
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => self.can_drift(inner),
            Type::Named(id) => self.aliased(*id).is_none_or(|ty| self.can_drift(ty)),
            Type::Boxed(_) => true,
            _ => false,
        }
    }
}
