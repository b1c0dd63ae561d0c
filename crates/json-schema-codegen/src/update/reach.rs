//! Follows the references of newer schemas, to find all that an update takes.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::draft;
use crate::location::Location;
use crate::resolve::reference;
use crate::settings::Dangling;
use crate::update::folder::{Counterparts, Folder};
use crate::update::source::Source;

/// Returns the schemas that become files: those of the roots, and all that they refer to. A reference to
/// a schema that only the older schema folder has is fine; that schema is not returned.
///
/// # Errors
/// References that refer to nothing, here or in the folder, unless `dangling` accepts them; references to
/// a part of an OpenAPI document that can have no file.
pub(crate) fn reachable_schemas(
    source: &Source,
    roots: &[Location],
    folder: &Folder<'_>,
    counterparts: &Counterparts,
    dangling: Dangling,
) -> Result<BTreeSet<Location>, Errors> {
    let mut findings = Findings::default();
    let mut schemas = BTreeSet::new();
    let mut waiting = Vec::new();
    let mut take = |location: &Location, waiting: &mut Vec<Location>, findings: &mut Findings| {
        let schema = source.file_schema(location).and_then(|schema| findings.keep(schema));
        schemas.extend(schema.clone());
        waiting.extend(schema.into_iter().chain([location.clone()]));
    };
    for root in roots.iter().flat_map(|root| source.root_schemas(root)).chain(roots.iter().cloned()) {
        take(&root, &mut waiting, &mut findings);
    }
    let mut seen = BTreeSet::new();
    while let Some(location) = waiting.pop() {
        let Some(Value::Object(schema)) = source.documents().get(&location) else { continue };
        if findings.is_full() || !seen.insert(location.clone()) {
            continue;
        }
        waiting.extend(draft::applied(&location, schema));
        let Some((keyword, reference)) = reference::find_in_schema(source.draft(&location), schema) else { continue };
        match reference::resolve(source.documents(), source.index(), &location, (keyword, reference)) {
            Ok(Some(target)) => take(&target, &mut waiting, &mut findings),
            _ if folder.has_target(source, counterparts, &location, reference) => {}
            Ok(None) if dangling == Dangling::Widen => {}
            Ok(None) => findings.push(dangling_reference(source, &location.child(keyword), reference)),
            Err(diagnostic) => findings.push(*diagnostic),
        }
    }
    findings.or(schemas)
}

/// Returns the error of a reference, at the location `at`, that refers to nothing.
fn dangling_reference(source: &Source, at: &Location, reference: &str) -> Diagnostic {
    let message = format!("`{reference}` refers to nothing, here or in the schema folder");
    let help = format!("correct the reference, or add the schema; {}", source.nearest_names(reference));
    source.documents().diagnostic(DiagnosticKind::DanglingReference, at, message).help(help)
}
