//! What a job asks for: the schema folder, the roots, names and options.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The settings of a job, as `codegen.toml` writes them; each has a default.
///
/// ```toml
/// schema = "schema"
/// roots = ["event-schema.json"]
/// output = "generated/event.rs"
/// doc_base_url = "https://developer.example.com"
///
/// [rename]
/// EventTypeEnum = "EventType"
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Settings {
    /// The folder of the schemas, from the folder of `codegen.toml`.
    pub schema: String,
    /// Folders for references to URLs that begin with a prefix; no URL is ever fetched.
    pub map: BTreeMap<String, String>,
    /// What to generate, with all that it reaches: a file of the folder, an `$id`, or either with
    /// `#` and a JSON pointer. All of the folder when there is none.
    pub roots: Vec<String>,
    /// The checked-in copy of the output, from the folder of `codegen.toml`; the parts of optional
    /// features stand beside it.
    pub output: String,
    /// Rust names by the names that they would have had.
    pub rename: BTreeMap<String, String>,
    /// The name of the root's type, when there is one root.
    pub type_name: Option<String>,
    /// Whether public structs and enums are `#[non_exhaustive]`, so that what upstream adds is no
    /// breaking change to those who depend on the types.
    pub non_exhaustive: bool,
    /// What links in descriptions that begin with `/` are relative to.
    pub doc_base_url: Option<String>,
    /// What becomes of a reference to nothing.
    pub dangling: Dangling,
    /// Rust paths of the types for texts of a `format`, such as `date-time = "jiff::Timestamp"`. One
    /// that no schema has is an error, as are a rename and a place that nothing comes of.
    pub formats: BTreeMap<String, String>,
    /// Rust paths of types by place: `file#pointer`, or `#pointer` in every file.
    pub types: BTreeMap<String, String>,
    /// Which parts are written for which feature of the crate that includes them.
    pub features: Features,
    /// How large schemas may be.
    pub limits: Limits,
}

/// The parts of the output that the consumer's crate includes under a feature of its own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Features {
    /// The feature that brings schemars 1: asks for `impl JsonSchema` in a part `*_schemars.rs`.
    pub schemars: Option<String>,
    /// The feature that validates: asks for the schema itself as one document, `*.schema.json`.
    pub validate: Option<String>,
}

/// How large schemas may be, and how much may be made of them: what is past a limit is an error that
/// names the setting. The defaults are far past what people write.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Limits {
    /// The bytes of one file; 64 MiB.
    pub file: usize,
    /// The number of documents; 100,000.
    pub documents: usize,
    /// How deep objects and arrays are nested in one document; 127, which is also the most.
    pub depth: usize,
    /// The bytes of the JSON pointer of an object or array, so of the names on the way to it; 4,096.
    pub pointer: usize,
    /// The values of one `enum`; 200,000.
    pub enum_values: usize,
    /// The operations in one file of corrections; 10,000.
    pub corrections: usize,
    /// The types of the output; 200,000.
    pub types: usize,
    /// How often one schema is looked at on average, counted over all that the roots reach: schemas
    /// that combine with each other over and over are past it; 300.
    pub steps: usize,
    /// The bytes of the output; 512 MiB.
    pub output: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 64 << 20,
            documents: 100_000,
            depth: 127,
            pointer: 4_096,
            enum_values: 200_000,
            corrections: 10_000,
            types: 200_000,
            steps: 300,
            output: 512 << 20,
        }
    }
}

/// What becomes of a reference to nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Dangling {
    /// It is an error.
    #[default]
    Error,
    /// It takes any value, and the report says so.
    Widen,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            schema: "schema".to_owned(),
            map: BTreeMap::new(),
            roots: Vec::new(),
            output: "generated/types.rs".to_owned(),
            rename: BTreeMap::new(),
            type_name: None,
            non_exhaustive: false,
            doc_base_url: None,
            dangling: Dangling::default(),
            formats: BTreeMap::new(),
            types: BTreeMap::new(),
            features: Features::default(),
            limits: Limits::default(),
        }
    }
}
