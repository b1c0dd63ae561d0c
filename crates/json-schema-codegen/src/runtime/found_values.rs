// The values that the methods of views find in the properties of an object, and how they are read.

/// The value of a property that a method of a view looks up; `None` if the property is absent.
pub(super) struct FoundValue<'a>(pub(super) Option<Any<'a>>);

impl<'a> FoundValue<'a> {
    /// Returns the value; `None` if there is none, or if it is of another type.
    #[inline]
    pub(super) fn read<T: ViewValue<'a>>(self) -> Option<T> {
        self.0.and_then(T::from_any)
    }

    /// Searches the value, which the method of a view returns as `Option<T>`.
    pub(super) fn inspect<V, T: ViewValue<'a>>(self, _: fn(V) -> Option<T>, collector: &mut Collector) {
        if let Some(value) = self.0 {
            T::inspect(value, collector);
        }
    }

    /// Returns the property's value; one that is `null`, which the schema allows, counts as absent.
    #[inline]
    pub(super) fn nullable(self) -> Self {
        Self(self.0.filter(|value| value.kind() != AnyKind::Null))
    }

    /// Returns the property's value, to be read as an array.
    #[inline]
    pub(super) fn items(self) -> FoundItems<'a> {
        FoundItems(self.0)
    }

    /// Returns the property's value, to be read as an object whose properties have values of one type.
    #[inline]
    pub(super) fn entries(self) -> FoundEntries<'a> {
        FoundEntries(self.0)
    }

    /// Returns the property's value, to be read as an object of any form.
    #[inline]
    pub(super) fn object(self) -> FoundObject<'a> {
        FoundObject(self.0)
    }

    /// Returns the property's value, to be read as a number or a boolean that may be in a string, such as `"12"`.
    #[inline]
    pub(super) fn parsed(self) -> FoundText<'a> {
        FoundText(self.0)
    }
}

/// The value of a property that is an array, if there is one.
pub(super) struct FoundItems<'a>(Option<Any<'a>>);

impl<'a> FoundItems<'a> {
    /// Returns the items that are of the type `T`; none for any other value.
    #[inline]
    pub(super) fn read<T: ViewValue<'a>>(self) -> ::std::vec::IntoIter<T> {
        self.0.and_then(Vec::from_any).unwrap_or_default().into_iter()
    }

    /// Searches the value, whose items the method of a view returns.
    pub(super) fn inspect<V, I: Iterator>(self, _: impl Fn(V) -> I, collector: &mut Collector)
    where
        I::Item: ViewValue<'a>,
    {
        if let Some(value) = self.0 {
            Vec::<I::Item>::inspect(value, collector);
        }
    }
}

/// The value of a property that is an object whose properties have values of one type, if there is one.
pub(super) struct FoundEntries<'a>(Option<Any<'a>>);

impl<'a> FoundEntries<'a> {
    /// Returns (name, value) of the properties whose values are of the type `T`; none for any other value.
    #[inline]
    pub(super) fn read<T: ViewValue<'a>>(self) -> ::std::vec::IntoIter<(&'a str, T)> {
        self.0.and_then(Vec::<(&'a str, T)>::from_any).unwrap_or_default().into_iter()
    }

    /// Searches the value, whose properties the method of a view returns.
    pub(super) fn inspect<V, T, I>(self, _: impl Fn(V) -> I, collector: &mut Collector)
    where
        T: ViewValue<'a>,
        I: Iterator<Item = (&'a str, T)>,
    {
        if let Some(value) = self.0 {
            Vec::<(&'a str, T)>::inspect(value, collector);
        }
    }
}

/// The value of a property that is an object of any form, if there is one.
pub(super) struct FoundObject<'a>(Option<Any<'a>>);

impl<'a> FoundObject<'a> {
    /// Returns the value; `None` if it is not an object.
    #[inline]
    pub(super) fn read(self) -> Option<Any<'a>> {
        self.0.filter(|value| value.kind() == AnyKind::Object)
    }

    /// Notes the value, which the method of a view returns, if it is not an object.
    pub(super) fn inspect<V>(self, _: fn(V) -> Option<Any<'a>>, collector: &mut Collector) {
        if let (None, Some(value)) = (Self(self.0).read(), self.0) {
            add_unlisted_mismatch(value, collector);
        }
    }
}

/// The value of a property that is a number or a boolean and may come as a text, if there is one.
pub(super) struct FoundText<'a>(Option<Any<'a>>);

impl<'a> FoundText<'a> {
    /// Returns the value, from a text too; `None` if it is of another type, or a text that stands for no such value.
    #[inline]
    pub(super) fn read<T: ViewValue<'a> + FromText>(self) -> Option<T> {
        let value = self.0?;
        value.as_str().map_or_else(|| T::from_any(value), |text| T::from_text(text.trim()))
    }

    /// Searches the value, which the method of a view returns as `Option<T>`.
    pub(super) fn inspect<V, T: ViewValue<'a> + FromText>(
        self,
        _: fn(V) -> Option<T>,
        collector: &mut Collector,
    ) {
        if let (None, Some(value)) = (Self(self.0).read::<T>(), self.0) {
            add_unlisted_mismatch(value, collector);
        }
    }
}

/// A number or a boolean that is read from a text too.
pub(super) trait FromText: Sized {
    /// Parses a text without blanks around it; `None` if it is not a value of this type.
    fn from_text(text: &str) -> Option<Self>;
}

impl FromText for i64 {
    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl FromText for f64 {
    /// Parses a number in the notation of Rust, such as `1e3`; `None` for `NaN` and `inf`, which JSON does not have.
    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok().filter(|number: &f64| number.is_finite())
    }
}

impl FromText for bool {
    /// Returns true for `true` and `yes`, false for `false` and `no`, in small or capital letters; `None` for other
    /// texts.
    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        match (is("true") || is("yes"), is("false") || is("no")) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }
}
