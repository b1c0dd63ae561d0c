//! Writes the methods of views that return texts as times of the crate jiff.

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostic::Errors;
use crate::normalize::{Accessor, Definitions, View};
use crate::refine::{Output, docs, ident};

/// Returns the methods of all views, as a part that is included beside the types.
///
/// # Errors
/// If the output is not valid Rust, which is a fault of the generator.
pub(crate) fn jiff(definitions: &Definitions) -> Result<Output, Errors> {
    let impls = definitions.views.all.iter().map(implementation);
    let mut output = Output::default();
    output.add_items(quote!(#(#impls)*), false)?;
    Ok(output)
}

/// Returns the impl with the methods of a view; nothing for a view without texts that are times.
fn implementation(view: &View) -> TokenStream {
    let methods: Vec<TokenStream> = view.accessors.iter().filter_map(method).collect();
    if methods.is_empty() {
        return TokenStream::new();
    }
    let ty = ident(&view.name);
    quote! {
        #[allow(deprecated, clippy::wrong_self_convention)]
        impl #ty<'_> {
            #(#methods)*
        }
    }
}

/// Returns the method that returns the text of `accessor` as a time; `None` if the text is not a time.
fn method(accessor: &Accessor) -> Option<TokenStream> {
    let (name, text) = (ident(accessor.timestamp.as_ref()?), ident(&accessor.method));
    let about = format!(
        " Returns {} as a time; `None` if there is no such property, or if it is not a time.",
        docs::format_inline_code(&accessor.json_name)
    );
    let deprecated = accessor.docs.deprecated.then(|| quote!(#[deprecated]));
    Some(quote! {
        #[doc = #about]
        #deprecated
        pub fn #name(self) -> Option<::jiff::Timestamp> {
            self.#text()?.parse().ok()
        }
    })
}
