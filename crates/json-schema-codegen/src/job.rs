//! A job as a build script or the CLI runs it: settings from a file, parts written where they go.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::documents::Documents;
use crate::generate::{Generated, generate};
use crate::load::{self, Loader};
use crate::settings::Settings;

/// A job: settings, and the folder that their paths are relative to.
///
/// A build script needs no more than [`build_script`], or the same by hand:
/// ```no_run
/// use json_schema_codegen::Generator;
///
/// fn main() -> std::process::ExitCode {
///     Generator::new().schema_dir("schema").root("shop-schema.json").build_script()
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Generator {
    folder: PathBuf,
    file: Option<PathBuf>,
    settings: Settings,
}

/// One file of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The name of the file, without a folder.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// How the names of the parts end.
const TYPES: &str = ".rs";
const SCHEMARS: &str = "_schemars.rs";
const SCHEMA: &str = ".schema.json";

/// What a run of a build script does: generates from the job that the file describes, into
/// `OUT_DIR`. All that is wrong goes to Cargo as errors.
pub fn build_script(codegen_toml: impl AsRef<Path>) -> ExitCode {
    match Generator::from_file(codegen_toml) {
        Ok(generator) => generator.build_script(),
        Err(errors) => cargo_errors(&errors),
    }
}

impl Generator {
    /// A job with default settings, its paths relative to the current folder.
    pub fn new() -> Self {
        Self::default()
    }

    /// A job by its `codegen.toml`; paths in it are relative to its folder.
    ///
    /// # Errors
    /// A file that cannot be read, is no TOML, or has a setting that does not exist.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Errors> {
        let path = path.as_ref();
        let bytes = fs::read(path).map_err(|error| unusable(path, "read", &error))?;
        Self::from_text(path, &load::utf8(&path.to_string_lossy(), bytes)?)
    }

    /// A job by the text of its `codegen.toml`, as if it were the file at this path; nothing is read.
    ///
    /// # Errors
    /// A text that is no TOML, or has a setting that does not exist.
    pub fn from_text(path: impl AsRef<Path>, text: &str) -> Result<Self, Errors> {
        let path = path.as_ref();
        let settings = basic_toml::from_str(text).map_err(|error| misread(path, text, &error.to_string()))?;
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        Ok(Self { folder, file: Some(path.to_path_buf()), settings })
    }

    /// Reads schemas from this folder.
    #[must_use]
    pub fn schema_dir(mut self, folder: impl Into<String>) -> Self {
        self.settings.schema = folder.into();
        self
    }

    /// Generates this root too: a file of the folder, an `$id`, or either with `#` and a pointer.
    #[must_use]
    pub fn root(mut self, root: impl Into<String>) -> Self {
        self.settings.roots.push(root.into());
        self
    }

    /// Calls a type `to` that would be called `from`.
    #[must_use]
    pub fn rename(mut self, from: impl Into<String>, to: impl Into<String>) -> Self {
        self.settings.rename.insert(from.into(), to.into());
        self
    }

    /// Changes any of the settings.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// The settings of the job.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The folder that paths in the settings are relative to.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of the schemas.
    pub fn schema_path(&self) -> PathBuf {
        self.folder.join(&self.settings.schema)
    }

    /// The folder of the checked-in copy.
    pub fn output_folder(&self) -> PathBuf {
        self.folder.join(&self.settings.output).parent().unwrap_or(Path::new("")).to_path_buf()
    }

    /// Reads the schemas and generates.
    ///
    /// # Errors
    /// All that is wrong with the files and the settings.
    pub fn generate(&self) -> Result<Generated, Errors> {
        self.generate_from(self.loader().folder(self.schema_path())?)
    }

    /// Generates from these documents as if they were those of the schema folder.
    ///
    /// # Errors
    /// All that is wrong with them and the settings.
    pub fn generate_from(&self, documents: Documents) -> Result<Generated, Errors> {
        generate(self.with_mapped(&self.loader(), documents)?, &self.settings)
    }

    /// What reads JSON files within the limits of the settings.
    pub fn loader(&self) -> Loader {
        Loader::default().limits(self.settings.limits.clone())
    }

    /// The documents with those of the folders that the settings map URLs to.
    ///
    /// # Errors
    /// As for [`Documents::from_folder`].
    pub fn with_mapped(&self, loader: &Loader, documents: Documents) -> Result<Documents, Errors> {
        let mut mapped = self.settings.map.iter();
        mapped.try_fold(documents, |all, (prefix, folder)| loader.mapped(all, prefix, self.folder.join(folder)))
    }

    /// The files of the output: the types, and a part for each feature that the settings name.
    ///
    /// # Errors
    /// None but faults of the generator itself.
    pub fn parts(&self, generated: &Generated) -> Result<Vec<Part>, Errors> {
        let part = |ending, text| Part { name: self.part_name(ending), text };
        let mut parts = vec![part(TYPES, generated.types().to_owned())];
        if self.settings.features.schemars.is_some() {
            parts.push(part(SCHEMARS, generated.json_schema_impls()?));
        }
        if self.settings.features.validate.is_some() {
            parts.push(part(SCHEMA, format!("{:#}\n", generated.schema())));
        }
        Ok(parts)
    }

    fn part_name(&self, ending: &str) -> String {
        let stem = Path::new(&self.settings.output).file_stem().unwrap_or_default().to_string_lossy();
        format!("{stem}{ending}")
    }

    /// What a build script does: writes the parts into `OUT_DIR`, tells Cargo what was read, and
    /// warns when the checked-in copy is stale. All that is wrong goes to Cargo as errors.
    pub fn build_script(&self) -> ExitCode {
        match self.build() {
            Ok(()) => ExitCode::SUCCESS,
            Err(errors) => cargo_errors(&errors),
        }
    }

    fn build(&self) -> Result<(), Errors> {
        self.read().iter().for_each(|path| println!("cargo::rerun-if-changed={}", path.display()));
        let out = std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or_else(not_a_build_script)?;
        let parts = self.parts(&self.generate()?)?;
        write(&out, &parts)?;
        for part in stale(&self.output_folder(), &parts) {
            println!("cargo::warning={} is not what the schema says now; regenerate it", part.display());
        }
        Ok(())
    }

    /// All files and folders that a build script reads.
    fn read(&self) -> Vec<PathBuf> {
        let mapped = self.settings.map.values().map(|folder| self.folder.join(folder));
        let copy = [TYPES, SCHEMARS, SCHEMA].map(|ending| self.output_folder().join(self.part_name(ending)));
        // A path that does not exist would make Cargo run the script at every build.
        let copy = copy.into_iter().filter(|part| part.is_file());
        self.file.iter().cloned().chain([self.schema_path()]).chain(mapped).chain(copy).collect()
    }
}

