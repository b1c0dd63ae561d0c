//! The line of stages, from documents to text.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::bundle::{self, Bundle};
use crate::correct;
use crate::diagnostic::Errors;
use crate::document;
use crate::documents::Documents;
use crate::limits;
use crate::lower::{self, Lowered};
#[cfg(feature = "changes")]
use crate::normalize::Definitions;
use crate::normalize::{self, Notes};
use crate::refine;
use crate::render;
use crate::report::{self, Report};
use crate::settings::Settings;

/// What a run gives: the text of the types, and what is needed to report on it.
pub struct Generated {
    types: String,
    bundle: Bundle,
    lowered: Lowered,
    notes: Notes,
}

/// Generates Rust types from documents. Pure: no clock, no environment, no file system; the same
/// input gives the same text.
///
/// # Errors
/// All that is wrong with the corrections, the references and the roots.
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
    settings.check()?;
    limits::check(&documents, &settings.limits)?;
    let (corrected, findings) = correct::correct(documents, &settings.limits);
    limits::check(&corrected.documents, &settings.limits)?;
    let bundle = findings.with(bundle::bundle(corrected, settings))?;
    let (definitions, mut notes) = normalize::normalize(&bundle, settings)?;
    let lowered = lower::lower(definitions, &mut notes);
    let output = refine::refine(&lowered, settings)?;
    let types = within(render::render(output), settings)?;
    Ok(Generated { types, bundle, lowered, notes })
}

/// The output, when it is no longer than the limit allows.
fn within(output: String, settings: &Settings) -> Result<String, Errors> {
    let (length, most) = (output.len(), settings.limits.output);
    if length <= most {
        return Ok(output);
    }
    Err(limits::exceeded("output", most, format!("the output has {length} bytes")).into())
}

impl fmt::Debug for Generated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generated").field("types", &self.types).finish_non_exhaustive()
    }
}

impl Generated {
    /// The Rust source of the types: to be included in a module of its own.
    pub fn types(&self) -> &str {
        &self.types
    }

    /// `impl JsonSchema` (schemars 1) for the types: to be included in the same module.
    ///
    /// # Errors
    /// None but faults of the generator itself.
    pub fn json_schema_impls(&self) -> Result<String, Errors> {
        let output = refine::json_schema(&self.lowered.definitions, &self.bundle)?;
        Ok(render::render(output))
    }

    /// The corrected schema as one self-contained document, its definitions under `$defs` by their
    /// Rust names.
    pub fn schema(&self) -> Value {
        document::document(&self.bundle, &self.lowered.definitions)
    }

    /// Where in [`Generated::schema`] the schema of each type stands, as a JSON pointer.
    pub fn schema_pointers(&self) -> BTreeMap<String, String> {
        let definitions = &self.lowered.definitions;
        let pointer = document::pointers(&self.bundle, definitions);
        definitions.all.iter().filter_map(|one| Some((one.name.clone(), pointer(&one.place)?))).collect()
    }

    /// The documents that the types are made from.
    #[cfg(feature = "changes")]
    pub(crate) fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// The types as definitions.
    #[cfg(feature = "changes")]
    pub(crate) fn definitions(&self) -> &Definitions {
        &self.lowered.definitions
    }

    /// What became of each part of the schema.
    pub fn report(&self) -> Report {
        report::report(&self.bundle, &self.lowered, &self.notes)
    }
}
