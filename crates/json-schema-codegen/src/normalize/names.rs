//! Makes Rust names from texts of a schema, such as property names and titles.

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization as _;

use crate::normalize::lookalikes;

/// (symbol, its word in names). A name has these words if the text has no letter and no digit (`+` becomes `Plus`), or
/// if the name without them is taken (`C` and `C++` become `C` and `CPlusPlus`).
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

/// Returns the first [`MAX_NAMING_CHARACTERS`] characters of `text`, the only ones that a name is made of; all of a
/// shorter text.
pub(crate) fn truncate_for_name(text: &str) -> &str {
    text.char_indices().nth(MAX_NAMING_CHARACTERS).map_or(text, |(end, _)| &text[..end])
}

/// Makes the name of a Rust type or variant from `text`: `call_records` becomes `CallRecords`, and the keyword
/// `self` becomes `Self_`. A name that would begin with a digit gets an `N` (`2xx` becomes `N2xx`); one that
/// would be empty is `Empty`.
pub(crate) fn make_type_name(text: &str) -> String {
    let name = make_cased_name(text, |words| words.to_upper_camel_case(), char::is_lowercase);
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_numeric() => format!("N{name}"),
        Some(_) if is_reserved_name(&name) => format!("{name}_"),
        Some(_) => name,
    }
}

/// Joins two type names into one: `RootType` and `Meta` become `RootMeta`. An `_` that either has only because it would
/// be a keyword is removed: `Self_` and `Meta` become `SelfMeta`.
pub(crate) fn join_type_names(first: &str, second: &str) -> String {
    let plain = |name: &str| match name.strip_suffix('_') {
        Some(keyword) if is_reserved_name(keyword) => keyword.to_owned(),
        _ => name.to_owned(),
    };
    let name = plain(first) + &plain(second);
    if is_reserved_name(&name) { format!("{name}_") } else { name }
}

/// Makes a name from the first characters of `text`: `case` joins their words, for example in camel case. If the name
/// would begin with a letter of the wrong case (`is_wrong_case`), or if rustc may warn of its characters, replaces the
/// letters and digits outside ASCII by their code points: `а` (Cyrillic) becomes `U0430`. The name may be empty or
/// begin with a digit.
fn make_cased_name(text: &str, case: fn(&str) -> String, is_wrong_case: fn(char) -> bool) -> String {
    let text: String = truncate_for_name(text).nfkc().collect();
    let name = case(&make_usable_words(&text));
    let is_refused = name.starts_with(is_wrong_case) || lookalikes::may_trigger_rustc_warning(&name);
    if is_refused { case(&make_usable_words(&lookalikes::replace_by_code_points(&text))) } else { name }
}

/// Checks whether `title` is short enough to name a value of an enum or a member of a union: it has at most 4 words and
/// 40 bytes, and at least one letter.
pub(crate) fn is_variant_title(title: &str) -> bool {
    title.split_whitespace().count() <= 4 && title.len() <= 40 && title.chars().any(char::is_alphabetic)
}

/// Checks whether `title` can name a type: it is one short phrase, of at most 6 words and 60 bytes, with at
/// least one letter. A sentence is not a phrase: it ends with a full stop, or has several parts.
pub(crate) fn is_type_title(title: &str) -> bool {
    let title = title.trim();
    let is_short = title.split_whitespace().count() <= 6 && title.len() <= 60;
    let has_parts = [". ", ", ", ": ", "; ", "\n"].iter().any(|mark| title.contains(mark));
    is_short && !has_parts && !title.ends_with(['.', '!', '?', ':']) && title.chars().any(char::is_alphabetic)
}

/// Makes the name of a Rust field or method from `text`: `roomId` becomes `room_id`, and the keyword `type` becomes
/// `type_`. A name that would begin with a digit gets an `n` (`2xx` becomes `n2xx`); one that would be empty is
/// `empty`.
pub(crate) fn make_field_name(text: &str) -> String {
    let name = make_cased_name(text, |words| words.to_snake_case(), char::is_uppercase);
    match name.chars().next() {
        None => "empty".to_owned(),
        Some(first) if first.is_numeric() => format!("n{name}"),
        Some(_) if is_reserved_name(&name) => format!("{name}_"),
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

/// Replaces each symbol in `text` by its word ([`find_symbol_word`]), between spaces: `a+b` becomes `a Plus b`.
pub(crate) fn replace_symbols_by_words(text: &str) -> String {
    let word = |c: char| find_symbol_word(c).map_or_else(|| c.to_string(), |word| format!(" {word} "));
    text.nfkc().map(word).collect()
}

/// Returns the word for a character that cannot be in a Rust name: that of [`SYMBOL_WORDS`] (`+` becomes `Plus`), else
/// its code point (`★` becomes `U2605`). `None` for a character that can be in a name, and for white space and control
/// characters.
fn find_symbol_word(c: char) -> Option<String> {
    let word = SYMBOL_WORDS.iter().find(|(symbol, _)| *symbol == c).map(|(_, word)| (*word).to_owned());
    let is_visible = !c.is_whitespace() && !c.is_control() && !can_be_in_identifier(c);
    word.or_else(|| is_visible.then(|| format!("U{:04X}", u32::from(c))))
}

/// Returns the word for a white-space or control character: that of a space is `Space`, and that of a character without
/// a word of its own is its code point, such as `U0000`.
fn make_blank_word(c: char) -> String {
    match c {
        ' ' => "Space".to_owned(),
        '\t' => "Tab".to_owned(),
        '\n' => "Newline".to_owned(),
        '\r' => "Return".to_owned(),
        c => format!("U{:04X}", u32::from(c)),
    }
}

/// Replaces each character of `text` that cannot be in a Rust name by a space: `a/b` becomes `a b`. If no letter or
/// digit would be left, returns the words of the symbols instead (`+-` becomes `Plus Minus `), or, if there is only
/// white space, the words for that. If [`find_lone_letter`] returns a letter of `text`, returns its code point: `Μ`
/// (Greek) becomes `U039C`.
fn make_usable_words(text: &str) -> String {
    let keep = |c: char| if can_be_in_identifier(c) { c } else { ' ' };
    if let Some(letter) = find_lone_letter(text) {
        return format!("U{:04X}", u32::from(letter));
    }
    let plain: String = text.chars().map(keep).collect();
    if plain.chars().any(char::is_alphanumeric) {
        return plain;
    }
    let symbols: String = text.chars().map(|c| find_symbol_word(c).unwrap_or_default() + " ").collect();
    if !symbols.trim().is_empty() {
        return symbols;
    }
    text.chars().map(|c| make_blank_word(c) + " ").collect()
}

/// Returns the letter or digit of `text` if it is the only one and comes after the Latin letters in Unicode (after
/// U+024F); else `None`. Such a letter may look like a Latin one, as the Greek `Μ` does, which rustc warns of.
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
fn is_reserved_name(name: &str) -> bool {
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}

/// Returns words that name the properties whose names match the regular expression `pattern`: its letters and digits,
/// except those in escapes (`\d`), classes (`[a-z]`) and counts (`{2}`), with a space for each other character.
/// `^x-[a-z]+` becomes the word `x` between spaces. Returns `matching` if no word is left.
pub(crate) fn extract_pattern_words(pattern: &str) -> String {
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
