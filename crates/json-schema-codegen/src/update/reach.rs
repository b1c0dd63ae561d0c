//! Follows the references of newer schemas, to find all that an update takes.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::Documents;
use crate::draft;
use crate::location::Location;
use crate::resolve::reference;
use crate::settings::Dangling;
use crate::update::folder::{Counterparts, OldFolder};
use crate::update::source::NewerDocuments;

/// Returns the locations of the newer schemas that become files: those of `roots`, and all that they refer to in
/// `corrected`, the newer documents with the folder's corrections. A reference may also refer to a schema that only the
/// old schema folder has; that schema is not returned.
///
/// # Errors
/// References that refer to nothing in the newer documents or in the folder, unless `dangling` allows them; references
/// to a part of an OpenAPI document that cannot become a file.
pub(crate) fn find_reachable_schemas(
    source: &NewerDocuments,
    corrected: &Documents,
    roots: &[Location],
    folder: &OldFolder<'_>,
    counterparts: &Counterparts,
    dangling: Dangling,
) -> Result<BTreeSet<Location>, Errors> {
    let mut findings = Findings::default();
    let mut schemas = BTreeSet::new();
    let mut waiting = Vec::new();
    let mut take = |location: &Location, waiting: &mut Vec<Location>, findings: &mut Findings| {
        let schema = source.find_file_schema(location).and_then(|schema| findings.record_errors(schema));
        schemas.extend(schema.clone());
        waiting.extend(schema.into_iter().chain([location.clone()]));
    };
    for root in roots.iter().flat_map(|root| source.find_schemas_of_root(root)).chain(roots.iter().cloned()) {
        take(&root, &mut waiting, &mut findings);
    }
    let mut seen = BTreeSet::new();
    while let Some(location) = waiting.pop() {
        let Some(Value::Object(schema)) = corrected.value_at(&location) else { continue };
        if findings.has_max_errors() || !seen.insert(location.clone()) {
            continue;
        }
        waiting.extend(draft::find_applied_subschemas(&location, schema));
        let Some((keyword, reference)) = reference::find_reference_in_schema(source.draft_of_schema(&location), schema)
        else {
            continue;
        };
        match reference::resolve_reference(source.documents(), source.index(), &location, (keyword, reference)) {
            Ok(Some(target)) => take(&target, &mut waiting, &mut findings),
            _ if folder.has_reference_target(source, counterparts, &location, reference) => {}
            Ok(None) if dangling == Dangling::Widen => {}
            Ok(None) => findings.push(dangling_reference_error(source, &location.child(keyword), reference)),
            Err(diagnostic) => findings.push(*diagnostic),
        }
    }
    findings.into_result(schemas)
}

/// Returns the error for a `reference` at the location `at` that refers to nothing in the newer documents or the schema
/// folder.
fn dangling_reference_error(source: &NewerDocuments, at: &Location, reference: &str) -> Diagnostic {
    let message = format!("`{reference}` refers to nothing, here or in the schema folder");
    let help = format!("correct the reference, or add the schema; {}", source.list_nearest_names(reference));
    source.documents().make_diagnostic(DiagnosticKind::DanglingReference, at, message).with_help(help)
}
