//! Open enums: texts through `visit_str`, other values through `serde_json::Value`; a value that
//! is not listed is kept.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::normalize::{Enum, Shape};
use crate::refine::{Item, ident};

pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    let Shape::Enum(listed) = &item.definition.shape else { return TokenStream::new() };
    if !listed.is_text() {
        return of_values(item, listed);
    }
    let name = item.name();
    let text = text(&name, listed);
    let from = from(&name, listed);
    let compare = compare(&name);
    let serde = serde(&name);
    quote!(#text #from #compare #serde)
}

fn variants(listed: &Enum) -> (Vec<Ident>, Vec<String>) {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    listed.values.iter().map(|value| (ident(&value.variant), text(&value.value))).unzip()
}

fn text(name: &Ident, listed: &Enum) -> TokenStream {
    let (variants, texts) = variants(listed);
    let unknown = ident(&listed.unknown);
    quote! {
        impl #name {
            /// The value as it stands in a document.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    Self::#unknown(text) => text,
                }
            }

            fn listed(text: &str) -> Option<Self> {
                Some(match text { #(#texts => Self::#variants,)* _ => return None })
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    }
}

fn from(name: &Ident, listed: &Enum) -> TokenStream {
    let unknown = ident(&listed.unknown);
    quote! {
        impl From<&str> for #name {
            fn from(text: &str) -> Self {
                Self::listed(text).unwrap_or_else(|| Self::#unknown(text.to_owned()))
            }
        }

        impl From<String> for #name {
            fn from(text: String) -> Self {
                Self::listed(&text).unwrap_or(Self::#unknown(text))
            }
        }

        impl ::std::str::FromStr for #name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }
    }
}

/// Comparison by the text, so that a listed value kept as an unknown one is the same.
fn compare(name: &Ident) -> TokenStream {
    quote! {
        impl PartialEq for #name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for #name {}

        impl PartialEq<str> for #name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for #name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl PartialOrd for #name {
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for #name {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl ::std::hash::Hash for #name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }
    }
}

fn serde(name: &Ident) -> TokenStream {
    let expecting = format!("a string ({name})");
    quote! {
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl runtime::Text for #name {
            const EXPECTING: &'static str = #expecting;
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::text(deserializer)
            }
        }
    }
}

/// An enum of values that are not all texts.
fn of_values(item: &Item<'_>, listed: &Enum) -> TokenStream {
    let name = item.name();
    let variants: Vec<Ident> = listed.values.iter().map(|value| ident(&value.variant)).collect();
    let texts = listed.values.iter().map(|value| value.value.to_string());
    let unknown = ident(&listed.unknown);
    quote! {
        impl #name {
            /// The value as it stands in a document.
            pub fn to_value(&self) -> ::serde_json::Value {
                match self {
                    #(Self::#variants => runtime::json(#texts),)*
                    Self::#unknown(value) => value.clone(),
                }
            }
        }

        impl From<::serde_json::Value> for #name {
            fn from(value: ::serde_json::Value) -> Self {
                let mut listed = [#(Self::#variants),*].into_iter();
                let found = listed.find(|listed| runtime::equal(&listed.to_value(), &value));
                found.unwrap_or(Self::#unknown(value))
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
