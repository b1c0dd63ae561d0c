//! Runs a job for a build script or the command line: reads the settings from `codegen.toml`, and
//! writes the files of the output.

mod fault;
mod locate;
mod parts;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::diagnostic::{Diagnostic, Errors};
use crate::documents::Documents;
use crate::generate::{Generated, generate};
use crate::load::{self, Loader};
use crate::settings::{Settings, View};

use fault::{io_error, not_a_build_script_error, toml_error};
use parts::find_differing_files;

pub use parts::{Part, write_parts};

/// A job: settings, and the folder that their paths are relative to.
///
/// A build script calls [`build_script`] with the path of a `codegen.toml`, or sets the job up in code:
/// ```no_run
/// use json_schema_codegen::Generator;
///
/// fn main() -> std::process::ExitCode {
///     Generator::new().schema_dir("schema").root("shop-schema.json").build_script()
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Generator {
    /// The folder of `codegen.toml`; empty (the current folder) for a job that is set up in code.
    folder: PathBuf,
    /// The path of `codegen.toml`, if the job comes from one.
    file: Option<PathBuf>,
    /// The text of `codegen.toml`; empty if the job does not come from one.
    text: String,
    settings: Settings,
}

/// The ending of the name of the output file with the types: `event.rs`.
const TYPES_ENDING: &str = ".rs";
/// The ending of the name of the output file with the methods of views that return times: `event_jiff.rs`.
const JIFF_ENDING: &str = "_jiff.rs";
/// The ending of the name of the output file with the `impl JsonSchema`: `event_schemars.rs`.
const SCHEMARS_ENDING: &str = "_schemars.rs";
/// The ending of the name of the output file with the corrected schema: `event.schema.json`.
const SCHEMA_ENDING: &str = ".schema.json";

/// Runs the job of the `codegen.toml` at this path in a build script; see [`Generator::build_script`]. Prints an error
/// in the file as an error of Cargo.
pub fn build_script(codegen_toml: impl AsRef<Path>) -> ExitCode {
    match Generator::from_file(codegen_toml) {
        Ok(generator) => generator.build_script(),
        Err(errors) => print_cargo_errors(&errors),
    }
}

