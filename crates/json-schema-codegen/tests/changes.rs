//! Compares the reported changes of each pair of schemas in `tests/changes` with its `expected.txt`. With
//! `EXPECTORATE=overwrite` the expected texts are rewritten instead.
//!
//! | File | Contents |
//! | --- | --- |
//! | `old.json`, `new.json` | the old and the new schema, both read as `schema/shop.json` |
//! | `old.toml`, `new.toml` | the settings of each version; without the file, the defaults |
//! | `old.patch.json`, `new.patch.json` | corrections of each version; optional |
//! | `expected.txt` | the expected report, as text |
#![cfg(feature = "changes")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a panic fails the test, in helper functions too")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use json_schema_codegen::changes::{self, Change, ChangeKind, Changes, Compatibility, Validation, format_json};
use json_schema_codegen::{Documents, Generated, Settings, generate};

/// The reports between the two versions of a schema in one folder.
struct ComparedVersions {
    folder: PathBuf,
    /// The report of the changes from the old schema to the new one.
    forward: Changes,
    /// The report of the changes from the new schema to the old one.
    backward: Changes,
    /// The report of the changes from the old schema to the new one, made a second time.
    repeated: Changes,
    /// The reports from the old schema to itself, and from the new schema to itself.
    unchanged: [Changes; 2],
}

/// All cases, sorted by folder. They are made once, since comparing versions takes long.
static ALL_COMPARED_VERSIONS: LazyLock<Vec<ComparedVersions>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes");
    let mut folders: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.into_iter().map(compare_versions).collect()
});

/// Generates the types of both versions in `folder`, and compares the versions in all directions.
fn compare_versions(folder: PathBuf) -> ComparedVersions {
    let (old, new) = (generate_version(&folder, "old"), generate_version(&folder, "new"));
    let compare = |old, new| changes::compare(old, new).unwrap();
    ComparedVersions {
        folder,
        forward: compare(&old, &new),
        repeated: compare(&old, &new),
        backward: compare(&new, &old),
        unchanged: [compare(&old, &old), compare(&new, &new)],
    }
}

/// Generates the types of one version in the folder of a case. `which` is `old` or `new`.
fn generate_version(folder: &Path, which: &str) -> Generated {
    let schema = fs::read_to_string(folder.join(format!("{which}.json"))).unwrap();
    let corrections = fs::read_to_string(folder.join(format!("{which}.patch.json"))).ok();
    let texts = [Some(("shop.json", schema)), corrections.map(|text| ("shop.patch.json", text))].into_iter().flatten();
    let settings = fs::read_to_string(folder.join(format!("{which}.toml"))).unwrap_or_default();
    let settings: Settings = basic_toml::from_str(&settings).unwrap();
    let documents = Documents::from_texts("schema", texts).unwrap();
    generate(documents, &settings).unwrap_or_else(|errors| panic!("{}: {errors}", folder.display()))
}

#[test]
fn report_of_each_case_is_as_expected() {
    assert!(ALL_COMPARED_VERSIONS.len() >= 40, "only {} cases were found", ALL_COMPARED_VERSIONS.len());
    let check = |case: &ComparedVersions| {
        expectorate::assert_contents(case.folder.join("expected.txt"), &format_report(&case.forward))
    };
    let failed: Vec<&PathBuf> = ALL_COMPARED_VERSIONS
        .iter()
        .filter(|case| catch_unwind(|| check(case)).is_err())
        .map(|case| &case.folder)
        .collect();
    assert!(failed.is_empty(), "the reports of these cases differ from their expected.txt: {failed:#?}");
}

#[test]
fn each_kind_of_change_has_a_case() {
    let found: BTreeSet<ChangeKind> =
        ALL_COMPARED_VERSIONS.iter().flat_map(|case| case.forward.changes.iter().map(|change| change.kind)).collect();
    let missing: Vec<&str> =
        ChangeKind::ALL.iter().filter(|kind| !found.contains(kind)).map(|kind| kind.name()).collect();
    assert!(missing.is_empty(), "no case in tests/changes has a change of these kinds: {missing:#?}");
}

