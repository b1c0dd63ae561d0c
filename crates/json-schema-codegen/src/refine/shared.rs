//! Selects the items of `runtime/` that the generated impls use, for the module `runtime` of the output.

use std::collections::BTreeSet;

/// The source texts of `runtime/`, in the order of the output.
const RUNTIME_SOURCES: &[&str] = &[
    include_str!("../runtime/properties.rs"),
    include_str!("../runtime/objects.rs"),
    include_str!("../runtime/presence.rs"),
    include_str!("../runtime/kept_properties.rs"),
    include_str!("../runtime/enums.rs"),
    include_str!("../runtime/json_enums.rs"),
    include_str!("../runtime/closed_enums.rs"),
    include_str!("../runtime/closed_json_enums.rs"),
    include_str!("../runtime/values.rs"),
    include_str!("../runtime/numbers.rs"),
    include_str!("../runtime/builders.rs"),
    include_str!("../runtime/unions.rs"),
    include_str!("../runtime/value_reader.rs"),
    include_str!("../runtime/candidates.rs"),
    include_str!("../runtime/others.rs"),
    include_str!("../runtime/plain_objects.rs"),
    include_str!("../runtime/map_types.rs"),
    include_str!("../runtime/patterns.rs"),
    include_str!("../runtime/assertion.rs"),
    include_str!("../runtime/assertion_bounds.rs"),
    include_str!("../runtime/assertion_checker.rs"),
    include_str!("../runtime/assertions.rs"),
    include_str!("../runtime/checked_values.rs"),
    include_str!("../runtime/checked_texts.rs"),
    include_str!("../runtime/narrow_integers.rs"),
    include_str!("../runtime/inspect.rs"),
    include_str!("../runtime/lenient.rs"),
    include_str!("../runtime/lenient_reading.rs"),
    include_str!("../runtime/lenient_objects.rs"),
    include_str!("../runtime/lenient_presence.rs"),
    include_str!("../runtime/lenient_types.rs"),
    include_str!("../runtime/lenient_tables.rs"),
    include_str!("../runtime/any.rs"),
    include_str!("../runtime/access.rs"),
    include_str!("../runtime/access_methods.rs"),
    include_str!("../runtime/access_fields.rs"),
    include_str!("../runtime/access_kept.rs"),
    include_str!("../runtime/access_wrappers.rs"),
    include_str!("../runtime/access_types.rs"),
    include_str!("../runtime/views.rs"),
    include_str!("../runtime/view_values.rs"),
    include_str!("../runtime/found_values.rs"),
    include_str!("../runtime/view_unlisted.rs"),
];

/// Returns the text of the module `runtime` with the items of these names and all items that they use, directly or not;
/// `None` if the runtime has no item of these names.
pub(crate) fn write_runtime_module(names: &BTreeSet<String>) -> Option<String> {
    let all: Vec<RuntimeItem<'_>> = RUNTIME_SOURCES.iter().flat_map(|source| split_runtime_items(source)).collect();
    let own: BTreeSet<&str> = all.iter().filter_map(RuntimeItem::defined_name).collect();
    let macros: BTreeSet<&str> = all
        .iter()
        .filter(|chunk| chunk.head.starts_with("macro_rules!"))
        .filter_map(RuntimeItem::defined_name)
        .collect();
    let mut wanted: BTreeSet<&str> = own.iter().copied().filter(|name| names.contains(*name)).collect();
    let mut taken = vec![false; all.len()];
    loop {
        let is_new = |number: &usize| !taken[*number] && all[*number].is_wanted(&wanted, &own);
        let new: Vec<usize> = (0..all.len()).filter(is_new).collect();
        if new.is_empty() {
            break;
        }
        for number in new {
            taken[number] = true;
            let uses = |word: &&str| own.contains(word) && (!macros.contains(word) || all[number].calls_macro(word));
            wanted.extend(all[number].words().filter(uses));
        }
    }
    if !taken.contains(&true) {
        return None;
    }
    let texts = all.iter().zip(taken).filter(|(chunk, is_taken)| *is_taken || chunk.head.starts_with("use "));
    let texts: Vec<String> = texts.map(|(chunk, _)| indent_lines(chunk.text)).collect();
    Some(format!("#[allow(dead_code, unused_imports)]\nmod runtime {{\n{}}}\n", texts.join("\n")))
}

/// An item of the runtime's source text, such as a function.
struct RuntimeItem<'a> {
    /// The item with its documentation and attributes.
    text: &'a str,
    /// The first line that is neither documentation nor an attribute.
    head: &'a str,
}

/// Splits a source into its items: each ends before an empty line whose next line is not indented. Leaves out the
/// comment at the beginning of the source.
fn split_runtime_items(source: &str) -> impl Iterator<Item = RuntimeItem<'_>> {
    let ends = source.match_indices("\n\n").map(|(end, _)| end + 1);
    let ends = ends.filter(|end| !source[end + 1..].starts_with(' ')).chain([source.len()]);
    let mut start = 0;
    let texts = ends.map(move |end| std::mem::replace(&mut start, end + 1)..end);
    texts.skip(1).filter_map(|range| {
        let text = &source[range];
        Some(RuntimeItem { text, head: text.lines().find(|line| !line.starts_with(['/', '#']))? })
    })
}

impl<'a> RuntimeItem<'a> {
    /// Returns the name of the item; `None` for an impl or a `use`.
    fn defined_name(&self) -> Option<&'a str> {
        let mut words = split_words(self.head).filter(|word| !matches!(*word, "pub" | "crate" | "super" | "const"));
        let is_item = |keyword: &str| matches!(keyword, "fn" | "enum" | "struct" | "trait" | "type" | "macro_rules");
        words.next().filter(|keyword| is_item(keyword)).and_then(|_| words.next())
    }

    /// Checks whether the item calls the macro `name`; a method may have the same name.
    fn calls_macro(&self, name: &str) -> bool {
        self.text.contains(&format!("runtime::{name}!"))
    }

    /// Checks whether the item is wanted: its name is among `wanted`, or it is an impl of a wanted trait for a wanted
    /// type. Traits and types that are not among `own`, the names of all items of the source, do not count.
    fn is_wanted(&self, wanted: &BTreeSet<&str>, own: &BTreeSet<&str>) -> bool {
        if let Some(name) = self.defined_name() {
            return wanted.contains(name);
        }
        let mut depth = 0;
        let is_outside = |c: &char| {
            depth += i32::from(*c == '<');
            let outside = depth == 0;
            depth -= i32::from(*c == '>');
            outside
        };
        let head: String = self.head.chars().filter(is_outside).collect();
        let mut subjects = split_words(&head).filter(|word| own.contains(word)).peekable();
        head.starts_with("impl") && subjects.peek().is_some() && subjects.all(|name| wanted.contains(name))
    }

    /// Returns the identifiers and numbers in the item, without those in comments.
    fn words(&self) -> impl Iterator<Item = &'a str> {
        let code = self.text.lines().filter(|line| !line.trim_start().starts_with("//"));
        code.flat_map(split_words)
    }
}

/// Returns the identifiers and numbers in a text: `a.b(1)` has `a`, `b` and `1`.
fn split_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Returns a text with each line that is not empty indented by four spaces.
fn indent_lines(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}
