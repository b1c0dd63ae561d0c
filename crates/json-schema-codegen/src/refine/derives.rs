//! Writes the traits that the settings ask for: in `#[derive]`, or as an impl where a derived one would contradict
//! equality. Checks that each type can have the traits of the standard library among them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Findings};
use crate::location::Location;
use crate::normalize::{AdditionalProperties, Shape, Type};
use crate::refine::structs::has_nulls_field;
use crate::refine::{PassInput, make_ident};
use crate::resolve::Resolved;

/// The types that lack traits of the standard library, with these traits.
const TRAITS_LACKED_BY_TYPES: &[(&str, &[&str])] = &[
    ("f64", &["Eq", "Hash", "Ord"]),
    ("f32", &["Eq", "Hash", "Ord"]),
    ("::serde_json::Value", &["Copy", "Ord", "PartialOrd"]),
    ("::serde_json::Number", &["Copy", "Default", "Ord", "PartialOrd"]),
    ("String", &["Copy"]),
    ("Vec", &["Copy"]),
    ("::std::collections::BTreeMap", &["Copy"]),
    ("::std::collections::HashMap", &["Copy", "Hash", "Ord", "PartialOrd"]),
    ("::indexmap::IndexMap", &["Copy", "Hash", "Ord", "PartialOrd"]),
    ("Box", &["Copy"]),
];

/// The traits of the standard library that are checked.
const CHECKED_TRAITS: &[&str] = &["Copy", "Default", "Eq", "Hash", "Ord", "PartialOrd"];

