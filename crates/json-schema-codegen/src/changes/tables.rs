//! What the macros of the runtime make of the tables in an output, as far as it is public.

use std::collections::BTreeMap;

/// The impls that each table of an output stands for, their functions without what is in them.
pub(super) fn impls(text: &str) -> Vec<syn::ItemImpl> {
    let outlines = outlines(text);
    let tables = text.split("\nruntime::").skip(1).filter_map(|table| table.split_once("! {\n"));
    let impls = tables.filter_map(|(name, rows)| {
        let ty = rows.trim_start().split(',').next()?;
        let name = name.strip_prefix("candidate_").unwrap_or(name);
        syn::parse_str::<syn::File>(&outlines.get(name)?.replace("$name", ty)).ok()
    });
    impls
        .flat_map(|file| file.items)
        .filter_map(|item| if let syn::Item::Impl(one) = item { Some(one) } else { None })
        .collect()
}

/// The impls that each macro makes, by its name: their heads, and the heads of public functions.
fn outlines(text: &str) -> BTreeMap<&str, String> {
    let macros = text.split("macro_rules! ").skip(1).filter_map(|rest| rest.split_once(" {"));
    macros.map(|(name, rest)| (name, outline(rest.split("pub(super) use").next().unwrap_or_default()))).collect()
}

fn outline(body: &str) -> String {
    let mut outline = String::new();
    for line in body.lines().map(str::trim) {
        if let Some(head) = line.strip_prefix("impl").and_then(|head| head.split('{').next()) {
            let end = if outline.is_empty() { "" } else { "}\n" };
            outline += &format!("{end}impl{head}{{\n");
        } else if line.starts_with("pub fn ") {
            outline += &format!("{line}}}\n");
        }
    }
    outline + "}\n"
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;

    use super::impls;
    use crate::{Documents, Settings, generate};

    #[test]
    fn tables_are_read_as_what_they_make() {
        let schema = r#"{"title": "Order", "properties": {"state": {"enum": ["open"]}}, "type": "object"}"#;
        let documents = Documents::from_texts("schema", [("order.json", schema)]).unwrap();
        let generated = generate(documents, &Settings::default()).unwrap();
        let found: Vec<String> = impls(generated.types()).iter().map(|one| one.to_token_stream().to_string()).collect();
        let has = |text: &str| found.iter().any(|one| one.contains(text));
        for text in [
            "impl Order { pub fn unlisted (& self) -> Vec < runtime :: Unlisted > { } }",
            "impl < 'de > :: serde :: Deserialize < 'de > for Order { }",
            "impl OrderState { pub fn as_str (& self) -> & str { } pub fn unlisted",
            "impl From < & str > for OrderState { }",
            "impl Eq for OrderState { }",
        ] {
            assert!(has(text), "{text} in {found:#?}");
        }
    }
}
