//! Writes and runs the program that reads instances with the types of all cases.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

use crate::case::VersionPair;

/// The beginning of the keys for which the program prints the value that it has read in the form of `{:?}`.
pub const DEBUG_KEY_PREFIX: &str = "debug ";

/// An instance, a type, and whether the type must read the instance.
#[derive(Clone)]
pub struct ExpectedReading {
    /// The key of the type in the program: `old_CASE::NAME` or `new_CASE::NAME`, with [`DEBUG_KEY_PREFIX`] before it if
    /// the program must print the value.
    pub key: String,
    pub document: Value,
    /// Whether the type must read the instance; if not, it must refuse it.
    pub is_read: bool,
}

impl ExpectedReading {
    /// Returns in words how `answer`, the program's answer, contradicts `is_read`; `None` if it does not.
    pub fn describe_contradiction(&self, answer: &str) -> Option<String> {
        let is_right = (answer == "read") == self.is_read;
        let meant = if self.is_read { "read" } else { "refuse" };
        (!is_right).then(|| format!("{} is to {meant} {}, but: {answer}", self.key, self.document))
    }
}

/// Returns the source of a program that reads lines with the key of a type, a tab and an instance. For each line it
/// prints `read`, `refused:` with the error, or `no such type`. If the key begins with [`DEBUG_KEY_PREFIX`], it prints
/// the value that it has read instead of `read`.
pub fn write_reading_program(cases: &[VersionPair]) -> String {
    let mut arms = String::new();
    for case in cases {
        for (which, version) in [("old", &case.old), ("new", &case.new)] {
            for name in version.schema_pointers().keys() {
                let module = format!("{which}_{}", case.name);
                writeln!(arms, "\"{module}::{name}\" => read::<changes::{module}::{name}>(document),").unwrap();
                writeln!(
                    arms,
                    "\"{DEBUG_KEY_PREFIX}{module}::{name}\" => show::<changes::{module}::{name}>(document),"
                )
                .unwrap();
            }
        }
    }
    format!(
        r#"
fn read<T: for<'de> serde::Deserialize<'de>>(document: &str) -> String {{
    match serde_json::from_str::<T>(document) {{
        Ok(_) => "read".to_owned(),
        Err(error) => format!("refused: {{}}", error.to_string().escape_debug()),
    }}
}}

fn show<T: for<'de> serde::Deserialize<'de> + std::fmt::Debug>(document: &str) -> String {{
    match serde_json::from_str::<T>(document) {{
        Ok(value) => format!("{{value:?}}"),
        Err(error) => format!("refused: {{}}", error.to_string().escape_debug()),
    }}
}}

fn main() {{
    for line in std::io::stdin().lines() {{
        let line = line.unwrap();
        let (key, document) = line.split_once('\t').unwrap();
        println!("{{}}", match key {{ {arms} _ => "no such type".to_owned() }});
    }}
}}
"#
    )
}

/// Runs `program` on `readings`, and returns its answer to each, in their order.
pub fn run_reading_program(program: &Path, readings: &[ExpectedReading]) -> Vec<String> {
    let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines: String = readings.iter().map(|one| format!("{}\t{}\n", one.key, one.document)).collect();
    let mut stdin = child.stdin.take().unwrap();
    let writer = thread::spawn(move || stdin.write_all(lines.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let answers: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(answers.len(), readings.len(), "{:?}", output.status);
    answers
}
