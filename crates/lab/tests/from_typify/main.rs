//! Builds and runs each example of `docs/FROM_TYPIFY.md`, and a program that was written for typify.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

#[path = "../consumer/mod.rs"]
mod consumer;
mod page;

use std::fmt::Write as _;

use json_schema_codegen::{Documents, Generator};

use page::PageExample;

/// A program that was written for typify, by typify's documentation: a macro or a build script, builders, a patch and a
/// replacement. Only its imports and its build script have changed.
const TYPIFY_PROGRAM: &str = include_str!("program.rs");

/// The schema of [`TYPIFY_PROGRAM`].
const PROGRAM_SCHEMA: &str = include_str!("veggies.json");

/// The settings of [`TYPIFY_PROGRAM`], which take the place of the arguments of typify's macro.
const PROGRAM_SETTINGS: &str = include_str!("codegen.toml");

/// Generates types from files, each as (path, text), with the settings of a `codegen.toml`.
fn generate_types(files: &[(&str, &str)], settings: &str) -> String {
    let generator = Generator::from_text("codegen.toml", settings).unwrap();
    let generated = generator.generate_from(Documents::from_texts("schema", files.iter().copied()).unwrap());
    generated.unwrap_or_else(|errors| panic!("{settings}\n{errors}")).types().to_owned()
}

/// Returns the module `name` with the types and the code of a program; paths that begin with `crate::` are those of the
/// module.
fn format_module(name: &str, types: &str, code: &str) -> String {
    let code = code.replace("fn main()", "pub fn main()");
    let module = format!("{code}\npub mod types {{\n{types}\n}}\n");
    format!("mod {name} {{\n{}}}\n", module.replace("crate::", &format!("crate::{name}::")))
}

#[test]
fn each_row_of_the_page_with_a_counterpart_has_an_example() {
    let page = page::read_page();
    let rows = page::list_table_rows(&page);
    assert!(rows.len() > 25, "{rows:#?}");
    let examples: Vec<String> = page::list_examples(&page).into_iter().map(|example| example.anchor).collect();
    for row in &rows {
        let has_none = row.contains("none") || row.contains("to_stream");
        assert!(row.contains("(#") || has_none, "no example: {row}");
        for link in row.split("(#").skip(1).filter_map(|link| link.split(')').next()) {
            assert!(examples.iter().any(|anchor| anchor == link), "no example `{link}`: {row}");
        }
    }
    let is_linked = |anchor: &&String| !page.contains(&format!("(#{anchor})"));
    assert_eq!(examples.iter().find(is_linked), None, "an example that no row links to");
}

#[test]
fn examples_of_the_page_and_a_typify_program_run() {
    let page = page::read_page();
    let schema = page::find_example_schema(&page);
    let mut program = "#![allow(dead_code, unused)]\n".to_owned();
    let mut names = vec!["program".to_owned()];
    for PageExample { anchor, correction, settings, code } in page::list_examples(&page) {
        let mut files = vec![("loan.json", schema.as_str())];
        files.extend(correction.as_deref().map(|correction| ("loan.patch.json", correction)));
        let name = anchor.replace('-', "_");
        program += &format_module(&name, &generate_types(&files, &settings), &code);
        names.push(name);
    }
    program += &format_module(
        "program",
        &generate_types(&[("veggies.json", PROGRAM_SCHEMA)], PROGRAM_SETTINGS),
        TYPIFY_PROGRAM,
    );
    program += "fn main() {\n";
    names.iter().for_each(|name| writeln!(program, "    {name}::main();").unwrap());
    program += "}\n";
    let folder = consumer::write_consumer_crate("from-typify", "main.rs", &program, &[]);
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let manifest = manifest.replace("features = [\"std\"]", "features = [\"std\", \"derive\"]");
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    consumer::run_cargo(&folder, &["run", "--quiet", "--offline"]);
}
