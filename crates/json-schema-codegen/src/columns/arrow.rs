//! Writes columns as an Arrow schema, in the JSON that the Rust crate `arrow-schema` reads and writes.

use serde_json::{Value, json};

use crate::columns::column::{Column, ColumnType, Element};

/// The metadata (key, value) of a field with JSON text: Arrow's canonical extension type for JSON, whose values are
/// stored as `Utf8`.
const ARROW_JSON_EXTENSION: (&str, &str) = ("ARROW:extension:name", "arrow.json");

/// Returns `columns` as an Arrow schema: `{"fields":[{"name":"id","data_type":"Utf8",…}],"metadata":{}}`.
pub(super) fn write_arrow_schema(columns: &[Column]) -> Value {
    json!({ "fields": write_arrow_fields(columns), "metadata": {} })
}

/// Returns the Arrow fields for `columns`, which are the columns of a table or of a struct.
fn write_arrow_fields(columns: &[Column]) -> Vec<Value> {
    columns.iter().map(|column| write_arrow_field(&column.name, &column.element)).collect()
}

/// Returns the Arrow field `name` for values of the type and nullability `element`. `arrow-schema` requires `dict_id`
/// and `dict_is_ordered`, though they have no meaning for these types.
fn write_arrow_field(name: &str, element: &Element) -> Value {
    let metadata = if element.ty == ColumnType::Json {
        json!({ ARROW_JSON_EXTENSION.0: ARROW_JSON_EXTENSION.1 })
    } else {
        json!({})
    };
    json!({
        "name": name,
        "data_type": write_arrow_type(&element.ty),
        "nullable": element.nullable,
        "dict_id": 0,
        "dict_is_ordered": false,
        "metadata": metadata,
    })
}

/// Returns the Arrow type for `ty`, such as `"Utf8"` for a text. The fields in lists and maps have the names that
/// `arrow-json` expects.
fn write_arrow_type(ty: &ColumnType) -> Value {
    match ty {
        ColumnType::Text | ColumnType::Json => json!("Utf8"),
        ColumnType::Boolean => json!("Boolean"),
        ColumnType::Integer { unsigned: false } => json!("Int64"),
        ColumnType::Integer { unsigned: true } => json!("UInt64"),
        ColumnType::Number => json!("Float64"),
        ColumnType::List(items) => json!({ "List": write_arrow_field("item", items) }),
        ColumnType::Map(values) => {
            let text = Element { ty: ColumnType::Text, nullable: false };
            let key = Column { name: "key".to_owned(), element: text };
            let value = Column { name: "value".to_owned(), element: (**values).clone() };
            let entries = Element { ty: ColumnType::Struct(vec![key, value]), nullable: false };
            json!({ "Map": [write_arrow_field("entries", &entries), false] })
        }
        ColumnType::Struct(columns) => json!({ "Struct": write_arrow_fields(columns) }),
    }
}
