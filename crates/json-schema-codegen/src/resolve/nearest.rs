//! Lists the existing names most similar to a name that does not exist, for an error.

use std::cmp::Reverse;

/// Most names that an error lists.
const SHOWN: usize = 10;

/// Returns the up to ten `names` most similar to `text`, best first, each on a line of its own after a line
/// break: "\n`a`\n`b`\n… and 3 more". Empty without names.
pub(crate) fn list(names: impl IntoIterator<Item = impl AsRef<str>>, text: &str) -> String {
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_by_cached_key(|name| Reverse(similarity(name.as_ref(), text)));
    let shown = names.iter().take(SHOWN).map(|name| format!("\n`{}`", name.as_ref()));
    let hidden = names.len().checked_sub(SHOWN).filter(|hidden| *hidden > 0);
    shown.chain(hidden.map(|hidden| format!("\n… and {hidden} more"))).collect()
}

/// Counts the characters that two texts have in common at their beginnings and at their ends: `abxd` and
/// `abcd` give 3.
fn similarity(a: &str, b: &str) -> usize {
    let prefix = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let suffix = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count();
    prefix + suffix
}
