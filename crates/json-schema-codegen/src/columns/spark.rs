//! Writes columns as the JSON of a `StructType` of Spark.

use serde_json::{Value, json};

use crate::columns::column::{Column, ColumnType, Element};

/// Returns `columns` as the JSON of a Spark `StructType`:
/// `{"type":"struct","fields":[{"name":"id","type":"string",…}]}`.
pub(super) fn write_spark_schema(columns: &[Column]) -> Value {
    let field = |Column { name, element }: &Column| json!({ "name": name, "type": write_spark_type(element), "nullable": element.nullable, "metadata": {} });
    json!({ "type": "struct", "fields": columns.iter().map(field).collect::<Vec<_>>() })
}

/// Returns the Spark type for the values of `element`. JSON text becomes `string`, and an unsigned integer becomes
/// `decimal(20,0)`, which has room for 2^64 - 1.
fn write_spark_type(element: &Element) -> Value {
    match &element.ty {
        ColumnType::Text | ColumnType::Json => json!("string"),
        ColumnType::Boolean => json!("boolean"),
        ColumnType::Integer { unsigned: false } => json!("long"),
        ColumnType::Integer { unsigned: true } => json!("decimal(20,0)"),
        ColumnType::Number => json!("double"),
        ColumnType::List(items) => {
            json!({ "type": "array", "elementType": write_spark_type(items), "containsNull": items.nullable })
        }
        ColumnType::Map(values) => {
            let value_type = write_spark_type(values);
            json!({ "type": "map", "keyType": "string", "valueType": value_type, "valueContainsNull": values.nullable })
        }
        ColumnType::Struct(columns) => write_spark_schema(columns),
    }
}
