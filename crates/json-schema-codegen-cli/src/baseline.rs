//! Generates the types of the baseline that `diff` compares a job with: a revision, a folder or a file.

use std::path::Path;

use json_schema_codegen::{Documents, Generated, Generator};

use crate::diagnostics::Failure;
use crate::git::Revision;
use crate::yaml;

/// Generates the types of `baseline`: a folder or file if one exists at that path, otherwise a git revision. `generator` is
/// the current job, and `config` the path of its `codegen.toml`.
///
/// # Errors
/// If there is no such baseline, and everything that is wrong with it.
pub fn generate(generator: &Generator, config: &Path, baseline: &str) -> Result<Generated, Failure> {
    let path = Path::new(baseline);
    if path.is_dir() {
        return from_folder(generator, path);
    }
    if path.is_file() {
        return from_file(generator, path);
    }
    from_revision(generator, config, baseline)
}

/// Generates from a folder: from its `codegen.toml` if it has one, otherwise from its schemas with the current settings.
fn from_folder(generator: &Generator, folder: &Path) -> Result<Generated, Failure> {
    let config = folder.join("codegen.toml");
    if config.is_file() {
        return Ok(Generator::from_file(config)?.generate()?);
    }
    Ok(generator.generate_from(generator.loader().folder(folder)?)?)
}

/// Generates from one schema file, which is the only root, and the files that it refers to.
fn from_file(generator: &Generator, file: &Path) -> Result<Generated, Failure> {
    let documents = yaml::loader().limits(generator.settings().limits.clone()).files(&[file])?;
    Ok(generator.clone().with(|settings| settings.roots.clear()).generate_from(documents)?)
}

/// Generates from the `codegen.toml`, the schema folder and the mapped folders of a git revision.
fn from_revision(generator: &Generator, config: &Path, name: &str) -> Result<Generated, Failure> {
    let revision = Revision::find(generator.folder(), name)?;
    let file_name = config.file_name().unwrap_or_default().to_string_lossy();
    let job = Generator::from_text(revision.display_path(config), &revision.read_file(&file_name)?)?;
    let documents = |folder: &str| -> Result<Documents, Failure> {
        let label = revision.display_path(&generator.folder().join(folder));
        Ok(Documents::from_texts(label, revision.read_json_files(folder)?)?)
    };
    let settings = job.settings();
    let add = |all: Documents, (prefix, folder): (&String, &String)| -> Result<Documents, Failure> {
        Ok(all.with_documents(prefix, documents(folder)?))
    };
    let all = settings.map.iter().try_fold(documents(&settings.schema)?, add)?;
    Ok(json_schema_codegen::generate(all, settings)?)
}
