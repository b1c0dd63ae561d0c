//! Makes the columns of the first root of the job in each folder of `tests/columns`, and compares them with the files
//! there. With `EXPECTORATE=overwrite` the expected files are rewritten instead.
//!
//! | File | Contents |
//! | --- | --- |
//! | `schema/`, `codegen.toml` | the job |
//! | `spark.json`, `duckdb.json`, `arrow.json` | the expected schema for each engine |
//! | `notes.txt` | the expected notes |
//! | `views.json` | the expected schemas of views for DuckDB, if the job has views |
#![cfg(feature = "columns")]
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use json_schema_codegen::columns::{self, ColumnType, Columns, Element, Engine};
use json_schema_codegen::{Documents, Generated, Generator, Settings, generate};
use serde_json::{Value, json};

/// Returns the folders of the jobs.
fn list_job_folders() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/columns");
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Generates the types of the job in the folder `case`.
fn generate_types(case: &Path) -> Generated {
    Generator::from_file(case.join("codegen.toml")).unwrap().generate().unwrap()
}

/// Compares `value` with the JSON file at `path`.
fn assert_json_file(path: &Path, value: &Value) {
    expectorate::assert_contents(path, &format!("{value:#}\n"));
}

#[test]
fn columns_of_each_job_are_as_expected() {
    for case in list_job_folders() {
        let generated = generate_types(&case);
        let columns = columns::of_type(&generated, None).unwrap();
        for (file, engine) in
            [("spark.json", Engine::Spark), ("duckdb.json", Engine::DuckDb), ("arrow.json", Engine::Arrow)]
        {
            assert_json_file(&case.join(file), &columns.schema(engine));
        }
        let mut notes = columns.notes;
        let views = columns::of_views(&generated);
        let schemas: Vec<_> = views.iter().map(|view| {
            notes.extend(view.columns.notes.clone());
            json!({ "of": [view.owner, view.property, view.by, view.values], view.columns.type_name.as_str(): view.columns.schema(Engine::DuckDb) })
        }).collect();
        if !schemas.is_empty() {
            assert_json_file(&case.join("views.json"), &Value::Array(schemas));
        }
        let notes: String = notes.iter().map(|note| format!("{note}\n")).collect();
        expectorate::assert_contents(case.join("notes.txt"), &notes);
    }
}

/// Returns the paths of all columns of a struct, and of the structs in it, each with the path `around` before it.
fn collect_column_paths(columns: &[columns::Column], around: &str, found: &mut BTreeSet<String>) {
    for column in columns {
        let path = format!("{around}{}", column.name);
        let mut step = (path.clone(), &column.element);
        loop {
            step = match &step.1.ty {
                ColumnType::List(items) => (format!("{}[]", step.0), items),
                ColumnType::Map(values) => (format!("{}{{}}", step.0), values),
                _ => break,
            };
        }
        if let (path, Element { ty: ColumnType::Struct(inner), .. }) = &step {
            collect_column_paths(inner, &format!("{path}."), found);
        }
        found.insert(path);
    }
}

/// A property that the schema names directly is a column, or a note has the reason why it is not.
#[test]
fn each_property_of_a_root_is_a_column_or_has_a_note() {
    for case in list_job_folders() {
        let Columns { columns, notes, .. } = columns::of_type(&generate_types(&case), None).unwrap();
        let mut known = BTreeSet::new();
        collect_column_paths(&columns, "", &mut known);
        known.extend(notes.iter().map(|note| note.column.replace("``", "")));
        let job = Generator::from_file(case.join("codegen.toml")).unwrap();
        let schema = fs::read_to_string(job.schema_path().join(&job.settings().roots[0])).unwrap();
        let schema: Value = serde_json::from_str(&schema).unwrap();
        for name in schema["properties"].as_object().unwrap().keys() {
            assert!(known.contains(name), "{}: `{name}` is neither a column nor noted", case.display());
        }
    }
}

/// Each of 40 types has two properties of the next type, so without limits there would be 2^40 columns.
#[test]
fn number_of_columns_of_nested_types_is_limited() {
    let level = |next: usize| {
        let next = json!({ "$ref": format!("#/$defs/Level{next}") });
        json!({ "type": "object", "properties": { "left": next, "right": next } })
    };
    let levels = (0..40).map(|number| (format!("Level{number}"), level(number + 1)));
    let last = ("Level40".to_owned(), json!({ "type": "string" }));
    let levels: serde_json::Map<String, Value> = levels.chain([last]).collect();
    let schema = json!({ "title": "Top", "$defs": levels, "$ref": "#/$defs/Level0" }).to_string();
    let documents = Documents::from_texts("schema", [("top.json", schema)]).unwrap();
    let columns = columns::of_type(&generate(documents, &Settings::default()).unwrap(), None).unwrap();
    let mut found = BTreeSet::new();
    collect_column_paths(&columns.columns, "", &mut found);
    assert!((1_000..=10_000).contains(&found.len()), "{}", found.len());
    assert!(columns.notes.iter().any(|note| note.reason == "there are 10000 columns before it"));
    assert!(columns.notes.iter().any(|note| note.reason == "there are 20 levels around it"));
}

/// Returns the text of the errors for the columns of the type `name` of the job in the folder `case`.
fn format_column_errors(case: &str, name: &str) -> String {
    let case = list_job_folders().into_iter().find(|folder| folder.ends_with(case)).unwrap();
    columns::of_type(&generate_types(&case), Some(name)).unwrap_err().to_string()
}

#[test]
fn columns_of_unknown_types_and_of_enums_are_errors() {
    assert_eq!(
        format_column_errors("order", "Invoice"),
        "error: there is no type `Invoice`\n  help: `cargo codegen diagram` prints the names of all types"
    );
    assert_eq!(
        format_column_errors("order", "OrderState"),
        "error: the values of `OrderState` have no columns: they are not objects with named properties\n  help: name \
         another type"
    );
}

#[test]
fn columns_of_a_view_are_found_by_its_name() {
    let case = list_job_folders().into_iter().find(|folder| folder.ends_with("views")).unwrap();
    let generated = generate_types(&case);
    let columns = columns::of_type(&generated, Some("Parcel")).unwrap();
    let views = columns::of_views(&generated);
    assert_eq!(Some(&columns), views.iter().map(|view| &view.columns).find(|view| view.type_name == "Parcel"));
}
