//! `init`: creates a `codegen.toml`.

use std::path::Path;

use serde_json::Value;

use crate::arguments::InitArguments;
use crate::config::CONFIG_FILE_NAME;
use crate::diagnostics::{Failure, Problem};
use crate::files;
use crate::outcome::CommandOutcome;
use crate::output::print_note;

/// Writes a `codegen.toml` with comments into the current folder, and prints notes on what to do next unless `quiet`.
///
/// # Errors
/// If there is one already, or if it cannot be written.
pub fn create_config(arguments: &InitArguments, quiet: bool) -> Result<CommandOutcome, Failure> {
    let path = Path::new(CONFIG_FILE_NAME);
    if path.symlink_metadata().is_ok() {
        let problem = Problem::new(format!("this folder already has a {CONFIG_FILE_NAME}"));
        return Err(problem.help("edit it, or remove it to create a new one").into());
    }
    files::write_files(&[(path, format_config(arguments))])?;
    print_note(quiet, &format!("wrote {CONFIG_FILE_NAME}"));
    if !Path::new(&arguments.schema).is_dir() {
        print_note(quiet, &format!("next: put your schemas into `{}`", arguments.schema));
    }
    print_note(quiet, &format!("next: `json-schema-codegen regenerate` writes the types to {}", arguments.output));
    Ok(CommandOutcome::Done)
}

/// Returns the text of a `codegen.toml` with these settings. Roots that begin with the schema folder are written
/// relative to it.
fn format_config(InitArguments { schema, roots, output }: &InitArguments) -> String {
    let root_in_folder = |root: &String| match Path::new(root).strip_prefix(schema) {
        Ok(name) => quote_toml_path(&name.to_string_lossy()),
        Err(_) => quote_toml_path(root),
    };
    let roots = match roots.is_empty() {
        true => "# roots = [\"order.json\"]".to_owned(),
        false => format!("roots = [{}]", roots.iter().map(root_in_folder).collect::<Vec<_>>().join(", ")),
    };
    let [schema, output] = [schema, output].map(|path| quote_toml_path(path));
    format!(
        "\
# The settings of json-schema-codegen. Paths are relative to the folder of this file. The documentation of
# `json_schema_codegen::Settings` lists all settings.

# The folder of the schemas.
schema = {schema}

# The schemas to generate types for, along with those that they refer to. Without roots: the whole folder.
{roots}

# The file with the types: `regenerate` writes it, `check` checks that it is up to date with the schemas.
output = {output}

# Mark the types as `#[non_exhaustive]`: code that uses them still compiles when newer schemas add something.
# non_exhaustive = true

# New names for types.
# [rename]
# OrderStateEnum = \"OrderState\"
"
    )
}

/// Returns a path as a TOML string, with `/` as the separator: `src\shop.rs` becomes `"src/shop.rs"`. The escapes of
/// TOML are those of JSON.
fn quote_toml_path(path: &str) -> String {
    Value::from(path.replace('\\', "/")).to_string()
}

#[cfg(test)]
mod tests {
    use json_schema_codegen::Generator;

    use super::*;

    /// Returns arguments of `init` with these roots, and with characters in the paths that TOML has to escape.
    fn make_init_arguments(roots: &[&str]) -> InitArguments {
        let roots = roots.iter().map(|root| (*root).to_owned()).collect();
        InitArguments { schema: "my \"schemas\"".to_owned(), roots, output: "src\\shop.rs".to_owned() }
    }

    #[test]
    fn written_arguments_are_read_as_settings() {
        let job = Generator::from_text(
            CONFIG_FILE_NAME,
            &format_config(&make_init_arguments(&["my \"schemas\"/order.json", "line.json"])),
        )
        .unwrap();
        let settings = job.settings();
        assert_eq!((settings.schema.as_str(), settings.output.as_str()), ("my \"schemas\"", "src/shop.rs"));
        assert_eq!(settings.roots, ["order.json", "line.json"]);
    }

    #[test]
    fn readme_shows_the_written_file() {
        let defaults =
            InitArguments { schema: "schema".to_owned(), roots: Vec::new(), output: "generated/types.rs".to_owned() };
        assert!(include_str!("../../README.md").contains(&format!("```toml\n{}```\n", format_config(&defaults))));
    }

    #[test]
    fn commented_settings_are_valid() {
        let is_setting = |line: &&str| line.contains(" = ") || line.starts_with("# [");
        let uncommented: Vec<String> = format_config(&make_init_arguments(&[]))
            .lines()
            .filter(is_setting)
            .map(|line| line.trim_start_matches("# ").to_owned())
            .collect();
        let job = Generator::from_text(CONFIG_FILE_NAME, &uncommented.join("\n")).unwrap();
        let settings = job.settings();
        assert_eq!((settings.roots.len(), settings.rename.len(), settings.non_exhaustive), (1, 1, true));
    }
}
