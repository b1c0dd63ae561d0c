//! Finds the roots: the schemas for which types are generated although nothing refers to them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::Documents;
use crate::draft;
use crate::location::Location;
use crate::resolve::index::{self, Index};
use crate::resolve::nearest;
use crate::settings::Settings;
use crate::vocabulary::{ENFORCED, UNENFORCED};

/// Returns the roots that the settings name, each once. If they name none, returns the schemas of all
/// documents that are roots. A name without exactly one schema is an error, and so is a `type_name` with
/// several roots.
pub(crate) fn find_roots(documents: &Documents, index: &Index, settings: &Settings) -> Result<Vec<Location>, Errors> {
    let roots = requested_roots(documents, index, settings)?;
    check_type_name(documents, &roots, settings)?;
    Ok(roots)
}

/// Most roots that an error lists.
const MAX_LISTED: usize = 20;

/// Returns the roots as [`find_roots`] does, without the check of `type_name`.
fn requested_roots(documents: &Documents, index: &Index, settings: &Settings) -> Result<Vec<Location>, Errors> {
    if settings.roots.is_empty() {
        let own = (0..documents.all().len()).filter(|document| documents.is_root(*document));
        return Ok(own.flat_map(|document| roots_of_document(documents, document)).collect());
    }
    let mut findings = Findings::default();
    let mut roots = Vec::new();
    for text in &settings.roots {
        match find_schema_named(documents, index, text) {
            Some(location) if location.pointer().is_empty() => {
                roots.extend(roots_of_document(documents, location.document))
            }
            Some(location) => roots.push(location),
            None => findings.push(unclear_root(documents, index, text)),
        }
    }
    let mut seen = BTreeSet::new();
    roots.retain(|root| seen.insert(root.clone()));
    findings.or(roots)
}

/// Returns an error if the settings have a `type_name`, which names the type of the only root, and there is
/// not exactly one root.
fn check_type_name(documents: &Documents, roots: &[Location], settings: &Settings) -> Result<(), Errors> {
    let (Some(name), true) = (&settings.type_name, roots.len() != 1) else { return Ok(()) };
    let places = roots.iter().take(MAX_LISTED).map(|root| format!("\n`{}#{}`", documents.file(root), root.pointer()));
    let message = format!("the type name `{name}` can be given to one root only, and there are {}", roots.len());
    let help = format!("name one of them as the root:{}", places.collect::<String>());
    Err(Diagnostic::new(DiagnosticKind::Settings, message).in_file(documents.folder()).help(help).into())
}

/// Returns the schemas that are roots if the whole document is requested: the document's schema; its definitions
/// instead if it has some, and no keyword that constrains values; for an OpenAPI document its component schemas.
pub(crate) fn roots_of_document(documents: &Documents, document: usize) -> Vec<Location> {
    let roots = index::schema_roots(documents, document);
    let [root] = roots.as_slice() else { return roots };
    let Some(Value::Object(schema)) = documents.get(root) else { return roots };
    let definitions = draft::definitions(root, schema);
    let only_definitions = draft::applied(root, schema).is_empty() && !schema.iter().any(can_constrain);
    if only_definitions && !definitions.is_empty() { definitions } else { roots }
}

/// Checks whether a keyword is one that can constrain values: `$ref`, or one of [`ENFORCED`] and
/// [`UNENFORCED`], whatever its value. False for one that holds subschemas and is empty, such as
/// `"properties": {}`. `allOf` is in none of the lists; the caller finds subschemas by [`draft::applied`].
fn can_constrain((keyword, value): (&String, &Value)) -> bool {
    let keyword = keyword.as_str();
    let is_known = keyword == "$ref" || ENFORCED.contains(&keyword) || UNENFORCED.contains(&keyword);
    is_known && !(draft::is_applicator(keyword) && value.as_object().is_some_and(Map::is_empty))
}

/// Returns the schema that `text` names: `a.json`, an `$id`, `a.json#/$defs/b`, or `#/$defs/b` if only one root
/// document has it. `None` if there is no such schema, or several.
pub(crate) fn find_schema_named(documents: &Documents, index: &Index, text: &str) -> Option<Location> {
    match &find_schemas_named(documents, index, text)[..] {
        [location] => Some(location.clone()),
        _ => None,
    }
}

/// Returns all schemas that `text` may name, as for [`find_schema_named`]. They are several if it is a pointer without a
/// file, and several documents have a value there.
fn find_schemas_named(documents: &Documents, index: &Index, text: &str) -> Vec<Location> {
    if let Some(location) = index.find_by_id(text) {
        return vec![location.clone()];
    }
    let (file, pointer) = text.split_once('#').unwrap_or((text, ""));
    let searched = match file {
        "" => (0..documents.all().len()).filter(|document| documents.is_root(*document)).collect::<Vec<_>>(),
        file => documents.by_name(file).into_iter().collect(),
    };
    let places = searched.into_iter().map(|document| Location::new(document, pointer));
    places.filter(|location| documents.get(location).is_some()).collect()
}

/// Returns the error for a root `text` that names no schema, or several.
fn unclear_root(documents: &Documents, index: &Index, text: &str) -> Diagnostic {
    let (problem, help) = unclear(documents, index, text, "root");
    let message = format!("the root `{text}` {problem}");
    Diagnostic::new(DiagnosticKind::MissingRoot, message).in_file(documents.path("").trim_end_matches('/')).help(help)
}

/// Returns (problem, help) for a `text` that names no schema, or several: "does not exist", or "is in 2 files". `noun` is
/// what the help calls the thing that is named, such as `root`.
pub(super) fn unclear(documents: &Documents, index: &Index, text: &str, noun: &str) -> (String, String) {
    let candidates = find_schemas_named(documents, index, text);
    if candidates.is_empty() {
        let files = documents.all().iter().map(|document| document.name.as_str());
        let known = nearest::list_similar(files.chain(index.ids()), text);
        let help = format!("a {noun} is a file, an `$id`, or a file with `#` and a JSON pointer; there are");
        return ("does not exist".to_owned(), format!("{help}:{known}"));
    }
    let name = |location: &Location| documents.all().get(location.document).map_or("", |document| &document.name);
    let written = candidates.iter().map(|location| format!("{}#{}", name(location), location.pointer()));
    let problem = format!("is in {} files", candidates.len());
    (problem, format!("name the file too, as in:{}", nearest::list_similar(written, text)))
}
