//! What the generated impls share: the items of `runtime/` that are used.

use std::collections::BTreeSet;

/// The source, in the form that it has in the output.
const SOURCE: &[&str] = &[
    include_str!("../runtime/properties.rs"),
    include_str!("../runtime/objects.rs"),
    include_str!("../runtime/enums.rs"),
    include_str!("../runtime/values.rs"),
    include_str!("../runtime/unions.rs"),
    include_str!("../runtime/value_reader.rs"),
    include_str!("../runtime/candidates.rs"),
    include_str!("../runtime/patterns.rs"),
    include_str!("../runtime/inspect.rs"),
];

/// The module with the items of the names, and all that they use; nothing for no names.
pub(crate) fn module(names: &BTreeSet<String>) -> Option<String> {
    let all: Vec<Chunk<'_>> = SOURCE.iter().flat_map(|source| chunks(source)).collect();
    let own: BTreeSet<&str> = all.iter().filter_map(Chunk::defines).collect();
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
            wanted.extend(all[number].words().filter(|word| own.contains(word)));
        }
    }
    if !taken.contains(&true) {
        return None;
    }
    let texts = all.iter().zip(taken).filter(|(chunk, is_taken)| *is_taken || chunk.head.starts_with("use "));
    let texts: Vec<String> = texts.map(|(chunk, _)| indented(chunk.text)).collect();
    Some(format!("#[allow(dead_code, unused_imports)]\nmod runtime {{\n{}}}\n", texts.join("\n")))
}

/// An item of the source, with its documentation and attributes.
struct Chunk<'a> {
    text: &'a str,
    /// The first line that is neither.
    head: &'a str,
}

/// The items of a source: each ends before an empty line that what is not indented follows. What
/// the source begins with says what it is about.
fn chunks(source: &str) -> impl Iterator<Item = Chunk<'_>> {
    let ends = source.match_indices("\n\n").map(|(end, _)| end + 1);
    let ends = ends.filter(|end| !source[end + 1..].starts_with(' ')).chain([source.len()]);
    let mut start = 0;
    let texts = ends.map(move |end| std::mem::replace(&mut start, end + 1)..end);
    texts.skip(1).filter_map(|range| {
        let text = &source[range];
        Some(Chunk { text, head: text.lines().find(|line| !line.starts_with(['/', '#']))? })
    })
}

impl<'a> Chunk<'a> {
    /// The name of the item; an impl has none.
    fn defines(&self) -> Option<&'a str> {
        let mut words = words(self.head).filter(|word| !matches!(*word, "pub" | "crate" | "super" | "const"));
        let is_item = |keyword: &str| matches!(keyword, "fn" | "enum" | "struct" | "trait" | "type" | "macro_rules");
        words.next().filter(|keyword| is_item(keyword)).and_then(|_| words.next())
    }

    /// Whether it is one of the wanted items, or an impl whose trait and type are wanted, as far as
    /// they are items of the source too.
    fn is_wanted(&self, wanted: &BTreeSet<&str>, own: &BTreeSet<&str>) -> bool {
        if let Some(name) = self.defines() {
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
        let mut subjects = words(&head).filter(|word| own.contains(word)).peekable();
        head.starts_with("impl") && subjects.peek().is_some() && subjects.all(|name| wanted.contains(name))
    }

    /// The names in the code.
    fn words(&self) -> impl Iterator<Item = &'a str> {
        let code = self.text.lines().filter(|line| !line.trim_start().starts_with("//"));
        code.flat_map(words)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}
