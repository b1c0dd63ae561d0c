//! What is wrong with jobs, a folder each: the whole text that a build script and the command line
//! tell, or that the job generates. `EXPECTORATE=overwrite` writes down what they tell now.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::{Path, PathBuf};

use json_schema_codegen::{Errors, Generated, Generator};

fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jobs").join(case)
}

fn generate(case: &Path) -> Result<Generated, Errors> {
    Generator::from_file(case.join("codegen.toml"))?.generate()
}

#[test]
fn each_job_tells_what_is_expected() {
    for entry in fs::read_dir(folder("")).unwrap() {
        let case = entry.unwrap().path();
        let told = match generate(&case) {
            Ok(_) => "generates".to_owned(),
            Err(errors) => errors.to_string().replace(&format!("{}/", case.display()), ""),
        };
        expectorate::assert_contents(case.join("told.txt"), &format!("{told}\n"));
    }
}

#[test]
fn correction_of_a_mapped_folder_is_applied() {
    let generated = generate(&folder("corrections_of_mapped_that_fit")).unwrap();
    assert!(generated.types().contains("pub type Amount = i64;"), "{}", generated.types());
    let corrections = generated.report().corrections;
    assert_eq!(corrections[0].text, "replace: Amounts are numbers in real orders.");
}
