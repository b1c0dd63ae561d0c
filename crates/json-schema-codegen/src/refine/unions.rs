//! Writes the impls of unions. A value that fits no member is kept in the fallback variant, if the union has one.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::normalize::{Shape, Type, TypeSet, Union, UnionFallback, UnionTag, Variant};
use crate::refine::assertions::write_list_checks;
use crate::refine::table::MacroTable;
use crate::refine::union_choice::{write_choice_by_member, write_choice_by_type};
use crate::refine::{PassInput, make_ident, members};
use crate::settings::Style;

/// Returns the table of a union: a row for each variant, such as `Card, inspect`, and a row for the fallback variant,
/// if there is one. `None` for any other type.
pub(crate) fn make_union_table(item: &PassInput<'_>) -> Option<MacroTable> {
    let Shape::Union(union) = &item.definition.shape else { return None };
    let mut table = MacroTable::new("variants", item.definition.name.clone());
    for variant in &union.variants {
        table.add_row(format!("{}{}", variant.name, item.choose_row_suffix(&variant.ty)));
    }
    match &union.fallback {
        UnionFallback::Unknown(name) => {
            table.add_row(format!("{name}, unlisted"));
        }
        UnionFallback::Other(name) => {
            table.add_row(name.clone());
        }
        UnionFallback::Reject => {}
    }
    Some(table)
}

/// Returns the impls of a union that the macro of its table does not make: `From`, `Candidate` and `Union`. Empty for
/// any other type.
pub(crate) fn write_union_impls(item: &PassInput<'_>) -> TokenStream {
    let Shape::Union(union) = &item.definition.shape else { return TokenStream::new() };
    let name = item.type_ident();
    let from = write_from_impls(item, union);
    let candidate = item.is_candidate().then(|| write_candidate_impl(&name));
    let path = format!("::{}", item.definition.name);
    let choose = if union.by_type { write_choice_by_type(item, union) } else { write_choice_by_member(item, union) };
    let choose = match item.assertions_ident() {
        Some(list) => write_checked_choice(item, union, &list, &choose),
        None => choose,
    };
    let read = write_read_body(item, union);
    quote! {
        #from
        #candidate

        impl runtime::Union for #name {
            const PATH: &'static str = concat!(module_path!(), #path);

            fn choose_variant(
                value: &::serde_json::Value,
                choices: &mut runtime::Choices,
            ) -> (usize, Option<runtime::Fit>) {
                #choose
            }

            fn read<'de, D: ::serde::Deserializer<'de>>(variant: usize, deserializer: D) -> Result<Self, D::Error> {
                #read
            }
        }
    }
}

