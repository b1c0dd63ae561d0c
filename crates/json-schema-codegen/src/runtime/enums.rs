// The table of an enum of strings.

/// Implements conversions, reading, writing, access, order and `unlisted()` for an enum of strings, from a table with
/// a row for each value that the schema lists:
///
/// ```text
/// runtime::values! {
///     State, "a string (State)";
///     "open" => Open;
///     "in progress" => InProgress;
///     unlisted => Unknown;
/// }
/// ```
///
/// The first row names the enum, and says what errors expect. The last row names the variant that keeps all
/// other strings: `unlisted` if the schema does not allow them, so that `unlisted()` reports them, `any string`
/// if it does.
macro_rules! values {
    (
        $name:ident, $expecting:literal;
        $($text:literal => $variant:ident;)*
        $(unlisted => $unlisted:ident;)?
        $(any string => $any:ident;)?
    ) => {
        #[allow(deprecated)]
        impl $name {
            /// Returns the string as it is in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    $(Self::$unlisted(text) => text,)?
                    $(Self::$any(text) => text,)?
                }
            }

            /// Returns the values that the schema lists, in its order.
            pub fn listed_values() -> &'static [Self] {
                const VALUES: &[$name] = &[$($name::$variant),*];
                VALUES
            }

            /// Checks whether this is a string that the schema does not list.
            pub fn is_unknown(&self) -> bool {
                <Self as runtime::OpenStringEnum>::find_variant(self.as_str()).is_none()
            }

            /// Returns everything in this value that the schema does not list, each with its path from this
            /// value; empty if there is nothing.
            pub fn unlisted(&self) -> Vec<runtime::Unlisted> {
                runtime::Collector::collect(self)
            }
        }

        #[allow(deprecated)]
        impl runtime::OpenStringEnum for $name {
            const EXPECTING: &'static str = $expecting;

            fn find_variant(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                let keep = $(Self::$unlisted)? $(Self::$any)?;
                <Self as runtime::OpenStringEnum>::find_variant(text).unwrap_or_else(|| keep(text.to_owned()))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                let keep = $(Self::$unlisted)? $(Self::$any)?;
                <Self as runtime::OpenStringEnum>::find_variant(&text).unwrap_or_else(|| keep(text))
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        /// Two values are equal if they are the same string in JSON, whichever variants hold it.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $name {}

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

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::read_text(deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl runtime::Access for $name {
            #[inline]
            fn shallow_value(&self) -> runtime::ShallowValue<'_> {
                runtime::ShallowValue::String(self.as_str())
            }

            #[inline]
            fn replace_texts(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::redact_text(self, redactor)
            }

            #[inline]
            fn replace_by_empty(&mut self, _: &mut runtime::Redactor<'_>) {
                *self = Self::from("");
            }
        }

        #[allow(irrefutable_let_patterns, unused_variables)]
        impl runtime::Inspect for $name {
            fn collect_unlisted(&self, collector: &mut runtime::Collector) {
                $(if let Self::$unlisted(text) = self {
                    collector.add_unlisted(runtime::UnlistedKind::Value, text.as_str().into());
                })?
            }
        }
    };
}
pub(super) use values;

/// An enum of strings that can be read from any string: a variant keeps the strings that the schema does not list.
pub(super) trait OpenStringEnum: From<String> + for<'a> From<&'a str> {
    /// What an error says after "expected", such as `a string (State)`.
    const EXPECTING: &'static str;

    /// Returns the variant for a string that the schema lists; `None` for any other string.
    fn find_variant(text: &str) -> Option<Self>;
}

/// Reads an enum of strings. Any JSON value that is not a string is an error.
pub(super) fn read_text<'de, T: OpenStringEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(OpenStringEnumVisitor(PhantomData))
}

/// Visits a string that [`read_text`] reads.
struct OpenStringEnumVisitor<T>(PhantomData<T>);

impl<T: OpenStringEnum> Visitor<'_> for OpenStringEnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        Ok(T::from(text))
    }
}
