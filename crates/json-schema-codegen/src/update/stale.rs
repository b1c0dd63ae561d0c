//! Drops stale corrections: those that no longer fit the schemas after an update.

use std::collections::BTreeSet;

use crate::correct::{COPIED, PatchFile};
use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::documents::Documents;
use crate::settings::Limits;
use crate::update::text;

/// A file of corrections without its stale ones.
pub(crate) struct RemainingCorrections {
    /// The name of the file, relative to the schema folder: `order.patch.json`.
    pub(crate) name: String,
    /// The new text of the file; `None` if no correction is left.
    pub(crate) text: Option<String>,
    /// The errors that `generate` would report for the dropped corrections.
    pub(crate) dropped: Vec<Diagnostic>,
}

/// Returns the files of corrections that have stale corrections, without those. The corrections are applied
/// in order to find out which ones fit. Other faults of corrections are passed over: `generate` reports
/// them.
pub(crate) fn without_stale(mut documents: Documents, limits: &Limits) -> Vec<RemainingCorrections> {
    let mut files = Vec::new();
    for (name, patch) in documents.take_corrections() {
        let file = PatchFile { document: &patch };
        let (Some(target), Ok(groups)) = (documents.by_name(&name), file.groups(limits)) else { continue };
        let Some(document) = documents.all_mut().nth(target) else { continue };
        let mut room = limits.file / COPIED;
        let mut dropped = Vec::new();
        let mut stale_indices = BTreeSet::new();
        for group in groups {
            let mut corrected = document.value.clone();
            match group.apply(&file, &mut corrected, &mut room) {
                Ok(_) => document.value = corrected,
                Err(stale) if stale.kind == DiagnosticKind::StaleCorrection => {
                    dropped.push(*stale);
                    stale_indices.extend(group.operations.iter().map(|(index, _)| *index));
                }
                Err(_) => {}
            }
        }
        if !stale_indices.is_empty() {
            let text = without_elements(&patch.text.json, &stale_indices);
            files.push(RemainingCorrections { name: patch.name.clone(), text, dropped });
        }
    }
    files
}

/// Returns the text of a JSON array without the elements at `indices`, formatted; `None` if no element is
/// left or `array` is not an array.
fn without_elements(array: &str, indices: &BTreeSet<usize>) -> Option<String> {
    let elements = text::elements(array)?.into_iter().enumerate();
    let remaining: Vec<&str> = elements.filter(|(index, _)| !indices.contains(index)).map(|(_, text)| text).collect();
    (!remaining.is_empty()).then(|| text::pretty(&format!("[{}]", remaining.join(","))))
}
