//! Turns lowered definitions into Rust items, by an ordered table of passes, a file each.

mod access;
mod assertions;
mod builder;
mod candidates;
mod construct;
mod declare;
mod defaults;
mod derives;
mod docs;
mod enums;
mod inspect;
mod item;
mod jiff;
mod json_schema;
mod lenient;
mod members;
mod output;
mod shared;
mod structs;
mod table;
mod tuples;
mod union_choice;
mod unions;
mod views;
mod wire;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use item::{PassInput, make_ident};
pub(crate) use jiff::write_jiff_impls;
pub(crate) use json_schema::write_json_schema_impls;
pub(crate) use output::{Output, OutputPart};
pub(crate) use table::MacroTable;
pub(crate) use views::write_returned_type;

use crate::diagnostic::{Errors, Findings};
use crate::lower::LoweredDefinitions;
use crate::normalize::{Shape, Type};
use crate::resolve::Resolved;
use crate::settings::{BTREE_MAP, Settings};

/// A function that writes a part of the output for one definition. It writes nothing for definitions of shapes that it
/// is not responsible for.
enum Pass {
    /// Writes items.
    Items(fn(&PassInput<'_>) -> TokenStream),
    /// Writes a table, from which a macro of the runtime makes items.
    Table(fn(&PassInput<'_>) -> Option<MacroTable>),
}

/// The passes that write types.
const TYPE_PASSES: &[(&str, Pass)] = &[("declare", Pass::Items(declare::write_type_declaration))];

/// The passes that write impls, in the order in which they come after the types.
const IMPL_PASSES: &[(&str, Pass)] = &[
    ("construct", Pass::Items(construct::write_constructors)),
    ("defaults of properties", Pass::Items(defaults::write_default_accessors)),
    ("builders", Pass::Table(builder::make_builder_table)),
    ("hashes", Pass::Items(derives::write_hash_impl)),
    ("assertions of structs", Pass::Items(assertions::write_asserted_impl)),
    ("structs", Pass::Table(structs::make_struct_table)),
    ("defaults of enums", Pass::Items(enums::write_default_impl)),
    ("enums of texts", Pass::Table(enums::make_string_enum_table)),
    ("enums of values", Pass::Table(enums::make_value_enum_table)),
    ("enums of numbers", Pass::Table(enums::make_number_enum_table)),
    ("unions", Pass::Items(unions::write_union_impls)),
    ("variants", Pass::Table(unions::make_union_table)),
    ("tuples", Pass::Items(tuples::write_tuple_impls)),
    ("newtypes", Pass::Items(tuples::write_newtype_impls)),
    ("checked texts", Pass::Table(assertions::make_checked_text_table)),
    ("lenient", Pass::Items(lenient::write_lenient_impl)),
    ("inspect", Pass::Items(inspect::write_tuple_unlisted)),
    ("access", Pass::Items(access::write_tuple_access_impl)),
    ("methods of access", Pass::Table(access::make_access_table)),
];

/// Writes the types of all definitions, then their impls in the same order, then the part of the runtime
/// that they use.
///
/// # Errors
/// If a type cannot derive a trait that the settings ask for, with the place in `resolved`. If the output is not valid
/// Rust, which is a fault of the generator.
pub(crate) fn write_rust_items(
    lowered: &LoweredDefinitions,
    resolved: &Resolved,
    settings: &Settings,
) -> Result<Output, Errors> {
    let definitions = &lowered.definitions;
    let items = definitions.all.iter().zip(candidates::find_union_candidates(definitions));
    let items = items.map(|(definition, is_candidate)| PassInput {
        definition,
        rust_types: &lowered.rust_types,
        definitions,
        settings,
        is_candidate,
    });
    let items: Vec<PassInput<'_>> = items.collect();
    let mut findings = Findings::default();
    items.iter().for_each(|item| item.check_derives(resolved, &mut findings));
    let mut output = findings.into_result(Output::default())?;
    for item in &items {
        run_passes(TYPE_PASSES, item, &mut output)?;
    }
    for root in definitions.roots.iter().chain(&definitions.aliases) {
        output.add_items(declare::write_root_alias(root, definitions), false)?;
    }
    if items.iter().any(|item| !matches!(item.definition.shape, Shape::Alias(_))) {
        let exports = quote!(
            #[allow(unused_imports)]
            pub use runtime::{Any, AnyKind, Unlisted, UnlistedKind};
        );
        output.add_items(exports, false)?;
        output.runtime_names.extend(["Any", "AnyKind", "Unlisted", "UnlistedKind"].map(str::to_owned));
    }
    for item in &items {
        run_passes(IMPL_PASSES, item, &mut output)?;
    }
    output.add_table(assertions::make_lists_table(definitions));
    wire::make_integer_tables(definitions, &lowered.rust_types).into_iter().for_each(|table| output.add_table(table));
    views::make_tables(definitions, settings).for_each(|table| output.add_table(Some(table)));
    add_public_modules(&items, &mut output)?;
    if let Some(path) = settings.map_type.as_ref().filter(|_| !is_btree_map(settings.map_type_path())) {
        let has_map = definitions
            .all
            .iter()
            .any(|definition| definition.shape.contained_types().into_iter().any(Type::contains_typed_map));
        output.add_table(has_map.then(|| MacroTable::new("map_type", format!("[{path}]"))));
    }
    output.parts.extend(shared::write_runtime_module(&output.runtime_names).map(OutputPart::Text));
    Ok(output)
}

/// Checks whether `path` is `std::collections::BTreeMap`, with or without `::` before it. The runtime has impls for
/// this type of maps, so it needs no table for it.
fn is_btree_map(path: &str) -> bool {
    path.trim_start_matches("::") == BTREE_MAP.trim_start_matches("::")
}

/// Adds the public modules of the output: `builder` with the names of the builders, and `error`. Each is left out if
/// nothing would be in it.
fn add_public_modules(items: &[PassInput<'_>], output: &mut Output) -> Result<(), Errors> {
    let builders: Vec<TokenStream> = items.iter().filter_map(PassInput::write_builder_alias).collect();
    if !builders.is_empty() {
        let module = quote! {
            /// The builders of the structs, which `builder()` of each returns.
            pub mod builder {
                #(#builders)*
            }
        };
        output.add_items(module, false)?;
    }
    if items.iter().any(PassInput::has_fallible_conversions) {
        let exports = quote! {
            /// The errors of conversions.
            pub mod error {
                #[allow(unused_imports)]
                pub use super::runtime::ConversionError;
            }
        };
        output.add_items(exports, false)?;
        output.runtime_names.insert("ConversionError".to_owned());
    }
    Ok(())
}

/// Runs `passes` on the definition of `item`, and adds the items and tables that they write to the output.
fn run_passes(passes: &[(&str, Pass)], item: &PassInput<'_>, output: &mut Output) -> Result<(), Errors> {
    for (_, pass) in passes {
        match pass {
            Pass::Items(pass) => output.add_items(pass(item), item.has_deprecated_members())?,
            Pass::Table(pass) => output.add_table(pass(item)),
        }
    }
    Ok(())
}
