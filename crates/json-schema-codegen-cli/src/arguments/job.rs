//! The argument of all commands that work on a job.

use std::path::PathBuf;

use clap::Args;

/// The argument of all commands that work on a job.
#[derive(Debug, Args)]
pub struct JobArguments {
    /// The codegen.toml to use [default: the one in this folder or in the nearest parent folder]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}
