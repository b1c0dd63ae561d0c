//! `generate`: types for any schema.

use std::path::{Path, PathBuf};

use json_schema_codegen::{Dangling, Documents, Generator, Loader};

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
    let job = job(arguments)?;
    let loader = loader().limits(job.settings().limits.clone());
    let documents = documents(&loader, &arguments.schemas, standard_input)?;
    let add = |documents, (prefix, folder): &(String, PathBuf)| loader.mapped(documents, prefix, folder);
    let documents = job.with_mapped(&loader, arguments.mappings.iter().try_fold(documents, add)?)?;
    let inputs = documents.paths();
    let generated = json_schema_codegen::generate(documents, job.settings())?;
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

fn documents(loader: &Loader, schemas: &[PathBuf], standard_input: Option<&str>) -> Result<Documents, Failure> {
    if let Some(text) = standard_input {
        return Ok(standard_input::documents(text)?);
    }
    match schemas {
        [folder] if folder.is_dir() => Ok(loader.folder(folder)?),
        files => match files.iter().find(|file| file.is_dir() || standard_input::is_named(file)) {
            Some(alone) => {
                let message = format!("`{}` cannot stand among other schemas", alone.display());
                Err(Problem::new(message).help("give files, or one folder, or `-` for standard input").into())
            }
            None => Ok(loader.files(files)?),
        },
    }
}

/// The options of the settings file, if there is one, under those of the command line.
fn job(arguments: &Generate) -> Result<Generator, Failure> {
    let job = arguments.settings.as_ref().map(Generator::from_file).transpose()?.unwrap_or_default();
    Ok(job.with(|settings| {
        settings.roots = arguments.roots.iter().map(|root| root_name(root, &arguments.schemas)).collect();
        settings.type_name = arguments.type_name.clone().or(settings.type_name.take());
        settings.rename.extend(arguments.renames.iter().cloned());
        settings.map.retain(|prefix, _| !arguments.mappings.iter().any(|(given, _)| given == prefix));
        settings.non_exhaustive |= arguments.non_exhaustive;
        settings.doc_base_url = arguments.doc_base_url.clone().or(settings.doc_base_url.take());
        settings.dangling = match arguments.dangling {
            Some(OnDangling::Error) => Dangling::Error,
            Some(OnDangling::Widen) => Dangling::Widen,
            None => settings.dangling,
        };
    }))
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
