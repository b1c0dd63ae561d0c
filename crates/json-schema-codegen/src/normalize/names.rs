//! Makes Rust names from texts of a schema, such as property names and titles, and keeps the names of one
//! scope different from each other.

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization as _;

use crate::normalize::lookalikes;

/// The words for symbols. A name has them if the text has no letter and no digit (`+` becomes `Plus`), or if
/// the name without them is taken (`C` and `C++` become `C` and `CPlusPlus`).
const SYMBOLS: &[(char, &str)] = &[
    ('!', "Not"),
    ('"', "Quote"),
    ('#', "Hash"),
    ('$', "Dollar"),
    ('%', "Percent"),
    ('&', "And"),
    ('\'', "Apostrophe"),
    ('(', "OpenParenthesis"),
    (')', "CloseParenthesis"),
    ('*', "Star"),
    ('+', "Plus"),
    (',', "Comma"),
    ('-', "Minus"),
    ('.', "Dot"),
    ('/', "Slash"),
    (':', "Colon"),
    (';', "Semicolon"),
    ('<', "Less"),
    ('=', "Equal"),
    ('>', "Greater"),
    ('?', "Question"),
    ('@', "At"),
    ('[', "OpenBracket"),
    ('\\', "Backslash"),
    (']', "CloseBracket"),
    ('^', "Caret"),
    ('_', "Underscore"),
    ('`', "Backtick"),
    ('{', "OpenBrace"),
    ('|', "Or"),
    ('}', "CloseBrace"),
    ('~', "Tilde"),
    ('×', "Times"),
    ('÷', "DividedBy"),
    ('\u{2044}', "Slash"), // the fraction slash: compatibility decomposition makes it of `½`
    ('←', "LeftArrow"),
    ('→', "RightArrow"),
    ('≈', "AlmostEqual"),
    ('≠', "NotEqual"),
    ('≤', "LessOrEqual"),
    ('≥', "GreaterOrEqual"),
];

/// Most characters of a text that a name is made of. Longer texts with the same first characters get numbers.
const NAMING: usize = 200;

/// Returns the first 200 characters of `text`, the only ones that a name is made of; all of a shorter text.
pub(crate) fn beginning(text: &str) -> &str {
    text.char_indices().nth(NAMING).map_or(text, |(end, _)| &text[..end])
}

/// Returns the name of a type or variant for `text`: `call_records` becomes `CallRecords`, and the keyword
/// `self` becomes `Self_`. A name that would begin with a digit gets an `N` (`2xx` becomes `N2xx`); one that
/// would be empty is `Empty`.
pub(crate) fn type_name(text: &str) -> String {
    let name = cased(text, |words| words.to_upper_camel_case(), char::is_lowercase);
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_numeric() => format!("N{name}"),
        Some(_) if is_reserved(&name) => format!("{name}_"),
        Some(_) => name,
    }
}

/// Joins two names of types: `Root` and `Meta` become `RootMeta`. Removes the `_` that either has behind a
/// keyword: `Self_` and `Meta` become `SelfMeta`.
pub(crate) fn joined(first: &str, second: &str) -> String {
    let plain = |name: &str| match name.strip_suffix('_') {
        Some(keyword) if is_reserved(keyword) => keyword.to_owned(),
        _ => name.to_owned(),
    };
    let name = plain(first) + &plain(second);
    if is_reserved(&name) { format!("{name}_") } else { name }
}

/// Returns the words of the beginning of `text`, put together by `case`. If the result begins with a character
/// for which `is_other` is true (a letter of the wrong case), or rustc may warn of its characters, the letters
/// and digits past ASCII are replaced by their code points: `а` (Cyrillic) becomes `U0430`. May be empty or
/// begin with a digit.
fn cased(text: &str, case: fn(&str) -> String, is_other: fn(char) -> bool) -> String {
    let text: String = beginning(text).nfkc().collect();
    let name = case(&words(&text));
    let is_refused = name.starts_with(is_other) || lookalikes::is_refused(&name);
    if is_refused { case(&words(&lookalikes::by_code(&text))) } else { name }
}

/// Checks whether `title` can be the name of one of several values or members: it has at most 4 words and 40
/// bytes, and at least one letter.
pub(crate) fn is_name(title: &str) -> bool {
    title.split_whitespace().count() <= 4 && title.len() <= 40 && title.chars().any(char::is_alphabetic)
}

/// Checks whether `title` can be the name of a type: one short phrase, of at most 6 words and 60 bytes, with at
/// least one letter. A sentence is not a phrase: it ends with a full stop, or has several parts.
pub(crate) fn is_phrase(title: &str) -> bool {
    let title = title.trim();
    let is_short = title.split_whitespace().count() <= 6 && title.len() <= 60;
    let has_parts = [". ", ", ", ": ", "; ", "\n"].iter().any(|mark| title.contains(mark));
    is_short && !has_parts && !title.ends_with(['.', '!', '?', ':']) && title.chars().any(char::is_alphabetic)
}

