// The table of an enum that reads only the JSON values that the schema lists, which are not all strings.

/// Implements conversions, reading, writing, access and `unlisted()` for an enum of values that are not all strings,
/// and that reads no other values, from a table with a row for each value, by its JSON text:
///
/// ```text
/// runtime::closed_json_values! {
///     Level;
///     "1" => N1;
///     "[2]" => List;
/// }
/// ```
macro_rules! closed_json_values {
    ($name:ident; $($text:literal => $variant:ident;)*) => {
        #[allow(deprecated)]
        impl $name {
            /// Returns the value as it is in JSON.
            pub fn to_value(&self) -> ::serde_json::Value {
                match *self {
                    $(Self::$variant => runtime::parse_or_null($text),)*
                }
            }

            /// Returns the values that the schema lists, in its order.
            pub fn listed_values() -> &'static [Self] {
                const VALUES: &[$name] = &[$($name::$variant),*];
                VALUES
            }
        }

        impl runtime::ClosedValueEnum for $name {
            const TEXTS: &'static [&'static str] = &[$($text),*];

            fn find_variant(value: &::serde_json::Value) -> Option<Self> {
                Self::listed_values().iter().find(|listed| runtime::is_equal_json(&listed.to_value(), value)).copied()
            }
        }

        impl TryFrom<::serde_json::Value> for $name {
            type Error = runtime::ConversionError;

            fn try_from(value: ::serde_json::Value) -> Result<Self, runtime::ConversionError> {
                runtime::convert_value(&value)
            }
        }

        #[allow(deprecated)]
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(match *self {
                    $(Self::$variant => $text,)*
                })
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.to_value().serialize(serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                runtime::convert_value(&value).map_err(::serde::de::Error::custom)
            }
        }

        runtime::wrapper_access! { $name; }

        #[allow(deprecated)]
        impl runtime::WrappedValue for $name {
            fn inner_value(&self) -> runtime::Any<'_> {
                runtime::Any::of(match *self {
                    $(Self::$variant => runtime::parse_once!($text),)*
                })
            }

            fn redact_inner_value(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::redact_listed_value(self, self.to_value(), redactor)
            }

            fn replace_inner_by_empty(&mut self, redactor: &mut runtime::Redactor<'_>) {
                runtime::record_unchanged_path(redactor);
            }
        }

        impl runtime::Inspect for $name {
            fn collect_unlisted(&self, _: &mut runtime::Collector) {}
        }
    };
}
pub(super) use closed_json_values;

/// An enum of JSON values that can be read only from the values that the schema lists.
pub(super) trait ClosedValueEnum: Sized {
    /// The JSON texts of the values that the schema lists.
    const TEXTS: &'static [&'static str];

    /// Returns the variant for a value that the schema lists; `None` for any other value.
    fn find_variant(value: &Value) -> Option<Self>;
}

/// Converts a JSON value to the variant of the enum `T`.
///
/// # Errors
/// The schema does not list the value. The error lists the values that it does.
pub(super) fn convert_value<T: ClosedValueEnum>(value: &Value) -> Result<T, ConversionError> {
    let error = || {
        let text = value.to_string();
        format!("unknown value {}, expected one of {}", escape_hidden(truncate_for_error(&text)), escape_hidden(&T::TEXTS.join(", ")))
    };
    T::find_variant(value).ok_or_else(|| ConversionError(error().into()))
}

/// Replaces the strings in `value`, an enum of JSON values that is written as `json`. Returns true if the caller is to
/// remove `value`: it is a string to be removed, or the schema does not list the new value.
pub(super) fn redact_listed_value<T: ClosedValueEnum>(
    value: &mut T,
    mut json: Value,
    redactor: &mut Redactor<'_>,
) -> bool {
    if json.replace_texts(redactor) {
        return true;
    }
    match T::find_variant(&json) {
        Some(new) => *value = new,
        None => return true,
    }
    false
}

/// Implements what `closed_json_values!` does, and `Candidate`, for an enum of values in a union.
macro_rules! candidate_closed_json_values {
    ($name:ident; $($rows:tt)*) => {
        runtime::closed_json_values! { $name; $($rows)* }

        impl runtime::Candidate for $name {
            fn fit(value: &::serde_json::Value, _: &mut runtime::Choices) -> Option<runtime::Fit> {
                <Self as runtime::ClosedValueEnum>::find_variant(value).map(|_| runtime::Fit::EXACT)
            }
        }
    };
}
pub(super) use candidate_closed_json_values;
