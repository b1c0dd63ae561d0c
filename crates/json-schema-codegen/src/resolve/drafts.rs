//! Finds the draft of each document.
//!
//! A document says its draft by `$schema` or `openapi`. The specification leaves open which draft one without
//! these has (core, section 8.1.1, "$schema"). It gets the draft of the first document that refers to it, since
//! it was written for that one; else the draft that the settings name, else 2020-12.

use std::collections::VecDeque;

use serde_json::Value;

use crate::documents::Documents;
use crate::draft::{self, Draft};
use crate::location::Location;
use crate::resolve::index::{SchemaIndex, find_outermost_schemas};
use crate::resolve::reference;

/// Returns the draft of each document, in the order of `documents`. `default` is the draft in the settings, for
/// documents that declare no draft and that no document refers to.
pub(crate) fn find_drafts(documents: &Documents, default: Option<Draft>) -> Vec<Draft> {
    let default = default.unwrap_or(Draft::Y2020);
    let mut drafts: Vec<Option<Draft>> =
        documents.all_documents().iter().map(|document| Draft::find_declared_draft(&document.value)).collect();
    let is_mixed = drafts.iter().any(Option::is_some) && drafts.iter().any(Option::is_none);
    if is_mixed {
        inherit_drafts(documents, &mut drafts, default);
    }
    drafts.into_iter().map(|draft| draft.unwrap_or(default)).collect()
}

/// Sets the draft of each document without one in `drafts` to the draft of the first document that refers to it,
/// directly or through other documents without a draft.
fn inherit_drafts(documents: &Documents, drafts: &mut [Option<Draft>], default: Draft) {
    let assumed: Vec<Draft> = documents
        .all_documents()
        .iter()
        .zip(drafts.iter())
        .map(|(document, draft)| draft.unwrap_or_else(|| guess_draft(&document.value, default)))
        .collect();
    // Two schemas with the same `$id` are reported once the drafts are known.
    let Ok(index) = SchemaIndex::new(documents, &assumed) else { return };
    let mut waiting: VecDeque<usize> = (0..drafts.len()).filter(|number| drafts[*number].is_some()).collect();
    while let Some(number) = waiting.pop_front() {
        let draft = drafts[number];
        for target in find_referred_documents(documents, &index, number) {
            if drafts[target].is_none() {
                drafts[target] = draft;
                waiting.push_back(target);
            }
        }
    }
}

/// Returns the draft for reading the `$id`s of a document that declares no draft, until its draft is known: draft 4 if
/// it has an `id` and no `$id`, otherwise `default`.
fn guess_draft(document: &Value, default: Draft) -> Draft {
    let has = |keyword| document.get(keyword).is_some_and(Value::is_string);
    if has("id") && !has("$id") { Draft::Four } else { default }
}

/// Returns the indices of the documents that the `$ref`s in the document `number` refer to, in the order of the
/// `$ref`s. An index may come several times.
fn find_referred_documents(documents: &Documents, index: &SchemaIndex, number: usize) -> Vec<usize> {
    let mut targets = Vec::new();
    let mut waiting: Vec<Location> = find_outermost_schemas(documents, number).into_iter().rev().collect();
    while let Some(location) = waiting.pop() {
        let Some(Value::Object(schema)) = documents.value_at(&location) else { continue };
        waiting.extend(draft::find_subschemas(&location, schema).into_iter().rev());
        let Some(text) = schema.get("$ref").and_then(Value::as_str) else { continue };
        let target = reference::resolve_reference(documents, index, &location, ("$ref", text));
        targets.extend(target.ok().flatten().map(|target| target.document));
    }
    targets
}
