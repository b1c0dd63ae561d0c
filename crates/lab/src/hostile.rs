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
    Family { name: "properties of one object", text: schema_with_properties, size: 2_500 },
    Family { name: "properties whose names collide", text: schema_with_colliding_names, size: 2_500 },
    Family { name: "texts of one enum", text: schema_with_enum_of_texts, size: 12_500 },
    Family { name: "numbers of one enum", text: schema_with_enum_of_numbers, size: 5_000 },
    Family { name: "definitions side by side", text: definitions, size: 2_500 },
    Family { name: "a chain of references", text: chain_of_references, size: 12_500 },
    Family { name: "a chain of objects", text: nested_objects, size: 2_500 },
    Family { name: "a chain of lists", text: nested_lists, size: 2_500 },
    Family { name: "a cycle of allOf", text: cycle_of_all_of, size: 50 },
    Family { name: "members of one allOf", text: nested_all_of, size: 250 },
    Family { name: "members of one oneOf", text: nested_one_of, size: 50 },
    Family { name: "tagged members of one oneOf", text: tagged_union, size: 50 },
    Family { name: "alternatives multiplied", text: product_of_unions, size: 4 },
    Family { name: "schemas that combine", text: growing_combinations, size: 3 },
    Family { name: "first items", text: tuple_of_items, size: 250 },
    Family { name: "patterns of names", text: schema_with_patterns, size: 50 },
    Family { name: "references to nothing", text: dangling_references, size: 12_500 },
    Family { name: "a description of words", text: description_of_words, size: 1 << 20 },
    Family { name: "a description of brackets", text: description_of_brackets, size: 1 << 20 },
    Family { name: "a description of backticks", text: description_of_backticks, size: 1 << 20 },
    Family { name: "a description in one word", text: description_of_one_word, size: 1 << 20 },
];

/// Returns the texts of `item` for 0 to `count - 1`, with commas between them.
fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(",")
}

fn schema_with_properties(count: usize) -> String {
    let all = list(count, |at| format!(r#""p{at}": {{"type": "string", "description": "The {at}"}}"#));
    format!(r#"{{"title": "Many", "type": "object", "properties": {{{all}}}}}"#)
}

fn schema_with_colliding_names(count: usize) -> String {
    let all = list(count, |at| format!(r#""a{}b": {{"type": "integer"}}"#, "-".repeat(at % 50) + &"_".repeat(at / 50)));
    format!(r#"{{"title": "Alike", "type": "object", "properties": {{{all}}}}}"#)
}

fn schema_with_enum_of_texts(count: usize) -> String {
    format!(r#"{{"title": "Texts", "enum": [{}]}}"#, list(count, |at| format!(r#""value {at}""#)))
}

fn schema_with_enum_of_numbers(count: usize) -> String {
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

fn chain_of_references(count: usize) -> String {
    linked(count, |next| format!(r##"{{"$ref": "#/$defs/D{next}"}}"##))
}

fn nested_objects(count: usize) -> String {
    linked(count, |next| format!(r##"{{"type": "object", "properties": {{"next": {{"$ref": "#/$defs/D{next}"}}}}}}"##))
}

fn nested_lists(count: usize) -> String {
    linked(count, |next| format!(r##"{{"type": "array", "items": {{"$ref": "#/$defs/D{next}"}}}}"##))
}

fn cycle_of_all_of(count: usize) -> String {
    let definition = |at: usize| {
        let next = (at + 1) % count;
        format!(
            r##""D{at}": {{"allOf": [{{"$ref": "#/$defs/D{next}"}}], "properties": {{"p{at}": {{"type": "string"}}}}}}"##
        )
    };
    format!(r##"{{"title": "Cycle", "$ref": "#/$defs/D0", "$defs": {{{}}}}}"##, list(count, definition))
}

fn nested_all_of(count: usize) -> String {
    let all = list(count, |at| format!(r#"{{"type": "object", "properties": {{"p{at}": {{"type": "string"}}}}}}"#));
    format!(r#"{{"title": "All", "allOf": [{all}]}}"#)
}

fn nested_one_of(count: usize) -> String {
    let member =
        |at| format!(r#"{{"type": "object", "properties": {{"p{at}": {{"type": "string"}}}}, "required": ["p{at}"]}}"#);
    format!(r#"{{"title": "One", "oneOf": [{}]}}"#, list(count, member))
}

fn tagged_union(count: usize) -> String {
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
fn product_of_unions(count: usize) -> String {
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
fn growing_combinations(count: usize) -> String {
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

fn tuple_of_items(count: usize) -> String {
    format!(
        r#"{{"title": "Row", "type": "array", "prefixItems": [{}]}}"#,
        list(count, |_| r#"{"type": "string"}"#.to_owned())
    )
}

fn schema_with_patterns(count: usize) -> String {
    let patterns = list(count, |at| format!(r#""^x{at}-(a|b)*$": {{"type": "string"}}"#));
    let listed = list(count, |at| format!(r#""x{at}-ab": {{"type": "string"}}"#));
    format!(
        r#"{{"title": "Matched", "type": "object", "properties": {{{listed}}}, "patternProperties": {{{patterns}}}}}"#
    )
}

fn dangling_references(count: usize) -> String {
    let all = list(count, |at| format!(r##""p{at}": {{"$ref": "#/$defs/None{at}"}}"##));
    format!(r#"{{"title": "Lost", "type": "object", "properties": {{{all}}}}}"#)
}

/// Returns a schema whose description is `unit` repeated until it has at least `length` bytes.
fn schema_with_description(unit: &str, length: usize) -> String {
    let mut text = String::new();
    while text.len() < length {
        let _ = write!(text, "{unit}");
    }
    format!(r#"{{"title": "Described", "type": "object", "description": "{text}"}}"#)
}

fn description_of_words(length: usize) -> String {
    schema_with_description("- some *words* of `code` and [links](/docs/x) ", length)
}

fn description_of_brackets(length: usize) -> String {
    schema_with_description("[", length)
}

fn description_of_backticks(length: usize) -> String {
    schema_with_description("`", length)
}

fn description_of_one_word(length: usize) -> String {
    schema_with_description("a", length)
}
