//! Expands the macro calls in the generated types, as far as their results are public, since `syn` does not expand
//! macros: for example, `runtime::values! { OrderState, … }` implements `as_str()` for `OrderState`.

use std::collections::BTreeMap;

/// Returns the impls that the `runtime::…!` macro calls in `text`, the generated types, expand to. Only public
/// functions are kept, with empty bodies: `impl OrderState { pub fn as_str(&self) -> &str {} }`. Leaves out a call of a
/// macro that `text` does not define.
pub(super) fn expand_impls(text: &str) -> Vec<syn::ItemImpl> {
    let outlines = parse_macro_outlines(text);
    let calls = text.split("\nruntime::").skip(1).filter_map(|call| call.split_once("! {\n"));
    let impls = calls.filter_map(|(name, rows)| {
        let mut head = rows.trim_start().split(';').next()?.splitn(2, ", ");
        let (ty, second) = (head.next()?, head.next().unwrap_or_default());
        let outline = join_macro_outlines(&outlines, name).replace("$name", ty).replace("$number", second);
        syn::parse_str::<syn::File>(&outline).ok()
    });
    impls
        .flat_map(|file| file.items)
        .filter_map(|item| if let syn::Item::Impl(block) = item { Some(block) } else { None })
        .collect()
}

/// The public content of a macro of the runtime: its impls, and the names of the macros that it calls.
struct MacroOutline<'a> {
    impls: String,
    calls: Vec<&'a str>,
}

/// Returns the outlines of the macros that `text` defines, by the names of the macros.
fn parse_macro_outlines(text: &str) -> BTreeMap<&str, MacroOutline<'_>> {
    let macros = text.split("macro_rules! ").skip(1).filter_map(|rest| rest.split_once(" {"));
    macros
        .map(|(name, rest)| (name, parse_macro_outline(rest.split("pub(super) use").next().unwrap_or_default())))
        .collect()
}

/// Returns the outline of a macro: `body` is its text between `macro_rules! name {` and the end of the definition.
fn parse_macro_outline(body: &str) -> MacroOutline<'_> {
    let calls = body.lines().filter_map(|line| line.trim().strip_prefix("runtime::")?.split_once("! {"));
    MacroOutline { impls: keep_impl_heads(body), calls: calls.map(|(name, _)| name).collect() }
}

/// Joins the impls of the macro `name` with those of the macros that it calls, directly or through others. Empty if
/// there is no such macro. Relies on no macro calling itself.
fn join_macro_outlines(outlines: &BTreeMap<&str, MacroOutline<'_>>, name: &str) -> String {
    let Some(outline) = outlines.get(name) else { return String::new() };
    let inner = outline.calls.iter().map(|call| join_macro_outlines(outlines, call));
    outline.impls.clone() + &inner.collect::<String>()
}

/// Returns the impls in the body of a macro as text, reduced to the heads of public functions with empty bodies: `impl
/// $name { pub fn as_str(&self) -> &str {} }`. Macro variables such as `$name` stay in the text. `body` must have each
/// head of an `impl` or a `pub fn` on a line of its own; a head that goes on in the next line, such as that of a
/// builder's method, is left out.
fn keep_impl_heads(body: &str) -> String {
    let mut outline = String::new();
    for line in body.lines().map(str::trim) {
        if let Some(head) = line.strip_prefix("impl").and_then(|head| head.split('{').next()) {
            let end = if outline.is_empty() { "" } else { "}\n" };
            outline += &format!("{end}impl{head}{{\n");
        } else if line.starts_with("pub fn ") && line.ends_with('{') {
            outline += &format!("{line}}}\n");
        }
    }
    if outline.is_empty() { outline } else { outline + "}\n" }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;

    use super::expand_impls;
    use crate::{Documents, Settings, generate};

    /// Returns the impls that the types of a schema have by macros, as texts.
    fn expanded(settings: &Settings) -> Vec<String> {
        let schema = r#"{"title": "Order", "properties": {"state": {"enum": ["open"]}, "level": {"enum": [1]}},
            "type": "object"}"#;
        let documents = Documents::from_texts("schema", [("order.json", schema)]).unwrap();
        let generated = generate(documents, settings).unwrap();
        expand_impls(generated.types()).iter().map(|block| block.to_token_stream().to_string()).collect()
    }

    #[test]
    fn macros_of_builders_and_of_closed_enums_are_expanded() {
        let unknown_variants = crate::UnknownVariants::Error;
        let found = expanded(&Settings { struct_builder: true, unknown_variants, ..Settings::default() });
        for text in [
            "impl Order { pub fn builder () -> < Self as runtime :: Build > :: Builder { } }",
            "impl TryFrom < i64 > for OrderLevel { }",
            "impl TryFrom < & str > for OrderState { }",
        ] {
            assert!(found.iter().any(|found| found == text), "{text} in {found:#?}");
        }
    }

    #[test]
    fn macro_calls_are_expanded_to_impls() {
        let found = expanded(&Settings::default());
        let has = |text: &str| found.iter().any(|found| found.contains(text));
        for text in [
            "impl Order { pub fn unlisted (& self) -> Vec < runtime :: Unlisted > { } }",
            "impl < 'de > :: serde :: Deserialize < 'de > for Order { }",
            "impl OrderState { pub fn as_str (& self) -> & str { } pub fn listed_values () -> & 'static [Self] { }",
            "impl Order { pub fn as_any (& self) -> runtime :: Any < '_ > { }",
            "impl From < & str > for OrderState { }",
            "impl Eq for OrderState { }",
        ] {
            assert!(has(text), "{text} in {found:#?}");
        }
    }
}
