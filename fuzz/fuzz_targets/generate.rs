//! Generates types from any documents. The result must be errors, or Rust text that contains only types and impls.
//!
//! An input is one text, or up to four with a line `---` between them: `a.json`, `b.json`, `folder/c.json`, and
//! `a.patch.json`, the corrections of the first. Most mutations of an input that is JSON keep it JSON.

#![no_main]

#[path = "generate/mutate.rs"]
mod mutate;
#[path = "generate/output.rs"]
mod output;

use json_schema_codegen::{Dangling, Documents, Settings, generate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

/// The text between two documents of an input.
const DOCUMENT_SEPARATOR: &str = "\n---\n";

/// The names of the documents, in their order in the input.
const DOCUMENT_NAMES: &[&str] = &["a.json", "b.json", "folder/c.json", "a.patch.json"];

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let texts = DOCUMENT_NAMES.iter().copied().zip(text.splitn(DOCUMENT_NAMES.len(), DOCUMENT_SEPARATOR));
    let Ok(documents) = Documents::from_texts("schema", texts) else { return };
    let Ok(generated) = generate(documents, &choose_settings_for_text(text)) else { return };
    output::check_generated_text(generated.types());
    output::check_generated_text(&generated.json_schema_impls().expect("the impls are Rust"));
    let (_, _, _) = (generated.report(), generated.schema(), generated.schema_pointers());
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| { mutate::mutate_input(data, size, most, seed) });

/// Returns settings that depend on the length of the input `text`. Entries of `formats` and `types` are made only if
/// they may have an effect, since an entry without an effect is an error.
fn choose_settings_for_text(text: &str) -> Settings {
    let length = text.len();
    let mut settings = Settings::default();
    if length % 2 == 0 {
        settings.dangling = Dangling::Widen;
        settings.non_exhaustive = true;
    }
    if length % 3 == 0 {
        settings.doc_base_url = Some("https://example.com/".to_owned());
        if text.contains("\"date-time\"") {
            settings.formats.insert("date-time".to_owned(), "::std::string::String".to_owned());
        }
    }
    if length % 5 == 0 {
        settings.roots = vec!["a.json".to_owned()];
        settings.type_name = Some("Root".to_owned());
        if text.contains("\"id\"") {
            settings.types.insert("#/properties/id".to_owned(), "crate::Id".to_owned());
        }
    }
    settings
}
