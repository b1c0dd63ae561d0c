//! Checks the settings whose texts stand in the output: paths are Rust paths, names are names.

use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::settings::Settings;

impl Settings {
    /// All that could not stand in the output as what it is meant to be.
    pub(crate) fn check(&self) -> Result<(), Errors> {
        let mut findings = Findings::default();
        for (table, paths) in [("formats", &self.formats), ("types", &self.types)] {
            for (key, path) in paths.iter().filter(|(_, path)| !is_path(path)) {
                let message = format!("`{}` of `{key}` in `[{table}]` is no path of a Rust type", path.escape_debug());
                findings.push(wrong(message, "write a path such as `jiff::Timestamp`"));
            }
        }
        for (from, to) in self.rename.iter().filter(|(_, to)| syn::parse_str::<syn::Ident>(to).is_err()) {
            let message = format!("`{from}` is to be renamed to `{}`, which is no Rust name", to.escape_debug());
            findings.push(wrong(message, "write a name such as `EventType`"));
        }
        if let Some(url) = self.doc_base_url.as_deref().filter(|url| !is_url(url)) {
            let message = format!("`{}` of `doc_base_url` is no URL", url.escape_debug());
            findings.push(wrong(message, "write the beginning of a URL, such as `https://example.com`"));
        }
        findings.or(())
    }
}

fn wrong(message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Kind::Settings, message).help(help)
}

/// Whether a text is the path of a type, and nothing else: no arguments with blocks in them.
fn is_path(text: &str) -> bool {
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
    // Deep nesting would be deep recursion.
    let is_small = text.len() <= 1_000 && text.matches('<').count() <= 16;
    is_small && syn::parse_str::<syn::TypePath>(text).is_ok_and(|ty| ty.qself.is_none() && is_plain(&ty.path))
}

/// Whether a text can be the beginning of a link's target.
fn is_url(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_graphic() && !"<>()[]\\`\"".contains(c);
    (text.starts_with("https://") || text.starts_with("http://")) && text.chars().all(is_plain)
}
