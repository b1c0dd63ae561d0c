//! `columns`: prints the types of a job as columns for a query engine.

use json_schema_codegen::columns::{self, ColumnNote, Engine, ViewColumns};
use serde_json::{Value, json};

use crate::arguments::ColumnsArguments;
use crate::diagnostics::{Failure, Problem};
use crate::outcome::CommandOutcome;
use crate::output::{print_note, print_result};
use crate::{config, files};

/// Prints the schema of a type, and of the views with `--views`, or writes it to the file of `--output`. Writes the
/// notes about columns to the file of `--report`; else prints them to standard error, unless `quiet`.
///
/// # Errors
/// Everything that is wrong with the job, a type that does not exist or has no columns, and files that cannot be
/// written.
pub fn print_columns(arguments: &ColumnsArguments, quiet: bool) -> Result<CommandOutcome, Failure> {
    let generated = config::load_job(arguments.job.config.as_deref(), quiet)?.generate()?;
    let engine = Engine::from(arguments.engine);
    let root = columns::of_type(&generated, arguments.root.as_deref())?;
    let views = if arguments.views { columns::of_views(&generated) } else { Vec::new() };
    let schema = match arguments.views {
        true => json!({
            "columns": root.schema(engine),
            "views": views.iter().map(|view| build_view_entry(view, engine)).collect::<Vec<_>>(),
        }),
        false => root.schema(engine),
    };
    let of_root = root.notes.iter().map(|found| (&root.type_name, found));
    let of_views =
        views.iter().flat_map(|view| view.columns.notes.iter().map(|found| (&view.columns.type_name, found)));
    let notes: Vec<(&String, &ColumnNote)> = of_root.chain(of_views).collect();
    let mut outputs = Vec::new();
    if let Some(path) = &arguments.output {
        outputs.push((path.as_path(), format_indented_json(&schema)?));
    }
    if let Some(path) = &arguments.report {
        let entry = |(name, found): &(&String, &ColumnNote)| json!({ "type": name, "column": found.column, "outcome": found.outcome, "reason": found.reason });
        outputs.push((
            path.as_path(),
            format_indented_json(&json!({ "notes": notes.iter().map(entry).collect::<Vec<_>>() }))?,
        ));
    } else {
        notes.iter().for_each(|(name, found)| print_note(quiet, &format!("note: {name}.{found}")));
    }
    files::write_files(&outputs)?;
    outputs.iter().for_each(|(path, _)| print_note(quiet, &format!("wrote {}", path.display())));
    if arguments.output.is_none() {
        print_result(&format_indented_json(&schema)?)?;
    }
    Ok(CommandOutcome::Done)
}

/// Returns the entry of a view in the output: its name, the place that it is a view of, and its schema.
fn build_view_entry(view: &ViewColumns, engine: Engine) -> Value {
    json!({
        "name": view.columns.type_name,
        "owner": view.owner,
        "property": view.property,
        "by": view.by,
        "values": view.values,
        "columns": view.columns.schema(engine),
    })
}

/// Returns `value` as indented JSON with a line break at the end.
fn format_indented_json(value: &Value) -> Result<String, Problem> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Problem::new(error.to_string()))?;
    Ok(text + "\n")
}
