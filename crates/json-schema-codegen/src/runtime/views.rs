// The tables of views, and of the places that they are for.

/// Declares a view, from a table with a row for each property of its schema:
///
/// ```text
/// runtime::view! {
///     /// A message.
///     Message;
///     of EventData;
///     /// The text.
///     "text" => text: Option<&'a str>;
///     "seconds" => seconds: Option<i64>, parsed;
///     "files" => files: impl ExactSizeIterator<Item = &'a str>, items;
///     "labels" => labels: impl ExactSizeIterator<Item = (&'a str, &'a str)>, entries, nullable;
///     "card" => card: Option<Any<'a>>, object;
/// }
/// ```
///
/// The rows `of` name the structs that can be viewed. The row of a property has its JSON name, its method, and the type
/// that the method returns. Words after the type say more:
/// - `items`: the property is an array. `entries`: it is an object whose properties have values of one type.
///   `object`: it is an object of any form.
/// - `parsed`: a number or a boolean that may come as a text.
/// - `nullable`: the schema allows `null`, so that `unlisted()` does not return it.
///
/// With a row `others: listed` at the end, properties that the schema does not name are not unlisted.
macro_rules! view {
    (
        $(#[$attribute:meta])*
        $name:ident;
        $(of $owner:ident;)*
        $($(#[$docs:meta])* $wire:literal => $method:ident: $returns:ty $(, $mark:ident)*;)*
        $(others: $others:ident;)?
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy)]
        pub struct $name<'a>(runtime::Any<'a>);

        #[allow(clippy::wrong_self_convention, clippy::should_implement_trait)]
        impl<'a> $name<'a> {
            $(
                $(#[$docs])*
                #[inline]
                pub fn $method(self) -> $returns {
                    runtime::FoundValue(self.0.get($wire))$(.$mark())*.read()
                }
            )*

            /// Returns the value of the property with the JSON name `name`, whether the schema lists it or not, and
            /// whether it fits or not; `None` if there is no such property.
            #[inline]
            pub fn get(self, name: &str) -> Option<runtime::Any<'a>> {
                self.0.get(name)
            }

            /// Returns the value that this is a view of.
            #[inline]
            pub fn as_any(self) -> runtime::Any<'a> {
                self.0
            }
        }

        impl<'a> From<runtime::Any<'a>> for $name<'a> {
            #[inline]
            fn from(value: runtime::Any<'a>) -> Self {
                Self(value)
            }
        }

        $(impl<'a> From<&'a $owner> for $name<'a> {
            #[inline]
            fn from(value: &'a $owner) -> Self {
                Self(runtime::Any::of(value))
            }
        })*

        impl ::std::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_tuple(::std::stringify!($name)).field(&self.0).finish()
            }
        }

        impl<'a> runtime::ViewValue<'a> for $name<'a> {
            #[inline]
            fn from_any(value: runtime::Any<'a>) -> Option<Self> {
                (value.kind() == runtime::AnyKind::Object).then_some(Self(value))
            }

            #[allow(deprecated, unused_variables)]
            fn inspect(value: runtime::Any<'a>, collector: &mut runtime::Collector) {
                runtime::inspect_properties(value, collector, |name, value, collector| match name {
                    $($wire => runtime::FoundValue(Some(value))$(.$mark())*.inspect(Self::$method, collector),)*
                    _ => {
                        let is_listed = false $(|| !::std::stringify!($others).is_empty())?;
                        if !is_listed {
                            collector.add_unlisted(runtime::UnlistedKind::Property, value.to_value());
                        }
                    }
                });
            }
        }
    };
}
pub(super) use view;

