//! Writes the impls of unions. The variant is chosen by the JSON type of the value, by the tag, or as the member that the
//! value fits best. A value that fits no member is kept in the fallback variant, if the union has one.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::normalize::{Fallback, Shape, Tag, TagKind, Type, TypeSet, Union, Variant};
use crate::refine::assertions::write_list_checks;
use crate::refine::table::Table;
use crate::refine::{Item, make_ident, members};
use crate::settings::Style;

/// Returns the table of a union: a row for each variant, such as `Card, inspect`, and a row for the fallback variant,
/// if there is one. `None` for any other type.
pub(crate) fn make_table(item: &Item<'_>) -> Option<Table> {
    let Shape::Union(union) = &item.definition.shape else { return None };
    let mut table = Table::new("variants", item.definition.name.clone());
    for variant in &union.variants {
        table.add_row(format!("{}{}", variant.name, item.row_suffix(&variant.ty)));
    }
    match &union.fallback {
        Fallback::Unknown(name) => {
            table.add_row(format!("{name}, unlisted"));
        }
        Fallback::Other(name) => {
            table.add_row(name.clone());
        }
        Fallback::Reject => {}
    }
    Some(table)
}

/// Returns the impls of a union that the macro of its table does not make: `From`, `Candidate` and `Union`. Empty for
/// any other type.
pub(crate) fn write_impls(item: &Item<'_>) -> TokenStream {
    let Shape::Union(union) = &item.definition.shape else { return TokenStream::new() };
    let name = item.type_ident();
    let from = write_from_impls(item, union);
    let candidate = item.is_candidate().then(|| write_candidate_impl(&name));
    let path = format!("::{}", item.definition.name);
    let choose = if union.by_type { write_choice_by_type(item, union) } else { write_choice_by_member(item, union) };
    let check = item.assertions_ident().map(|list| {
        let refused = Literal::usize_unsuffixed(REFUSED);
        quote!(if !runtime::satisfies_assertions::<assertions::#list>(value) { return (#refused, None); })
    });
    let read = write_read(item, union);
    quote! {
        #from
        #candidate

        impl runtime::Union for #name {
            const PATH: &'static str = concat!(module_path!(), #path);

            fn choose_variant(
                value: &::serde_json::Value,
                choices: &mut runtime::Choices,
            ) -> (usize, Option<runtime::Fit>) {
                #check
                #choose
            }

            fn read<'de, D: ::serde::Deserializer<'de>>(variant: usize, deserializer: D) -> Result<Self, D::Error> {
                #read
            }
        }
    }
}

