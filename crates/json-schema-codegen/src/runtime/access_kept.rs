// Looking at the fields that keep properties without a field of their own.

/// A field that holds several properties, such as `extra`; `K` is the [`FieldAccess`] for their values.
pub(super) trait PropertyKeeper<K> {
    /// Calls `visit` with the name and value of each property in the field.
    fn visit_children<'a>(&'a self, treat: K, visit: &mut dyn FnMut(&'a str, Any<'a>));

    /// Returns the value of the property `name`; `None` if the field does not hold it.
    fn find_property<'a>(&'a self, treat: K, name: &str) -> Option<Any<'a>>;

    /// Replaces the strings in the values, and removes the properties whose values are strings to be removed.
    fn replace_texts(&mut self, treat: K, redactor: &mut Redactor<'_>);

    /// Removes the property `name` from this field, and takes it from `other`, if `other` holds it.
    fn exchange_property(&mut self, _: K, other: &mut Self, name: &str);
}

impl PropertyKeeper<GeneratedType> for Map<String, Value> {
    #[inline]
    fn visit_children<'a>(&'a self, _: GeneratedType, visit: &mut dyn FnMut(&'a str, Any<'a>)) {
        self.iter().for_each(|(name, value)| visit(name, Any::of(value)));
    }

    #[inline]
    fn find_property<'a>(&'a self, _: GeneratedType, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| Any::of(value))
    }

    #[inline]
    fn replace_texts(&mut self, _: GeneratedType, redactor: &mut Redactor<'_>) {
        Access::replace_texts(self, redactor);
    }

    #[inline]
    fn exchange_property(&mut self, _: GeneratedType, other: &mut Self, name: &str) {
        self.remove(name);
        self.extend(other.remove_entry(name));
    }
}

impl<K: FieldAccess<T>, T> PropertyKeeper<K> for BTreeMap<String, T> {
    fn visit_children<'a>(&'a self, treat: K, visit: &mut dyn FnMut(&'a str, Any<'a>)) {
        self.iter().for_each(|(name, value)| visit(name, treat.view_as_any(value)));
    }

    fn find_property<'a>(&'a self, treat: K, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| treat.view_as_any(value))
    }

    fn replace_texts(&mut self, treat: K, redactor: &mut Redactor<'_>) {
        self.retain(|name, value| !redactor.with_step(Some(name), 0, |redactor| treat.replace_texts(value, redactor)));
    }

    fn exchange_property(&mut self, _: K, other: &mut Self, name: &str) {
        self.remove(name);
        self.extend(other.remove_entry(name));
    }
}

impl PropertyKeeper<GeneratedType> for Vec<&'static str> {
    #[inline]
    fn visit_children<'a>(&'a self, _: GeneratedType, visit: &mut dyn FnMut(&'a str, Any<'a>)) {
        self.iter().for_each(|name| visit(name, Any::of(&())));
    }

    #[inline]
    fn find_property<'a>(&'a self, _: GeneratedType, name: &str) -> Option<Any<'a>> {
        self.contains(&name).then(|| Any::of(&()))
    }

    #[inline]
    fn replace_texts(&mut self, _: GeneratedType, _: &mut Redactor<'_>) {}

    #[inline]
    fn exchange_property(&mut self, _: GeneratedType, other: &mut Self, name: &str) {
        self.retain(|other| *other != name);
        self.extend(other.iter().filter(|other| **other == name));
    }
}
