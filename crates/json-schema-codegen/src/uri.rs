//! Resolves URI references (RFC 3986, section 5), and provides the metaschemas, which are built in.
//!
//! With the feature `uri`, the crate `referencing` does both. Without it, only references that are absolute
//! URIs are resolved, and there are no metaschemas. This is enough for schemas that refer to each other by
//! file, pointer, or `$id` as it is written.

/// Returns the base URI of the file `name` of the schema folder: `json-schema:///a/b.json` for `a/b.json`.
pub(crate) fn file_uri(name: &str) -> String {
    format!("json-schema:///{name}")
}

/// Resolves the URI reference `reference` against the URI `base`, and removes an empty fragment: `b.json#` against
/// `https://example.com/a.json` gives `https://example.com/b.json`. `None` if `base` or `reference` is not valid.
#[cfg(feature = "uri")]
pub(crate) fn resolve_uri(base: &str, reference: &str) -> Option<String> {
    let base = referencing::uri::from_str(base).ok()?;
    let resolved = referencing::uri::resolve_against(&base.borrow(), reference).ok()?;
    Some(resolved.as_str().trim_end_matches('#').to_owned())
}

/// Returns `reference` without an empty fragment if it is an absolute URI; otherwise `None`, since resolving a relative
/// reference needs the feature `uri`.
#[cfg(not(feature = "uri"))]
pub(crate) fn resolve_uri(_base: &str, reference: &str) -> Option<String> {
    let scheme = reference.split_once(':').map(|(scheme, _)| scheme)?;
    let is_scheme = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| reference.trim_end_matches('#').to_owned())
}

/// Returns (URI without `#`, metaschema) for the metaschemas of all drafts.
#[cfg(feature = "uri")]
pub(crate) fn built_in_metaschemas() -> Vec<(String, serde_json::Value)> {
    use referencing::meta;
    let all = [
        &meta::DRAFT4,
        &meta::DRAFT6,
        &meta::DRAFT7,
        &meta::DRAFT201909,
        &meta::DRAFT201909_APPLICATOR,
        &meta::DRAFT201909_CONTENT,
        &meta::DRAFT201909_CORE,
        &meta::DRAFT201909_FORMAT,
        &meta::DRAFT201909_META_DATA,
        &meta::DRAFT201909_VALIDATION,
        &meta::DRAFT202012,
        &meta::DRAFT202012_APPLICATOR,
        &meta::DRAFT202012_CONTENT,
        &meta::DRAFT202012_CORE,
        &meta::DRAFT202012_FORMAT_ANNOTATION,
        &meta::DRAFT202012_FORMAT_ASSERTION,
        &meta::DRAFT202012_META_DATA,
        &meta::DRAFT202012_UNEVALUATED,
        &meta::DRAFT202012_VALIDATION,
    ];
    let id = |schema: &serde_json::Value| {
        let id = schema.get("$id").or_else(|| schema.get("id")).and_then(serde_json::Value::as_str);
        id.unwrap_or_default().trim_end_matches('#').to_owned()
    };
    all.into_iter().map(|schema| (id(schema), serde_json::Value::clone(schema))).collect()
}

/// Returns no metaschemas, since they need the feature `uri`.
#[cfg(not(feature = "uri"))]
pub(crate) fn built_in_metaschemas() -> Vec<(String, serde_json::Value)> {
    Vec::new()
}
