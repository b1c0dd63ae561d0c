//! Reads the pairs of schemas in `json-schema-codegen/tests/changes`, each with the report of the changes between them.

use std::fs;
use std::path::Path;

use json_schema_codegen::changes::{self, Changes};
use json_schema_codegen::{Documents, Generated, Generator, generate};

/// The output of the old and the new schema in a folder, and the report of the changes between them.
pub struct VersionPair {
    pub name: String,
    pub old: Generated,
    pub new: Generated,
    pub changes: Changes,
}

impl VersionPair {
    /// Reads all cases, sorted by the names of their folders.
    pub fn read_all_pairs() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../json-schema-codegen/tests/changes");
        let mut folders: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        folders.sort();
        folders.iter().map(|folder| Self::read_pair(folder)).collect()
    }

    /// Generates the types of both versions in `folder`, and compares them.
    fn read_pair(folder: &Path) -> Self {
        let version = |which: &str| {
            let schema = fs::read_to_string(folder.join(format!("{which}.json"))).unwrap();
            let corrections = fs::read_to_string(folder.join(format!("{which}.patch.json"))).ok();
            let texts =
                [Some(("shop.json", schema)), corrections.map(|text| ("shop.patch.json", text))].into_iter().flatten();
            let settings = fs::read_to_string(folder.join(format!("{which}.toml"))).unwrap_or_default();
            let settings = Generator::from_text("codegen.toml", &settings).unwrap();
            generate(Documents::from_texts("", texts).unwrap(), settings.settings()).unwrap()
        };
        let (old, new) = (version("old"), version("new"));
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        Self { name, changes: changes::compare(&old, &new).unwrap(), old, new }
    }
}
