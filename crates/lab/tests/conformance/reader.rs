//! Builds one program with all generated types, which reads documents and writes them back.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::consumer;

/// The running program.
pub struct Reader {
    child: RefCell<Child>,
    answers: RefCell<BufReader<ChildStdout>>,
}

impl Reader {
    /// Compiles each of `types` as a module, and starts the program. A warning is an error. Each text must have a type `Root`.
    pub fn build(types: &[&str]) -> Self {
        let names: Vec<String> = (0..types.len()).map(|number| format!("m{number}.rs")).collect();
        let sources: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(types.iter().copied()).collect();
        let folder = consumer::written("conformance", "main.rs", &program(types.len()), &sources);
        consumer::cargo(&folder, &["build", "--quiet", "--offline"]);
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let mut child = Command::new(target.join("consumers/debug/conformance"));
        let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Self { child: RefCell::new(child), answers: RefCell::new(answers) }
    }

    /// Reads `document` as the type `Root` of the module with a number, and returns what it writes back.
    ///
    /// # Errors
    /// The type's error, if it refuses `document`.
    pub fn read(&self, module: usize, document: &Value) -> Result<Value, String> {
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

impl Drop for Reader {
    fn drop(&mut self) {
        drop(self.child.borrow_mut().stdin.take());
        drop(self.child.borrow_mut().wait());
    }
}

fn program(modules: usize) -> String {
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
