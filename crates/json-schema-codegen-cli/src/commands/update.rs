//! `update`: updates the schema folder from newer schemas, and reports the changes.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use json_schema_codegen::update::{FileChange, PlannedFile, UpdateOptions};
use json_schema_codegen::{Diagnostic, DiagnosticKind, Documents, Errors, Generated, Generator, Part};

use crate::arguments;
use crate::diagnostics::{Failure, Problem};
use crate::outcome::CommandOutcome;
use crate::output::{print_change_report, print_note};
use crate::transaction::JobLock;
use crate::{changes, config, files, git, provenance, standard_input, transaction, yaml};

/// Copies the roots of the job, and the schemas that they refer to, from newer schemas into the schema folder,
/// regenerates the types, and prints the changes. Writes either all files or none.
///
/// # Errors
/// Everything that is wrong with the newer schemas, and with the job once it has them; nothing is written then.
pub fn update_schemas(arguments: &arguments::UpdateArguments, quiet: bool) -> Result<CommandOutcome, Failure> {
    let is_standard_input = standard_input::is_standard_input(&arguments.from);
    standard_input::run_with_standard_input(is_standard_input, |text| update_schemas_from(arguments, text, quiet))
}

/// Does the work of [`update_schemas`]. `standard_input` is the text of standard input if the newer schemas are read
/// from there.
fn update_schemas_from(
    arguments: &arguments::UpdateArguments,
    standard_input: Option<&str>,
    quiet: bool,
) -> Result<CommandOutcome, Failure> {
    let config = config::find_config_path(arguments.job.config.as_deref())?;
    let generator = config::load_job(Some(&config), quiet)?;
    // Held until the end of the function. A dry run writes nothing.
    let _lock = if arguments.dry_run { None } else { Some(JobLock::lock_job(&config)?) };
    let old = generator.loader().load_folder(generator.schema_path())?;
    let mut options = UpdateOptions::default();
    options.pointers.clone_from(&arguments.pointers);
    options.drop_stale = arguments.drop_stale;
    let newer = load_newer_documents(&generator, &arguments.from, standard_input)?;
    let update = json_schema_codegen::update::plan(&old, newer, &options, generator.settings())?;
    let generated = generate_updated_types(&generator, update.documents, &update.files)?;
    let parts = generator.parts(&generated)?;
    let files = [
        plan_schema_change(&generator, &update.files, &describe_schema_origin(arguments))?,
        plan_output_change(&generator, &parts),
    ];
    // These come before writing: if one fails, nothing may be written, and they compare with the files as they are now.
    let report = format_change_report(&generator, old, &generated)?;
    let mut notes = format_file_notes(&generator, &update.files, &parts, &files);
    notes.extend(update.dropped.into_iter().map(format_dropped_correction_note));
    if !arguments.dry_run {
        if !arguments.force {
            check_edits_are_committed(&generator, &files[0])?;
        }
        transaction::apply_changes(generator.folder(), &files)?;
    }
    let prefix = if arguments.dry_run { "dry run: " } else { "" };
    notes.iter().for_each(|line| print_note(quiet, &format!("{prefix}{line}")));
    if !quiet {
        print_change_report(&report)?;
    }
    Ok(CommandOutcome::Done)
}

/// Checks that git has committed each schema file that `change` overwrites or removes, so that no edit is lost. Files
/// outside a repository, and all files if there is no `git`, are not checked.
///
/// # Errors
/// If one of the files has an edit that is not committed.
fn check_edits_are_committed(generator: &Generator, change: &transaction::FolderChange) -> Result<(), Failure> {
    let names =
        change.files.iter().map(|(name, _)| name.as_str()).filter(|name| *name != provenance::PROVENANCE_FILE_NAME);
    let existing: Vec<&str> = names.filter(|name| change.folder.join(name).exists()).collect();
    let edited = git::find_uncommitted_files(&change.folder, &existing);
    if edited.is_empty() {
        return Ok(());
    }
    let paths: Vec<String> = edited.iter().map(|name| format_schema_file_path(generator, name)).collect();
    let message = format!("the update would overwrite edits that are not committed: {}", paths.join(", "));
    let help = "nothing was changed; commit the edits, or better write them as corrections (`*.patch.json`), or give `--force`";
    Err(Problem::new(message).help(help).into())
}