/// Returns the name of a field for `text`: `roomId` becomes `room_id`, and the keyword `type` becomes `type_`.
/// A name that would begin with a digit gets an `n` (`2xx` becomes `n2xx`); one that would be empty is `empty`.
pub(crate) fn field_name(text: &str) -> String {
    let name = cased(text, |words| words.to_snake_case(), char::is_uppercase);
    match name.chars().next() {
        None => "empty".to_owned(),
        Some(first) if first.is_numeric() => format!("n{name}"),
        Some(_) if is_reserved(&name) => format!("{name}_"),
        Some(_) => name,
    }
}

/// Returns a text that names one item of the list that `text` names: `recipients` becomes `recipient`, and
/// `entries` becomes `entry`. A text that is not an English plural gets the word `item`: `address` becomes
/// `address item`.
pub(crate) fn singular(text: &str) -> String {
    match text {
        text if text.ends_with("ies") && text.len() > 4 => format!("{}y", &text[..text.len() - 3]),
        text if text.ends_with('s') && !text.ends_with("ss") && text.len() > 2 => text[..text.len() - 1].to_owned(),
        text => format!("{text} item"),
    }
}

/// The names that are taken in one scope, such as the field names of a struct.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken {
    names: HashSet<String>,
    /// The number to try next for a taken name, by the name without `_` at its end. Missing until the name
    /// first needed a number.
    next: HashMap<String, usize>,
    /// The names that had to change since [`Taken::changed`] was last called.
    changed: Vec<Changed>,
    /// The word that is put behind a name that is taken before a number is tried; empty for none.
    suffix: &'static str,
}

/// A name that had to change because the wanted name was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Changed {
    /// The text that the name was made from, such as the name of a property.
    pub(crate) text: String,
    /// The name that was taken.
    pub(crate) wanted: String,
    /// The name that was given instead.
    pub(crate) name: String,
}

impl Taken {
    /// Returns a scope in which `names` are taken.
    pub(crate) fn with(names: &[&str]) -> Self {
        Self { names: names.iter().map(|name| (*name).to_owned()).collect(), ..Self::default() }
    }

    /// Returns the scope with a word that is put behind names that are taken: with `View`, a second `Order` is called
    /// `OrderView`, and a third `Order2`.
    pub(crate) fn with_suffix(self, suffix: &'static str) -> Self {
        Self { suffix, ..self }
    }

    /// Checks whether a word is put behind names that are taken.
    pub(crate) fn has_suffix(&self) -> bool {
        !self.suffix.is_empty()
    }

    /// Takes `name`, which may be taken already.
    pub(crate) fn take(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }

    /// Checks whether `name` is taken.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Takes and returns a name: `name` if it is not taken, else `name` with a number from 2 that makes it one
    /// that is not taken (`Item2`).
    pub(crate) fn unique(&mut self, name: &str) -> String {
        let unique = self.free(name);
        self.note(name, name, &unique);
        unique
    }

    /// Returns the name that [`Taken::unique`] would return, without taking it.
    pub(crate) fn peek(&self, name: &str) -> String {
        if !self.names.contains(name) {
            return name.to_owned();
        }
        let stem = stem(name);
        let next = self.next.get(stem).copied().unwrap_or(2);
        let mut candidates = (next..).map(|next| format!("{stem}{next}"));
        candidates.find(|candidate| !self.names.contains(candidate)).unwrap_or_default()
    }

    /// Takes a name for each of `texts`, and returns the names in the order of the texts. `name` makes a name
    /// from a text. If several texts have the same name, the one that is equal to the name gets it, else the
    /// first. A text whose name is taken gets the name of the text with its symbols in words, and a number if
    /// that is taken too: of `C++` and `C`, the second becomes `C`, and the first `CPlusPlus`.
    pub(crate) fn distinct(&mut self, texts: &[impl AsRef<str>], name: fn(&str) -> String) -> Vec<String> {
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        let wanted: Vec<String> = texts.iter().map(|text| name(text)).collect();
        let exact =
            texts.iter().zip(&wanted).map(|(text, wanted)| text == wanted && self.names.insert((*text).to_owned()));
        let exact: Vec<bool> = exact.collect();
        let mut names = Vec::new();
        for ((text, wanted), is_exact) in texts.iter().zip(wanted).zip(exact) {
            let unique = match is_exact {
                true => wanted.clone(),
                false if self.contains(&wanted) => self.free(&name(&spelled(text))),
                false => self.free(&wanted),
            };
            self.note(text, &wanted, &unique);
            names.push(unique);
        }
        names
    }

    /// Returns the names that had to change since the last call, in the order in which they were given.
    pub(crate) fn changed(&mut self) -> Vec<Changed> {
        std::mem::take(&mut self.changed)
    }

