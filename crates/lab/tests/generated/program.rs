//! Reads lines, each with a module's number and the text of an instance. Writes for each line what the module's type
//! `Root` writes back, or its error.

#![allow(dead_code, reason = "no type may need the trait")]

use std::io::{BufRead, Write};

use serde_json::{Value, json};

/// Adds a method `unlisted`, which returns nothing, to types that have no such method, such as aliases.
trait WithoutUnlisted {
    fn unlisted(&self) -> Vec<String> {
        Vec::new()
    }
}

impl<T> WithoutUnlisted for T {}

fn main() {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let (module, text): (usize, String) = serde_json::from_str(&line.unwrap()).unwrap();
        let answer = read(module, &text).unwrap_or_else(|error| json!({ "refused": error.to_string() }));
        writeln!(output, "{answer}").unwrap();
        output.flush().unwrap();
    }
}

macro_rules! reads {
    ($($number:literal $module:ident,)*) => {
        fn read(module: usize, text: &str) -> serde_json::Result<Value> {
            match module {
                $($number => {
                    let value: PACKAGE::$module::Root = serde_json::from_str(text)?;
                    let unlisted: Vec<String> = value.unlisted().iter().map(ToString::to_string).collect();
                    let written = serde_json::to_string(&value)?;
                    Ok(json!({ "read": { "written": written, "unlisted": unlisted } }))
                })*
                _ => panic!("there is no module {module}"),
            }
        }
    };
}