/// Returns the changes from the old schemas to `new` as text. If no types can be generated from the old schemas,
/// returns a text that says so.
fn format_change_report(generator: &Generator, old: Documents, new: &Generated) -> Result<String, Failure> {
    match generator.generate_from(old) {
        Ok(old) => Ok(changes::format_as_text(&json_schema_codegen::changes::compare(&old, new)?, "the old schema")),
        // Not an error: the update may be what repairs the job.
        Err(errors) => {
            Ok(format!("the changes are unknown, because no types can be generated from the old schemas:\n{errors}\n"))
        }
    }
}

/// Loads the newer schemas from the file or folder `from`, or from `standard_input`, the text of standard input; and
/// the folders of the setting `map`.
fn load_newer_documents(generator: &Generator, from: &Path, standard_input: Option<&str>) -> Result<Documents, Errors> {
    let loader = generator.loader().format(yaml::YAML_FORMAT);
    let documents = match standard_input {
        Some(text) => standard_input::parse_standard_input(text)?,
        None if from.is_dir() => loader.load_folder(from)?,
        None => loader.load_files(&[from])?,
    };
    generator.with_mapped(&loader, documents)
}

/// Returns the origin of the newer schemas for `PROVENANCE.md`: the argument of `--source`, or else the path or
/// `standard input`.
fn describe_schema_origin(arguments: &arguments::UpdateArguments) -> String {
    match &arguments.source {
        Some(source) => source.clone(),
        None if standard_input::is_standard_input(&arguments.from) => "standard input".to_owned(),
        None => arguments.from.to_string_lossy().into_owned(),
    }
}

/// Generates the types of `documents`, the schema folder after the update. Errors quote the new texts of `files`, which
/// are not written yet.
fn generate_updated_types(
    generator: &Generator,
    documents: Documents,
    files: &[PlannedFile],
) -> Result<Generated, Failure> {
    generator.generate_from(documents).map_err(|errors| {
        let problem = |found: &Diagnostic| match found.kind {
            DiagnosticKind::StaleCorrection => Problem::from(found).add_help("`--drop-stale` removes it"),
            _ => Problem::from(found),
        };
        let failure: Failure = errors.diagnostics().iter().map(problem).collect();
        files.iter().fold(failure, |failure, file| {
            failure.with_file_text(&format_schema_file_path(generator, &file.name), file.text.clone())
        })
    })
}

/// Returns the path of the file `name` of the schema folder in the form that errors use, with `/` as the separator:
/// `schema/a.json`.
fn format_schema_file_path(generator: &Generator, name: &str) -> String {
    generator.schema_path().join(name).to_string_lossy().replace('\\', "/")
}

/// Returns the change of the schema folder: files to write and to remove, and `PROVENANCE.md` if any file changes.
/// `from` is the origin of the new files.
fn plan_schema_change(
    generator: &Generator,
    files: &[PlannedFile],
    from: &str,
) -> Result<transaction::FolderChange, Failure> {
    let folder = generator.schema_path();
    let with_change = |changes: &[FileChange]| -> Vec<&PlannedFile> {
        files.iter().filter(|file| changes.contains(&file.change)).collect()
    };
    let (written, removed) =
        (with_change(&[FileChange::Added, FileChange::Changed]), with_change(&[FileChange::Removed]));
    let mut change = transaction::FolderChange { folder: folder.clone(), files: Vec::new() };
    let with_line_ends = |file: &&PlannedFile| {
        let current = files::read_file_if_exists(&folder.join(&file.name)).ok().flatten();
        let text = match current {
            Some(current) => convert_line_ends_like(&current, &file.text),
            None => file.text.clone(),
        };
        (file.name.clone(), Some(text))
    };
    change.files.extend(written.iter().map(with_line_ends));
    change.files.extend(removed.iter().map(|file| (file.name.clone(), None)));
    if change.files.is_empty() {
        return Ok(change);
    }
    let path = folder.join(provenance::PROVENANCE_FILE_NAME);
    let current = read_text_if_exists(&path)?;
    let written: Vec<&str> = written.iter().filter(|file| !file.is_correction).map(|file| file.name.as_str()).collect();
    let removed: Vec<&str> = removed.iter().map(|file| file.name.as_str()).collect();
    let text = provenance::update_provenance_table(
        current.as_deref(),
        &written,
        &removed,
        from,
        &provenance::format_current_date()?,
    );
    if current.as_deref() != Some(text.as_str()) {
        change.files.push((provenance::PROVENANCE_FILE_NAME.to_owned(), Some(text)));
    }
    Ok(change)
}

