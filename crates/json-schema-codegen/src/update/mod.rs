//! Takes newer schemas into a schema folder: which files, by which names, with which texts.
//!
//! Pure as `generate` is: who calls it reads the documents, and writes the files.

mod folder;
mod source;
mod stale;
mod text;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::documents::{Document, Documents};
use crate::limits;
use crate::place::Place;
use crate::settings::Settings;

use folder::{Counterparts, Folder};
use source::Source;

/// What is asked for beside the settings of the job.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Updating {
    /// JSON pointers to the schemas to take, with what they reach; the roots of the job when there
    /// is none.
    pub pointers: Vec<String>,
    /// Whether corrections that no longer fit are taken out.
    pub drop_stale: bool,
}

/// What an update does to the files of a schema folder.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Update {
    /// The documents of the folder as they will be.
    pub documents: Documents,
    /// The files that the update is about, in order; no other is touched.
    pub files: Vec<Updated>,
    /// The corrections that are taken out, as errors would tell of them.
    pub dropped: Vec<Diagnostic>,
}

/// What becomes of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Updated {
    /// Its path from the schema folder.
    pub name: String,
    /// What becomes of it.
    pub change: FileChange,
    /// Its text; empty for a file that is removed.
    pub text: String,
    /// Whether it is a file of corrections.
    pub is_correction: bool,
}

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileChange {
    /// It is new.
    Added,
    /// It says something else than before.
    Changed,
    /// It stays as it is, byte for byte, since it says the same.
    Same,
    /// It goes.
    Removed,
    /// Nothing that was asked for reaches it, so it is left as it is.
    Left,
}

/// Takes the schemas that are asked for, with all that they reach, out of newer documents into those
/// of a schema folder.
///
/// A schema that is a whole document comes as it is written. A schema of an OpenAPI document gets
/// `$schema`, `$id` (its place in that document, so that references need no change) and `title`
/// before its own keywords, and is laid out with two spaces.
///
/// # Errors
/// Newer documents that are no schemas, roots that are not in them, references to nothing, names that
/// files cannot have. Corrections that no longer fit are for [`generate`](crate::generate()) to find.
///
/// # Examples
/// ```
/// use json_schema_codegen::{Documents, FileChange, Settings, Updating, update};
///
/// let order = r##"{"$id": "#/components/schemas/Order", "title": "Order", "type": "object"}"##;
/// let folder = Documents::from_texts("schema", [("shop-order.json", order)])?;
/// let newer = r##"{"openapi": "3.1.0", "components": {"schemas": {
///     "Order": {"properties": {"customer": {"$ref": "#/components/schemas/Customer"}}},
///     "Customer": {"type": "string"}
/// }}}"##;
/// let newer = Documents::from_texts("", [("api.json", newer)])?;
/// let update = update(&folder, newer, &Updating::default(), &Settings::default())?;
/// let files: Vec<_> = update.files.iter().map(|file| (file.name.as_str(), file.change)).collect();
/// assert_eq!(files, [("shop-customer.json", FileChange::Added), ("shop-order.json", FileChange::Changed)]);
/// # Ok::<(), json_schema_codegen::Errors>(())
/// ```
pub fn update(folder: &Documents, newer: Documents, asked: &Updating, settings: &Settings) -> Result<Update, Errors> {
    limits::check(&newer, &settings.limits)?;
    let source = Source::new(newer)?;
    let there = Folder::new(folder)?;
    let counterparts = there.counterparts(&source);
    let roots = roots(&there, &source, &counterparts, asked, settings)?;
    let schemas = source.reached(&roots, &there, &counterparts, settings.dangling)?;
    let names = there.names(&source, &schemas, &counterparts)?;
    let mut texts: Texts = folder.texts().map(|(name, text)| (PathBuf::from(name), text.to_owned())).collect();
    let mut files: Vec<Updated> = names.iter().map(|(schema, name)| updated(&source, schema, name, &texts)).collect();
    let reached: BTreeSet<&String> = names.values().collect();
    files.extend(folder.all().iter().filter(|document| !reached.contains(&document.name)).map(left));
    for file in files.iter().filter(|file| matches!(file.change, FileChange::Added | FileChange::Changed)) {
        texts.insert(PathBuf::from(&file.name), file.text.clone());
    }
    let mut documents = Documents::of_files(folder.folder(), &texts)?;
    let mut dropped = Vec::new();
    if asked.drop_stale {
        for rest in stale::rests(documents, &settings.limits) {
            files.push(corrections(rest.name, rest.text, &mut texts));
            dropped.extend(rest.dropped);
        }
        documents = Documents::of_files(folder.folder(), &texts)?;
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Update { documents, files, dropped })
}

