//! Reads the public items of the generated types: everything that a dependent crate can name.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Fields, FnArg, ImplItem, ReturnType, Type, Visibility};

use crate::changes::tables;
use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors};

/// The public types of one version of the output, by their Rust names.
pub(crate) struct PublicApi {
    pub(crate) items: BTreeMap<String, PublicType>,
}

/// A public type, with everything of it that a dependent crate can name.
pub(crate) struct PublicType {
    pub(crate) kind: PublicTypeKind,
    /// Whether the type has the attribute `#[non_exhaustive]`.
    pub(crate) non_exhaustive: bool,
    /// The public fields or the variants by their Rust names; tuple fields have the names `0`, `1` and so on.
    pub(crate) members: BTreeMap<String, PublicMember>,
    /// Whether the struct has a field that is not public.
    pub(crate) has_private_field: bool,
    /// The public methods by their names.
    pub(crate) methods: BTreeMap<String, PublicMethod>,
    /// The traits that the type derives or implements, as text such as `From<&str>`. Private traits of the runtime are
    /// left out.
    pub(crate) traits: BTreeSet<String>,
    /// The tokens of the type that an alias stands for; empty unless this item is an alias.
    alias: TokenStream,
}

/// The kind of a public type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PublicTypeKind {
    Struct,
    /// A struct with unnamed fields, or none.
    TupleStruct,
    Enum,
    /// A type alias: `type Id = String;`.
    Alias,
}

/// A public field or a variant.
pub(crate) struct PublicMember {
    /// The type of the field, or the fields of the variant (`(Card)`), with aliases resolved; empty for a variant
    /// without fields.
    pub(crate) ty: String,
    /// Whether the field or variant has the attribute `#[deprecated]`.
    pub(crate) deprecated: bool,
}

/// A public method.
#[derive(PartialEq, Eq)]
pub(crate) struct PublicMethod {
    /// The names and types of the parameters in order, with aliases resolved.
    pub(crate) parameters: Vec<(String, String)>,
    /// The return type with aliases resolved; empty if there is none.
    pub(crate) output: String,
}

impl PublicApi {
    /// Reads the public types from `text`, the generated Rust code. To make two versions comparable as text, replaces
    /// the old names in `renamed` (new name by old name) by the new names, and aliases by the types that they stand
    /// for.
    ///
    /// # Errors
    /// If `text` is not valid Rust, which is a fault of the generator.
    pub(crate) fn parse_generated_code(text: &str, renamed: &BTreeMap<String, String>) -> Result<Self, Errors> {
        let file = syn::parse_file(text).map_err(|error| {
            let help = "this is a fault of the generator: please report it with the schema";
            Errors::from(
                Diagnostic::new(DiagnosticKind::Internal, format!("the generated types are not valid Rust: {error}"))
                    .with_help(help),
            )
        })?;
        let mut reader = ApiReader { renamed, aliases: BTreeMap::new() };
        for item in &file.items {
            if let syn::Item::Type(alias) = item {
                reader.aliases.insert(alias.ident.to_string(), alias.ty.to_token_stream());
            }
        }
        let mut items: BTreeMap<String, PublicType> = BTreeMap::new();
        let views = tables::expand_view_macros(text);
        for item in file.items.iter().chain(&views) {
            if let Some((name, found)) = reader.read_type_item(item) {
                items.insert(name, found);
            }
        }
        let explicit = file.items.iter().chain(&views);
        let explicit_impls =
            explicit.filter_map(|item| if let syn::Item::Impl(block) = item { Some(block) } else { None });
        explicit_impls.chain(&tables::expand_macro_impls(text)).for_each(|block| reader.add_impl(block, &mut items));
        Ok(Self { items })
    }
}

impl PublicType {
    /// Creates a type of this kind that has no members, no methods and only the traits that `attributes` derive.
    fn new(kind: PublicTypeKind, attributes: &[syn::Attribute]) -> Self {
        Self {
            kind,
            non_exhaustive: has_attribute(attributes, "non_exhaustive"),
            members: BTreeMap::new(),
            has_private_field: false,
            methods: BTreeMap::new(),
            traits: read_derived_traits(attributes),
            alias: TokenStream::new(),
        }
    }

    /// Returns the type that an alias stands for as text; empty unless this item is an alias.
    pub(crate) fn format_alias_target(&self) -> String {
        self.alias.to_string()
    }

    /// Checks whether a dependent crate can build the struct with a struct literal.
    pub(crate) fn allows_struct_literal(&self) -> bool {
        !self.non_exhaustive && !self.has_private_field
    }
}

/// Reads the items of the generated code, and replaces old type names and aliases in them.
struct ApiReader<'a> {
    /// The new Rust names of renamed types by the old names.
    renamed: &'a BTreeMap<String, String>,
    /// The types for which the aliases in the generated code stand, by the names of the aliases.
    aliases: BTreeMap<String, TokenStream>,
}

