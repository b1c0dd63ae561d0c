//! Finds the roots: the schemas for which types are generated although nothing refers to them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::Documents;
use crate::draft;
use crate::location::Location;
use crate::resolve::index::{self, SchemaIndex};
use crate::resolve::nearest;
use crate::settings::Settings;
use crate::vocabulary::{ENFORCED_KEYWORDS, UNENFORCED_KEYWORDS};

/// Returns the locations of the roots that the settings name, each once. If the settings name none, returns the roots
/// of each document that counts as a root.
///
/// # Errors
/// A name without exactly one schema, or a `type_name` with several roots.
pub(crate) fn find_roots(
    documents: &Documents,
    index: &SchemaIndex,
    settings: &Settings,
) -> Result<Vec<Location>, Errors> {
    let roots = find_requested_roots(documents, index, settings)?;
    check_type_name(documents, &roots, settings)?;
    Ok(roots)
}

/// Most roots that one error lists.
const MAX_LISTED_ROOTS: usize = 20;

/// Returns the roots as [`find_roots`] does, but does not check `type_name`.
fn find_requested_roots(
    documents: &Documents,
    index: &SchemaIndex,
    settings: &Settings,
) -> Result<Vec<Location>, Errors> {
    if settings.roots.is_empty() {
        let own = (0..documents.all_documents().len()).filter(|document| documents.is_root_document(*document));
        return Ok(own.flat_map(|document| find_roots_of_document(documents, document)).collect());
    }
    let mut findings = Findings::default();
    let mut roots = Vec::new();
    for text in &settings.roots {
        match find_schema_named(documents, index, text) {
            Some(location) if location.pointer().is_empty() => {
                roots.extend(find_roots_of_document(documents, location.document))
            }
            Some(location) => roots.push(location),
            None => findings.push(unclear_root_error(documents, index, text)),
        }
    }
    let mut seen = BTreeSet::new();
    roots.retain(|root| seen.insert(root.clone()));
    findings.into_result(roots)
}

/// Returns an error if the settings have a `type_name`, the name of the only root's type, and there is not exactly one
/// root.
fn check_type_name(documents: &Documents, roots: &[Location], settings: &Settings) -> Result<(), Errors> {
    let (Some(name), true) = (&settings.type_name, roots.len() != 1) else { return Ok(()) };
    let places = roots
        .iter()
        .take(MAX_LISTED_ROOTS)
        .map(|root| format!("\n`{}#{}`", documents.file_display_path(root), root.pointer()));
    let message = format!("the type name `{name}` can be given to one root only, and there are {}", roots.len());
    let help = format!("name one of them as the root:{}", places.collect::<String>());
    Err(Diagnostic::new(DiagnosticKind::Settings, message).with_file(documents.schema_folder()).with_help(help).into())
}

/// Returns the schemas that are roots if the whole document with the index `document` is requested: the document's
/// schema; its definitions instead if it has some and no keyword that constrains values; for an OpenAPI document its
/// component schemas.
pub(crate) fn find_roots_of_document(documents: &Documents, document: usize) -> Vec<Location> {
    let roots = index::find_outermost_schemas(documents, document);
    let [root] = roots.as_slice() else { return roots };
    let Some(Value::Object(schema)) = documents.value_at(root) else { return roots };
    let definitions = draft::find_definitions(root, schema);
    let only_definitions =
        draft::find_applied_subschemas(root, schema).is_empty() && !schema.iter().any(can_constrain_values);
    if only_definitions && !definitions.is_empty() { definitions } else { roots }
}

/// Checks whether a keyword with its value can constrain instances: it is `$ref`, or one of [`ENFORCED_KEYWORDS`] and
/// [`UNENFORCED_KEYWORDS`]. False for a keyword that holds subschemas and is empty, such as `"properties": {}`. `allOf`
/// is in none of the lists; the caller finds its subschemas by [`draft::find_applied_subschemas`].
fn can_constrain_values((keyword, value): (&String, &Value)) -> bool {
    let keyword = keyword.as_str();
    let is_known = keyword == "$ref" || ENFORCED_KEYWORDS.contains(&keyword) || UNENFORCED_KEYWORDS.contains(&keyword);
    is_known && !(draft::holds_subschemas(keyword) && value.as_object().is_some_and(Map::is_empty))
}

/// Returns the location of the schema that `text` names: `a.json`, an `$id`, `a.json#/$defs/b`, or `#/$defs/b` if only
/// one root document has it. `None` if there is no such schema, or several.
pub(crate) fn find_schema_named(documents: &Documents, index: &SchemaIndex, text: &str) -> Option<Location> {
    match &find_schemas_named(documents, index, text)[..] {
        [location] => Some(location.clone()),
        _ => None,
    }
}

/// Returns the locations of all schemas that `text` may name; see [`find_schema_named`]. There are several if `text` is
/// a pointer without a file, and several documents have a value there.
fn find_schemas_named(documents: &Documents, index: &SchemaIndex, text: &str) -> Vec<Location> {
    if let Some(location) = index.find_schema_by_id(text) {
        return vec![location.clone()];
    }
    let (file, pointer) = text.split_once('#').unwrap_or((text, ""));
    let searched = match file {
        "" => (0..documents.all_documents().len())
            .filter(|document| documents.is_root_document(*document))
            .collect::<Vec<_>>(),
        file => documents.find_index_by_name(file).into_iter().collect(),
    };
    let places = searched.into_iter().map(|document| Location::new(document, pointer));
    places.filter(|location| documents.value_at(location).is_some()).collect()
}

/// Returns the error for `text`, a root in the settings that names no schema, or several.
fn unclear_root_error(documents: &Documents, index: &SchemaIndex, text: &str) -> Diagnostic {
    let (problem, help) = describe_unclear_name(documents, index, text, "root");
    let message = format!("the root `{text}` {problem}");
    Diagnostic::new(DiagnosticKind::MissingRoot, message)
        .with_file(documents.display_path("").trim_end_matches('/'))
        .with_help(help)
}

/// Returns (problem, help) for `text`, a name in the settings of no schema, or of several: "does not exist", or "is in
/// 2 files". `noun` is the word in the help for what `text` names, such as `root`.
pub(super) fn describe_unclear_name(
    documents: &Documents,
    index: &SchemaIndex,
    text: &str,
    noun: &str,
) -> (String, String) {
    let candidates = find_schemas_named(documents, index, text);
    if candidates.is_empty() {
        let files = documents.all_documents().iter().map(|document| document.name.as_str());
        let known = nearest::list_similar_names(files.chain(index.list_ids()), text);
        let help = format!("a {noun} is a file, an `$id`, or a file with `#` and a JSON pointer; there are");
        return ("does not exist".to_owned(), format!("{help}:{known}"));
    }
    let name =
        |location: &Location| documents.all_documents().get(location.document).map_or("", |document| &document.name);
    let written = candidates.iter().map(|location| format!("{}#{}", name(location), location.pointer()));
    let problem = format!("is in {} files", candidates.len());
    (problem, format!("name the file too, as in:{}", nearest::list_similar_names(written, text)))
}
