//! Reads the public items of the generated types: everything that a dependent crate can name.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Fields, FnArg, ImplItem, ReturnType, Type, Visibility};

use crate::changes::tables;
use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors};

/// The public types of one version by their Rust names.
pub(crate) struct Api {
    pub(crate) items: BTreeMap<String, Item>,
}

/// One public type.
pub(crate) struct Item {
    pub(crate) kind: ItemKind,
    /// Whether it has the attribute `#[non_exhaustive]`.
    pub(crate) non_exhaustive: bool,
    /// The public fields, or the variants, by their Rust names; the names of tuple fields are `0`, `1` and so on.
    pub(crate) members: BTreeMap<String, Member>,
    /// Whether a field is not public.
    pub(crate) has_private_field: bool,
    /// The public methods by their names.
    pub(crate) methods: BTreeMap<String, Method>,
    /// The derived and implemented traits as text, such as `From<&str>`; without the private traits of the runtime.
    pub(crate) traits: BTreeSet<String>,
    /// The tokens of the type that an alias stands for; empty unless the item is an alias.
    alias: TokenStream,
}

/// The kind of a public type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    Struct,
    /// A struct with unnamed fields, or none.
    TupleStruct,
    Enum,
    /// A type alias: `type Id = String;`.
    Alias,
}

/// A public field or a variant.
pub(crate) struct Member {
    /// The type of the field, or the fields of the variant (`(Card)`), with aliases resolved; empty for a variant
    /// without fields.
    pub(crate) ty: String,
    /// Whether it has the attribute `#[deprecated]`.
    pub(crate) deprecated: bool,
}

/// A public method.
#[derive(PartialEq, Eq)]
pub(crate) struct Method {
    /// The names and types of the parameters in order, with aliases resolved.
    pub(crate) parameters: Vec<(String, String)>,
    /// The return type with aliases resolved; empty if there is none.
    pub(crate) output: String,
}

impl Api {
    /// Parses the generated types in `text`. Types get their new names by `renamed` (new name by old name), and aliases
    /// are replaced by their types, so that two versions can be compared as text.
    ///
    /// # Errors
    /// If `text` is not valid Rust, which is a fault of the generator.
    pub(crate) fn parse(text: &str, renamed: &BTreeMap<String, String>) -> Result<Self, Errors> {
        let file = syn::parse_file(text).map_err(|error| {
            let help = "this is a fault of the generator: please report it with the schema";
            Errors::from(
                Diagnostic::new(DiagnosticKind::Internal, format!("the generated types are not valid Rust: {error}"))
                    .help(help),
            )
        })?;
        let mut reader = ApiReader { renamed, aliases: BTreeMap::new() };
        for item in &file.items {
            if let syn::Item::Type(alias) = item {
                reader.aliases.insert(alias.ident.to_string(), alias.ty.to_token_stream());
            }
        }
        let mut items: BTreeMap<String, Item> = BTreeMap::new();
        let views = tables::expand_views(text);
        for item in file.items.iter().chain(&views) {
            if let Some((name, found)) = reader.read_item(item) {
                items.insert(name, found);
            }
        }
        let explicit = file.items.iter().chain(&views);
        let explicit_impls =
            explicit.filter_map(|item| if let syn::Item::Impl(block) = item { Some(block) } else { None });
        explicit_impls.chain(&tables::expand_impls(text)).for_each(|block| reader.add_impl(block, &mut items));
        Ok(Self { items })
    }
}

impl Item {
    /// Creates an item of this kind that has no members yet, with the given attributes.
    fn new(kind: ItemKind, attributes: &[syn::Attribute]) -> Self {
        Self {
            kind,
            non_exhaustive: has_attribute(attributes, "non_exhaustive"),
            members: BTreeMap::new(),
            has_private_field: false,
            methods: BTreeMap::new(),
            traits: derived_traits(attributes),
            alias: TokenStream::new(),
        }
    }

    /// Returns the type that an alias stands for; empty unless the item is an alias.
    pub(crate) fn alias_text(&self) -> String {
        self.alias.to_string()
    }

    /// Checks whether a dependent crate can build the struct with a struct literal.
    pub(crate) fn is_constructible(&self) -> bool {
        !self.non_exhaustive && !self.has_private_field
    }
}

/// Reads items and types, replacing old names and aliases.
struct ApiReader<'a> {
    /// The new Rust names of renamed types by the old names.
    renamed: &'a BTreeMap<String, String>,
    /// The types that the aliases in the output stand for, by the names of the aliases.
    aliases: BTreeMap<String, TokenStream>,
}

