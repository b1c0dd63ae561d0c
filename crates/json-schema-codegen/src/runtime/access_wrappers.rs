// Looking at types that hold one value: unions, newtypes, and enums of other values than strings.

/// A generated type that is written to JSON as the one value in it: a union, a newtype, or an enum of JSON values.
pub(super) trait WrappedValue: Sync {
    /// Returns a view of the value in this one.
    fn inner_value(&self) -> Any<'_>;

    /// Replaces the strings in the inner value. Returns true if the inner value is itself a string to be removed.
    fn redact_inner_value(&mut self, redactor: &mut Redactor<'_>) -> bool;

    /// Replaces the inner value, which is to be removed from a place where there must be a value, by an empty one.
    fn replace_inner_by_empty(&mut self, redactor: &mut Redactor<'_>);
}

/// Implements the methods of `access!` for a type, and `Access` through its impl of `WrappedValue`.
macro_rules! wrapper_access {
    ($name:ident;) => {
        runtime::access! { $name; }

        impl runtime::Access for $name {
            fn shallow_value(&self) -> runtime::ShallowValue<'_> {
                runtime::WrappedValue::inner_value(self).shallow_value()
            }

            fn visit_children<'a>(&'a self, visit: &mut dyn ::std::ops::FnMut(Option<&'a str>, runtime::Any<'a>)) {
                runtime::WrappedValue::inner_value(self).visit_children(visit);
            }

            fn find_property<'a>(&'a self, name: &str) -> Option<runtime::Any<'a>> {
                runtime::WrappedValue::inner_value(self).get(name)
            }

            fn replace_texts(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::WrappedValue::redact_inner_value(self, redactor)
            }

            fn replace_by_empty(&mut self, redactor: &mut runtime::Redactor<'_>) {
                runtime::WrappedValue::replace_inner_by_empty(self, redactor);
            }
        }
    };
}
pub(super) use wrapper_access;

/// Implements `Access` for a union, from a table of its variants: `Circle;`, or `Price, opaque;` for a variant that
/// holds a type from the settings.
macro_rules! union_access {
    ($name:ident; $($variant:ident $(, $mark:ident)?;)*) => {
        runtime::wrapper_access! { $name; }

        #[allow(deprecated)]
        impl runtime::WrappedValue for $name {
            fn inner_value(&self) -> runtime::Any<'_> {
                match self {
                    $(Self::$variant(value) => runtime::FieldAccess::view_as_any(runtime::GeneratedType$(.$mark())?, value),)*
                }
            }

            fn redact_inner_value(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                match self {
                    $(Self::$variant(value) => runtime::FieldAccess::replace_texts(runtime::GeneratedType$(.$mark())?, value, redactor),)*
                }
            }

            fn replace_inner_by_empty(&mut self, redactor: &mut runtime::Redactor<'_>) {
                match self {
                    $(Self::$variant(value) => runtime::FieldAccess::replace_by_empty(runtime::GeneratedType$(.$mark())?, value, redactor),)*
                }
            }
        }
    };
}
pub(super) use union_access;

/// Implements writing, access and `unlisted()` for a newtype. After its name, `inspect` says that `unlisted()` searches
/// what it holds, `opaque` that it holds a type from the settings.
macro_rules! newtype {
    ($name:ident $(, $mark:ident)?;) => {
        runtime::wrapper_access! { $name; }

        impl $name {
            /// Returns everything in this value that the schema does not list, each with its path from this
            /// value; empty if there is nothing.
            pub fn unlisted(&self) -> Vec<runtime::Unlisted> {
                runtime::Collector::collect(self)
            }
        }

        #[allow(unused_variables)]
        impl runtime::Inspect for $name {
            fn collect_unlisted(&self, collector: &mut runtime::Collector) {
                $(collector.$mark(None, &self.0);)?
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl runtime::WrappedValue for $name {
            fn inner_value(&self) -> runtime::Any<'_> {
                runtime::FieldAccess::view_as_any(runtime::GeneratedType$(.$mark())?, &self.0)
            }

            fn redact_inner_value(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::FieldAccess::replace_texts(runtime::GeneratedType$(.$mark())?, &mut self.0, redactor)
            }

            fn replace_inner_by_empty(&mut self, redactor: &mut runtime::Redactor<'_>) {
                runtime::FieldAccess::replace_by_empty(runtime::GeneratedType$(.$mark())?, &mut self.0, redactor);
            }
        }
    };
}
pub(super) use newtype;

/// Implements `Access` for an enum of other values than strings, from the rows of `json_values!`.
macro_rules! value_access {
    (
        $name:ident;
        $($text:literal => $variant:ident;)*
        $(unlisted => $unlisted:ident;)?
        $(any value => $any:ident;)?
    ) => {
        runtime::wrapper_access! { $name; }

        #[allow(deprecated)]
        impl runtime::WrappedValue for $name {
            fn inner_value(&self) -> runtime::Any<'_> {
                runtime::Any::of(match self {
                    $(Self::$variant => runtime::parse_once!($text),)*
                    $(Self::$unlisted(value) => value,)?
                    $(Self::$any(value) => value,)?
                })
            }

            fn redact_inner_value(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::redact_value(self, self.to_value(), redactor)
            }

            fn replace_inner_by_empty(&mut self, _: &mut runtime::Redactor<'_>) {
                *self = Self::from(::serde_json::Value::from(""));
            }
        }
    };
}
pub(super) use value_access;

/// Expands to a `&'static Value`: the value of a JSON text, which is parsed when it is first used. It is `null` if the
/// text is not JSON.
macro_rules! parse_once {
    ($text:literal) => {{
        static VALUE: ::std::sync::OnceLock<::serde_json::Value> = ::std::sync::OnceLock::new();
        VALUE.get_or_init(|| runtime::parse_or_null($text))
    }};
}
pub(super) use parse_once;

/// Replaces the strings in `value`, an enum of JSON values that is written as `json`. Returns true if `json` is itself
/// a string to be removed; `value` is unchanged then.
pub(super) fn redact_value<T: From<Value>>(value: &mut T, mut json: Value, redactor: &mut Redactor<'_>) -> bool {
    if json.replace_texts(redactor) {
        return true;
    }
    *value = T::from(json);
    false
}
