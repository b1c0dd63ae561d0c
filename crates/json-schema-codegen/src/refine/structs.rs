//! Reads and writes structs without losing anything: unlisted properties stay, and so does an
//! explicit `null` of an optional property.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::normalize::{Extra, Property, Shape, Struct, Type};
use crate::refine::{Item, ident};

pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    let Shape::Struct(object) = &item.definition.shape else { return TokenStream::new() };
    let names = numbers(item, object);
    let write = write(item, object);
    let read = read(item, object);
    quote!(#names #write #read)
}

/// The function that knows the properties by name, and the one that knows which are set.
fn numbers(item: &Item<'_>, object: &Struct) -> TokenStream {
    let name = item.name();
    let arms = object.properties.iter().enumerate().map(|(number, property)| {
        let (wire, number) = (&property.wire, Literal::usize_unsuffixed(number));
        quote!(#wire => #number,)
    });
    let required = object.properties.iter().enumerate().filter(|(_, property)| property.required);
    let required: Vec<Literal> = required.map(|(number, _)| Literal::usize_unsuffixed(number)).collect();
    let always = (!required.is_empty()).then(|| quote!(Some(#(#required)|*) => true,));
    let optional = object.properties.iter().enumerate().filter(|(_, property)| !property.required);
    let optional = optional.map(|(number, property)| {
        let (number, field) = (Literal::usize_unsuffixed(number), ident(&property.field));
        quote!(Some(#number) => self.#field.is_some(),)
    });
    let number = if object.properties.is_empty() {
        quote!(None)
    } else {
        quote!(Some(match name { #(#arms)* _ => return None }))
    };
    let argument = if object.properties.is_empty() { quote!(_) } else { quote!(name) };
    quote! {
        impl #name {
            fn number(#argument: &str) -> Option<usize> {
                #number
            }

            fn has(&self, name: &str) -> bool {
                match Self::number(name) { #always #(#optional)* _ => false }
            }
        }
    }
}

fn write(item: &Item<'_>, object: &Struct) -> TokenStream {
    let name = item.name();
    let entries = object.properties.iter().map(|property| {
        let (wire, field) = (&property.wire, ident(&property.field));
        if property.required {
            quote!(map.serialize_entry(#wire, &self.#field)?;)
        } else {
            quote!(if let Some(value) = &self.#field { map.serialize_entry(#wire, value)?; })
        }
    });
    let extra = match &object.extra {
        Extra::Open { field } | Extra::Typed { field, .. } => {
            let field = ident(field);
            quote! {
                for (name, value) in &self.#field {
                    if !self.has(name) { map.serialize_entry(name, value)?; }
                }
            }
        }
        Extra::Closed => TokenStream::new(),
    };
    let nulls = has_nulls(object).then(|| {
        quote! {
            for name in &self.nulls {
                if !self.has(name) { map.serialize_entry(name, &())?; }
            }
        }
    });
    quote! {
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeMap as _;
                let mut map = serializer.serialize_map(None)?;
                #(#entries)*
                #extra
                #nulls
                map.end()
            }
        }
    }
}

/// Whether nulls are noted beside `extra`, which cannot hold them.
fn has_nulls(object: &Struct) -> bool {
    !matches!(object.extra, Extra::Open { .. })
}

/// Whether an explicit `null` of any property has to be noted.
fn notes_nulls(item: &Item<'_>, object: &Struct) -> bool {
    object.properties.iter().any(|property| item.notes_null(property))
}

fn read(item: &Item<'_>, object: &Struct) -> TokenStream {
    let name = item.name();
    let slots = object.properties.iter().zip(item.types).map(|(property, ty)| {
        let (slot, held) = (slot(property), item.held(property));
        let wire = item.has_integer(&held).then(|| item.wire_type(&held, ty)).map(|wire| quote!(: Option<#wire>));
        quote!(let mut #slot #wire = None;)
    });
    let arms = arms(item, object);
    let Rest { slot, unlisted, end, field: rest } = rest(item, object);
    let fields = object.properties.iter().map(|property| field(item, property));
    let expecting = format!("an object ({})", item.definition.name);
    quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Reader;

                impl<'de> ::serde::de::Visitor<'de> for Reader {
                    type Value = #name;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(#expecting)
                    }

                    fn visit_map<A: ::serde::de::MapAccess<'de>>(self, mut map: A) -> Result<#name, A::Error> {
                        #(#slots)*
                        #slot
                        while let Some(key) = map.next_key_seed(runtime::Keys(#name::number))? {
                            match key {
                                #(#arms)*
                                runtime::Key::Unknown(name) => #unlisted
                            }
                        }
                        #end
                        Ok(#name { #(#fields)* #rest })
                    }
                }

                deserializer.deserialize_map(Reader)
            }
        }
    }
}

/// The local variable for the value of a property: no other name ends so.
fn slot(property: &Property) -> Ident {
    format_ident!("{}_", property.field)
}

/// What is done with the value of each property; the last arm takes all other numbers.
fn arms(item: &Item<'_>, object: &Struct) -> Vec<TokenStream> {
    let last = object.properties.len().wrapping_sub(1);
    let mut arms = Vec::new();
    for (number, property) in object.properties.iter().enumerate() {
        let (wire, slot) = (&property.wire, slot(property));
        let put = if item.notes_null(property) {
            quote!(runtime::put_optional(&mut map, #wire, &mut #slot, &mut nulls)?)
        } else {
            quote!(runtime::put(&mut map, #wire, &mut #slot)?)
        };
        let number = Literal::usize_unsuffixed(number);
        let pattern = if number.to_string() == last.to_string() { quote!(_) } else { quote!(#number) };
        arms.push(quote!(runtime::Key::Known(#pattern) => #put,));
    }
    if arms.is_empty() {
        arms.push(quote!(runtime::Key::Known(_) => {}));
    }
    arms
}

/// How the properties that are not listed are read.
struct Rest {
    slot: TokenStream,
    unlisted: TokenStream,
    end: TokenStream,
    field: TokenStream,
}

fn rest(item: &Item<'_>, object: &Struct) -> Rest {
    let notes_nulls = notes_nulls(item, object);
    let nulls = match (notes_nulls, has_nulls(object)) {
        (true, _) => quote!(let mut nulls: Vec<&'static str> = Vec::new();),
        (false, true) => quote!(let nulls = Vec::new();),
        (false, false) => TokenStream::new(),
    };
    match &object.extra {
        Extra::Open { field } => {
            let field = ident(field);
            let keep = notes_nulls.then(|| {
                quote! {
                    for name in nulls {
                        extra.insert(name.to_owned(), ::serde_json::Value::Null);
                    }
                }
            });
            Rest {
                slot: quote!(#nulls let mut extra = ::serde_json::Map::new();),
                unlisted: quote!({
                    extra.insert(name, map.next_value()?);
                }),
                end: quote!(#keep),
                field: if field == "extra" { quote!(extra,) } else { quote!(#field: extra,) },
            }
        }
        Extra::Typed { field, ty } => {
            let field = ident(field);
            let rust = item.types.last().cloned().unwrap_or_else(|| syn::parse_quote!(::serde_json::Value));
            let wire_type = item.wire_type(ty, &rust);
            let value = item.value_of(ty, quote!(value));
            Rest {
                slot: quote!(#nulls let mut extra = ::std::collections::BTreeMap::new();),
                unlisted: quote!({
                    let value: #wire_type = map.next_value().map_err(|error| runtime::within(&name, error))?;
                    extra.insert(name, #value);
                }),
                end: TokenStream::new(),
                field: quote!(#field: extra, nulls,),
            }
        }
        Extra::Closed => Rest {
            slot: nulls,
            unlisted: quote!(return Err(runtime::unlisted(&name)),),
            end: TokenStream::new(),
            field: quote!(nulls,),
        },
    }
}

/// The value of a field, from its slot.
fn field(item: &Item<'_>, property: &Property) -> TokenStream {
    let (field, slot, wire) = (ident(&property.field), slot(property), &property.wire);
    let held = item.held(property);
    let value = if property.required {
        item.value_of(&held, quote!(runtime::take(#slot, #wire)?))
    } else if item.has_integer(&held) {
        let value = item.value_of(&held, quote!(value));
        quote!(#slot.map(|value| #value))
    } else {
        quote!(#slot)
    };
    quote!(#field: #value,)
}

impl Item<'_> {
    /// The type in the slot of a property: without the `Option` that an optional one has anyway.
    fn held(&self, property: &Property) -> Type {
        match &property.ty {
            Type::Nullable(inner) if !property.required => (**inner).clone(),
            ty => ty.clone(),
        }
    }

    /// Whether an explicit `null` of a property is something that its field cannot hold.
    fn notes_null(&self, property: &Property) -> bool {
        !property.required && !self.holds_null(&property.ty)
    }
}