/// The traits that an enum without a fallback variant derives.
pub(super) const CLOSED_ENUM_TRAITS: &[&str] =
    &["Clone", "Copy", "Debug", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// The traits that a newtype around a checked string derives.
pub(super) const CHECKED_TEXT_TRAITS: &[&str] = &["Clone", "Debug", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Returns the impl of `Hash` of a type whose equality is not derived, if the settings ask for it; else nothing. The
/// hash of a struct is that of its properties, since the values beside them count for equality only if they are
/// written.
pub(crate) fn write_hash_impl(item: &PassInput<'_>) -> TokenStream {
    if !item.wants_trait("Hash") {
        return TokenStream::new();
    }
    let hash = match &item.definition.shape {
        Shape::Struct(object) => {
            let fields = object.properties.iter().map(|property| make_ident(&property.field));
            quote!(#(::std::hash::Hash::hash(&self.#fields, state);)*)
        }
        Shape::Enum(listed) if !listed.has_only_strings() => quote!(::std::hash::Hash::hash(&self.to_value(), state);),
        _ => return TokenStream::new(),
    };
    let name = item.type_ident();
    quote! {
        #[allow(unused_variables)]
        impl ::std::hash::Hash for #name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                #hash
            }
        }
    }
}

impl PassInput<'_> {
    /// Returns `#[derive]` with `traits` and those that the settings ask for besides, and the attributes that the
    /// settings ask for.
    pub(super) fn write_derive(&self, traits: &[&str]) -> TokenStream {
        let is_derived = |path: &&str| !(std_trait_name(path) == Some("Hash") && self.has_own_equality());
        let paths = traits.iter().copied().chain(self.wanted_traits().filter(is_derived));
        let paths = paths.filter_map(|path| path.parse::<TokenStream>().ok());
        let patched = self.settings.patch.get(self.definition.old_name());
        let patched = patched.into_iter().flat_map(|patch| &patch.attributes);
        let attributes = self.settings.attributes.iter().chain(patched);
        let attributes = attributes.filter_map(|text| text.parse::<TokenStream>().ok());
        quote!(#[derive(#(#paths),*)] #(#attributes)*)
    }

    /// Returns the paths of the traits that the settings ask for and that the type does not have anyway, each once.
    fn wanted_traits(&self) -> impl Iterator<Item = &str> {
        let patched = self.settings.patch.get(self.definition.old_name());
        let patched = patched.into_iter().flat_map(|patch| &patch.derives);
        let mut seen: Vec<&str> = Vec::new();
        let paths = self.settings.derives.iter().chain(patched).map(String::as_str);
        paths.filter(move |path| {
            let is_new =
                !seen.contains(path) && std_trait_name(path).is_none_or(|name| !self.has_trait_without_setting(name));
            seen.push(path);
            is_new
        })
    }

    /// Checks whether the type has the trait `name` of the standard library or of serde without any setting.
    fn has_trait_without_setting(&self, name: &str) -> bool {
        match name {
            "Clone" | "Debug" | "PartialEq" | "Serialize" | "Deserialize" => true,
            "Copy" | "Eq" | "PartialOrd" | "Ord" | "Hash" => match &self.definition.shape {
                Shape::Enum(listed) => listed.is_closed() || listed.has_only_strings() && name != "Copy",
                Shape::Newtype(_) => self.text_assertions_name().is_some() && name != "Copy",
                _ => false,
            },
            "Default" => self.has_default_without_setting() || self.choose_default_variant().is_some(),
            _ => false,
        }
    }

    /// Checks whether the settings ask for the trait `name` of the standard library, and the type does not have it
    /// anyway.
    fn wants_trait(&self, name: &str) -> bool {
        self.wanted_traits().any(|path| std_trait_name(path) == Some(name))
    }

    /// Checks whether the type implements `PartialEq` by a macro of the runtime.
    fn has_own_equality(&self) -> bool {
        match &self.definition.shape {
            Shape::Enum(listed) => !listed.is_closed(),
            shape => matches!(shape, Shape::Struct(_)),
        }
    }

    /// Adds an error to `findings` for each trait that the settings ask for and that the type cannot have.
    pub(super) fn check_derives(&self, resolved: &Resolved, findings: &mut Findings) {
        if matches!(self.definition.shape, Shape::Alias(_)) {
            return;
        }
        for name in self.wanted_traits().filter_map(std_trait_name).filter(|name| CHECKED_TRAITS.contains(name)) {
            for (place, lacking, location) in self.list_parts_lacking_trait(name) {
                let kind = DiagnosticKind::Settings;
                let message = format!("`{}` cannot derive `{name}`: {place}{lacking}", self.definition.name);
                let diagnostic: Diagnostic = resolved.make_diagnostic(kind, location, message);
                findings.push(diagnostic.with_help(format!(
                    "ask for `{name}` only in `[patch]` of the types that can have it, or give the value another type \
                     by `map_type`, `number_type`, `[types]` or `[formats]`"
                )));
            }
        }
    }

    /// Returns (the part of the type, such as "its property `price` is of the type ", the reason why the trait `name`
    /// cannot be derived, the location of the part's schema) of each part of the type that lacks the trait.
    fn list_parts_lacking_trait(&self, name: &str) -> Vec<(String, String, &Location)> {
        let definition = self.definition;
        let whole = |reason: &str| vec![(String::new(), reason.to_owned(), &definition.location)];
        let parts: Vec<(String, &Type, &Location)> = match &definition.shape {
            Shape::Struct(_) if matches!(name, "Ord" | "PartialOrd") && self.has_fields_for_unnamed_values() => {
                return whole("it keeps values beside its properties, which have no order");
            }
            Shape::Struct(_) if name == "Copy" && self.has_fields_for_unnamed_values() => {
                return whole("it keeps values beside its properties in a map");
            }
            Shape::Struct(object) => {
                let is_missing = |required: bool| name != "Default" || required;
                let properties = object.properties.iter().filter(|property| is_missing(property.required));
                let part = |name: &str| format!("its property `{name}` is of the type ");
                properties.map(|property| (part(&property.json_name), &property.ty, &property.location)).collect()
            }
            Shape::Enum(_) | Shape::Union(_) if name == "Default" => {
                return whole("the schema gives no default variant");
            }
            Shape::Enum(listed) if listed.has_only_strings() && name == "Copy" => {
                return whole("it keeps unknown values as texts");
            }
            Shape::Enum(_) => {
                return describe_lacked_trait(name, "::serde_json::Value").map_or(Vec::new(), |lacking| {
                    vec![("it keeps unknown values as ".to_owned(), lacking, &definition.location)]
                });
            }
            Shape::Union(union) => {
                let part = |name: &str| format!("its variant `{name}` is of the type ");
                let parts = union.variants.iter().map(|variant| (part(&variant.name), &variant.ty));
                let unknown = union.fallback.variant_name().map(|name| (part(name), &Type::Any));
                parts.chain(unknown).map(|(part, ty)| (part, ty, &definition.location)).collect()
            }
            shape => {
                let types = shape.contained_types().into_iter().enumerate();
                types
                    .map(|(index, ty)| (format!("its field {index} is of the type "), ty, &definition.location))
                    .collect()
            }
        };
        let lacking = parts
            .into_iter()
            .filter_map(|(part, ty, location)| Some((part, self.find_type_lacking_trait(name, ty)?, location)));
        lacking.collect()
    }

    /// Checks whether the struct has a field for several properties, such as `extra`, or the field `nulls`.
    fn has_fields_for_unnamed_values(&self) -> bool {
        let Shape::Struct(object) = &self.definition.shape else { return false };
        !matches!(object.extra, AdditionalProperties::Closed | AdditionalProperties::Ignored)
            || !object.patterns.is_empty()
            || has_nulls_field(self, object)
    }

    /// Returns the type in `ty` that lacks the trait `name`, with the reason; `None` if `ty` has it, as far as the
    /// generator knows.
    fn find_type_lacking_trait(&self, name: &str, ty: &Type) -> Option<String> {
        match ty {
            Type::Any => describe_lacked_trait(name, "::serde_json::Value"),
            Type::Number => describe_lacked_trait(name, "::serde_json::Number"),
            Type::String => describe_lacked_trait(name, "String"),
            Type::Path(path) => describe_lacked_trait(name, path),
            Type::NarrowInteger { positive: true, .. } => {
                (name == "Default").then(|| "a number that is never 0".to_owned())
            }
            Type::Null | Type::Bool | Type::Integer { .. } | Type::NarrowInteger { .. } => None,
            Type::Checked(inner, _) => self.find_type_lacking_trait(name, inner),
            Type::Array(_) | Type::Map(_) | Type::Nullable(_) if name == "Default" => None,
            Type::Array(inner) => {
                describe_lacked_trait(name, "Vec").or_else(|| self.find_type_lacking_trait(name, inner))
            }
            Type::Map(inner) => describe_lacked_trait(name, self.settings.map_type_path())
                .or_else(|| self.find_type_lacking_trait(name, inner)),
            Type::Nullable(inner) => self.find_type_lacking_trait(name, inner),
            Type::Boxed(id) => {
                describe_lacked_trait(name, "Box").or_else(|| self.find_type_lacking_trait(name, &Type::Named(*id)))
            }
            Type::Named(id) => {
                let definition = self.definitions.get(*id)?;
                if let Shape::Alias(ty) = &definition.shape {
                    return self.find_type_lacking_trait(name, ty);
                }
                let other = PassInput { definition, ..*self };
                let has = other.has_trait_without_setting(name) || other.wants_trait(name);
                (!has).then(|| format!("`{}`, which does not derive it", definition.name))
            }
        }
    }
}

/// Returns (in words) the path `ty` and why it lacks the trait `name`: ``"`String`, which does not implement it"``.
/// `None` if it has the trait, or if the generator does not know the type.
fn describe_lacked_trait(name: &str, ty: &str) -> Option<String> {
    let (_, traits) = TRAITS_LACKED_BY_TYPES
        .iter()
        .find(|(lacking, _)| lacking.trim_start_matches("::") == ty.trim_start_matches("::"))?;
    traits.contains(&name).then(|| format!("`{}`, which does not implement it", ty.trim_start_matches("::")))
}

/// Returns the name of a trait of the standard library or of serde from its path, with or without the path before it;
/// `None` for a path of another crate.
fn std_trait_name(path: &str) -> Option<&str> {
    let path = path.trim_start_matches("::");
    match path.rsplit_once("::") {
        None => Some(path),
        Some((parents, name)) => matches!(parents.split("::").next(), Some("std" | "core" | "serde")).then_some(name),
    }
}
