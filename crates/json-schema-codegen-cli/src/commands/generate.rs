//! `generate`: types for any schema.

use std::path::{Path, PathBuf};

use json_schema_codegen::{Dangling, Documents, Loader, Settings};

use crate::arguments::{Generate, OnDangling};
use crate::commands::Outcome;
use crate::diagnostics::{Failure, Problem};
use crate::output::{note, print};
use crate::{files, standard_input, yaml};

/// Generates types, and a report when asked for one.
///
/// # Errors
/// All that is wrong with the schemas; nothing is written then.
pub fn run(arguments: &Generate, quiet: bool) -> Result<Outcome, Failure> {
    let is_asked = matches!(arguments.schemas.as_slice(), [only] if standard_input::is_named(only));
    standard_input::with(is_asked, |text| from(arguments, text, quiet))
}

fn from(arguments: &Generate, standard_input: Option<&str>, quiet: bool) -> Result<Outcome, Failure> {
    let documents = documents(&arguments.schemas, standard_input)?;
    let add = |documents, (prefix, folder): &(String, PathBuf)| loader().mapped(documents, prefix, folder);
    let documents = arguments.mappings.iter().try_fold(documents, add)?;
    let inputs = documents.paths();
    let generated = json_schema_codegen::generate(documents, &settings(arguments))?;
    let mut files = Vec::new();
    if let Some(out) = &arguments.out {
        files.push((out.as_path(), generated.types().to_owned()));
    }
    if let Some(path) = &arguments.report {
        let report = serde_json::to_string_pretty(&generated.report());
        let report = report.map_err(|error| Failure::io(path, "written", &error.into()))?;
        files.push((path, report + "\n"));
    }
    refuse_to_overwrite(&files, &inputs)?;
    files::write(&files)?;
    files.iter().for_each(|(path, _)| note(quiet, &format!("wrote {}", path.display())));
    if arguments.out.is_none() {
        print(generated.types())?;
    }
    Ok(Outcome::Done)
}

/// Reads schemas in JSON and in YAML.
pub fn loader() -> Loader {
    Loader::default().format(yaml::FORMAT)
}

fn documents(schemas: &[PathBuf], standard_input: Option<&str>) -> Result<Documents, Failure> {
    if let Some(text) = standard_input {
        return Ok(standard_input::documents(text)?);
    }
    match schemas {
        [folder] if folder.is_dir() => Ok(loader().folder(folder)?),
        files => match files.iter().find(|file| file.is_dir() || standard_input::is_named(file)) {
            Some(alone) => {
                let message = format!("`{}` cannot stand among other schemas", alone.display());
                Err(Problem::new(message).help("give files, or one folder, or `-` for standard input").into())
            }
            None => Ok(loader().files(files)?),
        },
    }
}

fn settings(arguments: &Generate) -> Settings {
    let mut settings = Settings::default();
    settings.roots = arguments.roots.iter().map(|root| root_name(root, &arguments.schemas)).collect();
    settings.type_name.clone_from(&arguments.type_name);
    settings.rename = arguments.renames.iter().cloned().collect();
    settings.non_exhaustive = arguments.non_exhaustive;
    settings.doc_base_url.clone_from(&arguments.doc_base_url);
    settings.dangling = match arguments.dangling {
        OnDangling::Error => Dangling::Error,
        OnDangling::Widen => Dangling::Widen,
    };
    settings
}

/// A root as the library names it: files by their path from the folder of the schemas, and `#`
/// before a pointer.
fn root_name(root: &str, schemas: &[PathBuf]) -> String {
    let (file, pointer) = root.split_once('#').map_or((root, ""), |(file, _)| (file, &root[file.len()..]));
    let folder = match schemas {
        [folder] if folder.is_dir() => Some(folder.as_path()),
        _ => schemas.first().and_then(|file| file.parent()),
    };
    let inside = folder.filter(|folder| !folder.as_os_str().is_empty() && Path::new(file).is_file());
    match inside.and_then(|folder| Path::new(file).strip_prefix(folder).ok()) {
        Some(name) => name.to_string_lossy().replace('\\', "/") + pointer,
        None if root.starts_with('/') => format!("#{root}"),
        None => root.to_owned(),
    }
}

/// An output that would take the place of a schema, or of the other output, is a slip.
fn refuse_to_overwrite(files: &[(&Path, String)], inputs: &[String]) -> Result<(), Failure> {
    let mut taken: Vec<PathBuf> = inputs.iter().map(|input| files::place(Path::new(input))).collect();
    for (path, _) in files {
        let place = files::place(path);
        if taken.contains(&place) {
            let message = format!("`{}` is a schema or an output already", path.display());
            return Err(Problem::new(message).help("name another file to write to").into());
        }
        taken.push(place);
    }
    Ok(())
}
