//! Puts the types into `OUT_DIR`: generated from `schema/`, or, without the feature `codegen`, the
//! checked-in copy.

use std::process::ExitCode;

#[cfg(feature = "codegen")]
fn main() -> ExitCode {
    json_schema_codegen::build_script("codegen.toml")
}

#[cfg(not(feature = "codegen"))]
fn main() -> ExitCode {
    if let Err(error) = copy() {
        println!("cargo::error=generated/ cannot be copied: {error}");
    }
    ExitCode::SUCCESS // an error fails the build by its line
}

#[cfg(not(feature = "codegen"))]
fn copy() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=generated");
    let out = std::env::var_os("OUT_DIR").map(std::path::PathBuf::from).unwrap_or_default();
    for entry in std::fs::read_dir("generated")? {
        let entry = entry?;
        std::fs::copy(entry.path(), out.join(entry.file_name()))?;
    }
    Ok(())
}
