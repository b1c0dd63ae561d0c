//! Defines the columns of a type, and writes them for each engine.

use serde_json::Value;

use crate::columns::column::Column;
use crate::columns::notes::ColumnNote;
use crate::columns::{arrow, duckdb, spark};

/// The columns for the values of one type: a table has a row for each value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Columns {
    /// The Rust name of the type whose values the rows are, such as `Event`.
    pub type_name: String,
    /// The columns for the properties of the type, in the order of the schema.
    pub columns: Vec<Column>,
    /// Notes about columns that differ from their schema, and properties without a column, each with the reason.
    pub notes: Vec<ColumnNote>,
}

/// A query engine, or a library of query engines, for which columns can be written as a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Engine {
    /// Apache Spark.
    Spark,
    /// DuckDB.
    DuckDb,
    /// Apache Arrow in Rust, which DataFusion is built on.
    Arrow,
}

impl Columns {
    /// Returns the columns as a schema in the form that `engine` reads:
    ///
    /// | Engine | The schema |
    /// | --- | --- |
    /// | Spark | the JSON of a `StructType`, for `StructType.fromJson` |
    /// | DuckDB | an object with the name and the type of each column, for `read_json(columns = …)`, which is also a
    /// structure for `from_json` |
    /// | Arrow | the JSON of an `arrow_schema::Schema`, which that crate reads with its feature `serde` |
    pub fn schema(&self, engine: Engine) -> Value {
        match engine {
            Engine::Spark => spark::write_spark_schema(&self.columns),
            Engine::DuckDb => duckdb::write_duckdb_schema(&self.columns),
            Engine::Arrow => arrow::write_arrow_schema(&self.columns),
        }
    }
}