    /// Records a change of name for [`Taken::changed`], if `name`, which was given to `text`, is not `wanted`.
    fn note(&mut self, text: &str, wanted: &str, name: &str) {
        if name != wanted {
            self.changed.push(Changed { text: text.to_owned(), wanted: wanted.to_owned(), name: name.to_owned() });
        }
    }

    /// Takes and returns a name as [`Taken::unique`] does, but does not record a change of name.
    fn free(&mut self, name: &str) -> String {
        if self.names.insert(name.to_owned()) {
            return name.to_owned();
        }
        let stem = stem(name);
        let with_suffix = joined(name, self.suffix);
        if self.names.insert(with_suffix.clone()) {
            return with_suffix;
        }
        let next = self.next.entry(stem.to_owned()).or_insert(2);
        loop {
            let candidate = format!("{stem}{next}");
            *next += 1;
            if self.names.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

/// Returns `name` without `_` at its end, so that a number can follow: `Self_` becomes `Self`, since `Self_2`
/// would not be in camel case.
fn stem(name: &str) -> &str {
    name.trim_end_matches('_')
}

/// Replaces each symbol in `text` by its word, between spaces: `a+b` becomes `a Plus b`.
fn spelled(text: &str) -> String {
    let word = |c: char| symbol_word(c).map_or_else(|| c.to_string(), |word| format!(" {word} "));
    text.nfkc().map(word).collect()
}

/// Returns the word for a character that cannot be in a Rust name: from [`SYMBOLS`], else its code point (`★`
/// becomes `U2605`). `None` for a character that can be in a name, and for blanks and characters that change
/// only how others look.
fn symbol_word(c: char) -> Option<String> {
    let word = SYMBOLS.iter().find(|(symbol, _)| *symbol == c).map(|(_, word)| (*word).to_owned());
    let is_visible = !c.is_whitespace() && !c.is_control() && !syn_can_use(c);
    word.or_else(|| is_visible.then(|| format!("U{:04X}", u32::from(c))))
}

/// Returns the word for a blank or control character: a space becomes `Space`, and others that have no word of
/// their own become their code points, such as `U0000`.
fn blank_word(c: char) -> String {
    match c {
        ' ' => "Space".to_owned(),
        '\t' => "Tab".to_owned(),
        '\n' => "Newline".to_owned(),
        '\r' => "Return".to_owned(),
        c => format!("U{:04X}", u32::from(c)),
    }
}

/// Replaces each character of `text` that cannot be in a Rust name by a space: `a/b` becomes `a b`. If no letter
/// or digit would be left, returns the words of the symbols instead: `+-` becomes `Plus Minus `; if there are only
/// blanks, the words of these. If the text has a single letter, and this is not a Latin one, returns its code
/// point: `Μ` (Greek) becomes `U039C`.
fn words(text: &str) -> String {
    let keep = |c: char| if syn_can_use(c) { c } else { ' ' };
    if let Some(letter) = lone_letter(text) {
        return format!("U{:04X}", u32::from(letter));
    }
    let plain: String = text.chars().map(keep).collect();
    if plain.chars().any(char::is_alphanumeric) {
        return plain;
    }
    let symbols: String = text.chars().map(|c| symbol_word(c).unwrap_or_default() + " ").collect();
    if !symbols.trim().is_empty() {
        return symbols;
    }
    text.chars().map(|c| blank_word(c) + " ").collect()
}

/// Returns the letter or digit of `text` if it has only one, which is past the Latin letters (U+024F). Such a
/// letter may look like a Latin one (the Greek `Μ`), which rustc warns of.
fn lone_letter(text: &str) -> Option<char> {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric());
    let letter = letters.next().filter(|c| *c > '\u{24F}')?;
    letters.next().is_none().then_some(letter)
}

/// Checks whether `c` can be in a Rust name after its first character. False for `_`, which separates words.
fn syn_can_use(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && syn::parse_str::<syn::Ident>(&format!("a{c}")).is_ok())
}

/// Checks whether Rust does not allow `name` as an identifier, such as a keyword. `gen` is a keyword since
/// edition 2024, but syn accepts it.
fn is_reserved(name: &str) -> bool {
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}

/// Returns words for the properties whose names match the regular expression `pattern`: its letters and digits,
/// without those in escapes (`\d`), classes (`[a-z]`) and counts (`{2}`), and with a space for each other
/// character. `^x-[a-z]+` becomes the word `x` between spaces. `matching` if no word is left.
pub(crate) fn pattern_word(pattern: &str) -> String {
    let mut word = String::new();
    let mut rest = pattern.chars().peekable();
    let mut depth = 0_usize;
    while let Some(c) = rest.next() {
        match c {
            '\\' => drop(rest.next()),
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => word.push(if c.is_alphanumeric() { c } else { ' ' }),
            _ => {}
        }
    }
    if word.trim().is_empty() { "matching".to_owned() } else { word }
}
