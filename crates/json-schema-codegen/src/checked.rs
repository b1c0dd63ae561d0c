//! Checks the settings that are copied into the output, so that no code can be smuggled in: paths of
//! types and of traits, names of types, attributes, and the URL before links.

use syn::parse::Parser as _;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::settings::{Mismatch, OptionalCollections, Settings, UnknownFields};

impl Settings {
    /// Checks the settings whose texts are copied into the output: Rust paths (in `formats`, `types`, `replace`,
    /// `number_type`, `map_type` and `derives`), new names of types, `attributes` and `doc_base_url`. Also checks that
    /// no two settings contradict each other.
    ///
    /// # Errors
    /// Returns an error for each setting that is wrong.
    pub(crate) fn check_settings(&self) -> Result<(), Errors> {
        let mut findings = Findings::default();
        self.check_type_paths(&mut findings);
        self.check_new_names(&mut findings);
        self.check_mismatch_combinations(&mut findings);
        self.check_derives_and_attributes(&mut findings);
        if let Some(url) = self.doc_base_url.as_deref().filter(|url| !is_http_url(url)) {
            let message = format!("`{}` of `doc_base_url` is not a URL", url.escape_debug());
            findings.push(new_settings_error(message, "write the beginning of a URL, such as `https://example.com`"));
        }
        findings.into_result(())
    }
}

impl Settings {
    /// Adds an error to `findings` for each text in `formats`, `types`, `replace`, `number_type` and `map_type` that is
    /// not the path of a Rust type, and for each type that is to be replaced by itself.
    fn check_type_paths(&self, findings: &mut Findings) {
        for (table, paths) in [("formats", &self.formats), ("types", &self.types), ("replace", &self.replace)] {
            for (key, path) in paths.iter().filter(|(_, path)| !is_rust_path(path)) {
                let message =
                    format!("`{}` of `{key}` in `[{table}]` is not the path of a Rust type", path.escape_debug());
                findings.push(new_settings_error(message, "write a path such as `jiff::Timestamp`"));
            }
        }
        let single = [("number_type", &self.number_type), ("map_type", &self.map_type)];
        for (name, path) in single.iter().filter_map(|(name, path)| Some((name, path.as_ref()?))) {
            if !is_rust_path(path) || *name == "map_type" && path.contains('<') {
                let message = format!("`{}` of `{name}` is not the path of a Rust type", path.escape_debug());
                findings.push(new_settings_error(message, "write a path such as `f64` or `::indexmap::IndexMap`"));
            }
        }
        for (from, to) in self.replace.iter().filter(|(from, to)| from == to) {
            let message = format!("`{from}` in `[replace]` would be an alias of itself");
            findings.push(new_settings_error(message, &format!("write the whole path, such as `crate::{to}`")));
        }
    }

    /// Adds an error to `findings` for each new name of a type that is not a Rust name, and for each type that has two.
    fn check_new_names(&self, findings: &mut Findings) {
        for (from, to) in self.renames().iter().filter(|(_, to)| !is_rust_name(to)) {
            let message = format!("`{from}` is to be renamed to `{}`, which is not a Rust name", to.escape_debug());
            findings.push(new_settings_error(message, "write a name such as `EventType`"));
        }
        for (from, patch) in &self.patch {
            if let (Some(one), Some(other)) = (self.rename.get(from), &patch.rename) {
                let message =
                    format!("`{from}` is renamed twice: to `{one}` in `[rename]`, and to `{other}` in `[patch]`");
                findings.push(new_settings_error(message, "remove one of them"));
            }
        }
    }

    /// Adds an error to `findings` for each derive that is not the path of a trait, and for each attribute that does
    /// not parse.
    fn check_derives_and_attributes(&self, findings: &mut Findings) {
        for path in self.patch.values().flat_map(|patch| &patch.derives).chain(&self.derives) {
            if !is_rust_path(path) || path.contains('<') {
                let message = format!("`{}` in `derives` is not the path of a trait", path.escape_debug());
                findings.push(new_settings_error(
                    message,
                    "write a name such as `Hash`, or a path such as `my_crate::Shown`",
                ));
            }
        }
        for text in self.patch.values().flat_map(|patch| &patch.attributes).chain(&self.attributes) {
            if !is_attribute_list(text) {
                let message = format!("`{}` in `attributes` is not an attribute", text.escape_debug());
                findings.push(new_settings_error(message, "write an attribute such as `#[must_use]`"));
            }
        }
    }
}

impl Settings {
    /// Adds an error to `findings` for each setting that contradicts `mismatch = "keep"`, which keeps values beside
    /// fields.
    fn check_mismatch_combinations(&self, findings: &mut Findings) {
        let contradicting = [
            ("unknown_fields", self.unknown_fields != UnknownFields::Keep),
            ("optional_collections", self.optional_collections != OptionalCollections::Option),
            ("strict", self.strict),
            ("map_type", self.map_type.is_some()),
        ];
        for (name, _) in contradicting.iter().filter(|(_, is_set)| *is_set && self.mismatch == Mismatch::Keep) {
            let message = format!("`{name}` contradicts `mismatch = \"keep\"`, which keeps values beside their fields");
            findings.push(new_settings_error(message, "remove one of them"));
        }
    }
}

/// Creates an error about the settings, without a location.
fn new_settings_error(message: String, help: &str) -> Diagnostic {
    Diagnostic::new(DiagnosticKind::Settings, message).with_help(help)
}

/// Checks whether Rust code can give an item the name `text`: `order` is accepted, `my-order` and `type` are rejected.
pub(crate) fn is_rust_name(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(text).is_ok()
}

/// Checks whether `text` is the path of a Rust type, such as `Vec<jiff::Timestamp>`. Generic arguments may only be
/// paths and lifetimes, since `[u8; { … }]` or `Vec<{ … }>` could hold code.
fn is_rust_path(text: &str) -> bool {
    fn is_plain(path: &syn::Path) -> bool {
        path.segments.iter().all(|segment| match &segment.arguments {
            syn::PathArguments::None => true,
            syn::PathArguments::AngleBracketed(arguments) => arguments.args.iter().all(|argument| match argument {
                syn::GenericArgument::Type(syn::Type::Path(inner)) => inner.qself.is_none() && is_plain(&inner.path),
                syn::GenericArgument::Lifetime(_) => true,
                _ => false,
            }),
            syn::PathArguments::Parenthesized(_) => false,
        })
    }
    // syn parses nested arguments by recursion: deep ones would overflow the stack.
    let is_small = text.len() <= 1_000 && text.matches('<').count() <= 16;
    is_small && syn::parse_str::<syn::TypePath>(text).is_ok_and(|ty| ty.qself.is_none() && is_plain(&ty.path))
}

/// Checks whether `text` is one or more outer attributes of an item, such as `#[must_use]`.
fn is_attribute_list(text: &str) -> bool {
    text.len() <= 10_000 && syn::Attribute::parse_outer.parse_str(text).is_ok_and(|attributes| !attributes.is_empty())
}

/// Checks whether `text` begins with `http://` or `https://` and has no character that could end the target of a
/// Markdown link.
fn is_http_url(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_graphic() && !"<>()[]\\`\"".contains(c);
    (text.starts_with("https://") || text.starts_with("http://")) && text.chars().all(is_plain)
}
