//! Turns lowered definitions into Rust items, by an ordered table of passes, a file each.

mod candidates;
mod construct;
mod declare;
mod docs;
mod enums;
mod inspect;
mod json_schema;
mod members;
mod shared;
mod structs;
mod table;
mod tuples;
mod unions;
mod wire;

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

pub(crate) use json_schema::json_schema;
pub(crate) use table::Table;

use crate::diagnostic::{Diagnostic, Errors, Kind};
use crate::lower::{Lowered, RustTypes};
use crate::normalize::{Definition, DefinitionId, Definitions, Shape, Type};
use crate::settings::Settings;

/// What a pass knows: one definition, its Rust types, and all others.
pub(crate) struct Item<'a> {
    definition: &'a Definition,
    rust_types: &'a RustTypes,
    definitions: &'a Definitions,
    settings: &'a Settings,
    is_candidate: bool,
}

/// What a pass writes of a definition; nothing for those that it is not about.
enum Pass {
    /// Items.
    Items(fn(&Item<'_>) -> TokenStream),
    /// A table that a macro of the runtime makes the items of.
    Table(fn(&Item<'_>) -> Option<Table>),
}

/// The passes that write types.
const TYPES: &[(&str, Pass)] = &[("declare", Pass::Items(declare::pass))];

/// The passes that write impls, in the order in which they stand after the types.
const IMPLS: &[(&str, Pass)] = &[
    ("construct", Pass::Items(construct::pass)),
    ("structs", Pass::Table(structs::pass)),
    ("enums of texts", Pass::Table(enums::of_texts)),
    ("enums of values", Pass::Items(enums::of_values)),
    ("unions", Pass::Items(unions::pass)),
    ("tuples", Pass::Items(tuples::pass)),
    ("newtypes", Pass::Items(tuples::newtype)),
    ("inspect", Pass::Items(inspect::pass)),
];

/// The output, in order.
#[derive(Default)]
pub(crate) struct Output {
    pub(crate) parts: Vec<Part>,
    /// The items of the runtime that the parts name.
    names: BTreeSet<String>,
}

/// A part of the output.
pub(crate) enum Part {
    Item(Box<syn::Item>),
    Table(Table),
    Text(String),
}

/// The items of all definitions: types first, then impls in the same order, then what they share.
pub(crate) fn refine(lowered: &Lowered, settings: &Settings) -> Result<Output, Errors> {
    let definitions = &lowered.definitions;
    let items = definitions.all.iter().zip(candidates::candidates(definitions));
    let items = items.map(|(definition, is_candidate)| Item {
        definition,
        rust_types: &lowered.rust_types,
        definitions,
        settings,
        is_candidate,
    });
    let items: Vec<Item<'_>> = items.collect();
    let mut output = Output::default();
    for item in &items {
        output.add(item, TYPES)?;
    }
    for root in &definitions.roots {
        output.items(declare::root(root, definitions), false)?;
    }
    if items.iter().any(|item| !matches!(item.definition.shape, Shape::Alias(_))) {
        let exports = quote!(
            #[allow(unused_imports)]
            pub use runtime::{Unlisted, UnlistedKind};
        );
        output.items(exports, false)?;
        output.names.extend(["Unlisted".to_owned(), "UnlistedKind".to_owned()]);
    }
    for item in &items {
        output.add(item, IMPLS)?;
    }
    output.parts.extend(shared::module(&output.names).map(Part::Text));
    Ok(output)
}

impl Output {
    fn add(&mut self, item: &Item<'_>, passes: &[(&str, Pass)]) -> Result<(), Errors> {
        for (_, pass) in passes {
            match pass {
                Pass::Items(pass) => self.items(pass(item), item.has_deprecated())?,
                Pass::Table(pass) => self.table(pass(item)),
            }
        }
        Ok(())
    }

    fn table(&mut self, table: Option<Table>) {
        if let Some(table) = table {
            self.names.extend(table.needs().map(str::to_owned));
            self.parts.push(Part::Table(table));
        }
    }

    /// Adds items; impls may name what the schema calls deprecated, since they read and write it
    /// all the same.
    fn items(&mut self, tokens: TokenStream, has_deprecated: bool) -> Result<(), Errors> {
        named(tokens.clone(), &mut self.names);
        let file: syn::File = syn::parse2(tokens).map_err(|error| internal("the output is not Rust", &error))?;
        for mut item in file.items {
            if let (syn::Item::Impl(item), true) = (&mut item, has_deprecated) {
                item.attrs.push(syn::parse_quote!(#[allow(deprecated)]));
            }
            self.parts.push(Part::Item(Box::new(item)));
        }
        Ok(())
    }
}

/// The names that stand after `runtime::`.
fn named(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut after = 0;
    for tree in tokens {
        after = match tree {
            TokenTree::Group(group) => {
                named(group.stream(), found);
                0
            }
            TokenTree::Ident(ident) if ident == "runtime" => 1,
            TokenTree::Punct(punct) if punct.as_char() == ':' && after > 0 => after + 1,
            TokenTree::Ident(ident) if after == 3 => {
                found.insert(ident.to_string());
                0
            }
            _ => 0,
        }
    }
}

fn internal(what: &str, error: &syn::Error) -> Errors {
    let help = "this is a fault of the generator; please report it";
    Diagnostic::new(Kind::Internal, format!("{what}: {error}")).help(help).into()
}

impl Item<'_> {
    /// Returns the Rust type of a type that a definition holds.
    fn rust(&self, ty: &Type) -> &syn::Type {
        self.rust_types.get(ty)
    }

    fn name(&self) -> Ident {
        ident(&self.definition.name)
    }

    /// Checks whether the definition stands in a union.
    fn is_candidate(&self) -> bool {
        self.is_candidate
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

    /// Whether the schema calls any of its fields or variants deprecated.
    fn has_deprecated(&self) -> bool {
        match &self.definition.shape {
            Shape::Struct(object) => object.properties.iter().any(|property| property.docs.deprecated),
            Shape::Enum(listed) => listed.values.iter().any(|value| value.docs.deprecated),
            Shape::Union(union) => union.variants.iter().any(|variant| variant.docs.deprecated),
            Shape::Tuple(_) | Shape::Alias(_) | Shape::Newtype(_) => false,
        }
    }
}

/// A name from normalization: known to be one, so the other case never happens.
pub(crate) fn ident(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| Ident::new("unnamed", Span::call_site()))
}