/// The files of a folder that do not hold the text of their part; none when the folder has none.
fn stale(folder: &Path, parts: &[Part]) -> Vec<PathBuf> {
    let read = |part: &Part| Some((folder.join(&part.name), fs::read_to_string(folder.join(&part.name)).ok()?));
    let differs = |part: &Part| read(part).filter(|(_, text)| *text != part.text).map(|(path, _)| path);
    parts.iter().filter_map(differs).collect()
}

/// Writes parts into a folder, those that are there already untouched, so that what was built from
/// them stays; the names of those that were written.
///
/// # Errors
/// Folders and files that cannot be written.
pub fn write(folder: &Path, parts: &[Part]) -> Result<Vec<PathBuf>, Errors> {
    let mut findings = Findings::default();
    let mut written = Vec::new();
    findings.keep(fs::create_dir_all(folder).map_err(|error| unusable(folder, "made", &error)));
    for part in parts {
        let path = folder.join(&part.name);
        if fs::read(&path).is_ok_and(|there| there == part.text.as_bytes()) {
            continue;
        }
        if findings.keep(fs::write(&path, &part.text).map_err(|error| unusable(&path, "written", &error))).is_some() {
            written.push(path);
        }
    }
    findings.or(written)
}

/// Hands errors to Cargo, a line each. They fail the build by themselves; a failure of the script
/// would make Cargo print them again.
fn cargo_errors(errors: &Errors) -> ExitCode {
    errors.diagnostics().iter().for_each(|error| println!("cargo::error={}", error.line()));
    ExitCode::SUCCESS
}

fn not_a_build_script() -> Errors {
    let message = "OUT_DIR is not set: this runs in a build script alone";
    Diagnostic::new(Kind::Io, message).help("call it from build.rs").into()
}

fn unusable(path: &Path, done: &str, error: &std::io::Error) -> Errors {
    let message = format!("this cannot be {done}: {error}");
    Diagnostic::new(Kind::Io, message).in_file(path.to_string_lossy()).help("check the path and its permissions").into()
}

/// The error of the TOML parser, whose text ends with the position; an unknown setting is looked
/// for by its name, since the parser gives the position of the table that it stands in.
fn misread(path: &Path, text: &str, error: &str) -> Errors {
    let (message, position) = error.rsplit_once(" at line ").unwrap_or((error, ""));
    let mut numbers = position.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
    let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`'));
    let diagnostic = Diagnostic::new(Kind::Settings, "").in_file(path.to_string_lossy());
    if let Some((name, known)) = unknown {
        let is_it = |line: &str| {
            let rest = line.trim_start().trim_start_matches('[').strip_prefix(name);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || "_-".contains(c)))
        };
        let line = text.lines().position(is_it).map_or(1, |line| line + 1);
        let known = known.trim_start_matches(", expected ").trim_start_matches("one of ");
        let message = format!("there is no setting `{name}`");
        return Diagnostic { message, ..diagnostic }.at(line, 1).help(format!("the settings are {known}")).into();
    }
    let message = format!("these settings cannot be used: {message}");
    let diagnostic =
        Diagnostic { message, ..diagnostic }.help("see the documentation of `json_schema_codegen::Settings`");
    match (numbers.next(), numbers.next()) {
        (Some(line), Some(column)) => diagnostic.at(line, column).into(),
        _ => diagnostic.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_watches_what_it_reads_and_nothing_beside_the_copy() {
        let generator = Generator { folder: env!("CARGO_MANIFEST_DIR").into(), ..Generator::new() };
        let generator = generator.with(|settings| {
            settings.output = "src/lib.rs".to_owned();
            settings.map = [("https://example.com".to_owned(), "remote".to_owned())].into();
        });
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(generator.read(), ["schema", "remote", "src/lib.rs"].map(|path| folder.join(path)));
    }
}
