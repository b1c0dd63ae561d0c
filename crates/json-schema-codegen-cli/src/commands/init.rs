//! `init`: begins a job.

use std::path::Path;

use serde_json::Value;

use crate::arguments::Init;
use crate::commands::Outcome;
use crate::config::NAME;
use crate::diagnostics::{Failure, Problem};
use crate::files;
use crate::output::note;

/// Writes a `codegen.toml` into the current folder.
///
/// # Errors
/// One that is there already, or cannot be written.
pub fn run(arguments: &Init, quiet: bool) -> Result<Outcome, Failure> {
    let path = Path::new(NAME);
    if path.symlink_metadata().is_ok() {
        let problem = Problem::new(format!("there is a {NAME} in this folder already"));
        return Err(problem.help("edit it, or remove it to begin anew").into());
    }
    files::write(&[(path, text(arguments))])?;
    note(quiet, &format!("wrote {NAME}"));
    if !Path::new(&arguments.schema).is_dir() {
        note(quiet, &format!("next: put your schemas into `{}`", arguments.schema));
    }
    note(quiet, &format!("next: `json-schema-codegen regenerate` writes the types to {}", arguments.output));
    Ok(Outcome::Done)
}

fn text(Init { schema, roots, output }: &Init) -> String {
    let in_folder = |root: &String| match Path::new(root).strip_prefix(schema) {
        Ok(name) => quoted(&name.to_string_lossy()),
        Err(_) => quoted(root),
    };
    let roots = match roots.is_empty() {
        true => "# roots = [\"order.json\"]".to_owned(),
        false => format!("roots = [{}]", roots.iter().map(in_folder).collect::<Vec<_>>().join(", ")),
    };
    let [schema, output] = [schema, output].map(|path| quoted(path));
    format!(
        "\
# A job of json-schema-codegen. Paths are from the folder of this file. All settings are in the documentation of
# `json_schema_codegen::Settings`.

# The folder of the schemas.
schema = {schema}

# What to generate, with all that it reaches; without it, all that is in the folder.
{roots}

# The file of the types: `regenerate` writes it, `check` tells whether it is what the schemas say.
output = {output}

# What newer schemas add breaks no code that uses the types.
# non_exhaustive = true

# Other names for types.
# [rename]
# OrderStateEnum = \"OrderState\"
"
    )
}

/// A text of TOML, whose escapes are those of JSON.
fn quoted(path: &str) -> String {
    Value::from(path.replace('\\', "/")).to_string()
}

#[cfg(test)]
mod tests {
    use json_schema_codegen::Generator;

    use super::*;

    fn init(roots: &[&str]) -> Init {
        let roots = roots.iter().map(|root| (*root).to_owned()).collect();
        Init { schema: "my \"schemas\"".to_owned(), roots, output: "src\\shop.rs".to_owned() }
    }

    #[test]
    fn what_is_asked_for_is_what_is_read() {
        let job = Generator::from_text(NAME, &text(&init(&["my \"schemas\"/order.json", "line.json"]))).unwrap();
        let settings = job.settings();
        assert_eq!((settings.schema.as_str(), settings.output.as_str()), ("my \"schemas\"", "src/shop.rs"));
        assert_eq!(settings.roots, ["order.json", "line.json"]);
    }

    #[test]
    fn readme_shows_what_is_written() {
        let asked = Init { schema: "schema".to_owned(), roots: Vec::new(), output: "generated/types.rs".to_owned() };
        assert!(include_str!("../../README.md").contains(&format!("```toml\n{}```\n", text(&asked))));
    }

    #[test]
    fn settings_in_comments_are_settings() {
        let is_setting = |line: &&str| line.contains(" = ") || line.starts_with("# [");
        let uncommented: Vec<String> =
            text(&init(&[])).lines().filter(is_setting).map(|line| line.trim_start_matches("# ").to_owned()).collect();
        let job = Generator::from_text(NAME, &uncommented.join("\n")).unwrap();
        let settings = job.settings();
        assert_eq!((settings.roots.len(), settings.rename.len(), settings.non_exhaustive), (1, 1, true));
    }
}
