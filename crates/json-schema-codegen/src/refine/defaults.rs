//! Writes the methods that return the value in force of a property: its own, or the `default` in the schema.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Map, Value};

use crate::normalize::{AdditionalProperties, Definition, DefinitionId, Property, Shape, Struct, Type};
use crate::refine::{PassInput, make_ident};
use crate::runtime::{is_equal_json, to_whole_number};

/// Returns the methods of a struct, one for each optional property with a default that Rust code can be written for;
/// nothing for other types.
pub(crate) fn write_default_accessors(item: &PassInput<'_>) -> TokenStream {
    let Shape::Struct(object) = &item.definition.shape else { return TokenStream::new() };
    let methods: Vec<TokenStream> =
        object.properties.iter().filter_map(|property| write_default_accessor(item, property)).collect();
    if methods.is_empty() {
        return TokenStream::new();
    }
    let name = item.type_ident();
    quote!(impl #name { #(#methods)* })
}

/// Returns the method of a property, such as `port_or_default`; `None` if it has no default, or one of a type for which
/// no method is written: a union, a tuple, a type from the settings, or one that holds `null`.
fn write_default_accessor(item: &PassInput<'_>, property: &Property) -> Option<TokenStream> {
    let default = property.default.as_ref().filter(|_| !property.required)?;
    let (ty, value) = (item.resolve_aliases(&property.ty), write_default_expression(item, &property.ty, default)?);
    let (rust, field) = (item.rust_type(&property.ty), make_ident(&property.field));
    let name = format_ident!("{}_or_default", strip_underscore(&property.field));
    let docs = format!(" Returns the property `{}`, or its default if it is absent.", property.json_name);
    let lazy = quote!(static DEFAULT: ::std::sync::LazyLock<#rust> = ::std::sync::LazyLock::new(|| #value););
    let (returned, body) = match ty {
        Type::Bool | Type::Integer { .. } | Type::NarrowInteger { .. } | Type::Path(_) => {
            (quote!(#rust), quote!(self.#field.unwrap_or(#value)))
        }
        Type::String => {
            let text = default.as_str()?;
            (quote!(&str), quote!(self.#field.as_deref().unwrap_or(#text)))
        }
        Type::Array(_) if item.is_collection_without_option(property) => {
            (quote!(&#rust), quote!(#lazy if self.#field.is_empty() { &DEFAULT } else { &self.#field }))
        }
        Type::Array(_) => {
            let list = find_item_type(item.rust_type(ty))?;
            let is_empty = default.as_array().is_some_and(Vec::is_empty);
            if is_empty {
                (quote!(&[#list]), quote!(self.#field.as_deref().unwrap_or_default()))
            } else {
                (quote!(&[#list]), quote!(#lazy self.#field.as_deref().unwrap_or(&DEFAULT)))
            }
        }
        Type::Named(id) if item.is_closed_enum(*id) => (quote!(#rust), quote!(self.#field.unwrap_or(#value))),
        Type::Map(_) if item.is_collection_without_option(property) => {
            (quote!(&#rust), quote!(#lazy if self.#field.is_empty() { &DEFAULT } else { &self.#field }))
        }
        Type::Nullable(_) | Type::Null | Type::Any => return None,
        _ => (quote!(&#rust), quote!(#lazy self.#field.as_ref().unwrap_or(&DEFAULT))),
    };
    Some(quote! {
        #[doc = #docs]
        pub fn #name(&self) -> #returned { #body }
    })
}

/// Returns the name of a field without the underscore that it has because it would be a keyword without: `type` for
/// `type_`.
fn strip_underscore(field: &str) -> &str {
    field.strip_suffix('_').filter(|word| syn::parse_str::<syn::Ident>(word).is_err()).unwrap_or(field)
}

/// Returns the type of the items of a list: `T` for `Vec<T>`.
fn find_item_type(list: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = list else { return None };
    let syn::PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    match arguments.args.first()? {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

/// Returns the expression for `value` as a value of the type `ty`; `None` if no expression can be written for it.
fn write_default_expression(item: &PassInput<'_>, ty: &Type, value: &Value) -> Option<TokenStream> {
    let rust = item.rust_type(ty);
    Some(match (ty.without_assertions(), value) {
        (Type::Any, value) => {
            let text = value.to_string();
            quote!(runtime::parse_or_null(#text))
        }
        (Type::Bool, Value::Bool(value)) => quote!(#value),
        (Type::Integer { .. } | Type::NarrowInteger { positive: false, .. }, Value::Number(number)) => {
            let number = Literal::i128_unsuffixed(to_whole_number(number)?);
            quote!(#number)
        }
        (Type::NarrowInteger { .. }, Value::Number(number)) => {
            let more = Literal::i128_unsuffixed(to_whole_number(number)? - 1);
            quote!(#rust::MIN.saturating_add(#more))
        }
        (Type::Number, Value::Number(number)) => {
            let text = number.to_string();
            quote!(runtime::parse_default_number(#text))
        }
        (Type::Path(path), Value::Number(number)) if path == "f64" => {
            let number = Literal::f64_unsuffixed(number.as_f64()?);
            quote!(#number)
        }
        (Type::String, Value::String(text)) => quote!(#text.to_owned()),
        (Type::Array(items), Value::Array(values)) => {
            let values = values.iter().map(|value| write_default_expression(item, items, value));
            let values = values.collect::<Option<Vec<_>>>()?;
            quote!(vec![#(#values),*])
        }
        (Type::Map(inner), Value::Object(object)) => {
            let entry = |(name, value): (&String, &Value)| {
                let value = write_default_expression(item, inner, value)?;
                Some(quote!((#name.to_owned(), #value)))
            };
            let entries = object.iter().map(entry).collect::<Option<Vec<_>>>()?;
            quote!([#(#entries),*].into_iter().collect())
        }
        (Type::Nullable(_), Value::Null) => quote!(None),
        (Type::Nullable(inner), value) => {
            let value = write_default_expression(item, inner, value)?;
            quote!(Some(#value))
        }
        (Type::Boxed(id), value) => {
            let value = write_definition_expression(item, item.definitions.get(*id)?, value)?;
            quote!(Box::new(#value))
        }
        (Type::Named(id), value) => write_definition_expression(item, item.definitions.get(*id)?, value)?,
        _ => return None,
    })
}

/// Returns the expression for `value` as a value of `definition`; `None` for unions, tuples and unlisted enum values.
fn write_definition_expression(item: &PassInput<'_>, definition: &Definition, value: &Value) -> Option<TokenStream> {
    let name = make_ident(&definition.name);
    match &definition.shape {
        Shape::Alias(ty) => write_default_expression(item, ty, value),
        Shape::Newtype(ty) => {
            let value = write_default_expression(item, ty, value)?;
            Some(quote!(#name(#value)))
        }
        Shape::Enum(listed) => {
            let listed = listed.values.iter().find(|listed| is_equal_json(&listed.value, value))?;
            let variant = make_ident(&listed.variant);
            Some(quote!(#name::#variant))
        }
        Shape::Struct(object) => {
            write_struct_expression(&PassInput { definition, ..*item }, object, value.as_object()?)
        }
        Shape::Union(_) | Shape::Tuple(_) => None,
    }
}

/// Returns the expression for an object as a value of the struct `object`, which `item` is about; `None` if it has a
/// property for which there is no expression.
fn write_struct_expression(item: &PassInput<'_>, object: &Struct, value: &Map<String, Value>) -> Option<TokenStream> {
    let name = item.type_ident();
    let is_parameter = |property: &&Property| property.required && item.write_only_value(property).is_none();
    let parameters = object.properties.iter().filter(is_parameter);
    let parameters =
        parameters.map(|property| write_default_expression(item, &property.ty, value.get(&property.json_name)?));
    let parameters: Option<Vec<TokenStream>> = parameters.collect();
    let parameters = parameters?;
    let new = match object.properties.iter().any(|property| property.required) {
        true => quote!(#name::new(#(#parameters),*)),
        false => quote!(#name::default()),
    };
    let mut steps = Vec::new();
    for (json_name, value) in value {
        match object.properties.iter().find(|property| property.json_name == *json_name) {
            Some(property) if property.required => {}
            Some(property) => {
                let (field, set) = (make_ident(&property.field), write_default_expression(item, &property.ty, value)?);
                let is_whole = matches!(property.ty, Type::Nullable(_)) || item.is_collection_without_option(property);
                steps.push(if is_whole { quote!(value.#field = #set;) } else { quote!(value.#field = Some(#set);) });
            }
            None => {
                let AdditionalProperties::Open { field } = &object.extra else { return None };
                let (field, text) = (make_ident(field), value.to_string());
                steps.push(quote!(value.#field.insert(#json_name.to_owned(), runtime::parse_or_null(#text));));
            }
        }
    }
    Some(if steps.is_empty() { new } else { quote!({ let mut value = #new; #(#steps)* value }) })
}

impl PassInput<'_> {
    /// Checks whether a definition is an enum without a fallback variant, which is `Copy`.
    fn is_closed_enum(&self, id: DefinitionId) -> bool {
        let shape = self.definitions.get(id).map(|definition| &definition.shape);
        matches!(shape, Some(Shape::Enum(listed)) if listed.is_closed())
    }

    /// Returns the type behind aliases, without the assertions that its values are checked against.
    fn resolve_aliases<'a>(&'a self, ty: &'a Type) -> &'a Type {
        let mut ty = ty.without_assertions();
        for _ in 0..=self.definitions.all.len() {
            let Type::Named(id) = ty else { break };
            match self.find_alias_target(*id) {
                Some(next) => ty = next.without_assertions(),
                None => break,
            }
        }
        ty
    }
}
