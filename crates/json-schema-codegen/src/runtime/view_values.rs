// The types of the values that the methods of views return.

/// A type that the methods of views return, such as `&str` or another view.
pub(super) trait ViewValue<'a>: Sized {
    /// Converts `value` to this type; `None` if it is of another JSON type.
    fn from_any(value: Any<'a>) -> Option<Self>;

    /// Adds everything in `value` that the schema of the view does not list to the collector, whose path is that of the
    /// value.
    fn inspect(value: Any<'a>, collector: &mut Collector) {
        if Self::from_any(value).is_none() {
            add_unlisted_mismatch(value, collector);
        }
    }
}

/// Adds `value`, which is of another type than in the schema, to the unlisted things.
fn add_unlisted_mismatch(value: Any<'_>, collector: &mut Collector) {
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
            None => add_unlisted_mismatch(value, collector),
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
            return add_unlisted_mismatch(value, collector);
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
        return add_unlisted_mismatch(value, collector);
    }
    for (name, value) in value.properties() {
        let length = collector.path.len();
        push_property_name(&mut collector.path, name);
        inspect(name, value, collector);
        collector.path.truncate(length);
    }
}
