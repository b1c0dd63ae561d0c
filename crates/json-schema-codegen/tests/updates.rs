//! Plans the update in each folder of `tests/updates`, and compares the changed files, or the errors, with the folder's
//! `told.txt`. With `EXPECTORATE=overwrite`, the expected texts are rewritten instead.
//!
//! | File | Contents |
//! | --- | --- |
//! | `old/`, `new/` | the schema folder, and the newer schemas |
//! | `roots.txt` | the roots of the job, one on each line |
//! | `codegen.toml` | the settings of the job, instead of `roots.txt` |
//! | `told.txt` | the expected changes, such as `Added order.json`, or errors |
#![cfg(feature = "update")]
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::Path;

use json_schema_codegen::update::{self, UpdateOptions};
use json_schema_codegen::{Documents, Errors, Settings};

/// Reads the settings of the job in the folder `case`, from its `codegen.toml` or its `roots.txt`.
fn read_settings(case: &Path) -> Settings {
    if let Ok(settings) = fs::read_to_string(case.join("codegen.toml")) {
        return basic_toml::from_str(&settings).unwrap();
    }
    let roots = fs::read_to_string(case.join("roots.txt")).unwrap();
    let mut settings = Settings::default();
    settings.roots = roots.lines().map(str::to_owned).collect();
    settings
}

/// Plans the update in the folder `case`. Returns a line for each changed file, such as `Added order.json`.
fn plan_update_of_case(case: &Path) -> Result<String, Errors> {
    let settings = read_settings(case);
    let (old, newer) = (Documents::from_folder(case.join("old"))?, Documents::from_folder(case.join("new"))?);
    let update = update::plan(&old, newer, &UpdateOptions::default(), &settings)?;
    Ok(update.files.iter().map(|file| format!("{:?} {}\n", file.change, file.name)).collect())
}

#[test]
fn each_update_plans_the_expected_file_changes() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/updates")).unwrap() {
        let case = entry.unwrap().path();
        let outcome = plan_update_of_case(&case)
            .unwrap_or_else(|errors| errors.to_string().replace(&format!("{}/", case.display()), "") + "\n");
        expectorate::assert_contents(case.join("told.txt"), &outcome);
    }
}
