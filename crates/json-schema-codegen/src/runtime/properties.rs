// The table of a struct.

use ::serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use ::serde::ser::{Serialize, SerializeMap, Serializer};
use ::serde_json::{Map, Number, Value};
use ::std::collections::BTreeMap;
use ::std::fmt;
use ::std::marker::PhantomData;

/// Implements reading, writing, equality and `unlisted()` for a struct, from a table with a row for each
/// property of the schema:
///
/// ```text
/// runtime::properties! {
///     Order, "an object (Order)";
///     "id" => id: Required;
///     "lineCount" => line_count: Optional via plain(runtime::Whole<i64>);
///     "note" => note: OptionalOrNull;
///     "lines" => lines: Required, inspect;
///     matching runtime::Pattern(…) => labels;
///     unlisted => extra;
/// }
/// ```
///
/// The first row names the struct, and says what errors expect. A row of a property is its JSON name, its
/// field, and whether it may be absent:
///
/// - `Required`: it must be present.
/// - `Optional`: it may be absent. The schema does not allow `null`; an explicit `null` is kept all the
///   same, and `unlisted()` reports it.
/// - `OptionalOrNull`: it may be absent or `null`. The field is `None` for both; the explicit `null` is
///   kept beside it.
/// - `Nullable`: it may be absent, and the type in the field's `Option` holds `null` as a value.
///
/// `matching` is for the properties whose names match a pattern. After these comes what happens to all
/// other properties:
///
/// - `unlisted => extra`: the schema does not define them. The field keeps them with any values, also
///   explicit `null`s that other fields cannot hold; `unlisted()` reports them.
/// - `additional => extra`: `additionalProperties` has a schema for them, of which the field has the type.
/// - `additional: Rejected`: `additionalProperties` is `false`; such a property is an error.
///
/// `explicit nulls => nulls` comes last where there is no `unlisted` row: that field keeps the names of the
/// optional properties that were read as explicit `null`s.
///
/// A row may end with more about the values of its field:
///
/// - `via plain(T)`: they are read as `T`, where `Whole<i64>` reads `1.0` as 1; `plain` makes `i64` of it.
/// - `inspect`: they are of generated types, in which `unlisted()` searches too.
/// - `opaque`: they are of a type from the settings, in which it cannot search.
macro_rules! properties {
    (
        $name:ident, $expecting:literal;
        $($wire:literal => $field:ident: $presence:ident $(via $convert:ident($read:ty))? $(, $mark:ident)?;)*
        $(matching $pattern:expr => $map:ident $(via $map_convert:ident($map_read:ty))? $(, $map_mark:ident)?;)*
        $(unlisted => $unlisted:ident;)?
        $(additional => $typed:ident $(via $typed_convert:ident($typed_read:ty))? $(, $typed_mark:ident)?;)?
        $(additional: $rejected:ident;)?
        $(explicit nulls => $nulls:ident;)?
    ) => {
        impl $name {
            /// What this holds that the schema does not list, by path.
            pub fn unlisted(&self) -> Vec<runtime::Unlisted> {
                runtime::Found::of(self)
            }
        }

        #[allow(deprecated, unused_variables)]
        impl runtime::Inspect for $name {
            fn look(&self, found: &mut runtime::Found) {
                $($(found.$mark($wire, &self.$field);)?)*
                $($(found.$map_mark(None, &self.$map);)?)*
                $(found.extra(self, &self.$unlisted);)?
                $($(found.$typed_mark(None, &self.$typed);)?)?
                $(found.nulls(self, &self.$nulls);)?
            }
        }

        /// By what is written: kept properties that the program has set since do not count.
        #[allow(deprecated, unused_variables)]
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $(if self.$field != other.$field {
                    return false;
                })*
                $(if !runtime::same_kept(self, &self.$map, &other.$map) {
                    return false;
                })*
                $(if !runtime::same_kept(self, &self.$unlisted, &other.$unlisted) {
                    return false;
                })?
                $(if !runtime::same_kept(self, &self.$typed, &other.$typed) {
                    return false;
                })?
                $(if !runtime::same_nulls(self, &self.$nulls, &other.$nulls) {
                    return false;
                })?
                true
            }
        }

        const _: () = {
            /// A property of the schema, by its field. No type of the schema has this name.
            #[allow(non_camel_case_types)]
            pub(crate) enum __Property {
                $($field,)*
            }

            #[allow(deprecated, unreachable_code, unused_mut, unused_variables)]
            impl runtime::Object for $name {
                const EXPECTING: &'static str = $expecting;

                type Property = __Property;

                fn property(name: &str) -> Option<__Property> {
                    match name {
                        $($wire => Some(__Property::$field),)*
                        _ => None,
                    }
                }

                fn listed(&self, name: &str) -> Option<runtime::Listed> {
                    Some(match Self::property(name)? {
                        $(__Property::$field => runtime::$presence::listed(&self.$field),)*
                    })
                }

                fn read<'de, A: ::serde::de::MapAccess<'de>>(mut input: runtime::Input<A>) -> Result<Self, A::Error> {
                    $(let mut $field $(: Option<$read>)? = None;)*
                    $(let mut $map $(: $map_read)? = Default::default();)*
                    $(let mut $unlisted = Default::default();)?
                    $(let mut $typed $(: $typed_read)? = Default::default();)?
                    while let Some(key) = input.key::<Self>()? {
                        match key {
                            runtime::Key::Listed(property) => match property {
                                $(__Property::$field => runtime::$presence::read(&mut input, $wire, &mut $field)?,)*
                            },
                            $(runtime::Key::Other(name) if $pattern.matches(&name) => input.rest(name, &mut $map)?,)*
                            runtime::Key::Other(name) => {
                                $(input.rest(name, &mut $unlisted)?)?
                                $(input.rest(name, &mut $typed)?)?
                                $(input.rest(name, &mut runtime::$rejected)?)?
                            }
                        }
                    }
                    $(input.keep_nulls(&mut $unlisted);)?
                    $($(let $field = runtime::$convert::<Option<$read>>($field);)?)*
                    $($(let $map = runtime::$map_convert::<$map_read>($map);)?)*
                    $($(let $typed = runtime::$typed_convert::<$typed_read>($typed);)?)?
                    Ok(Self {
                        $($field: runtime::$presence::end($field, $wire)?,)*
                        $($map,)*
                        $($unlisted,)?
                        $($typed,)?
                        $($nulls: input.nulls,)?
                    })
                }
            }
        };

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::read_object(deserializer)
            }
        }

        #[allow(deprecated, unused_mut)]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut output = runtime::Output::new(serializer)?;
                $(runtime::$presence::write(&mut output, $wire, &self.$field)?;)*
                $(output.kept(self, &self.$map)?;)*
                $(output.kept(self, &self.$unlisted)?;)?
                $(output.kept(self, &self.$typed)?;)?
                $(output.nulls(self, &self.$nulls)?;)?
                output.end()
            }
        }
    };
}
pub(super) use properties;
