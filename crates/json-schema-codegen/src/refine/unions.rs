//! Writes the impls of unions. The variant is chosen by the JSON type of the value, by the tag, or as the member that the
//! value fits best. A value that fits no member is kept in the fallback variant, if the union has one.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::normalize::{Fallback, Shape, Tag, TagKind, Type, TypeSet, Union, Variant};
use crate::refine::assertions::write_list_checks;
use crate::refine::table::Table;
use crate::refine::{Item, ident, members};
use crate::settings::Style;

/// Returns the table of a union: a row for each variant, and one for the fallback; `None` for any other type.
pub(crate) fn table(item: &Item<'_>) -> Option<Table> {
    let Shape::Union(union) = &item.definition.shape else { return None };
    let mut table = Table::new("variants", item.definition.name.clone());
    for variant in &union.variants {
        table.row(format!("{}{}", variant.name, item.mark(&variant.ty)));
    }
    match &union.fallback {
        Fallback::Unknown(name) => {
            table.row(format!("{name}, unlisted"));
        }
        Fallback::Other(name) => {
            table.row(name.clone());
        }
        Fallback::Reject => {}
    }
    Some(table)
}

/// Returns the impls of a union that its table does not have; nothing for any other type.
pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    let Shape::Union(union) = &item.definition.shape else { return TokenStream::new() };
    let name = item.name();
    let from = from(item, union);
    let candidate = item.is_candidate().then(|| candidate(&name));
    let path = format!("::{}", item.definition.name);
    let choose = if union.by_type { by_type(item, union) } else { by_member(item, union) };
    let check = item.assertions().map(|list| {
        let refused = Literal::usize_unsuffixed(REFUSED);
        quote!(if !runtime::satisfies_assertions::<assertions::#list>(value) { return (#refused, None); })
    });
    let read = read(item, union);
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

/// The index of the variant of a value that an assertion of its union does not hold for.
const REFUSED: usize = u32::MAX as usize;

/// Returns the impl that says how well a value fits the union `name`, for unions that have it in them.
fn candidate(name: &Ident) -> TokenStream {
    quote! {
        impl runtime::Candidate for #name {
            fn fit(value: &::serde_json::Value, choices: &mut runtime::Choices) -> Option<runtime::Fit> {
                choices.choose_variant::<Self>(value).1
            }
        }
    }
}

