// Reading that keeps values of another type than the schema's, instead of failing.

/// Implements reading and writing for a struct whose values of another type are kept, from the same table as
/// `properties!`. A value that does not fit its property is kept in the field of the `unlisted` row, under its
/// JSON name, and the field of the property has no value; a struct without such a row is itself a value that does
/// not fit.
macro_rules! lenient_properties {
    ($($rows:tt)*) => {
        runtime::property_values! { $($rows)* }
        runtime::property_access! { $($rows)* }
        runtime::keeping_properties! { $($rows)* }
    };
}
pub(super) use lenient_properties;

/// Implements `Object`, `Lenient`, `Deserialize` and `Serialize` for a struct whose values of another type are kept,
/// from the rows of `lenient_properties!`.
macro_rules! keeping_properties {
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
        const _: () = {
            /// A property of the schema, by its field. No type of the schema has this name.
            #[allow(non_camel_case_types)]
            pub(crate) enum __Property {
                $($field,)*
            }

            #[allow(deprecated, unreachable_code, unused_variables)]
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

            #[allow(deprecated, unreachable_code, unused_mut, unused_variables)]
            impl<'de> runtime::Lenient<'de> for $name {
                const EXPECTING: &'static str = $expecting;

                fn into_value(self) -> ::serde_json::Value {
                    runtime::to_json_or_null(self)
                }

                fn from_object<A: ::serde::de::MapAccess<'de>>(
                    map: A,
                    mode: runtime::MismatchMode,
                ) -> Result<Result<Self, ::serde_json::Value>, A::Error> {
                    let mut input = runtime::LenientObjectInput::new(map, mode, false $(|| !stringify!($unlisted).is_empty())?);
                    $(let mut $field $(: Option<$read>)? = None;)*
                    $(let mut $map $(: $map_read)? = Default::default();)*
                    $(let mut $unlisted = Default::default();)?
                    $(let mut $typed $(: $typed_read)? = Default::default();)?
                    while let Some(key) = input.next_property::<Self>()? {
                        match key {
                            Some(property) => match property {
                                $(__Property::$field => {
                                    <runtime::$presence as runtime::LenientPresence>::read_property(&mut input, $wire, &mut $field)?;
                                })*
                            },
                            $(None if $pattern.matches(&input.name) => input.read_other(&mut $map)?,)*
                            None => {
                                $(input.read_other(&mut $unlisted)?)?
                                $(input.read_other(&mut $typed)?)?
                                $(input.read_other(&mut runtime::$rejected)?)?
                            }
                        }
                    }
                    $(<runtime::$presence as runtime::LenientPresence>::check_presence(&mut input, $wire, &$field)?;)*
                    if let Some(mut whole) = input.broken.take() {
                        $(runtime::restore_property(&mut whole, $wire, $field);)*
                        $(runtime::restore_properties(&mut whole, $map);)*
                        $(runtime::restore_properties(&mut whole, $unlisted);)?
                        $(runtime::restore_properties(&mut whole, $typed);)?
                        return Ok(Err(input.into_json_value(whole)));
                    }
                    $(input.move_kept_into(&mut $unlisted);)?
                    $($(let $field = runtime::$convert::<Option<$read>>($field);)?)*
                    $($(let $map = runtime::$map_convert::<$map_read>($map);)?)*
                    $($(let $typed = runtime::$typed_convert::<$typed_read>($typed);)?)?
                    Ok(Ok(Self {
                        $($field: <runtime::$presence as runtime::LenientField<_>>::finish_field($field, $wire)?,)*
                        $($map,)*
                        $($unlisted,)?
                        $($typed,)?
                        $($nulls: input.nulls,)?
                    }))
                }
            }
        };

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::read_lenient(deserializer)
            }
        }

        #[allow(deprecated, unused_mut, unused_variables)]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut output = runtime::ObjectOutput::new(serializer)?;
                let is_kept = |name: &str| false $(|| self.$unlisted.contains_key(name))?;
                $(if !<runtime::$presence as runtime::LenientDefault<_>>::is_default(&self.$field) || !is_kept($wire) {
                    runtime::$presence::write_property(&mut output, $wire, &self.$field)?;
                })*
                $(output.write_kept(self, &self.$map)?;)*
                $(output.write_kept(self, &self.$unlisted)?;)?
                $(output.write_kept(self, &self.$typed)?;)?
                $(output.write_nulls(self, &self.$nulls)?;)?
                output.finish()
            }
        }
    };
}
pub(super) use keeping_properties;
