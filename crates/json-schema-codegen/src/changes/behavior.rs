//! Describes where a program finds a value of another type that is kept beside its field instead of making reading
//! fail. Neither the compiler nor an error shows such a change.

use std::collections::BTreeSet;

use crate::changes::report::{Compatibility, Keeper, WireImpact};
use crate::changes::shown::format_json;

/// Most fields that a text names; the text only counts the others.
const MAX_NAMED_FIELDS: usize = 3;

/// Returns the text of [`Change::behavior`] for a change after which one version, when it reads instances of the other,
/// keeps some values beside their fields. `None` if neither version keeps such values.
///
/// [`Change::behavior`]: crate::changes::Change::behavior
pub(crate) fn describe_kept_values(wire: &WireImpact) -> Option<String> {
    let sides = [("old", "new schema", &wire.old_reads_new), ("new", "old schema", &wire.new_reads_old)];
    let mut keepers: BTreeSet<&Keeper> = BTreeSet::new();
    let mut readings = Vec::new();
    for (reader, writer, reading) in sides {
        let Compatibility::Keeps { document, by } = reading else { continue };
        keepers.extend(by);
        readings.push(match document {
            Some(document) => format!("the {reader} types read `{}`, which the {writer} allows", format_json(document)),
            None => format!("the {reader} types read some values that the {writer} allows"),
        });
    }
    let example = keepers.first()?;
    let fields = join_inline_code(keepers.iter().map(|keeper| format!("{}.{}", keeper.owner, keeper.field)));
    let kept_in = join_inline_code(keepers.iter().map(|keeper| keeper.kept_in.clone()));
    let searched = join_inline_code(keepers.iter().map(|keeper| format!(".{}", keeper.field)));
    Some(format!(
        "{fields} is `None` or empty, without an error, when {}; the value is in {kept_in}: search for {searched} in the \
         program; `get({:?})`, `as_any()` and `for_each_text()` find it in either place",
        readings.join(", or "),
        example.property
    ))
}

/// Joins `names` as inline code without duplicates: at most [`MAX_NAMED_FIELDS`], then the number of the others, as in
/// `` `a`, `b`, `c` and 2 more``.
fn join_inline_code(names: impl Iterator<Item = String>) -> String {
    let names: BTreeSet<String> = names.collect();
    let named: Vec<String> = names.iter().take(MAX_NAMED_FIELDS).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(MAX_NAMED_FIELDS) {
        0 => named.join(", "),
        others => format!("{} and {others} more", named.join(", ")),
    }
}
