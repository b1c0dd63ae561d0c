//! Writes the types into `OUT_DIR`; `src/lib.rs` includes them.

use std::process::ExitCode;

fn main() -> ExitCode {
    json_schema_codegen::build_script("codegen.toml")
}
