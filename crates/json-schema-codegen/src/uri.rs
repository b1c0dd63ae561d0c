//! URI references (RFC 3986, section 5), and the metaschemas, which are built in.
//!
//! With the feature `uri` the crate `referencing` does both. Without it only absolute URIs are
//! told apart, which is enough for schemas that refer to each other by file, pointer or `$id`.

/// The base URI of a document that is a file of the schema folder.
pub(crate) fn of_file(name: &str) -> String {
    format!("json-schema:///{name}")
}

/// The absolute URI of a reference, without an empty fragment; nothing when it cannot be told.
#[cfg(feature = "uri")]
pub(crate) fn resolve(base: &str, reference: &str) -> Option<String> {
    let base = referencing::uri::from_str(base).ok()?;
    let resolved = referencing::uri::resolve_against(&base.borrow(), reference).ok()?;
    Some(resolved.as_str().trim_end_matches('#').to_owned())
}

/// The absolute URI of a reference, without an empty fragment; nothing when it cannot be told.
#[cfg(not(feature = "uri"))]
pub(crate) fn resolve(_base: &str, reference: &str) -> Option<String> {
    let scheme = reference.split_once(':').map(|(scheme, _)| scheme)?;
    let is_scheme = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| reference.trim_end_matches('#').to_owned())
}

/// The metaschemas of all drafts by their URIs.
#[cfg(feature = "uri")]
pub(crate) fn metaschemas() -> Vec<(String, serde_json::Value)> {
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

/// The metaschemas of all drafts by their URIs: none without the feature `uri`.
#[cfg(not(feature = "uri"))]
pub(crate) fn metaschemas() -> Vec<(String, serde_json::Value)> {
    Vec::new()
}
