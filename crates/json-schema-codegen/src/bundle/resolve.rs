//! Where a `$ref` leads, or a `$dynamicRef` that is taken for one.
//!
//! In this order: a JSON pointer into its own document, the very text of an `$id` (upstream may
//! name schemas by bare pointers, which no URI rule can tell from pointers), an anchor, what stands
//! below such an `$id`, the URI that it is against the base URI where it stands, a file by its
//! relative path.

use percent_encoding::percent_decode_str;

use crate::bundle::index::Index;
use crate::bundle::nearest;
use crate::diagnostic::{Diagnostic, Kind};
use crate::documents::Documents;
use crate::load;
use crate::place::Place;
use crate::uri;

/// Returns the place that a reference in the schema at `from` leads to, given its keyword and its text;
/// nothing when there is no such place.
pub(crate) fn resolve(
    documents: &Documents,
    index: &Index,
    from: &Place,
    (keyword, reference): (&str, &str),
) -> Result<Option<Place>, Box<Diagnostic>> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let (resource, base) = index.base(from);
    // What is no UTF-8 names nothing; an empty text would name the whole document.
    let Some(fragment) = decoded(fragment) else { return Ok(None) };
    Ok(if path.is_empty() {
        let document = Place::new(from.document, "");
        by_pointer(documents, &resource, &fragment)
            .or_else(|| by_pointer(documents, &document, &fragment))
            .or_else(|| index.id(reference).cloned())
            .or_else(|| index.anchor(&resource, &fragment).cloned())
            .or_else(|| below_id(documents, index, reference))
    } else {
        let target = uri::resolve(base, path).and_then(|uri| index.id(&uri));
        let target = target.or_else(|| index.id(path)).cloned();
        match target
            .map(Ok)
            .or_else(|| by_file(documents, &from.child(keyword), path, reference).transpose())
            .transpose()?
        {
            Some(target) => below(documents, index, &target, &fragment),
            None => None,
        }
    })
}

/// A pointer that goes on where the very text of an `$id` ends.
fn below_id(documents: &Documents, index: &Index, reference: &str) -> Option<Place> {
    reference.rmatch_indices('/').find_map(|(at, _)| {
        let (id, rest) = reference.split_at(at);
        by_pointer(documents, index.id(id)?, &decoded(rest)?)
    })
}

/// A pointer or an anchor in the schema that has a base URI.
fn below(documents: &Documents, index: &Index, resource: &Place, fragment: &str) -> Option<Place> {
    by_pointer(documents, resource, fragment).or_else(|| index.anchor(resource, fragment).cloned())
}

fn by_pointer(documents: &Documents, resource: &Place, fragment: &str) -> Option<Place> {
    if !fragment.is_empty() && !fragment.starts_with('/') {
        return None;
    }
    let place = Place::new(resource.document, format!("{}{fragment}", resource.pointer()));
    documents.get(&place).is_some_and(|value| value.is_object() || value.is_boolean()).then_some(place)
}

/// The document at a path relative to that of the reference at `at`; a URL or a way out of the folder is
/// an error.
fn by_file(documents: &Documents, at: &Place, path: &str, reference: &str) -> Result<Option<Place>, Box<Diagnostic>> {
    let error = |kind, message: String, help| Box::new(documents.diagnostic(kind, at, message).help(help));
    if path.contains(':') || path.starts_with("//") {
        let message = format!("`{reference}` is a URL, and no URL is ever fetched");
        let help = "put the schema into the folder with this URL for its `$id`, refer to it by its path, \
                    or map the beginning of the URL to a folder: `[map]` in codegen.toml, `--map` on the command line";
        return Err(error(Kind::RemoteReference, message, help));
    }
    let outside = || {
        let message = format!("`{reference}` leads out of the schema folder");
        error(Kind::OutsideFolder, message, "put the file into the schema folder")
    };
    if path.starts_with('/') {
        return Err(outside());
    }
    let base = documents.all().get(at.document).map_or("", |document| &document.name);
    let Some(path) = decoded(path) else { return Ok(None) };
    let name = load::relative(base, &path).ok_or_else(outside)?;
    Ok(documents.by_name(&name).map(|document| Place::new(document, "")))
}

/// The error for a reference to nothing, given where it stands and its text.
pub(crate) fn dangling(documents: &Documents, index: &Index, at: &Place, reference: &str) -> Diagnostic {
    let message = format!("`{reference}` refers to nothing");
    let ids = nearest::list(index.ids(), reference);
    let known = match ids.is_empty() {
        true => "no schema here has an `$id`".to_owned(),
        false => format!("the `$id`s that exist:{ids}"),
    };
    let help = format!("add the schema, or correct the reference; {known}");
    documents.diagnostic(Kind::DanglingReference, at, message).help(help)
}

/// A fragment or a path without percent-encoding (RFC 3986, section 2.1).
fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned())
}
