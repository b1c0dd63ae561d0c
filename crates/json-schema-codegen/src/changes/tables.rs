//! Expands the macro calls in the generated types, as far as their results are public, since `syn` does not expand
//! macros: for example, `runtime::values! { OrderState, … }` implements `as_str()` for `OrderState`.

use std::collections::BTreeMap;

/// Returns the impls that the `runtime::…!` macro calls in `text`, the generated types, expand to. Only public
/// functions are kept, with empty bodies: `impl OrderState { pub fn as_str(&self) -> &str {} }`. Leaves out a call of a
/// macro that `text` does not define.
pub(super) fn expand_macro_impls(text: &str) -> Vec<syn::ItemImpl> {
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

/// Returns the types that the calls `runtime::view!` and `runtime::place!` in the generated types expand to, and impls
/// with their methods, whose bodies are empty: `pub struct Loan(Any); impl Loan { pub fn due(self) -> Option<&'a str>
/// {} }`.
pub(super) fn expand_view_macros(text: &str) -> Vec<syn::Item> {
    let calls = text.split("\nruntime::").skip(1).filter_map(|call| call.split_once("! {\n"));
    let items = calls.filter_map(|(name, rest)| {
        let rows: Vec<&str> = rest.split("\n}\n").next()?.lines().map(str::trim).collect();
        let rows = rows.into_iter().filter(|row| !row.starts_with("///") && !row.starts_with("#[d"));
        let rows: Vec<&str> = rows.map(|row| row.strip_suffix(';').unwrap_or(row)).collect();
        match name {
            "view" => write_view_source(&rows),
            "place" => write_place_source(&rows),
            _ => None,
        }
    });
    items.filter_map(|source| syn::parse_str::<syn::File>(&source).ok()).flat_map(|file| file.items).collect()
}

/// The words behind the type in the row of a view, in the order from the end of the row.
const VIEW_ROW_MARKS: [&str; 5] = [", items", ", entries", ", object", ", parsed", ", nullable"];

/// Returns the Rust source of a view with the rows `rows`, such as `Loan` and `"due" => due: Option<&'a str>,
/// nullable`.
fn write_view_source(rows: &[&str]) -> Option<String> {
    let methods = rows.iter().filter_map(|row| {
        let (method, mut returns) = row.rsplit_once("\" => ")?.1.split_once(": ")?;
        for mark in VIEW_ROW_MARKS {
            returns = returns.strip_suffix(mark).unwrap_or(returns);
        }
        Some(format!("pub fn {method}(self) -> {returns} {{}}\n"))
    });
    let (name, methods) = (rows.first()?, methods.collect::<String>());
    Some(format!("pub struct {name}(Any); impl {name} {{ {methods} }}"))
}

/// Returns the Rust source of the enum of a place with the rows `rows`, such as `Event, EventView, "data" by "kind"`,
/// `view: EventView<'_>, null`, `else: Other` and `Loan = "loan"`. Before the first may be `#[non_exhaustive]`.
fn write_place_source(rows: &[&str]) -> Option<String> {
    let (attribute, rows) = match rows {
        [attribute, rows @ ..] if attribute.starts_with("#[") => (*attribute, rows),
        rows => ("", rows),
    };
    let [head, method, other, choices @ ..] = rows else { return None };
    let mut names = head.split(", ");
    let (owner, name) = (names.next()?, names.next()?);
    let (method, returns) = method.split_once(": ")?;
    let returns = returns.strip_suffix(", null").unwrap_or(returns);
    let variants = choices.iter().filter_map(|row| row.split(" = ").next());
    let variants: String = variants.map(|view| format!("{view}({view}), ")).collect();
    let other = other.strip_prefix("else: ")?;
    Some(format!(
        "{attribute} pub enum {name} {{ {variants}{other}(Any) }} impl {owner} {{ pub fn {method}(&self) -> {returns} {{}} }}"
    ))
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
    MacroOutline { impls: extract_impl_heads(body), calls: calls.map(|(name, _)| name).collect() }
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
fn extract_impl_heads(body: &str) -> String {
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

    use super::expand_macro_impls;
    use crate::{Documents, Settings, generate};

    /// Returns the impls that the types of a schema have by macros, as texts.
    fn expand_generated_impls(settings: &Settings) -> Vec<String> {
        let schema = r#"{"title": "Order", "properties": {"state": {"enum": ["open"]}, "level": {"enum": [1]}},
            "type": "object"}"#;
        let documents = Documents::from_texts("schema", [("order.json", schema)]).unwrap();
        let generated = generate(documents, settings).unwrap();
        expand_macro_impls(generated.types()).iter().map(|block| block.to_token_stream().to_string()).collect()
    }

    #[test]
    fn macros_of_builders_and_of_closed_enums_are_expanded() {
        let unknown_variants = crate::UnknownVariants::Error;
        let found = expand_generated_impls(&Settings { struct_builder: true, unknown_variants, ..Settings::default() });
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
        let found = expand_generated_impls(&Settings::default());
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
