//! Makes Rust names from texts of a schema, such as property names and titles, and keeps the names of one
//! scope different from each other.

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization as _;

use crate::normalize::lookalikes;

/// (symbol, its word in names). A name has these words if the text has no letter and no digit (`+` becomes `Plus`), or if
/// the name without them is taken (`C` and `C++` become `C` and `CPlusPlus`).
const SYMBOL_WORDS: &[(char, &str)] = &[
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

/// Most characters of a text that a name is made of. Texts that differ only after them get names with numbers.
const MAX_NAMING_CHARACTERS: usize = 200;

/// Returns the first [`MAX_NAMING_CHARACTERS`] characters of `text`, the only ones that a name is made of; all of a shorter
/// text.
pub(crate) fn truncate_for_name(text: &str) -> &str {
    text.char_indices().nth(MAX_NAMING_CHARACTERS).map_or(text, |(end, _)| &text[..end])
}

/// Makes the name of a Rust type or variant from `text`: `call_records` becomes `CallRecords`, and the keyword
/// `self` becomes `Self_`. A name that would begin with a digit gets an `N` (`2xx` becomes `N2xx`); one that
/// would be empty is `Empty`.
pub(crate) fn type_name(text: &str) -> String {
    let name = make_cased_name(text, |words| words.to_upper_camel_case(), char::is_lowercase);
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_numeric() => format!("N{name}"),
        Some(_) if is_reserved(&name) => format!("{name}_"),
        Some(_) => name,
    }
}

/// Joins two type names into one: `Root` and `Meta` become `RootMeta`. An `_` that either has only because it would be a
/// keyword is removed: `Self_` and `Meta` become `SelfMeta`.
pub(crate) fn joined(first: &str, second: &str) -> String {
    let plain = |name: &str| match name.strip_suffix('_') {
        Some(keyword) if is_reserved(keyword) => keyword.to_owned(),
        _ => name.to_owned(),
    };
    let name = plain(first) + &plain(second);
    if is_reserved(&name) { format!("{name}_") } else { name }
}

/// Makes a name from the first characters of `text`: `case` joins their words, for example in camel case. If the name
/// would begin with a letter of the wrong case (`is_wrong_case`), or if rustc may warn of its characters, replaces the
/// letters and digits outside ASCII by their code points: `а` (Cyrillic) becomes `U0430`. The name may be empty or begin
/// with a digit.
fn make_cased_name(text: &str, case: fn(&str) -> String, is_wrong_case: fn(char) -> bool) -> String {
    let text: String = truncate_for_name(text).nfkc().collect();
    let name = case(&make_usable_words(&text));
    let is_refused = name.starts_with(is_wrong_case) || lookalikes::may_be_warned_of(&name);
    if is_refused { case(&make_usable_words(&lookalikes::replace_by_code_points(&text))) } else { name }
}

/// Checks whether `title` is short enough to name a value of an enum or a member of a union: it has at most 4 words and 40
/// bytes, and at least one letter.
pub(crate) fn is_short_title(title: &str) -> bool {
    title.split_whitespace().count() <= 4 && title.len() <= 40 && title.chars().any(char::is_alphabetic)
}

/// Checks whether `title` can name a type: it is one short phrase, of at most 6 words and 60 bytes, with at
/// least one letter. A sentence is not a phrase: it ends with a full stop, or has several parts.
pub(crate) fn is_phrase(title: &str) -> bool {
    let title = title.trim();
    let is_short = title.split_whitespace().count() <= 6 && title.len() <= 60;
    let has_parts = [". ", ", ", ": ", "; ", "\n"].iter().any(|mark| title.contains(mark));
    is_short && !has_parts && !title.ends_with(['.', '!', '?', ':']) && title.chars().any(char::is_alphabetic)
}

/// Makes the name of a Rust field or method from `text`: `roomId` becomes `room_id`, and the keyword `type` becomes `type_`.
/// A name that would begin with a digit gets an `n` (`2xx` becomes `n2xx`); one that would be empty is `empty`.
pub(crate) fn field_name(text: &str) -> String {
    let name = make_cased_name(text, |words| words.to_snake_case(), char::is_uppercase);
    match name.chars().next() {
        None => "empty".to_owned(),
        Some(first) if first.is_numeric() => format!("n{name}"),
        Some(_) if is_reserved(&name) => format!("{name}_"),
        Some(_) => name,
    }
}

