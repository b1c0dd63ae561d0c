//! Writes the table of the builder of a struct, if the settings ask for builders.

use quote::{ToTokens, quote};

use crate::normalize::{AdditionalProperties, Shape};
use crate::refine::declare::make_property_type;
use crate::refine::structs::has_nulls_field;
use crate::refine::table::{MacroTable, write_string_literal};
use crate::refine::{PassInput, make_ident};

/// Returns the table from which a macro makes the builder of a struct, with a row for each field: the JSON name, the
/// field, its type, and its default if it need not be set. `None` for any other type, and without the setting
/// `struct_builder`.
pub(crate) fn make_builder_table(item: &PassInput<'_>) -> Option<MacroTable> {
    let Shape::Struct(object) = &item.definition.shape else { return None };
    if !item.settings.struct_builder {
        return None;
    }
    let mut table = MacroTable::new("builder", item.definition.name.clone());
    for property in &object.properties {
        let ty = format_tokens(&make_property_type(item, property));
        let value = item.write_initial_value(property).map(|value| format!(" = {}", format_tokens(&value)));
        let (wire, value) = (write_string_literal(&property.json_name), value.unwrap_or_default());
        table.add_row(format!("{wire} => {}: {ty}{value}", property.field));
    }
    for pattern in &object.patterns {
        let ty = item.rust_type(&pattern.ty);
        add_map_row(&mut table, &pattern.field, &quote!(::std::collections::BTreeMap<String, #ty>));
    }
    match &object.extra {
        AdditionalProperties::Open { field } => {
            add_map_row(&mut table, field, &quote!(::serde_json::Map<String, ::serde_json::Value>))
        }
        AdditionalProperties::Typed { field, ty } => {
            let ty = item.rust_type(ty);
            add_map_row(&mut table, field, &quote!(::std::collections::BTreeMap<String, #ty>));
        }
        AdditionalProperties::Ignored | AdditionalProperties::Closed => {}
    }
    if has_nulls_field(item, object) {
        table.add_row("explicit nulls => nulls".to_owned());
    }
    Some(table)
}

/// Adds a row to `table` for the field `field`, which holds a map of properties of the type `ty`, and is empty by
/// default.
fn add_map_row(table: &mut MacroTable, field: &str, ty: &impl ToTokens) {
    table.add_row(format!("{} => {field}: {} = Default::default()", write_string_literal(field), format_tokens(ty)));
}

/// Formats the tokens of a type or an expression without spaces, except after commas: `Map < A , B >` becomes
/// `Map<A, B>`.
fn format_tokens(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "").replace(',', ", ")
}

impl PassInput<'_> {
    /// Writes the alias for the module `builder` that names the builder of a struct; `None` if the type has no builder.
    pub(crate) fn write_builder_alias(&self) -> Option<proc_macro2::TokenStream> {
        make_builder_table(self)?;
        let name = make_ident(&self.definition.name);
        let docs = format!(" The builder of [`{name}`](super::{name}).");
        Some(quote!(#[doc = #docs] pub type #name = <super::#name as super::runtime::Build>::Builder;))
    }
}
