//! Compiles generated modules as one crate, and reads and writes instances with it.
//!
//! Each module is the complete output for one schema. Warnings are faults like errors. Modules that do not compile are
//! left out of the next attempt, so that one run finds the faults of all modules.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use lab::equality::are_equal_json;
use serde::Deserialize;
use serde_json::{Value, json};

/// A generated Rust module: the output for one schema.
pub struct GeneratedModule {
    /// The origin of the schema and its text, which are printed with a fault.
    pub origin: String,
    /// The complete output, which has a type `Root`.
    pub types: String,
    /// Instances that the schema accepts.
    pub instances: Vec<ModuleInstance>,
}

/// An instance that the schema of a module accepts.
pub struct ModuleInstance {
    pub value: Value,
    /// Whether the schema defines everything in the instance, so that `unlisted()` must be empty.
    pub is_listed: bool,
}

/// The program's answer for an instance: the error, or the text that is written back and the paths of unlisted values.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum ProgramAnswer {
    Refused(String),
    Read { written: String, unlisted: Vec<String> },
}

/// A message of rustc: one line of Cargo's output with `--message-format json`.
#[derive(Deserialize)]
struct CargoMessage {
    #[serde(default)]
    message: Option<CompilerDiagnostic>,
}

#[derive(Deserialize)]
struct CompilerDiagnostic {
    level: String,
    rendered: String,
    spans: Vec<DiagnosticSpan>,
}

#[derive(Deserialize)]
struct DiagnosticSpan {
    file_name: String,
}

/// Most bytes of Rust text that are compiled at once: for 20 MiB, rustc takes several gigabytes of memory.
const MAX_BATCH_BYTES: usize = 4 << 20;

/// Compiles `modules` in several batches as the crate `package`, and reads and writes their instances with it. Returns
/// a text for each fault: a warning or error of the compiler, or an instance that is refused, changed, or wrongly
/// reported as unlisted.
pub fn find_module_faults(package: &str, modules: &[GeneratedModule]) -> Vec<String> {
    let (mut found, mut rest) = (Vec::new(), modules);
    while !rest.is_empty() {
        let mut length = 0;
        let is_within = |module: &&GeneratedModule| {
            length += module.types.len();
            length <= MAX_BATCH_BYTES
        };
        let (batch, others) = rest.split_at(rest.iter().take_while(is_within).count().max(1));
        found.extend(find_batch_faults(package, batch));
        rest = others;
    }
    found
}

/// Compiles `modules` at once as the crate `package`, without those that do not compile, and reads and writes their
/// instances. Returns a text for each fault.
fn find_batch_faults(package: &str, modules: &[GeneratedModule]) -> Vec<String> {
    let mut compiled: BTreeSet<usize> = (0..modules.len()).collect();
    let mut diagnostics: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let folder = loop {
        let folder = write_module_crate(package, modules, &compiled);
        let found = compile_module_crate(&folder);
        let failed: BTreeSet<usize> =
            found.iter().filter(|(_, diagnostic)| diagnostic.level == "error").map(|(module, _)| *module).collect();
        for (module, diagnostic) in found {
            diagnostics.entry(module).or_default().insert(diagnostic.rendered);
        }
        if failed.is_empty() {
            break folder;
        }
        compiled.retain(|module| !failed.contains(module));
    };
    let compiler = diagnostics.into_iter().map(|(module, texts)| {
        let shown: Vec<String> = texts.iter().take(MAX_SHOWN_DIAGNOSTICS).cloned().collect();
        format!("{}\n{} warnings or errors:\n{}", modules[module].origin, texts.len(), shown.join(""))
    });
    compiler.chain(run_program(package, &folder, modules, &compiled)).collect()
}

/// Most diagnostics of one module that a fault shows.
const MAX_SHOWN_DIAGNOSTICS: usize = 3;

