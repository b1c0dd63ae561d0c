//! The settings of a job: the schema folder, the roots, names and options.

mod view;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::draft::Draft;

pub use view::View;

/// The settings of a job, by the names that they have in `codegen.toml`; each has a default.
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
    /// Path of the schema folder, relative to the folder of `codegen.toml`.
    pub schema: String,
    /// Folders by URL prefix: a reference to a URL that begins with the prefix is looked up in the
    /// folder (relative to the folder of `codegen.toml`). No URL is ever fetched.
    pub map: BTreeMap<String, String>,
    /// The schemas to generate types for, with all schemas that they refer to: each a file of the schema
    /// folder, an `$id`, or either of them with `#` and a JSON pointer. Empty: all schemas of the folder, with
    /// all their definitions; then an error in a definition that no other schema refers to costs only that
    /// definition.
    pub roots: Vec<String>,
    /// Path of the checked-in copy of the types, relative to the folder of `codegen.toml`; the files of
    /// [`Settings::features`] are in the same folder.
    pub output: String,
    /// New names of types by the names that they have without any rename; one rename changes no other name. An
    /// entry without an effect is an error, and so is a new name that another type has.
    pub rename: BTreeMap<String, String>,
    /// The name of the root's type. An error unless there is exactly one root.
    pub type_name: Option<String>,
    /// If true, a schema without a name of its own is named by its `title`, if that is one short phrase ("Shipping
    /// address") which no other schema has; so is the root. If false, types are named by where they are
    /// (`OrderAddress`), and the root by its `$id` or file. Default: true.
    pub use_titles: bool,
    /// If true, public structs and enums are `#[non_exhaustive]`, so that properties and enum values that are
    /// added to the schema do not break the code that uses the types.
    pub non_exhaustive: bool,
    /// The URL that is put before links that begin with `/` in descriptions: with
    /// `https://example.com`, `[docs](/docs)` links to `https://example.com/docs`.
    pub doc_base_url: Option<String>,
    /// The draft of documents that say none by `$schema`, and that no document with a draft refers to, such as
    /// `draft = "draft-07"`. Default: 2020-12.
    pub draft: Option<Draft>,
    /// The treatment of a value of another type than the schema's, such as a number where the schema has a
    /// string.
    pub mismatch: Mismatch,
    /// With `mismatch = "keep"`, the properties for which a value of another type is an error nevertheless, each
    /// as type and JSON name, such as `EventPage.items`. An entry that fits no property is an error.
    pub mismatch_errors: Vec<String>,
    /// The treatment of references that refer to nothing.
    pub dangling: Dangling,
    /// Rust paths of the types of strings and numbers with a `format`, such as
    /// `date-time = "jiff::Timestamp"`. An entry whose format no schema uses is an error.
    pub formats: BTreeMap<String, String>,
    /// Rust paths of the types of single schemas by their location: `file#pointer`, or `#pointer` for that
    /// pointer in every file. An entry that fits no schema is an error.
    pub types: BTreeMap<String, String>,
    /// The places whose values are read through views, each by type and JSON name, such as `Event.data`; see [`View`].
    pub views: BTreeMap<String, View>,
    /// The optional files of the output.
    pub features: Features,
    /// The largest schemas that are accepted.
    pub limits: Limits,
}

/// The optional files of the output. Each value is the name of a Cargo feature of the crate that includes the
/// file; a file is written when its setting has a value.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Features {
    /// The feature that enables schemars 1: with it, `*_schemars.rs` with `impl JsonSchema` is written.
    pub schemars: Option<String>,
    /// The feature that enables validation: with it, the schema itself is written as one document,
    /// `*.schema.json`.
    pub validate: Option<String>,
}

/// The largest schemas and outputs that are accepted. A schema that exceeds a limit is an error that names
/// the setting. The defaults are far above what people write.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Limits {
    /// Most bytes of one file. Default: 64 MiB.
    pub file: usize,
    /// Most documents. Default: 100,000.
    pub documents: usize,
    /// Most levels of nested objects and arrays in one document. Default: 127; larger values have no effect.
    pub depth: usize,
    /// Most bytes of the JSON pointer of an object or array in a document. Default: 4,096.
    pub pointer: usize,
    /// Most values of one `enum`. Default: 200,000.
    pub enum_values: usize,
    /// Most operations in one file of corrections. Default: 10,000.
    pub corrections: usize,
    /// Most types in the output. Default: 200,000.
    pub types: usize,
    /// Most visits to a schema, on average over all schemas that the roots reach. Schemas that combine with
    /// each other over and over exceed it. Default: 300.
    pub steps: usize,
    /// Most bytes of the output. Default: 512 MiB.
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

/// The treatment of a value of another type than the schema's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Mismatch {
    /// Reading fails.
    #[default]
    Error,
    /// The value is kept, whole, in `extra` of the nearest object around it that has such a field; the field of
    /// the property has no value, and `unlisted()` reports it. It is written back as it was read. A required
    /// property whose type has no default, and a property that is missing, are errors as ever.
    Keep,
}

/// The treatment of references that refer to nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Dangling {
    /// The reference is an error.
    #[default]
    Error,
    /// The schema with the reference accepts any value; the report lists it.
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
            use_titles: true,
            non_exhaustive: false,
            doc_base_url: None,
            draft: None,
            mismatch: Mismatch::default(),
            mismatch_errors: Vec::new(),
            dangling: Dangling::default(),
            formats: BTreeMap::new(),
            types: BTreeMap::new(),
            views: BTreeMap::new(),
            features: Features::default(),
            limits: Limits::default(),
        }
    }
}
