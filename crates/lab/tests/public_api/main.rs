//! Compares the public items of each published library with a list in `lists/`, one line for each item, so that none is
//! changed by accident. `EXPECTORATE=overwrite cargo test -p lab --test public_api` writes the lists anew; the
//! difference belongs in the review, and a breaking one in `CHANGELOG.md`.
//!
//! The items are read from the sources, with all features. Items that a macro makes are listed by the name of the
//! macro.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

mod source;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use source::CrateSource;
use syn::{Attribute, Fields, ImplItem, Item, Visibility};

/// The published libraries as (name, root file, files that it includes with `include!`). The files are relative to the
/// workspace.
const PUBLISHED_LIBRARIES: &[(&str, &str, &[&str])] = &[
    ("json-schema-codegen", "crates/json-schema-codegen/src/lib.rs", &[]),
    ("json-schema-instances", "crates/json-schema-instances/src/lib.rs", &[]),
    ("webex-event", "src/lib.rs", &["generated/event.rs", "generated/event_schemars.rs"]),
];

/// The types that users may build or match in full, as (name, reason). All other types with public fields or variants
/// are `#[non_exhaustive]`, so that one more field or variant breaks no program.
const EXHAUSTIVE_TYPES: &[(&str, &str)] =
    &[("Bump", "a version has three numbers"), ("Verdict", "whoever decides by it has to decide for each")];

/// Returns the path of the workspace.
fn find_workspace_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Reads the sources of a library of [`PUBLISHED_LIBRARIES`]: `root` is its root file, and `included` has the files
/// that it includes.
fn read_library(root: &str, included: &[&str]) -> CrateSource {
    let included: Vec<PathBuf> = included.iter().map(|file| find_workspace_folder().join(file)).collect();
    CrateSource::read_crate(&find_workspace_folder().join(root), &included)
}

#[test]
fn public_items_of_each_library_are_as_listed() {
    let mut different = Vec::new();
    for (name, root, included) in PUBLISHED_LIBRARIES {
        let list: String =
            list_public_items(&read_library(root, included)).iter().map(|line| format!("{line}\n")).collect();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/public_api/lists/{name}.txt"));
        if std::panic::catch_unwind(|| expectorate::assert_contents(file, &list)).is_err() {
            different.push(*name);
        }
    }
    assert!(
        different.is_empty(),
        "the public items of {different:?} have changed; if that is wanted, run\n    \
         EXPECTORATE=overwrite cargo test -p lab --test public_api\nand read the difference"
    );
}

#[test]
fn types_with_public_fields_or_variants_are_non_exhaustive() {
    let mut found = BTreeSet::new();
    for (_, root, included) in PUBLISHED_LIBRARIES {
        for (_, item) in read_library(root, included).list_public_items_with_paths() {
            let (name, attributes) = match item {
                Item::Enum(item) => (&item.ident, &item.attrs),
                Item::Struct(item) if can_be_built_by_literal(&item.fields) => (&item.ident, &item.attrs),
                _ => continue,
            };
            if !has_attribute(attributes, "non_exhaustive") {
                found.insert(name.to_string());
            }
        }
    }
    let allowed: BTreeSet<String> = EXHAUSTIVE_TYPES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(found, allowed, "types that are not `#[non_exhaustive]`, and those that may be so");
}

/// Checks whether users can write a struct with these fields as a literal: it has fields, and all are public.
fn can_be_built_by_literal(fields: &Fields) -> bool {
    !fields.is_empty() && fields.iter().all(|field| matches!(field.vis, Visibility::Public(_)))
}

/// Returns a line for each public item of a library, sorted: types, fields, variants, functions, impls, and calls of
/// macros.
fn list_public_items(source: &CrateSource) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (module, item) in source.list_public_items_with_paths() {
        let module = module.strip_prefix("::").map(|module| format!("{module}::")).unwrap_or_default();
        match item {
            Item::Struct(item) => {
                let name = format!("{module}{}{}", item.ident, format_code(&item.generics));
                lines.insert(format!("struct {name}{}", format_attributes(&item.attrs)));
                let fields =
                    item.fields.iter().enumerate().filter(|(_, field)| matches!(field.vis, Visibility::Public(_)));
                lines.extend(fields.map(|(index, field)| {
                    let field_name = field.ident.as_ref().map_or(index.to_string(), ToString::to_string);
                    format!("struct {name}: field {field_name}: {}", format_code(&field.ty))
                }));
                lines.extend(list_impl_items(source, &item.ident.to_string(), &format!("struct {name}")));
            }
            Item::Enum(item) => {
                let name = format!("{module}{}{}", item.ident, format_code(&item.generics));
                lines.insert(format!("enum {name}{}", format_attributes(&item.attrs)));
                let variants = item.variants.iter();
                lines.extend(variants.map(|variant| {
                    format!("enum {name}: variant {}{}", variant.ident, format_fields(&variant.fields))
                }));
                lines.extend(list_impl_items(source, &item.ident.to_string(), &format!("enum {name}")));
            }
            Item::Fn(item) => drop(lines.insert(format_signature(&item.sig, &module))),
            Item::Const(item) => drop(lines.insert(format!("const {module}{}: {}", item.ident, format_code(&item.ty)))),
            Item::Type(item) => drop(lines.insert(format!("type {module}{} = {}", item.ident, format_code(&item.ty)))),
            Item::Trait(item) => drop(lines.insert(format!("trait {module}{}", format_code(item)))),
            other => panic!("no line for the public item {}", format_code(other)),
        }
    }
    lines.extend(source.list_macros().flat_map(list_macro_items));
    lines
}

