//! Finds the file that describes the job.

use std::env;
use std::path::{Path, PathBuf};

use json_schema_codegen::Generator;

use crate::diagnostics::{Failure, Problem};
use crate::output::note;
use crate::transaction;

/// The name of the file.
pub const NAME: &str = "codegen.toml";

/// The job of the file that is named, else of the nearest `codegen.toml`: in the current folder, or
/// in one above it. An update of the job that was cut short is finished first.
///
/// # Errors
/// No such file, or one that cannot be used; an update that cannot be finished.
pub fn generator(named: Option<&Path>, quiet: bool) -> Result<Generator, Failure> {
    let generator = Generator::from_file(path(named)?)?;
    if transaction::recover(generator.folder(), &[generator.schema_path(), generator.output_folder()])? {
        note(quiet, "an update was cut short before; it is finished now");
    }
    Ok(generator)
}

/// The file of the job: the one that is named, else the nearest.
///
/// # Errors
/// No file that is named, and none in the folders above.
pub fn path(named: Option<&Path>) -> Result<PathBuf, Failure> {
    named.map_or_else(nearest, |path| Ok(path.to_path_buf()))
}

/// By a relative path, so that messages name files as a person would.
fn nearest() -> Result<PathBuf, Failure> {
    let folder = env::current_dir().map_err(|error| Failure::io(Path::new("."), "read", &error))?;
    let depth = folder.ancestors().position(|folder| folder.join(NAME).is_file());
    let path = depth.map(|depth| std::iter::repeat_n("..", depth).collect::<PathBuf>().join(NAME));
    path.ok_or_else(|| {
        let message = format!("there is no {NAME} in this folder or in one above it");
        Problem::new(message)
            .help("`init` begins a job with one; name another file with `--config FILE`; `generate` needs none")
            .into()
    })
}