/// Returns the body of `choose_variant` for a union with the list of assertions `list`, from `choose`, the body for one
/// without. If the union has a tag and the value violates an assertion of the member that the tag decides on, the value is
/// read as that member, whose error says more than the assertion of the union.
fn write_checked_choice(item: &PassInput<'_>, union: &Union, list: &Ident, choose: &TokenStream) -> TokenStream {
    let refused = Literal::usize_unsuffixed(REFUSED_VARIANT_INDEX);
    let violates = quote!(!runtime::satisfies_assertions::<assertions::#list>(value));
    if union.tag.is_none() {
        return quote!(if #violates { return (#refused, None); } #choose);
    }
    let members = union.variants.iter().enumerate().filter_map(|(index, variant)| {
        let (index, accepts) = (Literal::usize_unsuffixed(index), write_list_checks(item, variant)?);
        Some(quote!(#index => #accepts,))
    });
    quote! {
        let choose = |choices: &mut runtime::Choices| -> (usize, Option<runtime::Fit>) { #choose };
        let chosen = choose(choices);
        if chosen.1.is_some() && #violates {
            let accepts = match chosen.0 { #(#members)* _ => true };
            return (if accepts { #refused } else { chosen.0 }, None);
        }
        chosen
    }
}

/// The index that `choose` returns for a value that violates an assertion of the union; no variant has it.
const REFUSED_VARIANT_INDEX: usize = u32::MAX as usize;

/// Returns the impl of `Candidate` for the union `name`. It says how well a value fits the union, by which a union that
/// has this one in a variant chooses its variant.
fn write_candidate_impl(name: &Ident) -> TokenStream {
    quote! {
        impl runtime::Candidate for #name {
            fn fit(value: &::serde_json::Value, choices: &mut runtime::Choices) -> Option<runtime::Fit> {
                choices.choose_variant::<Self>(value).1
            }
        }
    }
}

/// Returns the body of the function `read` of a union, which reads a value as the variant with the index `variant`.
/// Members have their indices, and the fallback variant has the index after the last member.
fn write_read_body(item: &PassInput<'_>, union: &Union) -> TokenStream {
    let arms = union.variants.iter().enumerate().map(|(index, variant)| {
        let (index, name) = (Literal::usize_unsuffixed(index), make_ident(&variant.name));
        let make = item.write_variant_constructor(&variant.ty, quote!(Self::#name));
        match item.write_differing_wire_type(&variant.ty) {
            Some(_) => {
                let wire = item.write_wire_type(&variant.ty);
                quote!(#index => runtime::read_as::<#wire, _>(deserializer).map(#make),)
            }
            None => quote!(#index => runtime::read_as(deserializer).map(#make),),
        }
    });
    let refused = item.assertions_ident().map(|list| {
        let refused = Literal::usize_unsuffixed(REFUSED_VARIANT_INDEX);
        quote!(#refused => runtime::refuse_checked::<assertions::#list, _, _>(deserializer),)
    });
    let arms = arms.chain(refused);
    let fallback = match union.fallback.variant_name().map(make_ident) {
        Some(fallback) => quote!(runtime::read_as(deserializer).map(Self::#fallback)),
        None => {
            if !union.by_type {
                return write_refusal_of_variants(item, union, &arms.collect::<Vec<_>>());
            }
            let words: Vec<&str> = union.variants.iter().map(|variant| describe_json_type(variant.types)).collect();
            let expected = words.join(" or ");
            quote!(runtime::refuse_json_type(deserializer, #expected))
        }
    };
    quote!(match variant { #(#arms)* _ => #fallback })
}

/// Returns the body of the function `read` of a union without a fallback variant: the arms `arms` of a `match` read the
/// variants, and the last arm fails with an error that lists the members.
fn write_refusal_of_variants(item: &PassInput<'_>, union: &Union, arms: &[TokenStream]) -> TokenStream {
    let name = &item.definition.name;
    let describe = |variant: &Variant| {
        let text = members::describe_variant(variant, union.tag.as_ref());
        let text = text.trim_end_matches('.');
        text.strip_prefix('A').map_or(text.to_owned(), |rest| format!("a{rest}"))
    };
    let expected = union.variants.iter().map(describe).collect::<Vec<_>>().join(", or ");
    let tag = match &union.tag {
        Some(UnionTag { property, .. }) => quote!(Some(#property)),
        None => quote!(None),
    };
    quote!(match variant { #(#arms)* _ => runtime::refuse_variant(deserializer, #name, #tag, #expected) })
}

/// Returns a JSON type in words for errors, such as `a string`; `a value` if `types` has several types.
fn describe_json_type(types: TypeSet) -> &'static str {
    match types {
        TypeSet::NULL => "null",
        TypeSet::BOOLEAN => "a boolean",
        TypeSet::INTEGER => "a whole number",
        TypeSet::NUMBER => "a number",
        TypeSet::STRING => "a string",
        TypeSet::ARRAY => "an array",
        TypeSet::OBJECT => "an object",
        _ => "a value",
    }
}

/// Returns the impls of `From` for the members whose types are definitions of their own and not aliases. In the style
/// of typify, booleans, whole numbers and texts have them too, each if it is the type of one variant only.
fn write_from_impls(item: &PassInput<'_>, union: &Union) -> TokenStream {
    let name = item.type_ident();
    let is_only = |ty: &Type| union.variants.iter().filter(|variant| variant.ty == *ty).count() == 1;
    let own = union.variants.iter().filter(|variant| match &variant.ty {
        Type::Named(id) => {
            let found = item.find_named_definition(&variant.ty);
            found.is_some_and(|found| !matches!(found.shape, Shape::Alias(_))) && item.find_alias_target(*id).is_none()
        }
        ty @ (Type::Bool | Type::Integer { .. } | Type::String) => item.settings.style == Style::Typify && is_only(ty),
        _ => false,
    });
    let impls = own.map(|variant| {
        let ty = item.rust_type(&variant.ty);
        let variant = make_ident(&variant.name);
        quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(value)
                }
            }
        }
    });
    quote!(#(#impls)*)
}
