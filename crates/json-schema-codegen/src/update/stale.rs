//! Drops stale corrections: those that no longer fit the schemas after an update.

use std::collections::BTreeSet;

use crate::correct::{COPY_DIVISOR, CorrectionFile};
use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::documents::Documents;
use crate::settings::Limits;
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
        let file = CorrectionFile { document: &patch };
        let (Some(target), Ok(corrections)) = (documents.find_index_by_name(&name), file.parse_corrections(limits))
        else {
            continue;
        };
        let Some(document) = documents.all_mut().nth(target) else { continue };
        let mut room = limits.file / COPY_DIVISOR;
        let mut dropped = Vec::new();
        let mut stale_indices = BTreeSet::new();
        for correction in corrections {
            let mut corrected = document.value.clone();
            match correction.apply_to(&file, &mut corrected, &mut room) {
                Ok(_) => document.value = corrected,
                Err(stale) if stale.kind == DiagnosticKind::StaleCorrection => {
                    dropped.push(*stale);
                    stale_indices.extend(correction.operations.iter().map(|(index, _)| *index));
                }
                Err(_) => {}
            }
        }
        if !stale_indices.is_empty() {
            let text = remove_array_elements(&patch.text.json, &stale_indices);
            files.push(RemainingCorrections { name: patch.name.clone(), text, dropped });
        }
    }
    files
}

/// Returns the text of the JSON array `array` without the elements at `indices`, formatted. `None` if no element is
/// left or `array` is not a JSON array.
fn remove_array_elements(array: &str, indices: &BTreeSet<usize>) -> Option<String> {
    let elements = text::split_array(array)?.into_iter().enumerate();
    let remaining: Vec<&str> = elements.filter(|(index, _)| !indices.contains(index)).map(|(_, text)| text).collect();
    (!remaining.is_empty()).then(|| text::format_json(&format!("[{}]", remaining.join(","))))
}
