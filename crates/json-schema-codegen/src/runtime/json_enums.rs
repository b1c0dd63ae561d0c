// The table of an enum of JSON values that are not all strings.

/// Implements conversions, reading, writing, access and `unlisted()` for an enum of values that are not all strings,
/// from a table with a row for each value that the schema lists, by its JSON text:
///
/// ```text
/// runtime::json_values! {
///     Level;
///     "1" => N1;
///     "[2]" => List;
///     unlisted => Unknown;
/// }
/// ```
///
/// The last row names the variant that keeps all other values: `unlisted` if the schema does not allow them, so that
/// `unlisted()` reports them, `any value` if it does.
macro_rules! json_values {
    (
        $name:ident;
        $($text:literal => $variant:ident;)*
        $(unlisted => $unlisted:ident;)?
        $(any value => $any:ident;)?
    ) => {
        #[allow(deprecated)]
        impl $name {
            /// Returns the value as it is in JSON.
            pub fn to_value(&self) -> ::serde_json::Value {
                match self {
                    $(Self::$variant => runtime::parse_or_null($text),)*
                    $(Self::$unlisted(value) => value.clone(),)?
                    $(Self::$any(value) => value.clone(),)?
                }
            }

            /// Returns everything in this value that the schema does not list, each with its path from this
            /// value; empty if there is nothing.
            pub fn unlisted(&self) -> Vec<runtime::Unlisted> {
                runtime::Collector::collect(self)
            }

            /// Returns the variant of a value that the schema lists; `None` for any other value.
            fn find_variant(value: &::serde_json::Value) -> Option<Self> {
                let listed: &[Self] = &[$(Self::$variant),*];
                listed.iter().find(|listed| runtime::is_equal_json(&listed.to_value(), value)).cloned()
            }
        }

        #[allow(unused_variables)]
        impl runtime::Inspect for $name {
            fn collect_unlisted(&self, collector: &mut runtime::Collector) {
                $(if let Self::$unlisted(value) = self {
                    collector.add_unlisted(runtime::UnlistedKind::Value, value.clone());
                })?
            }
        }

        /// Two values are equal if they are the same value in JSON, whichever variants hold it.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.to_value() == other.to_value()
            }
        }

        impl From<::serde_json::Value> for $name {
            fn from(value: ::serde_json::Value) -> Self {
                let keep = $(Self::$unlisted)? $(Self::$any)?;
                Self::find_variant(&value).unwrap_or_else(|| keep(value))
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.to_value().serialize(serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        runtime::value_access! {
            $name;
            $($text => $variant;)*
            $(unlisted => $unlisted;)?
            $(any value => $any;)?
        }
    };
}
pub(super) use json_values;
