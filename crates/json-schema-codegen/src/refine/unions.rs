//! Unions: by the tag where there is one, else by the shape of the value; a value that is none of
//! the members is kept.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote};
use serde_json::Value;

use crate::normalize::{Fallback, Shape, Tag, Told, Type, TypeSet, Union, Variant};
use crate::refine::{Item, ident};

pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    let Shape::Union(union) = &item.definition.shape else { return TokenStream::new() };
    let name = item.name();
    let variants = union.variants.iter().map(|variant| variant.name.as_str()).chain(union.fallback.variant());
    let variants = variants.map(ident);
    let from = from(item, union);
    let read = if union.by_type { by_type(item, union) } else { by_member(item, union) };
    quote! {
        #from

        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(Self::#variants(value) => value.serialize(serializer),)*
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = ::serde_json::Value::deserialize(deserializer)?;
                #read
            }
        }
    }
}

/// Picks the variant by the JSON type of the value.
fn by_type(item: &Item<'_>, union: &Union) -> TokenStream {
    let arms = union.variants.iter().zip(item.types).map(|(variant, ty)| {
        let (test, name) = (kinds(variant.types), ident(&variant.name));
        let wire = item.wire_type(&variant.ty, ty);
        let make = item.constructor(&variant.ty, quote!(Self::#name));
        quote! {
            if #test {
                return runtime::read_value::<#wire>(&value).map(#make).map_err(::serde::de::Error::custom);
            }
        }
    });
    let rest = match union.fallback.variant().map(ident) {
        Some(fallback) => quote!(Ok(Self::#fallback(value))),
        None => {
            let words: Vec<&str> = union.variants.iter().map(|variant| word(variant.types)).collect();
            let expected = words.join(" or ");
            quote!(Err(runtime::unexpected(&value, #expected)))
        }
    };
    quote!(#(#arms)* #rest)
}

/// Picks the variant by the tag, else by the shape of the value.
fn by_member(item: &Item<'_>, union: &Union) -> TokenStream {
    let tagged = union.tag.as_ref().map(|tag| by_tag(item, union, tag));
    let shaped = by_shape(item, union);
    let fallback = union.fallback.variant().map(ident);
    quote!(#tagged #shaped Ok(Self::#fallback(value)))
}

/// Picks the variant by the value of the tag, wherever it stands among the properties.
fn by_tag(item: &Item<'_>, union: &Union, tag: &Tag) -> TokenStream {
    let fallback = union.fallback.variant().map(ident);
    let property = &tag.property;
    let told = union.variants.iter().zip(item.types).filter(|(variant, _)| is_told(union, variant));
    let arms: Vec<TokenStream> = told
        .map(|(variant, ty)| {
            let tests = tests(variant);
            let outcome = match tag.told {
                Told::All => {
                    let read = read(item, variant, ty);
                    quote!(return #read.map_err(::serde::de::Error::custom);)
                }
                Told::Some | Told::ByName => attempt(item, variant, ty),
            };
            quote!(if #tests { #outcome })
        })
        .collect();
    let picked = match tag.told {
        Told::All => quote!(#(#arms)* return Ok(Self::#fallback(value));),
        Told::ByName => quote!(#(#arms else)* { return Ok(Self::#fallback(value)); }),
        Told::Some => quote!(#(#arms)*),
    };
    quote!(if let Some(tag) = value.get(#property) { #picked })
}

/// Whether the tag alone tells a variant: no other one has a value of it.
fn is_told(union: &Union, variant: &Variant) -> bool {
    let others = || union.variants.iter().filter(|other| other.name != variant.name);
    !variant.tags.is_empty() && !others().any(|other| other.tags.iter().any(|tag| variant.tags.contains(tag)))
}

/// Whether the tag is one of a variant's.
fn tests(variant: &Variant) -> TokenStream {
    let tests = variant.tags.iter().map(test);
    quote!(#(#tests)||*)
}

fn test(tag: &Value) -> TokenStream {
    match tag {
        Value::String(text) => quote!(tag == #text),
        other => {
            let text = other.to_string();
            quote!(runtime::equal(tag, &runtime::parsed(#text)))
        }
    }
}

/// Reads the value as a variant.
fn read(item: &Item<'_>, variant: &Variant, ty: &syn::Type) -> TokenStream {
    let name = ident(&variant.name);
    let wire = item.wire_type(&variant.ty, ty);
    let make = item.constructor(&variant.ty, quote!(Self::#name));
    quote!(runtime::read_value::<#wire>(&value).map(#make))
}

/// Takes a variant that the value can be read as. A union that does no more than keep the value is
/// no reason to take it.
fn attempt(item: &Item<'_>, variant: &Variant, ty: &syn::Type) -> TokenStream {
    let read = read(item, variant, ty);
    let kept = kept(item, variant).map(|kept| quote!(&&!matches!(&read, #kept)));
    match kept {
        None => quote!(let read = #read; if let Ok(read) = read { return Ok(read); }),
        Some(kept) => quote! {
            let read = #read;
            if read.is_ok() #kept {
                return read.map_err(::serde::de::Error::custom);
            }
        },
    }
}

/// The pattern of a variant that is a union and only keeps the value.
fn kept(item: &Item<'_>, variant: &Variant) -> Option<TokenStream> {
    let inner = item.named(&variant.ty).filter(|_| matches!(variant.ty, Type::Named(_)))?;
    let Shape::Union(Union { fallback: Fallback::Unlisted(unknown), .. }) = &inner.shape else { return None };
    let (name, inner, unknown) = (ident(&variant.name), ident(&inner.name), ident(unknown));
    Some(quote!(Ok(Self::#name(#inner::#unknown(_)))))
}

/// Tries the members that the value can be.
fn by_shape(item: &Item<'_>, union: &Union) -> TokenStream {
    let objects = union.variants.iter().filter(|variant| is_object(variant)).count();
    let attempt = |(variant, ty): (&Variant, &syn::Type)| {
        let attempt = attempt(item, variant, ty);
        match union.tag.as_ref().filter(|tag| tag.told == Told::Some && !variant.tags.is_empty()) {
            Some(Tag { property, .. }) => {
                let tests = tests(variant);
                quote!(if value.get(#property).is_none_or(|tag| #tests) { #attempt })
            }
            None => attempt,
        }
    };
    let all = || union.variants.iter().zip(item.types);
    let others = all().filter(|(variant, _)| objects < 2 || !is_object(variant)).map(|(variant, ty)| {
        let (test, attempt) = (kinds(variant.types), attempt((variant, ty)));
        quote!(if #test { #attempt })
    });
    let ranked: Vec<_> = all().filter(|(variant, _)| objects > 1 && is_object(variant)).collect();
    if ranked.is_empty() {
        return quote!(#(#others)*);
    }
    let shapes = ranked.iter().map(|(variant, _)| {
        let (required, known) = (&variant.required, &variant.known);
        quote!((&[#(#required),*], &[#(#known),*]))
    });
    let last = ranked.len() - 1;
    let arms = ranked.iter().enumerate().map(|(number, pair)| {
        let attempt = attempt(*pair);
        let number = if number == last { quote!(_) } else { Literal::usize_unsuffixed(number).into_token_stream() };
        quote!(#number => { #attempt })
    });
    quote! {
        #(#others)*
        if value.is_object() {
            for member in runtime::by_shape(&value, &[#(#shapes),*]) {
                match member { #(#arms)* }
            }
        }
    }
}

fn is_object(variant: &Variant) -> bool {
    variant.types == TypeSet::OBJECT
}

/// Whether a value is of one of the JSON types.
fn kinds(types: TypeSet) -> TokenStream {
    let tests = [
        (TypeSet::NULL, "is_null"),
        (TypeSet::BOOLEAN, "is_boolean"),
        (TypeSet::INTEGER, "is_number"),
        (TypeSet::STRING, "is_string"),
        (TypeSet::ARRAY, "is_array"),
        (TypeSet::OBJECT, "is_object"),
    ];
    let tests = tests.iter().filter(|(ty, _)| types.has(*ty)).map(|(_, test)| {
        let test = ident(test);
        quote!(value.#test())
    });
    quote!(#(#tests)||*)
}

/// JSON types in words.
fn word(types: TypeSet) -> &'static str {
    match types {
        TypeSet::NULL => "null",
        TypeSet::BOOLEAN => "a boolean",
        TypeSet::INTEGER => "a whole number",
        TypeSet::NUMBER => "a number",
        TypeSet::STRING => "a string",
        TypeSet::ARRAY => "an array",
        TypeSet::OBJECT => "an object",
        _ => "a value",
    }
}

/// `From` for the members that are types of their own, where no two are the same.
fn from(item: &Item<'_>, union: &Union) -> TokenStream {
    let name = item.name();
    let own = union.variants.iter().zip(item.types).filter(|(variant, _)| {
        item.named(&variant.ty).is_some_and(|found| !matches!(found.shape, Shape::Alias(_)))
            && matches!(variant.ty, Type::Named(id) if item.aliased(id).is_none())
    });
    let impls = own.map(|(variant, ty)| {
        let variant = ident(&variant.name);
        quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(value)
                }
            }
        }
    });
    quote!(#(#impls)*)
}
