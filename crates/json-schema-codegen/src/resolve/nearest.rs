//! Lists the existing names most similar to a name that does not exist, for an error.

/// Most names that one error lists.
const MAX_LISTED_NAMES: usize = 10;

/// Most names that are compared with a text, so that many errors about many names do not take minutes.
const MAX_COMPARED_NAMES: usize = 2_000;

/// Most characters of a text or name that are compared, so that long texts do not take minutes.
const MAX_COMPARED_CHARACTERS: usize = 200;

/// Lists the up to ten `names` most similar to `text`, best first, each on a line of its own after a line break:
/// "\n`a`\n`b`\n… and 3 more". Empty without names. Names that are equally similar keep their order. If there are more
/// than 2,000 names, those after them come last.
pub(crate) fn list_similar_names(names: impl IntoIterator<Item = impl AsRef<str>>, text: &str) -> String {
    let mut names: Vec<_> = names.into_iter().collect();
    let compared = names.len().min(MAX_COMPARED_NAMES);
    // In thousandths, since `f64` has no order.
    names[..compared].sort_by_cached_key(|name| ((1.0 - compute_similarity(name.as_ref(), text)) * 1000.0) as u32);
    let shown = names.iter().take(MAX_LISTED_NAMES).map(|name| format!("\n`{}`", name.as_ref()));
    let hidden = names.len().checked_sub(MAX_LISTED_NAMES).filter(|hidden| *hidden > 0);
    shown.chain(hidden.map(|hidden| format!("\n… and {hidden} more"))).collect()
}

/// Returns how similar two texts are, from 0 to 1, by the pairs of neighbouring characters that both have in lower
/// case: 0.89 for `Order` and `Orders`. Unlike an edit distance, this does not take longer if the texts differ more,
/// and it finds a name at the end of a path.
fn compute_similarity(a: &str, b: &str) -> f64 {
    let comparable = |text: &str| text.chars().take(MAX_COMPARED_CHARACTERS).collect::<String>().to_lowercase();
    strsim::sorensen_dice(&comparable(a), &comparable(b))
}

#[cfg(test)]
mod tests {
    use super::list_similar_names;

    #[test]
    fn name_at_the_end_of_a_path_is_found() {
        let names = ["#/components/schemas/Customer", "#/components/schemas/Orders", "line.json"];
        assert_eq!(list_similar_names(names, "order").lines().nth(1), Some("`#/components/schemas/Orders`"));
    }

    #[test]
    fn names_past_the_first_ten_are_counted() {
        let names: Vec<String> = (0..12).map(|number| format!("name {number}")).collect();
        assert!(list_similar_names(&names, "name 11").starts_with("\n`name 11`\n"));
        assert!(list_similar_names(&names, "name 11").ends_with("\n… and 2 more"));
    }
}
