//! Runs the job in each folder of `tests/jobs`, and compares its errors with the folder's `told.txt`, which
//! says "generates" for a job without errors. With `EXPECTORATE=overwrite` the expected texts are rewritten
//! instead.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::{Path, PathBuf};

use json_schema_codegen::{Documents, Errors, Generated, Generator, Limits, Loader};

/// Returns the path of a folder in `tests/jobs`; that of `tests/jobs` itself for an empty text.
fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jobs").join(case)
}

/// Runs the job in the folder `case`.
fn generate(case: &Path) -> Result<Generated, Errors> {
    Generator::from_file(case.join("codegen.toml"))?.generate()
}

#[test]
fn each_job_reports_the_expected_errors() {
    for entry in fs::read_dir(folder("")).unwrap() {
        let case = entry.unwrap().path();
        let outcome = match generate(&case) {
            Ok(_) => "generates".to_owned(),
            Err(errors) => errors.to_string().replace(&format!("{}/", case.display()), ""),
        };
        expectorate::assert_contents(case.join("told.txt"), &format!("{outcome}\n"));
    }
}

/// The notes are in `notes.txt`, and the reasons why definitions have no type in the report.
#[test]
fn notes_are_expected() {
    for case in ["notes_of_broken_definitions", "notes_of_newer_keywords", "views_of_unlisted_values"] {
        let case = folder(case);
        let generated = generate(&case).unwrap();
        let notes: Vec<String> = generated.notes().iter().map(ToString::to_string).collect();
        let notes = notes.join("\n").replace(&format!("{}/", case.display()), "");
        expectorate::assert_contents(case.join("notes.txt"), &format!("{notes}\n"));
        let broken = generated.report().broken;
        let count = notes.matches(" has no type: ").count();
        assert_eq!(broken.len(), count, "{broken:#?}");
    }
}

/// Texts that are times have a second method, whose name is free; lists and other formats have none.
#[test]
fn views_return_times() {
    let case = folder("views_of_times");
    expectorate::assert_contents(case.join("jiff.rs"), &generate(&case).unwrap().jiff_impls().unwrap());
}

/// The types with swapped names are the same as without renames, but for their names.
#[test]
fn renames_can_swap_names() {
    let generated = generate(&folder("renames_that_swap")).unwrap();
    let types = generated.types();
    for expected in [
        "pub enum Line {\n    /// The value `a`.\n    A,",
        "pub struct ShopState {",
        "pub enum Cost {\n    /// The value `open`.\n    Open,",
        "pub type Item = Line;",
        "pub item: Option<Line>,",
        "pub line: Option<ShopState>,",
        "pub state: Option<Cost>,",
    ] {
        assert!(types.contains(expected), "no {expected:?} in {types}");
    }
}

#[test]
fn correction_of_a_mapped_folder_is_applied() {
    let generated = generate(&folder("corrections_of_mapped_that_fit")).unwrap();
    assert!(generated.types().contains("pub type Amount = i64;"), "{}", generated.types());
    let corrections = generated.report().corrections;
    assert_eq!(corrections[0].text, "replace: Amounts are numbers in real orders.");
}

/// The same corrections, which name list elements by value, fit a schema and a later version with another
/// order; `corrected.json` is each schema after the corrections.
#[test]
fn corrections_by_value_fit_a_newer_schema() {
    for case in ["corrections_by_value", "corrections_by_value_of_newer"] {
        let case = folder(case);
        let generated = generate(&case).unwrap();
        let corrected = serde_json::to_string_pretty(&generated.schema()).unwrap();
        expectorate::assert_contents(case.join("corrected.json"), &format!("{corrected}\n"));
        assert!(
            generated.types().contains("    /// `void`: The concert was called off.\n    Void,\n"),
            "{}",
            generated.types()
        );
    }
}

#[test]
fn limit_of_a_file_may_be_the_largest_number() {
    let mut limits = Limits::default();
    limits.file = usize::MAX;
    let file = folder("formats_without_any").join("schema/order.json");
    assert_eq!(Loader::default().limits(limits).files(&[file]).unwrap().paths().len(), 1);
}

#[test]
fn limit_of_documents_counts_files_that_named_files_refer_to() {
    let schema = folder("corrections_of_mapped").join("schema");
    let files = [folder("root_in_several_files").join("schema/api.json"), schema.join("order.json")];
    let limited = |documents| {
        let mut limits = Limits::default();
        limits.documents = documents;
        Loader::default().limits(limits).files(&files).map(|documents: Documents| documents.paths().len())
    };
    assert_eq!(limited(2), Ok(2));
    let error = limited(1).unwrap_err().to_string().replace(env!("CARGO_MANIFEST_DIR"), "");
    assert_eq!(
        error,
        "error: there are more than 1 files\n  --> /tests/jobs\n  help: make the schema smaller, or raise `documents` under \
         `[limits]` in the settings; it is 1"
    );
}
