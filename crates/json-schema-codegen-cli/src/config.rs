//! Finds and reads the `codegen.toml` of a job.

use std::env;
use std::path::{Path, PathBuf};

use json_schema_codegen::Generator;

use crate::diagnostics::{Failure, Problem};
use crate::output::print_note;
use crate::transaction::{self, JobLock};

/// The name of the file with the settings of a job. Commands look for it in the current folder and those around it if
/// the command line names no file; `init` writes it.
pub const CONFIG_FILE_NAME: &str = "codegen.toml";

/// Reads the job in the file `named`, or else in the nearest `codegen.toml`: in the current folder or a folder around
/// it. If an update of the job was interrupted, finishes it or removes its staged files, and prints a note about that
/// unless `quiet`. Does neither while an update of the job is running.
///
/// # Errors
/// If there is no such file, if it is not valid, or if an update cannot be finished.
pub fn load_job(named: Option<&Path>, quiet: bool) -> Result<Generator, Failure> {
    let config = find_config_path(named)?;
    let generator = Generator::from_file(&config)?;
    if let Some(_lock) = JobLock::try_lock(&config)? {
        let folders = [generator.schema_path(), generator.output_folder()];
        if transaction::finish_interrupted_transaction(generator.folder(), &folders)? {
            print_note(quiet, "an earlier update was interrupted; it is finished now");
        }
        for folder in transaction::remove_abandoned_staging(&folders)? {
            let folder = folder.display();
            print_note(
                quiet,
                &format!(
                    "an earlier update of {folder} was interrupted before it changed anything; removed what it left"
                ),
            );
        }
    }
    Ok(generator)
}

/// Returns the path `named`, or else the path of the nearest `codegen.toml`: in the current folder or a folder around
/// it.
///
/// # Errors
/// If no file is named and there is no `codegen.toml`.
pub fn find_config_path(named: Option<&Path>) -> Result<PathBuf, Failure> {
    named.map_or_else(find_nearest_config, |path| Ok(path.to_path_buf()))
}

/// Returns the path, relative to the current folder, of the nearest `codegen.toml`, such as `../codegen.toml`. It is an
/// error if there is none.
fn find_nearest_config() -> Result<PathBuf, Failure> {
    let folder = env::current_dir().map_err(|error| Failure::io_error(Path::new("."), "read", &error))?;
    let depth = folder.ancestors().position(|folder| folder.join(CONFIG_FILE_NAME).is_file());
    let path = depth.map(|depth| std::iter::repeat_n("..", depth).collect::<PathBuf>().join(CONFIG_FILE_NAME));
    path.ok_or_else(|| {
        let message = format!("there is no {CONFIG_FILE_NAME} in this folder or a parent folder");
        Problem::new(message)
            .help("create one with `init`, or give its path with `--config FILE`; `generate` works without one")
            .into()
    })
}
