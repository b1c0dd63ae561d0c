//! Takes out corrections whose guards no longer hold.

use std::collections::BTreeSet;

use crate::correct::{COPIED, PatchFile};
use crate::diagnostic::{Diagnostic, Kind};
use crate::documents::Documents;
use crate::settings::Limits;
use crate::update::text;

/// What is left of a file of corrections.
pub(crate) struct Rest {
    /// The name of the file.
    pub(crate) name: String,
    /// Its text; nothing when no correction is left.
    pub(crate) text: Option<String>,
    /// The corrections that no longer fit, as `generate` would report them.
    pub(crate) dropped: Vec<Diagnostic>,
}

/// Finds the corrections that no longer fit their documents, in the order in which they apply. What
/// else is wrong with corrections is for `generate` to say.
pub(crate) fn rests(mut documents: Documents, limits: &Limits) -> Vec<Rest> {
    let mut rests = Vec::new();
    for (name, patch) in documents.take_corrections() {
        let file = PatchFile { document: &patch };
        let (Some(target), Ok(groups)) = (documents.by_name(&name), file.groups(limits)) else { continue };
        let Some(document) = documents.all_mut().nth(target) else { continue };
        let mut room = limits.file / COPIED;
        let mut dropped = Vec::new();
        let mut gone = BTreeSet::new();
        for group in groups {
            let mut corrected = document.value.clone();
            match group.apply(&file, &mut corrected, &mut room) {
                Ok(_) => document.value = corrected,
                Err(stale) if stale.kind == Kind::StaleCorrection => {
                    dropped.push(*stale);
                    gone.extend(group.operations.iter().map(|(index, _)| *index));
                }
                Err(_) => {}
            }
        }
        if !gone.is_empty() {
            rests.push(Rest { name: patch.name.clone(), text: without(&patch.text.json, &gone), dropped });
        }
    }
    rests
}

/// A list without some of its elements; nothing when none is left.
fn without(list: &str, gone: &BTreeSet<usize>) -> Option<String> {
    let elements = text::elements(list)?.into_iter().enumerate();
    let left: Vec<&str> = elements.filter(|(index, _)| !gone.contains(index)).map(|(_, text)| text).collect();
    (!left.is_empty()).then(|| text::pretty(&format!("[{}]", left.join(","))))
}
