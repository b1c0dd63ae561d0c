//! Collects the parts of the output, and the names of the runtime's items that they need.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors};
use crate::refine::table::MacroTable;

/// The parts of the output so far, in the order in which they are written.
#[derive(Default)]
pub(crate) struct Output {
    pub(crate) parts: Vec<OutputPart>,
    /// The names of the items of the runtime that the parts use; only these are written to the output.
    pub(super) runtime_names: BTreeSet<String>,
}

/// A part of the output: items, a table, or text.
pub(crate) enum OutputPart {
    Item(Box<syn::Item>),
    /// The call of a macro of the runtime.
    Table(MacroTable),
    /// Rust source that is written as it is, such as the runtime.
    Text(String),
}

impl Output {
    /// Adds a table, and records the items of the runtime that it needs. Does nothing for `None`.
    pub(super) fn add_table(&mut self, table: Option<MacroTable>) {
        if let Some(table) = table {
            self.runtime_names.extend(table.used_runtime_names().map(str::to_owned));
            self.parts.push(OutputPart::Table(table));
        }
    }

    /// Parses `tokens` as Rust items, and adds them. With `has_deprecated`, impls among them get
    /// `#[allow(deprecated)]`, since they use deprecated fields and variants too.
    ///
    /// # Errors
    /// If `tokens` are not valid Rust items, which is a fault of the generator.
    pub(super) fn add_items(&mut self, tokens: TokenStream, has_deprecated: bool) -> Result<(), Errors> {
        collect_runtime_names(tokens.clone(), &mut self.runtime_names);
        let file: syn::File =
            syn::parse2(tokens).map_err(|error| make_internal_error("the output is not Rust", &error))?;
        for mut item in file.items {
            if let (syn::Item::Impl(item), true) = (&mut item, has_deprecated) {
                item.attrs.push(syn::parse_quote!(#[allow(deprecated)]));
            }
            self.parts.push(OutputPart::Item(Box::new(item)));
        }
        Ok(())
    }
}

/// Adds each name that follows `runtime::` in `tokens` to `found`.
fn collect_runtime_names(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut matched = 0; // how many of the three tokens `runtime`, `:`, `:` have just been seen
    for tree in tokens {
        matched = match tree {
            TokenTree::Group(group) => {
                collect_runtime_names(group.stream(), found);
                0
            }
            TokenTree::Ident(ident) if ident == "runtime" => 1,
            TokenTree::Punct(punct) if punct.as_char() == ':' && matched > 0 => matched + 1,
            TokenTree::Ident(ident) if matched == 3 => {
                found.insert(ident.to_string());
                0
            }
            _ => 0,
        }
    }
}

/// Returns the error for output that is not valid Rust: `what` is the beginning of its message, and `error` the error
/// of the parser.
fn make_internal_error(what: &str, error: &syn::Error) -> Errors {
    let help = "this is a fault of the generator; please report it";
    Diagnostic::new(DiagnosticKind::Internal, format!("{what}: {error}")).with_help(help).into()
}
