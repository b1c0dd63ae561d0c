//! Writes the types into `OUT_DIR`: with the feature `codegen`, generates them from `schema/`; without it, copies the
//! checked-in files from `generated/`.

use std::process::ExitCode;

#[cfg(feature = "codegen")]
fn main() -> ExitCode {
    json_schema_codegen::build_script("codegen.toml")
}

#[cfg(not(feature = "codegen"))]
fn main() -> ExitCode {
    if let Err(error) = copy_generated() {
        println!("cargo::error=generated/ cannot be copied: {error}");
    }
    ExitCode::SUCCESS // Cargo fails the build because of the line `cargo::error`
}

/// Copies all files of `generated/` into `OUT_DIR`.
#[cfg(not(feature = "codegen"))]
fn copy_generated() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=generated");
    let out = std::env::var_os("OUT_DIR").map(std::path::PathBuf::from).unwrap_or_default();
    for entry in std::fs::read_dir("generated")? {
        let entry = entry?;
        std::fs::copy(entry.path(), out.join(entry.file_name()))?;
    }
    Ok(())
}
