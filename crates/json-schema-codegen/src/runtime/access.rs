// Looking at values as JSON, and replacing their texts.

/// A value that can be looked at as JSON, and whose texts can be replaced.
pub(super) trait Access: Sync {
    /// Returns the value without the values in it.
    fn look(&self) -> Look<'_>;

    /// Calls `visit` with each item of an array, and with the name and value of each property of an object, in the
    /// order of writing.
    fn each<'a>(&'a self, _: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {}

    /// Returns the value of the property `name` of an object; `None` if there is none.
    fn find<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        let mut found = None;
        self.each(&mut |other, value| {
            if other == Some(name) {
                found = found.or(Some(value));
            }
        });
        found
    }

    /// Replaces the texts in the value. Returns whether the value itself is to be removed.
    fn redact(&mut self, _: &mut Redactor<'_>) -> bool {
        false
    }

    /// Replaces a text that is to be removed and cannot be by an empty one, or by `null` if that is allowed.
    fn empty(&mut self, _: &mut Redactor<'_>) {}
}

/// The function that replaces texts, and the path of the value that is searched now.
pub(super) struct Redactor<'a> {
    path: String,
    choose: &'a mut dyn FnMut(&str, &str) -> Option<String>,
    /// The paths of the values that can neither be replaced nor removed.
    left: Vec<String>,
}

impl Redactor<'_> {
    /// Calls `redact` with the property `name`, or else the item at `index`, at the end of the path.
    fn at<R>(&mut self, name: Option<&str>, index: usize, redact: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.path.len();
        push_step(&mut self.path, name, index);
        let result = redact(self);
        self.path.truncate(length);
        result
    }

    /// Replaces the texts in the item of a tuple at `index`, which is never removed.
    pub(super) fn fixed<T>(&mut self, treat: impl Treat<T>, index: usize, item: &mut T) {
        self.at(None, index, |redactor| {
            if treat.redact(item, redactor) {
                treat.empty(item, redactor);
            }
        });
    }

    /// Replaces the texts in the items of a list, of which the first has the index `first`.
    pub(super) fn list<T>(&mut self, treat: impl Treat<T>, first: usize, items: &mut Vec<T>) {
        let mut index = first;
        items.retain_mut(|item| {
            index += 1;
            !self.at(None, index - 1, |redactor| treat.redact(item, redactor))
        });
    }
}

/// Appends the property `name`, or else the item at `index`, to a path.
#[inline]
fn push_step(path: &mut String, name: Option<&str>, index: usize) {
    match name {
        Some(name) => push_name(path, name),
        None => path.push_str(&format!("[{index}]")),
    }
}

/// Calls `visit` with the path and the text of each string in `value`.
#[inline]
pub(super) fn visit_texts(value: Any<'_>, path: &mut String, visit: &mut dyn FnMut(&str, &str)) {
    match value.look() {
        Look::String(text) => visit(path, text),
        Look::Array | Look::Object => {
            let mut index = 0;
            value.each(&mut |name, inside| {
                let length = path.len();
                push_step(path, name, index);
                visit_texts(inside, path, visit);
                path.truncate(length);
                index += 1;
            });
        }
        Look::Foreign(value) => visit_texts(Any::of(&value), path, visit),
        _ => {}
    }
}

/// Replaces the texts in `value` by those that `choose` returns. Returns the paths of those that could not be.
#[inline]
pub(super) fn redact_texts(
    value: &mut dyn Access,
    choose: &mut dyn FnMut(&str, &str) -> Option<String>,
) -> Vec<String> {
    let mut redactor = Redactor { path: String::new(), choose, left: Vec::new() };
    if value.redact(&mut redactor) {
        value.empty(&mut redactor);
    }
    redactor.left
}

/// Replaces the text of a string, or of an enum of strings. Returns whether it is to be removed.
pub(super) fn redact_text<T: AsRef<str> + From<String>>(value: &mut T, redactor: &mut Redactor<'_>) -> bool {
    match (redactor.choose)(&redactor.path, value.as_ref()) {
        Some(text) => *value = T::from(text),
        None => return true,
    }
    false
}
