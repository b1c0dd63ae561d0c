// Looking at types that hold one value: unions, newtypes, and enums of other values than strings.

/// A value that is written as a value in it: a union, a newtype, or an enum of values.
pub(super) trait Wrapper: Sync {
    /// Returns the value in it.
    fn inside(&self) -> Any<'_>;

    /// Replaces the texts in the value. Returns whether the value itself is to be removed.
    fn redact_inside(&mut self, redactor: &mut Redactor<'_>) -> bool;

    /// Replaces a value that is to be removed and cannot be by an empty one.
    fn empty_inside(&mut self, redactor: &mut Redactor<'_>);
}

/// Implements what `access!` does, and `Access` by `Wrapper`.
macro_rules! wrapper_access {
    ($name:ident;) => {
        runtime::access! { $name; }

        impl runtime::Access for $name {
            fn look(&self) -> runtime::Look<'_> {
                runtime::Wrapper::inside(self).look()
            }

            fn each<'a>(&'a self, visit: &mut dyn ::std::ops::FnMut(Option<&'a str>, runtime::Any<'a>)) {
                runtime::Wrapper::inside(self).each(visit);
            }

            fn find<'a>(&'a self, name: &str) -> Option<runtime::Any<'a>> {
                runtime::Wrapper::inside(self).get(name)
            }

            fn redact(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::Wrapper::redact_inside(self, redactor)
            }

            fn empty(&mut self, redactor: &mut runtime::Redactor<'_>) {
                runtime::Wrapper::empty_inside(self, redactor);
            }
        }
    };
}
pub(super) use wrapper_access;

/// Implements `Access` for a union, from a table of its variants: `Circle;`, or `Price, opaque;` for a variant that holds a
/// type from the settings.
macro_rules! union_access {
    ($name:ident; $($variant:ident $(, $mark:ident)?;)*) => {
        runtime::wrapper_access! { $name; }

        #[allow(deprecated)]
        impl runtime::Wrapper for $name {
            fn inside(&self) -> runtime::Any<'_> {
                match self {
                    $(Self::$variant(value) => runtime::Treat::view(runtime::Known$(.$mark())?, value),)*
                }
            }

            fn redact_inside(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                match self {
                    $(Self::$variant(value) => runtime::Treat::redact(runtime::Known$(.$mark())?, value, redactor),)*
                }
            }

            fn empty_inside(&mut self, redactor: &mut runtime::Redactor<'_>) {
                match self {
                    $(Self::$variant(value) => runtime::Treat::empty(runtime::Known$(.$mark())?, value, redactor),)*
                }
            }
        }
    };
}
pub(super) use union_access;

/// Implements writing, access and `unlisted()` for a newtype. After its name, `inspect` says that `unlisted()` searches what
/// it holds, `opaque` that it holds a type from the settings.
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

        impl runtime::Wrapper for $name {
            fn inside(&self) -> runtime::Any<'_> {
                runtime::Treat::view(runtime::Known$(.$mark())?, &self.0)
            }

            fn redact_inside(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::Treat::redact(runtime::Known$(.$mark())?, &mut self.0, redactor)
            }

            fn empty_inside(&mut self, redactor: &mut runtime::Redactor<'_>) {
                runtime::Treat::empty(runtime::Known$(.$mark())?, &mut self.0, redactor);
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
        impl runtime::Wrapper for $name {
            fn inside(&self) -> runtime::Any<'_> {
                runtime::Any::of(match self {
                    $(Self::$variant => runtime::constant!($text),)*
                    $(Self::$unlisted(value) => value,)?
                    $(Self::$any(value) => value,)?
                })
            }

            fn redact_inside(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::redact_value(self, self.to_value(), redactor)
            }

            fn empty_inside(&mut self, _: &mut runtime::Redactor<'_>) {
                *self = Self::from(::serde_json::Value::from(""));
            }
        }
    };
}
pub(super) use value_access;

/// Returns a reference to the value that a JSON text stands for, which is parsed once.
macro_rules! constant {
    ($text:literal) => {{
        static VALUE: ::std::sync::OnceLock<::serde_json::Value> = ::std::sync::OnceLock::new();
        VALUE.get_or_init(|| runtime::parsed($text))
    }};
}
pub(super) use constant;

/// Replaces the texts in an enum of values, whose JSON value is `json`. Returns whether it is to be removed.
pub(super) fn redact_value<T: From<Value>>(value: &mut T, mut json: Value, redactor: &mut Redactor<'_>) -> bool {
    if json.redact(redactor) {
        return true;
    }
    *value = T::from(json);
    false
}
