//! Names that are hard to turn into Rust: of properties, values, types, tags, and in documentation.
//!
//! `names.json` has them by their sort:
//!
//! | Sort | Names |
//! | --- | --- |
//! | `prelude` | names that every module has in scope without an import |
//! | `output` | names that the generated code declares or calls itself |
//! | `generics` | associated types, and the usual names of generic parameters |
//! | `keywords` | keywords of all editions, and names that are special in some context |
//! | `primitives` | types without a path |
//! | `crates` | crates and modules that the generated code names, or might |
//! | `derives` | derives, traits, attributes and macros |
//! | `symbols` | names without a letter, emoji among them |
//! | `scripts` | letters of scripts with and without case, from right to left, outside the first plane |
//! | `lookalikes` | names that look alike, or are one in some normal form |
//! | `invisible` | combining and control characters, marks of direction, spaces |
//! | `markup` | texts with a meaning in documentation, Rust string literals, paths and patterns |
//! | `digits` | digits and numbers, names with digits, and long names that differ at their end |

use std::sync::LazyLock;

use serde_json::{Map, Value};

/// The names in `names.json`, as (sort, names), in the order of the file.
pub static NAMES_BY_SORT: LazyLock<Vec<(String, Vec<String>)>> = LazyLock::new(|| {
    // The file is an object of lists of texts, which the test of the names relies on.
    let sorts: Map<String, Value> = serde_json::from_str(include_str!("names.json")).unwrap_or_default();
    sorts.into_iter().map(|(sort, names)| (sort, serde_json::from_value(names).unwrap_or_default())).collect()
});
