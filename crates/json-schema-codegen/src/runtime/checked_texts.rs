// Newtypes of strings that assertions are checked for.

/// Implements conversions of a newtype around a `String`, whose values are checked against a list of assertions:
/// `Code, OrderCode;` for the type `Code` and the list `OrderCode`.
macro_rules! checked_text {
    ($name:ident, $list:ident;) => {
        impl TryFrom<String> for $name {
            type Error = runtime::ConversionError;

            fn try_from(text: String) -> Result<Self, runtime::ConversionError> {
                runtime::check_text::<assertions::$list>(text).map(Self)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = runtime::ConversionError;

            fn try_from(text: &str) -> Result<Self, runtime::ConversionError> {
                Self::try_from(text.to_owned())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = runtime::ConversionError;

            fn from_str(text: &str) -> Result<Self, runtime::ConversionError> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl ::std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}
pub(super) use checked_text;

/// Checks `text` against the list of assertions `A`, and returns it.
///
/// # Errors
/// An assertion of the list `A` does not hold for the text.
pub(super) fn check_text<A: AssertionList>(text: String) -> Result<String, ConversionError> {
    match check_assertions::<A>(&Value::from(text.as_str())) {
        Ok(()) => Ok(text),
        Err(error) => Err(error.to_string().into()),
    }
}
