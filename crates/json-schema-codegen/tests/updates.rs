//! What updates do to the files of a schema folder, a folder each: the older files, the newer ones,
//! and the roots of the job. `EXPECTORATE=overwrite` writes down what they do now.
#![cfg(feature = "update")]
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::Path;

use json_schema_codegen::{Documents, Errors, Settings, Updating, update};

fn told(case: &Path) -> Result<String, Errors> {
    let roots = fs::read_to_string(case.join("roots.txt")).unwrap();
    let mut settings = Settings::default();
    settings.roots = roots.lines().map(str::to_owned).collect();
    let (old, newer) = (Documents::from_folder(case.join("old"))?, Documents::from_folder(case.join("new"))?);
    let update = update(&old, newer, &Updating::default(), &settings)?;
    Ok(update.files.iter().map(|file| format!("{:?} {}\n", file.change, file.name)).collect())
}

#[test]
fn each_update_does_what_is_expected() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/updates")).unwrap() {
        let case = entry.unwrap().path();
        let told = told(&case);
        let told = told.unwrap_or_else(|errors| errors.to_string().replace(&format!("{}/", case.display()), "") + "\n");
        expectorate::assert_contents(case.join("told.txt"), &told);
    }
}
