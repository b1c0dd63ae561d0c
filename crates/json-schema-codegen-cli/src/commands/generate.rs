//! `generate`: generates types from any schema.

use std::path::{Path, PathBuf};

use json_schema_codegen::{Dangling, Documents, Draft, Generator, Loader, Mismatch};

use crate::arguments::{DanglingArgument, GenerateArguments, MismatchArgument};
use crate::diagnostics::{Failure, Problem};
use crate::outcome::CommandOutcome;
use crate::output::{print_note, print_result};
use crate::{files, standard_input, yaml};

/// Generates types from any schema, and writes them to the file of `--out`, or else prints them. Writes a report with
/// `--report`.
///
/// # Errors
/// Everything that is wrong with the arguments or the schemas, in which case nothing is written; a file that cannot be
/// written.
pub fn generate_types(arguments: &GenerateArguments, quiet: bool) -> Result<CommandOutcome, Failure> {
    let is_standard_input = matches!(arguments.schemas.as_slice(), [only] if standard_input::is_standard_input(only));
    standard_input::run_with_standard_input(is_standard_input, |text| generate_and_write(arguments, text, quiet))
}

/// Does the work of [`generate_types`]. `standard_input` is the text of standard input if the schema is read from
/// there.
fn generate_and_write(
    arguments: &GenerateArguments,
    standard_input: Option<&str>,
    quiet: bool,
) -> Result<CommandOutcome, Failure> {
    let job = build_generator(arguments)?;
    let loader = yaml::new_schema_loader().limits(job.settings().limits.clone());
    let documents = load_schemas(&loader, &arguments.schemas, standard_input)?;
    let add = |documents, (prefix, folder): &(String, PathBuf)| loader.load_mapped(documents, prefix, folder);
    let documents = job.with_mapped(&loader, arguments.mappings.iter().try_fold(documents, add)?)?;
    let inputs = documents.paths();
    let generated = json_schema_codegen::generate(documents, job.settings())?;
    generated.notes().iter().for_each(|text| print_note(quiet, &format!("note: {}", text.to_line())));
    let mut files = Vec::new();
    if let Some(out) = &arguments.out {
        files.push((out.as_path(), generated.types().to_owned()));
    }
    if let Some(path) = &arguments.report {
        let report = serde_json::to_string_pretty(&generated.report());
        let report = report.map_err(|error| Failure::io_error(path, "written", &error.into()))?;
        files.push((path, report + "\n"));
    }
    check_outputs_are_distinct(&files, &inputs)?;
    files::write_files(&files)?;
    files.iter().for_each(|(path, _)| print_note(quiet, &format!("wrote {}", path.display())));
    if arguments.out.is_none() {
        print_result(generated.types())?;
    }
    Ok(CommandOutcome::Done)
}

/// Loads `schemas`, which are one folder or one or more files, with `loader`; or parses `standard_input`, the text of
/// standard input, instead.
///
/// Returns an error if a folder or `-` is given along with others.
fn load_schemas(loader: &Loader, schemas: &[PathBuf], standard_input: Option<&str>) -> Result<Documents, Failure> {
    if let Some(text) = standard_input {
        return Ok(standard_input::parse_standard_input(text)?);
    }
    match schemas {
        [folder] if folder.is_dir() => Ok(loader.load_folder(folder)?),
        files => match files.iter().find(|file| file.is_dir() || standard_input::is_standard_input(file)) {
            Some(single) => {
                let message = format!("`{}` cannot be combined with other schemas", single.display());
                Err(Problem::new(message).help("give files, or one folder, or `-` for standard input").into())
            }
            None => Ok(loader.load_files(files)?),
        },
    }
}

/// Creates a job with the settings of the file in `--settings`, if there is one, overridden by the other arguments.
fn build_generator(arguments: &GenerateArguments) -> Result<Generator, Failure> {
    let job = arguments.settings.as_ref().map(Generator::from_file).transpose()?.unwrap_or_default();
    Ok(job.with(|settings| {
        arguments.style.into_iter().for_each(|style| settings.set_style(style.into()));
        settings.roots = arguments.roots.iter().map(|root| convert_root_argument(root, &arguments.schemas)).collect();
        settings.type_name = arguments.type_name.clone().or(settings.type_name.take());
        settings.rename.extend(arguments.renames.iter().cloned());
        settings.map.retain(|prefix, _| !arguments.mappings.iter().any(|(given, _)| given == prefix));
        settings.non_exhaustive |= arguments.non_exhaustive;
        settings.derives.extend(arguments.derives.iter().cloned());
        settings.struct_builder |= arguments.struct_builder;
        settings.strict |= arguments.strict;
        settings.default_accessors |= arguments.default_accessors;
        settings.unknown_variants = arguments.unknown_variants.map_or(settings.unknown_variants, Into::into);
        settings.unknown_fields = arguments.unknown_fields.map_or(settings.unknown_fields, Into::into);
        settings.doc_base_url = arguments.doc_base_url.clone().or(settings.doc_base_url.take());
        settings.draft = arguments.draft.map(Draft::from).or(settings.draft);
        settings.mismatch = match arguments.mismatch {
            Some(MismatchArgument::Error) => Mismatch::Error,
            Some(MismatchArgument::Keep) => Mismatch::Keep,
            None => settings.mismatch,
        };
        settings.dangling = match arguments.dangling {
            Some(DanglingArgument::Error) => Dangling::Error,
            Some(DanglingArgument::Widen) => Dangling::Widen,
            None => settings.dangling,
        };
    }))
}

/// Converts `root`, an argument of `--root`, to the form of the setting `roots`: the path of a file relative to the
/// folder of `schemas`, and `#` before a JSON pointer. With the folder `shop`, `shop/order.json#/$defs/Id` becomes
/// `order.json#/$defs/Id`.
fn convert_root_argument(root: &str, schemas: &[PathBuf]) -> String {
    let (file, pointer) = root.split_once('#').map_or((root, ""), |(file, _)| (file, &root[file.len()..]));
    let folder = match schemas {
        [folder] if folder.is_dir() => Some(folder.as_path()),
        _ => schemas.first().and_then(|file| file.parent()),
    };
    let folder_of_file = folder.filter(|folder| !folder.as_os_str().is_empty() && Path::new(file).is_file());
    match folder_of_file.and_then(|folder| Path::new(file).strip_prefix(folder).ok()) {
        Some(name) => name.to_string_lossy().replace('\\', "/") + pointer,
        None if root.starts_with('/') => format!("#{root}"),
        None => root.to_owned(),
    }
}

/// Returns an error if one of `files`, which are about to be written, is one of the schema files `inputs`, or if two of
/// `files` are the same file. Links are followed.
fn check_outputs_are_distinct(files: &[(&Path, String)], inputs: &[String]) -> Result<(), Failure> {
    let mut taken: Vec<PathBuf> = inputs.iter().map(|input| files::find_canonical_path(Path::new(input))).collect();
    for (path, _) in files {
        let path_on_disk = files::find_canonical_path(path);
        if taken.contains(&path_on_disk) {
            let message = format!("`{}` is one of the schemas or the other output", path.display());
            return Err(Problem::new(message).help("give another file to write to").into());
        }
        taken.push(path_on_disk);
    }
    Ok(())
}
