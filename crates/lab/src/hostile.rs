//! Hostile schemas: families of schemas that strain the generator, each in any size, to measure how its time and
//! memory grow.

use std::fmt::Write as _;

/// A family of hostile schemas that differ in size.
pub struct Family {
    /// The part that is repeated, in words: `properties of one object`.
    pub name: &'static str,
    /// Returns the text of the schema in which the part is repeated the given number of times.
    pub text: fn(usize) -> String,
    /// The smallest number of repetitions that is measured.
    pub size: usize,
}

/// All families of hostile schemas.
pub const FAMILIES: &[Family] = &[
    Family { name: "properties of one object", text: properties, size: 2_500 },
    Family { name: "properties whose names collide", text: colliding, size: 2_500 },
    Family { name: "texts of one enum", text: enum_texts, size: 12_500 },
    Family { name: "numbers of one enum", text: enum_numbers, size: 5_000 },
    Family { name: "definitions side by side", text: definitions, size: 2_500 },
    Family { name: "a chain of references", text: chain, size: 12_500 },
    Family { name: "a chain of objects", text: objects, size: 2_500 },
    Family { name: "a chain of lists", text: lists, size: 2_500 },
    Family { name: "a cycle of allOf", text: all_of_cycle, size: 50 },
    Family { name: "members of one allOf", text: all_of, size: 250 },
    Family { name: "members of one oneOf", text: one_of, size: 50 },
    Family { name: "tagged members of one oneOf", text: tagged, size: 50 },
    Family { name: "alternatives multiplied", text: product, size: 4 },
    Family { name: "schemas that combine", text: combining, size: 3 },
    Family { name: "first items", text: first_items, size: 250 },
    Family { name: "patterns of names", text: patterns, size: 50 },
    Family { name: "references to nothing", text: dangling, size: 12_500 },
    Family { name: "a description of words", text: words, size: 1 << 20 },
    Family { name: "a description of brackets", text: brackets, size: 1 << 20 },
    Family { name: "a description of backticks", text: backticks, size: 1 << 20 },
    Family { name: "a description in one word", text: one_word, size: 1 << 20 },
];

/// Returns the texts of `item` for 0 to `count - 1`, with commas between them.
fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(",")
}