/// Returns a name for one item of the list named `text`: `recipients` becomes `recipient`, and
/// `entries` becomes `entry`. A text that is not an English plural gets the word `item`: `address` becomes
/// `address item`.
pub(crate) fn make_singular(text: &str) -> String {
    match text {
        text if text.ends_with("ies") && text.len() > 4 => format!("{}y", &text[..text.len() - 3]),
        text if text.ends_with('s') && !text.ends_with("ss") && text.len() > 2 => text[..text.len() - 1].to_owned(),
        text => format!("{text} item"),
    }
}

/// A scope in which each name can be given once, such as the fields of a struct, with the names that are taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken {
    names: HashSet<String>,
    /// By name without `_` at its end: the number to try next if the name is taken. A name that has not needed a number is
    /// missing.
    next: HashMap<String, usize>,
    /// The names that had to change since the last call of [`Taken::changed`].
    changed: Vec<ChangedName>,
    /// The word that is appended to a taken name before a number is tried, such as `View`; empty for none.
    suffix: &'static str,
}

/// A name that differs from the wanted one, because the wanted one was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ChangedName {
    /// The text that the name was made from, such as the name of a property.
    pub(crate) text: String,
    /// The wanted name, which was taken.
    pub(crate) wanted: String,
    /// The name that was given instead.
    pub(crate) name: String,
}

impl Taken {
    /// Creates a scope in which `names` are taken.
    pub(crate) fn with(names: &[&str]) -> Self {
        Self { names: names.iter().map(|name| (*name).to_owned()).collect(), ..Self::default() }
    }

    /// Returns the scope with a word that is appended to names that are taken: with `View`, a second `Order` is named
    /// `OrderView`, and a third `Order2`.
    pub(crate) fn with_suffix(self, suffix: &'static str) -> Self {
        Self { suffix, ..self }
    }

    /// Checks whether a word is appended to names that are taken; see [`Taken::with_suffix`].
    pub(crate) fn has_suffix(&self) -> bool {
        !self.suffix.is_empty()
    }

    /// Marks `name` as taken; it may be taken already.
    pub(crate) fn take(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }

    /// Checks whether `name` is taken in this scope.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Returns `name`, or, if it is taken, `name` with the suffix of the scope or with a number that makes it unique
    /// (`Item2`). Marks the returned name as taken, and records a change of name for [`Taken::changed`].
    pub(crate) fn unique(&mut self, name: &str) -> String {
        let unique = self.take_free_name(name);
        self.record_change(name, name, &unique);
        unique
    }

    /// Returns the name that [`Taken::unique`] would return in a scope without a suffix, and does not mark it as taken.
    pub(crate) fn peek(&self, name: &str) -> String {
        if !self.names.contains(name) {
            return name.to_owned();
        }
        let stem = trim_underscores(name);
        let next = self.next.get(stem).copied().unwrap_or(2);
        let mut candidates = (next..).map(|next| format!("{stem}{next}"));
        candidates.find(|candidate| !self.names.contains(candidate)).unwrap_or_default()
    }