/// Returns a line for each public function, constant and trait in the impls of the type `name`. Each line begins with
/// `before`.
fn list_impl_items(source: &CrateSource, name: &str, before: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for block in source.find_impls(name) {
        if let Some((path, _)) = &block.trait_ {
            let path = format_code(path);
            // A trait of the crate's own, such as `super::Inspect`, is no user's.
            if !path.starts_with("super::") && !path.starts_with("runtime::") {
                lines.push(format!("{before}: impl {path}"));
            }
            continue;
        }
        for item in &block.items {
            match item {
                ImplItem::Fn(item) if matches!(item.vis, Visibility::Public(_)) => {
                    lines.push(format!("{before}: {}", format_signature(&item.sig, "")));
                }
                ImplItem::Const(item) if matches!(item.vis, Visibility::Public(_)) => {
                    lines.push(format!("{before}: const {}: {}", item.ident, format_code(&item.ty)));
                }
                _ => {}
            }
        }
    }
    lines
}

/// Returns the lines for a macro of generated code. A call has one line, with the type that it implements functions and
/// traits for; a definition has a line for each impl and each public function that it makes.
fn list_macro_items(item: &syn::ItemMacro) -> Vec<String> {
    let Some(name) = &item.ident else {
        let first = item.mac.tokens.clone().into_iter().next();
        let called = item.mac.path.segments.last().map(|last| last.ident.to_string());
        return first.zip(called).map(|(ty, called)| format!("macro {called}! for {ty}")).into_iter().collect();
    };
    let text = remove_token_spaces(&item.mac.tokens.to_string());
    let heads = ["impl", "pub fn "].into_iter().flat_map(|start| {
        let heads = text.match_indices(start).filter_map(|(at, _)| text[at..].split_once('{').map(|(head, _)| head));
        heads.map(|head| format!("macro {name}!: {}", head.trim())).collect::<Vec<_>>()
    });
    // Traits of the output's own are no user's.
    heads.filter(|line| line.contains(" fn ") || line.contains(" for ") && !line.contains("impl runtime::")).collect()
}

/// Formats the head of a function, with the module path `path` before its name: `fn changes::compare(old: &Generated)`.
/// The `mut` of parameters is left out.
fn format_signature(signature: &syn::Signature, path: &str) -> String {
    let name = &signature.ident;
    let head = format_code(signature).replace("(mut ", "(").replace(", mut ", ", ");
    head.replacen(&format!("fn {name}"), &format!("fn {path}{name}"), 1)
}

/// Formats the fields of a variant without their attributes: `(String)`; empty for a variant without fields.
fn format_fields(fields: &Fields) -> String {
    let mut fields = fields.clone();
    fields.iter_mut().for_each(|field| field.attrs.clear());
    format_code(&fields)
}

/// Formats the derived traits and the `#[non_exhaustive]` of a type, such as ` (derives Clone, Debug; non_exhaustive)`;
/// empty if it has neither.
fn format_attributes(attributes: &[Attribute]) -> String {
    let mut marks = Vec::new();
    for derive in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        marks.push(format!("derives {}", remove_token_spaces(&derive.meta.require_list().unwrap().tokens.to_string())));
    }
    if has_attribute(attributes, "non_exhaustive") {
        marks.push("non_exhaustive".to_owned());
    }
    if marks.is_empty() { String::new() } else { format!(" ({})", marks.join("; ")) }
}

/// Checks whether `attributes` contain an attribute with the name `name`.
fn has_attribute(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// Formats a piece of code as text on one line, with the spaces that people write.
fn format_code(code: &impl ToTokens) -> String {
    remove_token_spaces(&code.to_token_stream().to_string())
}

/// Removes the spaces between tokens that people do not write: `Vec < & str >` becomes `Vec<&str>`.
fn remove_token_spaces(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" ,", ","),
        (" :", ":"),
        ("( ", "("),
        (" )", ")"),
        (" (", "("),
        ("[ ", "["),
        (" ]", "]"),
        (" ;", ";"),
        ("' ", "'"),
        ("-> ::", "-> "),
        ("$ ", "$"),
    ] {
        text = text.replace(from, to);
    }
    text.replace("->", " -> ")
        .replace("=(", "= (")
        .replace('{', " {")
        .replace("impl::", "impl ::")
        .replace("  ", " ")
        .replace(",)", ")")
        .replace(",>", ">")
}
