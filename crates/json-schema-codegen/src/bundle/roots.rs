//! Which schemas the job asks for.

use serde_json::Value;

use crate::bundle::index::{self, Index};
use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::draft;
use crate::load::Documents;
use crate::place::Place;
use crate::settings::Settings;

/// The roots that the settings name; without any, all that the documents hold.
pub(crate) fn find(documents: &Documents, index: &Index, settings: &Settings) -> Result<Vec<Place>, Errors> {
    if settings.roots.is_empty() {
        let own = (0..documents.all().len()).filter(|document| documents.is_own(*document));
        return Ok(own.flat_map(|document| whole(documents, document)).collect());
    }
    let mut findings = Findings::default();
    let mut roots = Vec::new();
    for text in &settings.roots {
        match named(documents, index, text) {
            Some(place) if !roots.contains(&place) => roots.push(place),
            Some(_) => {}
            None => findings.push(missing(documents, index, text)),
        }
    }
    findings.or(roots)
}

/// A document's own schema; its definitions when it is nothing but a folder of them.
fn whole(documents: &Documents, document: usize) -> Vec<Place> {
    let roots = index::schema_roots(documents, document);
    let [root] = roots.as_slice() else { return roots };
    let Some(Value::Object(schema)) = documents.get(root) else { return roots };
    let definitions = draft::definitions(root, schema);
    let only_definitions = schema.get("$ref").is_none()
        && schema.get("type").is_none()
        && schema.get("enum").is_none()
        && draft::applied(root, schema).is_empty();
    if only_definitions && !definitions.is_empty() { definitions } else { roots }
}

fn named(documents: &Documents, index: &Index, text: &str) -> Option<Place> {
    if let Some(place) = index.id(text) {
        return Some(place.clone());
    }
    let (file, pointer) = text.split_once('#').unwrap_or((text, ""));
    let mut candidates = match file {
        "" => (0..documents.all().len()).filter(|document| documents.is_own(*document)).collect::<Vec<_>>(),
        file => documents.by_name(file).into_iter().collect(),
    };
    candidates.retain(|document| documents.get(&Place::new(*document, pointer)).is_some());
    match candidates[..] {
        [document] => Some(Place::new(document, pointer)),
        _ => None,
    }
}

fn missing(documents: &Documents, index: &Index, text: &str) -> Diagnostic {
    let files = documents.all().iter().map(|document| format!("\n`{}`", document.name));
    let ids = index.ids().map(|id| format!("\n`{id}`"));
    let known: String = files.chain(ids).collect();
    Diagnostic::new(Kind::MissingRoot, format!("the root `{text}` does not exist"))
        .in_file(documents.path("").trim_end_matches('/'))
        .help(format!("a root is a file, an `$id`, or a file with `#` and a JSON pointer; there are:{known}"))
}
