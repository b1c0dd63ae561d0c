//! Makes instances for the types of all cases, and writes the program that reads them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use json_schema_codegen::Generated;
use json_schema_codegen::changes::{Change, ChangeKind, Compatibility as Verdict};
use json_schema_instances::Sample;
use serde_json::Value;

use crate::case::Case;

/// The number of instances that are made for each type.
const DOCUMENTS: usize = 50;

/// The beginning of the keys for which the program prints the value that it has read in the form of `{:?}`.
const DEBUG: &str = "debug ";

/// An instance, a type, and whether the type must read the instance.
#[derive(Clone)]
pub struct Reading {
    /// The key of the type in the program: `old_CASE::NAME` or `new_CASE::NAME`, with [`DEBUG`] before it if the
    /// program must print the value.
    key: String,
    pub document: Value,
    /// Whether the type must read the instance; if not, it must refuse it.
    pub is_read: bool,
}

impl Reading {
    /// Returns in words how `answer`, the program's answer, contradicts `is_read`; `None` if it does not.
    pub fn describe_contradiction(&self, answer: &str) -> Option<String> {
        let is_right = (answer == "read") == self.is_read;
        let meant = if self.is_read { "read" } else { "refuse" };
        (!is_right).then(|| format!("{} is to {meant} {}, but: {answer}", self.key, self.document))
    }
}

/// Returns the source of a program that reads lines with the key of a type, a tab and an instance. For each line it
/// prints `read`, `refused:` with the error, or `no such type`. If the key begins with [`DEBUG`], it prints the value
/// that it has read instead of `read`.
pub fn write_program(cases: &[Case]) -> String {
    let mut arms = String::new();
    for case in cases {
        for (which, version) in [("old", &case.old), ("new", &case.new)] {
            for name in version.schema_pointers().keys() {
                let module = format!("{which}_{}", case.name);
                writeln!(arms, "\"{module}::{name}\" => read::<changes::{module}::{name}>(document),").unwrap();
                writeln!(arms, "\"{DEBUG}{module}::{name}\" => show::<changes::{module}::{name}>(document),").unwrap();
            }
        }
    }
    format!(
        r#"
fn read<T: for<'de> serde::Deserialize<'de>>(document: &str) -> String {{
    match serde_json::from_str::<T>(document) {{
        Ok(_) => "read".to_owned(),
        Err(error) => format!("refused: {{}}", error.to_string().escape_debug()),
    }}
}}

fn show<T: for<'de> serde::Deserialize<'de> + std::fmt::Debug>(document: &str) -> String {{
    match serde_json::from_str::<T>(document) {{
        Ok(value) => format!("{{value:?}}"),
        Err(error) => format!("refused: {{}}", error.to_string().escape_debug()),
    }}
}}

fn main() {{
    for line in std::io::stdin().lines() {{
        let line = line.unwrap();
        let (key, document) = line.split_once('\t').unwrap();
        println!("{{}}", match key {{ {arms} _ => "no such type".to_owned() }});
    }}
}}
"#
    )
}

/// An instance of which the old and the new type keep a value in different fields or variants, as a change reports.
pub struct Move {
    old: Reading,
    new: Reading,
    /// A text that what the old type read contains, as `{:?}` prints it, and that what the new type read does not; or the
    /// reverse if `is_new`.
    text: String,
    /// Whether the new type's value has `text`; if not, the old type's has it.
    is_new: bool,
}

impl Move {
    /// Creates the move of a value in `document`, an instance of the type `owner`.
    fn new(case: &Case, owner: &str, document: &Value, text: String, is_new: bool) -> Self {
        let [old, new] = show_by_both(case, owner, document);
        Self { old, new, text, is_new }
    }

    /// Returns (the readings of the instance by the old and the new type, `text`, `is_new`).
    pub fn into_readings(self) -> ([Reading; 2], String, bool) {
        ([self.old, self.new], self.text, self.is_new)
    }
}

/// Returns the readings of `document` by the type `owner` of the old and of the new version, for which the program
/// prints the value.
fn show_by_both(case: &Case, owner: &str, document: &Value) -> [Reading; 2] {
    ["old", "new"].map(|which| {
        let key = format!("{DEBUG}{which}_{}::{owner}", case.name);
        Reading { key, document: document.clone(), is_read: true }
    })
}

/// Returns a small instance of the type `owner` that has the property `member` with another value than `null`; `None`
/// if none was found.
fn make_instance_with(generated: &Generated, owner: &str, member: &str) -> Option<Value> {
    let pointer = generated.schema_pointers().remove(owner)?;
    let sample = Sample::new(&generated.schema(), &pointer, 7).ok()?;
    let has_member = |instance: &Value| instance.get(member).is_some_and(|value| !value.is_null());
    let found = sample.instances().take(DOCUMENTS).find(has_member)?;
    Some(sample.minimize(found, has_member))
}

