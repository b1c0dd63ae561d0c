//! Writes the table of the builder of a struct, if the settings ask for builders.

use quote::{ToTokens, quote};

use crate::normalize::{Extra, Shape};
use crate::refine::declare::property_type;
use crate::refine::structs::has_nulls;
use crate::refine::table::{Table, literal};
use crate::refine::{Item, ident};

/// Returns the table of the builder of a struct, with a row for each field: the name in JSON, the field, its type, and the
/// value that it has unless another one is set. `None` for any other type, and without the setting `struct_builder`.
pub(crate) fn pass(item: &Item<'_>) -> Option<Table> {
    let Shape::Struct(object) = &item.definition.shape else { return None };
    if !item.settings.struct_builder {
        return None;
    }
    let mut table = Table::new("builder", item.definition.name.clone());
    for property in &object.properties {
        let ty = text(&property_type(item, property));
        let value = item.value_unless_given(property).map(|value| format!(" = {}", text(&value)));
        let (wire, value) = (literal(&property.json_name), value.unwrap_or_default());
        table.row(format!("{wire} => {}: {ty}{value}", property.field));
    }
    for pattern in &object.patterns {
        let ty = item.rust(&pattern.ty);
        add_map(&mut table, &pattern.field, &quote!(::std::collections::BTreeMap<String, #ty>));
    }
    match &object.extra {
        Extra::Open { field } => add_map(&mut table, field, &quote!(::serde_json::Map<String, ::serde_json::Value>)),
        Extra::Typed { field, ty } => {
            let ty = item.rust(ty);
            add_map(&mut table, field, &quote!(::std::collections::BTreeMap<String, #ty>));
        }
        Extra::Ignored | Extra::Closed => {}
    }
    if has_nulls(item, object) {
        table.row("explicit nulls => nulls".to_owned());
    }
    Some(table)
}

/// Adds the row of a field that holds a map of properties; it is empty unless it is set.
fn add_map(table: &mut Table, field: &str, ty: &impl ToTokens) {
    table.row(format!("{} => {field}: {} = Default::default()", literal(field), text(ty)));
}

/// Returns the text of a type or a path, such as `Option<String>`.
fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "").replace(',', ", ")
}

impl Item<'_> {
    /// Returns the alias of the builder of a struct, for the module `builder`; `None` if the type has no builder.
    pub(crate) fn builder_alias(&self) -> Option<proc_macro2::TokenStream> {
        pass(self)?;
        let name = ident(&self.definition.name);
        let docs = format!(" The builder of [`{name}`](super::{name}).");
        Some(quote!(#[doc = #docs] pub type #name = <super::#name as super::runtime::Build>::Builder;))
    }
}
