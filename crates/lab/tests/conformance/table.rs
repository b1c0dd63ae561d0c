//! Counts the results for each file of the suite, and writes them as a table.

use lab::equality::equal;
use serde_json::Value;

use crate::suite::Case;

/// The figures of one file of the suite.
#[derive(Default)]
pub struct Row {
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

/// Returns the row of `file`: the last of `rows` if it is that of `file`, otherwise a new one that is added.
pub fn row<'a>(rows: &'a mut Vec<Row>, file: &str) -> &'a mut Row {
    if rows.last().is_none_or(|row| row.file != file) {
        rows.push(Row { file: file.to_owned(), ..Row::default() });
    }
    rows.last_mut().unwrap()
}

impl Row {
    /// Counts a case. `read` is the result of the types, `valid` says whether the schema accepts the case, and `must` whether
    /// the types must reject it. Returns in words what is wrong, or `None`.
    pub fn count(&mut self, case: &Case, read: &Result<Value, String>, valid: bool, must: bool) -> Option<String> {
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
            Ok(written) if equal(written, &case.document) => {
                self.equal += 1;
                None
            }
            Ok(written) => Some(format!("{} comes back as {written}", case.document)),
            Err(error) => Some(format!("{} is refused: {error}", case.document)),
        }
    }

    /// Counts a case that the strict types have read with the result `read`. Returns in words what is wrong, or `None`.
    pub fn count_strict(&mut self, case: &Case, read: &Result<Value, String>) -> Option<String> {
        if !case.valid {
            self.rejected_strictly += usize::from(read.is_err());
            return None;
        }
        self.accepted_strictly += usize::from(read.is_ok());
        match read {
            Ok(written) if equal(written, &case.document) => None,
            Ok(written) => Some(format!("{} comes back as {written}", case.document)),
            Err(error) => Some(format!("{} is refused: {error}", case.document)),
        }
    }

    fn figures(&self) -> [usize; 11] {
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
fn whole_numbers_are_compared_exactly() {
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    for (one, other) in [("1", "1.0"), ("-0", "0.0"), ("1e3", "1000"), ("9007199254740992", "9007199254740992.0")] {
        assert!(equal(&parsed(one), &parsed(other)), "{one} {other}");
    }
    for (one, other) in [
        ("9007199254740993", "9007199254740992"),
        ("9007199254740993", "9007199254740992.0"),
        ("18446744073709551615", "18446744073709551616"),
        ("1", "1.5"),
    ] {
        assert!(!equal(&parsed(one), &parsed(other)), "{one} {other}");
    }
}

/// Returns the table in Markdown, with the sums in the last row.
pub fn markdown(rows: &[Row]) -> String {
    let mut text = String::from(
        "| File | Schemas | Valid | Accepted | Written back equal | Invalid | Rejected with `validate` | Rejected by the types | Types must reject | Types do reject | Accepted by strict types | Rejected by strict types |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    let mut sum = [0; 11];
    for row in rows {
        sum.iter_mut().zip(row.figures()).for_each(|(sum, figure)| *sum += figure);
        text += &line(&row.file, row.figures());
    }
    text + &line("**all**", sum)
}

fn line(name: &str, figures: [usize; 11]) -> String {
    let cells: Vec<String> = figures.iter().map(usize::to_string).collect();
    format!("| {name} | {} |\n", cells.join(" | "))
}

/// Returns the complete text of `docs/CONFORMANCE.md`.
pub fn document(rows: &[Row]) -> String {
    format!("{}\n{}", include_str!("introduction.md"), markdown(rows))
}
