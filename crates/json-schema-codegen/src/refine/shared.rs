//! What the generated impls share: the items of `runtime/` that are used.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::diagnostic::Errors;
use crate::refine::internal;

const SOURCE: &str = concat!(
    include_str!("../runtime/objects.rs"),
    include_str!("../runtime/values.rs"),
    include_str!("../runtime/choices.rs"),
    include_str!("../runtime/inspect.rs"),
);

/// The module with what the tokens use, if they use any of it.
pub(crate) fn needed(tokens: &TokenStream) -> Result<TokenStream, Errors> {
    let file = syn::parse_file(SOURCE).map_err(|error| internal("the shared items are not Rust", &error))?;
    let mut wanted = BTreeSet::new();
    paths(tokens.clone(), &mut wanted);
    let mut left: Vec<_> = file.items.iter().collect();
    loop {
        let (used, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|item| is_wanted(item, &wanted));
        if used.is_empty() {
            break;
        }
        used.into_iter().for_each(|item| names(item.to_token_stream(), &mut wanted));
        left = others;
    }
    let items: Vec<_> = file.items.iter().filter(|item| is_wanted(item, &wanted)).collect();
    if items.is_empty() {
        return Ok(TokenStream::new());
    }
    Ok(quote! {
        #[allow(dead_code)]
        mod runtime { #(#items)* }
    })
}

/// Whether an item is one of the wanted, or an impl for one.
fn is_wanted(item: &syn::Item, wanted: &BTreeSet<String>) -> bool {
    match item {
        syn::Item::Fn(item) => wanted.contains(&item.sig.ident.to_string()),
        syn::Item::Enum(item) => wanted.contains(&item.ident.to_string()),
        syn::Item::Struct(item) => wanted.contains(&item.ident.to_string()),
        syn::Item::Trait(item) => wanted.contains(&item.ident.to_string()),
        syn::Item::Impl(item) => {
            let own = |path: &syn::Path| path.get_ident().is_some_and(|name| wanted.contains(&name.to_string()));
            let of_trait = item.trait_.as_ref().is_some_and(|(path, _)| own(path));
            let for_type = match &*item.self_ty {
                syn::Type::Path(ty) => {
                    ty.path.segments.last().is_some_and(|last| wanted.contains(&last.ident.to_string()))
                }
                _ => false,
            };
            of_trait || for_type
        }
        _ => false,
    }
}

/// The names that stand after `runtime::`.
fn paths(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut after = 0;
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => {
                paths(group.stream(), found);
                after = 0;
            }
            TokenTree::Ident(ident) if ident == "runtime" => after = 1,
            TokenTree::Punct(punct) if punct.as_char() == ':' && after > 0 => after += 1,
            TokenTree::Ident(ident) if after == 3 => {
                found.insert(ident.to_string());
                after = 0;
            }
            _ => after = 0,
        }
    }
}

/// All names in the tokens.
fn names(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => names(group.stream(), found),
            TokenTree::Ident(ident) => drop(found.insert(ident.to_string())),
            _ => {}
        }
    }
}
