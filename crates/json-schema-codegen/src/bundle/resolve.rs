//! Finds the schema that a `$ref` refers to, or a `$dynamicRef` that is resolved as a `$ref`.
//!
//! A reference that is only a fragment (`#/$defs/a`, `#a`) is tried as: a JSON pointer into the schema that
//! sets the base URI, a JSON pointer into the document, an `$id` written exactly so (upstream may use
//! pointers as `$id`s), an anchor, a pointer that begins with such an `$id`. Any other reference is tried as
//! a URI against the base URI, an `$id` written exactly so, and the relative path of a file.

use percent_encoding::percent_decode_str;

use crate::bundle::index::Index;
use crate::bundle::nearest;
use crate::diagnostic::{Diagnostic, Kind};
use crate::documents::Documents;
use crate::load;
use crate::place::Place;
use crate::uri;

/// Returns the schema that the reference in the schema at `from` refers to, given the reference's keyword and
/// text. `None` if there is no such schema. A URL that no schema has, or a path outside the schema folder, is
/// an error.
pub(crate) fn resolve(
    documents: &Documents,
    index: &Index,
    from: &Place,
    (keyword, reference): (&str, &str),
) -> Result<Option<Place>, Box<Diagnostic>> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let (resource, base) = index.base(from);
    // A fragment that is not UTF-8 refers to no schema. Taken as empty, it would refer to the whole document.
    let Some(fragment) = decode(fragment) else { return Ok(None) };
    Ok(if path.is_empty() {
        let document = Place::new(from.document, "");
        by_pointer(documents, &resource, &fragment)
            .or_else(|| by_pointer(documents, &document, &fragment))
            .or_else(|| index.id(reference).cloned())
            .or_else(|| index.anchor(&resource, &fragment).cloned())
            .or_else(|| by_pointer_below_id(documents, index, reference))
    } else {
        let target = uri::resolve(base, path).and_then(|uri| index.id(&uri));
        let target = target.or_else(|| index.id(path)).cloned();
        match target
            .map(Ok)
            .or_else(|| by_file(documents, &from.child(keyword), path, reference).transpose())
            .transpose()?
        {
            Some(target) => by_fragment(documents, index, &target, &fragment),
            None => None,
        }
    })
}

/// Resolves a reference that begins with an `$id` as it is written and goes on with a pointer into that
/// schema: `#/a/b/properties/c`, if `#/a/b` is an `$id`. Tries the longest `$id` first.
fn by_pointer_below_id(documents: &Documents, index: &Index, reference: &str) -> Option<Place> {
    reference.rmatch_indices('/').find_map(|(at, _)| {
        let (id, pointer) = reference.split_at(at);
        by_pointer(documents, index.id(id)?, &decode(pointer)?)
    })
}

/// Resolves a fragment, which is a pointer or an anchor, in `resource`, the schema that the part before `#`
/// refers to.
fn by_fragment(documents: &Documents, index: &Index, resource: &Place, fragment: &str) -> Option<Place> {
    by_pointer(documents, resource, fragment).or_else(|| index.anchor(resource, fragment).cloned())
}

/// Returns the schema (an object or boolean) at a pointer relative to `resource`; empty is `resource` itself.
/// `None` if there is none, or if `fragment` is not a pointer.
fn by_pointer(documents: &Documents, resource: &Place, fragment: &str) -> Option<Place> {
    if !fragment.is_empty() && !fragment.starts_with('/') {
        return None;
    }
    let place = Place::new(resource.document, format!("{}{fragment}", resource.pointer()));
    documents.get(&place).is_some_and(|value| value.is_object() || value.is_boolean()).then_some(place)
}

/// Returns the document whose file is at `path`, relative to the file of the reference at `at`. `None` if there
/// is no such file. A URL, or a path outside the schema folder, is an error that shows all of `reference`.
fn by_file(documents: &Documents, at: &Place, path: &str, reference: &str) -> Result<Option<Place>, Box<Diagnostic>> {
    let error = |kind, message: String, help| Box::new(documents.diagnostic(kind, at, message).help(help));
    if path.contains(':') || path.starts_with("//") {
        let message = format!("`{reference}` is a URL, and no URL is ever fetched");
        let help = "put the schema into the folder with this URL for its `$id`, refer to it by its path, \
                    or map the beginning of the URL to a folder: `[map]` in codegen.toml, `--map` on the command line";
        return Err(error(Kind::RemoteReference, message, help));
    }
    let outside = || {
        let message = format!("`{reference}` refers to a file outside the schema folder");
        error(Kind::OutsideFolder, message, "put the file into the schema folder")
    };
    if path.starts_with('/') {
        return Err(outside());
    }
    let base = documents.all().get(at.document).map_or("", |document| &document.name);
    let Some(path) = decode(path) else { return Ok(None) };
    let name = load::relative(base, &path).ok_or_else(outside)?;
    Ok(documents.by_name(&name).map(|document| Place::new(document, "")))
}

/// Returns the error for `reference`, at the location `at`, if it does not refer to any schema. The help lists
/// the most similar `$id`s.
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

/// Decodes the percent-encoding (RFC 3986, section 2.1) of a fragment or path: `a%20b` gives `a b`. `None` if
/// the result is not UTF-8.
fn decode(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned())
}
