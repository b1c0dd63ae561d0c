//! Rust names for what a schema names: they depend on the schema alone.

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization as _;

use crate::normalize::lookalikes;

/// Words for characters that no Rust name can have, when a name would be empty without them or
/// when it tells two apart.
const SYMBOLS: &[(char, &str)] = &[
    ('!', "Not"),
    ('#', "Hash"),
    ('$', "Dollar"),
    ('%', "Percent"),
    ('&', "And"),
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
    ('^', "Caret"),
    ('_', "Underscore"),
    ('|', "Or"),
    ('~', "Tilde"),
];

/// The characters of a text that make a name: what is longer is told apart by a number.
const NAMING: usize = 200;

/// The beginning of a text, as far as a name is made of it.
pub(crate) fn beginning(text: &str) -> &str {
    text.char_indices().nth(NAMING).map_or(text, |(end, _)| &text[..end])
}

/// The name of a type or a variant: `call_records` becomes `CallRecords`.
pub(crate) fn type_name(text: &str) -> String {
    let name = cased(text, |words| words.to_upper_camel_case(), char::is_lowercase);
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_numeric() => format!("N{name}"),
        Some(_) if is_reserved(&name) => format!("{name}_"),
        Some(_) => name,
    }
}

/// Returns the name that two names make together: `Root` and `Meta` become `RootMeta`. The `_` behind a
/// keyword is left out: `Self_` and `Meta` become `SelfMeta`.
pub(crate) fn joined(first: &str, second: &str) -> String {
    let plain = |name: &str| match name.strip_suffix('_') {
        Some(keyword) if is_reserved(keyword) => keyword.to_owned(),
        _ => name.to_owned(),
    };
    let name = plain(first) + &plain(second);
    if is_reserved(&name) { format!("{name}_") } else { name }
}

/// Returns the words of a text in one case. `is_other` tells letters of the other case, which no name may
/// begin with; letters past ASCII that rustc would warn of are given by their code points.
fn cased(text: &str, case: fn(&str) -> String, is_other: fn(char) -> bool) -> String {
    let text: String = beginning(text).nfkc().collect();
    let name = case(&words(&text));
    let is_refused = name.starts_with(is_other) || lookalikes::is_refused(&name);
    if is_refused { case(&words(&lookalikes::by_code(&text))) } else { name }
}

/// A title of a few words is a name, a sentence is not.
pub(crate) fn is_name(title: &str) -> bool {
    title.split_whitespace().count() <= 4 && title.len() <= 40 && title.chars().any(char::is_alphabetic)
}

/// The name of a field: `roomId` becomes `room_id`, and `type` becomes `type_`.
pub(crate) fn field_name(text: &str) -> String {
    let name = cased(text, |words| words.to_snake_case(), char::is_uppercase);
    match name.chars().next() {
        None => "empty".to_owned(),
        Some(first) if first.is_numeric() => format!("n{name}"),
        Some(_) if is_reserved(&name) => format!("{name}_"),
        Some(_) => name,
    }
}

/// A name for one item of a list: `recipients` becomes `recipient`.
pub(crate) fn singular(text: &str) -> String {
    match text {
        text if text.ends_with("ies") && text.len() > 4 => format!("{}y", &text[..text.len() - 3]),
        text if text.ends_with('s') && !text.ends_with("ss") && text.len() > 2 => text[..text.len() - 1].to_owned(),
        text => format!("{text} item"),
    }
}

/// The names that are taken in one scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken {
    names: HashSet<String>,
    /// The number to try next for a name that is taken.
    next: HashMap<String, usize>,
    changed: Vec<Changed>,
}

/// A name that another one had taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Changed {
    /// What is named.
    pub(crate) text: String,
    pub(crate) wanted: String,
    pub(crate) name: String,
}

impl Taken {
    pub(crate) fn with(names: &[&str]) -> Self {
        Self { names: names.iter().map(|name| (*name).to_owned()).collect(), ..Self::default() }
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// The first of `name`, `name2`, `name3`, … that is not taken; it is taken from now on.
    pub(crate) fn unique(&mut self, name: &str) -> String {
        let unique = self.free(name);
        self.note(name, name, &unique);
        unique
    }

    /// The name that [`Taken::unique`] would give.
    pub(crate) fn peek(&self, name: &str) -> String {
        if !self.names.contains(name) {
            return name.to_owned();
        }
        let stem = stem(name);
        let next = self.next.get(stem).copied().unwrap_or(2);
        let mut candidates = (next..).map(|next| format!("{stem}{next}"));
        candidates.find(|candidate| !self.names.contains(candidate)).unwrap_or_default()
    }

    /// A name for each text. Where several would have the same, the text that is the name has it,
    /// and others have their symbols in words before a number tells them apart.
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

    /// The names that were taken since this was last asked.
    pub(crate) fn changed(&mut self) -> Vec<Changed> {
        std::mem::take(&mut self.changed)
    }

    fn note(&mut self, text: &str, wanted: &str, name: &str) {
        if name != wanted {
            self.changed.push(Changed { text: text.to_owned(), wanted: wanted.to_owned(), name: name.to_owned() });
        }
    }

    fn free(&mut self, name: &str) -> String {
        if self.names.insert(name.to_owned()) {
            return name.to_owned();
        }
        let stem = stem(name);
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

/// What a number is put after: `Self_2` is no name in camel case.
fn stem(name: &str) -> &str {
    name.trim_end_matches('_')
}

/// The text with its symbols in words: `C++` becomes `C Plus Plus`.
fn spelled(text: &str) -> String {
    let word = |c: char| SYMBOLS.iter().find(|(symbol, _)| *symbol == c).map(|(_, word)| format!(" {word} "));
    text.chars().map(|c| word(c).unwrap_or_else(|| c.to_string())).collect()
}

/// The text with only what can be in a Rust name, words apart; symbols in words when nothing else
/// is there.
fn words(text: &str) -> String {
    let keep = |c: char| if syn_can_use(c) { c } else { ' ' };
    if let Some(letter) = lone_letter(text) {
        return format!("U{:04X}", u32::from(letter));
    }
    let plain: String = text.chars().map(keep).collect();
    if plain.chars().any(char::is_alphanumeric) {
        return plain;
    }
    let word = |c: char| SYMBOLS.iter().find(|(symbol, _)| *symbol == c).map_or(" ", |(_, word)| word);
    text.chars().map(|c| format!("{} ", word(c))).collect()
}

/// A letter past Latin that is the only one: it may look like a Latin one (`Μ`), which rustc warns of.
fn lone_letter(text: &str) -> Option<char> {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric());
    let letter = letters.next().filter(|c| *c > '\u{24F}')?;
    letters.next().is_none().then_some(letter)
}

fn syn_can_use(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && syn::parse_str::<syn::Ident>(&format!("a{c}")).is_ok())
}

/// Whether the name is a keyword; `gen` is one since edition 2024, of which syn does not know.
fn is_reserved(name: &str) -> bool {
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}

/// A word for the properties whose names match a pattern: the letters in it that stand for
/// themselves.
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