impl ApiReader<'_> {
    /// Returns the new name of a type; its own name if it is not renamed.
    fn new_name(&self, ident: &syn::Ident) -> String {
        let name = ident.to_string();
        self.renamed.get(&name).cloned().unwrap_or(name)
    }

    /// Returns a struct, enum or alias with its new name, without its impls; `None` for any other item.
    fn read_item(&self, item: &syn::Item) -> Option<(String, Item)> {
        match item {
            syn::Item::Struct(found) => {
                let kind =
                    if matches!(found.fields, Fields::Named(_)) { ItemKind::Struct } else { ItemKind::TupleStruct };
                let mut item = Item::new(kind, &found.attrs);
                self.read_fields(&found.fields, &mut item);
                Some((self.new_name(&found.ident), item))
            }
            syn::Item::Enum(found) => {
                let mut item = Item::new(ItemKind::Enum, &found.attrs);
                for variant in &found.variants {
                    let ty = self.resolved_text(variant.fields.to_token_stream());
                    let member = Member { ty, deprecated: has_attribute(&variant.attrs, "deprecated") };
                    item.members.insert(variant.ident.to_string(), member);
                }
                Some((self.new_name(&found.ident), item))
            }
            syn::Item::Type(found) => {
                let mut item = Item::new(ItemKind::Alias, &found.attrs);
                item.alias = self.resolve(found.ty.to_token_stream(), MAX_ALIAS_DEPTH);
                Some((self.new_name(&found.ident), item))
            }
            _ => None,
        }
    }

    /// Adds the public fields to `item`, and records whether there is a private field.
    fn read_fields(&self, fields: &Fields, item: &mut Item) {
        for (index, field) in fields.iter().enumerate() {
            if !matches!(field.vis, Visibility::Public(_)) {
                item.has_private_field = true;
                continue;
            }
            let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
            let member =
                Member { ty: self.type_text(&field.ty), deprecated: has_attribute(&field.attrs, "deprecated") };
            item.members.insert(name, member);
        }
    }

    /// Adds the public methods or the trait of an `impl` block to its type in `items`. Ignores blocks for other types,
    /// and traits of the runtime, which dependent crates cannot name.
    fn add_impl(&self, block: &syn::ItemImpl, items: &mut BTreeMap<String, Item>) {
        let Type::Path(path) = &*block.self_ty else { return };
        let Some(item) = path.path.get_ident().and_then(|ident| items.get_mut(&self.new_name(ident))) else { return };
        if let Some((path, _)) = &block.trait_ {
            let text = self.resolved_text(path.to_token_stream());
            if !text.starts_with("runtime") {
                item.traits.insert(text);
            }
            return;
        }
        for method in &block.items {
            if let ImplItem::Fn(method) = method {
                if matches!(method.vis, Visibility::Public(_)) {
                    item.methods.insert(method.sig.ident.to_string(), self.read_method(&method.sig));
                }
            }
        }
    }

    /// Returns the parameters and the return type of a method.
    fn read_method(&self, signature: &syn::Signature) -> Method {
        let parameters = signature.inputs.iter().map(|input| match input {
            FnArg::Receiver(receiver) => ("self".to_owned(), self.resolved_text(receiver.to_token_stream())),
            FnArg::Typed(typed) => (typed.pat.to_token_stream().to_string(), self.type_text(&typed.ty)),
        });
        let output = match &signature.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => self.type_text(ty),
        };
        Method { parameters: parameters.collect(), output }
    }

    /// Returns a type as text, with aliases resolved.
    fn type_text(&self, ty: &Type) -> String {
        self.resolved_text(ty.to_token_stream())
    }

    /// Returns tokens as text, with aliases resolved.
    fn resolved_text(&self, tokens: TokenStream) -> String {
        join_tokens(&self.resolve(tokens, MAX_ALIAS_DEPTH).to_string())
    }

    /// Replaces aliases by their types and old names by new ones. Follows at most `depth` aliases inside one another.
    /// Leaves names after `::` as they are, since they belong to another crate, and names before `=`, which are those of
    /// associated types: `Item` in `Iterator<Item = Order>`.
    fn resolve(&self, tokens: TokenStream, depth: usize) -> TokenStream {
        let mut after_colon = false;
        let mut resolved = TokenStream::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let is_associated = matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=');
            let follows_colon = std::mem::replace(
                &mut after_colon,
                matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':'),
            );
            match &token {
                TokenTree::Ident(ident) if !follows_colon && !is_associated => {
                    match self.aliases.get(&ident.to_string()) {
                        Some(alias) if depth > 0 => resolved.extend(self.resolve(alias.clone(), depth - 1)),
                        _ => resolved.extend(match self.renamed.get(&ident.to_string()) {
                            Some(name) => crate::refine::ident(name).to_token_stream(),
                            None => ident.to_token_stream(),
                        }),
                    }
                }
                TokenTree::Group(group) => {
                    let inner = self.resolve(group.stream(), depth);
                    resolved.extend([TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inner))]);
                }
                _ => resolved.extend([token]),
            }
        }
        resolved
    }
}

/// Most aliases inside one another that are resolved. The generator writes no alias that refers to itself, so this only
/// guards against a fault.
const MAX_ALIAS_DEPTH: usize = 32;

/// Removes the spaces that `proc_macro2` puts between tokens, and shortens paths: `Vec < :: serde_json :: Value >`
/// becomes `Vec<serde_json::Value>`.
fn join_tokens(tokens: &str) -> String {
    let mut text = tokens.to_owned();
    for (spaced, plain) in
        [(" < ", "<"), (" >", ">"), ("> ", ">"), (" :: ", "::"), (":: ", "::"), (" ::", "::"), ("& ", "&"), (" ,", ",")]
    {
        text = text.replace(spaced, plain);
    }
    text.replace(",::", ", ::").replace("::serde_json::", "serde_json::").replace("::std::collections::", "")
}

/// Checks whether one of the attributes has this name, such as `deprecated`.
fn has_attribute(attributes: &[syn::Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// Returns the traits in all `#[derive(…)]` attributes.
fn derived_traits(attributes: &[syn::Attribute]) -> BTreeSet<String> {
    let lists = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let lists = lists.filter_map(|attribute| attribute.meta.require_list().ok());
    lists
        .flat_map(|list| list.tokens.to_string().split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>())
        .collect()
}