/// Returns the text with which `{:?}` shows the property `name` in a map of unlisted properties: `"tax": `.
fn format_unlisted_text(name: &str) -> String {
    format!("{name:?}: ")
}

/// Returns an instance for each change of the case that reports that a value moves to another field or variant.
pub fn find_moves(case: &Case) -> Vec<Move> {
    let moving =
        case.changes.changes.iter().filter(|change| change.behavior.is_some() && has_type_in_both(case, &change.owner));
    let found = moving.filter_map(|change| {
        let member = change.member.as_deref()?;
        let (document, text, is_new) = match change.kind {
            ChangeKind::PropertyAdded => {
                (make_instance_with(&case.new, &change.owner, member)?, format_unlisted_text(member), false)
            }
            ChangeKind::PropertyRemoved => {
                (make_instance_with(&case.old, &change.owner, member)?, format_unlisted_text(member), true)
            }
            ChangeKind::ValueAdded => {
                (serde_json::from_str(change.new.as_deref()?).ok()?, "Unknown(".to_owned(), false)
            }
            ChangeKind::ValueRemoved => {
                (serde_json::from_str(change.old.as_deref()?).ok()?, "Unknown(".to_owned(), true)
            }
            _ => return None,
        };
        Some(Move::new(case, &change.owner, &document, text, is_new))
    });
    found.collect()
}

/// Returns an instance for each property of which a change of the case reports that it keeps a value of another type:
/// the instance in the report, or an instance of the struct around it with the reported one as its property's value.
pub fn find_kept_values(case: &Case) -> Vec<Move> {
    let ways = case.changes.changes.iter().flat_map(|change| pair_directions(case, change));
    let found = ways.flat_map(|way| {
        let Verdict::Keeps { document, by } = way.verdict else { return Vec::new() };
        let (which, writer) = way.writer;
        let moved = by.iter().map(|keeper| {
            let document = document.as_ref().unwrap();
            let (text, is_new) = (format_unlisted_text(&keeper.property), which == "old");
            if keeper.owner == way.owner && document.get(&keeper.property).is_some() {
                return Move::new(case, way.owner, document, text, is_new);
            }
            let mut around = make_instance_with(writer, &keeper.owner, &keeper.property).unwrap();
            let value = &mut around[keeper.property.as_str()];
            *value = if value.is_array() { vec![document.clone()].into() } else { document.clone() };
            Move::new(case, &keeper.owner, &around, text, is_new)
        });
        moved.collect()
    });
    found.collect()
}

/// Returns random instances of both versions, for each type that both have. Each is returned as (its readings by both
/// versions, the direction in which the other version reads it).
pub fn make_exchanged_readings(case: &Case) -> Vec<([Reading; 2], Direction)> {
    let mut found = Vec::new();
    for (writer, direction) in [(&case.old, Direction::NewReadsOld), (&case.new, Direction::OldReadsNew)] {
        for (owner, pointer) in writer.schema_pointers() {
            if has_type_in_both(case, &owner) {
                let sample = Sample::new(&writer.schema(), &pointer, 7).unwrap();
                let documents = sample.instances().take(DOCUMENTS);
                found.extend(documents.map(|document| (show_by_both(case, &owner, &document), direction)));
            }
        }
    }
    found
}

/// The direction of reading: which version reads the instances of the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Direction {
    OldReadsNew,
    NewReadsOld,
}

impl Direction {
    /// Returns the names of the properties that keep a value of another type in this direction, or whose values move,
    /// as the changes of the case report.
    pub fn collect_moved_names(self, case: &Case) -> BTreeSet<&str> {
        let names = case.changes.changes.iter().flat_map(|change| {
            let verdict = match self {
                Self::OldReadsNew => &change.wire.old_reads_new,
                Self::NewReadsOld => &change.wire.new_reads_old,
            };
            let by = if let Verdict::Keeps { by, .. } = verdict { by.as_slice() } else { &[] };
            let member = change.behavior.as_ref().and(change.member.as_deref());
            by.iter().map(|keeper| keeper.property.as_str()).chain(member)
        });
        names.collect()
    }
}

/// Returns the names of the properties in `document`, at any depth. Does not look inside the values of the properties
/// in `moved`.
pub fn collect_property_names<'a>(document: &'a Value, moved: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let inside = |value| collect_property_names(value, moved);
    match document {
        Value::Object(members) => {
            let around = members.keys().map(String::as_str);
            let unmoved = members.iter().filter(|(name, _)| !moved.contains(name.as_str()));
            around.chain(unmoved.flat_map(|(_, value)| inside(value))).collect()
        }
        Value::Array(items) => items.iter().flat_map(inside).collect(),
        _ => BTreeSet::new(),
    }
}

/// Checks whether both versions of the case have a type with the name `owner` and a schema for it.
fn has_type_in_both(case: &Case, owner: &str) -> bool {
    [&case.old, &case.new].iter().all(|one| one.schema_pointers().contains_key(owner))
}

