//! Writes the code that chooses the variant of a union: by the JSON type of the value, by the tag, or as the member
//! that the value fits best.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::normalize::{TagKind, TypeSet, Union, UnionFallback, UnionTag, Variant};
use crate::refine::assertions::write_list_checks;
use crate::refine::{PassInput, make_ident};

/// Returns the end of the function `choose` of a union: it returns the variant that has the JSON type of the value,
/// else the fallback variant.
pub(super) fn write_choice_by_type(item: &PassInput<'_>, union: &Union) -> TokenStream {
    let arms = union.variants.iter().enumerate().map(|(index, variant)| {
        let (test, fit, index) =
            (write_type_test(variant.types), write_fit_expression(item, variant), Literal::usize_unsuffixed(index));
        quote!(if #test { return (#index, #fit); })
    });
    let rest = write_fallback_choice(union);
    quote!(#(#arms)* #rest)
}

/// Returns the end of the function `choose` of a union: it returns the variant that the tag decides on, if there is a
/// tag and it decides; else the variant that the value fits best.
pub(super) fn write_choice_by_member(item: &PassInput<'_>, union: &Union) -> TokenStream {
    let by_tag = union.tag.as_ref().map(|tag| write_choice_by_tag(item, union, tag));
    let members = union.variants.iter().map(|variant| write_member_candidate(item, union, variant));
    let fallback = write_fallback_choice(union);
    quote!(#by_tag choices.choose_best_member(value, &[#(#members),*]).unwrap_or(#fallback))
}

/// Returns the expression for a member of a union in the runtime, a pair: (function that checks whether the JSON type
/// and the tag of a value are those of the member, function that returns how well a value fits it).
fn write_member_candidate(item: &PassInput<'_>, union: &Union, variant: &Variant) -> TokenStream {
    let ty = item.rust_type(&variant.ty);
    let single = list_type_test_methods(variant.types);
    let accepted = write_list_checks(item, variant);
    let test = match union.tag.as_ref().filter(|tag| tag.kind == TagKind::Partial && !variant.tags.is_empty()) {
        Some(UnionTag { property, .. }) => {
            let (test, tests) = (write_type_test(variant.types), write_tag_test(variant));
            let accepted = accepted.map(|accepted| quote!(&& (#accepted)));
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
    if item.contains_settings_type(&variant.ty) {
        quote!((#test, runtime::fit_opaque::<#ty>))
    } else {
        quote!((#test, runtime::fit::<#ty>))
    }
}

/// Returns the expression for how well `value` fits the type of `variant`. The expression is `None` for a value that
/// cannot be read as this type.
fn write_fit_expression(item: &PassInput<'_>, variant: &Variant) -> TokenStream {
    let ty = item.rust_type(&variant.ty);
    if item.contains_settings_type(&variant.ty) {
        return quote!(runtime::fit_opaque::<#ty>(value, choices));
    }
    quote!(runtime::fit::<#ty>(value, choices))
}

/// Returns the expression for the choice of the fallback variant: a pair of its index and the fit. The fit is `None` if
/// the union has no fallback variant.
fn write_fallback_choice(union: &Union) -> TokenStream {
    let index = Literal::usize_unsuffixed(union.variants.len());
    match &union.fallback {
        UnionFallback::Unknown(_) => quote!((#index, Some(runtime::Fit::KEPT))),
        UnionFallback::Other(_) => quote!((#index, Some(runtime::Fit::EXACT))),
        UnionFallback::Reject => quote!((#index, None)),
    }
}

/// Returns the code that returns the variant which the value of the tag decides on, in whichever order the properties
/// are. If the tag is missing or does not decide alone, control goes on to the code after it.
fn write_choice_by_tag(item: &PassInput<'_>, union: &Union, tag: &UnionTag) -> TokenStream {
    let fallback = write_fallback_choice(union);
    let property = &tag.property;
    let variants = union.variants.iter().enumerate();
    let arms = variants.filter(|(_, variant)| is_only_one_with_its_tags(union, variant)).map(|(index, variant)| {
        let (tests, fit, index) =
            (write_tag_test(variant), write_fit_expression(item, variant), Literal::usize_unsuffixed(index));
        let both = match write_list_checks(item, variant) {
            Some(accepted) => quote!((#tests) && (#accepted)),
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
