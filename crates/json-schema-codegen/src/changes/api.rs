//! The public items of the output: what a crate can name that depends on the types.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Fields, FnArg, ImplItem, ReturnType, Type, Visibility};

use crate::changes::tables;
use crate::diagnostic::{Diagnostic, Errors, Kind};

/// The public types by name.
pub(crate) struct Api {
    pub(crate) items: BTreeMap<String, Item>,
}

/// A public type.
pub(crate) struct Item {
    pub(crate) sort: Sort,
    pub(crate) non_exhaustive: bool,
    /// The public fields or the variants.
    pub(crate) members: BTreeMap<String, Member>,
    pub(crate) has_private: bool,
    pub(crate) methods: BTreeMap<String, Method>,
    pub(crate) traits: BTreeSet<String>,
    /// What an alias stands for.
    alias: TokenStream,
}

/// What sort of item it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Struct,
    TupleStruct,
    Enum,
    Alias,
}

/// A field or a variant.
pub(crate) struct Member {
    pub(crate) ty: String,
    pub(crate) deprecated: bool,
}

/// A public method.
#[derive(PartialEq, Eq)]
pub(crate) struct Method {
    /// The parameters with their types, in order.
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) gives: String,
}

impl Api {
    /// Reads the text of the types; types are called as `renamed` says, and what an alias stands
    /// for takes its place.
    pub(crate) fn read(text: &str, renamed: &BTreeMap<String, String>) -> Result<Self, Errors> {
        let file = syn::parse_file(text).map_err(|error| {
            let help = "this is a fault of the generator; please report it";
            Errors::from(Diagnostic::new(Kind::Internal, format!("the output is not Rust: {error}")).help(help))
        })?;
        let mut names = Names { renamed, aliases: BTreeMap::new() };
        for item in &file.items {
            if let syn::Item::Type(alias) = item {
                names.aliases.insert(alias.ident.to_string(), alias.ty.to_token_stream());
            }
        }
        let mut items: BTreeMap<String, Item> = BTreeMap::new();
        for item in &file.items {
            if let Some((name, found)) = names.item(item) {
                items.insert(name, found);
            }
        }
        let written =
            file.items.iter().filter_map(|item| if let syn::Item::Impl(block) = item { Some(block) } else { None });
        written.chain(&tables::impls(text)).for_each(|block| names.add(block, &mut items));
        Ok(Self { items })
    }
}

impl Item {
    fn new(sort: Sort, attributes: &[syn::Attribute]) -> Self {
        Self {
            sort,
            non_exhaustive: has(attributes, "non_exhaustive"),
            members: BTreeMap::new(),
            has_private: false,
            methods: BTreeMap::new(),
            traits: derived(attributes),
            alias: TokenStream::new(),
        }
    }

    /// What an alias stands for, as text.
    pub(crate) fn alias(&self) -> String {
        self.alias.to_string()
    }

    /// Whether an expression of the struct's name and all its fields makes one.
    pub(crate) fn is_constructible(&self) -> bool {
        !self.non_exhaustive && !self.has_private
    }
}

/// The names of types, and what they are to be read as.
struct Names<'a> {
    renamed: &'a BTreeMap<String, String>,
    aliases: BTreeMap<String, TokenStream>,
}

