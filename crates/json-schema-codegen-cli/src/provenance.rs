//! The table of a schema folder's `PROVENANCE.md`: where each file comes from, and when.

use std::env;

use jiff::Timestamp;

use crate::diagnostics::{Failure, Problem};

/// The name of the file.
pub const NAME: &str = "PROVENANCE.md";

const COLUMNS: [&str; 4] = ["File", "From", "Date", "Terms"];
/// The terms of a file that has none in the table.
const TERMS: &str = "see the source";

/// Today in UTC, as `2026-03-18`; the day of `SOURCE_DATE_EPOCH` where that is set.
///
/// # Errors
/// A `SOURCE_DATE_EPOCH` that is no number of seconds.
pub fn today() -> Result<String, Failure> {
    let now = match env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            text.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(|| {
                let problem = Problem::new(format!("SOURCE_DATE_EPOCH is `{text}`, which is no time"));
                Failure::from(problem.help("set it to seconds since 1970, or not at all"))
            })?
        }
        Err(_) => Timestamp::now(),
    };
    Ok(now.strftime("%Y-%m-%d").to_string())
}

/// The text with a row for each file that was written, and none for those that were removed. Rows
/// keep their terms and what other columns they have; all that is not the table stays, and so do the
/// ends of lines.
pub fn updated(text: Option<&str>, written: &[&str], removed: &[&str], from: &str, date: &str) -> String {
    let text = text.unwrap_or("# Where these files come from\n");
    let end_of_line = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let Some((header, mut end)) = table(&lines) else {
        lines.push(String::new());
        lines.push(row(&COLUMNS));
        lines.push(row(&["---"; COLUMNS.len()]));
        lines.extend(written.iter().map(|name| new_row(&COLUMNS, name, from, date)));
        return lines.join(end_of_line) + end_of_line;
    };
    let columns = cells(&lines[header]);
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    for name in written {
        let there = (header + 2..end).find(|line| is_of(&lines[*line], name));
        match there {
            Some(line) => lines[line] = changed_row(&columns, &lines[line], from, date),
            None => {
                lines.insert(end, new_row(&columns, name, from, date));
                end += 1;
            }
        }
    }
    let mut number = 0;
    lines.retain(|line| {
        number += 1;
        !((header + 3..=end).contains(&number) && removed.iter().any(|name| is_of(line, name)))
    });
    lines.join(end_of_line) + end_of_line
}

/// The line of the header of the first table whose first column has the files, and the line after
/// the table.
fn table(lines: &[String]) -> Option<(usize, usize)> {
    let is_header = |line: &String| cells(line).first().is_some_and(|cell| cell == COLUMNS[0]);
    let header = lines.iter().position(is_header)?;
    let length = lines[header..].iter().take_while(|line| line.trim_start().starts_with('|')).count();
    (length >= 2).then_some((header, header + length))
}

/// The cells of a row; none for a line that is no row.
fn cells(line: &str) -> Vec<String> {
    let Some(row) = line.trim().strip_prefix('|') else { return Vec::new() };
    let row = row.strip_suffix('|').unwrap_or(row);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in row.chars() {
        match cells.last_mut() {
            Some(cell) if c != '|' || escaped => cell.push(c),
            _ => cells.push(String::new()),
        }
        escaped = c == '\\' && !escaped;
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// Whether a row is the row of a file.
fn is_of(line: &str, name: &str) -> bool {
    cells(line).first().is_some_and(|cell| cell.trim_matches('`') == name)
}

fn new_row(columns: &[&str], name: &str, from: &str, date: &str) -> String {
    let name = format!("`{name}`");
    let from = from.replace('|', "\\|");
    let cell = |column: &&str| match *column {
        "File" => name.as_str(),
        "From" => from.as_str(),
        "Date" => date,
        "Terms" => TERMS,
        _ => "",
    };
    row(&columns.iter().map(cell).collect::<Vec<_>>())
}

fn changed_row(columns: &[&str], line: &str, from: &str, date: &str) -> String {
    let from = from.replace('|', "\\|");
    let there = cells(line);
    let cell = |(number, column): (usize, &&str)| match *column {
        "From" => from.clone(),
        "Date" => date.to_owned(),
        _ => there.get(number).cloned().unwrap_or_default(),
    };
    let cells: Vec<String> = columns.iter().enumerate().map(cell).collect();
    row(&cells)
}

fn row(cells: &[impl AsRef<str>]) -> String {
    let cells: String = cells.iter().map(|cell| format!(" {} |", cell.as_ref())).collect();
    format!("|{cells}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_change_where_files_did_and_the_text_around_stays() {
        let text = "# Sources\n\nWords | with bars.\n\n| File | Note | From | Date | Terms |\n| - | - | - | - | - |\n\
                    | `a.json` | a \\| b | web | 2020-01-01 | CC |\n| `b.json` | | web | 2020-01-01 | CC |\n\
                    | `c.patch.json` | | us | 2020-01-01 | ours |\n\nAfter it.\n";
        let expected = "# Sources\n\nWords | with bars.\n\n| File | Note | From | Date | Terms |\n| - | - | - | - | - |\n\
                        | `a.json` | a \\| b | new\\|api.yaml | 2026-03-18 | CC |\n| `b.json` | | web | 2020-01-01 | CC |\n\
                        | `d.json` |  | new\\|api.yaml | 2026-03-18 | see the source |\n\nAfter it.\n";
        let made =
            |text: &str| updated(Some(text), &["a.json", "d.json"], &["c.patch.json"], "new|api.yaml", "2026-03-18");
        assert_eq!(made(text), expected);
        let of_windows = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(made(&of_windows(text)), of_windows(expected));
    }

    #[test]
    fn table_is_made_where_there_is_none() {
        let table = "\n| File | From | Date | Terms |\n| --- | --- | --- | --- |\n\
                     | `a.json` | api.yaml | 2026-03-18 | see the source |\n";
        let made = |text| updated(text, &["a.json"], &[], "api.yaml", "2026-03-18");
        assert_eq!(made(None), format!("# Where these files come from\n{table}"));
        assert_eq!(made(Some("Words.\n")), format!("Words.\n{table}"));
    }
}
