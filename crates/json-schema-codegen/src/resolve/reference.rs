//! Finds the schema that a `$ref` refers to, or a `$dynamicRef` that is resolved as a `$ref`.
//!
//! A reference that is only a fragment (`#/$defs/a`, `#a`) is tried as: a JSON pointer into the schema that
//! sets the base URI, a JSON pointer into the document, an `$id` written exactly so (upstream may use
//! pointers as `$id`s), an anchor, a pointer that begins with such an `$id`. Any other reference is tried as
//! a URI against the base URI, an `$id` written exactly so, and the relative path of a file.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::documents::Documents;
use crate::draft::{self, Draft};
use crate::load;
use crate::location::{self, Location};
use crate::resolve::index::{self, SchemaIndex};
use crate::resolve::nearest;
use crate::uri;

/// Returns the location of the schema that a reference (keyword, text) in the schema at `from` refers to. `None` if
/// there is no such schema. A URL that no schema has, or a path outside the schema folder, is an error.
pub(crate) fn resolve_reference(
    documents: &Documents,
    index: &SchemaIndex,
    from: &Location,
    (keyword, reference): (&str, &str),
) -> Result<Option<Location>, Box<Diagnostic>> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let (resource, base) = index.find_base_uri(from);
    // A fragment that is not UTF-8 refers to no schema. Taken as empty, it would refer to the whole document.
    let Some(fragment) = percent_decode(fragment) else { return Ok(None) };
    Ok(if path.is_empty() {
        let document = Location::new(from.document, "");
        find_schema_by_pointer(documents, &resource, &fragment)
            .or_else(|| find_schema_by_pointer(documents, &document, &fragment))
            .or_else(|| index.find_schema_by_id(reference).cloned())
            .or_else(|| index.find_schema_by_anchor(&resource, &fragment).cloned())
            .or_else(|| find_schema_below_id(documents, index, reference))
    } else {
        let target = uri::resolve_uri(base, path).and_then(|uri| index.find_schema_by_id(&uri));
        let target = target.or_else(|| index.find_schema_by_id(path)).cloned();
        match target
            .map(Ok)
            .or_else(|| find_document_by_path(documents, &from.child(keyword), path, reference).transpose())
            .transpose()?
        {
            Some(target) => find_schema_by_fragment(documents, index, &target, &fragment),
            None => None,
        }
    })
}

/// Finds the schema for a reference that consists of an `$id`, as it is written, and a pointer below the schema with
/// this `$id`: `#/a/b/properties/c`, if `#/a/b` is an `$id`. Tries the longest `$id` first.
fn find_schema_below_id(documents: &Documents, index: &SchemaIndex, reference: &str) -> Option<Location> {
    reference.rmatch_indices('/').find_map(|(at, _)| {
        let (id, pointer) = reference.split_at(at);
        find_schema_by_pointer(documents, index.find_schema_by_id(id)?, &percent_decode(pointer)?)
    })
}

/// Finds the schema for a fragment, which is a JSON pointer or an anchor, in `resource`, the schema that the part
/// before `#` refers to.
fn find_schema_by_fragment(
    documents: &Documents,
    index: &SchemaIndex,
    resource: &Location,
    fragment: &str,
) -> Option<Location> {
    find_schema_by_pointer(documents, resource, fragment)
        .or_else(|| index.find_schema_by_anchor(resource, fragment).cloned())
}

/// Returns the location of the schema (an object or boolean) at the JSON pointer `fragment` relative to `resource`; an
/// empty pointer gives `resource` itself. `None` if there is no schema, or if `fragment` is not a pointer.
fn find_schema_by_pointer(documents: &Documents, resource: &Location, fragment: &str) -> Option<Location> {
    if !fragment.is_empty() && !fragment.starts_with('/') {
        return None;
    }
    let location = Location::new(resource.document, format!("{}{fragment}", resource.pointer()));
    documents.value_at(&location).is_some_and(|value| value.is_object() || value.is_boolean()).then_some(location)
}

