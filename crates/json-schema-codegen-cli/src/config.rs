//! Finds and reads the `codegen.toml` of a job.

use std::env;
use std::path::{Path, PathBuf};

use json_schema_codegen::Generator;

use crate::diagnostics::{Failure, Problem};
use crate::output::note;
use crate::transaction::{self, Lock};

/// The name of the file with the settings of a job. It is searched for in the current folder and those around it if the
/// command line names no file; `init` writes it.
pub const NAME: &str = "codegen.toml";

/// Reads the job in the file `named`, or else in the nearest `codegen.toml`: in the current folder or a parent of it.
/// Finishes an interrupted update of the job, or removes what it left, and prints a note then unless `quiet`. While an update
/// of the job runs, does neither.
///
/// # Errors
/// If there is no such file, if it is not valid, or if an update cannot be finished.
pub fn generator(named: Option<&Path>, quiet: bool) -> Result<Generator, Failure> {
    let config = path(named)?;
    let generator = Generator::from_file(&config)?;
    if let Some(_lock) = Lock::try_new(&config)? {
        let folders = [generator.schema_path(), generator.output_folder()];
        if transaction::recover(generator.folder(), &folders)? {
            note(quiet, "an earlier update was interrupted; it is finished now");
        }
        for folder in transaction::remove_abandoned(&folders)? {
            let folder = folder.display();
            note(
                quiet,
                &format!(
                    "an earlier update of {folder} was interrupted before it changed anything; removed what it left"
                ),
            );
        }
    }
    Ok(generator)
}

/// Returns `named`, or else the path of the nearest `codegen.toml`.
///
/// # Errors
/// If no file is named and neither the current folder nor a parent of it has a `codegen.toml`.
pub fn path(named: Option<&Path>) -> Result<PathBuf, Failure> {
    named.map_or_else(nearest, |path| Ok(path.to_path_buf()))
}

/// Returns the path of the nearest `codegen.toml` relative to the current folder, such as `../codegen.toml`.
fn nearest() -> Result<PathBuf, Failure> {
    let folder = env::current_dir().map_err(|error| Failure::io(Path::new("."), "read", &error))?;
    let depth = folder.ancestors().position(|folder| folder.join(NAME).is_file());
    let path = depth.map(|depth| std::iter::repeat_n("..", depth).collect::<PathBuf>().join(NAME));
    path.ok_or_else(|| {
        let message = format!("there is no {NAME} in this folder or a parent folder");
        Problem::new(message)
            .help("create one with `init`, or give its path with `--config FILE`; `generate` works without one")
            .into()
    })
}
