//! Describes the values of a type as columns, for query engines that read files of such values: Spark, DuckDB, and all
//! that use Arrow.
//!
//! A property becomes a column: a text, number, boolean, list, map or struct, in the order of the schema. Values that
//! no column type can hold become the text of their JSON; [`Columns::notes`] gives the reason for each.

mod arrow;
mod builder;
mod column;
mod duckdb;
mod engine;
mod notes;
mod shapes;
mod spark;
mod view_columns;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors};
use crate::generate::Generated;
use crate::normalize::{DefinitionId, Definitions, Type};

pub use column::{Column, ColumnType, Element};
pub use engine::{Columns, Engine};
pub use notes::{ColumnNote, Outcome};
pub use view_columns::{ViewColumns, of_views};

use builder::TypeToColumnConverter;

/// Returns the columns for the values of the struct or view with the Rust name `type_name`; if `type_name` is `None`,
/// of the first root of the job.
///
/// # Errors
/// If there is no such type, or if its values are not objects with named properties, such as lists.
///
/// # Examples
/// ```
/// use json_schema_codegen::columns::{self, Engine};
/// use json_schema_codegen::{Documents, Settings, generate};
///
/// let schema = r#"{"title": "Point", "type": "object", "properties": {"x": {"type": "number"}}}"#;
/// let documents = Documents::from_texts("schema", [("point.json", schema)])?;
/// let columns = columns::of_type(&generate(documents, &Settings::default())?, None)?;
/// assert_eq!(columns.schema(Engine::DuckDb).to_string(), r#"{"x":"DOUBLE"}"#);
/// # Ok::<(), json_schema_codegen::Errors>(())
/// ```
pub fn of_type(generated: &Generated, type_name: Option<&str>) -> Result<Columns, Errors> {
    let definitions = generated.definitions();
    let mut builder = TypeToColumnConverter::new(generated.resolved(), definitions);
    let view = definitions.views.all.iter().position(|view| Some(view.name.as_str()) == type_name);
    let (name, ty) = match view {
        Some(index) => (definitions.views.all[index].name.clone(), builder.convert_view_to_struct(index)),
        None => {
            let (name, ty) = find_type_by_name(definitions, type_name)?;
            (name, builder.convert_type(&ty, None, false).ty)
        }
    };
    match ty {
        ColumnType::Struct(columns) => Ok(Columns { type_name: name, columns, notes: builder.into_notes() }),
        _ => {
            let message = format!("the values of `{name}` have no columns: they are not objects with named properties");
            Err(Diagnostic::new(DiagnosticKind::MissingRoot, message).with_help("name another type").into())
        }
    }
}

/// Returns (Rust name, type) for the type named `type_name`; if `type_name` is `None`, for the first root.
///
/// # Errors
/// If there is no such type, or no type at all.
fn find_type_by_name(definitions: &Definitions, type_name: Option<&str>) -> Result<(String, Type), Errors> {
    let roots = definitions.roots.iter().chain(&definitions.aliases).map(|root| (&root.name, root.ty.clone()));
    let named = definitions.all.iter().enumerate();
    let named = named.map(|(index, definition)| (&definition.name, Type::Named(DefinitionId(index))));
    let mut all = roots.chain(named);
    let found = match type_name {
        Some(wanted) => all.find(|(name, _)| *name == wanted),
        None => all.next(),
    };
    found.map(|(name, ty)| (name.clone(), ty)).ok_or_else(|| {
        let message = match type_name {
            Some(wanted) => format!("there is no type `{wanted}`"),
            None => "the schemas have no type".to_owned(),
        };
        let help = "`cargo codegen diagram` prints the names of all types";
        Diagnostic::new(DiagnosticKind::MissingRoot, message).with_help(help).into()
    })
}
