//! `explain`: explains which part of a schema a type, field or method of a view comes from, and why it has its Rust
//! type.

use std::collections::BTreeSet;

use json_schema_codegen::report::{MethodReport, Note, PropertyReport, Report, SourceLocation, TypeReport};
use serde::Serialize;

use crate::arguments::{ExplainArguments, ExplainFormat};
use crate::config;
use crate::diagnostics::{Failure, Problem};
use crate::outcome::CommandOutcome;
use crate::output::print_result;

/// Prints the part of the schema that `arguments.subject` (a type, a field, a method of a view, or a location) comes
/// from, and why it has its Rust type. First finishes an interrupted update of the job, which changes files; `quiet`
/// omits the note about that.
///
/// # Errors
/// Everything that is wrong with the job, a subject that the job does not have, or output that cannot be written.
pub fn explain_subject(arguments: &ExplainArguments, quiet: bool) -> Result<CommandOutcome, Failure> {
    let report = config::load_job(arguments.job.config.as_deref(), quiet)?.generate()?.report();
    let explanation = Explanation::new(&report, &arguments.subject);
    if explanation.types.is_empty() && explanation.properties.is_empty() && explanation.methods.is_empty() {
        return Err(unknown_subject_error(&report, &arguments.subject).into());
    }
    match arguments.format {
        ExplainFormat::Text => print_result(&explanation.format_as_text())?,
        ExplainFormat::Json => {
            let json = serde_json::to_string_pretty(&explanation);
            print_result(&(json.map_err(|error| Problem::new(error.to_string()))? + "\n"))?;
        }
    }
    Ok(CommandOutcome::Done)
}

/// The parts of a report that concern one subject. Its fields are the keys of the JSON output.
#[derive(Serialize)]
struct Explanation<'a> {
    types: Vec<&'a TypeReport>,
    properties: Vec<&'a PropertyReport>,
    methods: Vec<&'a MethodReport>,
    widened: Vec<&'a Note>,
    not_enforced: Vec<&'a Note>,
    names: Vec<&'a Note>,
    corrections: Vec<&'a Note>,
}

impl<'a> Explanation<'a> {
    /// Finds the parts of `report` that concern `subject`: the name of a type (its fields and methods are included),
    /// `Type.field`, `View.method`, `#pointer`, `/pointer` or `file#pointer`. All lists are empty if the report does
    /// not have the subject.
    fn new(report: &'a Report, subject: &str) -> Self {
        let member = subject.split_once('.').filter(|_| !is_location_subject(subject));
        let is_type = |name: &str, source| match (is_location_subject(subject), member) {
            (true, _) => is_at_location(source, subject),
            (false, member) => member.is_none() && name == subject,
        };
        let is_member =
            |owner: &str, rust_name: &str, json_name: &str, source| match (is_location_subject(subject), member) {
                (true, _) => is_at_location(source, subject),
                (false, Some((of, name))) => of == owner && (name == rust_name || name == json_name),
                (false, None) => owner == subject,
            };
        let types = report.types.iter().filter(|item| is_type(&item.name, &item.source));
        let properties =
            report.properties.iter().filter(|item| is_member(&item.owner, &item.field, &item.property, &item.source));
        let methods = report.methods.iter().filter(|item| {
            let is_timestamp =
                item.timestamp.as_deref().is_some_and(|name| member == Some((item.owner.as_str(), name)));
            is_timestamp || is_member(&item.owner, &item.method, &item.property, &item.source)
        });
        let (types, properties, methods): (Vec<_>, Vec<_>, Vec<_>) =
            (types.collect(), properties.collect(), methods.collect());
        let sources = types.iter().map(|item| &item.source).chain(properties.iter().map(|item| &item.source));
        let sources: Vec<&SourceLocation> = sources.chain(methods.iter().map(|item| &item.source)).collect();
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
            methods,
        }
    }

    /// Returns the explanation as text for a terminal.
    fn format_as_text(&self) -> String {
        let mut text = String::new();
        for item in &self.types {
            text += &format!("{}: {}\n", item.name, type_kind_name(item));
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
        self.methods.iter().for_each(|item| text += &format_method(item));
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

/// Returns the lines about a method: the type that it returns, its location, its property, and how it reads values.
fn format_method(item: &MethodReport) -> String {
    let mut text = format!("{}.{}(): {}\n", item.owner, item.method, item.rust);
    text += &format_origin(&item.source, "");
    if item.property != item.method {
        text += &format!("  JSON     `{}`\n", item.property);
    }
    text += &format!("  reads    {}\n", item.reads);
    if let Some(timestamp) = &item.timestamp {
        text += &format!("  time     `{timestamp}()`, `None` if the text is not a time\n");
    }
    text
}

/// Returns the name that the kind of a type has in the JSON output, for example `struct`.
fn type_kind_name(item: &TypeReport) -> String {
    serde_json::to_value(item.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Returns the lines about the origin of a type, field or method: its file, line, column and pointer, and, if `why` is
/// not empty, the reason for its Rust type.
fn format_origin(source: &SourceLocation, why: &str) -> String {
    let at = if source.pointer.is_empty() { String::new() } else { format!(" at {}", source.pointer) };
    let because = if why.is_empty() { String::new() } else { format!("  because  {why}\n") };
    format!("  from     {}:{}:{}{at}\n{because}", source.file, source.line, source.column)
}

/// Checks whether `subject`, the argument of `explain`, is a location in a schema (it has a `/` or `#`) and not a Rust
/// name.
fn is_location_subject(subject: &str) -> bool {
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
/// fields and methods, or pointers.
fn unknown_subject_error(report: &Report, subject: &str) -> Problem {
    let types = report.types.iter().map(|item| item.name.clone());
    let fields = report.properties.iter().map(|item| format!("{}.{}", item.owner, item.field));
    let fields = fields.chain(report.methods.iter().map(|item| format!("{}.{}", item.owner, item.method)));
    let pointers = report.properties.iter().map(|item| &item.source);
    let pointers = pointers.chain(report.methods.iter().map(|item| &item.source)).map(|source| source.pointer.clone());
    let known: BTreeSet<String> = match (is_location_subject(subject), subject.contains('.')) {
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
