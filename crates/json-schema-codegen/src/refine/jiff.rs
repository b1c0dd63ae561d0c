//! Writes the methods of views that return texts as times of the crate jiff.

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostic::Errors;
use crate::normalize::{Accessor, Definitions, View};
use crate::refine::{Output, docs, make_ident};

/// Writes the methods of all views that return texts as times, as a file that is included beside the types.
///
/// # Errors
/// If the output is not valid Rust, which is a fault of the generator.
pub(crate) fn write_jiff_impls(definitions: &Definitions) -> Result<Output, Errors> {
    let impls = definitions.views.all.iter().map(write_view_impl);
    let mut output = Output::default();
    output.add_items(quote!(#(#impls)*), false)?;
    Ok(output)
}

/// Returns the impl with the methods of a view; nothing for a view without texts that are times.
fn write_view_impl(view: &View) -> TokenStream {
    let methods: Vec<TokenStream> = view.accessors.iter().filter_map(write_time_method).collect();
    if methods.is_empty() {
        return TokenStream::new();
    }
    let ty = make_ident(&view.name);
    quote! {
        #[allow(deprecated, clippy::wrong_self_convention)]
        impl #ty<'_> {
            #(#methods)*
        }
    }
}

/// Writes the method that returns the text of `accessor` as a time; `None` if the schema does not say that it is a
/// time, or if the settings do not ask for such methods.
fn write_time_method(accessor: &Accessor) -> Option<TokenStream> {
    let (name, text) = (make_ident(accessor.timestamp.as_ref()?), make_ident(&accessor.method));
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
