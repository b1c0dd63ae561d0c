//! `update`: takes newer schemas, and says what that changes.

use std::io::ErrorKind;
use std::path::Path;
use std::{fs, io};

use json_schema_codegen::{
    Diagnostic, Documents, Errors, FileChange, Generated, Generator, Kind, Part, Updated, Updating,
};

use crate::arguments;
use crate::commands::Outcome;
use crate::diagnostics::{Failure, Problem};
use crate::output::{note, print_changes};
use crate::{changes, config, provenance, standard_input, transaction, yaml};

/// Takes the roots of the job, and all that they reach, out of newer schemas into the schema folder,
/// and generates: all files or none.
///
/// # Errors
/// All that is wrong with the newer schemas, and with the job once they are in it; nothing is
/// written then.
pub fn run(arguments: &arguments::Update, quiet: bool) -> Result<Outcome, Failure> {
    let is_asked = standard_input::is_named(&arguments.from);
    standard_input::with(is_asked, |text| take(arguments, text, quiet))
}

fn take(arguments: &arguments::Update, standard_input: Option<&str>, quiet: bool) -> Result<Outcome, Failure> {
    let generator = config::generator(arguments.job.config.as_deref(), quiet)?;
    let old = generator.loader().folder(generator.schema_path())?;
    let mut asked = Updating::default();
    asked.pointers.clone_from(&arguments.pointers);
    asked.drop_stale = arguments.drop_stale;
    let newer = newer(&generator, &arguments.from, standard_input)?;
    let update = json_schema_codegen::update(&old, newer, &asked, generator.settings())?;
    let generated = generated(&generator, update.documents, &update.files)?;
    let parts = generator.parts(&generated)?;
    let files = [schema_change(&generator, &update.files, &source(arguments))?, output_change(&generator, &parts)];
    // Nothing is written when one of these fails, and they tell against what is there before.
    let report = report(&generator, old, &generated)?;
    let mut told = told(&generator, &update.files, &parts, &files);
    told.extend(update.dropped.into_iter().map(dropped));
    if !arguments.dry_run {
        transaction::apply(generator.folder(), &files)?;
    }
    let mark = if arguments.dry_run { "dry run: " } else { "" };
    told.iter().for_each(|line| note(quiet, &format!("{mark}{line}")));
    if !quiet {
        print_changes(&report)?;
    }
    Ok(Outcome::Done)
}

/// What the update means for those who depend on the types, and for documents.
fn report(generator: &Generator, old: Documents, new: &Generated) -> Result<String, Failure> {
    match generator.generate_from(old) {
        Ok(old) => Ok(changes::text(&json_schema_codegen::changes(&old, new)?, "the old schema")),
        // An update may be what mends it.
        Err(errors) => Ok(format!("the changes cannot be told, since there were no types before:\n{errors}\n")),
    }
}

/// Reads the newer schemas, and what the settings map URLs to.
fn newer(generator: &Generator, from: &Path, standard_input: Option<&str>) -> Result<Documents, Errors> {
    let loader = generator.loader().format(yaml::FORMAT);
    let documents = match standard_input {
        Some(text) => standard_input::documents(text)?,
        None if from.is_dir() => loader.folder(from)?,
        None => loader.files(&[from])?,
    };
    generator.with_mapped(&loader, documents)
}

/// Where `PROVENANCE.md` says that the newer schemas are from.
fn source(arguments: &arguments::Update) -> String {
    match &arguments.source {
        Some(source) => source.clone(),
        None if standard_input::is_named(&arguments.from) => "standard input".to_owned(),
        None => arguments.from.to_string_lossy().into_owned(),
    }
}

