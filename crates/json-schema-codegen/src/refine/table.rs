//! Tables that macros of the runtime take: a row for each property or value of a type.

use std::fmt;

/// An invocation of a macro of the runtime.
pub(crate) struct MacroTable {
    macro_name: &'static str,
    rows: Vec<String>,
    /// The other items of the runtime that rows name.
    uses: Vec<&'static str>,
    /// Whether the macro makes a type whose values are checked before they are read.
    is_checked: bool,
}

impl MacroTable {
    /// Creates a table for the macro `macro_name` of the runtime with `head` as its first row.
    pub(super) fn new(macro_name: &'static str, head: String) -> Self {
        Self { macro_name, rows: vec![head], uses: Vec::new(), is_checked: false }
    }

    /// Creates a table for the macro `macro_name` of the runtime, without rows.
    pub(super) fn without_rows(macro_name: &'static str) -> Self {
        Self { macro_name, rows: Vec::new(), uses: Vec::new(), is_checked: false }
    }

    /// Marks the table as that of a struct whose values are checked against assertions before they are read.
    pub(super) fn mark_values_checked(&mut self) {
        self.is_checked = true;
        self.uses.push("read_checked_object");
    }

    /// Adds `row`, a text without the semicolon at its end.
    pub(super) fn add_row(&mut self, row: String) -> &mut Self {
        self.rows.push(row);
        self
    }

    /// Records that a row names `item` of the runtime, so that the output contains it.
    pub(super) fn record_runtime_item(&mut self, item: &'static str) -> &mut Self {
        self.uses.push(item);
        self
    }

    /// Returns the names of the items of the runtime that the table needs: its macro, and those that rows name.
    pub(super) fn used_runtime_names(&self) -> impl Iterator<Item = &'static str> {
        self.uses.iter().copied().chain([self.macro_name])
    }
}

/// Writes the macro call as it is in the output.
impl fmt::Display for MacroTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let indent = if self.is_checked { "    " } else { "" };
        if self.is_checked {
            f.write_str(CHECKED_BLOCK_START)?;
        }
        writeln!(f, "{indent}runtime::{}! {{", self.macro_name)?;
        for row in &self.rows {
            writeln!(f, "{indent}    {row};")?;
        }
        writeln!(f, "{indent}}}")?;
        if self.is_checked { writeln!(f, "}};") } else { Ok(()) }
    }
}

/// The beginning of a block in which the macro of a struct reads objects by another function of the runtime.
const CHECKED_BLOCK_START: &str = "const _: () = {
    mod runtime {
        pub(super) use super::runtime::*;
        pub(super) use super::runtime::read_checked_object as read_object;
    }
";

/// Returns a text as a Rust string literal: `a"b` becomes `"a\"b"`.
pub(super) fn write_string_literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}
