//! What the schema calls deprecated is read and written all the same: the impls may name it.

use proc_macro2::TokenStream;
use quote::ToTokens as _;

use crate::normalize::Shape;
use crate::refine::Item;

/// The impls of an item, allowed to name its deprecated fields and variants.
pub(crate) fn allow(item: &Item<'_>, impls: TokenStream) -> syn::Result<TokenStream> {
    let has_deprecated = match &item.definition.shape {
        Shape::Struct(object) => object.properties.iter().any(|property| property.docs.deprecated),
        Shape::Enum(listed) => listed.values.iter().any(|value| value.docs.deprecated),
        Shape::Union(union) => union.variants.iter().any(|variant| variant.docs.deprecated),
        Shape::Tuple(_) | Shape::Alias(_) | Shape::Newtype(_) => false,
    };
    if !has_deprecated {
        return Ok(impls);
    }
    let mut file: syn::File = syn::parse2(impls)?;
    for item in &mut file.items {
        if let syn::Item::Impl(item) = item {
            item.attrs.push(syn::parse_quote!(#[allow(deprecated)]));
        }
    }
    Ok(file.into_token_stream())
}
