//! Finds names that rustc may warn of because of their characters: those that rustc calls uncommon, and letters
//! that look like letters of another script, if the name has no other letters of their script (a Cyrillic `а` in
//! a Latin word). Such lints can only be allowed for a whole crate, so an attribute in the output has no effect.

use unicode_security::GeneralSecurityProfile as _;
use unicode_security::confusable_detection::skeleton;
use unicode_security::mixed_script::{AugmentedScriptSet, is_potential_mixed_script_confusable_char};

/// Checks whether rustc may warn of the identifier `name` because of its characters outside ASCII.
pub(super) fn may_trigger_rustc_warning(name: &str) -> bool {
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

/// Checks whether `letter` looks like a single ASCII character: a Turkish `ı` does, an `é` and an `œ` do not.
fn looks_like_ascii(letter: char) -> bool {
    let text = letter.to_string();
    let mut looks = skeleton(&text);
    looks.next().is_some_and(|c| c.is_ascii()) && looks.next().is_none()
}

/// Replaces each letter and digit outside ASCII in `text` by its code point, between spaces: `а` (Cyrillic) becomes
/// ` U0430 `.
pub(super) fn replace_by_code_points(text: &str) -> String {
    let word = |c: char| match c.is_alphanumeric() && !c.is_ascii() {
        true => format!(" U{:04X} ", u32::from(c)),
        false => c.to_string(),
    };
    text.chars().map(word).collect()
}
