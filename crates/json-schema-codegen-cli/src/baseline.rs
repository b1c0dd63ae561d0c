//! Generates the types of the baseline that `diff` compares a job with: a revision, a folder or a file.

use std::fs;
use std::path::Path;

use json_schema_codegen::{Documents, Generated, Generator};

use crate::diagnostics::Failure;
use crate::git::Revision;
use crate::yaml;

/// Generates the types of `baseline`: of a folder or file if one exists at that path, otherwise of a git revision.
/// `generator` is the current job, and `config` the path of its `codegen.toml`.
///
/// # Errors
/// If there is no such baseline, and everything that is wrong with it.
pub fn generate_baseline(generator: &Generator, config: &Path, baseline: &str) -> Result<Generated, Failure> {
    let path = Path::new(baseline);
    if path.is_dir() {
        return generate_types_from_folder(generator, path);
    }
    if path.is_file() {
        return generate_types_from_file(generator, path);
    }
    generate_types_from_revision(generator, config, baseline)
}

/// Generates the types of a folder: by its `codegen.toml` if it has one, otherwise from its schemas with the settings
/// of the current job `generator`.
fn generate_types_from_folder(generator: &Generator, folder: &Path) -> Result<Generated, Failure> {
    let config = folder.join("codegen.toml");
    if config.is_file() {
        return Ok(Generator::from_file(config)?.generate()?);
    }
    Ok(generator.generate_from(generator.loader().load_folder(folder)?)?)
}

/// Generates the types of the schema file `file`, which is the only root, and of the files that it refers to, with the
/// settings of the current job `generator`. If the file is an older version of a schema file of the job, such as
/// `order-v1.json` of `order.json`, it is read as if it had the newer file's name.
fn generate_types_from_file(generator: &Generator, file: &Path) -> Result<Generated, Failure> {
    let mut documents = yaml::new_schema_loader().limits(generator.settings().limits.clone()).load_files(&[file])?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if let Some(name_in_job) = find_newer_file_name(&name, &list_schema_file_names(generator)) {
        documents = documents.with_renamed(&name, &name_in_job);
    }
    Ok(generator.clone().with(|settings| settings.roots.clear()).generate_from(documents)?)
}

/// Returns the names of the schema files directly in the schema folder of the job `generator`; empty if the folder
/// cannot be read.
fn list_schema_file_names(generator: &Generator) -> Vec<String> {
    let entries = fs::read_dir(generator.schema_path()).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_schema = |name: &String| {
        let ending = Path::new(name)
            .extension()
            .is_some_and(|ending| ["json", "yaml", "yml"].iter().any(|known| ending == *known));
        ending && !name.ends_with(".patch.json")
    };
    names.filter(is_schema).collect()
}

/// Returns the name in `names`, the schema files of a job, of which `file` is an older version: the only name, or else
/// the longest whose stem is the beginning of `file`, such as `order.json` for `order-v1.json` (but not for
/// `orders.json`). `None` if `file` is among `names`, or if there is no such name.
fn find_newer_file_name(file: &str, names: &[String]) -> Option<String> {
    if names.iter().any(|name| name == file) {
        return None;
    }
    if let [only] = names {
        return Some(only.clone());
    }
    let begins = |name: &&String| {
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        file.strip_prefix(stem).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    names.iter().filter(begins).max_by_key(|name| name.len()).cloned()
}

/// Generates the types of the git revision `name`, from the `codegen.toml`, the schema folder and the mapped folders of
/// the revision. `generator` is the current job, and `config` the path of its `codegen.toml`.
fn generate_types_from_revision(generator: &Generator, config: &Path, name: &str) -> Result<Generated, Failure> {
    let revision = Revision::find_revision(generator.folder(), name)?;
    let file_name = config.file_name().unwrap_or_default().to_string_lossy();
    let job = Generator::from_text(revision.format_path_in_revision(config), &revision.read_file(&file_name)?)?;
    let documents = |folder: &str| -> Result<Documents, Failure> {
        let label = revision.format_path_in_revision(&generator.folder().join(folder));
        Ok(Documents::from_texts(label, revision.read_json_files(folder)?)?)
    };
    let settings = job.settings();
    let add = |all: Documents, (prefix, folder): (&String, &String)| -> Result<Documents, Failure> {
        Ok(all.with_documents(prefix, documents(folder)?))
    };
    let all = settings.map.iter().try_fold(documents(&settings.schema)?, add)?;
    Ok(json_schema_codegen::generate(all, settings)?)
}

#[cfg(test)]
mod tests {
    use super::find_newer_file_name;

    #[test]
    fn older_version_of_a_file_is_found_by_its_name() {
        let of = |file, names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            find_newer_file_name(file, &names)
        };
        assert_eq!(of("a-v1.json", &["a.json", "b.json"]).as_deref(), Some("a.json"));
        assert_eq!(of("old.json", &["a.json"]).as_deref(), Some("a.json"));
        assert_eq!(of("order.json", &["o.json", "b.json"]), None);
        assert_eq!(of("a.json", &["a.json", "b.json"]), None);
    }
}
