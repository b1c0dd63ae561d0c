//! `diagram`: prints the types of a job as a Mermaid class diagram.

use json_schema_codegen::report::{Report, TypeKind};

use crate::arguments::Job;
use crate::config;
use crate::diagnostics::Failure;
use crate::outcome::Outcome;
use crate::output::print;

/// Prints a class diagram: a box for each type, and an arrow for each field, variant or method of a view that holds or
/// returns another type.
///
/// # Errors
/// Everything that is wrong with the job.
pub fn run(job: &Job, quiet: bool) -> Result<Outcome, Failure> {
    let report = config::generator(job.config.as_deref(), quiet)?.generate()?.report();
    print(&diagram(&report))?;
    Ok(Outcome::Done)
}

/// Returns the text of the diagram. All names in it are Rust identifiers, so nothing has to be escaped.
fn diagram(report: &Report) -> String {
    let mut text = "classDiagram\n    direction LR\n".to_owned();
    for item in &report.types {
        text += &match stereotype(item.kind) {
            Some(stereotype) => format!("    class {} {{\n        <<{stereotype}>>\n    }}\n", item.name),
            None => format!("    class {}\n", item.name),
        };
    }
    for item in &report.types {
        for held in &item.holds {
            let many = if held.many { "\"*\" " } else { "" };
            let label = if held.member.is_empty() { String::new() } else { format!(" : {}", held.member) };
            text += &format!("    {} --> {many}{}{label}\n", item.name, held.name);
        }
    }
    text
}

/// Returns the Mermaid stereotype that marks a type of this kind; `None` for other kinds, such as structs.
fn stereotype(kind: TypeKind) -> Option<&'static str> {
    match kind {
        TypeKind::Enum => Some("enumeration"),
        TypeKind::Union => Some("union"),
        TypeKind::Tuple => Some("tuple"),
        TypeKind::Alias => Some("alias"),
        TypeKind::View => Some("view"),
        TypeKind::ViewChoice => Some("views"),
        _ => None,
    }
}
