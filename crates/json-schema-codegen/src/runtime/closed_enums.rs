// The tables of enums that read only the values that the schema lists.

/// Implements conversions, reading, writing, access and `unlisted()` for an enum of strings that reads no other strings,
/// from a table with a row for each value:
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
        impl runtime::ListedText for $name {
            const EXPECTING: &'static str = $expecting;

            const TEXTS: &'static [&'static str] = &[$($text),*];

            fn listed(text: &str) -> Option<Self> {
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
            fn look(&self) -> runtime::Look<'_> {
                runtime::Look::String(self.as_str())
            }

            fn redact(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::redact_listed_text(self, redactor)
            }

            fn empty(&mut self, redactor: &mut runtime::Redactor<'_>) {
                runtime::leave_unchanged(redactor);
            }
        }

        impl runtime::Inspect for $name {
            fn collect_unlisted(&self, _: &mut runtime::Collector) {}
        }
    };
}
pub(super) use closed_values;

/// An enum of strings that reads only the strings that the schema lists.
pub(super) trait ListedText: Sized + AsRef<str> {
    /// What an error says after "expected", such as `a string (State)`.
    const EXPECTING: &'static str;

    /// The strings that the schema lists.
    const TEXTS: &'static [&'static str];

    /// Returns the variant for a string that the schema lists; `None` for any other string.
    fn listed(text: &str) -> Option<Self>;
}

/// The error of a value that a type cannot hold: what is wrong with it.
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

/// Returns the variant for a string.
///
/// # Errors
/// The schema does not list the string. The error lists the strings that it does.
pub(super) fn convert_text<T: ListedText>(text: &str) -> Result<T, ConversionError> {
    let error = || <::serde::de::value::Error as Error>::unknown_variant(beginning(text), T::TEXTS);
    T::listed(text).ok_or_else(|| ConversionError(error().to_string().into()))
}

/// Reads an enum of strings. Any JSON value that is not one of its strings is an error.
pub(super) fn read_listed_text<'de, T: ListedText, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(ListedTexts(PhantomData))
}

struct ListedTexts<T>(PhantomData<T>);

impl<T: ListedText> Visitor<'_> for ListedTexts<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::listed(text).ok_or_else(|| E::unknown_variant(beginning(text), T::TEXTS))
    }
}

/// Replaces the text of an enum of strings by another one that the schema lists. Returns whether it is to be removed,
/// which is so if the schema does not list the new text.
pub(super) fn redact_listed_text<T: ListedText>(value: &mut T, redactor: &mut Redactor<'_>) -> bool {
    let text = (redactor.choose)(&redactor.path, value.as_ref());
    match text.and_then(|text| T::listed(&text)) {
        Some(new) => *value = new,
        None => return true,
    }
    false
}

/// Notes the path of a value that is to be removed and cannot be.
pub(super) fn leave_unchanged(redactor: &mut Redactor<'_>) {
    redactor.left.push(redactor.path.clone());
}

/// Implements what `closed_values!` does, and `Candidate`, for an enum of strings in a union.
macro_rules! candidate_closed_values {
    ($name:ident, $($rows:tt)*) => {
        runtime::closed_values! { $name, $($rows)* }

        impl runtime::Candidate for $name {
            fn fit(value: &::serde_json::Value, _: &mut runtime::Choices) -> Option<runtime::Fit> {
                <Self as runtime::ListedText>::listed(value.as_str()?).map(|_| runtime::Fit::EXACT)
            }
        }
    };
}
pub(super) use candidate_closed_values;

/// Implements conversions, reading, writing, access and `unlisted()` for an enum of values that are not all strings, and
/// that reads no other values, from a table with a row for each value, by its JSON text:
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
                    $(Self::$variant => runtime::parsed($text),)*
                }
            }

            /// Returns the values that the schema lists, in its order.
            pub fn listed_values() -> &'static [Self] {
                const VALUES: &[$name] = &[$($name::$variant),*];
                VALUES
            }
        }

        impl runtime::ListedValue for $name {
            const TEXTS: &'static [&'static str] = &[$($text),*];

            fn listed(value: &::serde_json::Value) -> Option<Self> {
                Self::listed_values().iter().find(|listed| runtime::equal(&listed.to_value(), value)).copied()
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
        impl runtime::Wrapper for $name {
            fn inside(&self) -> runtime::Any<'_> {
                runtime::Any::of(match *self {
                    $(Self::$variant => runtime::constant!($text),)*
                })
            }

            fn redact_inside(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::redact_listed_value(self, self.to_value(), redactor)
            }

            fn empty_inside(&mut self, redactor: &mut runtime::Redactor<'_>) {
                runtime::leave_unchanged(redactor);
            }
        }

        impl runtime::Inspect for $name {
            fn collect_unlisted(&self, _: &mut runtime::Collector) {}
        }
    };
}
pub(super) use closed_json_values;

/// An enum of values that reads only the values that the schema lists.
pub(super) trait ListedValue: Sized {
    /// The JSON texts of the values that the schema lists.
    const TEXTS: &'static [&'static str];

    /// Returns the variant for a value that the schema lists; `None` for any other value.
    fn listed(value: &Value) -> Option<Self>;
}

/// Returns the variant for a value.
///
/// # Errors
/// The schema does not list the value. The error lists the values that it does.
pub(super) fn convert_value<T: ListedValue>(value: &Value) -> Result<T, ConversionError> {
    let error = || {
        let text = value.to_string();
        format!("unknown value {}, expected one of {}", visible(beginning(&text)), visible(&T::TEXTS.join(", ")))
    };
    T::listed(value).ok_or_else(|| ConversionError(error().into()))
}

/// Replaces the texts in an enum of values, whose JSON value is `json`. Returns whether it is to be removed, which is so
/// if the schema does not list the new value.
pub(super) fn redact_listed_value<T: ListedValue>(
    value: &mut T,
    mut json: Value,
    redactor: &mut Redactor<'_>,
) -> bool {
    if json.redact(redactor) {
        return true;
    }
    match T::listed(&json) {
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
                <Self as runtime::ListedValue>::listed(value).map(|_| runtime::Fit::EXACT)
            }
        }
    };
}
pub(super) use candidate_closed_json_values;

/// Fails with the error for a value that fits no variant of the union `name`. `tag` is the property that distinguishes
/// the variants, if there is one, and `expected` describes them.
#[cold]
pub(super) fn refuse_variant<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    name: &str,
    tag: Option<&str>,
    expected: &str,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let found = match tag.and_then(|tag| Some((tag, value.get(tag)?))) {
        Some((tag, value)) => format!("the object with `{tag}`: {value}"),
        None => value.to_string(),
    };
    let found = visible(beginning(&found));
    Err(D::Error::custom(format_args!("{found} fits no variant of {name}, expected {expected}")))
}
