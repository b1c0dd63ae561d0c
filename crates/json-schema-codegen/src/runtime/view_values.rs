// The values that the methods of views return, and the search for what a view does not list.

/// A type that the methods of views return, such as `&str` or another view.
pub(super) trait ViewValue<'a>: Sized {
    /// Converts `value` to this type; `None` if it is of another JSON type.
    fn from_any(value: Any<'a>) -> Option<Self>;

    /// Adds everything in `value` that the schema of the view does not list to the collector, whose path is that of the
    /// value.
    fn inspect(value: Any<'a>, collector: &mut Collector) {
        if Self::from_any(value).is_none() {
            add_mismatch(value, collector);
        }
    }
}

/// Adds `value`, which is of another type than in the schema, to the unlisted things.
fn add_mismatch(value: Any<'_>, collector: &mut Collector) {
    let is_null = value.kind() == AnyKind::Null;
    collector.add_unlisted(if is_null { UnlistedKind::Null } else { UnlistedKind::Mismatch }, value.to_value());
}

impl<'a> ViewValue<'a> for Any<'a> {
    #[inline]
    fn from_any(value: Any<'a>) -> Option<Self> {
        Some(value)
    }
}

impl<'a> ViewValue<'a> for &'a str {
    #[inline]
    fn from_any(value: Any<'a>) -> Option<Self> {
        value.as_str()
    }
}

impl ViewValue<'_> for bool {
    #[inline]
    fn from_any(value: Any<'_>) -> Option<Self> {
        value.as_bool()
    }
}

impl ViewValue<'_> for i64 {
    #[inline]
    fn from_any(value: Any<'_>) -> Option<Self> {
        value.as_i64()
    }
}

impl ViewValue<'_> for f64 {
    #[inline]
    fn from_any(value: Any<'_>) -> Option<Self> {
        value.as_f64()
    }
}

impl<'a, T: OpenStringEnum> ViewValue<'a> for T {
    #[inline]
    fn from_any(value: Any<'a>) -> Option<Self> {
        value.as_str().map(T::from)
    }

    fn inspect(value: Any<'a>, collector: &mut Collector) {
        match value.as_str() {
            None => add_mismatch(value, collector),
            Some(text) if T::find_variant(text).is_none() => collector.add_unlisted(UnlistedKind::Value, value.to_value()),
            Some(_) => {}
        }
    }
}

impl<'a, T: ViewValue<'a>> ViewValue<'a> for Vec<T> {
    fn from_any(value: Any<'a>) -> Option<Self> {
        (value.kind() == AnyKind::Array).then(|| value.items().filter_map(T::from_any).collect())
    }

    fn inspect(value: Any<'a>, collector: &mut Collector) {
        if value.kind() != AnyKind::Array {
            return add_mismatch(value, collector);
        }
        for (index, item) in value.items().enumerate() {
            collector.with_step(&format!("[{index}]"), |collector| T::inspect(item, collector));
        }
    }
}

impl<'a, T: ViewValue<'a>> ViewValue<'a> for Vec<(&'a str, T)> {
    fn from_any(value: Any<'a>) -> Option<Self> {
        let fitting = |(name, value)| Some((name, T::from_any(value)?));
        (value.kind() == AnyKind::Object).then(|| value.properties().filter_map(fitting).collect())
    }

    fn inspect(value: Any<'a>, collector: &mut Collector) {
        inspect_properties(value, collector, |_, value, collector| T::inspect(value, collector));
    }
}

/// Calls `inspect` with the name and the value of each property of an object; the path of the collector is that of the
/// property meanwhile. Notes any other value as one of another type.
pub(super) fn inspect_properties<'a>(
    value: Any<'a>,
    collector: &mut Collector,
    inspect: impl Fn(&'a str, Any<'a>, &mut Collector),
) {
    if value.kind() != AnyKind::Object {
        return add_mismatch(value, collector);
    }
    for (name, value) in value.properties() {
        let length = collector.path.len();
        push_name(&mut collector.path, name);
        inspect(name, value, collector);
        collector.path.truncate(length);
    }
}

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
            add_mismatch(value, collector);
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
            add_mismatch(value, collector);
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

/// Removes those unlisted things in the property `name`, of the value at the collector's path, that the schema of
/// `view` lists: only what neither the property's own schema nor that of `view` lists remains.
pub(super) fn inspect_viewed(collector: &mut Collector, name: &str, view: &impl Inspect) {
    let owner = collector.path.len();
    let outside = collector.items.iter().rposition(|item| !is_path_within(&item.path, &collector.path));
    let first = outside.map_or(0, |outside| outside + 1);
    push_name(&mut collector.path, name);
    let noted = collector.items[first..].iter().position(|item| is_path_within(&item.path, &collector.path));
    if let Some(start) = noted.map(|noted| first + noted) {
        let later = collector.items.split_off(start);
        let (own, others): (Vec<_>, Vec<_>) =
            later.into_iter().partition(|item| is_path_within(&item.path, &collector.path));
        view.collect_unlisted(collector);
        let seen = collector.items.split_off(start);
        collector.items.extend(intersect_unlisted(own, seen));
        collector.items.extend(others);
    }
    collector.path.truncate(owner);
}

/// Returns the unlisted things that are in both lists: those of `own` whose path is within that of a thing in `seen`,
/// and those of `seen` whose path is within that of a thing in `own`. If both have the path of an unlisted property,
/// the kind is that in `seen`.
fn intersect_unlisted(own: Vec<Unlisted>, seen: Vec<Unlisted>) -> Vec<Unlisted> {
    let mut both = Vec::new();
    for mut item in own {
        if let Some(other) = seen.iter().find(|other| is_path_within(&item.path, &other.path)) {
            if item.kind == UnlistedKind::Property && item.path == other.path {
                item.kind = other.kind;
            }
            both.push(item);
        } else {
            both.extend(seen.iter().filter(|other| is_path_within(&other.path, &item.path)).cloned());
        }
    }
    both
}

/// Checks whether `path` is the path `outer`, or one inside of it: `a.b` and `a[0]` are within `a`, and `ab` is not.
fn is_path_within(path: &str, outer: &str) -> bool {
    let inside = path.strip_prefix(outer);
    outer.is_empty() || inside.is_some_and(|inside| inside.is_empty() || inside.starts_with(['.', '[']))
}
