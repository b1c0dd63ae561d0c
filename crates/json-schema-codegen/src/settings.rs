//! The settings of a job: the schema folder, the roots, names and options.

mod choices;
mod view;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::draft::Draft;

pub use choices::{Dangling, Mismatch, OptionalCollections, Style, UnknownFields, UnknownVariants};
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
#[serde(remote = "Self", deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Settings {
    /// Settings that are chosen together; each that is given besides overrides that of the style. In code,
    /// [`Settings::set_style`] sets them.
    pub style: Style,
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
    /// Traits that all structs and enums derive besides those that they have anyway, as Rust paths: `Hash`,
    /// `my_crate::Shown`. Types that have a trait already do not derive it again. A trait of the standard library that
    /// a type cannot have, such as `Eq` for a struct with an `f64`, is an error with the place.
    pub derives: Vec<String>,
    /// Attributes of all structs and enums, each written out: `#[cfg_attr(doc, my_crate::shown)]`.
    pub attributes: Vec<String>,
    /// Changes of single types by the names that they have without any rename. An entry that fits no type is an error.
    pub patch: BTreeMap<String, Patch>,
    /// The URL that is put before links that begin with `/` in descriptions: with
    /// `https://example.com`, `[docs](/docs)` links to `https://example.com/docs`.
    pub doc_base_url: Option<String>,
    /// The draft of documents that say none by `$schema`, and that no document with a draft refers to, such as
    /// `draft = "draft-07"`. Default: 2020-12.
    pub draft: Option<Draft>,
    /// The treatment of values that an `enum`, `const`, `oneOf` or `anyOf` does not allow.
    pub unknown_variants: UnknownVariants,
    /// The treatment of properties that the schema does not define, of objects that may have such properties.
    pub unknown_fields: UnknownFields,
    /// The fields of lists and maps that may be absent.
    pub optional_collections: OptionalCollections,
    /// If true, each struct has a builder: `Loan::builder().id("1").try_into()` is a `Result<Loan, ConversionError>`.
    /// The builders take values that convert to the types of the fields, as those of typify do; they are named in the
    /// module `builder`.
    pub struct_builder: bool,
    /// If true, types refuse more of what the schema refuses, and nothing that it accepts: enums and unions are closed
    /// as with `unknown_variants = "error"`, and a `null` that the schema does not allow is an error. So are properties
    /// that `unevaluatedProperties: false` excludes, and values that bounds, lengths, patterns, `uniqueItems`,
    /// `contains`, `dependentRequired`, `propertyNames`, `not`, `if` and the like do not allow. Integers have the
    /// narrowest type that their bounds fit in, such as `u8` or `NonZeroU16`, and strings with such keywords are
    /// newtypes with `TryFrom`, `FromStr`, `Deref` and `Display`. Values are checked when they are read. The report
    /// lists the keywords that cannot be checked, such as a `pattern` with look-around.
    pub strict: bool,
    /// If true, each optional property with a `default` has a method that returns its value in force:
    /// `port_or_default()` returns the default if `port` is absent. Reading and writing do not change: an absent
    /// property stays absent. There is no method for properties that may be `null`, for unions and tuples, and for
    /// defaults that their schema does not accept; each of these defaults is a note with its place.
    pub default_accessors: bool,
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
    /// Rust paths of the types that take the place of types that would be generated, by the names of those:
    /// `Loan = "crate::loan::Loan"`. The type stays as an alias. Only types that have a name in the schema can be
    /// replaced: roots, definitions and targets of references; [`Settings::types`] replaces any others. An entry that
    /// fits no such type is an error.
    pub replace: BTreeMap<String, String>,
    /// The Rust path of the type of numbers that may have a fraction: `f64`. Default: `serde_json::Number`, which holds
    /// all numbers, also whole ones beyond 2^53.
    pub number_type: Option<String>,
    /// The Rust path of the type of maps with strings as keys, without its parameters: `::std::collections::HashMap`,
    /// `::indexmap::IndexMap`. Default: `::std::collections::BTreeMap`. The maps `extra`, and those of
    /// `patternProperties`, are of the default type.
    pub map_type: Option<String>,
    /// The optional files of the output.
    pub features: Features,
    /// The largest schemas that are accepted.
    pub limits: Limits,
}

/// Changes of one type, in the table `[patch.NAME]`.
///
/// ```toml
/// [patch.Loan]
/// rename = "Lease"
/// derives = ["Hash"]
/// attributes = ["#[must_use]"]
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Patch {
    /// The new name of the type, as in `[rename]`.
    pub rename: Option<String>,
    /// Traits that the type derives besides those of [`Settings::derives`].
    pub derives: Vec<String>,
    /// Attributes of the type besides those of [`Settings::attributes`].
    pub attributes: Vec<String>,
}

/// The optional files of the output. Each value is the name of a Cargo feature of the crate that includes the
/// file; a file is written when its setting has a value.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Features {
    /// The feature that enables schemars 1: with it, `*_schemars.rs` with `impl JsonSchema` is written.
    pub schemars: Option<String>,
    /// The feature that enables jiff 1: with it, `*_jiff.rs` is written, with a method of the views for each text whose
    /// format is `date-time`, which returns the text as a `jiff::Timestamp`.
    pub jiff: Option<String>,
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

/// The type of maps without a setting.
pub(crate) const BTREE_MAP: &str = "::std::collections::BTreeMap";

impl Settings {
    /// Returns the Rust path of the type of maps.
    pub(crate) fn map_type_path(&self) -> &str {
        self.map_type.as_deref().unwrap_or(BTREE_MAP)
    }

    /// Checks whether enums and unions refuse values that the schema does not allow.
    pub(crate) fn closes_variants(&self) -> bool {
        self.strict || self.unknown_variants == UnknownVariants::Error
    }

    /// Returns the new names of types by their old names: those of `[rename]` and of `[patch]`.
    pub(crate) fn renames(&self) -> BTreeMap<String, String> {
        let patched = self.patch.iter().filter_map(|(from, patch)| Some((from.clone(), patch.rename.clone()?)));
        self.rename.clone().into_iter().chain(patched).collect()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            style: Style::default(),
            schema: "schema".to_owned(),
            map: BTreeMap::new(),
            roots: Vec::new(),
            output: "generated/types.rs".to_owned(),
            rename: BTreeMap::new(),
            type_name: None,
            use_titles: true,
            non_exhaustive: false,
            derives: Vec::new(),
            attributes: Vec::new(),
            patch: BTreeMap::new(),
            doc_base_url: None,
            draft: None,
            unknown_variants: UnknownVariants::default(),
            unknown_fields: UnknownFields::default(),
            optional_collections: OptionalCollections::default(),
            struct_builder: false,
            strict: false,
            default_accessors: false,
            mismatch: Mismatch::default(),
            mismatch_errors: Vec::new(),
            dangling: Dangling::default(),
            formats: BTreeMap::new(),
            types: BTreeMap::new(),
            views: BTreeMap::new(),
            replace: BTreeMap::new(),
            number_type: None,
            map_type: None,
            features: Features::default(),
            limits: Limits::default(),
        }
    }
}
