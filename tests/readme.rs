//! Checks that the code blocks of README.md are parts of files of the project, and that its table of resources is
//! right.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

const README: &str = include_str!("../README.md");

/// Returns the lines of the first code block after the line of README.md that begins with `after`.
///
/// # Panics
/// If there is no such block.
fn read_code_block(after: &str) -> Vec<&'static str> {
    let mut lines =
        README.lines().skip_while(|line| !line.starts_with(after)).skip_while(|line| !line.starts_with("```"));
    assert!(lines.next().is_some(), "no code block after {after:?}");
    lines.take_while(|line| !line.starts_with("```")).collect()
}

/// Checks that `text` contains `lines` in this order, without regard to indentation. Other lines may be between them; a
/// line that ends with `…` is skipped.
#[track_caller]
fn check_lines_in_order(text: &str, lines: &[&str]) {
    let mut left = text.lines().map(str::trim);
    for line in lines.iter().map(|line| line.trim()).filter(|line| !line.ends_with('…')) {
        assert!(left.any(|other| other == line), "`{line}` of README.md is not there, or not in this place");
    }
}

#[test]
fn schema_in_readme_is_part_of_the_schema_file() {
    check_lines_in_order(
        include_str!("../schema/webex-event-schema.json"),
        &read_code_block("This part of the schema"),
    );
}

#[test]
fn type_in_readme_is_part_of_the_generated_types() {
    check_lines_in_order(include_str!("../generated/event.rs"), &read_code_block("becomes this type"));
}

/// Checks that the documentation in `src/lib.rs` contains the lines of `program`.
#[track_caller]
fn check_lines_in_crate_docs(program: &[&str]) {
    let lines: Vec<String> = program.iter().map(|line| format!("//! {line}").trim_end().to_owned()).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    check_lines_in_order(include_str!("../src/lib.rs"), &lines);
}

#[test]
fn programs_in_readme_are_run_as_doctests() {
    check_lines_in_crate_docs(&read_code_block("# webex-event"));
    check_lines_in_crate_docs(&read_code_block("To change an event"));
}

/// Returns the rows of the first table after the line of README.md that begins with `after`, each as its cells without
/// backticks.
fn read_table_rows_as_cells(after: &str) -> Vec<Vec<String>> {
    let lines =
        README.lines().skip_while(|line| !line.starts_with(after)).skip_while(|line| !line.starts_with("| --- "));
    let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect()).collect()
}

#[test]
fn table_of_resources_has_each_view_and_its_methods() {
    let types = include_str!("../generated/event.rs");
    let variants = types.split_once("runtime::place! {").and_then(|(_, rest)| rest.split_once("\n}\n")).unwrap().0;
    let rows = read_table_rows_as_cells("### What an event holds");
    let [listed @ .., _other] = &rows[..] else { panic!("no table") };
    assert_eq!(listed.len(), variants.matches(" = \"").count(), "each variant of `EventView` has a row");
    for row in listed {
        let [resources, view, methods] = &row[..] else { panic!("{row:?}") };
        let variant = variants.lines().find(|line| line.trim().starts_with(&format!("{view} = ")));
        for resource in resources.split(", ") {
            assert!(variant.is_some_and(|line| line.contains(&format!("\"{resource}\""))), "{resource}: {variant:?}");
        }
        let start = format!("    {view};\n    of EventData;\n");
        let accessors = types.split_once(&start).and_then(|(_, rest)| rest.split_once("\n}\n")).unwrap().0;
        for method in methods.split(", ") {
            assert!(accessors.contains(&format!(" => {method}: ")), "{view} has no method {method}");
        }
    }
}
