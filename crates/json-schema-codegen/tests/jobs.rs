//! Runs the job in each folder of `tests/jobs`, and compares its errors with the folder's `told.txt`, which
//! says "generates" for a job without errors. With `EXPECTORATE=overwrite` the expected texts are rewritten
//! instead.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::{Path, PathBuf};

use json_schema_codegen::{Documents, Errors, Generated, Generator, Limits, Loader};

/// Returns the path of the folder `case` in `tests/jobs`; the path of `tests/jobs` itself if `case` is empty.
fn find_case_folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jobs").join(case)
}

/// Generates types by the `codegen.toml` in the folder `case`.
fn generate_job(case: &Path) -> Result<Generated, Errors> {
    Generator::from_file(case.join("codegen.toml"))?.generate()
}

#[test]
fn each_job_reports_the_expected_errors() {
    for entry in fs::read_dir(find_case_folder("")).unwrap() {
        let case = entry.unwrap().path();
        let outcome = match generate_job(&case) {
            Ok(_) => "generates".to_owned(),
            Err(errors) => errors.to_string().replace(&format!("{}/", case.display()), ""),
        };
        expectorate::assert_contents(case.join("told.txt"), &format!("{outcome}\n"));
    }
}

/// The notes are in `notes.txt`. Each note that a definition has no type has an entry in the report.
#[test]
fn notes_of_each_job_are_as_expected() {
    for case in ["notes_of_broken_definitions", "notes_of_newer_keywords", "views_of_unlisted_values"] {
        let case = find_case_folder(case);
        let generated = generate_job(&case).unwrap();
        let notes: Vec<String> = generated.notes().iter().map(ToString::to_string).collect();
        let notes = notes.join("\n").replace(&format!("{}/", case.display()), "");
        expectorate::assert_contents(case.join("notes.txt"), &format!("{notes}\n"));
        let broken = generated.report().broken;
        let count = notes.matches(" has no type: ").count();
        assert_eq!(broken.len(), count, "{broken:#?}");
    }
}

/// Its name is free. Lists of times and texts of other formats have none.
#[test]
fn time_properties_of_views_have_a_timestamp_method() {
    let case = find_case_folder("views_of_times");
    expectorate::assert_contents(case.join("jiff.rs"), &generate_job(&case).unwrap().jiff_impls().unwrap());
}

/// Two types swap their names, and references follow them.
#[test]
fn two_types_can_swap_their_names() {
    let generated = generate_job(&find_case_folder("renames_that_swap")).unwrap();
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
    let generated = generate_job(&find_case_folder("corrections_of_mapped_that_fit")).unwrap();
    assert!(generated.types().contains("pub type Amount = i64;"), "{}", generated.types());
    let corrections = generated.report().corrections;
    assert_eq!(corrections[0].text, "replace: Amounts are numbers in real orders.");
}

/// The same corrections, which name list elements by their values, fit a schema and a later version in which the
/// elements have another order. `corrected.json` is each schema after the corrections.
#[test]
fn corrections_by_value_fit_a_newer_schema() {
    for case in ["corrections_by_value", "corrections_by_value_of_newer"] {
        let case = find_case_folder(case);
        let generated = generate_job(&case).unwrap();
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
fn file_limit_may_be_the_largest_number() {
    let mut limits = Limits::default();
    limits.file = usize::MAX;
    let file = find_case_folder("formats_without_any").join("schema/order.json");
    assert_eq!(Loader::default().limits(limits).load_files(&[file]).unwrap().paths().len(), 1);
}

#[test]
fn document_limit_counts_files_that_named_files_refer_to() {
    let schema = find_case_folder("corrections_of_mapped").join("schema");
    let files = [find_case_folder("root_in_several_files").join("schema/api.json"), schema.join("order.json")];
    let limited = |documents| {
        let mut limits = Limits::default();
        limits.documents = documents;
        Loader::default().limits(limits).load_files(&files).map(|documents: Documents| documents.paths().len())
    };
    assert_eq!(limited(2), Ok(2));
    let error = limited(1).unwrap_err().to_string().replace(env!("CARGO_MANIFEST_DIR"), "");
    assert_eq!(
        error,
        "error: there are more than 1 files\n  --> /tests/jobs\n  help: make the schema smaller, or raise `documents` under \
         `[limits]` in the settings; it is 1"
    );
}

/// The help of each correction that no longer fits has the lines to write instead. With these, all corrections fit.
#[test]
fn corrections_written_as_the_help_says_fit() {
    let case = find_case_folder("corrections_of_an_older_schema");
    let errors = generate_job(&case).unwrap_err();
    let helps: Vec<&str> = errors.diagnostics().iter().filter_map(|error| error.help.as_deref()).collect();
    let written: Vec<Vec<&str>> =
        helps.iter().map(|help| help.lines().filter(|line| line.starts_with("{ \"op\": ")).collect()).collect();
    let corrections: Vec<String> =
        written.iter().filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n")).collect();
    assert_eq!(corrections.len(), 6, "{errors}");
    let schema = fs::read_to_string(case.join("schema/order.json")).unwrap();
    let corrections = format!("[{}]", corrections.join(","));
    let texts = [("order.json", schema.as_str()), ("order.patch.json", corrections.as_str())];
    let documents = Documents::from_texts("schema", texts).unwrap();
    let generated = Generator::from_file(case.join("codegen.toml")).unwrap().generate_from(documents).unwrap();
    let corrected = serde_json::to_string_pretty(&generated.schema()).unwrap();
    expectorate::assert_contents(case.join("corrected.json"), &format!("{corrected}\n"));
}
