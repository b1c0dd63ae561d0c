//! Writes how tuples, and newtypes around one type, are read and written.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::normalize::{Shape, Tuple, Type};
use crate::refine::PassInput;

/// Returns the impls `Serialize`, `Deserialize`, and `Candidate` if it is needed, of a tuple; nothing for any other
/// type.
pub(crate) fn write_tuple_impls(item: &PassInput<'_>) -> TokenStream {
    let Shape::Tuple(tuple) = &item.definition.shape else { return TokenStream::new() };
    let write = write_serialize_impl(item, tuple);
    let read = write_deserialize_impl(item, tuple);
    let fit = item.is_candidate().then(|| write_candidate_impl(item, tuple));
    quote!(#write #read #fit)
}

/// Returns the impl that writes a tuple as an array; items that are `None` are left out.
fn write_serialize_impl(item: &PassInput<'_>, tuple: &Tuple) -> TokenStream {
    let name = item.type_ident();
    let items = tuple.items.iter().enumerate().map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        match field.required {
            true => quote!(seq.serialize_element(&self.#index)?;),
            false => quote!(if let Some(item) = &self.#index { seq.serialize_element(item)?; }),
        }
    });
    let rest = tuple.rest.as_ref().map(|_| {
        let index = Literal::usize_unsuffixed(tuple.items.len());
        quote!(for item in &self.#index { seq.serialize_element(item)?; })
    });
    quote! {
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeSeq as _;
                let mut seq = serializer.serialize_seq(None)?;
                #(#items)*
                #rest
                seq.end()
            }
        }
    }
}

/// Returns the impl that reads a tuple from an array.
fn write_deserialize_impl(item: &PassInput<'_>, tuple: &Tuple) -> TokenStream {
    let name = item.type_ident();
    let expecting = format!("an array ({})", item.definition.name);
    let items = tuple.items.iter().enumerate().map(|(index, field)| {
        let slot = format_ident!("item{index}");
        let wire = item.write_wire_type(&field.ty);
        let map = item.write_differing_wire_type(&field.ty).map(|_| quote!(.map(runtime::unwrap_whole)));
        let read = quote!(seq.next_element::<#wire>()? #map);
        let index = Literal::usize_unsuffixed(index);
        match field.required {
            true => quote!(let #slot = #read.ok_or_else(|| ::serde::de::Error::invalid_length(#index, &self))?;),
            false => quote!(let #slot = #read;),
        }
    });
    let slots: Vec<_> = (0..tuple.items.len()).map(|index| format_ident!("item{index}")).collect();
    let (rest, rest_slot) = write_rest_reading(item, tuple);
    let read = match item.assertions_ident() {
        Some(list) => quote! {
            let value = runtime::read_checked::<assertions::#list, D>(deserializer)?;
            ::serde::Deserializer::deserialize_seq(value, Reader).map_err(::serde::de::Error::custom)
        },
        None => quote!(deserializer.deserialize_seq(Reader)),
    };
    quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Reader;

                impl<'de> ::serde::de::Visitor<'de> for Reader {
                    type Value = #name;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(#expecting)
                    }

                    fn visit_seq<A: ::serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<#name, A::Error> {
                        #(#items)*
                        #rest
                        Ok(#name(#(#slots,)* #rest_slot))
                    }
                }

                #read
            }
        }
    }
}

/// Returns (statements that read the items after the first ones, which have types of their own; expression for the
/// field with these items). If the schema allows no further items, the statements fail if there is one, and the
/// expression is empty.
fn write_rest_reading(item: &PassInput<'_>, tuple: &Tuple) -> (TokenStream, TokenStream) {
    let Some(ty) = &tuple.rest else {
        let length = Literal::usize_unsuffixed(tuple.items.len() + 1);
        let refuse = quote! {
            if seq.next_element::<::serde::de::IgnoredAny>()?.is_some() {
                return Err(::serde::de::Error::invalid_length(#length, &self));
            }
        };
        return (refuse, TokenStream::new());
    };
    let wire = item.write_wire_type(ty);
    let value = item.write_conversion_from_wire(ty, quote!(value));
    let read = quote! {
        let mut rest = Vec::new();
        while let Some(value) = seq.next_element::<#wire>()? {
            rest.push(#value);
        }
    };
    (read, quote!(rest))
}

/// Returns the impl of `Candidate` for the tuple, which says how well a value fits it.
fn write_candidate_impl(item: &PassInput<'_>, tuple: &Tuple) -> TokenStream {
    let name = item.type_ident();
    let items = tuple.items.iter().enumerate().map(|(index, field)| {
        let ty = item.rust_type(&field.ty);
        let (judge, index, required) =
            (write_fit_judge(item, &field.ty), Literal::usize_unsuffixed(index), field.required);
        quote!(.add_inner_fit(runtime::fit_item::<#ty>(#judge, items, #index, #required)?))
    });
    let length = Literal::usize_unsuffixed(tuple.items.len());
    let rest = match &tuple.rest {
        Some(ty) => {
            let rust = item.rust_type(ty);
            let judge = write_fit_judge(item, ty);
            quote! {
                for item in items.iter().skip(#length) {
                    fit = fit.add_inner_fit(runtime::Judge::<#rust>::fit(#judge, item)?);
                }
            }
        }
        None => quote! {
            if items.len() > #length {
                return None;
            }
        },
    };
    let mutable = tuple.rest.as_ref().map(|_| quote!(mut));
    quote! {
        #[allow(unused_variables)]
        impl runtime::Candidate for #name {
            fn fit(value: &::serde_json::Value, choices: &mut runtime::Choices) -> Option<runtime::Fit> {
                let items = value.as_array()?;
                let #mutable fit = runtime::Fit::EXACT #(#items)*;
                #rest
                Some(fit)
            }
        }
    }
}

/// Returns the expression for the `Judge` of the runtime that says how well values fit `ty`: `choices.opaque()` if `ty`
/// contains a type from the settings, else `choices.inspect()`.
fn write_fit_judge(item: &PassInput<'_>, ty: &Type) -> TokenStream {
    if item.contains_settings_type(ty) { quote!(choices.opaque()) } else { quote!(choices.inspect()) }
}

/// Returns the impls `From`, `Candidate` and `Deserialize` of a newtype, each if it is needed; nothing for any other
/// type. A newtype is read as the value in it.
pub(crate) fn write_newtype_impls(item: &PassInput<'_>) -> TokenStream {
    let Shape::Newtype(ty) = &item.definition.shape else { return TokenStream::new() };
    let (name, rust) = (item.type_ident(), item.rust_type(ty));
    let wire = item.write_wire_type(ty);
    let make = item.write_variant_constructor(ty, quote!(Self));
    let fit = item.is_candidate().then(|| {
        let judge = write_fit_judge(item, ty);
        quote! {
            impl runtime::Candidate for #name {
                fn fit(value: &::serde_json::Value, choices: &mut runtime::Choices) -> Option<runtime::Fit> {
                    runtime::Judge::<#rust>::fit(#judge, value)
                }
            }
        }
    });
    let from = (!matches!(ty, Type::Boxed(_)) && item.text_assertions_name().is_none()).then(|| {
        quote! {
            impl From<#rust> for #name {
                fn from(value: #rust) -> Self {
                    Self(value)
                }
            }
        }
    });
    quote! {
        #from
        #fit

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <#wire as ::serde::Deserialize>::deserialize(deserializer).map(#make)
            }
        }
    }
}
