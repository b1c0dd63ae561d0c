//! Writes the lists of assertions that strict types check, and the checks of structs.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::normalize::{AssertionListId, Definitions, Shape, Type, Variant};
use crate::refine::structs::write_pattern_steps;
use crate::refine::table::{MacroTable, write_string_literal};
use crate::refine::{PassInput, make_ident};
use crate::runtime::{Assertion, Bound};

/// Returns the table with all lists of assertions; `None` if there are none.
pub(super) fn make_lists_table(definitions: &Definitions) -> Option<MacroTable> {
    let lists = &definitions.assertions.all;
    if lists.is_empty() {
        return None;
    }
    let mut table = MacroTable::without_rows("assertions");
    for (name, assertions) in lists {
        let written: Vec<String> =
            assertions.iter().map(|assertion| write_assertion(definitions, assertion, &mut table)).collect();
        table.add_row(format!("{name} => [{}]", written.join(", ")));
    }
    Some(table)
}

/// Returns the expression for an assertion, such as `Minimum(Whole(1))`, and records in the table which items of the
/// runtime it names.
fn write_assertion(definitions: &Definitions, assertion: &Assertion, table: &mut MacroTable) -> String {
    use Assertion as A;
    let row = |index: &usize| format!("row::{}", definitions.assertions.list_name(AssertionListId(*index)));
    let text = |text: &str| format!("Borrowed({})", write_string_literal(text));
    match assertion {
        A::Types(names) => format!("Types({})", text(names)),
        A::Values(values) => format!("Values({})", text(values)),
        A::Minimum(bound) => format!("Minimum({})", write_bound(*bound)),
        A::Maximum(bound) => format!("Maximum({})", write_bound(*bound)),
        A::ExclusiveMinimum(bound) => format!("ExclusiveMinimum({})", write_bound(*bound)),
        A::ExclusiveMaximum(bound) => format!("ExclusiveMaximum({})", write_bound(*bound)),
        A::MultipleOf(bound) => format!("MultipleOf({})", write_bound(*bound)),
        A::Matches(pattern, steps) => {
            format!("Matches({}, Borrowed({}))", text(pattern), write_pattern_steps(steps, table))
        }
        A::Contains(list, least, most) => format!("Contains({}, {least}, {most:?})", row(list)),
        A::Item(index, list) => format!("Item({index}, {})", row(list)),
        A::ItemsFrom(index, list) => format!("ItemsFrom({index}, {})", row(list)),
        A::Requires(name) => format!("Requires({})", text(name)),
        A::Property(name, list) => format!("Property({}, {})", text(name), row(list)),
        A::PropertiesMatching(pattern, list) => {
            format!("PropertiesMatching(Borrowed({}), {})", write_pattern_steps(pattern, table), row(list))
        }
        A::OtherProperties(list) => format!("OtherProperties({})", row(list)),
        A::UnevaluatedItems(evaluated, rest) => format!("UnevaluatedItems({}, {})", row(evaluated), row(rest)),
        A::UnevaluatedProperties(evaluated, rest) => {
            format!("UnevaluatedProperties({}, {})", row(evaluated), row(rest))
        }
        A::PropertyNames(list) => format!("PropertyNames({})", row(list)),
        A::IfPresent(name, list) => format!("IfPresent({}, {})", text(name), row(list)),
        A::Not(list) => format!("Not({})", row(list)),
        A::AnyOf(list) => format!("AnyOf({})", row(list)),
        A::OneOf(list) => format!("OneOf({})", row(list)),
        A::If(condition, then, otherwise) => format!("If({}, {}, {})", row(condition), row(then), row(otherwise)),
        A::Same(list) => format!("Same({})", row(list)),
        plain => format!("{plain:?}"),
    }
}

/// Returns the expression for a bound: `Fraction(0.5)`.
fn write_bound(bound: Bound) -> String {
    format!("{bound:?}")
}

impl PassInput<'_> {
    /// Returns the name of the list that the values of the definition are checked against; `None` if they are not
    /// checked.
    pub(super) fn assertions_ident(&self) -> Option<Ident> {
        self.definition.assertions.map(|list| make_ident(self.definitions.assertions.list_name(list)))
    }

    /// Returns the name of the list that the strings in the type are checked against, if it is a newtype around a
    /// checked string; else `None`.
    pub(super) fn text_assertions_name(&self) -> Option<&str> {
        match &self.definition.shape {
            Shape::Newtype(Type::Checked(inner, list)) if **inner == Type::String => {
                Some(self.definitions.assertions.list_name(*list))
            }
            _ => None,
        }
    }
}

/// Returns the table of a newtype around a checked string; `None` for any other type.
pub(super) fn make_checked_text_table(item: &PassInput<'_>) -> Option<MacroTable> {
    let list = item.text_assertions_name()?;
    Some(MacroTable::new("checked_text", format!("{}, {list}", item.definition.name)))
}

/// Returns the impl that names the assertions of a struct; nothing for other types, and for structs without assertions.
pub(super) fn write_asserted_impl(item: &PassInput<'_>) -> TokenStream {
    let (Shape::Struct(_), Some(list)) = (&item.definition.shape, item.assertions_ident()) else {
        return TokenStream::new();
    };
    let name = item.type_ident();
    quote! {
        impl runtime::Asserted for #name {
            type Assertions = assertions::#list;
        }
    }
}

/// Returns the expression that checks whether a list of assertions of the variant accepts `value`; `None` if it has
/// none.
pub(super) fn write_list_checks(item: &PassInput<'_>, variant: &Variant) -> Option<TokenStream> {
    let checks = variant.tests.iter().map(|list| {
        let list = make_ident(item.definitions.assertions.list_name(*list));
        quote!(runtime::satisfies_assertions::<assertions::#list>(value))
    });
    (!variant.tests.is_empty()).then(|| quote!(#(#checks)||*))
}