fn properties(count: usize) -> String {
    let all = list(count, |at| format!(r#""p{at}": {{"type": "string", "description": "The {at}"}}"#));
    format!(r#"{{"title": "Many", "type": "object", "properties": {{{all}}}}}"#)
}

fn colliding(count: usize) -> String {
    let all = list(count, |at| format!(r#""a{}b": {{"type": "integer"}}"#, "-".repeat(at % 50) + &"_".repeat(at / 50)));
    format!(r#"{{"title": "Alike", "type": "object", "properties": {{{all}}}}}"#)
}

fn enum_texts(count: usize) -> String {
    format!(r#"{{"title": "Texts", "enum": [{}]}}"#, list(count, |at| format!(r#""value {at}""#)))
}

fn enum_numbers(count: usize) -> String {
    format!(r#"{{"title": "Numbers", "enum": [{}]}}"#, list(count, |at| at.to_string()))
}

fn definitions(count: usize) -> String {
    let all =
        list(count, |at| format!(r#""D{at}": {{"type": "object", "properties": {{"x": {{"type": "string"}}}}}}"#));
    let used = list(count, |at| format!(r##""p{at}": {{"$ref": "#/$defs/D{at}"}}"##));
    format!(r#"{{"title": "Uses", "type": "object", "properties": {{{used}}}, "$defs": {{{all}}}}}"#)
}

/// Returns a schema of definitions that each refer to the next; the last one is a string. `link` returns the text of
/// the definition that refers to the definition with a number.
fn linked(count: usize, link: impl Fn(usize) -> String) -> String {
    let all = list(count, |at| format!(r#""D{at}": {}"#, link(at + 1)));
    format!(r##"{{"title": "First", "$ref": "#/$defs/D0", "$defs": {{{all}, "D{count}": {{"type": "string"}}}}}}"##)
}

fn chain(count: usize) -> String {
    linked(count, |next| format!(r##"{{"$ref": "#/$defs/D{next}"}}"##))
}

fn objects(count: usize) -> String {
    linked(count, |next| format!(r##"{{"type": "object", "properties": {{"next": {{"$ref": "#/$defs/D{next}"}}}}}}"##))
}

fn lists(count: usize) -> String {
    linked(count, |next| format!(r##"{{"type": "array", "items": {{"$ref": "#/$defs/D{next}"}}}}"##))
}

fn all_of_cycle(count: usize) -> String {
    let definition = |at: usize| {
        let next = (at + 1) % count;
        format!(
            r##""D{at}": {{"allOf": [{{"$ref": "#/$defs/D{next}"}}], "properties": {{"p{at}": {{"type": "string"}}}}}}"##
        )
    };
    format!(r##"{{"title": "Cycle", "$ref": "#/$defs/D0", "$defs": {{{}}}}}"##, list(count, definition))
}

fn all_of(count: usize) -> String {
    let all = list(count, |at| format!(r#"{{"type": "object", "properties": {{"p{at}": {{"type": "string"}}}}}}"#));
    format!(r#"{{"title": "All", "allOf": [{all}]}}"#)
}

fn one_of(count: usize) -> String {
    let member =
        |at| format!(r#"{{"type": "object", "properties": {{"p{at}": {{"type": "string"}}}}, "required": ["p{at}"]}}"#);
    format!(r#"{{"title": "One", "oneOf": [{}]}}"#, list(count, member))
}

fn tagged(count: usize) -> String {
    let member = |at| {
        let kind = format!(r#""kind": {{"const": "k{at}"}}"#);
        format!(
            r#"{{"type": "object", "properties": {{{kind}, "p{at}": {{"type": "string"}}}}, "required": ["kind"]}}"#
        )
    };
    format!(r#"{{"title": "Tagged", "oneOf": [{}]}}"#, list(count, member))
}

/// Returns a schema of `count` nested `oneOf`s of two members: each doubles the number of combinations of members
/// that an instance can satisfy.
fn product(count: usize) -> String {
    let definition = |at: usize| {
        let next = at + 1;
        let member = |name: &str| {
            format!(
                r##"{{"allOf": [{{"$ref": "#/$defs/D{next}"}}, {{"properties": {{"{name}{at}": {{"type": "string"}}}}}}]}}"##
            )
        };
        format!(r#""D{at}": {{"oneOf": [{}, {}]}}"#, member("a"), member("b"))
    };
    let last = format!(r#""D{count}": {{"type": "object"}}"#);
    format!(r##"{{"title": "Ways", "$ref": "#/$defs/D0", "$defs": {{{}, {last}}}}}"##, list(count, definition))
}

/// Returns a schema of definitions whose properties combine ever larger sets of the definitions by `allOf`. Each
/// set would be a type of its own, and there are exponentially many.
fn combining(count: usize) -> String {
    let definition = |at: usize| {
        let next = (at + 1) % count;
        let both = format!(r##"{{"allOf": [{{"$ref": "#/$defs/D{next}"}}, {{"$ref": "#/$defs/D0"}}]}}"##);
        let b = if at == 0 { both } else { format!(r##"{{"$ref": "#/$defs/D{next}"}}"##) };
        format!(
            r##""D{at}": {{"type": "object", "properties": {{"a": {{"$ref": "#/$defs/D{next}"}}, "b": {b}, "c{at}": {{}}}}}}"##
        )
    };
    format!(r##"{{"title": "Sets", "$ref": "#/$defs/D0", "$defs": {{{}}}}}"##, list(count, definition))
}

fn first_items(count: usize) -> String {
    format!(
        r#"{{"title": "Row", "type": "array", "prefixItems": [{}]}}"#,
        list(count, |_| r#"{"type": "string"}"#.to_owned())
    )
}

fn patterns(count: usize) -> String {
    let patterns = list(count, |at| format!(r#""^x{at}-(a|b)*$": {{"type": "string"}}"#));
    let listed = list(count, |at| format!(r#""x{at}-ab": {{"type": "string"}}"#));
    format!(
        r#"{{"title": "Matched", "type": "object", "properties": {{{listed}}}, "patternProperties": {{{patterns}}}}}"#
    )
}

fn dangling(count: usize) -> String {
    let all = list(count, |at| format!(r##""p{at}": {{"$ref": "#/$defs/None{at}"}}"##));
    format!(r#"{{"title": "Lost", "type": "object", "properties": {{{all}}}}}"#)
}

/// Returns a schema whose description is `unit` repeated until it has at least `length` bytes.
fn described(unit: &str, length: usize) -> String {
    let mut text = String::new();
    while text.len() < length {
        let _ = write!(text, "{unit}");
    }
    format!(r#"{{"title": "Described", "type": "object", "description": "{text}"}}"#)
}

fn words(length: usize) -> String {
    described("- some *words* of `code` and [links](/docs/x) ", length)
}

fn brackets(length: usize) -> String {
    described("[", length)
}

fn backticks(length: usize) -> String {
    described("`", length)
}

fn one_word(length: usize) -> String {
    described("a", length)
}