impl Names<'_> {
    fn name(&self, ident: &syn::Ident) -> String {
        let name = ident.to_string();
        self.renamed.get(&name).cloned().unwrap_or(name)
    }

    fn item(&self, item: &syn::Item) -> Option<(String, Item)> {
        match item {
            syn::Item::Struct(found) => {
                let sort = if matches!(found.fields, Fields::Named(_)) { Sort::Struct } else { Sort::TupleStruct };
                let mut item = Item::new(sort, &found.attrs);
                self.fields(&found.fields, &mut item);
                Some((self.name(&found.ident), item))
            }
            syn::Item::Enum(found) => {
                let mut item = Item::new(Sort::Enum, &found.attrs);
                for variant in &found.variants {
                    let ty = self.text(variant.fields.to_token_stream());
                    let member = Member { ty, deprecated: has(&variant.attrs, "deprecated") };
                    item.members.insert(variant.ident.to_string(), member);
                }
                Some((self.name(&found.ident), item))
            }
            syn::Item::Type(found) => {
                let mut item = Item::new(Sort::Alias, &found.attrs);
                item.alias = self.resolved(found.ty.to_token_stream(), ALIASES);
                Some((self.name(&found.ident), item))
            }
            _ => None,
        }
    }

    fn fields(&self, fields: &Fields, item: &mut Item) {
        for (index, field) in fields.iter().enumerate() {
            if !matches!(field.vis, Visibility::Public(_)) {
                item.has_private = true;
                continue;
            }
            let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
            let member = Member { ty: self.ty(&field.ty), deprecated: has(&field.attrs, "deprecated") };
            item.members.insert(name, member);
        }
    }

    /// Adds what an `impl` gives to its type.
    fn add(&self, block: &syn::ItemImpl, items: &mut BTreeMap<String, Item>) {
        let Type::Path(path) = &*block.self_ty else { return };
        let Some(item) = path.path.get_ident().and_then(|ident| items.get_mut(&self.name(ident))) else { return };
        if let Some((path, _)) = &block.trait_ {
            let text = self.text(path.to_token_stream());
            if !text.starts_with("runtime") {
                item.traits.insert(text);
            }
            return;
        }
        for method in &block.items {
            if let ImplItem::Fn(method) = method {
                if matches!(method.vis, Visibility::Public(_)) {
                    item.methods.insert(method.sig.ident.to_string(), self.method(&method.sig));
                }
            }
        }
    }

    fn method(&self, signature: &syn::Signature) -> Method {
        let parameters = signature.inputs.iter().map(|input| match input {
            FnArg::Receiver(receiver) => ("self".to_owned(), self.text(receiver.to_token_stream())),
            FnArg::Typed(typed) => (typed.pat.to_token_stream().to_string(), self.ty(&typed.ty)),
        });
        let gives = match &signature.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => self.ty(ty),
        };
        Method { parameters: parameters.collect(), gives }
    }

    fn ty(&self, ty: &Type) -> String {
        self.text(ty.to_token_stream())
    }

    fn text(&self, tokens: TokenStream) -> String {
        shown(&self.resolved(tokens, ALIASES).to_string())
    }

    /// The tokens with what aliases stand for in their place, and types called as they are now.
    /// What follows `::` is another crate's.
    fn resolved(&self, tokens: TokenStream, depth: usize) -> TokenStream {
        let mut in_path = false;
        let mut resolved = TokenStream::new();
        for token in tokens {
            let follows =
                std::mem::replace(&mut in_path, matches!(&token, TokenTree::Punct(it) if it.as_char() == ':'));
            match &token {
                TokenTree::Ident(ident) if !follows => match self.aliases.get(&ident.to_string()) {
                    Some(alias) if depth > 0 => resolved.extend(self.resolved(alias.clone(), depth - 1)),
                    _ => resolved.extend(match self.renamed.get(&ident.to_string()) {
                        Some(name) => crate::refine::ident(name).to_token_stream(),
                        None => ident.to_token_stream(),
                    }),
                },
                TokenTree::Group(group) => {
                    let inner = self.resolved(group.stream(), depth);
                    resolved.extend([TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inner))]);
                }
                _ => resolved.extend([token]),
            }
        }
        resolved
    }
}

/// How many aliases are followed; the output has no alias that leads to itself.
const ALIASES: usize = 32;

/// Tokens as people write them.
fn shown(tokens: &str) -> String {
    let mut text = tokens.to_owned();
    for (spaced, plain) in
        [(" < ", "<"), (" >", ">"), ("> ", ">"), (" :: ", "::"), (":: ", "::"), (" ::", "::"), ("& ", "&"), (" ,", ",")]
    {
        text = text.replace(spaced, plain);
    }
    text.replace(",::", ", ::").replace("::serde_json::", "serde_json::").replace("::std::collections::", "")
}

fn has(attributes: &[syn::Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

fn derived(attributes: &[syn::Attribute]) -> BTreeSet<String> {
    let lists = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let lists = lists.filter_map(|attribute| attribute.meta.require_list().ok());
    lists
        .flat_map(|list| list.tokens.to_string().split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>())
        .collect()
}
