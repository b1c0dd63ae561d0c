//! Writes the types into `OUT_DIR`: generates them from `schema/` with the feature `codegen`, or copies the
//! checked-in ones from `generated/` without it.

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
    ExitCode::SUCCESS // Cargo fails the build because of the line `cargo::error`
}

/// Copies all files of `generated/` into `OUT_DIR`.
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
