//! Where a `$ref` leads.
//!
//! In this order: a JSON pointer into its own document, the very text of an `$id` (upstream may
//! name schemas by bare fragments, which no URI rule can tell from pointers), an anchor, a file by
//! its relative path.

use percent_encoding::percent_decode_str;

use crate::bundle::index::Index;
use crate::diagnostic::{Diagnostic, Kind};
use crate::load::{self, Documents};
use crate::place::Place;

/// The place that `reference`, in the schema at `from`, leads to.
pub(crate) fn resolve(
    documents: &Documents,
    index: &Index,
    from: &Place,
    reference: &str,
) -> Result<Place, Box<Diagnostic>> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if path.is_empty() {
        if let Some(place) = by_pointer(documents, from.document, fragment) {
            return Ok(place);
        }
    }
    if let Some(place) = index.id(reference) {
        return Ok(place.clone());
    }
    let found = match (path.is_empty(), index.id(path)) {
        (true, _) => by_fragment(documents, index, from.document, fragment),
        (false, Some(base)) => below(documents, index, base, fragment),
        (false, None) => {
            let name = file_name(documents, from, path, reference)?;
            documents.by_name(&name).and_then(|document| by_fragment(documents, index, document, fragment))
        }
    };
    found.ok_or_else(|| Box::new(dangling(documents, index, from, reference)))
}

/// A pointer or an anchor in a document.
fn by_fragment(documents: &Documents, index: &Index, document: usize, fragment: &str) -> Option<Place> {
    by_pointer(documents, document, fragment).or_else(|| index.anchor(document, &decoded(fragment)?).cloned())
}

fn by_pointer(documents: &Documents, document: usize, fragment: &str) -> Option<Place> {
    let place = Place::new(document, decoded(fragment)?);
    documents.get(&place).is_some_and(|value| value.is_object() || value.is_boolean()).then_some(place)
}

/// A pointer or an anchor in the schema that has an `$id`.
fn below(documents: &Documents, index: &Index, base: &Place, fragment: &str) -> Option<Place> {
    let fragment = decoded(fragment)?;
    let place = Place::new(base.document, format!("{}{fragment}", base.pointer()));
    let is_pointer = fragment.is_empty() || fragment.starts_with('/');
    if is_pointer && documents.get(&place).is_some() {
        return Some(place);
    }
    index.anchor(base.document, &fragment).cloned()
}

/// The name of the document at a relative path; a URL or a way out of the folder is an error.
fn file_name(documents: &Documents, from: &Place, path: &str, reference: &str) -> Result<String, Box<Diagnostic>> {
    let error =
        |kind, message: String, help| Box::new(documents.diagnostic(kind, &from.child("$ref"), message).help(help));
    if path.contains(':') || path.starts_with("//") {
        let message = format!("`{reference}` is a URL, and no URL is ever fetched");
        let help = "put the schema into the folder under a file whose `$id` is this URL, or refer to it by its path";
        return Err(error(Kind::RemoteReference, message, help));
    }
    let outside = || {
        let message = format!("`{reference}` leads out of the schema folder");
        error(Kind::OutsideFolder, message, "put the file into the schema folder")
    };
    if path.starts_with('/') {
        return Err(outside());
    }
    let base = documents.all().get(from.document).map_or("", |document| &document.name);
    load::relative(base, &decoded(path).unwrap_or_default()).ok_or_else(outside)
}

fn dangling(documents: &Documents, index: &Index, from: &Place, reference: &str) -> Diagnostic {
    let message = format!("`{reference}` refers to nothing");
    let mut ids = index.ids().map(|id| format!("\n`{id}`")).collect::<String>();
    if ids.is_empty() {
        ids = " none".to_owned();
    }
    let help = format!("add the schema, or correct the reference; the `$id`s that exist:{ids}");
    documents.diagnostic(Kind::DanglingReference, &from.child("$ref"), message).help(help)
}

/// A fragment without percent-encoding (RFC 3986, section 2.1).
fn decoded(fragment: &str) -> Option<String> {
    percent_decode_str(fragment).decode_utf8().ok().map(|text| text.into_owned())
}
