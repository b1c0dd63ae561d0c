//! Plans the update of a schema folder to newer schemas: which files change, their names and their texts.
//!
//! The update is pure, like `generate`: the caller reads the documents and writes the files.

mod folder;
mod reach;
mod source;
mod stale;
mod text;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::check::check_limits;
use crate::documents::{Document, Documents};
use crate::location::Location;
use crate::settings::Settings;

use folder::{Counterparts, OldFolder};
use source::NewerDocuments;

/// The options of an update, in addition to the settings of the job.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct UpdateOptions {
    /// JSON pointers to the newer schemas that become files, such as `/components/schemas/Order`; the schemas that they
    /// refer to become files too. If empty, the roots of the job are used.
    pub pointers: Vec<String>,
    /// If true, corrections that do not fit the newer schemas are dropped.
    pub drop_stale: bool,
}

/// The planned changes to the files of a schema folder.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UpdatePlan {
    /// The documents of the folder after the update.
    pub documents: Documents,
    /// The schema files of the folder after the update, and the files of corrections that it changes or removes, sorted
    /// by name.
    pub files: Vec<PlannedFile>,
    /// The errors that `generate` would report for the dropped corrections.
    pub dropped: Vec<Diagnostic>,
}

/// The planned change to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedFile {
    /// The path of the file, relative to the schema folder.
    pub name: String,
    /// The kind of change to the file.
    pub change: FileChange,
    /// The text of the file after the update; empty if the file is removed.
    pub text: String,
    /// True for a file of corrections (`*.patch.json`).
    pub is_correction: bool,
}

/// The kind of change to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileChange {
    /// The file is new.
    Added,
    /// The content of the file changes.
    Changed,
    /// Nothing differs, or only white space or the escaping of characters in strings; the file keeps its bytes.
    Same,
    /// The file is removed: a file of corrections all of which are dropped.
    Removed,
    /// The update does not reach the file's schema; the file keeps its bytes.
    Left,
}