impl Generator {
    /// Creates a job with default settings, whose paths are relative to the current folder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a job from its `codegen.toml`; paths in it are relative to the folder of that file.
    ///
    /// # Errors
    /// The file cannot be read, is not TOML in UTF-8, or has a setting that does not exist or has a wrong
    /// type.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Errors> {
        let path = path.as_ref();
        let bytes = fs::read(path).map_err(|error| io_error(path, "read", &error))?;
        Self::from_text(path, &load::decode_utf8(&path.to_string_lossy(), bytes)?)
    }

    /// Parses `text`, the text of a `codegen.toml`, as if it were the file at `path`, which is not read and need not
    /// exist.
    ///
    /// # Errors
    /// The text is not TOML, or has a setting that does not exist or has a wrong type.
    pub fn from_text(path: impl AsRef<Path>, text: &str) -> Result<Self, Errors> {
        let path = path.as_ref();
        let settings = basic_toml::from_str(text).map_err(|error| toml_error(path, text, &error.to_string()))?;
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        Ok(Self { folder, file: Some(path.to_path_buf()), text: text.to_owned(), settings })
    }

    /// Sets the path of the schema folder, relative to the job's folder.
    #[must_use]
    pub fn schema_dir(mut self, folder: impl Into<String>) -> Self {
        self.settings.schema = folder.into();
        self
    }

    /// Adds a root: a file of the schema folder (`order.json`), an `$id`, or either of them with `#` and a
    /// JSON pointer (`order.json#/$defs/Line`).
    #[must_use]
    pub fn root(mut self, root: impl Into<String>) -> Self {
        self.settings.roots.push(root.into());
        self
    }

    /// Gives the name `to` to the type that is otherwise named `from`.
    #[must_use]
    pub fn rename(mut self, from: impl Into<String>, to: impl Into<String>) -> Self {
        self.settings.rename.insert(from.into(), to.into());
        self
    }

    /// Reads the values of `place`, a type and the JSON name of one of its properties such as `Event.data`, through
    /// views: `.view("Event.data", View::by("resource").value("messages", "message-schema.json"))`.
    #[must_use]
    pub fn view(mut self, place: impl Into<String>, view: View) -> Self {
        self.settings.views.insert(place.into(), view);
        self
    }

    /// Changes the settings of the job with `change`.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Returns the settings of the job.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the path of the job's folder, which paths in the settings are relative to; empty for the current folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the path of the schema folder, including the job's folder.
    pub fn schema_path(&self) -> PathBuf {
        self.folder.join(&self.settings.schema)
    }

    /// Returns the path of the folder that holds the checked-in copy of the output, including the job's
    /// folder.
    pub fn output_folder(&self) -> PathBuf {
        self.folder.join(&self.settings.output).parent().unwrap_or(Path::new("")).to_path_buf()
    }

    /// Reads the schema folder and the mapped folders, and generates types.
    ///
    /// # Errors
    /// Returns all errors in the files and the settings.
    pub fn generate(&self) -> Result<Generated, Errors> {
        self.generate_from(self.loader().load_folder(self.schema_path())?)
    }

    /// Generates types from `documents` instead of the schema folder. The folders that the settings map
    /// URLs to are read.
    ///
    /// # Errors
    /// Returns the errors of the first of these steps that has any: reading the mapped folders, checking the settings,
    /// checking the sizes of the documents, generating types from the documents, checking the size of the output.
    pub fn generate_from(&self, documents: Documents) -> Result<Generated, Errors> {
        let documents = self.with_mapped(&self.loader(), documents)?;
        let generated = generate(documents, &self.settings);
        let located = generated.map(|generated| generated.map_setting_notes(|note| self.locate_setting(note)));
        located.map_err(|errors| errors.map_diagnostics(|error| self.locate_setting(error)))
    }

    /// Adds to a diagnostic about a setting the position of the setting in `codegen.toml`, if the job comes from one.
    /// Returns any other diagnostic unchanged.
    fn locate_setting(&self, diagnostic: Diagnostic) -> Diagnostic {
        match &self.file {
            Some(file) => locate::locate_setting(diagnostic, &file.to_string_lossy(), &self.text),
            None => diagnostic,
        }
    }

    /// Creates a loader that reads JSON files within the limits of the settings.
    pub fn loader(&self) -> Loader {
        Loader::default().limits(self.settings.limits.clone())
    }

    /// Returns `documents` together with the documents of the folders that the settings map URLs to, which `loader`
    /// reads.
    ///
    /// # Errors
    /// Returns the errors of [`Documents::from_folder`], for each of the folders.
    pub fn with_mapped(&self, loader: &Loader, documents: Documents) -> Result<Documents, Errors> {
        let mut mapped = self.settings.map.iter();
        mapped.try_fold(documents, |all, (prefix, folder)| loader.load_mapped(all, prefix, self.folder.join(folder)))
    }

    /// Returns the files of the output: the types, and one more file for each feature that the settings
    /// name.
    ///
    /// # Errors
    /// Only faults of the generator itself.
    pub fn parts(&self, generated: &Generated) -> Result<Vec<Part>, Errors> {
        let part = |ending, text| Part { name: self.part_file_name(ending), text };
        let mut parts = vec![part(TYPES_ENDING, generated.types().to_owned())];
        if self.settings.features.jiff.is_some() {
            parts.push(part(JIFF_ENDING, generated.jiff_impls()?));
        }
        if self.settings.features.schemars.is_some() {
            parts.push(part(SCHEMARS_ENDING, generated.json_schema_impls()?));
        }
        if self.settings.features.validate.is_some() {
            parts.push(part(SCHEMA_ENDING, format!("{:#}\n", generated.schema())));
        }
        Ok(parts)
    }

    /// Returns the name of an output file: the file name in the setting `output` with another ending. With `output =
    /// "generated/event.rs"`, the ending `.schema.json` gives `event.schema.json`.
    fn part_file_name(&self, ending: &str) -> String {
        let stem = Path::new(&self.settings.output).file_stem().unwrap_or_default().to_string_lossy();
        format!("{stem}{ending}")
    }

    /// Does everything that a build script has to do: generates the types, writes the files of the output into
    /// `OUT_DIR`, tells Cargo which paths to watch, and warns about files of the checked-in copy that differ from the
    /// output.
    ///
    /// Errors are printed as errors of Cargo, which then fails the build; the exit code is a success even then.
    pub fn build_script(&self) -> ExitCode {
        match self.run_build_script() {
            Ok(()) => ExitCode::SUCCESS,
            Err(errors) => print_cargo_errors(&errors),
        }
    }

    /// Does the work of [`Self::build_script`], but returns the errors. Prints the paths to watch first, so that Cargo
    /// watches them after an error too.
    fn run_build_script(&self) -> Result<(), Errors> {
        self.list_watched_paths().iter().for_each(|path| println!("cargo::rerun-if-changed={}", path.display()));
        let out = std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or_else(not_a_build_script_error)?;
        let generated = self.generate()?;
        generated.notes().iter().for_each(|note| println!("cargo::warning={}", note.to_line()));
        let parts = self.parts(&generated)?;
        write_parts(&out, &parts)?;
        for path in find_differing_files(&self.output_folder(), &parts) {
            println!("cargo::warning={} is not what the schema says now; regenerate it", path.display());
        }
        Ok(())
    }

    /// Returns the paths that Cargo has to watch: `codegen.toml`, the schema folder, the mapped folders, and the
    /// existing files of the checked-in copy of the output.
    fn list_watched_paths(&self) -> Vec<PathBuf> {
        let mapped = self.settings.map.values().map(|folder| self.folder.join(folder));
        let copy = [TYPES_ENDING, JIFF_ENDING, SCHEMARS_ENDING, SCHEMA_ENDING]
            .map(|ending| self.output_folder().join(self.part_file_name(ending)));
        // A path that does not exist would make Cargo run the script at every build.
        let copy = copy.into_iter().filter(|part| part.is_file());
        self.file.iter().cloned().chain([self.schema_path()]).chain(mapped).chain(copy).collect()
    }
}

/// Prints each error on one line for Cargo: `cargo::error=order.json:1:2: …`. Returns a success: the printed lines make
/// the build fail, and with another exit code Cargo would print the errors a second time.
fn print_cargo_errors(errors: &Errors) -> ExitCode {
    errors.diagnostics().iter().for_each(|error| println!("cargo::error={}", error.to_line()));
    ExitCode::SUCCESS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_watches_only_paths_that_it_reads() {
        let generator = Generator { folder: env!("CARGO_MANIFEST_DIR").into(), ..Generator::new() };
        let generator = generator.with(|settings| {
            settings.output = "src/lib.rs".to_owned();
            settings.map = [("https://example.com".to_owned(), "remote".to_owned())].into();
        });
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(generator.list_watched_paths(), ["schema", "remote", "src/lib.rs"].map(|path| folder.join(path)));
    }
}
