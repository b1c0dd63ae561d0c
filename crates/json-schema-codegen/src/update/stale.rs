//! Applies the corrections of a schema folder to newer schemas, and drops stale corrections: those that no longer fit.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::correct::{COPY_LIMIT_DIVISOR, Correction, CorrectionFile};
use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::documents::{Document, Documents};
use crate::settings::Limits;
use crate::update::folder::Counterparts;
use crate::update::text;

/// A file of corrections after its stale corrections have been dropped.
pub(crate) struct RemainingCorrections {
    /// The name of the file, relative to the schema folder: `order.patch.json`.
    pub(crate) name: String,
    /// The new text of the file; `None` if no correction is left.
    pub(crate) text: Option<String>,
    /// The errors that `generate` would report for the dropped corrections.
    pub(crate) dropped: Vec<Diagnostic>,
}

/// Returns the files of corrections that have stale corrections, without the stale ones. Applies all corrections to
/// find out which ones fit. Ignores other errors in corrections, which `generate` reports.
pub(crate) fn drop_stale_corrections(mut documents: Documents, limits: &Limits) -> Vec<RemainingCorrections> {
    let mut files = Vec::new();
    for (name, patch) in documents.take_corrections() {
        let target = documents.find_index_by_name(&name);
        let Some(document) = target.and_then(|target| documents.all_documents_mut().nth(target)) else { continue };
        let (stale, dropped): (Vec<_>, Vec<_>) =
            apply_fitting_corrections(&patch, &mut document.value, limits).into_iter().unzip();
        let indices: BTreeSet<usize> =
            stale.iter().flat_map(|correction| correction.operations.iter().map(|(index, _)| *index)).collect();
        if !indices.is_empty() {
            let text = remove_array_elements(&patch.text.json, &indices);
            files.push(RemainingCorrections { name: patch.name.clone(), text, dropped });
        }
    }
    files
}

/// Applies the corrections in the file `patch` that fit `schema`. Returns (correction, error) for each that is stale.
/// Ignores corrections with other errors, which `generate` reports.
fn apply_fitting_corrections(patch: &Document, schema: &mut Value, limits: &Limits) -> Vec<(Correction, Diagnostic)> {
    let file = CorrectionFile { document: patch };
    let Ok(corrections) = file.parse_corrections(limits) else { return Vec::new() };
    let mut room = limits.file / COPY_LIMIT_DIVISOR;
    let mut stale = Vec::new();
    for correction in corrections {
        let mut corrected = schema.clone();
        match correction.apply_to_document(&file, &mut corrected, &mut room) {
            Ok(_) => *schema = corrected,
            Err(error) if error.kind == DiagnosticKind::StaleCorrection => stale.push((correction, *error)),
            Err(_) => {}
        }
    }
    stale
}

/// Returns the newer documents with the corrections of the schema folder that fit them, so that an update takes only
/// schemas that the corrected schemas refer to. `counterparts` has the document of the folder for each newer schema.
pub(crate) fn correct_newer_schemas(
    folder: &Documents,
    newer: &Documents,
    counterparts: &Counterparts,
    limits: &Limits,
) -> Documents {
    let mut corrected = newer.clone();
    for (schema, number) in counterparts {
        let Some(patch) = folder.all_documents().get(*number).and_then(|old| folder.corrections().get(&old.name))
        else {
            continue;
        };
        let document = corrected.all_documents_mut().nth(schema.document);
        if let Some(value) = document.and_then(|document| document.value.pointer_mut(schema.pointer())) {
            apply_fitting_corrections(patch, value, limits);
        }
    }
    corrected
}

/// Returns the text of the JSON array `array` without the elements at `indices`, formatted. `None` if no element is
/// left or `array` is not a JSON array.
fn remove_array_elements(array: &str, indices: &BTreeSet<usize>) -> Option<String> {
    let elements = text::split_array(array)?.into_iter().enumerate();
    let remaining: Vec<&str> = elements.filter(|(index, _)| !indices.contains(index)).map(|(_, text)| text).collect();
    (!remaining.is_empty()).then(|| text::format_json(&format!("[{}]", remaining.join(","))))
}
