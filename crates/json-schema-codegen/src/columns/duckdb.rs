//! Writes columns as the types of DuckDB.

use serde_json::{Map, Value};

use crate::columns::column::{Column, ColumnType};

/// Returns the object from the name of each column to its type: `{"id":"VARCHAR","to":"STRUCT(\"name\" VARCHAR)"}`.
pub(super) fn schema(columns: &[Column]) -> Value {
    let types: Map<String, Value> =
        columns.iter().map(|column| (column.name.clone(), Value::String(data_type(&column.element.ty)))).collect();
    Value::Object(types)
}

/// Returns the text of a type: `VARCHAR[]`, `MAP(VARCHAR, BIGINT)`. DuckDB has no types that exclude null.
fn data_type(ty: &ColumnType) -> String {
    match ty {
        ColumnType::Text => "VARCHAR".to_owned(),
        ColumnType::Boolean => "BOOLEAN".to_owned(),
        ColumnType::Integer { unsigned: false } => "BIGINT".to_owned(),
        ColumnType::Integer { unsigned: true } => "UBIGINT".to_owned(),
        ColumnType::Number => "DOUBLE".to_owned(),
        ColumnType::List(items) => format!("{}[]", data_type(&items.ty)),
        ColumnType::Map(values) => format!("MAP(VARCHAR, {})", data_type(&values.ty)),
        ColumnType::Struct(columns) => {
            let fields =
                columns.iter().map(|column| format!("{} {}", quote(&column.name), data_type(&column.element.ty)));
            format!("STRUCT({})", fields.collect::<Vec<_>>().join(", "))
        }
        ColumnType::Json => "JSON".to_owned(),
    }
}

/// Returns `name` as a quoted identifier: `a"b` becomes `"a""b"`.
fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
