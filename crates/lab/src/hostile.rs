//! Defines families of schemas that strain the generator, each in any size, to measure how its time and
//! memory grow.

use std::fmt::Write as _;

/// A family of hostile schemas that differ in size.
pub struct SchemaFamily {
    /// The part of the schema that is repeated, in words, such as `properties of one object`.
    pub name: &'static str,
    /// The function that returns the text of the schema in which the part is repeated the given number of times.
    pub make_schema_text: fn(usize) -> String,
    /// The smallest number of repetitions that is measured.
    pub size: usize,
}

/// All families of hostile schemas.
pub const SCHEMA_FAMILIES: &[SchemaFamily] = &[
    SchemaFamily { name: "properties of one object", make_schema_text: make_many_properties, size: 2_500 },
    SchemaFamily { name: "properties whose names collide", make_schema_text: make_colliding_names, size: 2_500 },
    SchemaFamily { name: "texts of one enum", make_schema_text: make_enum_of_texts, size: 12_500 },
    SchemaFamily { name: "numbers of one enum", make_schema_text: make_enum_of_numbers, size: 5_000 },
    SchemaFamily { name: "definitions side by side", make_schema_text: make_many_definitions, size: 2_500 },
    SchemaFamily { name: "a chain of references", make_schema_text: make_chain_of_references, size: 12_500 },
    SchemaFamily { name: "a chain of objects", make_schema_text: make_chain_of_objects, size: 2_500 },
    SchemaFamily { name: "a chain of lists", make_schema_text: make_chain_of_lists, size: 2_500 },
    SchemaFamily { name: "a cycle of allOf", make_schema_text: make_cycle_of_all_of, size: 50 },
    SchemaFamily { name: "members of one allOf", make_schema_text: make_all_of_members, size: 250 },
    SchemaFamily { name: "members of one oneOf", make_schema_text: make_one_of_members, size: 50 },
    SchemaFamily { name: "tagged members of one oneOf", make_schema_text: make_tagged_union, size: 50 },
    SchemaFamily { name: "alternatives multiplied", make_schema_text: make_product_of_unions, size: 4 },
    SchemaFamily { name: "schemas that combine", make_schema_text: make_growing_combinations, size: 3 },
    SchemaFamily { name: "first items", make_schema_text: make_tuple_items, size: 250 },
    SchemaFamily { name: "patterns of names", make_schema_text: make_many_patterns, size: 50 },
    SchemaFamily { name: "references to nothing", make_schema_text: make_dangling_references, size: 12_500 },
    SchemaFamily { name: "a description of words", make_schema_text: make_description_of_words, size: 1 << 20 },
    SchemaFamily { name: "a description of brackets", make_schema_text: make_description_of_brackets, size: 1 << 20 },
    SchemaFamily { name: "a description of backticks", make_schema_text: make_description_of_backticks, size: 1 << 20 },
    SchemaFamily { name: "a description in one word", make_schema_text: make_description_of_one_word, size: 1 << 20 },
];

/// Returns the texts of `item(0)` to `item(count - 1)`, joined by commas.
fn join_items(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(",")
}

