//! The arguments of the command line, and its help texts.

mod columns;
mod generate;
mod job;

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub use columns::ColumnsArguments;
pub use generate::{DanglingArgument, GenerateArguments, MismatchArgument};
pub use job::JobArguments;

/// Generate Rust types from any JSON Schema
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "\
Exit codes:
  0  success
  1  `check` found stale types, or `diff` found changes
  2  an error; it is on standard error

Examples:
  json-schema-codegen generate shop.json --out src/shop.rs
  json-schema-codegen init
  json-schema-codegen check"
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,

    /// Print only errors, and the results of `generate`, `diagram`, `columns`, `explain` and `completions`
    #[arg(short, long, global = true, display_order = 100)]
    pub quiet: bool,

    /// When to print in colour; `auto`: on a terminal, unless NO_COLOR or CLICOLOR_FORCE is set
    #[arg(
        long,
        value_enum,
        global = true,
        display_order = 101,
        value_name = "auto|always|never",
        default_value = "auto",
        hide_possible_values = true
    )]
    pub color: ColorArgument,
}

/// The values of `--color`: when to print in colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ColorArgument {
    Auto,
    Always,
    Never,
}

/// The commands and their arguments.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a codegen.toml, which names the schemas to generate from and the file to write
    #[command(after_help = "\
Exit codes:
  0  success
  2  an error, for example because there is a codegen.toml already; nothing is written

Examples:
  json-schema-codegen init
  json-schema-codegen init --root order.json --output src/shop.rs
  json-schema-codegen init --schema api/schemas --root order.json --root customer.json")]
    Init(InitArguments),

    /// Generate the types of a codegen.toml, and write the files that are not up to date
    #[command(after_help = "\
Examples:
  json-schema-codegen regenerate
  json-schema-codegen regenerate --config events/codegen.toml")]
    Regenerate(JobArguments),

    /// Check that the files of a codegen.toml are up to date with its schemas; print a diff if not
    #[command(after_help = "\
Exit codes:
  0  all files are up to date
  1  a file is stale or missing; the diff shows what `regenerate` would change
  2  an error

Examples:
  json-schema-codegen check
  json-schema-codegen check --config events/codegen.toml
  json-schema-codegen check --quiet || echo stale")]
    Check(JobArguments),

    /// Update the schema folder from newer schemas, regenerate the types, and report the changes
    #[command(after_help = "\
Copies the roots of the codegen.toml, and the schemas that they refer to, from PATH into the schema folder, \
one file for each schema. Either all files are written or none. A schema that has a file keeps its name; if its \
content is the same, its text is not changed. Files that the roots do not reach are not touched. The table in \
PROVENANCE.md records where each file is from.

Exit codes:
  0  success, or nothing to update
  2  an error; nothing is written

Examples:
  json-schema-codegen update --from openapi.yaml
  json-schema-codegen update --from openapi.json --pointer /components/schemas/Event --dry-run
  json-schema-codegen update --from ../published/schemas --drop-stale
  curl $URL | json-schema-codegen update --from - --source $URL")]
    Update(UpdateArguments),

    /// Report how the schemas have changed: for code that uses the types, and for the JSON that they read
    #[command(after_help = "\
The baseline is the old version: a git revision, with the codegen.toml and the schemas of that revision; \
a folder with a codegen.toml or with schemas; or a schema file. If a path of that name exists, it is not read as a revision.

A change is breaking if code that uses the types may no longer compile.

Exit codes:
  0  no change; with `--fail-on breaking`, no breaking change
  1  changes
  2  an error

Examples:
  json-schema-codegen diff
  json-schema-codegen diff --baseline v0.3.0 --format markdown
  json-schema-codegen diff --baseline ../published/schema --fail-on breaking")]
    Diff(DiffArguments),

    /// Generate types from any schema; needs no codegen.toml
    #[command(after_help = "\
Examples:
  json-schema-codegen generate shop.json
  json-schema-codegen generate shop.json --root '#/$defs/Order' --type-name Order
  json-schema-codegen generate schemas --root order.json --root customer.json --out src/shop.rs
  json-schema-codegen generate schemas --dangling widen --out src/shop.rs --report shop-report.json
  json-schema-codegen generate shop.json --settings codegen.toml --out src/shop.rs
  json-schema-codegen generate openapi.yaml --root '#/components/schemas/Order'
  json-schema-codegen generate shop.json --map https://schemas.example.com/=schemas --out src/shop.rs
  curl https://example.com/shop.json | json-schema-codegen generate - > src/shop.rs")]
    Generate(GenerateArguments),

    /// Print a Mermaid class diagram of the types of a codegen.toml
    #[command(after_help = "\