/// Returns `text` with the line ends of `current`, the file that it replaces: with `\r\n` if all line ends of `current`
/// are `\r\n`.
fn convert_line_ends_like(current: &[u8], text: &str) -> String {
    let ends = current.iter().filter(|byte| **byte == b'\n').count();
    let windows_ends = current.windows(2).filter(|pair| pair == b"\r\n").count();
    if ends > 0 && ends == windows_ends { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text.to_owned() }
}

/// Returns the change of the output folder: the generated files that are missing or stale.
fn plan_output_change(generator: &Generator, parts: &[Part]) -> transaction::FolderChange {
    let folder = generator.output_folder();
    let is_current = |part: &&Part| fs::read(folder.join(&part.name)).is_ok_and(|text| text == part.text.as_bytes());
    let stale = parts.iter().filter(|part| !is_current(part));
    let files = stale.map(|part| (part.name.clone(), Some(part.text.clone()))).collect();
    transaction::FolderChange { folder, files }
}

/// Reads the text of the file at `path`. `None` if there is no file; it is an error if the file is not UTF-8.
fn read_text_if_exists(path: &Path) -> Result<Option<String>, Failure> {
    let text = files::read_file_if_exists(path)?.map(String::from_utf8).transpose();
    text.map_err(|_| Failure::io_error(path, "read", &io::Error::new(ErrorKind::InvalidData, "it is not UTF-8")))
}

/// Returns the note about a correction that was dropped. It omits the help of the error `correction`, since nothing has
/// to be done.
fn format_dropped_correction_note(mut correction: Diagnostic) -> String {
    correction.help = None;
    format!("dropped {}", correction.to_line())
}

/// Returns a line for each file of the schema folder and the output, which says how the update changes it.
fn format_file_notes(
    generator: &Generator,
    files: &[PlannedFile],
    parts: &[Part],
    changes: &[transaction::FolderChange; 2],
) -> Vec<String> {
    let schema_notes = files.iter().map(|file| {
        let action = match file.change {
            FileChange::Added => "added",
            FileChange::Changed => "changed",
            FileChange::Removed => "removed",
            FileChange::Same => "unchanged:",
            _ => "not touched:",
        };
        format!("{action} {}", format_schema_file_path(generator, &file.name))
    });
    let [schema, output] = changes;
    let is_in = |change: &transaction::FolderChange, name: &str| change.files.iter().any(|(file, _)| file == name);
    let provenance_note = is_in(schema, provenance::PROVENANCE_FILE_NAME).then(|| {
        let path = format_schema_file_path(generator, provenance::PROVENANCE_FILE_NAME);
        let action = if Path::new(&path).exists() { "changed" } else { "added" };
        format!("{action} {path}; check that the terms still apply")
    });
    let output_notes = parts.iter().map(|part| {
        let action = if is_in(output, &part.name) { "wrote" } else { "up to date:" };
        format!("{action} {}", generator.output_folder().join(&part.name).display())
    });
    schema_notes.chain(provenance_note).chain(output_notes).collect()
}

#[cfg(test)]
mod tests {
    use super::convert_line_ends_like;

    #[test]
    fn line_ends_are_those_of_the_replaced_file() {
        assert_eq!(convert_line_ends_like(b"{\r\n}\r\n", "{\n}\n"), "{\r\n}\r\n");
        assert_eq!(convert_line_ends_like(b"{\n}\r\n", "{\n}\n"), "{\n}\n");
        assert_eq!(convert_line_ends_like(b"{}", "{\n}\n"), "{\n}\n");
    }
}