/// Returns a schema of objects with `count` properties.
fn make_many_properties(count: usize) -> String {
    let all = join_items(count, |at| format!(r#""p{at}": {{"type": "string", "description": "The {at}"}}"#));
    format!(r#"{{"title": "Many", "type": "object", "properties": {{{all}}}}}"#)
}

/// Returns a schema of objects with `count` properties whose names give the same Rust name: `ab`, `a-b`, `a_b`.
fn make_colliding_names(count: usize) -> String {
    let all =
        join_items(count, |at| format!(r#""a{}b": {{"type": "integer"}}"#, "-".repeat(at % 50) + &"_".repeat(at / 50)));
    format!(r#"{{"title": "Alike", "type": "object", "properties": {{{all}}}}}"#)
}

/// Returns a schema with an `enum` of `count` strings.
fn make_enum_of_texts(count: usize) -> String {
    format!(r#"{{"title": "Texts", "enum": [{}]}}"#, join_items(count, |at| format!(r#""value {at}""#)))
}

/// Returns a schema with an `enum` of `count` numbers.
fn make_enum_of_numbers(count: usize) -> String {
    format!(r#"{{"title": "Numbers", "enum": [{}]}}"#, join_items(count, |at| at.to_string()))
}

/// Returns a schema with `count` definitions of objects, and a property that refers to each.
fn make_many_definitions(count: usize) -> String {
    let all = join_items(count, |at| {
        format!(r#""D{at}": {{"type": "object", "properties": {{"x": {{"type": "string"}}}}}}"#)
    });
    let used = join_items(count, |at| format!(r##""p{at}": {{"$ref": "#/$defs/D{at}"}}"##));
    format!(r#"{{"title": "Uses", "type": "object", "properties": {{{used}}}, "$defs": {{{all}}}}}"#)
}

/// Returns a schema of `count` definitions, each of which refers to the next; the last one is a string. `link` returns
/// the text of the definition that refers to the definition with the given number.
fn make_chain_schema(count: usize, link: impl Fn(usize) -> String) -> String {
    let all = join_items(count, |at| format!(r#""D{at}": {}"#, link(at + 1)));
    format!(r##"{{"title": "First", "$ref": "#/$defs/D0", "$defs": {{{all}, "D{count}": {{"type": "string"}}}}}}"##)
}

/// Returns a schema of `count` definitions, each of which is a `$ref` to the next.
fn make_chain_of_references(count: usize) -> String {
    make_chain_schema(count, |next| format!(r##"{{"$ref": "#/$defs/D{next}"}}"##))
}

/// Returns a schema of `count` objects, each of which has the next as its property.
fn make_chain_of_objects(count: usize) -> String {
    make_chain_schema(count, |next| {
        format!(r##"{{"type": "object", "properties": {{"next": {{"$ref": "#/$defs/D{next}"}}}}}}"##)
    })
}

/// Returns a schema of `count` lists, each of which has the next as its items.
fn make_chain_of_lists(count: usize) -> String {
    make_chain_schema(count, |next| format!(r##"{{"type": "array", "items": {{"$ref": "#/$defs/D{next}"}}}}"##))
}

/// Returns a schema of `count` objects, each of which extends the next by `allOf`; the last one extends the first.
fn make_cycle_of_all_of(count: usize) -> String {
    let definition = |at: usize| {
        let next = (at + 1) % count;
        format!(
            r##""D{at}": {{"allOf": [{{"$ref": "#/$defs/D{next}"}}], "properties": {{"p{at}": {{"type": "string"}}}}}}"##
        )
    };
    format!(r##"{{"title": "Cycle", "$ref": "#/$defs/D0", "$defs": {{{}}}}}"##, join_items(count, definition))
}

/// Returns a schema with an `allOf` of `count` objects.
fn make_all_of_members(count: usize) -> String {
    let all =
        join_items(count, |at| format!(r#"{{"type": "object", "properties": {{"p{at}": {{"type": "string"}}}}}}"#));
    format!(r#"{{"title": "All", "allOf": [{all}]}}"#)
}

/// Returns a schema with a `oneOf` of `count` objects, each with another required property.
fn make_one_of_members(count: usize) -> String {
    let member =
        |at| format!(r#"{{"type": "object", "properties": {{"p{at}": {{"type": "string"}}}}, "required": ["p{at}"]}}"#);
    format!(r#"{{"title": "One", "oneOf": [{}]}}"#, join_items(count, member))
}

/// Returns a schema with a `oneOf` of `count` objects, which the property `kind` distinguishes.
fn make_tagged_union(count: usize) -> String {
    let member = |at| {
        let kind = format!(r#""kind": {{"const": "k{at}"}}"#);
        format!(
            r#"{{"type": "object", "properties": {{{kind}, "p{at}": {{"type": "string"}}}}, "required": ["kind"]}}"#
        )
    };
    format!(r#"{{"title": "Tagged", "oneOf": [{}]}}"#, join_items(count, member))
}

/// Returns a schema of `count` nested `oneOf`s of two members each, every one of which doubles the number of
/// combinations of members that an instance can satisfy.
fn make_product_of_unions(count: usize) -> String {
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
    format!(r##"{{"title": "Ways", "$ref": "#/$defs/D0", "$defs": {{{}, {last}}}}}"##, join_items(count, definition))
}

/// Returns a schema of `count` definitions whose properties combine ever larger sets of the definitions by `allOf`.
/// Each set would be a type of its own, and the number of sets is exponential.
fn make_growing_combinations(count: usize) -> String {
    let definition = |at: usize| {
        let next = (at + 1) % count;
        let both = format!(r##"{{"allOf": [{{"$ref": "#/$defs/D{next}"}}, {{"$ref": "#/$defs/D0"}}]}}"##);
        let b = if at == 0 { both } else { format!(r##"{{"$ref": "#/$defs/D{next}"}}"##) };
        format!(
            r##""D{at}": {{"type": "object", "properties": {{"a": {{"$ref": "#/$defs/D{next}"}}, "b": {b}, "c{at}": {{}}}}}}"##
        )
    };
    format!(r##"{{"title": "Sets", "$ref": "#/$defs/D0", "$defs": {{{}}}}}"##, join_items(count, definition))
}

/// Returns a schema of arrays whose first `count` items have a schema each.
fn make_tuple_items(count: usize) -> String {
    format!(
        r#"{{"title": "Row", "type": "array", "prefixItems": [{}]}}"#,
        join_items(count, |_| r#"{"type": "string"}"#.to_owned())
    )
}

/// Returns a schema of objects with `count` patterns of property names, each of which matches one of `count`
/// properties.
fn make_many_patterns(count: usize) -> String {
    let patterns = join_items(count, |at| format!(r#""^x{at}-(a|b)*$": {{"type": "string"}}"#));
    let listed = join_items(count, |at| format!(r#""x{at}-ab": {{"type": "string"}}"#));
    format!(
        r#"{{"title": "Matched", "type": "object", "properties": {{{listed}}}, "patternProperties": {{{patterns}}}}}"#
    )
}

/// Returns a schema of objects with `count` properties that refer to definitions that do not exist.
fn make_dangling_references(count: usize) -> String {
    let all = join_items(count, |at| format!(r##""p{at}": {{"$ref": "#/$defs/None{at}"}}"##));
    format!(r#"{{"title": "Lost", "type": "object", "properties": {{{all}}}}}"#)
}

/// Returns a schema whose description is `unit`, repeated until it has at least `length` bytes.
fn make_description(unit: &str, length: usize) -> String {
    let mut text = String::new();
    while text.len() < length {
        let _ = write!(text, "{unit}");
    }
    format!(r#"{{"title": "Described", "type": "object", "description": "{text}"}}"#)
}

/// Returns a schema with a description of at least `length` bytes of Markdown: emphasis, code and links.
fn make_description_of_words(length: usize) -> String {
    make_description("- some *words* of `code` and [links](/docs/x) ", length)
}

/// Returns a schema with a description of at least `length` opening brackets.
fn make_description_of_brackets(length: usize) -> String {
    make_description("[", length)
}

/// Returns a schema with a description of at least `length` backticks.
fn make_description_of_backticks(length: usize) -> String {
    make_description("`", length)
}

/// Returns a schema with a description that is one word of at least `length` bytes.
fn make_description_of_one_word(length: usize) -> String {
    make_description("a", length)
}