/// Returns the instances in the report of the case that prove the verdict "fails": the reader must refuse each, and the
/// writer's own type must read it.
pub fn reported_failures(case: &Case) -> Vec<Reading> {
    let mut readings = Vec::new();
    for change in case.changes.changes.iter().filter(|change| has_type_in_both(case, &change.owner)) {
        for way in pair_directions(case, change) {
            readings.extend(way.failure_readings());
        }
    }
    readings
}

/// Returns random instances that the other version must read, since all verdicts on their type are "holds". Runs
/// `program` to leave out instances that their own version does not read, since no type can hold all whole numbers.
pub fn make_held_readings(case: &Case, program: &Path) -> Vec<Reading> {
    let samples: Vec<(Reading, Reading)> =
        find_held_directions(case).iter().flat_map(DirectionVerdict::make_sample_readings).collect();
    let (own, other): (Vec<Reading>, Vec<Reading>) = samples.into_iter().unzip();
    let answers = run_program(program, &own);
    other.into_iter().zip(answers).filter(|(_, answer)| answer == "read").map(|(reading, _)| reading).collect()
}

/// The verdict of a change for one direction: one version (the writer) has the instances, and the other one (the
/// reader) reads them.
struct DirectionVerdict<'a> {
    /// The name of the case.
    case: &'a str,
    /// The writer: (`old` or `new`, the output of this version).
    writer: (&'static str, &'a Generated),
    /// The reader: `old` or `new`.
    reader: &'static str,
    /// The Rust name of the type.
    owner: &'a str,
    verdict: &'a Verdict,
}

/// Returns the verdicts of `change` for both directions.
fn pair_directions<'a>(case: &'a Case, change: &'a Change) -> [DirectionVerdict<'a>; 2] {
    let (name, owner, wire) = (case.name.as_str(), change.owner.as_str(), &change.wire);
    [
        DirectionVerdict { case: name, writer: ("new", &case.new), reader: "old", owner, verdict: &wire.old_reads_new },
        DirectionVerdict { case: name, writer: ("old", &case.old), reader: "new", owner, verdict: &wire.new_reads_old },
    ]
}

/// Returns the directions in which all changes of a type have the verdict "holds", for types that both versions have.
fn find_held_directions(case: &Case) -> Vec<DirectionVerdict<'_>> {
    let changes = case.changes.changes.iter().filter(|change| has_type_in_both(case, &change.owner));
    let all: Vec<DirectionVerdict<'_>> = changes.flat_map(|change| pair_directions(case, change)).collect();
    let holds = |way: &DirectionVerdict<'_>| {
        let same = all.iter().filter(|other| other.owner == way.owner && other.reader == way.reader);
        same.into_iter().all(|other| *other.verdict == Verdict::Holds)
    };
    let is_sound: Vec<bool> = all.iter().map(holds).collect();
    all.into_iter().zip(is_sound).filter(|(_, is_sound)| *is_sound).map(|(way, _)| way).collect()
}

impl DirectionVerdict<'_> {
    /// Returns the program's key for the type in the version `which` (`old` or `new`).
    fn type_key(&self, which: &str) -> String {
        format!("{which}_{}::{}", self.case, self.owner)
    }

    /// Returns the readings that prove the verdict "fails": its instance is refused by the reader, and read by the
    /// writer's own type. Empty for another verdict, or if the verdict has no instance.
    fn failure_readings(&self) -> Vec<Reading> {
        let Verdict::Fails { document: Some(document), .. } = self.verdict else { return Vec::new() };
        let reading = |which, is_read| Reading { key: self.type_key(which), document: document.clone(), is_read };
        vec![reading(self.reader, false), reading(self.writer.0, true)]
    }

    /// Returns random instances of the writer's schema, each as (its reading by the writer's own type, its reading by
    /// the reader). Empty if the type has no schema of its own.
    fn make_sample_readings(&self) -> Vec<(Reading, Reading)> {
        let (_, generated) = self.writer;
        let Some(pointer) = generated.schema_pointers().remove(self.owner) else { return Vec::new() };
        let sample = Sample::new(&generated.schema(), &pointer, 7).unwrap();
        let documents = sample.instances().take(DOCUMENTS);
        let reading =
            |which, document: &Value| Reading { key: self.type_key(which), document: document.clone(), is_read: true };
        documents.map(|document| (reading(self.writer.0, &document), reading(self.reader, &document))).collect()
    }
}

/// Runs `program` on `readings`, and returns its answer to each, in their order.
pub fn run_program(program: &Path, readings: &[Reading]) -> Vec<String> {
    let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines: String = readings.iter().map(|one| format!("{}\t{}\n", one.key, one.document)).collect();
    let mut stdin = child.stdin.take().unwrap();
    let writer = thread::spawn(move || stdin.write_all(lines.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let answers: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(answers.len(), readings.len(), "{:?}", output.status);
    answers
}
