//! Writes the tables of views, and of the places that they are for.

use serde_json::Value;

use crate::normalize::{Accessor, Definitions, Docs, View, ViewChoice, ViewPlace, ViewType};
use crate::refine::docs;
use crate::refine::table::{MacroTable, write_string_literal};
use crate::settings::Settings;

/// Returns the tables of all places that have views, then those of all views.
pub(super) fn make_tables(definitions: &Definitions, settings: &Settings) -> impl Iterator<Item = MacroTable> {
    let places = definitions.views.places.iter().map(|place| make_place_table(place, definitions, settings));
    places.chain(definitions.views.all.iter().map(|view| make_view_table(view, definitions, settings)))
}

/// Returns the table for the enum of the views of a property, and for the method that returns this enum.
fn make_place_table(place: &ViewPlace, definitions: &Definitions, settings: &Settings) -> MacroTable {
    let ViewPlace { name, method, other, .. } = place;
    let owner = definitions.name(place.owner);
    let (property, by) = (&place.property, &place.by);
    let about = format!(
        "The object in {} of a [`{owner}`], which {} decides.",
        docs::format_inline_code(property),
        docs::format_inline_code(by)
    );
    let mut head = write_doc_comment(&[about]);
    head += &write_doc_alias(place.alias.as_deref());
    if settings.non_exhaustive {
        head += "#[non_exhaustive]\n    ";
    }
    head += &format!("{owner}, {name}, {} by {}", write_string_literal(property), write_string_literal(by));
    let mut table = MacroTable::new("place", head);
    let returns = match place.required {
        true => format!("{name}<'_>, null"),
        false => format!("Option<{name}<'_>>"),
    };
    let about = format!(
        "Returns a view of {}, by the value of {}",
        docs::format_inline_code(property),
        docs::format_inline_code(by)
    );
    let about = match place.required {
        true => format!("{about}."),
        false => format!("{about}; `None` if there is no {}.", docs::format_inline_code(property)),
    };
    table.add_row(format!("{}{method}: {returns}", write_doc_comment(&[about])));
    let about = format!("Any other value of {}.", docs::format_inline_code(by));
    table.add_row(format!("{}else: {other}", write_doc_comment(&[about])));
    for choice in &place.choices {
        add_view_choice_row(place, choice, definitions, &mut table);
    }
    table
}

/// Adds the row of a variant of the enum of `place`, such as `Message = "messages"`.
fn add_view_choice_row(place: &ViewPlace, choice: &ViewChoice, definitions: &Definitions, table: &mut MacroTable) {
    let Some(view) = definitions.views.all.get(choice.view.0) else { return };
    let values: Vec<String> = choice.values.iter().map(write_value_literal).collect();
    let shown: Vec<String> =
        choice.values.iter().map(|value| docs::format_inline_code(&format_for_docs(value))).collect();
    let about = format!("The value of {} is {}.", docs::format_inline_code(&place.by), shown.join(" or "));
    table.add_row(format!("{}{} = {}", write_doc_comment(&[about]), view.name, values.join(" | ")));
}

/// Returns a value of a sibling property as a Rust literal: `"messages"`, `1_i64`, `1.5_f64` or `true`.
fn write_value_literal(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_i64() => format!("{number}_i64"),
        Value::Number(number) if number.is_u64() => format!("{number}_u64"),
        Value::Number(number) => format!("{:?}_f64", number.as_f64().unwrap_or_default()),
        value => value.as_str().map_or_else(|| value.to_string(), write_string_literal),
    }
}

