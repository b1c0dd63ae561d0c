//! What `generate` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub struct Generate {
    /// Schema files in JSON or YAML, or one folder of them, or `-` for standard input
    #[arg(required = true, value_name = "SCHEMA")]
    pub schemas: Vec<PathBuf>,

    /// Generate only this, and what it reaches: a file, an `$id`, a JSON pointer, or a file with `#` and a pointer
    #[arg(long = "root", value_name = "FILE|POINTER")]
    pub roots: Vec<String>,

    /// The name of the root's type
    #[arg(long, value_name = "NAME")]
    pub type_name: Option<String>,

    /// Write the types to this file [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Write to this file what became of each part of the schema, as JSON
    #[arg(long, value_name = "FILE.json")]
    pub report: Option<PathBuf>,

    /// Take the options of this codegen.toml, but not its schema, roots and output; those given here go first
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,

    /// What becomes of a reference to nothing: an error, or any value [default: error]
    #[arg(long, value_enum, value_name = "error|widen", hide_possible_values = true)]
    pub dangling: Option<OnDangling>,

    /// Take schemas whose URL begins with URL_PREFIX from FOLDER; no URL is ever fetched
    #[arg(long = "map", value_name = "URL_PREFIX=FOLDER", value_parser = mapping)]
    pub mappings: Vec<(String, PathBuf)>,

    /// Mark public structs and enums `#[non_exhaustive]`
    #[arg(long)]
    pub non_exhaustive: bool,

    /// What links in descriptions that begin with `/` are relative to
    #[arg(long, value_name = "URL")]
    pub doc_base_url: Option<String>,

    /// Call a type TO that would be called FROM
    #[arg(long = "rename", value_name = "FROM=TO", value_parser = rename)]
    pub renames: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum OnDangling {
    Error,
    Widen,
}

fn rename(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((from, to)) if !from.is_empty() && !to.is_empty() => Ok((from.to_owned(), to.to_owned())),
        _ => Err("write both names, as in `EventTypeEnum=EventType`".to_owned()),
    }
}

fn mapping(text: &str) -> Result<(String, PathBuf), String> {
    match text.rsplit_once('=') {
        Some((prefix, folder)) if prefix.contains(':') && !folder.is_empty() => Ok((prefix.to_owned(), folder.into())),
        _ => Err("write a URL and a folder, as in `https://schemas.example.com/=schemas`".to_owned()),
    }
}
