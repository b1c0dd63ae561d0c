//! Says what a program has to look for where a value of another type is kept instead of making reading fail, which neither
//! the compiler nor an error shows.

use std::collections::BTreeSet;

use crate::changes::report::{Compatibility, Keeper, WireImpact};
use crate::changes::shown::format_json;

/// Most properties that a text names; the others are counted.
const MAX_NAMED: usize = 3;

/// Returns the text of [`Change::behavior`] for a change after which one version keeps values of the other beside their
/// fields; `None` if neither does.
///
/// [`Change::behavior`]: crate::changes::Change::behavior
pub(crate) fn describe_kept(wire: &WireImpact) -> Option<String> {
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
    let fields = name_all(keepers.iter().map(|keeper| format!("{}.{}", keeper.owner, keeper.field)));
    let kept_in = name_all(keepers.iter().map(|keeper| keeper.kept_in.clone()));
    let searched = name_all(keepers.iter().map(|keeper| format!(".{}", keeper.field)));
    Some(format!(
        "{fields} is `None` or empty, without an error, when {}; the value is in {kept_in}: search for {searched} in the \
         program; `get({:?})`, `as_any()` and `for_each_text()` find it in either place",
        readings.join(", or "),
        example.property
    ))
}

/// Returns the names as inline code, each once: the first few, then the number of the others.
fn name_all(names: impl Iterator<Item = String>) -> String {
    let names: BTreeSet<String> = names.collect();
    let named: Vec<String> = names.iter().take(MAX_NAMED).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(MAX_NAMED) {
        0 => named.join(", "),
        others => format!("{} and {others} more", named.join(", ")),
    }
}
