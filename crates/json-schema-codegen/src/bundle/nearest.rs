//! The names that are most like one that does not exist, for an error.

use std::cmp::Reverse;

/// How many names an error lists.
const SHOWN: usize = 10;

/// The names, a line each, those first that begin and end as the text does.
pub(crate) fn list(names: impl IntoIterator<Item = impl AsRef<str>>, text: &str) -> String {
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_by_cached_key(|name| Reverse(alike(name.as_ref(), text)));
    let shown = names.iter().take(SHOWN).map(|name| format!("\n`{}`", name.as_ref()));
    let rest = names.len().checked_sub(SHOWN).filter(|rest| *rest > 0).map(|rest| format!("\n… and {rest} more"));
    shown.chain(rest).collect()
}

/// How many characters two texts have in common at their beginnings and at their ends.
fn alike(one: &str, other: &str) -> usize {
    let first = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let last = one.chars().rev().zip(other.chars().rev()).take_while(|(one, other)| one == other).count();
    first + last
}