/// Plans how the requested schemas of the documents `newer`, and all schemas that they refer to, become
/// files of the schema folder. A reference that a correction of the folder removes does not count. Nothing is written.
///
/// A schema that is a whole document keeps its text. A schema of an OpenAPI document gets `$schema`, `$id`
/// (its pointer in that document, so that references need no change) and `title` before its own keywords,
/// and is formatted with two spaces.
///
/// # Errors
/// Newer documents that are not schemas, roots that are not in them, references that refer to nothing, and
/// names that files cannot have. Corrections that no longer fit are not reported here:
/// [`generate`](crate::generate()) reports them.
///
/// # Examples
/// ```
/// use json_schema_codegen::{Documents, Settings};
/// use json_schema_codegen::update::{self, FileChange, UpdateOptions};
///
/// let order = r##"{"$id": "#/components/schemas/Order", "title": "Order", "type": "object"}"##;
/// let folder = Documents::from_texts("schema", [("shop-order.json", order)])?;
/// let newer = r##"{"openapi": "3.1.0", "components": {"schemas": {
///     "Order": {"properties": {"customer": {"$ref": "#/components/schemas/Customer"}}},
///     "Customer": {"type": "string"}
/// }}}"##;
/// let newer = Documents::from_texts("", [("api.json", newer)])?;
/// let update = update::plan(&folder, newer, &UpdateOptions::default(), &Settings::default())?;
/// let files: Vec<_> = update.files.iter().map(|file| (file.name.as_str(), file.change)).collect();
/// assert_eq!(files, [("shop-customer.json", FileChange::Added), ("shop-order.json", FileChange::Changed)]);
/// # Ok::<(), json_schema_codegen::Errors>(())
/// ```
pub fn plan(
    folder: &Documents,
    newer: Documents,
    options: &UpdateOptions,
    settings: &Settings,
) -> Result<UpdatePlan, Errors> {
    check_limits(&newer, &settings.limits)?;
    let source = NewerDocuments::new(newer)?;
    let indexed_folder = OldFolder::new(folder)?;
    let counterparts = indexed_folder.find_counterparts(&source);
    let roots = find_requested_schemas(&indexed_folder, &source, &counterparts, options, settings)?;
    let corrected = stale::correct_newer_schemas(folder, source.documents(), &counterparts, &settings.limits);
    let schemas =
        reach::find_reachable_schemas(&source, &corrected, &roots, &indexed_folder, &counterparts, settings.dangling)?;
    let names = indexed_folder.choose_file_names(&source, &schemas, &counterparts)?;
    let mut texts: FileTexts = folder.file_texts().map(|(name, text)| (PathBuf::from(name), text.to_owned())).collect();
    let mut files: Vec<PlannedFile> =
        names.iter().map(|(schema, name)| plan_schema_file(&source, schema, name, &texts)).collect();
    let reached: BTreeSet<&String> = names.values().collect();
    files.extend(
        folder.all_documents().iter().filter(|document| !reached.contains(&document.name)).map(plan_untouched_file),
    );
    for file in files.iter().filter(|file| matches!(file.change, FileChange::Added | FileChange::Changed)) {
        texts.insert(PathBuf::from(&file.name), file.text.clone());
    }
    let mut documents = Documents::from_file_texts(folder.schema_folder(), &texts)?;
    let mut dropped = Vec::new();
    if options.drop_stale {
        for corrections in stale::drop_stale_corrections(documents, &settings.limits) {
            files.push(plan_correction_file(corrections.name, corrections.text, &mut texts));
            dropped.extend(corrections.dropped);
        }
        documents = Documents::from_file_texts(folder.schema_folder(), &texts)?;
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(UpdatePlan { documents, files, dropped })
}

/// Returns the entry of the plan for a file that the update does not reach: it keeps its text.
fn plan_untouched_file(document: &Document) -> PlannedFile {
    let (name, text) = (document.name.clone(), document.text.json.clone());
    PlannedFile { name, change: FileChange::Left, text, is_correction: false }
}

/// The texts of the folder's files, by their paths relative to the folder.
type FileTexts = BTreeMap<PathBuf, String>;

/// Returns the entry of the plan for the file of corrections `name`, whose new text is `text` (`None` if no correction
/// is left). Puts the new text into `texts`, or removes the file from `texts`.
fn plan_correction_file(name: String, text: Option<String>, texts: &mut FileTexts) -> PlannedFile {
    let change = if text.is_some() { FileChange::Changed } else { FileChange::Removed };
    texts.remove(&PathBuf::from(&name));
    texts.extend(text.clone().map(|text| (PathBuf::from(&name), text)));
    PlannedFile { name, change, text: text.unwrap_or_default(), is_correction: true }
}

/// Returns the locations of the newer schemas that the update has to take: those at the pointers of `options`; without
/// pointers the newer versions of the job's roots, and of the schemas of views if the newer documents have them;
/// without roots the newer versions of all documents of the folder.
///
/// # Errors
/// Each pointer or root that is not in the newer documents, or, without either, a folder of which no document is in
/// them.
fn find_requested_schemas(
    folder: &OldFolder<'_>,
    source: &NewerDocuments,
    counterparts: &Counterparts,
    options: &UpdateOptions,
    settings: &Settings,
) -> Result<Vec<Location>, Errors> {
    let mut findings = Findings::default();
    let mut roots = BTreeSet::new();
    if !options.pointers.is_empty() {
        for pointer in &options.pointers {
            roots.extend(findings.record_errors(find_schema_at_pointer(source, pointer)));
        }
    } else if settings.roots.is_empty() {
        roots.extend(counterparts.keys().cloned());
        if roots.is_empty() {
            findings.push(missing_schema_error(source, "no schema of the folder is in the newer schemas", ""));
        }
    } else {
        let find = |name: &str| match folder.find_root(name) {
            Some(older) => {
                let schema = counterparts.iter().find(|(_, number)| **number == older.document);
                schema.and_then(|(schema, _)| source.find_value_below(schema, older.pointer()))
            }
            None => source.find_root(name),
        };
        for root in &settings.roots {
            match find(root) {
                Some(schema) => drop(roots.insert(schema)),
                None => {
                    let message = format!("the root `{root}` is not in the newer schemas");
                    findings.push(missing_schema_error(source, &message, &folder.root_search_name(root)));
                }
            }
        }
        roots.extend(settings.views.values().flat_map(|view| view.values.values()).filter_map(|schema| find(schema)));
    }
    findings.into_result(roots.into_iter().collect())
}

/// Returns the location of the value at `pointer`, with or without a `#` in front, in the only newer document that has
/// a value there.
///
/// # Errors
/// No document or several have a value there, or the value is not in a schema that can become a file.
fn find_schema_at_pointer(source: &NewerDocuments, pointer: &str) -> Result<Location, Errors> {
    let pointer = pointer.trim_start_matches('#');
    let missing = || missing_schema_error(source, &format!("`{pointer}` is not in the newer schemas"), pointer);
    let location = source.find_schema_by_pointer(pointer).ok_or_else(missing)?;
    source.find_file_schema(&location).unwrap_or_else(|| Err(missing().into())).map(|_| location)
}

/// Returns an error about the newer file or folder, with a help that lists the newer schemas whose names are most
/// similar to `wanted`.
fn missing_schema_error(source: &NewerDocuments, message: &str, wanted: &str) -> Diagnostic {
    let nearest = source.list_nearest_names(wanted);
    let help = format!("name the schema to take with `--pointer`, or give another file or folder; {nearest}");
    Diagnostic::new(DiagnosticKind::MissingRoot, message).with_file(source.display_path()).with_help(help)
}

/// Returns the entry of the plan for the file `name` that the newer schema at `schema` becomes. `texts` are the texts
/// of the folder's files before the update.
fn plan_schema_file(source: &NewerDocuments, schema: &Location, name: &str, texts: &FileTexts) -> PlannedFile {
    let text = write::make_file_text(source, schema);
    let old_text = texts.get(&PathBuf::from(name));
    let change = match old_text {
        None => FileChange::Added,
        Some(old_text) if text::have_same_tokens(old_text, &text) => FileChange::Same,
        Some(_) => FileChange::Changed,
    };
    let text = old_text.filter(|_| change == FileChange::Same).cloned().unwrap_or(text);
    PlannedFile { name: name.to_owned(), change, text, is_correction: false }
}
