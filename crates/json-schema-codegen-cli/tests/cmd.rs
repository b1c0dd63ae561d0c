//! Transcripts of the commands, in `tests/cmd`: run with `TRYCMD=overwrite` to write down what
//! they print now.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

#[test]
fn commands_print_what_their_transcripts_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    let before = files(&folder).unwrap();
    let cases = trycmd::TestCases::new();
    cases
        .env("CLICOLOR_FORCE", "")
        .env("SOURCE_DATE_EPOCH", "1773792000")
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml")
        .run();

    // Cases that may write run on a copy; all others run in their `.in` folder.
    if std::env::var_os("TRYCMD").is_none() {
        let new: Vec<_> =
            files(&folder).unwrap().into_iter().filter(|(path, text)| before.get(path) != Some(text)).collect();
        assert!(new.is_empty(), "a command that failed has written: {new:#?}");
    }
}

/// Colour is for terminals, or when it is asked for; these transcripts set the environment themselves.
#[test]
fn colour_can_be_asked_for() {
    trycmd::TestCases::new().case("tests/colour/*.trycmd").run();
}

/// The day of an update is that of `SOURCE_DATE_EPOCH`, which the transcripts above have set.
#[test]
fn day_must_be_one() {
    trycmd::TestCases::new().env("CLICOLOR_FORCE", "").case("tests/date/*.toml").run();
}

/// All files below a folder, with their texts.
fn files(folder: &Path) -> io::Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.insert(path.clone(), fs::read(&path)?);
        }
    }
    Ok(found)
}
