//! The arguments of `generate`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use json_schema_codegen::{Draft, Style, UnknownFields, UnknownVariants};

/// The arguments of `generate`.
#[derive(Debug, Args)]
pub struct GenerateArguments {
    /// The schemas in JSON or YAML: one or more files, one folder, or `-` for standard input
    #[arg(required = true, value_name = "SCHEMA")]
    pub schemas: Vec<PathBuf>,

    /// Generate only this schema and those that it refers to: a file, an `$id`, a JSON pointer, or FILE#POINTER; may be repeated
    #[arg(long = "root", value_name = "FILE|POINTER")]
    pub roots: Vec<String>,

    /// The name of the root's type; needs exactly one root
    #[arg(long, value_name = "NAME")]
    pub type_name: Option<String>,

    /// Write the types to this file [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Write a JSON report to this file: where each type and field comes from, and what the types do not enforce
    #[arg(long, value_name = "FILE.json")]
    pub report: Option<PathBuf>,

    /// Use the settings of this codegen.toml, except schema, roots and output; options given here override them
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,

    /// The draft of schemas that say none by `$schema` [default: 2020-12]
    #[arg(long, value_enum, value_name = "DRAFT")]
    pub draft: Option<DraftArgument>,

    /// Treat a reference whose target is missing as an error, or as any value [default: error]
    #[arg(long, value_enum, value_name = "error|widen", hide_possible_values = true)]
    pub dangling: Option<DanglingArgument>,

    /// Treat a value of another type than the schema's as an error, or keep it beside its field [default: error]
    #[arg(long, value_enum, value_name = "error|keep", hide_possible_values = true)]
    pub mismatch: Option<MismatchArgument>,

    /// Read schemas whose URL begins with URL_PREFIX from FOLDER; may be repeated. URLs are never fetched
    #[arg(long = "map", value_name = "URL_PREFIX=FOLDER", value_parser = parse_map_argument)]
    pub mappings: Vec<(String, PathBuf)>,

    /// Keep a value that `enum`, `oneOf` or `anyOf` does not allow in the variant `Unknown`, or treat it as an error [default: keep]
    #[arg(long, value_enum, value_name = "ACTION")]
    pub unknown_variants: Option<UnknownVariantsArgument>,

    /// Keep properties that the schema does not define in `extra`, lose them, or treat them as an error [default: keep]
    #[arg(long, value_enum, value_name = "ACTION")]
    pub unknown_fields: Option<UnknownFieldsArgument>,

    /// Refuse what the schema refuses by bounds, lengths, patterns and the like, and values that an `enum` does not list
    #[arg(long)]
    pub strict: bool,

    /// Write a method for each default in the schema: `port_or_default()` returns the value in force
    #[arg(long)]
    pub default_accessors: bool,

    /// Set the settings that make the types close to those of another generator; other options override them
    #[arg(long, value_enum, value_name = "STYLE")]
    pub style: Option<StyleArgument>,

    /// Write a builder for each struct: `Loan::builder().id("1").try_into()`
    #[arg(long)]
    pub struct_builder: bool,

    /// Derive TRAIT for all structs and enums, such as `Hash`; may be repeated
    #[arg(long = "derive", value_name = "TRAIT")]
    pub derives: Vec<String>,

    /// Mark public structs and enums as `#[non_exhaustive]`
    #[arg(long)]
    pub non_exhaustive: bool,

    /// The base URL of links in descriptions that begin with `/`
    #[arg(long, value_name = "URL")]
    pub doc_base_url: Option<String>,

    /// Rename the type FROM to TO; may be repeated
    #[arg(long = "rename", value_name = "FROM=TO", value_parser = parse_rename_argument)]
    pub renames: Vec<(String, String)>,
}

/// The values of `--draft`: the drafts of JSON Schema, and the schema dialect of OpenAPI 3.0.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum DraftArgument {
    #[value(name = "draft-04", alias = "4")]
    Four,
    #[value(name = "openapi-3.0")]
    OpenApi30,
    #[value(name = "draft-06", alias = "6")]
    Six,
    #[value(name = "draft-07", alias = "7")]
    Seven,
    #[value(name = "2019-09", alias = "2019")]
    Y2019,
    #[value(name = "2020-12", alias = "2020")]
    Y2020,
}

impl From<DraftArgument> for Draft {
    fn from(name: DraftArgument) -> Self {
        match name {
            DraftArgument::Four => Self::Four,
            DraftArgument::OpenApi30 => Self::OpenApi30,
            DraftArgument::Six => Self::Six,
            DraftArgument::Seven => Self::Seven,
            DraftArgument::Y2019 => Self::Y2019,
            DraftArgument::Y2020 => Self::Y2020,
        }
    }
}

/// The values of `--mismatch`: whether a value of another JSON type than the schema's is an error, or is kept.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum MismatchArgument {
    Error,
    Keep,
}

/// The values of `--style`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum StyleArgument {
    Lossless,
    Typify,
}

impl From<StyleArgument> for Style {
    fn from(name: StyleArgument) -> Self {
        match name {
            StyleArgument::Lossless => Self::Lossless,
            StyleArgument::Typify => Self::Typify,
        }
    }
}

/// The values of `--unknown-variants`: whether a value that `enum`, `oneOf` or `anyOf` does not allow is kept, or is an
/// error.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum UnknownVariantsArgument {
    Keep,
    Error,
}

impl From<UnknownVariantsArgument> for UnknownVariants {
    fn from(value: UnknownVariantsArgument) -> Self {
        match value {
            UnknownVariantsArgument::Keep => Self::Keep,
            UnknownVariantsArgument::Error => Self::Error,
        }
    }
}

/// The values of `--unknown-fields`: whether properties that the schema does not define are kept, lost, or are an
/// error.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum UnknownFieldsArgument {
    Keep,
    Ignore,
    Error,
}

impl From<UnknownFieldsArgument> for UnknownFields {
    fn from(value: UnknownFieldsArgument) -> Self {
        match value {
            UnknownFieldsArgument::Keep => Self::Keep,
            UnknownFieldsArgument::Ignore => Self::Ignore,
            UnknownFieldsArgument::Error => Self::Error,
        }
    }
}

/// The values of `--dangling`: whether a reference to a missing schema is an error, or allows any value.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum DanglingArgument {
    Error,
    Widen,
}

/// Parses the argument `FROM=TO` of `--rename` into (old name, new name), split at the first `=`. The error says how to
/// write the argument.
fn parse_rename_argument(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((from, to)) if !from.is_empty() && !to.is_empty() => Ok((from.to_owned(), to.to_owned())),
        _ => Err("expected two names, as in `EventTypeEnum=EventType`".to_owned()),
    }
}

/// Parses the argument `URL_PREFIX=FOLDER` of `--map` into (URL prefix, folder), split at the last `=`. The error says
/// how to write the argument.
fn parse_map_argument(text: &str) -> Result<(String, PathBuf), String> {
    match text.rsplit_once('=') {
        Some((prefix, folder)) if prefix.contains(':') && !folder.is_empty() => Ok((prefix.to_owned(), folder.into())),
        _ => Err("expected a URL and a folder, as in `https://schemas.example.com/=schemas`".to_owned()),
    }
}