impl ApiReader<'_> {
    /// Returns the name of the type `ident` in the new version; its own name if the type was not renamed.
    fn find_new_name(&self, ident: &syn::Ident) -> String {
        let name = ident.to_string();
        self.renamed.get(&name).cloned().unwrap_or(name)
    }

    /// Reads a struct, an enum or an alias, and returns it with its name in the new version. The item has no methods
    /// and only derived traits yet; [`Self::add_impl`] adds the others. `None` for any other Rust item.
    fn read_type_item(&self, item: &syn::Item) -> Option<(String, PublicType)> {
        match item {
            syn::Item::Struct(found) => {
                let kind = if matches!(found.fields, Fields::Named(_)) {
                    PublicTypeKind::Struct
                } else {
                    PublicTypeKind::TupleStruct
                };
                let mut item = PublicType::new(kind, &found.attrs);
                self.add_fields(&found.fields, &mut item);
                Some((self.find_new_name(&found.ident), item))
            }
            syn::Item::Enum(found) => {
                let mut item = PublicType::new(PublicTypeKind::Enum, &found.attrs);
                for variant in &found.variants {
                    let ty = self.format_resolved_tokens(variant.fields.to_token_stream());
                    let member = PublicMember { ty, deprecated: has_attribute(&variant.attrs, "deprecated") };
                    item.members.insert(variant.ident.to_string(), member);
                }
                Some((self.find_new_name(&found.ident), item))
            }
            syn::Item::Type(found) => {
                let mut item = PublicType::new(PublicTypeKind::Alias, &found.attrs);
                item.alias = self.resolve_aliases(found.ty.to_token_stream(), MAX_ALIAS_DEPTH);
                Some((self.find_new_name(&found.ident), item))
            }
            _ => None,
        }
    }

    /// Adds the public ones of `fields` to the members of `item`, and records whether there is a private field.
    fn add_fields(&self, fields: &Fields, item: &mut PublicType) {
        for (index, field) in fields.iter().enumerate() {
            if !matches!(field.vis, Visibility::Public(_)) {
                item.has_private_field = true;
                continue;
            }
            let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
            let member = PublicMember {
                ty: self.format_resolved_type(&field.ty),
                deprecated: has_attribute(&field.attrs, "deprecated"),
            };
            item.members.insert(name, member);
        }
    }

    /// Adds the public methods or the trait of the `impl` block to the type in `items` that it is for. Ignores the
    /// block if `items` does not have the type, or if the trait is one of the runtime, which dependent crates cannot
    /// name.
    fn add_impl(&self, block: &syn::ItemImpl, items: &mut BTreeMap<String, PublicType>) {
        let Type::Path(path) = &*block.self_ty else { return };
        let Some(item) = path.path.get_ident().and_then(|ident| items.get_mut(&self.find_new_name(ident))) else {
            return;
        };
        if let Some((path, _)) = &block.trait_ {
            let text = self.format_resolved_tokens(path.to_token_stream());
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

    /// Reads the parameters and the return type of a method.
    fn read_method(&self, signature: &syn::Signature) -> PublicMethod {
        let parameters = signature.inputs.iter().map(|input| match input {
            FnArg::Receiver(receiver) => ("self".to_owned(), self.format_resolved_tokens(receiver.to_token_stream())),
            FnArg::Typed(typed) => (typed.pat.to_token_stream().to_string(), self.format_resolved_type(&typed.ty)),
        });
        let output = match &signature.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => self.format_resolved_type(ty),
        };
        PublicMethod { parameters: parameters.collect(), output }
    }

    /// Formats a type as text, with aliases and old names replaced.
    fn format_resolved_type(&self, ty: &Type) -> String {
        self.format_resolved_tokens(ty.to_token_stream())
    }

    /// Formats Rust tokens as text, with aliases and old names replaced.
    fn format_resolved_tokens(&self, tokens: TokenStream) -> String {
        remove_token_spaces(&self.resolve_aliases(tokens, MAX_ALIAS_DEPTH).to_string())
    }

    /// Replaces aliases in `tokens` by the types that they stand for, and old type names by the new ones. Follows at
    /// most `depth` aliases inside one another. Names after `::` stay, since they belong to another crate; so do names
    /// before `=`, which are associated types, such as `Item` in `Iterator<Item = Order>`.
    fn resolve_aliases(&self, tokens: TokenStream, depth: usize) -> TokenStream {
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
                        Some(alias) if depth > 0 => resolved.extend(self.resolve_aliases(alias.clone(), depth - 1)),
                        _ => resolved.extend(match self.renamed.get(&ident.to_string()) {
                            Some(name) => crate::refine::make_ident(name).to_token_stream(),
                            None => ident.to_token_stream(),
                        }),
                    }
                }
                TokenTree::Group(group) => {
                    let inner = self.resolve_aliases(group.stream(), depth);
                    resolved.extend([TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inner))]);
                }
                _ => resolved.extend([token]),
            }
        }
        resolved
    }
}

/// Most aliases inside one another that are followed. The generator writes no alias that refers to itself, so this only
/// keeps a fault of the generator from causing an endless loop.
const MAX_ALIAS_DEPTH: usize = 32;

/// Removes the spaces that `proc_macro2` puts between tokens, and shortens paths: `Vec < :: serde_json :: Value >`
/// becomes `Vec<serde_json::Value>`.
fn remove_token_spaces(tokens: &str) -> String {
    let mut text = tokens.to_owned();
    for (spaced, plain) in
        [(" < ", "<"), (" >", ">"), ("> ", ">"), (" :: ", "::"), (":: ", "::"), (" ::", "::"), ("& ", "&"), (" ,", ",")]
    {
        text = text.replace(spaced, plain);
    }
    text.replace(",::", ", ::").replace("::serde_json::", "serde_json::").replace("::std::collections::", "")
}

/// Checks whether `attributes` contain an attribute with the name `name`, such as `deprecated`.
fn has_attribute(attributes: &[syn::Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// Returns the names of the traits in all `#[derive(…)]` attributes among `attributes`.
fn read_derived_traits(attributes: &[syn::Attribute]) -> BTreeSet<String> {
    let lists = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let lists = lists.filter_map(|attribute| attribute.meta.require_list().ok());
    lists
        .flat_map(|list| list.tokens.to_string().split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>())
        .collect()
}
