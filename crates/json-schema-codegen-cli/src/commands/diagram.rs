//! `diagram`: prints the types of a job as a Mermaid class diagram.

use json_schema_codegen::report::{Report, TypeKind};

use crate::arguments::JobArguments;
use crate::config;
use crate::diagnostics::Failure;
use crate::outcome::CommandOutcome;
use crate::output::print_result;

/// Prints a class diagram of a job's types: a box for each type, and an arrow for each field, variant or method of a
/// view that contains or returns another type.
///
/// # Errors
/// Everything that is wrong with the job.
pub fn print_diagram(job: &JobArguments, quiet: bool) -> Result<CommandOutcome, Failure> {
    let report = config::load_job(job.config.as_deref(), quiet)?.generate()?.report();
    print_result(&format_diagram(&report))?;
    Ok(CommandOutcome::Done)
}

/// Returns the types of `report` as the text of a Mermaid class diagram. All names in it are Rust identifiers, so
/// nothing has to be escaped.
fn format_diagram(report: &Report) -> String {
    let mut text = "classDiagram\n    direction LR\n".to_owned();
    for item in &report.types {
        text += &match mermaid_stereotype(item.kind) {
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

/// Returns the Mermaid stereotype that marks a type of the kind `kind`, such as `union`; `None` for kinds without a
/// mark, such as structs.
fn mermaid_stereotype(kind: TypeKind) -> Option<&'static str> {
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
