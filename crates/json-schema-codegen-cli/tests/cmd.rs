//! Runs the commands in the transcripts of `tests/cmd` and compares their output. `TRYCMD=overwrite` rewrites the
//! transcripts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

#[test]
fn each_command_prints_its_transcript() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    let before = read_files_recursively(&folder).unwrap();
    let cases = trycmd::TestCases::new();
    cases
        .env("CLICOLOR_FORCE", "")
        .env("SOURCE_DATE_EPOCH", "1773792000")
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml")
        .run();

    // Cases with an `.out` folder run on a copy; all others run in their `.in` folder, which they must not change.
    if std::env::var_os("TRYCMD").is_none() {
        let new: Vec<_> = read_files_recursively(&folder)
            .unwrap()
            .into_iter()
            .filter(|(path, text)| before.get(path) != Some(text))
            .collect();
        assert!(new.is_empty(), "a command has written files that it must not write: {new:#?}");
    }
}

/// Standard output is not a terminal here; these transcripts set the environment variables about colour themselves.
#[test]
fn output_has_colour_if_environment_variables_ask_for_it() {
    trycmd::TestCases::new().case("tests/colour/*.trycmd").run();
}

/// These transcripts set `SOURCE_DATE_EPOCH` themselves.
#[test]
fn invalid_source_date_epoch_is_an_error() {
    trycmd::TestCases::new().env("CLICOLOR_FORCE", "").case("tests/date/*.toml").run();
}

/// Returns the content of each file in `folder` and its subfolders, by the path of the file.
fn read_files_recursively(folder: &Path) -> io::Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(read_files_recursively(&path)?);
        } else {
            found.insert(path.clone(), fs::read(&path)?);
        }
    }
    Ok(found)
}
