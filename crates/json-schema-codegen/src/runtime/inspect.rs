// Finding what the schema does not list in a value.

/// Something in a value that the schema does not list. The generated types read it, keep it and write it
/// again; their method `unlisted()` reports it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Unlisted {
    /// The path from the value whose `unlisted()` was called, such as
    /// `items[3].data.recipients[0].nickname`. Property names with characters other than letters, digits
    /// and `_-$@` are written as in `data["a name"]`. Empty if that value itself is unlisted.
    pub path: String,
    /// How the value at the path goes beyond the schema.
    pub kind: UnlistedKind,
    /// The JSON value at the path.
    pub value: Value,
}

/// How a value goes beyond the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum UnlistedKind {
    /// The value of a property that the schema does not define.
    Property,
    /// A value that is not one of those that the schema lists in `enum` or `const`.
    Value,
    /// The `null` of an optional property for which the schema does not allow `null`.
    Null,
    /// A value of another type than the schema's, which is kept beside the field of its property.
    Mismatch,
    /// A value that does not fit any of the members of a `oneOf` or `anyOf`.
    Shape,
}

impl fmt::Display for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            UnlistedKind::Property => "an unlisted property",
            UnlistedKind::Value => "an unlisted value",
            UnlistedKind::Null => "an unlisted null",
            UnlistedKind::Mismatch => "a value of another type",
            UnlistedKind::Shape => "a value of an unlisted shape",
        };
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{kind}: {}", escape_hidden(&self.value.to_string()))
    }
}

/// Appends the property `name` to a path: `items[3]` becomes `items[3].name`, or `items[3]["a name"]` if the
/// name has characters other than letters, digits and `_-$@`, so that no name reads as several steps.
pub(crate) fn push_property_name(path: &mut String, name: &str) {
    let is_plain = |c: char| (c.is_alphanumeric() || "_-$@".contains(c)) && !is_hidden_character(c);
    if name.is_empty() || !name.chars().all(is_plain) {
        path.push_str(&format!("[{}]", escape_hidden(&Value::from(name).to_string())));
    } else {
        path.push_str(if path.is_empty() { "" } else { "." });
        path.push_str(name);
    }
}

/// Returns `text` with JSON escapes, such as `\u202e`, in the place of invisible characters. A JSON text keeps
/// its meaning, since it has such characters only inside strings.
pub(crate) fn escape_hidden(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden_character(c) {
            shown.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Checks whether a character is invisible: control characters, line separators, characters that change the
/// direction of text, and those that Unicode allows programs to ignore.
fn is_hidden_character(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// A value in which there may be something that the schema does not list.
pub(super) trait Inspect {
    /// Adds everything in the value that the schema does not list to the collector, whose path is that of
    /// the value; the path is the same afterwards.
    fn collect_unlisted(&self, collector: &mut Collector);
}

/// Collects the unlisted things in a value: those found so far, and the path of the value that is searched now.
pub(super) struct Collector {
    path: String,
    items: Vec<Unlisted>,
}

impl Collector {
    /// Returns everything in `value` that the schema does not list, with paths from `value`.
    pub(super) fn collect<T: Inspect>(value: &T) -> Vec<Unlisted> {
        let mut collector = Self { path: String::new(), items: Vec::new() };
        value.collect_unlisted(&mut collector);
        collector.items
    }

    /// Adds `value`, which is at the current path, to the unlisted things.
    pub(super) fn add_unlisted(&mut self, kind: UnlistedKind, value: Value) {
        self.items.push(Unlisted { path: self.path.clone(), kind, value });
    }

    /// Calls `search` while the path is longer by `step`, such as `[3]`.
    pub(super) fn with_step(&mut self, step: &str, search: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(step);
        search(self);
        self.path.truncate(length);
    }

    /// Searches `value`, the content of a field: the value of the property `name` or, if `name` is `None`, a map that
    /// holds several properties by name.
    pub(super) fn inspect<'a, T: Inspect>(&mut self, name: impl Into<Option<&'a str>>, value: &T) {
        let length = self.path.len();
        if let Some(name) = name.into() {
            push_property_name(&mut self.path, name);
        }
        value.collect_unlisted(self);
        self.path.truncate(length);
    }

    /// Does nothing: the value of the field is of a type from the settings, which cannot be searched. If that
    /// type lacks an impl, the error is at the JSON name in the table.
    pub(super) fn opaque<N: SettingsFieldName<T>, T>(&mut self, _: N, _: &T) {}

    /// Adds `value`, which fits no member of a union, to the unlisted things.
    pub(super) fn unlisted(&mut self, _: Option<&str>, value: &Value) {
        self.add_unlisted(UnlistedKind::Shape, value.clone());
    }

    /// Adds the entries of `extra`, a field of `owner`, that the schema does not list: unlisted properties, and values
    /// and `null`s that the fields of their properties cannot hold. Skips entries whose properties have a value in a
    /// field.
    pub(super) fn collect_kept<O: Object>(&mut self, owner: &O, extra: &Map<String, Value>) {
        for (name, value) in extra {
            let kind = match owner.property_state(name) {
                None => UnlistedKind::Property,
                Some(PropertyState { is_set: false, .. }) if !value.is_null() => UnlistedKind::Mismatch,
                Some(PropertyState { is_set: false, allows_null: false }) => UnlistedKind::Null,
                Some(_) => continue,
            };
            self.inspect(name.as_str(), &UnlistedItem(kind, value));
        }
    }

    /// Adds the explicit `null`s of `owner` that the schema does not allow. `nulls` has the JSON names of all its
    /// explicit `null`s. Skips properties that have a value in a field.
    pub(super) fn collect_nulls<O: Object>(&mut self, owner: &O, nulls: &[&'static str]) {
        for name in nulls {
            if matches!(owner.property_state(name), Some(PropertyState { is_set: false, allows_null: false })) {
                self.inspect(*name, &UnlistedItem(UnlistedKind::Null, &Value::Null));
            }
        }
    }
}

/// The JSON name of a property, or `None` for a map of properties, whose field has the type `T`. Its impls check that
/// `T`, a type from the settings, has the traits that the generated code needs.
pub(super) trait SettingsFieldName<T> {}

impl<T: Serialize + ::serde::de::DeserializeOwned + PartialEq> SettingsFieldName<T> for &str {}

impl<T> SettingsFieldName<T> for Option<&str> {}

/// A value that is itself unlisted, with the kind of the unlisted thing.
struct UnlistedItem<'a>(UnlistedKind, &'a Value);

impl Inspect for UnlistedItem<'_> {
    fn collect_unlisted(&self, collector: &mut Collector) {
        collector.add_unlisted(self.0, self.1.clone());
    }
}

impl<T: Inspect> Inspect for Vec<T> {
    fn collect_unlisted(&self, collector: &mut Collector) {
        for (index, item) in self.iter().enumerate() {
            collector.with_step(&format!("[{index}]"), |collector| item.collect_unlisted(collector));
        }
    }
}

impl<T: Inspect> Inspect for BTreeMap<String, T> {
    fn collect_unlisted(&self, collector: &mut Collector) {
        for (name, value) in self {
            collector.inspect(name.as_str(), value);
        }
    }
}

impl<T: Inspect> Inspect for Option<T> {
    fn collect_unlisted(&self, collector: &mut Collector) {
        if let Some(value) = self {
            value.collect_unlisted(collector);
        }
    }
}

impl<T: Inspect> Inspect for Box<T> {
    fn collect_unlisted(&self, collector: &mut Collector) {
        (**self).collect_unlisted(collector);
    }
}
