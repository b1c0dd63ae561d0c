// The table of a struct.

use ::serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use ::serde::ser::{Serialize, SerializeMap, Serializer};
use ::serde_json::{Map, Number, Value};
use ::std::collections::BTreeMap;
use ::std::fmt;
use ::std::marker::PhantomData;

/// Implements reading, writing, access, equality and `unlisted()` for a struct, from a table of its properties:
///
/// ```text
/// runtime::properties! {
///     Order, "an object (Order)";
///     "id" => id: Required;
///     "lineCount" => line_count: Optional via unwrap_whole(runtime::Whole<i64>);
///     "note" => note: OptionalOrNull;
///     "lines" => lines: Required, inspect;
///     matching "^x-" => labels by runtime::Pattern(…);
///     unlisted => extra;
/// }
/// ```
///
/// The row of a property has its JSON name, its field, and whether it may be absent:
/// - `Required`: it must be present.
/// - `Optional`: it may be absent. An explicit `null`, which the schema does not allow, is kept beside the field.
/// - `OptionalOrNull`: it may be absent or `null`; the field is `None` for both. The `null` is kept beside the field.
/// - `Nullable`: it may be absent. The type in the field's `Option` holds `null` as a value.
/// - `NotNull`: it may be absent. An explicit `null` is an error.
/// - `OrEmpty`: it may be absent. Its field is a list or a map without an `Option`, which is empty then.
///
/// The rows after these have the field of several properties:
/// - `matching`: those whose names match the regular expression; after `by` is its compiled form.
/// - `unlisted`: those that the schema does not define, with any values. The `null`s beside fields are kept there too.
/// - `additional`: those for which `additionalProperties` has a schema; `additional: Rejected` if it is `false`.
///   `additional: Ignored` and `additional: Refused` if the settings say so of properties that the schema does not define.
/// - `explicit nulls`: the JSON names of the `null`s beside fields, if there is no `unlisted` row.
/// - `viewed "data" by view, inspect_viewed`: the method `view` returns a view of the property `data`.
///
/// A row may say more about the values:
/// - `via unwrap_whole(T)`: they are read as `T`, which has `Whole<i64>` for `i64`, so that `1.0` is read as 1.
/// - `inspect`: `unlisted()` searches them. `opaque`: they are of a type from the settings, which it cannot search.
macro_rules! properties {
    ($($rows:tt)*) => {
        runtime::property_values! { $($rows)* }
        runtime::property_access! { $($rows)* }
        runtime::strict_properties! { runtime::keep_nulls!; $($rows)* }
    };
}
pub(super) use properties;

/// Implements equality and `unlisted()` for a struct, from the rows of `properties!`.
macro_rules! property_values {
    (
        $name:ident, $expecting:literal;
        $($wire:literal => $field:ident: $presence:ident $(via $convert:ident($read:ty))? $(, $mark:ident)?;)*
        $(matching $regex:literal => $map:ident $(via $map_convert:ident($map_read:ty))? $(, $map_mark:ident)? by $pattern:expr;)*
        $(unlisted => $unlisted:ident;)?
        $(additional => $typed:ident $(via $typed_convert:ident($typed_read:ty))? $(, $typed_mark:ident)?;)?
        $(additional: $rejected:ident;)?
        $(explicit nulls => $nulls:ident;)?
        $(viewed $viewed:literal by $view:ident, $inspect_view:ident;)*
    ) => {
        impl $name {
            /// Returns everything in this value that the schema does not list, each with its path from this
            /// value; empty if there is nothing.
            pub fn unlisted(&self) -> Vec<runtime::Unlisted> {
                runtime::Collector::collect(self)
            }
        }

        #[allow(deprecated, unused_variables)]
        impl runtime::Inspect for $name {
            fn collect_unlisted(&self, collector: &mut runtime::Collector) {
                $($(collector.$mark($wire, &self.$field);)?)*
                $($(collector.$map_mark(None, &self.$map);)?)*
                $(collector.collect_kept(self, &self.$unlisted);)?
                $($(collector.$typed_mark(None, &self.$typed);)?)?
                $(collector.collect_nulls(self, &self.$nulls);)?
                $(runtime::$inspect_view(collector, $viewed, &self.$view());)*
            }
        }

        /// Two values are equal if they are written alike. A property that is kept beside its field is
        /// not written, and not compared, once the field is set.
        #[allow(deprecated, unused_variables)]
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $(if self.$field != other.$field {
                    return false;
                })*
                $(if !runtime::are_kept_properties_equal(self, &self.$map, &other.$map) {
                    return false;
                })*
                $(if !runtime::are_kept_properties_equal(self, &self.$unlisted, &other.$unlisted) {
                    return false;
                })?
                $(if !runtime::are_kept_properties_equal(self, &self.$typed, &other.$typed) {
                    return false;
                })?
                $(if !runtime::are_kept_nulls_equal(self, &self.$nulls, &other.$nulls) {
                    return false;
                })?
                true
            }
        }
    };
}
pub(super) use property_values;