/// Returns a value as text for documentation: a string without quotes, and any other value as JSON.
fn format_for_docs(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns the table of a view, with a row for each of its methods.
fn make_view_table(view: &View, definitions: &Definitions, settings: &Settings) -> MacroTable {
    let mut documented = Docs { deprecated: false, ..view.docs.clone() };
    documented.title = documented.title.filter(|title| *title != view.name);
    let fallback = format!("The object `{}`.", view.name);
    let mut lines = docs::format_doc_lines(&documented, settings.doc_base_url.as_deref(), Some(&fallback));
    let about = "A view: each method looks up one property, and returns `None` or nothing if its value does not fit.";
    lines.extend([String::new(), about.to_owned()]);
    let mut table =
        MacroTable::new("view", write_doc_comment(&lines) + &write_doc_alias(view.alias.as_deref()) + &view.name);
    let mut owners: Vec<&str> = Vec::new();
    for place in &definitions.views.places {
        let chooses = place
            .choices
            .iter()
            .any(|choice| definitions.views.all.get(choice.view.0).is_some_and(|other| std::ptr::eq(other, view)));
        let owner = place.held.map(|id| definitions.name(id)).filter(|owner| chooses && !owners.contains(owner));
        owners.extend(owner);
    }
    for owner in owners {
        table.add_row(format!("of {owner}"));
    }
    for accessor in &view.accessors {
        add_accessor_row(accessor, definitions, settings, &mut table);
    }
    if view.describes_others {
        table.add_row("others: listed".to_owned());
    }
    table
}

/// Adds the row of a method of a view, such as `"text" => text: Option<&'a str>`.
fn add_accessor_row(accessor: &Accessor, definitions: &Definitions, settings: &Settings, table: &mut MacroTable) {
    let fallback = format!("The property {}.", docs::format_inline_code(&accessor.json_name));
    let lines = docs::format_doc_lines(&accessor.docs, settings.doc_base_url.as_deref(), Some(&fallback));
    let deprecated = if accessor.docs.deprecated { "#[deprecated]\n    " } else { "" };
    let head = write_doc_comment(&lines) + deprecated;
    let null = if accessor.accepts_null && accessor.ty != ViewType::Any { ", nullable" } else { "" };
    let mark = match &accessor.ty {
        ViewType::List(_) => ", items",
        ViewType::Map(_) => ", entries",
        ViewType::AnyObject => ", object",
        _ if accessor.parses_text => ", parsed",
        _ => "",
    };
    let returns = write_returned_type(&accessor.ty, definitions);
    table.add_row(format!(
        "{head}{} => {}: {returns}{null}{mark}",
        write_string_literal(&accessor.json_name),
        accessor.method
    ));
}

/// Returns the Rust type that the method for a property of the type `ty` returns: `Option<&'a str>` for a text, and an
/// iterator for a list or a map.
pub(crate) fn write_returned_type(ty: &ViewType, definitions: &Definitions) -> String {
    match ty {
        ViewType::List(items) => format!("impl ExactSizeIterator<Item = {}>", write_value_type(items, definitions)),
        ViewType::Map(values) => {
            format!("impl ExactSizeIterator<Item = (&'a str, {})>", write_value_type(values, definitions))
        }
        ty => format!("Option<{}>", write_value_type(ty, definitions)),
    }
}

/// Returns the Rust type of a single value of the type `ty`, such as `&'a str` for a text.
fn write_value_type(ty: &ViewType, definitions: &Definitions) -> String {
    let view_name = |id: usize| definitions.views.all.get(id).map_or("", |view| view.name.as_str());
    match ty {
        ViewType::Text => "&'a str".to_owned(),
        ViewType::Boolean => "bool".to_owned(),
        ViewType::Integer => "i64".to_owned(),
        ViewType::Number => "f64".to_owned(),
        ViewType::AnyObject | ViewType::Any => "Any<'a>".to_owned(),
        ViewType::Enum(id) => definitions.name(*id).to_owned(),
        ViewType::Object(id) => format!("{}<'a>", view_name(id.0)),
        ViewType::List(items) => format!("Vec<{}>", write_value_type(items, definitions)),
        ViewType::Map(values) => format!("Vec<(&'a str, {})>", write_value_type(values, definitions)),
    }
}

/// Returns `#[doc(alias = "…")]` for `alias`, the name that a type had before a rename, with a line break after it.
/// Empty if `alias` is `None`.
fn write_doc_alias(alias: Option<&str>) -> String {
    alias.map(|alias| format!("#[doc(alias = {})]\n    ", write_string_literal(alias))).unwrap_or_default()
}

/// Returns `lines` as a doc comment: each with `///` before it, and a line break and the indentation of a table row
/// after it.
fn write_doc_comment(lines: &[String]) -> String {
    let line = |line: &String| if line.is_empty() { "///\n    ".to_owned() } else { format!("/// {line}\n    ") };
    lines.iter().map(line).collect()
}
