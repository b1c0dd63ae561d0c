//! The diagram in the project's `docs/TYPES.md` is the output of `diagram`.

use std::path::Path;
use std::process::Command;

#[test]
fn documentation_shows_the_current_output_of_diagram() -> std::io::Result<()> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut diagram = Command::new(env!("CARGO_BIN_EXE_json-schema-codegen"));
    let output = diagram.args(["diagram", "--config", "codegen.toml"]).current_dir(&project).output()?;
    let drawn = String::from_utf8_lossy(&output.stdout);
    assert!(drawn.starts_with("classDiagram\n"), "{}", String::from_utf8_lossy(&output.stderr));

    let page = std::fs::read_to_string(project.join("docs/TYPES.md"))?;
    let shown = page.split_once("```mermaid\n").and_then(|(_, rest)| rest.split_once("```"));
    assert_eq!(
        shown.map(|(shown, _)| shown),
        Some(&*drawn),
        "replace the diagram in docs/TYPES.md by the output of `cargo codegen diagram`"
    );
    Ok(())
}
