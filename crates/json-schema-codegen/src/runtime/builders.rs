// The builders of structs.

/// Implements the builder of a struct, from a table with a row for each field:
///
/// ```text
/// runtime::builder! {
///     Order;
///     "id" => id: String;
///     "lineCount" => line_count: Option<i64> = None;
///     "extra" => extra: ::serde_json::Map<String, ::serde_json::Value> = Default::default();
/// }
/// ```
///
/// A row has the name of the field in errors, the field and its type. After `=` is the value that the field has unless
/// another one is set; without it, the field must be set. The row `explicit nulls => nulls`, which is the last one if
/// it is there, names the private field for explicit `null`s.
macro_rules! builder {
    (
        $name:ident;
        $($wire:literal => $field:ident: $ty:ty $(= $value:expr)?;)*
        $(explicit nulls => $nulls:ident;)?
    ) => {
        impl $name {
            /// Returns a builder, whose methods set the fields, and which `try_into()` turns into a value.
            pub fn builder() -> <Self as runtime::Build>::Builder {
                ::std::default::Default::default()
            }
        }

        const _: () = {
            /// Sets fields one after another. The first field that is missing, or whose value could not be converted,
            /// is the error of `try_into()`. No type of the schema has this name.
            #[allow(non_camel_case_types)]
            #[derive(Clone, Debug)]
            #[must_use]
            pub struct __Builder {
                $($field: Result<$ty, runtime::ConversionError>,)*
                $($nulls: Vec<&'static str>,)?
            }

            impl runtime::Build for $name {
                type Builder = __Builder;
            }

            impl ::std::default::Default for __Builder {
                fn default() -> Self {
                    Self {
                        $($field: runtime::initial_field_state!($wire $(, $value)?),)*
                        $($nulls: Vec::new(),)?
                    }
                }
            }

            impl __Builder {
                $(
                    #[doc = concat!("Sets `", stringify!($field), "` to a value, after converting it.")]
                    pub fn $field<V>(mut self, value: V) -> Self
                    where
                        V: TryInto<$ty>,
                        V::Error: ::std::fmt::Display,
                    {
                        self.$field = runtime::convert_field($wire, value);
                        self
                    }
                )*
            }

            #[allow(deprecated)]
            impl TryFrom<__Builder> for $name {
                type Error = runtime::ConversionError;

                #[allow(unused_variables)]
                fn try_from(builder: __Builder) -> Result<Self, runtime::ConversionError> {
                    Ok(Self {
                        $($field: builder.$field?,)*
                        $($nulls: builder.$nulls,)?
                    })
                }
            }

            #[allow(deprecated)]
            impl From<$name> for __Builder {
                #[allow(unused_variables)]
                fn from(value: $name) -> Self {
                    Self {
                        $($field: Ok(value.$field),)*
                        $($nulls: value.$nulls,)?
                    }
                }
            }
        };
    };
}
pub(super) use builder;

/// Expands to the content of a builder's field before it is set: `Ok` with the default after the comma or, without a
/// default, the error that the field is missing.
macro_rules! initial_field_state {
    ($wire:literal) => {
        Err(runtime::missing_field_error($wire))
    };
    ($wire:literal, $value:expr) => {
        Ok($value)
    };
}
pub(super) use initial_field_state;

/// A struct that has a builder, and the builder's type.
pub trait Build {
    /// The type of the builder, which `builder()` returns.
    type Builder: Default;
}

/// Returns the error for a builder's field `name` that must be set and was not.
pub(super) fn missing_field_error(name: &'static str) -> ConversionError {
    <::serde::de::value::Error as Error>::missing_field(name).to_string().into()
}

/// Converts `value` to the type `T` of a builder's field. `name` is the field's name in the error.
///
/// # Errors
/// The conversion fails. The error begins with `name`: `price: …`.
pub(super) fn convert_field<T, V: TryInto<T>>(name: &str, value: V) -> Result<T, ConversionError>
where
    V::Error: fmt::Display,
{
    value.try_into().map_err(|error| format!("{name}: {error}").into())
}
