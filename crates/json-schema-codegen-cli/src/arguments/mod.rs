//! What the command line takes.

mod generate;

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub use generate::{Generate, OnDangling};

/// Rust types from any JSON Schema
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "\
Exit codes:
  0  done
  1  something is stale or differs
  2  could not complete

Examples:
  json-schema-codegen generate shop.json --out src/shop.rs
  json-schema-codegen init
  json-schema-codegen check"
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,

    /// Print errors alone, and what `generate`, `diagram`, `explain` and `completions` are asked for
    #[arg(short, long, global = true, display_order = 100)]
    pub quiet: bool,

    /// Print in colour; `auto`: on terminals, unless NO_COLOR or CLICOLOR_FORCE say otherwise
    #[arg(
        long,
        value_enum,
        global = true,
        display_order = 101,
        value_name = "auto|always|never",
        default_value = "auto",
        hide_possible_values = true
    )]
    pub color: Color,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a job: write a codegen.toml, which the commands on a job need
    #[command(after_help = "\
Exit codes:
  0  done
  2  could not complete, as where a codegen.toml is already; nothing is written

Examples:
  json-schema-codegen init
  json-schema-codegen init --root order.json --output src/shop.rs
  json-schema-codegen init --schema api/schemas --root order.json --root customer.json")]
    Init(Init),

    /// Write the types of a job, where they are not what the schema says
    #[command(after_help = "\
Examples:
  json-schema-codegen regenerate
  json-schema-codegen regenerate --config events/codegen.toml")]
    Regenerate(Job),

    /// Tell whether the types of a job are what the schema says, with a diff when they are not
    #[command(after_help = "\
Exit codes:
  0  the types are fresh
  1  they are stale or missing; the diff shows what `regenerate` would change
  2  could not complete

Examples:
  json-schema-codegen check
  json-schema-codegen check --config events/codegen.toml
  json-schema-codegen check --quiet || echo stale")]
    Check(Job),

    /// Take newer schemas into the schema folder of a job, write its types, and tell what changes
    #[command(after_help = "\
Takes the roots of the job, and all that they reach, as one file a schema. All files are written, or \
none. A schema that is there keeps its file and one that says the same keeps its text; files that \
the roots do not reach are left alone. The table in PROVENANCE.md says where each file is from.

Exit codes:
  0  done, or there was nothing to do
  2  could not complete; nothing is written

Examples:
  json-schema-codegen update --from openapi.yaml
  json-schema-codegen update --from openapi.json --pointer /components/schemas/Event --dry-run
  json-schema-codegen update --from ../published/schemas --drop-stale
  curl $URL | json-schema-codegen update --from - --source $URL")]
    Update(Update),

    /// Tell what the schema of a job changes: for those who depend on the types, and for documents
    #[command(after_help = "\
The baseline is what the job was: a revision of git, with the settings and schemas that it has; \
a folder with a codegen.toml or with schemas; or a schema file. A path that exists is no revision.

A change is breaking when code that depends on the types may no longer compile.

Exit codes:
  0  nothing has changed; with `--fail-on breaking`: nothing that is breaking
  1  something has changed
  2  could not complete

Examples:
  json-schema-codegen diff
  json-schema-codegen diff --baseline v0.3.0 --format markdown
  json-schema-codegen diff --baseline ../published/schema --fail-on breaking")]
    Diff(Diff),

    /// Generate types for any schema
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
    Generate(Generate),

    /// Draw the types of a job and what they hold, as a Mermaid diagram
    #[command(after_help = "\
Examples:
  json-schema-codegen diagram > types.mmd
  json-schema-codegen diagram --config events/codegen.toml")]
    Diagram(Job),

    /// Tell where a type or a field of a job comes from, and why it is what it is
    #[command(after_help = "\
Examples:
  json-schema-codegen explain Event
  json-schema-codegen explain Event.created
  json-schema-codegen explain /properties/created
  json-schema-codegen explain 'order.json#/properties/lines' --format json")]
    Explain(Explain),

    /// Print what makes a shell complete these commands
    #[command(after_help = "\
Examples:
  json-schema-codegen completions bash > ~/.local/share/bash-completion/completions/json-schema-codegen
  json-schema-codegen completions fish > ~/.config/fish/completions/json-schema-codegen.fish")]
    Completions {
        /// The shell
        #[arg(value_name = "SHELL")]
        shell: Shell,
    },
}

/// The script that makes a shell complete the commands.
pub fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "json-schema-codegen", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

#[derive(Debug, Args)]
pub struct Init {
    /// The folder of the schemas; it need not be there yet
    #[arg(long, value_name = "DIR", default_value = "schema")]
    pub schema: String,

    /// Generate this, and what it reaches, instead of all that is in the folder
    #[arg(long = "root", value_name = "FILE")]
    pub roots: Vec<String>,

    /// The file that the types are written to
    #[arg(long, value_name = "FILE", default_value = "generated/types.rs")]
    pub output: String,
}

#[derive(Debug, Args)]
pub struct Job {
    /// The file that describes the job [default: codegen.toml, here or in the nearest folder above]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// A type, a field, or a JSON pointer into a schema, with the file before `#` where several have it
    #[arg(value_name = "TYPE|TYPE.FIELD|POINTER")]
    pub what: String,

    /// The form of what is printed
    #[arg(long, value_enum, value_name = "text|json", default_value = "text", hide_possible_values = true)]
    pub format: ExplainFormat,

    #[command(flatten)]
    pub job: Job,
}

#[derive(Debug, Args)]
pub struct Diff {
    /// What to compare with: a git revision, a folder, or a schema file
    #[arg(long, value_name = "GIT_REV|FOLDER|FILE", default_value = "HEAD")]
    pub baseline: String,

    /// How to tell it: for a terminal, for a pull request, or for a program
    #[arg(long, value_enum, value_name = "text|markdown|json", default_value = "text", hide_possible_values = true)]
    pub format: ChangesFormat,

    /// Which changes make the exit code 1
    #[arg(long, value_enum, value_name = "any|breaking", default_value = "any", hide_possible_values = true)]
    pub fail_on: FailOn,

    #[command(flatten)]
    pub job: Job,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ExplainFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ChangesFormat {
    Text,
    Markdown,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Any,
    Breaking,
}

#[derive(Debug, Args)]
pub struct Update {
    /// A newer schema file, a folder of them, or an OpenAPI 3 document, in JSON or YAML; `-` for standard input
    #[arg(long, value_name = "PATH")]
    pub from: PathBuf,

    /// What PROVENANCE.md says the schemas are from, instead of PATH
    #[arg(long, value_name = "URL")]
    pub source: Option<String>,

    /// Take what this JSON pointer leads to in PATH, instead of the roots of the job
    #[arg(long = "pointer", value_name = "POINTER")]
    pub pointers: Vec<String>,

    /// Take out the corrections that no longer fit; without it they are errors
    #[arg(long)]
    pub drop_stale: bool,

    /// Tell what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    #[command(flatten)]
    pub job: Job,
}
