// The table of a struct.

use ::serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use ::serde::ser::{Serialize, SerializeMap, Serializer};
use ::serde_json::{Map, Number, Value};
use ::std::collections::BTreeMap;
use ::std::fmt;
use ::std::marker::PhantomData;

/// The impls of a struct, from a table of its properties: number, name, field, and how it is read
/// and written. After them stands what takes the properties that are not listed, where explicit
/// nulls are kept, and where to look for what the schema does not list.
macro_rules! properties {
    (
        $name:ident, $expecting:literal;
        $($number:literal $wire:literal => $field:ident: $how:ident $(via $convert:ident($read:ty))? $(, $mark:ident)?;)*
        $(matching $pattern:expr => $map:ident $(via $map_convert:ident($map_read:ty))? $(, $map_mark:ident)?;)*
        $(rest $rest:ident $(via $rest_convert:ident($rest_read:ty))? $(, $rest_mark:ident)?;)?
        $(closed $closed:ident;)?
        $(keep_nulls $keeper:ident;)?
        $(nulls $nulls:ident;)?
        $(inspect $inspected:ident;)*
        $(unlisted $look:ident in $kept:ident but [$($nullable:literal),*];)?
    ) => {
        impl $name {
            /// What this holds that the schema does not list, by path.
            pub fn unlisted(&self) -> Vec<runtime::Unlisted> {
                runtime::Found::of(self)
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
                $(if !runtime::same_kept(self, &self.$rest, &other.$rest) {
                    return false;
                })?
                $(if !runtime::same_nulls(self, &self.$nulls, &other.$nulls) {
                    return false;
                })?
                true
            }
        }

        #[allow(deprecated, unused_mut, unused_variables)]
        impl runtime::Object for $name {
            const EXPECTING: &'static str = $expecting;

            fn number(name: &str) -> Option<usize> {
                match name {
                    $($wire => Some($number),)*
                    _ => None,
                }
            }

            fn has(&self, name: &str) -> bool {
                match Self::number(name) {
                    $(Some($number) => runtime::$how::is_set(&self.$field),)*
                    _ => false,
                }
            }

            fn read<'de, A: ::serde::de::MapAccess<'de>>(mut input: runtime::Input<A>) -> Result<Self, A::Error> {
                $(let mut $field $(: Option<$read>)? = None;)*
                $(let mut $map $(: $map_read)? = Default::default();)*
                $(let mut $rest $(: $rest_read)? = Default::default();)?
                while let Some(key) = input.key::<Self>()? {
                    match key {
                        $(runtime::Key::Known($number) => runtime::$how::read(&mut input, $wire, &mut $field)?,)*
                        runtime::Key::Known(_) => {}
                        $(runtime::Key::Unknown(name) if $pattern.matches(&name) => input.rest(name, &mut $map)?,)*
                        runtime::Key::Unknown(name) => input.rest(name, $(&mut $rest)? $(&mut runtime::$closed)?)?,
                    }
                }
                $(input.keep_nulls(&mut $keeper);)?
                $($(let $field = runtime::$convert::<Option<$read>>($field);)?)*
                $($(let $map = runtime::$map_convert::<$map_read>($map);)?)*
                $($(let $rest = runtime::$rest_convert::<$rest_read>($rest);)?)?
                Ok(Self {
                    $($field: runtime::$how::end($field, $wire)?,)*
                    $($map,)*
                    $($rest,)?
                    $($nulls: input.nulls,)?
                })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::read_object(deserializer)
            }
        }

        #[allow(deprecated, unused_mut)]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut output = runtime::Output::new(serializer)?;
                $(runtime::$how::write(&mut output, $wire, &self.$field)?;)*
                $(output.kept(self, &self.$map)?;)*
                $(output.kept(self, &self.$rest)?;)?
                $(output.nulls(self, &self.$nulls)?;)?
                output.end()
            }
        }

        #[allow(deprecated, unused_variables)]
        impl runtime::Inspect for $name {
            fn look(&self, found: &mut runtime::Found) {
                $($(found.$mark($wire, &self.$field);)?)*
                $(runtime::Inspect::look(&self.$inspected, found);)*
                $(found.$look(self, &self.$kept, &[$($nullable),*]);)?
            }
        }
    };
}
pub(super) use properties;
