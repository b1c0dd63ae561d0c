//! Checks that generated text contains only types and impls.

use pulldown_cmark::{Event, Options, Parser, Tag};
use syn::visit::{self, Visit};

/// Checks that `text` is Rust that contains only types, impls and macro calls of the runtime with a table, that it has
/// neither control characters nor bidirectional characters, and that its documentation has no HTML and no code that
/// rustdoc would run. Panics otherwise.
pub fn check_generated_text(text: &str) {
    let file = syn::parse_file(text).expect("the output is Rust");
    for item in &file.items {
        let is_expected = match item {
            syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Type(_) | syn::Item::Impl(_) => true,
            syn::Item::Use(_) => true,
            syn::Item::Macro(item) => is_table_macro_call(&item.mac),
            syn::Item::Mod(module) => {
                module.ident == "runtime" || ["error", "json_schema"].iter().any(|name| module.ident == name)
            }
            _ => false,
        };
        assert!(is_expected, "the output has an item that is neither a type nor an impl");
    }
    assert!(file.attrs.is_empty(), "the output has an attribute of the whole file");
    let rejected = text.chars().find(|c| (c.is_control() && *c != '\n') || is_bidirectional_character(*c));
    assert_eq!(rejected, None, "the output has a character that rustc rejects");
    AttributeChecker.visit_file(&file);
}

/// The names of the runtime's macros that take a table.
const TABLE_MACROS: &[&str] = &[
    "candidate_closed_json_values",
    "candidate_closed_values",
    "candidate_json_values",
    "candidate_properties",
    "candidate_properties_or_others",
    "candidate_values",
    "closed_json_values",
    "closed_values",
    "json_values",
    "lenient_always",
    "lenient_by_value",
    "lenient_candidate_properties",
    "lenient_properties",
    "lenient_text",
    "access",
    "map_type",
    "newtype",
    "properties",
    "properties_or_others",
    "values",
    "variants",
];

/// Checks whether a macro call passes a table to the runtime, such as `runtime::properties! { … }`, and has no `!` in
/// it, so that it calls no other macro.
fn is_table_macro_call(table: &syn::Macro) -> bool {
    let path: Vec<String> = table.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let is_known =
        path.first().is_some_and(|first| first == "runtime") && path.len() == 2 && TABLE_MACROS.contains(&&*path[1]);
    is_known && !table.tokens.clone().into_iter().any(|token| token.to_string() == "!")
}

/// Checks whether `c` changes the direction of text, which can hide code from a reader.
fn is_bidirectional_character(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Visits all items outside the runtime and the `JsonSchema` impls, and checks their attributes.
struct AttributeChecker;

impl<'a> Visit<'a> for AttributeChecker {
    fn visit_item(&mut self, item: &'a syn::Item) {
        match item {
            syn::Item::Struct(item) => check_attributes(&item.attrs),
            syn::Item::Enum(item) => check_attributes(&item.attrs),
            syn::Item::Type(item) => check_attributes(&item.attrs),
            syn::Item::Mod(item) if item.ident == "runtime" || item.ident == "json_schema" => return,
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_field(&mut self, field: &'a syn::Field) {
        check_attributes(&field.attrs);
    }

    fn visit_variant(&mut self, variant: &'a syn::Variant) {
        check_attributes(&variant.attrs);
    }
}

/// Checks that all of `attributes` are known, and that the documentation among them has no code block, HTML, image or
/// footnote. Panics otherwise.
fn check_attributes(attributes: &[syn::Attribute]) {
    let mut docs = String::new();
    for attribute in attributes {
        let path = attribute.path();
        let known = ["doc", "derive", "non_exhaustive", "deprecated", "allow"];
        assert!(known.iter().any(|name| path.is_ident(name)), "the output has an unknown attribute");
        let syn::Meta::NameValue(value) = &attribute.meta else { continue };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &value.value else {
            panic!("the output has documentation that is not a string literal")
        };
        docs.push_str(text.value().strip_prefix(' ').unwrap_or(&text.value()));
        docs.push('\n');
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(&docs, options) {
        let is_active = match &event {
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => true,
            Event::Start(tag) => {
                matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. } | Tag::FootnoteDefinition(_))
            }
            _ => false,
        };
        assert!(!is_active, "the documentation has an active part: {event:?} in {docs:?}");
    }
}
