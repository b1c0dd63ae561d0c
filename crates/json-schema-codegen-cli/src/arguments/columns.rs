//! The arguments of `columns`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use json_schema_codegen::columns::Engine;

use crate::arguments::job::JobArguments;

/// The arguments of `columns`.
#[derive(Debug, Args)]
pub struct ColumnsArguments {
    /// The engine that takes the schema
    #[arg(long = "for", value_enum, value_name = "spark|duckdb|arrow", hide_possible_values = true)]
    pub engine: EngineArgument,

    /// The type or view whose values are read [default: the first root]
    #[arg(long, value_name = "NAME")]
    pub root: Option<String>,

    /// Print the schema of each view of the job too
    #[arg(long)]
    pub views: bool,

    /// Write the schema to this file [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Write a JSON report to this file, instead of notes to standard error: what could not be a column, and why
    #[arg(long, value_name = "FILE.json")]
    pub report: Option<PathBuf>,

    #[command(flatten)]
    pub job: JobArguments,
}

/// The values of `--for`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum EngineArgument {
    Spark,
    #[value(name = "duckdb")]
    DuckDb,
    Arrow,
}

impl From<EngineArgument> for Engine {
    fn from(name: EngineArgument) -> Self {
        match name {
            EngineArgument::Spark => Self::Spark,
            EngineArgument::DuckDb => Self::DuckDb,
            EngineArgument::Arrow => Self::Arrow,
        }
    }
}
