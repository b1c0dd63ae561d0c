//! Generates types from the hostile schemas that are folders here.

use std::fs;
use std::path::{Path, PathBuf};

use json_schema_codegen::{Errors, Generated, Generator};

/// Returns (name, folder) of each case, sorted by name.
pub fn list_cases() -> Vec<(String, PathBuf)> {
    let entries =
        fs::read_dir(find_cases_folder()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut cases: Vec<_> =
        entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path)).collect();
    cases.sort();
    cases
}

/// Returns the folder with the folders of all cases.
fn find_cases_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile")
}

/// Generates types from the schemas in the folder `case`, with its `codegen.toml` if it has one.
pub fn generate_case(case: &Path) -> Result<Generated, Errors> {
    let settings = case.join("codegen.toml");
    let generator = if settings.exists() { Generator::from_file(&settings)? } else { Generator::new() };
    generator.schema_dir(case.join("schema").to_string_lossy()).generate()
}

#[test]
fn output_of_each_case_has_no_control_characters() {
    for (name, case) in list_cases() {
        let Ok(generated) = generate_case(&case) else { continue };
        for text in [generated.types(), &generated.json_schema_impls().unwrap()] {
            assert_eq!(text.chars().find(|c| c.is_control() && *c != '\n'), None, "{name}");
        }
    }
}

#[test]
fn each_case_gives_its_expected_errors() {
    for (_, case) in list_cases() {
        let outcome = match generate_case(&case) {
            Ok(_) => "generates".to_owned(),
            Err(errors) => errors.to_string().replace(&format!("{}/", case.display()), ""),
        };
        expectorate::assert_contents(case.join("expected.txt"), &format!("{outcome}\n"));
    }
}