/// Returns the location of the document whose file is at `path`, relative to the file of the reference at `at`. `None`
/// if there is no such file. A URL, or a path outside the schema folder, is an error that quotes the whole `reference`.
fn find_document_by_path(
    documents: &Documents,
    at: &Location,
    path: &str,
    reference: &str,
) -> Result<Option<Location>, Box<Diagnostic>> {
    let error = |kind, message: String, help| Box::new(documents.make_diagnostic(kind, at, message).with_help(help));
    if path.contains(':') || path.starts_with("//") {
        let message = format!("`{reference}` is a URL, and no URL is ever fetched");
        let help = "put the schema into the folder with this URL for its `$id`, refer to it by its path, \
                    or map the beginning of the URL to a folder: `[map]` in codegen.toml, `--map` on the command line";
        return Err(error(DiagnosticKind::RemoteReference, message, help));
    }
    let outside = || {
        let message = format!("`{reference}` refers to a file outside the schema folder");
        error(DiagnosticKind::OutsideFolder, message, "put the file into the schema folder")
    };
    if path.starts_with('/') {
        return Err(outside());
    }
    let base = documents.all_documents().get(at.document).map_or("", |document| &document.name);
    let Some(path) = percent_decode(path) else { return Ok(None) };
    let name = load::resolve_relative_path(base, &path).ok_or_else(outside)?;
    Ok(documents.find_index_by_name(&name).map(|document| Location::new(document, "")))
}

/// Returns the error for `reference`, at the location `at`, if it does not refer to any schema. The help names the
/// definitions that were likely meant: those whose name is the last segment of the reference. If there are none, it
/// lists the most similar `$id`s.
pub(crate) fn dangling_error(documents: &Documents, index: &SchemaIndex, at: &Location, reference: &str) -> Diagnostic {
    let message = format!("`{reference}` refers to nothing");
    let ids = nearest::list_similar_names(index.list_ids(), reference);
    let help = match (suggest_references(documents, at, reference), ids.is_empty()) {
        (meant, _) if !meant.is_empty() => format!("write it as {}", meant.join(" or ")),
        (_, true) => "add the schema, or correct the reference; no schema here has an `$id`".to_owned(),
        (_, false) => format!("add the schema, or correct the reference; the `$id`s that exist:{ids}"),
    };
    documents.make_diagnostic(DiagnosticKind::DanglingReference, at, message).with_help(help)
}

/// Most definitions that an error suggests.
const MAX_SUGGESTED_DEFINITIONS: usize = 3;

/// Returns references to the definitions and component schemas whose name is the last step of `reference`, in the form
/// that they have in the document of `at`: `#/components/schemas/Order` may give `#/$defs/Order`.
fn suggest_references(documents: &Documents, at: &Location, reference: &str) -> Vec<String> {
    let segment = reference.rsplit(['/', '#']).next().unwrap_or(reference);
    let Some(name) = percent_decode(segment).map(|segment| location::unescape_pointer_step(&segment)) else {
        return Vec::new();
    };
    let name = name.trim_end_matches(".json");
    let order = |document: &usize| (*document != at.document, *document);
    let mut numbers: Vec<usize> = (0..documents.all_documents().len()).collect();
    numbers.sort_by_key(order);
    let named = numbers.into_iter().flat_map(|document| find_outer_definitions(documents, document));
    let named = named.filter(|location| location.last_step().as_deref() == Some(name));
    let written = named.map(|location| {
        let file = documents.all_documents().get(location.document).filter(|_| location.document != at.document);
        format!("`{}#{}`", file.map_or("", |document| &document.name), location.pointer())
    });
    written.take(MAX_SUGGESTED_DEFINITIONS).collect()
}

/// Returns the locations of the outermost schemas of the document with the index `document`, followed by the
/// definitions directly in them.
fn find_outer_definitions(documents: &Documents, document: usize) -> Vec<Location> {
    let roots = index::find_outermost_schemas(documents, document);
    let inner = roots.iter().filter_map(|root| {
        let Some(Value::Object(schema)) = documents.value_at(root) else { return None };
        Some(draft::find_definitions(root, schema))
    });
    let inner: Vec<Location> = inner.flatten().collect();
    roots.into_iter().chain(inner).collect()
}

/// Decodes the percent-encoding (RFC 3986, section 2.1) of a fragment or path: `a%20b` gives `a b`. `None` if
/// the result is not UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned())
}

/// Returns (keyword, text) of the reference in `schema`: `("$ref", "#/$defs/a")`. If there are two, returns the `$ref`;
/// the dynamic one is then an unenforced keyword. `None` without a reference that `draft` has.
pub(crate) fn find_reference_in_schema(draft: Draft, schema: &Map<String, Value>) -> Option<(&'static str, &str)> {
    let dynamic = match draft {
        Draft::Y2019 => Some("$recursiveRef"),
        Draft::Y2020 => Some("$dynamicRef"),
        _ => None,
    };
    ["$ref"].into_iter().chain(dynamic).find_map(|keyword| Some((keyword, schema.get(keyword)?.as_str()?)))
}

/// Returns the draft of the document that `location` is in; `drafts` has the draft of each document.
pub(crate) fn draft_of_document(drafts: &[Draft], location: &Location) -> Draft {
    drafts.get(location.document).copied().unwrap_or(Draft::Y2020)
}