/// Generates from documents that are not in the folder yet, so errors quote from them.
fn generated(generator: &Generator, documents: Documents, files: &[Updated]) -> Result<Generated, Failure> {
    generator.generate_from(documents).map_err(|errors| {
        let problem = |found: &Diagnostic| match found.kind {
            Kind::StaleCorrection => Problem::from(found).help_too("`--drop-stale` takes it out"),
            _ => Problem::from(found),
        };
        let failure: Failure = errors.diagnostics().iter().map(problem).collect();
        files.iter().fold(failure, |failure, file| failure.quoting(&path(generator, &file.name), file.text.clone()))
    })
}

/// The path of a file of the schema folder as errors name it.
fn path(generator: &Generator, name: &str) -> String {
    generator.schema_path().join(name).to_string_lossy().replace('\\', "/")
}

/// What becomes of the schema folder.
fn schema_change(generator: &Generator, files: &[Updated], from: &str) -> Result<transaction::Change, Failure> {
    let folder = generator.schema_path();
    let of = |changes: &[FileChange]| -> Vec<&Updated> {
        files.iter().filter(|file| changes.contains(&file.change)).collect()
    };
    let (written, removed) = (of(&[FileChange::Added, FileChange::Changed]), of(&[FileChange::Removed]));
    let mut change = transaction::Change { folder: folder.clone(), files: Vec::new() };
    change.files.extend(written.iter().map(|file| (file.name.clone(), Some(file.text.clone()))));
    change.files.extend(removed.iter().map(|file| (file.name.clone(), None)));
    if change.files.is_empty() {
        return Ok(change);
    }
    let path = folder.join(provenance::NAME);
    let there = read(&path).map_err(|error| Failure::io(&path, "read", &error))?;
    let taken: Vec<&str> = written.iter().filter(|file| !file.is_correction).map(|file| file.name.as_str()).collect();
    let removed: Vec<&str> = removed.iter().map(|file| file.name.as_str()).collect();
    let text = provenance::updated(there.as_deref(), &taken, &removed, from, &provenance::today()?);
    if there.as_deref() != Some(text.as_str()) {
        change.files.push((provenance::NAME.to_owned(), Some(text)));
    }
    Ok(change)
}

/// What becomes of the folder of the checked-in copy.
fn output_change(generator: &Generator, parts: &[Part]) -> transaction::Change {
    let folder = generator.output_folder();
    let is_fresh = |part: &&Part| fs::read(folder.join(&part.name)).is_ok_and(|there| there == part.text.as_bytes());
    let stale = parts.iter().filter(|part| !is_fresh(part));
    let files = stale.map(|part| (part.name.clone(), Some(part.text.clone()))).collect();
    transaction::Change { folder, files }
}

/// The text of a file; nothing when there is none.
fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// What is told of a correction that is taken out: nothing is to be done about it.
fn dropped(mut correction: Diagnostic) -> String {
    correction.help = None;
    format!("dropped {}", correction.line())
}

/// What becomes of each file, a line each.
fn told(generator: &Generator, files: &[Updated], parts: &[Part], changes: &[transaction::Change; 2]) -> Vec<String> {
    let of_schema = files.iter().map(|file| {
        let what = match file.change {
            FileChange::Added => "added",
            FileChange::Changed => "changed",
            FileChange::Removed => "removed",
            FileChange::Same => "same:",
            _ => "left alone:",
        };
        format!("{what} {}", path(generator, &file.name))
    });
    let [schema, output] = changes;
    let is_in = |change: &transaction::Change, name: &str| change.files.iter().any(|(one, _)| one == name);
    let provenance = is_in(schema, provenance::NAME).then(|| {
        let path = path(generator, provenance::NAME);
        let what = if Path::new(&path).exists() { "changed" } else { "added" };
        format!("{what} {path}; see whether the terms still hold")
    });
    let of_output = parts.iter().map(|part| {
        let what = if is_in(output, &part.name) { "wrote" } else { "fresh:" };
        format!("{what} {}", generator.output_folder().join(&part.name).display())
    });
    of_schema.chain(provenance).chain(of_output).collect()
}
