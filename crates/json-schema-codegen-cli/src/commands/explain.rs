//! `explain`: where a type or a field comes from, and why it is what it is.

use std::collections::BTreeSet;

use json_schema_codegen::{PropertyReport, Remark, Report, Source, TypeReport};
use serde::Serialize;

use crate::arguments::{Explain, ExplainFormat};
use crate::commands::Outcome;
use crate::config;
use crate::diagnostics::{Failure, Problem};
use crate::output::print;

/// Prints what the report says of a type, a field, or a place of a schema.
///
/// # Errors
/// All that is wrong with the job; a thing that no type comes from.
pub fn run(arguments: &Explain, quiet: bool) -> Result<Outcome, Failure> {
    let report = config::generator(arguments.job.config.as_deref(), quiet)?.generate()?.report();
    let found = Explanation::of(&report, &arguments.what);
    if found.types.is_empty() && found.properties.is_empty() {
        return Err(unknown(&report, &arguments.what).into());
    }
    match arguments.format {
        ExplainFormat::Text => print(&found.text())?,
        ExplainFormat::Json => {
            let json = serde_json::to_string_pretty(&found);
            print(&(json.map_err(|error| Problem::new(error.to_string()))? + "\n"))?;
        }
    }
    Ok(Outcome::Done)
}

/// What is said of one thing.
#[derive(Serialize)]
struct Explanation<'a> {
    types: Vec<&'a TypeReport>,
    properties: Vec<&'a PropertyReport>,
    widened: Vec<&'a Remark>,
    not_enforced: Vec<&'a Remark>,
    names: Vec<&'a Remark>,
    corrections: Vec<&'a Remark>,
}

impl<'a> Explanation<'a> {
    /// Of a type, with its fields; of `Type.field`; of `#pointer`, `/pointer` or `file#pointer`.
    fn of(report: &'a Report, what: &str) -> Self {
        let (types, properties): (Vec<_>, Vec<_>) = match (what.contains(['/', '#']), what.split_once('.')) {
            (true, _) => (
                report.types.iter().filter(|one| is_at(&one.source, what)).collect(),
                report.properties.iter().filter(|one| is_at(&one.source, what)).collect(),
            ),
            (false, Some((owner, field))) => {
                let is_it = |one: &&PropertyReport| one.owner == owner && (one.field == field || one.property == field);
                (Vec::new(), report.properties.iter().filter(is_it).collect())
            }
            (false, None) => (
                report.types.iter().filter(|one| one.name == what).collect(),
                report.properties.iter().filter(|one| one.owner == what).collect(),
            ),
        };
        let sources: Vec<&Source> =
            types.iter().map(|one| &one.source).chain(properties.iter().map(|one| &one.source)).collect();
        let about = |remarks: &'a [Remark]| -> Vec<&'a Remark> {
            remarks.iter().filter(|remark| sources.iter().any(|source| is_of(&remark.source, source))).collect()
        };
        Self {
            widened: about(&report.widened),
            not_enforced: about(&report.not_enforced),
            names: about(&report.names),
            corrections: about(&report.corrections),
            types,
            properties,
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for one in &self.types {
            text += &format!("{}: {}\n", one.name, kind(one));
            text += &place(&one.source, &one.why);
        }
        for one in &self.properties {
            text += &format!("{}.{}: {}\n", one.owner, one.field, one.rust);
            text += &place(&one.source, &one.why);
            if one.source.pointer.rsplit('/').nth(1) == Some("patternProperties") {
                text += &format!("  for      names that match `{}`\n", one.property);
            } else if one.property != one.field && one.property != "*" {
                text += &format!("  called   `{}` in documents\n", one.property);
            }
            text += &format!("  required {}\n", if one.required { "yes" } else { "no" });
        }
        let remarks = [
            ("Widened to any value", &self.widened),
            ("Not held by the types", &self.not_enforced),
            ("Named otherwise", &self.names),
            ("Corrected", &self.corrections),
        ];
        for (heading, remarks) in remarks.into_iter().filter(|(_, remarks)| !remarks.is_empty()) {
            text += &format!("{heading}:\n");
            for Remark { text: said, source, .. } in remarks {
                text +=
                    &format!("  {said} ({}:{}:{} at {})\n", source.file, source.line, source.column, source.pointer);
            }
        }
        text
    }
}

fn kind(one: &TypeReport) -> String {
    serde_json::to_value(one.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default()
}

fn place(source: &Source, why: &str) -> String {
    let at = if source.pointer.is_empty() { String::new() } else { format!(" at {}", source.pointer) };
    let because = if why.is_empty() { String::new() } else { format!("  because  {why}\n") };
    format!("  from     {}:{}:{}{at}\n{because}", source.file, source.line, source.column)
}

/// Whether a source is the place that is named.
fn is_at(source: &Source, what: &str) -> bool {
    let (file, pointer) = what.split_once('#').unwrap_or(("", what));
    source.pointer == pointer && (file.is_empty() || source.file == file || source.file.ends_with(&format!("/{file}")))
}

/// Whether a remark is about a place: on it, or on one of its keywords.
fn is_of(remark: &Source, place: &Source) -> bool {
    let rest = remark.pointer.strip_prefix(&place.pointer);
    let is_near = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') && !rest[1..].contains('/'));
    remark.file == place.file && is_near
}

/// How many names are suggested.
const SUGGESTED: usize = 5;

/// How alike names are that are suggested, of 1.
const ALIKE: f32 = 0.5;

fn unknown(report: &Report, what: &str) -> Problem {
    let types = report.types.iter().map(|one| one.name.clone());
    let fields = report.properties.iter().map(|one| format!("{}.{}", one.owner, one.field));
    let pointers = report.properties.iter().map(|one| one.source.pointer.clone());
    let known: BTreeSet<String> = match (what.contains(['/', '#']), what.contains('.')) {
        (true, _) => pointers.collect(),
        (false, true) => fields.collect(),
        (false, false) => types.collect(),
    };
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let close = similar::get_close_matches(what, &known, SUGGESTED, ALIKE);
    let names: Vec<String> = close.iter().map(|name| format!("`{name}`")).collect();
    let help = match names.is_empty() {
        true => "name a type, a field as in `Event.created`, or a JSON pointer as in `/properties/created`".to_owned(),
        false => format!("there is {}", names.join(", ")),
    };
    Problem::new(format!("no type comes from `{what}`")).help(help)
}
