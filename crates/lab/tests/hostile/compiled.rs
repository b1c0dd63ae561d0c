//! Compiles the output for all hostile schemas as one crate. Checks that none of its documentation runs as a test, and
//! that rustdoc has no warning.

use std::process::Command;

use crate::{cases, consumer, large};

#[test]
fn output_of_hostile_schemas_has_no_doctests_and_no_warnings() {
    let made = large::generate_small_families().into_iter().map(|(name, generated)| (name, Some(generated)));
    let cases = cases::list_cases().into_iter().map(|(name, case)| (name, cases::generate_case(&case).ok()));
    let mut lib = "#![deny(warnings)]\n".to_owned();
    let mut sources = Vec::new();
    for (name, generated) in made.chain(cases).filter_map(|(name, generated)| Some((name, generated?))) {
        lib += &format!("pub mod {name};\n");
        sources.push((format!("{name}.rs"), generated.types().to_owned()));
    }
    assert!(sources.len() > 15, "{} cases generate", sources.len());
    let sources: Vec<(&str, &str)> = sources.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = consumer::write_consumer_crate("hostile", "lib.rs", &lib, &sources);
    consumer::run_cargo(&folder, &["check", "--quiet", "--offline"]);
    let target = folder.parent().unwrap().join("consumers");
    let cargo = |arguments: &[&str]| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).current_dir(&folder).env("CARGO_TARGET_DIR", &target).env("RUSTDOCFLAGS", "-D warnings");
        let output = cargo.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "cargo {arguments:?}: {text}");
        text
    };
    cargo(&["doc", "--offline", "--no-deps"]);
    let tests = cargo(&["test", "--offline", "--doc"]);
    assert!(tests.contains("running 0 tests"), "{tests}");
}
