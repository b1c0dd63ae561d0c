//! Makes instances for the verdicts on reading: those that a version must refuse, and those that it must read.

use std::path::Path;

use json_schema_codegen::Generated;
use json_schema_codegen::changes::{Change, Compatibility as Verdict};
use json_schema_instances::Sample;
use serde_json::Value;

use crate::case::VersionPair;
use crate::program::{ExpectedReading, run_reading_program};

/// The number of instances that are made for each type.
pub const INSTANCES_PER_TYPE: usize = 50;

/// The verdict of a change for one direction: one version (the writer) has the instances, and the other one (the
/// reader) reads them.
pub struct DirectionVerdict<'a> {
    /// The name of the case.
    case: &'a str,
    /// The writer: (`old` or `new`, the output of this version).
    pub writer: (&'static str, &'a Generated),
    /// The reader: `old` or `new`.
    reader: &'static str,
    /// The Rust name of the type.
    pub owner: &'a str,
    pub verdict: &'a Verdict,
}

/// Returns the verdicts of `change` for both directions.
pub fn list_direction_verdicts<'a>(case: &'a VersionPair, change: &'a Change) -> [DirectionVerdict<'a>; 2] {
    let (name, owner, wire) = (case.name.as_str(), change.owner.as_str(), &change.wire);
    [
        DirectionVerdict { case: name, writer: ("new", &case.new), reader: "old", owner, verdict: &wire.old_reads_new },
        DirectionVerdict { case: name, writer: ("old", &case.old), reader: "new", owner, verdict: &wire.new_reads_old },
    ]
}

impl DirectionVerdict<'_> {
    /// Returns the program's key for the type in the version `which` (`old` or `new`).
    fn format_type_key(&self, which: &str) -> String {
        format!("{which}_{}::{}", self.case, self.owner)
    }

    /// Returns the readings that prove the verdict "fails": its instance is refused by the reader, and read by the
    /// writer's own type. Empty for another verdict, or if the verdict has no instance.
    fn make_failure_readings(&self) -> Vec<ExpectedReading> {
        let Verdict::Fails { document: Some(document), .. } = self.verdict else { return Vec::new() };
        let reading =
            |which, is_read| ExpectedReading { key: self.format_type_key(which), document: document.clone(), is_read };
        vec![reading(self.reader, false), reading(self.writer.0, true)]
    }

    /// Returns random instances of the writer's schema, each as (its reading by the writer's own type, its reading by
    /// the reader). Empty if the type has no schema of its own.
    fn make_random_readings(&self) -> Vec<(ExpectedReading, ExpectedReading)> {
        let (_, generated) = self.writer;
        let Some(pointer) = generated.schema_pointers().remove(self.owner) else { return Vec::new() };
        let sample = Sample::new(&generated.schema(), &pointer, 7).unwrap();
        let documents = sample.instances().take(INSTANCES_PER_TYPE);
        let reading = |which, document: &Value| ExpectedReading {
            key: self.format_type_key(which),
            document: document.clone(),
            is_read: true,
        };
        documents.map(|document| (reading(self.writer.0, &document), reading(self.reader, &document))).collect()
    }
}

/// Returns the directions in which all changes of a type have the verdict "holds", for types that both versions have.
fn find_held_verdicts(case: &VersionPair) -> Vec<DirectionVerdict<'_>> {
    let changes = case.changes.changes.iter().filter(|change| both_versions_have_type(case, &change.owner));
    let all: Vec<DirectionVerdict<'_>> = changes.flat_map(|change| list_direction_verdicts(case, change)).collect();
    let holds = |way: &DirectionVerdict<'_>| {
        let same = all.iter().filter(|other| other.owner == way.owner && other.reader == way.reader);
        same.into_iter().all(|other| *other.verdict == Verdict::Holds)
    };
    let is_sound: Vec<bool> = all.iter().map(holds).collect();
    all.into_iter().zip(is_sound).filter(|(_, is_sound)| *is_sound).map(|(way, _)| way).collect()
}

/// Returns the instances in the report of the case that prove the verdict "fails": the reader must refuse each, and the
/// writer's own type must read it.
pub fn make_refused_readings(case: &VersionPair) -> Vec<ExpectedReading> {
    let mut readings = Vec::new();
    for change in case.changes.changes.iter().filter(|change| both_versions_have_type(case, &change.owner)) {
        for way in list_direction_verdicts(case, change) {
            readings.extend(way.make_failure_readings());
        }
    }
    readings
}

/// Returns random instances that the other version must read, since all verdicts on their type are "holds". Runs
/// `program` to leave out instances that their own version does not read, since no type can hold all whole numbers.
pub fn make_held_readings(case: &VersionPair, program: &Path) -> Vec<ExpectedReading> {
    let samples: Vec<(ExpectedReading, ExpectedReading)> =
        find_held_verdicts(case).iter().flat_map(DirectionVerdict::make_random_readings).collect();
    let (own, other): (Vec<ExpectedReading>, Vec<ExpectedReading>) = samples.into_iter().unzip();
    let answers = run_reading_program(program, &own);
    other.into_iter().zip(answers).filter(|(_, answer)| answer == "read").map(|(reading, _)| reading).collect()
}

/// Checks whether both versions of the case have a type with the name `owner` and a schema for it.
pub fn both_versions_have_type(case: &VersionPair, owner: &str) -> bool {
    [&case.old, &case.new].iter().all(|one| one.schema_pointers().contains_key(owner))
}
