//! What a job is compared with: a revision, a folder or a file.

use std::path::Path;

use json_schema_codegen::{Documents, Generated, Generator};

use crate::commands::generate;
use crate::diagnostics::Failure;
use crate::git::Revision;

/// The types of the baseline of a job, whose file is at `config`.
///
/// # Errors
/// No such baseline; all that is wrong with it.
pub fn generated(generator: &Generator, config: &Path, named: &str) -> Result<Generated, Failure> {
    let path = Path::new(named);
    if path.is_dir() {
        return folder(generator, path);
    }
    if path.is_file() {
        return file(generator, path);
    }
    revision(generator, config, named)
}

/// A folder with a job of its own, or with schemas for the settings of this one.
fn folder(generator: &Generator, folder: &Path) -> Result<Generated, Failure> {
    let config = folder.join("codegen.toml");
    if config.is_file() {
        return Ok(Generator::from_file(config)?.generate()?);
    }
    Ok(generator.generate_from(generator.loader().folder(folder)?)?)
}

/// One schema, with what it refers to by a relative path; its type is the root.
fn file(generator: &Generator, file: &Path) -> Result<Generated, Failure> {
    let documents = generate::loader().limits(generator.settings().limits.clone()).files(&[file])?;
    Ok(generator.clone().with(|settings| settings.roots.clear()).generate_from(documents)?)
}

/// The job as a revision has it: settings, schemas, and the folders that URLs are mapped to.
fn revision(generator: &Generator, config: &Path, named: &str) -> Result<Generated, Failure> {
    let revision = Revision::find(generator.folder(), named)?;
    let name = config.file_name().unwrap_or_default().to_string_lossy();
    let job = Generator::from_text(revision.path(config), &revision.file(&name)?)?;
    let documents = |folder: &str| -> Result<Documents, Failure> {
        let label = revision.path(&generator.folder().join(folder));
        Ok(Documents::from_texts(label, revision.json_files(folder)?)?)
    };
    let settings = job.settings();
    let add = |all: Documents, (prefix, folder): (&String, &String)| -> Result<Documents, Failure> {
        Ok(all.with_documents(prefix, documents(folder)?))
    };
    let all = settings.map.iter().try_fold(documents(&settings.schema)?, add)?;
    Ok(json_schema_codegen::generate(all, settings)?)
}
