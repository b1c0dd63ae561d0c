// Looking at values as JSON, and replacing their texts.

/// A Rust value that can be read as JSON through `Any`, and whose strings can be replaced.
pub(super) trait Access: Sync {
    /// Returns the JSON type of this value and, if it is not an array or object, the value itself.
    fn shallow_value(&self) -> ShallowValue<'_>;

    /// Calls `visit` with (`None`, item) for each item of an array, and with (name, value) for each property of an
    /// object, in the order in which they are written to JSON. Does nothing for other values.
    fn visit_children<'a>(&'a self, _: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {}

    /// Returns the value of the property with the JSON name `name`; `None` if this is not an object with such a
    /// property.
    fn find_property<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        let mut found = None;
        self.visit_children(&mut |other, value| {
            if other == Some(name) {
                found = found.or(Some(value));
            }
        });
        found
    }

    /// Replaces each string in this value by the text that the redactor's function returns for it. Returns true if this
    /// value is itself a string that the caller is to remove.
    fn replace_texts(&mut self, _: &mut Redactor<'_>) -> bool {
        false
    }

    /// Replaces this value by an empty string, or by `null` if its type allows that. It is called for a string that
    /// is to be removed from a place where there must be a value.
    fn replace_by_empty(&mut self, _: &mut Redactor<'_>) {}
}

/// Replaces strings: holds the function that chooses the new texts, and the path of the value that is visited now.
pub(super) struct Redactor<'a> {
    /// The path of the visited value, relative to the value whose `redact()` was called, such as `items[0].text`.
    path: String,
    /// Returns the new text for the (path, text) of a string; `None` if the string is to be removed.
    choose: &'a mut dyn FnMut(&str, &str) -> Option<String>,
    /// The paths of the values that are left as they are, since they can neither be replaced nor removed.
    unchanged: Vec<String>,
}

impl Redactor<'_> {
    /// Calls `redact` while the path is longer by the property `name` or, if `name` is `None`, by the array item at
    /// `index`. Returns the result of `redact`.
    fn with_step<R>(&mut self, name: Option<&str>, index: usize, redact: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.path.len();
        push_path_step(&mut self.path, name, index);
        let result = redact(self);
        self.path.truncate(length);
        result
    }

    /// Replaces the strings in the tuple item `item`, which is at `index`. If `item` is a string to be removed,
    /// replaces it by an empty value, since the items after it must keep their places.
    pub(super) fn replace_tuple_item_texts<T>(&mut self, treat: impl FieldAccess<T>, index: usize, item: &mut T) {
        self.with_step(None, index, |redactor| {
            if treat.replace_texts(item, redactor) {
                treat.replace_by_empty(item, redactor);
            }
        });
    }

    /// Replaces the strings in `items`, and removes the items that are strings to be removed. `first` is the index of
    /// the first item in paths: 2 for the items after a tuple of two.
    pub(super) fn replace_list_texts<T>(&mut self, treat: impl FieldAccess<T>, first: usize, items: &mut Vec<T>) {
        let mut index = first;
        items.retain_mut(|item| {
            index += 1;
            !self.with_step(None, index - 1, |redactor| treat.replace_texts(item, redactor))
        });
    }
}

/// Appends a step to `path`: the property `name`, such as `.id`, or, if `name` is `None`, the array index, such as
/// `[3]`.
#[inline]
fn push_path_step(path: &mut String, name: Option<&str>, index: usize) {
    match name {
        Some(name) => push_property_name(path, name),
        None => path.push_str(&format!("[{index}]")),
    }
}

/// Calls `visit` with (path, text) of each string in `value`. The paths begin with `path`, which is the path of
/// `value`.
#[inline]
pub(super) fn visit_texts(value: Any<'_>, path: &mut String, visit: &mut dyn FnMut(&str, &str)) {
    match value.shallow_value() {
        ShallowValue::String(text) => visit(path, text),
        ShallowValue::Array | ShallowValue::Object => {
            let mut index = 0;
            value.visit_children(&mut |name, inside| {
                let length = path.len();
                push_path_step(path, name, index);
                visit_texts(inside, path, visit);
                path.truncate(length);
                index += 1;
            });
        }
        ShallowValue::SettingsType(value) => visit_texts(Any::of(&value), path, visit),
        _ => {}
    }
}

/// Replaces each string in `value` by the text that `choose` returns for its (path, text), or removes it for `None`.
/// Returns the paths of the strings that could neither be replaced nor removed.
#[inline]
pub(super) fn redact_texts(
    value: &mut dyn Access,
    choose: &mut dyn FnMut(&str, &str) -> Option<String>,
) -> Vec<String> {
    let mut redactor = Redactor { path: String::new(), choose, unchanged: Vec::new() };
    if value.replace_texts(&mut redactor) {
        value.replace_by_empty(&mut redactor);
    }
    redactor.unchanged
}

/// Replaces `value`, a string or an enum of strings, by the text that the redactor's function returns. Returns true if
/// the function returns `None`: the caller is to remove `value`.
pub(super) fn redact_text<T: AsRef<str> + From<String>>(value: &mut T, redactor: &mut Redactor<'_>) -> bool {
    match (redactor.choose)(&redactor.path, value.as_ref()) {
        Some(text) => *value = T::from(text),
        None => return true,
    }
    false
}
