//! Reads `docs/FROM_TYPIFY.md`.

/// An example of the page, under a heading of its own.
pub struct PageExample {
    /// The heading as it is in links: `derives-and-attributes`.
    pub anchor: String,
    /// The text of a file `loan.patch.json` beside the schema, if the example has one.
    pub correction: Option<String>,
    /// The text of `codegen.toml`.
    pub settings: String,
    /// The program, which has the types in the module `types`.
    pub code: String,
}

/// Returns the text of the page.
pub fn read_page() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/FROM_TYPIFY.md")).unwrap()
}

/// Returns the rows of the page's tables about typify, without their heads and without the first table, which lists the
/// settings of the style.
pub fn list_table_rows(page: &str) -> Vec<&str> {
    let (_, tables) = page.split_once("## `TypeSpaceSettings`").unwrap();
    let is_row = |line: &&str| line.starts_with("| ") && !line.starts_with("| ---") && !line.ends_with("| Here |");
    tables.lines().filter(is_row).collect()
}

/// Returns the schema that the examples are about.
pub fn find_example_schema(page: &str) -> String {
    let (_, examples) = page.split_once("\n## Examples\n").unwrap();
    find_code_block(examples, "json").unwrap()
}

/// Returns the examples in their order.
pub fn list_examples(page: &str) -> Vec<PageExample> {
    let (_, examples) = page.split_once("\n## Examples\n").unwrap();
    let sections = examples.split("\n### ").skip(1).map(|section| section.split_once('\n').unwrap());
    let example = |(heading, text): (&str, &str)| PageExample {
        anchor: heading.to_lowercase().replace(' ', "-"),
        correction: find_code_block(text, "json"),
        settings: find_code_block(text, "toml").unwrap(),
        code: find_code_block(text, "rust").unwrap(),
    };
    sections.map(example).collect()
}

/// Returns the first block of code in a language; `None` if there is none.
fn find_code_block(text: &str, language: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("```{language}\n"))?;
    Some(rest.split("```").next().unwrap_or_default().to_owned())
}
