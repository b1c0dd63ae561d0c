//! Checks that the code blocks of README.md are parts of files of the project.

const README: &str = include_str!("../README.md");

/// Returns the lines of the first code block after the line of README.md that begins with `after`.
///
/// # Panics
/// If there is no such block.
fn read_block(after: &str) -> Vec<&'static str> {
    let mut lines =
        README.lines().skip_while(|line| !line.starts_with(after)).skip_while(|line| !line.starts_with("```"));
    assert!(lines.next().is_some(), "no code block after {after:?}");
    lines.take_while(|line| !line.starts_with("```")).collect()
}

/// Checks that `text` contains `lines` in this order, without regard to indentation. Other lines may be between them; a
/// line that ends with `…` is skipped.
#[track_caller]
fn check_lines_in(text: &str, lines: &[&str]) {
    let mut left = text.lines().map(str::trim);
    for line in lines.iter().map(|line| line.trim()).filter(|line| !line.ends_with('…')) {
        assert!(left.any(|other| other == line), "`{line}` of README.md is not there, or not in this place");
    }
}

#[test]
fn schema_is_from_the_schema() {
    check_lines_in(include_str!("../schema/webex-event-schema.json"), &read_block("This part of the schema"));
}

#[test]
fn type_is_as_generated() {
    check_lines_in(include_str!("../generated/event.rs"), &read_block("becomes this type"));
}

/// Checks that the documentation in `src/lib.rs` contains the lines of `program`.
#[track_caller]
fn check_documented(program: &[&str]) {
    let lines: Vec<String> = program.iter().map(|line| format!("//! {line}").trim_end().to_owned()).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    check_lines_in(include_str!("../src/lib.rs"), &lines);
}

#[test]
fn programs_are_those_that_the_documentation_runs() {
    check_documented(&read_block("A program"));
    check_documented(&read_block("### Pages and streams"));
}
