//! Counts the results for each file of the suite, and writes them as a table.

use lab::equality::are_equal_json;
use serde_json::Value;

use crate::suite::SuiteCase;

/// The figures of one file of the suite.
#[derive(Default)]
pub struct FileRow {
    file: String,
    pub groups: usize,
    valid: usize,
    accepted: usize,
    equal: usize,
    invalid: usize,
    rejected_by_schema: usize,
    rejected_by_types: usize,
    must_reject: usize,
    must_and_do: usize,
    accepted_strictly: usize,
    rejected_strictly: usize,
}

/// Returns the row of `file`: the last one in `rows` if it is the file's, otherwise a new row that is added at the end.
pub fn find_or_add_row<'a>(rows: &'a mut Vec<FileRow>, file: &str) -> &'a mut FileRow {
    if rows.last().is_none_or(|row| row.file != file) {
        rows.push(FileRow { file: file.to_owned(), ..FileRow::default() });
    }
    rows.last_mut().unwrap()
}

impl FileRow {
    /// Counts a case in the figures. `read` is the result of reading with the types, `valid` says whether the schema
    /// accepts the instance, and `must` whether the types must reject it. Returns in words what is wrong with the
    /// results; `None` if nothing is.
    pub fn count_lenient_case(
        &mut self,
        case: &SuiteCase,
        read: &Result<Value, String>,
        valid: bool,
        must: bool,
    ) -> Option<String> {
        if !case.valid {
            self.invalid += 1;
            self.rejected_by_schema += usize::from(!valid);
            self.rejected_by_types += usize::from(read.is_err());
            self.must_reject += usize::from(must);
            self.must_and_do += usize::from(must && read.is_err());
            let is_wrong = valid || (must && read.is_ok());
            return is_wrong.then(|| format!("{} is taken", case.document));
        }
        self.valid += 1;
        self.accepted += usize::from(read.is_ok());
        match read {
            Ok(written) if are_equal_json(written, &case.document) => {
                self.equal += 1;
                None
            }
            Ok(written) => Some(format!("{} comes back as {written}", case.document)),
            Err(error) => Some(format!("{} is refused: {error}", case.document)),
        }
    }

    /// Counts a case that the strict types have read with the result `read`. Returns in words what is wrong, or `None`.
    pub fn count_strict_case(&mut self, case: &SuiteCase, read: &Result<Value, String>) -> Option<String> {
        if !case.valid {
            self.rejected_strictly += usize::from(read.is_err());
            return None;
        }
        self.accepted_strictly += usize::from(read.is_ok());
        match read {
            Ok(written) if are_equal_json(written, &case.document) => None,
            Ok(written) => Some(format!("{} comes back as {written}", case.document)),
            Err(error) => Some(format!("{} is refused: {error}", case.document)),
        }
    }

    /// Returns the figures in the order of the table's columns.
    fn figures_in_column_order(&self) -> [usize; 11] {
        [
            self.groups,
            self.valid,
            self.accepted,
            self.equal,
            self.invalid,
            self.rejected_by_schema,
            self.rejected_by_types,
            self.must_reject,
            self.must_and_do,
            self.accepted_strictly,
            self.rejected_strictly,
        ]
    }
}

#[test]
fn whole_numbers_are_equal_only_with_the_same_value() {
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    for (one, other) in [("1", "1.0"), ("-0", "0.0"), ("1e3", "1000"), ("9007199254740992", "9007199254740992.0")] {
        assert!(are_equal_json(&parsed(one), &parsed(other)), "{one} {other}");
    }
    for (one, other) in [
        ("9007199254740993", "9007199254740992"),
        ("9007199254740993", "9007199254740992.0"),
        ("18446744073709551615", "18446744073709551616"),
        ("1", "1.5"),
    ] {
        assert!(!are_equal_json(&parsed(one), &parsed(other)), "{one} {other}");
    }
}

/// Returns the table in Markdown, with the sums in the last row.
pub fn format_table(rows: &[FileRow]) -> String {
    let mut text = String::from(
        "| File | Schemas | Valid | Accepted | Written back equal | Invalid | Rejected with `validate` | Rejected by the types | Types must reject | Types do reject | Accepted by strict types | Rejected by strict types |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    let mut sum = [0; 11];
    for row in rows {
        sum.iter_mut().zip(row.figures_in_column_order()).for_each(|(sum, figure)| *sum += figure);
        text += &format_table_row(&row.file, row.figures_in_column_order());
    }
    text + &format_table_row("**all**", sum)
}

/// Returns a row of the Markdown table: `| name | 1 | 2 |`.
fn format_table_row(name: &str, figures: [usize; 11]) -> String {
    let cells: Vec<String> = figures.iter().map(usize::to_string).collect();
    format!("| {name} | {} |\n", cells.join(" | "))
}

/// Returns the complete text of `docs/CONFORMANCE.md`.
pub fn format_conformance_page(rows: &[FileRow]) -> String {
    format!("{}\n{}", include_str!("introduction.md"), format_table(rows))
}
