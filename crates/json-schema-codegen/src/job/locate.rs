//! Finds the settings that diagnostics are about in the text of `codegen.toml`.

use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::location::unescape_pointer_step;

/// Adds the path `file` of `codegen.toml`, and the line and column of the setting in its `text`, to a diagnostic that
/// names a setting by a JSON pointer such as `/views/Event.data/by`. If the text does not show the setting on a line of
/// its own (it may be in an inline table), the position is that of the table around it. Returns any other diagnostic
/// unchanged.
pub(super) fn locate_setting(diagnostic: Diagnostic, file: &str, text: &str) -> Diagnostic {
    let pointer = diagnostic.pointer.as_deref().filter(|_| diagnostic.kind == DiagnosticKind::Settings);
    let Some(pointer) = pointer.filter(|_| diagnostic.file.is_none()) else { return diagnostic };
    let steps: Vec<String> = pointer.split('/').skip(1).map(unescape_pointer_step).collect();
    let (line, column) = find_key_position(text, &steps);
    diagnostic.with_file(file).with_position(line, column)
}

/// Returns the line and column, from 1, in the TOML `text` of the key with the path `steps`, or else of the table with
/// the longest path that `steps` begins with; (1, 1) if there is neither. A table `values` may be missing in `steps`
/// before the last step.
fn find_key_position(text: &str, steps: &[String]) -> (usize, usize) {
    let mut table: Vec<String> = Vec::new();
    let mut found = (0, (1, 1));
    for (number, line) in text.lines().enumerate() {
        let start = line.trim_start();
        let mut path = match start.strip_prefix('[') {
            Some(header) => {
                table = split_dotted_key(header, ']');
                table.clone()
            }
            None if start.contains('=') => table.iter().cloned().chain(split_dotted_key(start, '=')).collect(),
            None => continue,
        };
        if path.len() > 1 && path.get(path.len() - 2).is_some_and(|step| step == "values") {
            path.remove(path.len() - 2);
        }
        if path.len() > found.0 && steps.starts_with(&path) {
            let column = line.chars().count() - start.chars().count() + 1;
            found = (path.len(), (number + 1, column));
        }
    }
    found.1
}

/// Splits the dotted key that `text` begins with, and that ends before the character `end`: `views."Event.data"]` with
/// the end `]` gives `views` and `Event.data`. Escapes in quotes stay as they are written.
fn split_dotted_key(text: &str, end: char) -> Vec<String> {
    let mut keys = vec![String::new()];
    let mut quote = None;
    for c in text.chars() {
        match quote {
            None if c == end => break,
            None if c == '.' => keys.push(String::new()),
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c.is_whitespace() => {}
            Some(open) if c == open => quote = None,
            _ => keys.last_mut().into_iter().for_each(|key| key.push(c)),
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::find_key_position;

    #[test]
    fn setting_is_found_in_its_table_or_the_table_around_it() {
        let text =
            "roots = []\n[views.\"Event.data\"]\n  by = 'kind'\n[views.'Event.data'.values]\nmethod = 'a.json'\n";
        let at =
            |steps: &[&str]| find_key_position(text, &steps.iter().map(|step| (*step).to_owned()).collect::<Vec<_>>());
        assert_eq!(at(&["views", "Event.data"]), (2, 1));
        assert_eq!(at(&["views", "Event.data", "by"]), (3, 3));
        assert_eq!(at(&["views", "Event.data", "method"]), (5, 1));
        assert_eq!(at(&["views", "Event.data", "gone"]), (2, 1));
        assert_eq!(at(&["rename", "Event"]), (1, 1));
    }
}