/// Declares the enum of a place and the method that returns it, from a table with a row for each view:
///
/// ```text
/// runtime::place! {
///     /// The object that `data` of an `Event` is.
///     Event, EventView, "data" by "resource";
///     view: EventView<'_>, null;
///     /// Any other object.
///     else: Other;
///     /// `messages`.
///     Message = "messages";
/// }
/// ```
///
/// The second row has the method and its type, which is an `Option` unless `null` is there: then a property that is
/// missing is `null` in the variant of the row `else`, which holds values that no other variant is for. Each further
/// row has a variant, which holds the view of the same name, and the values of the sibling property that choose it.
macro_rules! place {
    (
        $(#[$attribute:meta])*
        $owner:ident, $name:ident, $place:literal by $by:literal;
        $(#[$docs:meta])*
        $method:ident: $returns:ty $(, $null:ident)?;
        $(#[$other_docs:meta])*
        else: $other:ident;
        $($(#[$variant_docs:meta])* $variant:ident = $($value:literal)|+;)*
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug)]
        pub enum $name<'a> {
            $($(#[$variant_docs])* $variant($variant<'a>),)*
            $(#[$other_docs])*
            $other(runtime::Any<'a>),
        }

        impl<'a> $name<'a> {
            /// Returns the value that this is a view of.
            #[inline]
            pub fn as_any(self) -> runtime::Any<'a> {
                match self {
                    $(Self::$variant(view) => view.as_any(),)*
                    Self::$other(value) => value,
                }
            }
        }

        impl $owner {
            $(#[$docs])*
            #[inline]
            pub fn $method(&self) -> $returns {
                let owner = runtime::Any::of(self);
                let choose = |value| {
                    let Some(sibling) = owner.get($by) else { return $name::$other(value) };
                    let text = sibling.as_str();
                    $($(if runtime::SiblingValue::equals_sibling($value, sibling, text) {
                        return $name::$variant($variant::from(value));
                    })+)*
                    $name::$other(value)
                };
                runtime::ChosenView(owner.get($place).map(choose))$(.$null($name::$other))?.0
            }
        }

        impl runtime::Inspect for $name<'_> {
            fn collect_unlisted(&self, collector: &mut runtime::Collector) {
                match self {
                    $(Self::$variant(view) => <$variant<'_> as runtime::ViewValue<'_>>::inspect(view.as_any(), collector),)*
                    Self::$other(value) => collector.add_unlisted(runtime::UnlistedKind::Property, value.to_value()),
                }
            }
        }
    };
}
pub(super) use place;

/// The result of the method that returns the enum of a place: the enum, or an `Option` that is `None` if the property
/// is absent.
pub(super) struct ChosenView<T>(pub(super) T);

impl<'a, T> ChosenView<Option<T>> {
    /// Returns the enum; if the property is absent, the variant `other` with `null` in it.
    #[inline]
    pub(super) fn null(self, other: fn(Any<'a>) -> T) -> ChosenView<T> {
        ChosenView(self.0.unwrap_or_else(|| other(Any::of(&()))))
    }
}

/// A value that chooses a view, compared with the value of the sibling property.
pub(super) trait SiblingValue {
    /// Checks whether this value equals `sibling`, the value of the sibling property. `text` is the text of `sibling`,
    /// if it is a string.
    fn equals_sibling(self, sibling: Any<'_>, text: Option<&str>) -> bool;
}

impl SiblingValue for &str {
    #[inline]
    fn equals_sibling(self, _: Any<'_>, text: Option<&str>) -> bool {
        text == Some(self)
    }
}

impl SiblingValue for bool {
    #[inline]
    fn equals_sibling(self, sibling: Any<'_>, _: Option<&str>) -> bool {
        sibling.as_bool() == Some(self)
    }
}

impl SiblingValue for i64 {
    #[inline]
    fn equals_sibling(self, sibling: Any<'_>, _: Option<&str>) -> bool {
        sibling.as_i64() == Some(self)
    }
}

impl SiblingValue for u64 {
    #[inline]
    fn equals_sibling(self, sibling: Any<'_>, _: Option<&str>) -> bool {
        sibling.as_u64() == Some(self)
    }
}

impl SiblingValue for f64 {
    #[inline]
    fn equals_sibling(self, sibling: Any<'_>, _: Option<&str>) -> bool {
        sibling.as_f64() == Some(self)
    }
}

