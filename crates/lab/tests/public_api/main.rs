//! Holds the public items of each published library to a list in `lists/`, one line an item, so that no change of
//! them is made by accident. `EXPECTORATE=overwrite cargo test -p lab --test public_api` writes the lists anew; the
//! difference belongs in the review, and a breaking one in `CHANGELOG.md`.
//!
//! The items are read from the sources, with all features. What a macro makes is listed by the macro.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

mod source;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use source::Source;
use syn::{Attribute, Fields, ImplItem, Item, Visibility};

/// The published libraries: (name, root file, files that it includes), the files relative to the workspace.
const LIBRARIES: &[(&str, &str, &[&str])] = &[
    ("json-schema-codegen", "crates/json-schema-codegen/src/lib.rs", &[]),
    ("json-schema-instances", "crates/json-schema-instances/src/lib.rs", &[]),
    ("webex-event", "src/lib.rs", &["generated/event.rs", "generated/event_schemars.rs"]),
];

/// Types that may be made or matched in full by users, with the reason. All others with public fields or variants
/// are `#[non_exhaustive]`, so that one more breaks no program.
const EXHAUSTIVE: &[(&str, &str)] =
    &[("Bump", "a version has three numbers"), ("Verdict", "whoever decides by it has to decide for each")];

/// Returns the path of the workspace.
fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Reads a library of [`LIBRARIES`].
fn read(root: &str, included: &[&str]) -> Source {
    let included: Vec<PathBuf> = included.iter().map(|file| project().join(file)).collect();
    Source::read(&project().join(root), &included)
}

