//! `explain`: explains which part of a schema a type or field comes from, and why it has its Rust type.

use std::collections::BTreeSet;

use json_schema_codegen::report::{Note, PropertyReport, Report, SourceLocation, TypeReport};
use serde::Serialize;

use crate::arguments::{Explain, ExplainFormat};
use crate::config;
use crate::diagnostics::{Failure, Problem};
use crate::outcome::Outcome;
use crate::output::print_result;

/// Prints the part of the schema that `arguments.subject` (a type, field or location) comes from, and why it has its
/// Rust type. First finishes an interrupted update of the job, which changes files; `quiet` omits the note about that.
///
/// # Errors
/// Everything that is wrong with the job, a subject that the job does not have, or output that cannot be written.
pub fn run(arguments: &Explain, quiet: bool) -> Result<Outcome, Failure> {
    let report = config::load_job(arguments.job.config.as_deref(), quiet)?.generate()?.report();
    let explanation = Explanation::new(&report, &arguments.subject);
    if explanation.types.is_empty() && explanation.properties.is_empty() {
        return Err(unknown_subject_error(&report, &arguments.subject).into());
    }
    match arguments.format {
        ExplainFormat::Text => print_result(&explanation.format_as_text())?,
        ExplainFormat::Json => {
            let json = serde_json::to_string_pretty(&explanation);
            print_result(&(json.map_err(|error| Problem::new(error.to_string()))? + "\n"))?;
        }
    }
    Ok(Outcome::Done)
}

/// The parts of a report that concern one subject. Its fields are the keys of the JSON output.
#[derive(Serialize)]
struct Explanation<'a> {
    types: Vec<&'a TypeReport>,
    properties: Vec<&'a PropertyReport>,
    widened: Vec<&'a Note>,
    not_enforced: Vec<&'a Note>,
    names: Vec<&'a Note>,
    corrections: Vec<&'a Note>,
}

