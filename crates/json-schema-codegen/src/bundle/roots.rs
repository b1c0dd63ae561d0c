//! Which schemas the job asks for.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::bundle::index::{self, Index};
use crate::bundle::nearest;
use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::documents::Documents;
use crate::draft;
use crate::normalize::{ENFORCED, UNENFORCED};
use crate::place::Place;
use crate::settings::Settings;

/// The roots that the settings name; without any, all that the documents hold.
pub(crate) fn find(documents: &Documents, index: &Index, settings: &Settings) -> Result<Vec<Place>, Errors> {
    let roots = asked_for(documents, index, settings)?;
    one_for_name(documents, &roots, settings)?;
    Ok(roots)
}

/// How many names an error lists.
const SHOWN: usize = 20;

fn asked_for(documents: &Documents, index: &Index, settings: &Settings) -> Result<Vec<Place>, Errors> {
    if settings.roots.is_empty() {
        let own = (0..documents.all().len()).filter(|document| documents.is_root(*document));
        return Ok(own.flat_map(|document| whole(documents, document)).collect());
    }
    let mut findings = Findings::default();
    let mut roots = Vec::new();
    for text in &settings.roots {
        match named(documents, index, text) {
            Some(place) if place.pointer().is_empty() => roots.extend(whole(documents, place.document)),
            Some(place) => roots.push(place),
            None => findings.push(missing(documents, index, text)),
        }
    }
    let mut seen = BTreeSet::new();
    roots.retain(|root| seen.insert(root.clone()));
    findings.or(roots)
}

/// A name for the root's type is for one root.
fn one_for_name(documents: &Documents, roots: &[Place], settings: &Settings) -> Result<(), Errors> {
    let (Some(name), true) = (&settings.type_name, roots.len() != 1) else { return Ok(()) };
    let places = roots.iter().take(SHOWN).map(|root| format!("\n`{}#{}`", documents.file(root), root.pointer()));
    let message = format!("the type name `{name}` is for one root, and there are {}", roots.len());
    let help = format!("name one of them as the root:{}", places.collect::<String>());
    Err(Diagnostic::new(Kind::Settings, message).in_file(documents.folder()).help(help).into())
}

/// Returns the schema of a document; its definitions where it is nothing but a folder of them: it has
/// definitions, and no keyword that says which values there are.
pub(crate) fn whole(documents: &Documents, document: usize) -> Vec<Place> {
    let roots = index::schema_roots(documents, document);
    let [root] = roots.as_slice() else { return roots };
    let Some(Value::Object(schema)) = documents.get(root) else { return roots };
    let definitions = draft::definitions(root, schema);
    let only_definitions = draft::applied(root, schema).is_empty() && !schema.iter().any(constrains);
    if only_definitions && !definitions.is_empty() { definitions } else { roots }
}

/// Whether a keyword says which values there are; one like `"properties": {}` does not.
fn constrains((keyword, value): (&String, &Value)) -> bool {
    let keyword = keyword.as_str();
    let is_known = keyword == "$ref" || ENFORCED.contains(&keyword) || UNENFORCED.contains(&keyword);
    is_known && !(draft::is_applicator(keyword) && value.as_object().is_some_and(Map::is_empty))
}

/// The schema that a text names: a file, an `$id`, or either with `#` and a pointer.
pub(crate) fn named(documents: &Documents, index: &Index, text: &str) -> Option<Place> {
    match &candidates(documents, index, text)[..] {
        [place] => Some(place.clone()),
        _ => None,
    }
}

/// All that a text may name: a pointer without a file may lead somewhere in several documents.
fn candidates(documents: &Documents, index: &Index, text: &str) -> Vec<Place> {
    if let Some(place) = index.id(text) {
        return vec![place.clone()];
    }
    let (file, pointer) = text.split_once('#').unwrap_or((text, ""));
    let numbers = match file {
        "" => (0..documents.all().len()).filter(|document| documents.is_root(*document)).collect::<Vec<_>>(),
        file => documents.by_name(file).into_iter().collect(),
    };
    let places = numbers.into_iter().map(|document| Place::new(document, pointer));
    places.filter(|place| documents.get(place).is_some()).collect()
}

fn missing(documents: &Documents, index: &Index, text: &str) -> Diagnostic {
    let candidates = candidates(documents, index, text);
    let (message, help) = if candidates.is_empty() {
        let files = documents.all().iter().map(|document| document.name.as_str());
        let known = nearest::list(files.chain(index.ids()), text);
        let help = "a root is a file, an `$id`, or a file with `#` and a JSON pointer; there are";
        (format!("the root `{text}` does not exist"), format!("{help}:{known}"))
    } else {
        let name = |place: &Place| documents.all().get(place.document).map_or("", |document| &document.name);
        let written = candidates.iter().map(|place| format!("{}#{}", name(place), place.pointer()));
        let count = candidates.len();
        (
            format!("the root `{text}` is in {count} files"),
            format!("name the file too, as in:{}", nearest::list(written, text)),
        )
    };
    Diagnostic::new(Kind::MissingRoot, message).in_file(documents.path("").trim_end_matches('/')).help(help)
}