/// The index that `choose` returns for a value that violates an assertion of the union; no variant has it.
const REFUSED: usize = u32::MAX as usize;

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
fn write_read(item: &Item<'_>, union: &Union) -> TokenStream {
    let arms = union.variants.iter().enumerate().map(|(index, variant)| {
        let (index, name) = (Literal::usize_unsuffixed(index), make_ident(&variant.name));
        let make = item.write_constructor(&variant.ty, quote!(Self::#name));
        match item.write_special_wire_type(&variant.ty) {
            Some(_) => {
                let wire = item.write_wire_type(&variant.ty);
                quote!(#index => runtime::read_as::<#wire, _>(deserializer).map(#make),)
            }
            None => quote!(#index => runtime::read_as(deserializer).map(#make),),
        }
    });
    let refused = item.assertions_ident().map(|list| {
        let refused = Literal::usize_unsuffixed(REFUSED);
        quote!(#refused => runtime::refuse_checked::<assertions::#list, _, _>(deserializer),)
    });
    let arms = arms.chain(refused);
    let fallback = match union.fallback.variant_name().map(make_ident) {
        Some(fallback) => quote!(runtime::read_as(deserializer).map(Self::#fallback)),
        None => {
            if !union.by_type {
                return write_refusal_of_variants(item, union, &arms.collect::<Vec<_>>());
            }
            let words: Vec<&str> = union.variants.iter().map(|variant| describe_type(variant.types)).collect();
            let expected = words.join(" or ");
            quote!(runtime::refuse_json_type(deserializer, #expected))
        }
    };
    quote!(match variant { #(#arms)* _ => #fallback })
}

/// Returns the body of the function `read` of a union without a fallback variant: the arms `arms` of a `match` read the
/// variants, and the last arm fails with an error that lists the members.
fn write_refusal_of_variants(item: &Item<'_>, union: &Union, arms: &[TokenStream]) -> TokenStream {
    let name = &item.definition.name;
    let describe = |variant: &Variant| {
        let text = members::describe_variant(variant, union.tag.as_ref());
        let text = text.trim_end_matches('.');
        text.strip_prefix('A').map_or(text.to_owned(), |rest| format!("a{rest}"))
    };
    let expected = union.variants.iter().map(describe).collect::<Vec<_>>().join(", or ");
    let tag = match &union.tag {
        Some(Tag { property, .. }) => quote!(Some(#property)),
        None => quote!(None),
    };
    quote!(match variant { #(#arms)* _ => runtime::refuse_variant(deserializer, #name, #tag, #expected) })
}

/// Returns the end of the function `choose` of a union: it returns the variant that has the JSON type of the value,
/// else the fallback variant.
fn write_choice_by_type(item: &Item<'_>, union: &Union) -> TokenStream {
    let arms = union.variants.iter().enumerate().map(|(index, variant)| {
        let (test, fit, index) =
            (write_type_test(variant.types), write_fit(item, variant), Literal::usize_unsuffixed(index));
        quote!(if #test { return (#index, #fit); })
    });
    let rest = write_fallback_choice(union);
    quote!(#(#arms)* #rest)
}

/// Returns the end of the function `choose` of a union: it returns the variant that the tag decides on, if there is a
/// tag and it decides; else the variant that the value fits best.
fn write_choice_by_member(item: &Item<'_>, union: &Union) -> TokenStream {
    let by_tag = union.tag.as_ref().map(|tag| write_choice_by_tag(item, union, tag));
    let members = union.variants.iter().map(|variant| write_member(item, union, variant));
    let fallback = write_fallback_choice(union);
    quote!(#by_tag choices.choose_best_member(value, &[#(#members),*]).unwrap_or(#fallback))
}

/// Returns the expression for a member of a union in the runtime, a pair: (function that checks whether the JSON type
/// and the tag of a value are those of the member, function that returns how well a value fits it).
fn write_member(item: &Item<'_>, union: &Union, variant: &Variant) -> TokenStream {
    let ty = item.rust_type(&variant.ty);
    let single = list_type_test_methods(variant.types);
    let accepted = write_list_checks(item, variant);
    let test = match union.tag.as_ref().filter(|tag| tag.kind == TagKind::Partial && !variant.tags.is_empty()) {
        Some(Tag { property, .. }) => {
            let (test, tests) = (write_type_test(variant.types), write_tag_test(variant));
            let accepted = accepted.map(|accepted| quote!(&& #accepted));
            quote!(|value| (#test) && value.get(#property).is_none_or(|tag| #tests) #accepted)
        }
        None if accepted.is_some() => quote!(|value| #accepted),
        None => match single.as_slice() {
            [only] => quote!(::serde_json::Value::#only),
            _ => {
                let test = write_type_test(variant.types);
                quote!(|value| #test)
            }
        },
    };
    if item.is_opaque(&variant.ty) {
        quote!((#test, runtime::fit_opaque::<#ty>))
    } else {
        quote!((#test, runtime::fit::<#ty>))
    }
}

/// Returns the expression for how well `value` fits the type of `variant`. The expression is `None` for a value that
/// cannot be read as this type.
fn write_fit(item: &Item<'_>, variant: &Variant) -> TokenStream {
    let ty = item.rust_type(&variant.ty);
    if item.is_opaque(&variant.ty) {
        return quote!(runtime::fit_opaque::<#ty>(value, choices));
    }
    quote!(runtime::fit::<#ty>(value, choices))
}

/// Returns the expression for the choice of the fallback variant: a pair of its index and the fit. The fit is `None` if
/// the union has no fallback variant.
fn write_fallback_choice(union: &Union) -> TokenStream {
    let index = Literal::usize_unsuffixed(union.variants.len());
    match &union.fallback {
        Fallback::Unknown(_) => quote!((#index, Some(runtime::Fit::KEPT))),
        Fallback::Other(_) => quote!((#index, Some(runtime::Fit::EXACT))),
        Fallback::Reject => quote!((#index, None)),
    }
}

/// Returns the code that returns the variant which the value of the tag decides on, in whichever order the properties
/// are. If the tag is missing or does not decide alone, control goes on to the code after it.
fn write_choice_by_tag(item: &Item<'_>, union: &Union, tag: &Tag) -> TokenStream {
    let fallback = write_fallback_choice(union);
    let property = &tag.property;
    let variants = union.variants.iter().enumerate();
    let arms = variants.filter(|(_, variant)| is_only_one_with_its_tags(union, variant)).map(|(index, variant)| {
        let (tests, fit, index) = (write_tag_test(variant), write_fit(item, variant), Literal::usize_unsuffixed(index));
        let both = match write_list_checks(item, variant) {
            Some(accepted) => quote!((#tests) && #accepted),
            None => tests.clone(),
        };
        match tag.kind {
            TagKind::Exclusive => quote!(if #tests { return (#index, #fit); }),
            TagKind::Partial | TagKind::Discriminator => quote! {
                if #both {
                    let fit = #fit;
                    if fit.is_some_and(runtime::Fit::is_read) {
                        return (#index, fit);
                    }
                }
            },
        }
    });
    let picked = match tag.kind {
        TagKind::Exclusive => quote!(#(#arms)* return #fallback;),
        TagKind::Discriminator if union.fallback.variant_name().is_some() => {
            quote!(#(#arms else)* { return #fallback; })
        }
        TagKind::Discriminator | TagKind::Partial => quote!(#(#arms)*),
    };
    quote!(if let Some(tag) = value.get(#property) { #picked })
}

/// Checks whether `variant` has values of the tag, and shares none of them with another variant.
fn is_only_one_with_its_tags(union: &Union, variant: &Variant) -> bool {
    let others = || union.variants.iter().filter(|other| other.name != variant.name);
    !variant.tags.is_empty() && !others().any(|other| other.tags.iter().any(|tag| variant.tags.contains(tag)))
}

/// Returns the expression that checks whether `tag` is one of the values that select `variant`: `tag == "card"`.
fn write_tag_test(variant: &Variant) -> TokenStream {
    let tests = variant.tags.iter().map(|tag| match tag {
        Value::String(text) => quote!(tag == #text),
        other => {
            let text = other.to_string();
            quote!(runtime::is_equal_json(tag, &runtime::parse_or_null(#text)))
        }
    });
    quote!(#(#tests)||*)
}

/// Returns the expression that checks whether `value` is of one of the JSON types `types`, such as
/// `value.is_null()||value.is_string()`.
fn write_type_test(types: TypeSet) -> TokenStream {
    let tests = list_type_test_methods(types);
    quote!(#(value.#tests())||*)
}

/// Returns the names of the methods of `serde_json::Value` that check for the JSON types `types`, such as `is_string`.
/// For whole numbers it is `is_number`, since `1.0` is whole too.
fn list_type_test_methods(types: TypeSet) -> Vec<Ident> {
    let tests = [
        (TypeSet::NULL, "is_null"),
        (TypeSet::BOOLEAN, "is_boolean"),
        (TypeSet::INTEGER, "is_number"),
        (TypeSet::STRING, "is_string"),
        (TypeSet::ARRAY, "is_array"),
        (TypeSet::OBJECT, "is_object"),
    ];
    tests.iter().filter(|(ty, _)| types.overlaps(*ty)).map(|(_, test)| make_ident(test)).collect()
}

/// Returns a JSON type in words for errors, such as `a string`; `a value` if `types` has several types.
fn describe_type(types: TypeSet) -> &'static str {
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
fn write_from_impls(item: &Item<'_>, union: &Union) -> TokenStream {
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
