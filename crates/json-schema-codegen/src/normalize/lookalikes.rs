//! Names with characters that rustc warns of: those that it calls uncommon, and letters of a script of
//! which a name has only such as look like letters of another one (a Cyrillic `а` in a Latin word). Such
//! lints are of a whole crate: no attribute in the output could allow them.

use unicode_security::GeneralSecurityProfile as _;
use unicode_security::confusable_detection::skeleton;
use unicode_security::mixed_script::{AugmentedScriptSet, is_potential_mixed_script_confusable_char};

/// Whether rustc would warn of a name for its characters.
pub(super) fn is_refused(name: &str) -> bool {
    let foreign: Vec<char> = name.chars().filter(|c| !c.is_ascii()).collect();
    let is_lookalike = |c: &char| {
        let script = AugmentedScriptSet::for_char(*c);
        let tells = |other: &char| {
            AugmentedScriptSet::for_char(*other) == script && !is_potential_mixed_script_confusable_char(*other)
        };
        match script.is_all() || script == AugmentedScriptSet::for_char('a') {
            true => looks_like_ascii(*c),
            false => !foreign.iter().any(tells),
        }
    };
    foreign.iter().any(|c| !c.identifier_allowed() || is_lookalike(c))
}

/// Whether a letter looks like one of ASCII: a Turkish `ı` does, an `é` and an `œ` do not.
fn looks_like_ascii(letter: char) -> bool {
    let text = letter.to_string();
    let mut looks = skeleton(&text);
    looks.next().is_some_and(|c| c.is_ascii()) && looks.next().is_none()
}

/// Returns the text with each letter and digit past ASCII as a word of its code point: `а` becomes ` U0430 `.
pub(super) fn by_code(text: &str) -> String {
    let word = |c: char| match c.is_alphanumeric() && !c.is_ascii() {
        true => format!(" U{:04X} ", u32::from(c)),
        false => c.to_string(),
    };
    text.chars().map(word).collect()
}
