//! Writes the impls of enums of listed values. Enums of strings are tables for `values!` of the runtime; others compare
//! `serde_json::Value`s. Both keep unlisted values.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::normalize::Shape;
use crate::refine::table::{Table, literal};
use crate::refine::{Item, ident};

/// Returns the table of an enum of strings; `None` for any other type.
pub(crate) fn of_texts(item: &Item<'_>) -> Option<Table> {
    let Shape::Enum(listed) = &item.definition.shape else { return None };
    if !listed.is_text() {
        return None;
    }
    let name = &item.definition.name;
    let macro_name = if item.is_candidate() { "candidate_values" } else { "values" };
    let mut table = Table::new(macro_name, format!("{name}, {}", literal(&format!("a string ({name})"))));
    for value in &listed.values {
        table.row(format!("{} => {}", literal(value.value.as_str().unwrap_or_default()), value.variant));
    }
    let others = if listed.open { "any string" } else { "unlisted" };
    table.row(format!("{others} => {}", listed.unknown));
    Some(table)
}

/// Returns the impls of an enum whose values are not all strings; nothing for any other type.
pub(crate) fn of_values(item: &Item<'_>) -> TokenStream {
    let Shape::Enum(listed) = &item.definition.shape else { return TokenStream::new() };
    if listed.is_text() {
        return TokenStream::new();
    }
    let name = item.name();
    let variants: Vec<Ident> = listed.values.iter().map(|value| ident(&value.variant)).collect();
    let texts = listed.values.iter().map(|value| value.value.to_string());
    let unknown = ident(&listed.unknown);
    let fit = item.is_candidate().then(|| fit(&name, listed.open));
    quote! {
        #fit

        impl #name {
            /// Returns the value as it is in JSON.
            pub fn to_value(&self) -> ::serde_json::Value {
                match self {
                    #(Self::#variants => runtime::parsed(#texts),)*
                    Self::#unknown(value) => value.clone(),
                }
            }
        }

        impl #name {
            /// Returns the variant of a value that the schema lists; `None` for any other value.
            fn listed(value: &::serde_json::Value) -> Option<Self> {
                let mut listed = [#(Self::#variants),*].into_iter();
                listed.find(|listed| runtime::equal(&listed.to_value(), value))
            }
        }

        /// Two values are equal if they are the same value in JSON, whichever variants hold it.
        impl PartialEq for #name {
            fn eq(&self, other: &Self) -> bool {
                self.to_value() == other.to_value()
            }
        }

        impl From<::serde_json::Value> for #name {
            fn from(value: ::serde_json::Value) -> Self {
                Self::listed(&value).unwrap_or(Self::#unknown(value))
            }
        }

        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.to_value().serialize(serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                ::serde_json::Value::deserialize(deserializer).map(Self::from)
            }
        }
    }
}

/// Returns the impl that says how well a value fits the enum `name`; `is_open` if the schema allows unlisted values.
fn fit(name: &Ident, is_open: bool) -> TokenStream {
    let unlisted = if is_open { quote!(EXACT) } else { quote!(UNLISTED) };
    quote! {
        impl runtime::Candidate for #name {
            fn fit(value: &::serde_json::Value, _: &mut runtime::Choices) -> Option<runtime::Fit> {
                Some(Self::listed(value).map_or(runtime::Fit::#unlisted, |_| runtime::Fit::EXACT))
            }
        }
    }
}
