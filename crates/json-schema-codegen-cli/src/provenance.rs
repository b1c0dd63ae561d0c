//! Updates the table in the `PROVENANCE.md` of a schema folder, which records the origin and date of each file.

use std::env;

use jiff::Timestamp;

use crate::diagnostics::{Failure, Problem};

/// The name of the file in the schema folder that records where the schema files come from.
pub const PROVENANCE_FILE_NAME: &str = "PROVENANCE.md";

/// The columns of a new table. An existing table may have others, in any order after the first.
const DEFAULT_COLUMNS: [&str; 4] = ["File", "From", "Date", "Terms"];
/// The licence terms in the row of a file that is new in the table.
const DEFAULT_TERMS: &str = "see the source";

/// Returns the current date in UTC, such as `2026-03-18`. If the environment variable `SOURCE_DATE_EPOCH` is set,
/// returns the date of that time instead.
///
/// # Errors
/// If `SOURCE_DATE_EPOCH` is not a number of seconds.
pub fn format_current_date() -> Result<String, Failure> {
    let now = match env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            text.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(|| {
                let problem = Problem::new(format!("SOURCE_DATE_EPOCH is `{text}`, which is not a time"));
                Failure::from(problem.help("set it to a number of seconds since 1970, or unset it"))
            })?
        }
        Err(_) => Timestamp::now(),
    };
    Ok(now.strftime("%Y-%m-%d").to_string())
}

/// Returns the text of `PROVENANCE.md` with an updated table. Each file in `written` has a row with the origin `from`
/// and with `date`; files in `removed` have none. Other cells, the text around the table and the line ends stay.
///
/// `text` is the text of the file before; `None` if there is no file. A text without such a table gets one at its end.
pub fn update_provenance_table(
    text: Option<&str>,
    written: &[&str],
    removed: &[&str],
    from: &str,
    date: &str,
) -> String {
    let text = text.unwrap_or("# Where these files come from\n");
    let end_of_line = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let Some((header, mut end)) = find_provenance_table(&lines) else {
        lines.push(String::new());
        lines.push(format_row(&DEFAULT_COLUMNS));
        lines.push(format_row(&["---"; DEFAULT_COLUMNS.len()]));
        lines.extend(written.iter().map(|name| format_new_row(&DEFAULT_COLUMNS, name, from, date)));
        return lines.join(end_of_line) + end_of_line;
    };
    let columns = split_row_cells(&lines[header]);
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    for name in written {
        let present = (header + 2..end).find(|line| is_row_of_file(&lines[*line], name));
        match present {
            Some(line) => lines[line] = update_row(&columns, &lines[line], from, date),
            None => {
                lines.insert(end, format_new_row(&columns, name, from, date));
                end += 1;
            }
        }
    }
    let mut number = 0;
    lines.retain(|line| {
        number += 1;
        !((header + 3..=end).contains(&number) && removed.iter().any(|name| is_row_of_file(line, name)))
    });
    lines.join(end_of_line) + end_of_line
}

/// Returns (index of the header line, index of the line after the table) of the first table in `lines` whose first
/// column is `File`; `None` if there is no such table.
fn find_provenance_table(lines: &[String]) -> Option<(usize, usize)> {
    let is_header = |line: &String| split_row_cells(line).first().is_some_and(|cell| cell == DEFAULT_COLUMNS[0]);
    let header = lines.iter().position(is_header)?;
    let length = lines[header..].iter().take_while(|line| line.trim_start().starts_with('|')).count();
    (length >= 2).then_some((header, header + length))
}

/// Splits a row of a Markdown table into its cells: `| a \| b | c |` gives `a \| b` and `c`. Empty for a line that is
/// not a row.
fn split_row_cells(line: &str) -> Vec<String> {
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

/// Checks whether `line` is the table row of the file `name`.
fn is_row_of_file(line: &str, name: &str) -> bool {
    split_row_cells(line).first().is_some_and(|cell| cell.trim_matches('`') == name)
}

/// Returns the row for the file `name`, which is new in a table with these columns.
fn format_new_row(columns: &[&str], name: &str, from: &str, date: &str) -> String {
    let name = format!("`{name}`");
    let from = from.replace('|', "\\|");
    let cell = |column: &&str| match *column {
        "File" => name.as_str(),
        "From" => from.as_str(),
        "Date" => date,
        "Terms" => DEFAULT_TERMS,
        _ => "",
    };
    format_row(&columns.iter().map(cell).collect::<Vec<_>>())
}

/// Returns the table row `line` with the origin `from` and the date `date`; its other cells stay.
fn update_row(columns: &[&str], line: &str, from: &str, date: &str) -> String {
    let from = from.replace('|', "\\|");
    let present = split_row_cells(line);
    let cell = |(number, column): (usize, &&str)| match *column {
        "From" => from.clone(),
        "Date" => date.to_owned(),
        _ => present.get(number).cloned().unwrap_or_default(),
    };
    let cells: Vec<String> = columns.iter().enumerate().map(cell).collect();
    format_row(&cells)
}

/// Returns a row of a Markdown table: `| a | b |` for the cells `a` and `b`.
fn format_row(cells: &[impl AsRef<str>]) -> String {
    let text: String = cells.iter().map(|cell| format!(" {} |", cell.as_ref())).collect();
    format!("|{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_changed_files_change_and_the_text_around_stays() {
        let text = "# Sources\n\nWords | with bars.\n\n| File | Note | From | Date | Terms |\n| - | - | - | - | - |\n\
                    | `a.json` | a \\| b | web | 2020-01-01 | CC |\n| `b.json` | | web | 2020-01-01 | CC |\n\
                    | `c.patch.json` | | us | 2020-01-01 | ours |\n\nAfter it.\n";
        let expected = "# Sources\n\nWords | with bars.\n\n| File | Note | From | Date | Terms |\n| - | - | - | - | - |\n\
                        | `a.json` | a \\| b | new\\|api.yaml | 2026-03-18 | CC |\n| `b.json` | | web | 2020-01-01 | CC |\n\
                        | `d.json` |  | new\\|api.yaml | 2026-03-18 | see the source |\n\nAfter it.\n";
        let update_text = |text: &str| {
            update_provenance_table(Some(text), &["a.json", "d.json"], &["c.patch.json"], "new|api.yaml", "2026-03-18")
        };
        assert_eq!(update_text(text), expected);
        let with_crlf = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(update_text(&with_crlf(text)), with_crlf(expected));
    }

    #[test]
    fn table_is_added_to_a_text_without_one() {
        let table = "\n| File | From | Date | Terms |\n| --- | --- | --- | --- |\n\
                     | `a.json` | api.yaml | 2026-03-18 | see the source |\n";
        let update_text = |text| update_provenance_table(text, &["a.json"], &[], "api.yaml", "2026-03-18");
        assert_eq!(update_text(None), format!("# Where these files come from\n{table}"));
        assert_eq!(update_text(Some("Words.\n")), format!("Words.\n{table}"));
    }
}