/// Returns the code that reads the variant with the index `variant`: members have their indices, and the fallback has
/// the index after the last member.
fn read(item: &Item<'_>, union: &Union) -> TokenStream {
    let arms = union.variants.iter().enumerate().map(|(index, variant)| {
        let (index, name) = (Literal::usize_unsuffixed(index), ident(&variant.name));
        let make = item.constructor(&variant.ty, quote!(Self::#name));
        match item.whole(&variant.ty) {
            Some(_) => {
                let wire = item.wire_type(&variant.ty);
                quote!(#index => runtime::read_as::<#wire, _>(deserializer).map(#make),)
            }
            None => quote!(#index => runtime::read_as(deserializer).map(#make),),
        }
    });
    let refused = item.assertions().map(|list| {
        let refused = Literal::usize_unsuffixed(REFUSED);
        quote!(#refused => runtime::refuse_checked::<assertions::#list, _, _>(deserializer),)
    });
    let arms = arms.chain(refused);
    let fallback = match union.fallback.variant().map(ident) {
        Some(fallback) => quote!(runtime::read_as(deserializer).map(Self::#fallback)),
        None => {
            if !union.by_type {
                return refuse_variant(item, union, &arms.collect::<Vec<_>>());
            }
            let words: Vec<&str> = union.variants.iter().map(|variant| describe_type(variant.types)).collect();
            let expected = words.join(" or ");
            quote!(runtime::refuse_json_type(deserializer, #expected))
        }
    };
    quote!(match variant { #(#arms)* _ => #fallback })
}

/// Returns the code that reads the variants by `arms`, and fails for a value that fits none of them.
fn refuse_variant(item: &Item<'_>, union: &Union, arms: &[TokenStream]) -> TokenStream {
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

/// Returns the code that chooses the variant by the JSON type of the value.
fn by_type(item: &Item<'_>, union: &Union) -> TokenStream {
    let arms = union.variants.iter().enumerate().map(|(index, variant)| {
        let (test, fit, index) = (has_type(variant.types), fit(item, variant), Literal::usize_unsuffixed(index));
        quote!(if #test { return (#index, #fit); })
    });
    let rest = fallback(union);
    quote!(#(#arms)* #rest)
}

/// Returns the code that chooses the variant by the tag if that is possible, else the variant that the value fits best.
fn by_member(item: &Item<'_>, union: &Union) -> TokenStream {
    let by_tag = union.tag.as_ref().map(|tag| by_tag(item, union, tag));
    let members = union.variants.iter().map(|variant| member(item, union, variant));
    let fallback = fallback(union);
    quote!(#by_tag choices.choose_best_member(value, &[#(#members),*]).unwrap_or(#fallback))
}

/// Returns the code of the runtime's `Member`, a pair: (function that checks whether the JSON type and the tag of a value
/// are those of the member, function that returns how well a value fits it).
fn member(item: &Item<'_>, union: &Union, variant: &Variant) -> TokenStream {
    let ty = item.rust(&variant.ty);
    let single = type_tests(variant.types);
    let accepted = write_list_checks(item, variant);
    let test = match union.tag.as_ref().filter(|tag| tag.kind == TagKind::Partial && !variant.tags.is_empty()) {
        Some(Tag { property, .. }) => {
            let (test, tests) = (has_type(variant.types), has_tag(variant));
            let accepted = accepted.map(|accepted| quote!(&& #accepted));
            quote!(|value| (#test) && value.get(#property).is_none_or(|tag| #tests) #accepted)
        }
        None if accepted.is_some() => quote!(|value| #accepted),
        None => match single.as_slice() {
            [only] => quote!(::serde_json::Value::#only),
            _ => {
                let test = has_type(variant.types);
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

/// Returns the expression for how well `value` fits a member, which is `None` if it cannot be read as the member.
fn fit(item: &Item<'_>, variant: &Variant) -> TokenStream {
    let ty = item.rust(&variant.ty);
    if item.is_opaque(&variant.ty) {
        return quote!(runtime::fit_opaque::<#ty>(value, choices));
    }
    quote!(runtime::fit::<#ty>(value, choices))
}

/// Returns the expression for the choice of the fallback variant: a pair of its index and the fit. The fit is `None` if
/// the union has no fallback variant.
fn fallback(union: &Union) -> TokenStream {
    let index = Literal::usize_unsuffixed(union.variants.len());
    match &union.fallback {
        Fallback::Unknown(_) => quote!((#index, Some(runtime::Fit::KEPT))),
        Fallback::Other(_) => quote!((#index, Some(runtime::Fit::EXACT))),
        Fallback::Reject => quote!((#index, None)),
    }
}

/// Returns the code that returns the variant which the value of the tag decides on, in whichever order the properties
/// are. If the tag is missing or does not decide alone, control goes on to the code after it.
fn by_tag(item: &Item<'_>, union: &Union, tag: &Tag) -> TokenStream {
    let fallback = fallback(union);
    let property = &tag.property;
    let variants = union.variants.iter().enumerate();
    let arms = variants.filter(|(_, variant)| is_only_one_with_its_tags(union, variant)).map(|(index, variant)| {
        let (tests, fit, index) = (has_tag(variant), fit(item, variant), Literal::usize_unsuffixed(index));
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
        TagKind::Discriminator if union.fallback.variant().is_some() => quote!(#(#arms else)* { return #fallback; }),
        TagKind::Discriminator | TagKind::Partial => quote!(#(#arms)*),
    };
    quote!(if let Some(tag) = value.get(#property) { #picked })
}

/// Checks whether `variant` has values of the tag, and shares none of them with another variant.
fn is_only_one_with_its_tags(union: &Union, variant: &Variant) -> bool {
    let others = || union.variants.iter().filter(|other| other.name != variant.name);
    !variant.tags.is_empty() && !others().any(|other| other.tags.iter().any(|tag| variant.tags.contains(tag)))
}

/// Returns the expression that checks whether `tag` is one of the variant's values of the tag.
fn has_tag(variant: &Variant) -> TokenStream {
    let tests = variant.tags.iter().map(|tag| match tag {
        Value::String(text) => quote!(tag == #text),
        other => {
            let text = other.to_string();
            quote!(runtime::is_equal_json(tag, &runtime::parse_or_null(#text)))
        }
    });
    quote!(#(#tests)||*)
}

/// Returns the expression that checks whether `value` is of one of the JSON types.
fn has_type(types: TypeSet) -> TokenStream {
    let tests = type_tests(types);
    quote!(#(value.#tests())||*)
}

/// Returns the methods of `serde_json::Value` that check for each of the JSON types.
fn type_tests(types: TypeSet) -> Vec<Ident> {
    let tests = [
        (TypeSet::NULL, "is_null"),
        (TypeSet::BOOLEAN, "is_boolean"),
        (TypeSet::INTEGER, "is_number"),
        (TypeSet::STRING, "is_string"),
        (TypeSet::ARRAY, "is_array"),
        (TypeSet::OBJECT, "is_object"),
    ];
    tests.iter().filter(|(ty, _)| types.overlaps(*ty)).map(|(_, test)| ident(test)).collect()
}

/// Returns the JSON types in words for errors, such as `a string`; `a value` for several types.
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

/// Returns the impls of `From` for the members whose types are definitions of their own and not aliases. In the style of
/// typify, booleans, whole numbers and texts have them too, each if it is the type of one variant only.
fn from(item: &Item<'_>, union: &Union) -> TokenStream {
    let name = item.name();
    let is_only = |ty: &Type| union.variants.iter().filter(|variant| variant.ty == *ty).count() == 1;
    let own = union.variants.iter().filter(|variant| match &variant.ty {
        Type::Named(id) => {
            let found = item.named(&variant.ty);
            found.is_some_and(|found| !matches!(found.shape, Shape::Alias(_))) && item.aliased(*id).is_none()
        }
        ty @ (Type::Bool | Type::Integer { .. } | Type::String) => item.settings.style == Style::Typify && is_only(ty),
        _ => false,
    });
    let impls = own.map(|variant| {
        let ty = item.rust(&variant.ty);
        let variant = ident(&variant.name);
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