impl<'a> Explanation<'a> {
    /// Finds the parts of `report` that concern `subject`: the name of a type (its fields are included), `Type.field`,
    /// `#pointer`, `/pointer` or `file#pointer`. All lists are empty if the report does not have the subject.
    fn new(report: &'a Report, subject: &str) -> Self {
        let (types, properties): (Vec<_>, Vec<_>) = match (is_location(subject), subject.split_once('.')) {
            (true, _) => (
                report.types.iter().filter(|item| is_at_location(&item.source, subject)).collect(),
                report.properties.iter().filter(|item| is_at_location(&item.source, subject)).collect(),
            ),
            (false, Some((owner, field))) => {
                let is_subject =
                    |item: &&PropertyReport| item.owner == owner && (item.field == field || item.property == field);
                (Vec::new(), report.properties.iter().filter(is_subject).collect())
            }
            (false, None) => (
                report.types.iter().filter(|item| item.name == subject).collect(),
                report.properties.iter().filter(|item| item.owner == subject).collect(),
            ),
        };
        let sources: Vec<&SourceLocation> =
            types.iter().map(|item| &item.source).chain(properties.iter().map(|item| &item.source)).collect();
        let about = |remarks: &'a [Note]| -> Vec<&'a Note> {
            remarks.iter().filter(|note| sources.iter().any(|source| is_note_about(&note.source, source))).collect()
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

    /// Returns the explanation as text for a terminal.
    fn format_as_text(&self) -> String {
        let mut text = String::new();
        for item in &self.types {
            text += &format!("{}: {}\n", item.name, kind_name(item));
            text += &format_origin(&item.source, &item.why);
        }
        for item in &self.properties {
            text += &format!("{}.{}: {}\n", item.owner, item.field, item.rust);
            text += &format_origin(&item.source, &item.why);
            if item.source.pointer.rsplit('/').nth(1) == Some("patternProperties") {
                text += &format!("  for      names that match `{}`\n", item.property);
            } else if item.property != item.field && item.property != "*" {
                text += &format!("  JSON     `{}`\n", item.property);
            }
            text += &format!("  required {}\n", if item.required { "yes" } else { "no" });
        }
        let remarks = [
            ("Types that hold any value", &self.widened),
            ("Not enforced by the types", &self.not_enforced),
            ("Names that differ from the schema", &self.names),
            ("Corrections", &self.corrections),
        ];
        for (heading, remarks) in remarks.into_iter().filter(|(_, remarks)| !remarks.is_empty()) {
            text += &format!("{heading}:\n");
            for Note { text: note, source, .. } in remarks {
                text +=
                    &format!("  {note} ({}:{}:{} at {})\n", source.file, source.line, source.column, source.pointer);
            }
        }
        text
    }
}

/// Returns the name that the kind of a type has in the JSON output, for example `struct`.
fn kind_name(item: &TypeReport) -> String {
    serde_json::to_value(item.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Returns the lines about the origin of a type or field: its file, line, column and pointer, and, if `why` is not
/// empty, the reason for its Rust type.
fn format_origin(source: &SourceLocation, why: &str) -> String {
    let at = if source.pointer.is_empty() { String::new() } else { format!(" at {}", source.pointer) };
    let because = if why.is_empty() { String::new() } else { format!("  because  {why}\n") };
    format!("  from     {}:{}:{}{at}\n{because}", source.file, source.line, source.column)
}

/// Checks whether `subject`, the argument of `explain`, is a location in a schema (it has a `/` or `#`) and not a Rust
/// name.
fn is_location(subject: &str) -> bool {
    subject.contains(['/', '#'])
}

/// Checks whether `source` is at `location`: a JSON pointer, or a file, `#` and a pointer. The file may be given
/// without its folders.
fn is_at_location(source: &SourceLocation, location: &str) -> bool {
    let (file, pointer) = location.split_once('#').unwrap_or(("", location));
    source.pointer == pointer && (file.is_empty() || source.file == file || source.file.ends_with(&format!("/{file}")))
}

/// Checks whether a note at the location `note` is about the schema at `schema`: it is at the schema itself, or at one
/// of its keywords.
fn is_note_about(note: &SourceLocation, schema: &SourceLocation) -> bool {
    let rest = note.pointer.strip_prefix(&schema.pointer);
    let is_near = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') && !rest[1..].contains('/'));
    note.file == schema.file && is_near
}

/// Most names that one error suggests.
const MAX_SUGGESTIONS: usize = 5;

/// Least similarity of a suggested name, from 0 to 1.
const MIN_SIMILARITY: f64 = 0.5;

/// Creates the error for a subject that `report` does not have. It suggests similar names of the same sort: types,
/// fields or pointers.
fn unknown_subject_error(report: &Report, subject: &str) -> Problem {
    let types = report.types.iter().map(|item| item.name.clone());
    let fields = report.properties.iter().map(|item| format!("{}.{}", item.owner, item.field));
    let pointers = report.properties.iter().map(|item| item.source.pointer.clone());
    let known: BTreeSet<String> = match (is_location(subject), subject.contains('.')) {
        (true, _) => pointers.collect(),
        (false, true) => fields.collect(),
        (false, false) => types.collect(),
    };
    let names: Vec<String> = find_similar_names(&known, subject).iter().map(|name| format!("`{name}`")).collect();
    let help = match names.is_empty() {
        true => {
            "give a type, a field such as `Event.created`, or a JSON pointer such as `/properties/created`".to_owned()
        }
        false => format!("did you mean {}?", names.join(", ")),
    };
    Problem::new(format!("there is no type, field or location `{subject}`")).help(help)
}

/// Returns the up to [`MAX_SUGGESTIONS`] `names` most similar to `text`, best first. Empty if none is similar. Measures
/// similarity like the errors of the library.
fn find_similar_names<'a>(names: &'a BTreeSet<String>, text: &str) -> Vec<&'a String> {
    let similarity = |name: &String| strsim::sorensen_dice(&name.to_lowercase(), &text.to_lowercase());
    let mut similar: Vec<(f64, &String)> = names.iter().map(|name| (similarity(name), name)).collect();
    similar.retain(|(similarity, _)| *similarity >= MIN_SIMILARITY);
    similar.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    similar.into_iter().take(MAX_SUGGESTIONS).map(|(_, name)| name).collect()
}
