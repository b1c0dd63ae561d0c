//! Checks that `docs/RECIPES.md` and `docs/CHOOSING.md` show the pages `src/recipes.md` and `src/choosing.md` as rustdoc
//! renders them: without the hidden lines of code. `EXPECTORATE=overwrite` writes the pages again.

use std::path::Path;

/// The recipes, as they are in the documentation of `webex-event`.
const RECIPES: &str = include_str!("../../../src/recipes.md");

/// The beginning of the page.
const PAGE_HEAD: &str = "\
# Recipes

Short programs for common tasks with events. Each is tested. This page is written from `src/recipes.md`, which the
documentation of the crate includes.
";

#[test]
fn recipes_page_is_rendered_from_the_documentation() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/RECIPES.md");
    let (_, recipes) = RECIPES.split_once('\n').unwrap_or_default();
    expectorate::assert_contents(page, &format!("{PAGE_HEAD}{}", render_for_plain_markdown(recipes)));
}

/// The page on choosing, as it is in the documentation of `webex-event`.
const CHOOSING: &str = include_str!("../../../src/choosing.md");

/// The beginning of the page on choosing.
const CHOOSING_HEAD: &str = "\
# Which type reads what

This page is written from `src/choosing.md`, which the documentation of the crate includes.
";

#[test]
fn choosing_page_is_rendered_from_the_documentation() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/CHOOSING.md");
    let (_, choosing) = CHOOSING.split_once('\n').unwrap_or_default();
    expectorate::assert_contents(page, &format!("{CHOOSING_HEAD}{}", render_for_plain_markdown(choosing)));
}

/// Returns Markdown for a reader who does not use rustdoc: code blocks are marked as Rust, and hidden lines are left
/// out; headings are a level deeper; a link to an item of the crate (`` [`Any`](crate::Any) ``) becomes its text.
fn render_for_plain_markdown(recipes: &str) -> String {
    let mut page = String::new();
    let mut is_code = false;
    for line in recipes.lines() {
        if line.starts_with("```") {
            page.push_str(if is_code { "```\n" } else { "```rust\n" });
            is_code = !is_code;
        } else if !is_code {
            let heading = if line.starts_with('#') { "#" } else { "" };
            page.push_str(&format!("{heading}{}\n", replace_item_links(line)));
        } else if line != "#" && !line.starts_with("# ") {
            page.push_str(&format!("{line}\n"));
        }
    }
    page
}

/// Replaces each link to an item of the crate by the text of the link.
fn replace_item_links(line: &str) -> String {
    let mut parts = line.split("](crate::");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, rest) = part.split_once(')').unwrap_or_default();
        if let Some(start) = text.rfind('[') {
            text.remove(start);
        }
        text.push_str(rest);
    }
    text
}
