//! Runs the stages of the generator one after the other, from documents to the text of the types.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::bundle;
use crate::correct;
use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors};
use crate::documents::Documents;
use crate::documents::check::check_limits;
use crate::limits;
use crate::location::Location;
use crate::lower::{self, TypeTexts};
use crate::normalize::{self, Definitions, Notes};
use crate::refine;
use crate::render;
use crate::report::{self, Report};
use crate::resolve::{self, Resolved};
use crate::settings::Settings;

/// The result of a run: the text of the types, and the data for the other outputs and the report.
pub struct Generated {
    types: String,
    resolved: Resolved,
    definitions: Definitions,
    type_texts: TypeTexts,
    notes: Notes,
}

/// Generates Rust types from documents. The function is pure: it reads no clock, environment or file, and
/// the same input gives the same text.
///
/// # Errors
/// Returns all errors in the settings, the corrections, the references and the roots, and an error if schemas or the
/// output exceed the limits of the settings.
///
/// # Examples
/// ```
/// use json_schema_codegen::{Documents, Settings, generate};
///
/// let schema = r#"{"title": "Point", "type": "object", "properties": {"x": {"type": "number"}}}"#;
/// let documents = Documents::from_texts("schema", [("point.json", schema)])?;
/// let generated = generate(documents, &Settings::default())?;
/// assert!(generated.types().contains("pub struct Point"));
/// # Ok::<(), json_schema_codegen::Errors>(())
/// ```
pub fn generate(documents: Documents, settings: &Settings) -> Result<Generated, Errors> {
    settings.check_settings()?;
    check_limits(&documents, &settings.limits)?;
    let (corrected, findings) = correct::apply_corrections(documents, &settings.limits);
    check_limits(&corrected.documents, &settings.limits)?;
    let resolved = findings.combine_with_result(resolve::resolve_references(corrected, settings))?;
    let (definitions, mut notes) = normalize::normalize_schemas(&resolved, settings)?;
    let lowered = lower::lower_to_rust_types(definitions, settings.map_type_path(), &mut notes);
    let output = refine::write_rust_items(&lowered, &resolved, settings)?;
    let types = check_output_size(render::render_output(output), settings)?;
    let type_texts = lowered.rust_types.format_as_texts();
    Ok(Generated { types, resolved, definitions: lowered.definitions, type_texts, notes })
}

/// Returns `output` if it has at most `limits.output` bytes, otherwise an error.
fn check_output_size(output: String, settings: &Settings) -> Result<String, Errors> {
    let (length, most) = (output.len(), settings.limits.output);
    if length <= most {
        return Ok(output);
    }
    Err(limits::limit_exceeded_error("output", most, format!("the output has {length} bytes")).into())
}

impl fmt::Debug for Generated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generated").field("types", &self.types).finish_non_exhaustive()
    }
}

impl Generated {
    /// Returns the Rust source of the types. Include it in a module of its own.
    pub fn types(&self) -> &str {
        &self.types
    }

    /// Returns the Rust source with `impl JsonSchema` (schemars 1) for the types. Include it in the module of
    /// the types.
    ///
    /// # Errors
    /// Only faults of the generator itself.
    pub fn json_schema_impls(&self) -> Result<String, Errors> {
        let output = refine::write_json_schema_impls(&self.definitions, &self.resolved)?;
        Ok(render::render_output(output))
    }

    /// Returns the Rust source with the methods of views that return texts as times (jiff 1). Include it in the module
    /// of the types. Without [`Features::jiff`](crate::Features::jiff) in the settings, it has no methods.
    ///
    /// # Errors
    /// Only faults of the generator itself.
    pub fn jiff_impls(&self) -> Result<String, Errors> {
        let output = refine::write_jiff_impls(&self.definitions)?;
        Ok(render::render_output(output))
    }

    /// Returns the corrected schemas as one self-contained document, with the definitions under `$defs` by
    /// their Rust names.
    pub fn schema(&self) -> Value {
        bundle::build_bundle(&self.resolved, &self.definitions)
    }

    /// Returns the JSON pointer of each type's schema in [`Generated::schema`], by the Rust name of the type: `Line`
    /// may have `/$defs/Line`. Types without a schema of their own are left out.
    pub fn schema_pointers(&self) -> BTreeMap<String, String> {
        let definitions = &self.definitions;
        let pointer = bundle::make_pointer_converter(&self.resolved, definitions);
        let with_pointer = definitions.all.iter().filter_map(|definition| {
            let pointer = pointer(&definition.location)?;
            Some((definition.name.clone(), pointer))
        });
        with_pointer.collect()
    }

    /// Returns the corrected documents that the types are made from, with their references resolved.
    #[cfg(any(feature = "changes", feature = "columns"))]
    pub(crate) fn resolved(&self) -> &Resolved {
        &self.resolved
    }

    /// Returns the definitions that the types are made from, the generator's intermediate form.
    #[cfg(any(feature = "changes", feature = "columns"))]
    pub(crate) fn definitions(&self) -> &Definitions {
        &self.definitions
    }

    /// Returns notes for whoever runs the generator: definitions without a type because of an error in them, keywords
    /// that the draft of their document does not have, defaults that their schemas do not accept, and faults that the
    /// generator noticed in itself. [`Generated::report`] has more.
    pub fn notes(&self) -> Vec<Diagnostic> {
        let broken = self.resolved.broken_definitions().iter().map(|(location, error)| {
            let name = location.last_step().unwrap_or_default();
            let message = format!("the definition `{name}` has no type: {}", error.message);
            Diagnostic { message, ..error.clone() }
        });
        let note =
            |kind| move |(location, text): (&Location, &String)| self.resolved.make_diagnostic(kind, location, text);
        let unknown = self.notes.unknown_keywords.iter().map(note(DiagnosticKind::UnknownKeyword));
        let defaults = self.notes.refused_defaults.iter().map(note(DiagnosticKind::RefusedDefault));
        let settings = self.notes.settings.iter().cloned();
        settings
            .chain(broken)
            .chain(unknown)
            .chain(defaults)
            .chain(self.notes.faults.iter().map(note(DiagnosticKind::Internal)))
            .collect()
    }

    /// Replaces each note about a setting by the result of calling `change` with it.
    pub(crate) fn map_setting_notes(mut self, change: impl Fn(Diagnostic) -> Diagnostic) -> Self {
        self.notes.settings = self.notes.settings.into_iter().map(change).collect();
        self
    }

    /// Makes the report: the generated types and properties, the parts of the schemas that the types do not express,
    /// and the applied corrections.
    pub fn report(&self) -> Report {
        report::build_report(&self.resolved, &self.definitions, &self.type_texts, &self.notes)
    }
}

#[cfg(test)]
mod tests {
    use super::Generated;

    /// A build script, a test or a server may hand the result to another thread, or keep it in a static.
    #[test]
    fn generated_can_be_shared_between_threads() {
        fn is_shared<T: Send + Sync>() {}
        is_shared::<Generated>();
    }
}