/// Moves the explicit `null`s that are kept beside fields to the field of the `unlisted` row, if the table has one.
macro_rules! keep_nulls {
    ($input:ident; $($presence:ident $field:ident $wire:literal;)* $(=> $unlisted:ident)?) => {
        $($input.keep_nulls(&mut $unlisted);)?
    };
}
pub(super) use keep_nulls;

/// Implements reading and writing for a struct, from the rows of `properties!`. A value of another type than the
/// schema's is an error. The macro `$keep` moves what is kept beside fields to the field of the `unlisted` row.
macro_rules! strict_properties {
    (
        runtime::$keep:ident!;
        $name:ident, $expecting:literal;
        $($wire:literal => $field:ident: $presence:ident $(via $convert:ident($read:ty))? $(, $mark:ident)?;)*
        $(matching $regex:literal => $map:ident $(via $map_convert:ident($map_read:ty))? $(, $map_mark:ident)? by $pattern:expr;)*
        $(unlisted => $unlisted:ident;)?
        $(additional => $typed:ident $(via $typed_convert:ident($typed_read:ty))? $(, $typed_mark:ident)?;)?
        $(additional: $rejected:ident;)?
        $(explicit nulls => $nulls:ident;)?
        $(viewed $viewed:literal by $view:ident, $inspect_view:ident;)*
    ) => {
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

                #[inline(never)]
                fn find_listed_property(name: &str) -> Option<__Property> {
                    match name {
                        $($wire => Some(__Property::$field),)*
                        _ => None,
                    }
                }

                fn property_state(&self, name: &str) -> Option<runtime::PropertyState> {
                    Some(match Self::find_listed_property(name)? {
                        $(__Property::$field => runtime::$presence::property_state(&self.$field),)*
                    })
                }
            }

            #[allow(deprecated, unused_mut, unused_variables)]
            impl runtime::StrictObject for $name {
                fn read_properties<'de, A: ::serde::de::MapAccess<'de>>(mut input: runtime::ObjectInput<A>) -> Result<Self, A::Error> {
                    $(let mut $field $(: Option<$read>)? = None;)*
                    $(let mut $map $(: $map_read)? = Default::default();)*
                    $(let mut $unlisted = Default::default();)?
                    $(let mut $typed $(: $typed_read)? = Default::default();)?
                    while let Some(key) = input.next_property::<Self>()? {
                        match key {
                            Some(property) => match property {
                                $(__Property::$field => runtime::$presence::read_property(&mut input, $wire, &mut $field)?,)*
                            },
                            $(None if $pattern.matches(&input.name) => input.read_other(&mut $map)?,)*
                            None => {
                                $(input.read_other(&mut $unlisted)?)?
                                $(input.read_other(&mut $typed)?)?
                                $(input.read_other(&mut runtime::$rejected)?)?
                            }
                        }
                    }
                    runtime::$keep! { input; $($presence $field $wire;)* $(=> $unlisted)? }
                    $($(let $field = runtime::$convert::<Option<$read>>($field);)?)*
                    $($(let $map = runtime::$map_convert::<$map_read>($map);)?)*
                    $($(let $typed = runtime::$typed_convert::<$typed_read>($typed);)?)?
                    Ok(Self {
                        $($field: runtime::$presence::finish_field($field, $wire)?,)*
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
                let mut output = runtime::ObjectOutput::new(serializer)?;
                $(runtime::$presence::write_property(&mut output, $wire, &self.$field)?;)*
                $(output.write_kept(self, &self.$map)?;)*
                $(output.write_kept(self, &self.$unlisted)?;)?
                $(output.write_kept(self, &self.$typed)?;)?
                $(output.write_nulls(self, &self.$nulls)?;)?
                output.finish()
            }
        }
    };
}
pub(super) use strict_properties;