fn left(document: &Document) -> Updated {
    let (name, text) = (document.name.clone(), document.text.json.clone());
    Updated { name, change: FileChange::Left, text, is_correction: false }
}

/// The texts of the folder's files, in the order that they are read in.
type Texts = BTreeMap<PathBuf, String>;

/// What becomes of a file of corrections, and of its text.
fn corrections(name: String, text: Option<String>, texts: &mut Texts) -> Updated {
    let change = if text.is_some() { FileChange::Changed } else { FileChange::Removed };
    texts.remove(&PathBuf::from(&name));
    texts.extend(text.clone().map(|text| (PathBuf::from(&name), text)));
    Updated { name, change, text: text.unwrap_or_default(), is_correction: true }
}

/// The places of the schemas that are asked for: by the pointers, else by the roots of the job, else
/// all that the folder holds.
fn roots(
    folder: &Folder<'_>,
    source: &Source,
    counterparts: &Counterparts,
    asked: &Updating,
    settings: &Settings,
) -> Result<Vec<Place>, Errors> {
    let mut findings = Findings::default();
    let mut roots = BTreeSet::new();
    if !asked.pointers.is_empty() {
        for pointer in &asked.pointers {
            roots.extend(findings.keep(pointed_to(source, pointer)));
        }
    } else if settings.roots.is_empty() {
        roots.extend(counterparts.keys().cloned());
        if roots.is_empty() {
            findings.push(missing(source, "no schema of the folder", ""));
        }
    } else {
        for root in &settings.roots {
            let newer = match folder.named(root) {
                Some(there) => {
                    let schema = counterparts.iter().find(|(_, number)| **number == there.document);
                    schema.and_then(|(schema, _)| source.below(schema, there.pointer()))
                }
                None => source.named(root),
            };
            match newer {
                Some(schema) => drop(roots.insert(schema)),
                None => findings.push(missing(source, &format!("the root `{root}`"), &folder.label(root))),
            }
        }
    }
    findings.or(roots.into_iter().collect())
}

/// The schema that a JSON pointer leads to in the one document that has something there.
fn pointed_to(source: &Source, pointer: &str) -> Result<Place, Errors> {
    let pointer = pointer.trim_start_matches('#');
    let nothing = || missing(source, &format!("`{pointer}`"), pointer);
    let place = source.at(pointer).ok_or_else(nothing)?;
    source.schema_of(&place).unwrap_or_else(|| Err(nothing().into())).map(|_| place)
}

fn missing(source: &Source, what: &str, like: &str) -> Diagnostic {
    let help = format!("name what to take with `--pointer`, or give another file or folder; {}", source.near(like));
    Diagnostic::new(Kind::MissingRoot, format!("{what} is not in it")).in_file(source.path()).help(help)
}

/// What becomes of the file of a schema.
fn updated(source: &Source, schema: &Place, name: &str, texts: &Texts) -> Updated {
    let text = write::write(source, schema);
    let there = texts.get(&PathBuf::from(name));
    let change = match there {
        None => FileChange::Added,
        Some(there) if text::same(there, &text) => FileChange::Same,
        Some(_) => FileChange::Changed,
    };
    let text = there.filter(|_| change == FileChange::Same).cloned().unwrap_or(text);
    Updated { name: name.to_owned(), change, text, is_correction: false }
}
