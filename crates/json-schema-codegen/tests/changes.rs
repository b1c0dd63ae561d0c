//! What is told of each pair of schemas in `tests/changes` is what is expected. `EXPECTORATE=overwrite`
//! writes what is told now.
//!
//! | File | What is in it |
//! | --- | --- |
//! | `old.json`, `new.json` | the schema, before and after |
//! | `old.toml`, `new.toml` | the settings; defaults without them |
//! | `old.patch.json`, `new.patch.json` | corrections of the schema |
//! | `expected.txt` | what is told of the change |
#![cfg(feature = "changes")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use json_schema_codegen::{Change, Changes, Documents, Generated, Reading, Settings, changes, generate};

/// What is told of a case.
struct Told {
    folder: PathBuf,
    there: Changes,
    back: Changes,
    again: Changes,
    nothing: [Changes; 2],
}

static TOLD: LazyLock<Vec<Told>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases.into_iter().map(told).collect()
});

fn told(folder: PathBuf) -> Told {
    let (old, new) = (version(&folder, "old"), version(&folder, "new"));
    let of = |old, new| changes(old, new).unwrap();
    Told {
        folder,
        there: of(&old, &new),
        again: of(&old, &new),
        back: of(&new, &old),
        nothing: [of(&old, &old), of(&new, &new)],
    }
}

fn version(case: &Path, which: &str) -> Generated {
    let schema = fs::read_to_string(case.join(format!("{which}.json"))).unwrap();
    let corrections = fs::read_to_string(case.join(format!("{which}.patch.json"))).ok();
    let texts = [Some(("shop.json", schema)), corrections.map(|text| ("shop.patch.json", text))].into_iter().flatten();
    let settings = fs::read_to_string(case.join(format!("{which}.toml"))).unwrap_or_default();
    let settings: Settings = basic_toml::from_str(&settings).unwrap();
    let documents = Documents::from_texts("schema", texts).unwrap();
    generate(documents, &settings).unwrap_or_else(|errors| panic!("{}: {errors}", case.display()))
}

#[test]
fn changes_are_told_as_expected() {
    assert!(TOLD.len() >= 40, "there are {} cases", TOLD.len());
    let check = |told: &Told| expectorate::assert_contents(told.folder.join("expected.txt"), &text(&told.there));
    let failed: Vec<&PathBuf> =
        TOLD.iter().filter(|told| catch_unwind(|| check(told)).is_err()).map(|told| &told.folder).collect();
    assert!(failed.is_empty(), "the text differs for {failed:#?}");
}

#[test]
fn hardly_a_case_is_undecided() {
    let undecided: Vec<&PathBuf> =
        TOLD.iter().filter(|told| told.there.summary.undecided > 0).map(|told| &told.folder).collect();
    assert!(undecided.len() <= 3, "{undecided:#?}");
}

/// Documents that are made and tried too.
#[test]
fn the_same_is_told_each_time() {
    for told in TOLD.iter() {
        assert_eq!(told.there, told.again, "{}", told.folder.display());
    }
}

#[test]
fn a_schema_changes_nothing_over_itself() {
    for told in TOLD.iter() {
        for nothing in &told.nothing {
            assert!(nothing.is_empty(), "{}: {:#?}", told.folder.display(), nothing.changes);
        }
    }
}

/// A change that one way keeps the old types from reading keeps the new ones from it the other way.
#[test]
fn the_way_back_mirrors_the_wire() {
    for told in TOLD.iter() {
        let (there, back) = (&told.there.summary, &told.back.summary);
        let refuses = (there.old_refuses_new > 0, there.new_refuses_old > 0);
        let mirrored = (back.new_refuses_old > 0, back.old_refuses_new > 0);
        assert_eq!(refuses, mirrored, "{}", told.folder.display());
    }
}

fn text(told: &Changes) -> String {
    let mut text = String::new();
    let step = told.summary.step;
    writeln!(text, "step: {:?} before 1.0, {:?} from 1.0", step.before_1_0, step.from_1_0).unwrap();
    told.changes.iter().for_each(|change| write(&mut text, change));
    text
}

fn write(text: &mut String, change: &Change) {
    let Change { id, words, source, old, new, rust, wire, .. } = change;
    writeln!(text, "\n{id}\n    {words}, at {}:{}:{} {}", source.file, source.line, source.column, source.pointer)
        .unwrap();
    let sides: BTreeMap<&str, &Option<String>> = BTreeMap::from([("1 old", old), ("2 new", new)]);
    for (side, value) in sides {
        if let Some(value) = value {
            writeln!(text, "    {}: {value}", &side[2..]).unwrap();
        }
    }
    writeln!(text, "    rust: {:?} {}", rust.verdict, rust.lints.join(", ")).unwrap();
    rust.items.iter().for_each(|item| writeln!(text, "        {item}").unwrap());
    writeln!(text, "    old reads new: {}", reading(&wire.old_reads_new)).unwrap();
    writeln!(text, "    new reads old: {}", reading(&wire.new_reads_old)).unwrap();
}

fn reading(reading: &Reading) -> String {
    match reading {
        Reading::Holds => "holds".to_owned(),
        Reading::Fails { document: Some(document), unlisted: false } => format!("fails on {document}"),
        Reading::Fails { document: Some(document), .. } => format!("fails on {document}, by what is not listed"),
        Reading::Fails { document: None, .. } => "fails".to_owned(),
        Reading::Undecided => "undecided".to_owned(),
        other => panic!("{other:?}"),
    }
}