#[test]
fn public_items_are_as_listed() {
    let mut different = Vec::new();
    for (name, root, included) in LIBRARIES {
        let list: String = lines(&read(root, included)).iter().map(|line| format!("{line}\n")).collect();
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
fn types_that_can_grow_are_non_exhaustive() {
    let mut found = BTreeSet::new();
    for (_, root, included) in LIBRARIES {
        for (_, item) in read(root, included).public_items() {
            let (name, attributes) = match item {
                Item::Enum(item) => (&item.ident, &item.attrs),
                Item::Struct(item) if is_made_by_users(&item.fields) => (&item.ident, &item.attrs),
                _ => continue,
            };
            if !has_attribute(attributes, "non_exhaustive") {
                found.insert(name.to_string());
            }
        }
    }
    let allowed: BTreeSet<String> = EXHAUSTIVE.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(found, allowed, "types that are not `#[non_exhaustive]`, and those that may be so");
}

/// Checks whether users could write a struct with these fields as a literal: it has fields, and all are public.
fn is_made_by_users(fields: &Fields) -> bool {
    !fields.is_empty() && fields.iter().all(|field| matches!(field.vis, Visibility::Public(_)))
}

/// Returns the lines of all public items, sorted.
fn lines(source: &Source) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (module, item) in source.public_items() {
        let module = module.strip_prefix("::").map(|module| format!("{module}::")).unwrap_or_default();
        match item {
            Item::Struct(item) => {
                let name = format!("{module}{}{}", item.ident, tokens(&item.generics));
                lines.insert(format!("struct {name}{}", marks(&item.attrs)));
                let fields =
                    item.fields.iter().enumerate().filter(|(_, field)| matches!(field.vis, Visibility::Public(_)));
                lines.extend(fields.map(|(index, field)| {
                    let field_name = field.ident.as_ref().map_or(index.to_string(), ToString::to_string);
                    format!("struct {name}: field {field_name}: {}", tokens(&field.ty))
                }));
                lines.extend(impl_lines(source, &item.ident.to_string(), &format!("struct {name}")));
            }
            Item::Enum(item) => {
                let name = format!("{module}{}{}", item.ident, tokens(&item.generics));
                lines.insert(format!("enum {name}{}", marks(&item.attrs)));
                let variants = item.variants.iter();
                lines.extend(
                    variants
                        .map(|variant| format!("enum {name}: variant {}{}", variant.ident, fields(&variant.fields))),
                );
                lines.extend(impl_lines(source, &item.ident.to_string(), &format!("enum {name}")));
            }
            Item::Fn(item) => drop(lines.insert(signature(&item.sig, &module))),
            Item::Const(item) => drop(lines.insert(format!("const {module}{}: {}", item.ident, tokens(&item.ty)))),
            Item::Type(item) => drop(lines.insert(format!("type {module}{} = {}", item.ident, tokens(&item.ty)))),
            Item::Trait(item) => drop(lines.insert(format!("trait {module}{}", tokens(item)))),
            other => panic!("no line for the public item {}", tokens(other)),
        }
    }
    lines.extend(source.macros().flat_map(macro_lines));
    lines
}

/// Returns the lines of the public functions and the traits that the impls of a type have, each after `before`.
fn impl_lines(source: &Source, name: &str, before: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for block in source.impls(name) {
        if let Some((path, _)) = &block.trait_ {
            let path = tokens(path);
            // A trait of the crate's own, such as `super::Inspect`, is no user's.
            if !path.starts_with("super::") && !path.starts_with("runtime::") {
                lines.push(format!("{before}: impl {path}"));
            }
            continue;
        }
        for item in &block.items {
            match item {
                ImplItem::Fn(item) if matches!(item.vis, Visibility::Public(_)) => {
                    lines.push(format!("{before}: {}", signature(&item.sig, "")));
                }
                ImplItem::Const(item) if matches!(item.vis, Visibility::Public(_)) => {
                    lines.push(format!("{before}: const {}: {}", item.ident, tokens(&item.ty)));
                }
                _ => {}
            }
        }
    }
    lines
}

/// Returns the lines of a macro of generated code. For a call: the type that it implements traits and functions
/// for. For a definition: the impls, and the public functions, that it makes of a table.
fn macro_lines(item: &syn::ItemMacro) -> Vec<String> {
    let Some(name) = &item.ident else {
        let first = item.mac.tokens.clone().into_iter().next();
        let called = item.mac.path.segments.last().map(|last| last.ident.to_string());
        return first.zip(called).map(|(ty, called)| format!("macro {called}! for {ty}")).into_iter().collect();
    };
    let text = squeeze(&item.mac.tokens.to_string());
    let heads = ["impl", "pub fn "].into_iter().flat_map(|start| {
        let heads = text.match_indices(start).filter_map(|(at, _)| text[at..].split_once('{').map(|(head, _)| head));
        heads.map(|head| format!("macro {name}!: {}", head.trim())).collect::<Vec<_>>()
    });
    // Traits of the output's own are no user's.
    heads.filter(|line| line.contains(" fn ") || line.contains(" for ") && !line.contains("impl runtime::")).collect()
}

/// Returns the head of a function, with `path` before its name: `fn changes::compare(old: &Generated)`. The `mut` of
/// parameters is left out.
fn signature(signature: &syn::Signature, path: &str) -> String {
    let name = &signature.ident;
    let head = tokens(signature).replace("(mut ", "(").replace(", mut ", ", ");
    head.replacen(&format!("fn {name}"), &format!("fn {path}{name}"), 1)
}

/// Returns the fields of a variant without their documentation: `(String)`; empty if it has none.
fn fields(fields: &Fields) -> String {
    let mut fields = fields.clone();
    fields.iter_mut().for_each(|field| field.attrs.clear());
    tokens(&fields)
}

/// Returns the derived traits and `#[non_exhaustive]` of a type, such as ` (derives Clone, Debug; non_exhaustive)`.
fn marks(attributes: &[Attribute]) -> String {
    let mut marks = Vec::new();
    for derive in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        marks.push(format!("derives {}", squeeze(&derive.meta.require_list().unwrap().tokens.to_string())));
    }
    if has_attribute(attributes, "non_exhaustive") {
        marks.push("non_exhaustive".to_owned());
    }
    if marks.is_empty() { String::new() } else { format!(" ({})", marks.join("; ")) }
}

/// Checks whether one of the attributes has the name `name`.
fn has_attribute(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// Returns the tokens of a piece of code as text on one line, without documentation.
fn tokens(code: &impl ToTokens) -> String {
    squeeze(&code.to_token_stream().to_string())
}

/// Takes out the spaces between tokens that nobody writes: `Vec < & str >` becomes `Vec<&str>`.
fn squeeze(text: &str) -> String {
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
