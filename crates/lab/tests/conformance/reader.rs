//! Builds one program with all generated types, which reads instances and writes them back.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::consumer;

/// The running program that reads instances.
pub struct ReaderProgram {
    child: RefCell<Child>,
    answers: RefCell<BufReader<ChildStdout>>,
}

impl ReaderProgram {
    /// Compiles each of `types` as a module of a program, and starts the program. A warning of the compiler is an
    /// error. Each text must have a type `Root`.
    pub fn build_and_start(types: &[&str]) -> Self {
        let names: Vec<String> = (0..types.len()).map(|number| format!("m{number}.rs")).collect();
        let sources: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(types.iter().copied()).collect();
        let folder =
            consumer::write_consumer_crate("conformance", "main.rs", &write_reader_program(types.len()), &sources);
        consumer::run_cargo(&folder, &["build", "--quiet", "--offline"]);
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let mut child = Command::new(target.join("consumers/debug/conformance"));
        let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Self { child: RefCell::new(child), answers: RefCell::new(answers) }
    }

    /// Reads the instance `document` as the type `Root` of the module with the number `module`. Returns the JSON that
    /// the type writes back.
    ///
    /// # Errors
    /// The type's error, if it refuses `document`.
    pub fn read_instance(&self, module: usize, document: &Value) -> Result<Value, String> {
        let mut child = self.child.borrow_mut();
        writeln!(child.stdin.as_mut().unwrap(), "{}", json!([module, document])).unwrap();
        let mut line = String::new();
        self.answers.borrow_mut().read_line(&mut line).unwrap();
        let mut answer: Value = serde_json::from_str(&line).unwrap();
        match answer["error"].take() {
            Value::String(error) => Err(error),
            _ => Ok(answer["written"].take()),
        }
    }
}

impl Drop for ReaderProgram {
    fn drop(&mut self) {
        drop(self.child.borrow_mut().stdin.take());
        drop(self.child.borrow_mut().wait());
    }
}

/// Returns the source of a program with the modules `m0`, `m1` and so on, `modules` in number. It reads lines with a
/// module's number and an instance, and writes the result of reading as JSON.
fn write_reader_program(modules: usize) -> String {
    let mut text = String::from("#![deny(warnings)]\n#![allow(dead_code)]\n");
    for number in 0..modules {
        writeln!(text, "mod m{number};").unwrap();
    }
    text += r#"
use std::io::{BufRead, Write};

fn run<T: serde::Serialize + for<'de> serde::Deserialize<'de>>(document: &str) -> serde_json::Value {
    let written = serde_json::from_str::<T>(document).and_then(serde_json::to_value);
    let mut answer = serde_json::Map::new();
    match written {
        Ok(written) => answer.insert("written".to_owned(), written),
        Err(error) => answer.insert("error".to_owned(), error.to_string().into()),
    };
    answer.into()
}

fn main() {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let (module, document): (usize, serde_json::Value) = serde_json::from_str(&line.unwrap()).unwrap();
        let document = document.to_string();
        let answer = match module {
"#;
    for number in 0..modules {
        writeln!(text, "            {number} => run::<m{number}::Root>(&document),").unwrap();
    }
    text += r#"            _ => panic!("no such module"),
        };
        writeln!(output, "{answer}").unwrap();
        output.flush().unwrap();
    }
}
"#;
    text
}