/// Writes the crate `package` with those of `modules` whose indexes are in `compiled`. Returns the crate's folder.
fn write_module_crate(package: &str, modules: &[GeneratedModule], compiled: &BTreeSet<usize>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(package);
    let sources = folder.join("src");
    fs::create_dir_all(&sources).unwrap();
    fs::write(folder.join("Cargo.toml"), include_str!("manifest.toml").replace("PACKAGE", package)).unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut lib = "//! Generated types.\n#![warn(missing_docs)]\n".to_owned();
    let mut main = include_str!("program.rs").replace("PACKAGE", package);
    main += "\nreads! {\n";
    for number in compiled {
        fs::write(sources.join(format!("m{number}.rs")), &modules[*number].types).unwrap();
        writeln!(lib, "/// A schema.\npub mod m{number};").unwrap();
        writeln!(main, "    {number} m{number},").unwrap();
    }
    fs::write(sources.join("lib.rs"), lib).unwrap();
    fs::write(sources.join("main.rs"), main + "}\n").unwrap();
    folder
}

/// Returns the target folder that the crates of all tests share, so that their dependencies are compiled once.
fn find_shared_target_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumers")
}

/// Compiles the crate in `folder`. Returns each diagnostic of the compiler as (number of the module that it is about,
/// diagnostic).
fn compile_module_crate(folder: &Path) -> Vec<(usize, CompilerDiagnostic)> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--offline", "--message-format", "json"]).current_dir(folder);
    let output = cargo.env("CARGO_TARGET_DIR", find_shared_target_folder()).output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let messages = lines.lines().filter_map(|line| serde_json::from_str::<CargoMessage>(line).unwrap().message);
    let mut found = Vec::new();
    for diagnostic in messages.filter(|diagnostic| !diagnostic.spans.is_empty()) {
        let mut numbers = diagnostic.spans.iter().filter_map(|span| {
            let file = Path::new(&span.file_name).file_stem()?.to_str()?;
            file.strip_prefix('m')?.parse::<usize>().ok()
        });
        let Some(number) = numbers.next() else { panic!("not of a module: {}", diagnostic.rendered) };
        found.push((number, diagnostic));
    }
    let is_explained = output.status.success() || found.iter().any(|(_, diagnostic)| diagnostic.level == "error");
    assert!(is_explained, "{}", String::from_utf8_lossy(&output.stderr));
    found
}

/// Runs the crate's program on the instances of the modules whose indexes are in `compiled`. Returns a text for each
/// fault.
fn run_program(package: &str, folder: &Path, modules: &[GeneratedModule], compiled: &BTreeSet<usize>) -> Vec<String> {
    let all = compiled.iter().flat_map(|number| modules[*number].instances.iter().map(move |one| (*number, one)));
    let all: Vec<(usize, &ModuleInstance)> = all.collect();
    let requests = folder.join("requests.ndjson");
    let lines = all.iter().map(|(number, instance)| json!([number, instance.value.to_string()]).to_string() + "\n");
    fs::write(&requests, lines.collect::<String>()).unwrap();
    let mut program = Command::new(find_shared_target_folder().join("debug").join(package));
    let output = program.stdin(File::open(&requests).unwrap()).output().unwrap();
    let answers: Vec<&str> = std::str::from_utf8(&output.stdout).unwrap().lines().collect();
    let mut faults = Vec::new();
    for ((number, instance), answer) in all.iter().zip(&answers) {
        if let Some(fault) = find_answer_fault(instance, serde_json::from_str(answer).unwrap()) {
            faults.push(format!("{}\n{}: {fault}\n", modules[*number].origin, instance.value));
        }
    }
    if let Some((number, instance)) = all.get(answers.len()) {
        let error = String::from_utf8_lossy(&output.stderr);
        faults.push(format!("{}\n{}: the program ends: {error}", modules[*number].origin, instance.value));
    }
    faults
}

/// Returns in words what is wrong with `answer`, the program's answer for `instance`; `None` if it is right.
fn find_answer_fault(instance: &ModuleInstance, answer: ProgramAnswer) -> Option<String> {
    match answer {
        ProgramAnswer::Refused(error) => Some(format!("is refused: {error}")),
        // The instance through its text too, since a parser may change the last digit of a number.
        ProgramAnswer::Read { written, .. }
            if !are_equal_json(&parse_json(&written), &parse_json(&instance.value.to_string())) =>
        {
            Some(format!("comes back as {written}"))
        }
        ProgramAnswer::Read { unlisted, .. } if instance.is_listed && !unlisted.is_empty() => {
            Some(format!("has only what the schema lists, but `unlisted()` is {unlisted:#?}"))
        }
        ProgramAnswer::Read { .. } => None,
    }
}

/// Parses a JSON text.
fn parse_json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}
