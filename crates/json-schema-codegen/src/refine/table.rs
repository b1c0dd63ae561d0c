//! Tables that a macro of the runtime takes: what is particular to a type, a row each.

use std::fmt;

/// An invocation of a macro of the runtime.
pub(crate) struct Table {
    macro_name: &'static str,
    rows: Vec<String>,
    /// The other items of the runtime that rows name.
    uses: Vec<&'static str>,
}

impl Table {
    /// A table for a macro; the head is its first row.
    pub(super) fn new(macro_name: &'static str, head: String) -> Self {
        Self { macro_name, rows: vec![head], uses: Vec::new() }
    }

    pub(super) fn row(&mut self, row: String) -> &mut Self {
        self.rows.push(row);
        self
    }

    /// Notes that rows name an item of the runtime.
    pub(super) fn uses(&mut self, item: &'static str) -> &mut Self {
        self.uses.push(item);
        self
    }

    /// The items of the runtime that the table needs.
    pub(super) fn needs(&self) -> impl Iterator<Item = &'static str> {
        self.uses.iter().copied().chain([self.macro_name])
    }
}

/// As it stands in the output.
impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "runtime::{}! {{", self.macro_name)?;
        for row in &self.rows {
            writeln!(f, "    {row};")?;
        }
        writeln!(f, "}}")
    }
}

/// A text as a literal of Rust.
pub(super) fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}
