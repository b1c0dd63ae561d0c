//! Turns lowered definitions into Rust items, by an ordered table of passes, a file each.

mod construct;
mod declare;
mod deprecated;
mod docs;
mod enums;
mod inspect;
mod json_schema;
mod members;
mod shared;
mod structs;
mod tuples;
mod unions;
mod wire;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

pub(crate) use json_schema::json_schema;

use crate::diagnostic::{Diagnostic, Errors, Kind};
use crate::lower::Lowered;
use crate::normalize::{Definition, DefinitionId, Definitions, Shape, Type};
use crate::settings::Settings;

/// What a pass knows: one definition, its Rust types, and all others.
pub(crate) struct Item<'a> {
    definition: &'a Definition,
    types: &'a [syn::Type],
    definitions: &'a Definitions,
    settings: &'a Settings,
}

type Pass = fn(&Item<'_>) -> TokenStream;

/// The passes that write types.
const TYPES: &[(&str, Pass)] = &[("declare", declare::pass)];

/// The passes that write impls, in the order in which they stand after the types.
const IMPLS: &[(&str, Pass)] = &[
    ("construct", construct::pass),
    ("structs", structs::pass),
    ("enums", enums::pass),
    ("unions", unions::pass),
    ("tuples", tuples::pass),
    ("newtypes", tuples::newtype),
    ("inspect", inspect::pass),
];

/// The items of all definitions: types first, then impls in the same order, then what they share.
pub(crate) fn refine(lowered: &Lowered, settings: &Settings) -> Result<syn::File, Errors> {
    let definitions = &lowered.definitions;
    let items = definitions.all.iter().zip(&lowered.types);
    let items: Vec<Item<'_>> =
        items.map(|(definition, types)| Item { definition, types, definitions, settings }).collect();
    let mut tokens = TokenStream::new();
    for item in &items {
        tokens.extend(TYPES.iter().map(|(_, pass)| pass(item)));
    }
    tokens.extend(definitions.roots.iter().map(|root| declare::root(root, definitions)));
    if items.iter().any(|item| !matches!(item.definition.shape, Shape::Alias(_))) {
        tokens.extend(quote!(
            #[allow(unused_imports)]
            pub use runtime::Unlisted;
            #[allow(unused_imports)]
            pub use runtime::UnlistedKind;
        ));
    }
    for item in &items {
        let impls = IMPLS.iter().map(|(_, pass)| pass(item)).collect();
        tokens.extend(deprecated::allow(item, impls).map_err(|error| internal("the impls are not Rust", &error))?);
    }
    let shared = shared::needed(&tokens)?;
    syn::parse2(quote!(#tokens #shared)).map_err(|error| internal("the output is not Rust", &error))
}

fn internal(what: &str, error: &syn::Error) -> Errors {
    let help = "this is a fault of the generator; please report it";
    Diagnostic::new(Kind::Internal, format!("{what}: {error}")).help(help).into()
}

impl Item<'_> {
    fn name(&self) -> Ident {
        ident(&self.definition.name)
    }

    /// The definition that a type names, through aliases.
    fn named(&self, ty: &Type) -> Option<&Definition> {
        let mut ty = ty;
        for _ in 0..=self.definitions.all.len() {
            let (Type::Named(id) | Type::Boxed(id)) = ty else { return None };
            let definition = self.definitions.get(*id)?;
            match &definition.shape {
                Shape::Alias(next @ (Type::Named(_) | Type::Boxed(_))) => ty = next,
                _ => return Some(definition),
            }
        }
        None
    }

    /// What the alias of a definition stands for.
    fn aliased(&self, id: DefinitionId) -> Option<&Type> {
        match &self.definitions.get(id)?.shape {
            Shape::Alias(ty) => Some(ty),
            _ => None,
        }
    }
}

/// A name from normalization: known to be one, so the other case never happens.
pub(crate) fn ident(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| Ident::new("unnamed", Span::call_site()))
}
