//! `diagram`: the types of a job and what they hold, as Mermaid.

use json_schema_codegen::{Report, TypeKind};

use crate::arguments::Job;
use crate::commands::Outcome;
use crate::config;
use crate::diagnostics::Failure;
use crate::output::print;

/// Prints a class diagram: a box for each type, an arrow for each member that holds another type.
///
/// # Errors
/// All that is wrong with the job.
pub fn run(job: &Job, quiet: bool) -> Result<Outcome, Failure> {
    let report = config::generator(job.config.as_deref(), quiet)?.generate()?.report();
    print(&diagram(&report))?;
    Ok(Outcome::Done)
}

/// The text of the diagram. Names of types and members are Rust's, so nothing has to be escaped.
fn diagram(report: &Report) -> String {
    let mut text = "classDiagram\n    direction LR\n".to_owned();
    for one in &report.types {
        text += &match stereotype(one.kind) {
            Some(stereotype) => format!("    class {} {{\n        <<{stereotype}>>\n    }}\n", one.name),
            None => format!("    class {}\n", one.name),
        };
    }
    for one in &report.types {
        for held in &one.holds {
            let many = if held.many { "\"*\" " } else { "" };
            let label = if held.member.is_empty() { String::new() } else { format!(" : {}", held.member) };
            text += &format!("    {} --> {many}{}{label}\n", one.name, held.name);
        }
    }
    text
}

fn stereotype(kind: TypeKind) -> Option<&'static str> {
    match kind {
        TypeKind::Enum => Some("enumeration"),
        TypeKind::Union => Some("union"),
        TypeKind::Tuple => Some("tuple"),
        TypeKind::Alias => Some("alias"),
        _ => None,
    }
}
