// The table of an enum that reads only the strings that the schema lists.

/// Implements conversions, reading, writing, access and `unlisted()` for an enum of strings that reads no other
/// strings, from a table with a row for each value:
///
/// ```text
/// runtime::closed_values! {
///     State, "a string (State)";
///     "open" => Open;
///     "in progress" => InProgress;
/// }
/// ```
macro_rules! closed_values {
    ($name:ident, $expecting:literal; $($text:literal => $variant:ident;)*) => {
        #[allow(deprecated)]
        impl $name {
            /// Returns the string as it is in JSON.
            pub fn as_str(&self) -> &'static str {
                match *self {
                    $(Self::$variant => $text,)*
                }
            }

            /// Returns the values that the schema lists, in its order.
            pub fn listed_values() -> &'static [Self] {
                const VALUES: &[$name] = &[$($name::$variant),*];
                VALUES
            }
        }

        #[allow(deprecated)]
        impl runtime::ClosedStringEnum for $name {
            const EXPECTING: &'static str = $expecting;

            const TEXTS: &'static [&'static str] = &[$($text),*];

            fn find_variant(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl TryFrom<&str> for $name {
            type Error = runtime::ConversionError;

            fn try_from(text: &str) -> Result<Self, runtime::ConversionError> {
                runtime::convert_text(text)
            }
        }

        impl TryFrom<&String> for $name {
            type Error = runtime::ConversionError;

            fn try_from(text: &String) -> Result<Self, runtime::ConversionError> {
                runtime::convert_text(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = runtime::ConversionError;

            fn try_from(text: String) -> Result<Self, runtime::ConversionError> {
                runtime::convert_text(&text)
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = runtime::ConversionError;

            fn from_str(text: &str) -> Result<Self, runtime::ConversionError> {
                runtime::convert_text(text)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::read_listed_text(deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl runtime::Access for $name {
            fn shallow_value(&self) -> runtime::ShallowValue<'_> {
                runtime::ShallowValue::String(self.as_str())
            }

            fn replace_texts(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::redact_listed_text(self, redactor)
            }

            fn replace_by_empty(&mut self, redactor: &mut runtime::Redactor<'_>) {
                runtime::record_unchanged_path(redactor);
            }
        }

        impl runtime::Inspect for $name {
            fn collect_unlisted(&self, _: &mut runtime::Collector) {}
        }
    };
}
pub(super) use closed_values;

/// An enum of strings that can be read only from the strings that the schema lists.
pub(super) trait ClosedStringEnum: Sized + AsRef<str> {
    /// What an error says after "expected", such as `a string (State)`.
    const EXPECTING: &'static str;

    /// The strings that the schema lists.
    const TEXTS: &'static [&'static str];

    /// Returns the variant for a string that the schema lists; `None` for any other string.
    fn find_variant(text: &str) -> Option<Self>;
}

/// The error for a value that cannot be converted to a generated type. Its text says what is wrong with the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionError(::std::borrow::Cow<'static, str>);

impl fmt::Display for ConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ::std::error::Error for ConversionError {}

impl From<&'static str> for ConversionError {
    fn from(message: &'static str) -> Self {
        Self(message.into())
    }
}

impl From<String> for ConversionError {
    fn from(message: String) -> Self {
        Self(message.into())
    }
}

/// Converts a string to the variant of the enum `T`.
///
/// # Errors
/// The schema does not list the string. The error lists the strings that it does.
pub(super) fn convert_text<T: ClosedStringEnum>(text: &str) -> Result<T, ConversionError> {
    let error = || <::serde::de::value::Error as Error>::unknown_variant(truncate_for_error(text), T::TEXTS);
    T::find_variant(text).ok_or_else(|| ConversionError(error().to_string().into()))
}

/// Reads an enum of strings. Any JSON value that is not one of its strings is an error.
pub(super) fn read_listed_text<'de, T: ClosedStringEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(ClosedStringEnumVisitor(PhantomData))
}

/// Visits a string that [`read_listed_text`] reads.
struct ClosedStringEnumVisitor<T>(PhantomData<T>);

impl<T: ClosedStringEnum> Visitor<'_> for ClosedStringEnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::find_variant(text).ok_or_else(|| E::unknown_variant(truncate_for_error(text), T::TEXTS))
    }
}

/// Replaces `value`, an enum of strings, by the variant for the text that the redactor's function returns. Returns true
/// if the caller is to remove `value`: the function returns `None`, or a text that the schema does not list.
pub(super) fn redact_listed_text<T: ClosedStringEnum>(value: &mut T, redactor: &mut Redactor<'_>) -> bool {
    let text = (redactor.choose)(&redactor.path, value.as_ref());
    match text.and_then(|text| T::find_variant(&text)) {
        Some(new) => *value = new,
        None => return true,
    }
    false
}

/// Adds the redactor's current path to the paths of values that can neither be replaced nor removed.
pub(super) fn record_unchanged_path(redactor: &mut Redactor<'_>) {
    redactor.unchanged.push(redactor.path.clone());
}

/// Implements what `closed_values!` does, and `Candidate`, for an enum of strings in a union.
macro_rules! candidate_closed_values {
    ($name:ident, $($rows:tt)*) => {
        runtime::closed_values! { $name, $($rows)* }

        impl runtime::Candidate for $name {
            fn fit(value: &::serde_json::Value, _: &mut runtime::Choices) -> Option<runtime::Fit> {
                <Self as runtime::ClosedStringEnum>::find_variant(value.as_str()?).map(|_| runtime::Fit::EXACT)
            }
        }
    };
}
pub(super) use candidate_closed_values;
