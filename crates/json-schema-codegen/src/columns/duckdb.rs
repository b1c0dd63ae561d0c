//! Writes columns as the types of DuckDB.

use serde_json::{Map, Value};

use crate::columns::column::{Column, ColumnType};

/// Returns a JSON object with the name and the DuckDB type of each column:
/// `{"id":"VARCHAR","to":"STRUCT(\"name\" VARCHAR)"}`.
pub(super) fn write_duckdb_schema(columns: &[Column]) -> Value {
    let types: Map<String, Value> = columns
        .iter()
        .map(|column| (column.name.clone(), Value::String(write_duckdb_type(&column.element.ty))))
        .collect();
    Value::Object(types)
}

/// Returns the text of the DuckDB type for `ty`, such as `VARCHAR[]` or `MAP(VARCHAR, BIGINT)`. DuckDB has no types
/// that exclude null.
fn write_duckdb_type(ty: &ColumnType) -> String {
    match ty {
        ColumnType::Text => "VARCHAR".to_owned(),
        ColumnType::Boolean => "BOOLEAN".to_owned(),
        ColumnType::Integer { unsigned: false } => "BIGINT".to_owned(),
        ColumnType::Integer { unsigned: true } => "UBIGINT".to_owned(),
        ColumnType::Number => "DOUBLE".to_owned(),
        ColumnType::List(items) => format!("{}[]", write_duckdb_type(&items.ty)),
        ColumnType::Map(values) => format!("MAP(VARCHAR, {})", write_duckdb_type(&values.ty)),
        ColumnType::Struct(columns) => {
            let fields = columns
                .iter()
                .map(|column| format!("{} {}", quote_identifier(&column.name), write_duckdb_type(&column.element.ty)));
            format!("STRUCT({})", fields.collect::<Vec<_>>().join(", "))
        }
        ColumnType::Json => "JSON".to_owned(),
    }
}

/// Returns `name` as a quoted identifier of SQL: `a"b` becomes `"a""b"`.
fn quote_identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