Examples:
  json-schema-codegen diagram > types.mmd
  json-schema-codegen diagram --config events/codegen.toml")]
    Diagram(JobArguments),

    /// Print the schema that a query engine needs to read files of events or other values: the types as columns
    #[command(after_help = "\
Texts, numbers, booleans, lists, maps and structs become columns of these types, in the order of the schema. Unions, any values \
and types that contain themselves become JSON text. A note on standard error has the reason for each such column, and for \
each property that is not a column.

  spark   the JSON of a StructType
  duckdb  the JSON object of names and types for read_json(columns = ...), and for from_json
  arrow   the JSON of a schema of the Rust crate arrow-schema, which arrow-json and DataFusion use

With `--views`, the output is an object: `columns` has the schema of the type, and `views` a schema for each view, with \
the property that it is a view of, and the values of the property that chooses it.

Examples:
  json-schema-codegen columns --for spark > event.spark.json
  json-schema-codegen columns --for duckdb --root Order --output order.duckdb.json
  json-schema-codegen columns --for arrow --views --report notes.json")]
    Columns(ColumnsArguments),

    /// Explain which part of a schema a type or field comes from, and why it has its Rust type
    #[command(after_help = "\
Examples:
  json-schema-codegen explain Event
  json-schema-codegen explain Event.created
  json-schema-codegen explain /properties/created
  json-schema-codegen explain 'order.json#/properties/lines' --format json")]
    Explain(ExplainArguments),

    /// Print the script that completes these commands in a shell
    #[command(after_help = "\
Examples:
  json-schema-codegen completions bash > ~/.local/share/bash-completion/completions/json-schema-codegen
  json-schema-codegen completions fish > ~/.config/fish/completions/json-schema-codegen.fish")]
    Completions {
        /// The shell to print the script for
        #[arg(value_name = "SHELL")]
        shell: Shell,
    },
}

/// Returns the script for `shell` that completes the commands and their arguments.
pub fn make_completion_script(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "json-schema-codegen", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// The folder of the schemas; it need not exist yet
    #[arg(long, value_name = "DIR", default_value = "schema")]
    pub schema: String,

    /// Generate only this schema and those that it refers to, instead of the whole folder; may be repeated
    #[arg(long = "root", value_name = "FILE")]
    pub roots: Vec<String>,

    /// The file to write the types to
    #[arg(long, value_name = "FILE", default_value = "generated/types.rs")]
    pub output: String,
}

/// The arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// A type, a field, a method of a view, or a JSON pointer into a schema; `FILE#POINTER` if several files have the pointer
    #[arg(value_name = "TYPE|TYPE.MEMBER|POINTER")]
    pub subject: String,

    /// The output format
    #[arg(long, value_enum, value_name = "text|json", default_value = "text", hide_possible_values = true)]
    pub format: ExplainFormat,

    #[command(flatten)]
    pub job: JobArguments,
}

/// The arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// The old version to compare with: a git revision, a folder, or a schema file
    #[arg(long, value_name = "GIT_REV|FOLDER|FILE", default_value = "HEAD")]
    pub baseline: String,

    /// The output format: text for a terminal, Markdown for a pull request, JSON for a program
    #[arg(long, value_enum, value_name = "text|markdown|json", default_value = "text", hide_possible_values = true)]
    pub format: ChangesFormat,

    /// Which changes make the exit code 1
    #[arg(long, value_enum, value_name = "any|breaking", default_value = "any", hide_possible_values = true)]
    pub fail_on: FailOnArgument,

    #[command(flatten)]
    pub job: JobArguments,
}

/// The values of `explain --format`, the format of the explanation.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ExplainFormat {
    Text,
    Json,
}

/// The values of `diff --format`, the format of the change report.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ChangesFormat {
    Text,
    Markdown,
    Json,
}

/// The values of `diff --fail-on`: which changes make the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOnArgument {
    Any,
    Breaking,
}

/// The arguments of `update`.
#[derive(Debug, Args)]
pub struct UpdateArguments {
    /// The newer schemas in JSON or YAML: a file, a folder, or an OpenAPI 3 document; `-` for standard input
    #[arg(long, value_name = "PATH")]
    pub from: PathBuf,

    /// The origin of the schemas to record in PROVENANCE.md, instead of PATH
    #[arg(long, value_name = "URL")]
    pub source: Option<String>,

    /// Update only the schema at this JSON pointer in PATH and those that it refers to, instead of the roots; may be repeated
    #[arg(long = "pointer", value_name = "POINTER")]
    pub pointers: Vec<String>,

    /// Remove the corrections (*.patch.json) that no longer apply; without this flag they are errors
    #[arg(long)]
    pub drop_stale: bool,

    /// Report what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Overwrite schema files with edits that are not committed to git; without this flag they are errors
    #[arg(long)]
    pub force: bool,

    #[command(flatten)]
    pub job: JobArguments,
}
