//! Checks the reports of changes of hostile schemas: a report between a schema and itself is empty, and a report
//! between a schema and its edited copy is not.

use json_schema_codegen::changes::{self, Changes};
use json_schema_codegen::{Documents, Errors, Generated, Settings, generate};
use lab::hostile::SCHEMA_FAMILIES;

use crate::cases;

/// Generates types from the schema `text` with the default settings.
fn generate_types(text: &str) -> Result<Generated, Errors> {
    let documents = Documents::from_texts("schema", [("schema.json", text)])?;
    generate(documents, &Settings::default())
}

/// Returns copies of the schema `text`, each with one edit: another type, or another enum value, at the first or at the
/// last place where the text has one. In a chain of schemas, these places are its two ends.
fn edit_schema_in_all_ways(text: &str) -> Vec<String> {
    let edits = [
        (r#""type": "string""#, r#""type": "boolean""#),
        (r#""type": "integer""#, r#""type": "boolean""#),
        (r#""type": "object""#, r#""type": ["object", "null"]"#),
        (r#""enum": ["#, r#""enum": ["another", "#),
    ];
    let mut all = Vec::new();
    for (old, new) in edits {
        for at in [text.find(old), text.rfind(old)].into_iter().flatten() {
            let mut edited = text.to_owned();
            edited.replace_range(at..at + old.len(), new);
            all.push(edited);
        }
    }
    all.dedup();
    all
}

/// Returns the report of the changes from `old` to `new`.
fn compare_types(old: &Generated, new: &Generated) -> Changes {
    changes::compare(old, new).unwrap()
}

/// The schemas are smaller than in other tests, since comparing versions takes longer than generating.
#[test]
fn each_edit_of_a_schema_family_is_reported() {
    for family in SCHEMA_FAMILIES {
        let text = (family.make_schema_text)(family.size.div_ceil(5).max(4));
        let Ok(old) = generate_types(&text) else { continue };
        assert!(compare_types(&old, &old).is_empty(), "{}", family.name);
        for new in edit_schema_in_all_ways(&text).iter().filter_map(|edited| generate_types(edited).ok()) {
            assert!(!compare_types(&old, &new).is_empty() && !compare_types(&new, &old).is_empty(), "{}", family.name);
        }
    }
}

#[test]
fn each_case_compared_with_itself_has_no_changes() {
    for generated in cases::list_cases().iter().filter_map(|(_, case)| cases::generate_case(case).ok()) {
        assert!(compare_types(&generated, &generated).is_empty());
    }
}

/// The change is one for which neither the structure of the types nor an instance proves that the second items are
/// read, so that the set algebra of schemas is asked.
#[test]
fn change_at_the_end_of_a_long_chain_is_decided() {
    let chain = SCHEMA_FAMILIES.iter().find(|family| family.name == "a chain of objects").unwrap();
    let text = (chain.make_schema_text)(chain.size);
    let pair = |second: &str| {
        let items = format!(r##""type": "array", "minItems": 2, "prefixItems": [{{"$ref": "#/$defs/D0"}}, {second}]"##);
        generate_types(&text.replacen(r##""$ref": "#/$defs/D0""##, &items, 1)).unwrap()
    };
    let old = pair(r#"{"type": "integer"}"#);
    let new = pair(r#"{"type": "number", "multipleOf": 1, "minimum": 0, "maximum": 9}"#);
    let told = compare_types(&old, &new);
    assert_eq!(told.changes[0].id, "tuple_changed:First");
    assert_eq!((told.summary.old_refuses_new, told.summary.new_refuses_old), (0, 0));
}