    /// Returns a name for each of `texts`, all different, in the order of the texts, and marks these names as taken. `name`
    /// makes a name from a text. If several texts have the same name, the text that is equal to the name gets it, else the
    /// first. For a text whose name is taken, symbols are replaced by words, and a number is added if that name is taken
    /// too: of `C++` and `C`, the second becomes `C`, and the first `CPlusPlus`.
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
                false if self.contains(&wanted) => self.take_free_name(&name(&replace_symbols_by_words(text))),
                false => self.take_free_name(&wanted),
            };
            self.record_change(text, &wanted, &unique);
            names.push(unique);
        }
        names
    }

    /// Returns the names that had to change since the last call of this function, in the order in which they were given.
    pub(crate) fn changed(&mut self) -> Vec<ChangedName> {
        std::mem::take(&mut self.changed)
    }

    /// Records for [`Taken::changed`] that `text` has the name `name` instead of `wanted`. Does nothing if these are equal.
    fn record_change(&mut self, text: &str, wanted: &str, name: &str) {
        if name != wanted {
            self.changed.push(ChangedName { text: text.to_owned(), wanted: wanted.to_owned(), name: name.to_owned() });
        }
    }

    /// Returns a free name and marks it as taken, as [`Taken::unique`] does, but records no change of name.
    fn take_free_name(&mut self, name: &str) -> String {
        if self.names.insert(name.to_owned()) {
            return name.to_owned();
        }
        let stem = trim_underscores(name);
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

/// Removes each `_` at the end of `name`, so that a number can follow: `Self_` becomes `Self`, since `Self_2` would not be
/// in camel case.
fn trim_underscores(name: &str) -> &str {
    name.trim_end_matches('_')
}

/// Replaces each symbol in `text` by its word ([`symbol_word`]), between spaces: `a+b` becomes `a Plus b`.
fn replace_symbols_by_words(text: &str) -> String {
    let word = |c: char| symbol_word(c).map_or_else(|| c.to_string(), |word| format!(" {word} "));
    text.nfkc().map(word).collect()
}

/// Returns the word for a character that cannot be in a Rust name: that of [`SYMBOL_WORDS`] (`+` becomes `Plus`), else its
/// code point (`★` becomes `U2605`). `None` for a character that can be in a name, and for white space and control
/// characters.
fn symbol_word(c: char) -> Option<String> {
    let word = SYMBOL_WORDS.iter().find(|(symbol, _)| *symbol == c).map(|(_, word)| (*word).to_owned());
    let is_visible = !c.is_whitespace() && !c.is_control() && !can_be_in_identifier(c);
    word.or_else(|| is_visible.then(|| format!("U{:04X}", u32::from(c))))
}

/// Returns the word for a white-space or control character: that of a space is `Space`, and that of a character without a
/// word of its own is its code point, such as `U0000`.
fn blank_word(c: char) -> String {
    match c {
        ' ' => "Space".to_owned(),
        '\t' => "Tab".to_owned(),
        '\n' => "Newline".to_owned(),
        '\r' => "Return".to_owned(),
        c => format!("U{:04X}", u32::from(c)),
    }
}

/// Replaces each character of `text` that cannot be in a Rust name by a space: `a/b` becomes `a b`. If no letter or digit
/// would be left, returns the words of the symbols instead (`+-` becomes `Plus Minus `), or, if there is only white space,
/// the words for that. If [`find_lone_letter`] returns a letter of `text`, returns its code point: `Μ` (Greek) becomes
/// `U039C`.
fn make_usable_words(text: &str) -> String {
    let keep = |c: char| if can_be_in_identifier(c) { c } else { ' ' };
    if let Some(letter) = find_lone_letter(text) {
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

/// Returns the letter or digit of `text` if it is the only one and comes after the Latin letters in Unicode (after U+024F);
/// else `None`. Such a letter may look like a Latin one, as the Greek `Μ` does, which rustc warns of.
fn find_lone_letter(text: &str) -> Option<char> {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric());
    let letter = letters.next().filter(|c| *c > '\u{24F}')?;
    letters.next().is_none().then_some(letter)
}

/// Checks whether `c` can be in a Rust identifier after the first character. False for `_`, since it separates words.
fn can_be_in_identifier(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && syn::parse_str::<syn::Ident>(&format!("a{c}")).is_ok())
}

/// Checks whether Rust does not allow `name` as an identifier, for example because it is a keyword. `gen` is a keyword
/// since edition 2024, but syn accepts it.
fn is_reserved(name: &str) -> bool {
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}

/// Returns words that name the properties whose names match the regular expression `pattern`: its letters and digits,
/// except those in escapes (`\d`), classes (`[a-z]`) and counts (`{2}`), with a space for each other character. `^x-[a-z]+`
/// becomes the word `x` between spaces. Returns `matching` if no word is left.
pub(crate) fn pattern_words(pattern: &str) -> String {
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
