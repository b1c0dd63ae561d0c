// Looking at the fields that keep properties without a field of their own.

/// A field that keeps several properties; `K` is how their values are treated.
pub(super) trait Keeps<K> {
    /// Calls `visit` with the name and value of each.
    fn each<'a>(&'a self, treat: K, visit: &mut dyn FnMut(&'a str, Any<'a>));

    /// Returns the value of the property `name`; `None` if the field does not keep it.
    fn find<'a>(&'a self, treat: K, name: &str) -> Option<Any<'a>>;

    /// Replaces the texts in the values.
    fn redact(&mut self, treat: K, redactor: &mut Redactor<'_>);

    /// Exchanges the property `name` with that of the field of another object.
    fn exchange(&mut self, _: K, other: &mut Self, name: &str);
}

impl Keeps<Known> for Map<String, Value> {
    #[inline]
    fn each<'a>(&'a self, _: Known, visit: &mut dyn FnMut(&'a str, Any<'a>)) {
        self.iter().for_each(|(name, value)| visit(name, Any::of(value)));
    }

    #[inline]
    fn find<'a>(&'a self, _: Known, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| Any::of(value))
    }

    #[inline]
    fn redact(&mut self, _: Known, redactor: &mut Redactor<'_>) {
        Access::redact(self, redactor);
    }

    #[inline]
    fn exchange(&mut self, _: Known, other: &mut Self, name: &str) {
        self.remove(name);
        self.extend(other.remove_entry(name));
    }
}

impl<K: Treat<T>, T> Keeps<K> for BTreeMap<String, T> {
    fn each<'a>(&'a self, treat: K, visit: &mut dyn FnMut(&'a str, Any<'a>)) {
        self.iter().for_each(|(name, value)| visit(name, treat.view(value)));
    }

    fn find<'a>(&'a self, treat: K, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| treat.view(value))
    }

    fn redact(&mut self, treat: K, redactor: &mut Redactor<'_>) {
        self.retain(|name, value| !redactor.at(Some(name), 0, |redactor| treat.redact(value, redactor)));
    }

    fn exchange(&mut self, _: K, other: &mut Self, name: &str) {
        self.remove(name);
        self.extend(other.remove_entry(name));
    }
}

impl Keeps<Known> for Vec<&'static str> {
    #[inline]
    fn each<'a>(&'a self, _: Known, visit: &mut dyn FnMut(&'a str, Any<'a>)) {
        self.iter().for_each(|name| visit(name, Any::of(&())));
    }

    #[inline]
    fn find<'a>(&'a self, _: Known, name: &str) -> Option<Any<'a>> {
        self.contains(&name).then(|| Any::of(&()))
    }

    #[inline]
    fn redact(&mut self, _: Known, _: &mut Redactor<'_>) {}

    #[inline]
    fn exchange(&mut self, _: Known, other: &mut Self, name: &str) {
        self.retain(|other| *other != name);
        self.extend(other.iter().filter(|other| **other == name));
    }
}