#[test]
fn at_most_three_cases_have_an_undecided_change() {
    let undecided: Vec<&PathBuf> = ALL_COMPARED_VERSIONS
        .iter()
        .filter(|case| case.forward.summary.undecided > 0)
        .map(|case| &case.folder)
        .collect();
    assert!(undecided.len() <= 3, "too many cases are undecided: {undecided:#?}");
}

/// The random instances that are tried are the same ones too, since they come from a fixed seed.
#[test]
fn comparing_twice_gives_the_same_report() {
    for case in ALL_COMPARED_VERSIONS.iter() {
        assert_eq!(case.forward, case.repeated, "{}", case.folder.display());
    }
}

#[test]
fn schema_compared_with_itself_has_no_changes() {
    for case in ALL_COMPARED_VERSIONS.iter() {
        for report in &case.unchanged {
            assert!(report.is_empty(), "{}: {:#?}", case.folder.display(), report.changes);
        }
    }
}

/// If the old types refuse instances of the new schema, then in the reverse comparison the new types refuse instances
/// of the old schema.
#[test]
fn reverse_comparison_swaps_the_verdicts_on_reading() {
    for case in ALL_COMPARED_VERSIONS.iter() {
        let (forward, backward) = (&case.forward.summary, &case.backward.summary);
        let refuses = (forward.old_refuses_new > 0, forward.new_refuses_old > 0);
        let mirrored = (backward.new_refuses_old > 0, backward.old_refuses_new > 0);
        assert_eq!(refuses, mirrored, "{}", case.folder.display());
    }
}

/// Formats a report as the text of `expected.txt`.
fn format_report(report: &Changes) -> String {
    let mut text = String::new();
    let step = report.summary.step;
    writeln!(text, "step: {:?} before 1.0, {:?} from 1.0", step.before_1_0, step.from_1_0).unwrap();
    report.changes.iter().for_each(|change| write_change(&mut text, change));
    if report.causes.len() < report.changes.len() {
        writeln!(text, "\ncauses:").unwrap();
        for cause in &report.causes {
            writeln!(text, "    {:?}: {}", cause.verdict, cause.text).unwrap();
            let settings = cause.settings.iter().flat_map(|settings| settings.lines());
            settings.for_each(|line| writeln!(text, "        {line}").unwrap());
        }
    }
    text
}

/// Appends the text of one change to `text`.
fn write_change(text: &mut String, change: &Change) {
    let Change { id, words, source, old, new, rust, wire, validation, behavior, .. } = change;
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
    writeln!(text, "    old reads new: {}", format_reading(&wire.old_reads_new)).unwrap();
    writeln!(text, "    new reads old: {}", format_reading(&wire.new_reads_old)).unwrap();
    if *validation != Validation::Same {
        writeln!(text, "    validation: {validation:?}").unwrap();
    }
    behavior.iter().for_each(|behavior| writeln!(text, "    behavior: {behavior}").unwrap());
}

/// Formats a verdict on reading, with the instance that is refused or of which a value is kept.
fn format_reading(reading: &Compatibility) -> String {
    match reading {
        Compatibility::Holds => "holds".to_owned(),
        Compatibility::Fails { document: Some(document), unlisted: false } => {
            format!("fails on {}", format_json(document))
        }
        Compatibility::Fails { document: Some(document), .. } => {
            format!("fails on {}, by an additional property", format_json(document))
        }
        Compatibility::Fails { document: None, .. } => "fails".to_owned(),
        Compatibility::Keeps { document, by } => {
            let document =
                document.as_ref().map(|document| format!(" from {}", format_json(document))).unwrap_or_default();
            let by: Vec<String> = by.iter().map(|keeper| format!("{}.{}", keeper.owner, keeper.property)).collect();
            format!("keeps{document}, by {}", by.join(", "))
        }
        Compatibility::Undecided { reason } => format!("undecided: {reason:?}"),
        other => panic!("{other:?}"),
    }
}
