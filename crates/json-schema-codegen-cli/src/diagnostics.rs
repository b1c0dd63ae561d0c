//! Collects and prints the errors of a command.

use std::collections::HashMap;
use std::fmt::{self, Display};
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::iter;
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use json_schema_codegen::{Diagnostic, Errors, Position};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use crate::progress;
use crate::snippet::{Snippet, replace_unprintable};

/// The name that errors give to standard input in the place of a file.
pub const STANDARD_INPUT_NAME: &str = "<stdin>";

/// All errors that made a command fail.
pub struct Failure {
    problems: Vec<Problem>,
    /// The texts of files to quote from, by the paths in errors: texts that cannot be read from disk, such as standard
    /// input, and texts that were read already. `None` for a file that could not be read.
    texts: HashMap<String, Option<String>>,
}

/// One error: what is wrong, where, and how to solve it.
pub struct Problem {
    message: String,
    help: Option<String>,
    file: Option<String>,
    position: Option<Position>,
    /// JSON pointer of the value in the file; empty for the whole file, or without a file.
    pointer: String,
}

impl Problem {
    /// Creates an error without a location. `message` says what is wrong, without a full stop.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, file: None, position: None, pointer: String::new() }
    }

    /// Sets the help, which says how to solve the problem.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the line `help` to the help.
    pub fn add_help(self, help: &str) -> Self {
        let before = self.help.as_ref().map(|before| format!("{before}\n")).unwrap_or_default();
        self.help(before + help)
    }
}

impl From<&Diagnostic> for Problem {
    fn from(found: &Diagnostic) -> Self {
        Self {
            message: found.message.clone(),
            help: found.help.clone(),
            file: found.file.clone(),
            position: found.position,
            pointer: found.pointer.clone().unwrap_or_default(),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        iter::once(problem).collect()
    }
}

impl FromIterator<Problem> for Failure {
    fn from_iter<I: IntoIterator<Item = Problem>>(problems: I) -> Self {
        Self { problems: problems.into_iter().collect(), texts: HashMap::new() }
    }
}

impl From<Errors> for Failure {
    fn from(errors: Errors) -> Self {
        errors.diagnostics().iter().map(Problem::from).collect()
    }
}

impl Failure {
    /// Creates the error for the file at `path` on which an operation failed. `operation` is a participle: "read",
    /// "written".
    pub fn io_error(path: &Path, operation: &str, error: &io::Error) -> Self {
        let problem =
            Problem::new(format!("cannot be {operation}: {error}")).help("check the path and its permissions");
        Problem { file: Some(path.display().to_string()), ..problem }.into()
    }

    /// Sets the text of `file`, which cannot be read from disk, so that errors can quote from it.
    pub fn with_file_text(mut self, file: &str, text: String) -> Self {
        self.texts.insert(file.to_owned(), Some(text));
        self
    }

    /// Prints all errors to standard error, each with the lines of the file around its position, and the number of
    /// errors if there are several.
    pub fn print_errors(self) {
        let handler = make_error_printer();
        let mut texts = self.texts;
        let mut printed = String::new();
        for problem in &self.problems {
            let text = problem
                .file
                .as_ref()
                .and_then(|file| texts.entry(file.clone()).or_insert_with(|| fs::read_to_string(file).ok()).as_deref());
            // Writing to a string cannot fail.
            let _ = handler.render_report(&mut printed, &PrintedProblem::new(problem, text));
            printed.push('\n');
        }
        match self.problems.len() {
            1 => drop(printed.pop()),
            count => printed += &format!("{count} errors\n"),
        }
        progress::end_progress_display();
        // If standard error is closed, there is nowhere to report it.
        let _ = io::stderr().write_all(printed.as_bytes());
    }
}

/// Creates the printer of errors: with colour and line drawing on a terminal, otherwise plain. It never wraps lines, so
/// that the output does not depend on the width of the terminal.
fn make_error_printer() -> GraphicalReportHandler {
    let theme = match AutoStream::choice(&io::stderr()) {
        ColorChoice::Never if io::stderr().is_terminal() => GraphicalTheme::unicode_nocolor(),
        ColorChoice::Never => GraphicalTheme::none(),
        _ => GraphicalTheme::unicode(),
    };
    GraphicalReportHandler::new_themed(theme).with_wrap_lines(false).without_syntax_highlighting()
}

/// A [`Problem`] in the form that miette prints.
#[derive(Debug)]
struct PrintedProblem {
    message: String,
    help: Option<String>,
    label: String,
    snippet: Option<Snippet>,
}

impl PrintedProblem {
    /// Prepares `problem` for printing. Quotes from `text`, the text of the problem's file, if the problem has a
    /// position in it; otherwise the message begins with the file and the position.
    fn new(problem: &Problem, text: Option<&str>) -> Self {
        let file = problem.file.as_deref().unwrap_or_default();
        // The columns of positions do not count a byte order mark.
        let text = text.map(|text| text.strip_prefix('\u{FEFF}').unwrap_or(text));
        let text = text.filter(|text| !text.trim().is_empty());
        let snippet = text.zip(problem.position).map(|(text, position)| Snippet::new(file, text, position));
        let location = match (file, problem.position) {
            _ if snippet.is_some() => String::new(),
            ("", _) => String::new(),
            (file, None) => format!("{file}: "),
            (file, Some(Position { line, column, .. })) => format!("{file}:{line}:{column}: "),
        };
        Self {
            message: replace_unprintable(&format!("{location}{}", problem.message)),
            help: problem.help.as_deref().map(replace_unprintable),
            label: replace_unprintable(if problem.pointer.is_empty() { "here" } else { &problem.pointer }),
            snippet,
        }
    }
}

impl Display for PrintedProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PrintedProblem {}

impl miette::Diagnostic for PrintedProblem {
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|snippet| snippet as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let snippet = self.snippet.as_ref()?;
        let label = LabeledSpan::new_with_span(Some(self.label.clone()), snippet.underlined_range());
        Some(Box::new(std::iter::once(label)))
    }
}
