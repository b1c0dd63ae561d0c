// What a value holds that the schema does not list.

/// Something in a value that the schema does not list.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Unlisted {
    /// Where it is, such as `items[3].data.recipients[0].nickname`; a name with other
    /// characters than letters, digits and `_-$@` as `data["a name"]`. Empty for the whole value.
    pub path: String,
    /// What it is.
    pub kind: UnlistedKind,
    /// The value there.
    pub value: Value,
}

/// How a value goes beyond the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum UnlistedKind {
    /// A property that the schema does not list.
    Property,
    /// A value that an enum does not list.
    Value,
    /// A `null` where the schema says none.
    Null,
    /// A value that is none of a union's members.
    Shape,
}

impl fmt::Display for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            UnlistedKind::Property => "an unlisted property",
            UnlistedKind::Value => "an unlisted value",
            UnlistedKind::Null => "an unlisted null",
            UnlistedKind::Shape => "a value of an unlisted shape",
        };
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{kind}: {}", visible(&self.value.to_string()))
    }
}

/// Appends a step to a path, for the property `name`: `.name`, or `["a name"]` where the name is not
/// made of letters, digits and `_-$@` alone, so that no name reads as a path of several steps.
pub(crate) fn push_name(path: &mut String, name: &str) {
    let is_plain = |c: char| (c.is_alphanumeric() || "_-$@".contains(c)) && !is_hidden(c);
    if name.is_empty() || !name.chars().all(is_plain) {
        path.push_str(&format!("[{}]", visible(&Value::from(name).to_string())));
    } else {
        path.push_str(if path.is_empty() { "" } else { "." });
        path.push_str(name);
    }
}

/// Returns `text` with the escapes of JSON, such as `\u202e`, for characters that cannot be seen. A JSON
/// text stays the same JSON, since it has such characters only inside of strings.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            shown.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Whether a character changes how a text looks and cannot be seen itself: control characters, those
/// that order text of both directions, line separators, and what Unicode lets programs ignore.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Looks for what the schema does not list.
pub(super) trait Inspect {
    fn look(&self, found: &mut Found);
}

/// What has been found, and where the search is.
pub(super) struct Found {
    path: String,
    items: Vec<Unlisted>,
}

impl Found {
    /// All that a value holds beyond the schema.
    pub(super) fn of<T: Inspect>(value: &T) -> Vec<Unlisted> {
        let mut found = Self { path: String::new(), items: Vec::new() };
        value.look(&mut found);
        found.items
    }

    /// Notes what is where the search is.
    pub(super) fn note(&mut self, kind: UnlistedKind, value: Value) {
        self.items.push(Unlisted { path: self.path.clone(), kind, value });
    }

    /// Looks further along the path.
    pub(super) fn at(&mut self, step: &str, look: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(step);
        look(self);
        self.path.truncate(length);
    }

    /// Searches the value of a field: of the property `name`, or of several properties with `None`, where
    /// the value is a map from their names.
    pub(super) fn inspect<'a, T: Inspect>(&mut self, name: impl Into<Option<&'a str>>, value: &T) {
        let length = self.path.len();
        if let Some(name) = name.into() {
            push_name(&mut self.path, name);
        }
        value.look(self);
        self.path.truncate(length);
    }

    /// Does nothing: the value of the field is of a type from the settings, which cannot be searched. If that
    /// type lacks an impl, the error is at the JSON name in the table.
    pub(super) fn opaque<N: NameOf<T>, T>(&mut self, _: N, _: &T) {}

    /// Notes the unlisted properties of `owner` that `extra` keeps, and the explicit `null`s that the schema
    /// does not allow. Passes over properties whose fields have been set since.
    pub(super) fn extra<O: Object>(&mut self, owner: &O, extra: &Map<String, Value>) {
        for (name, value) in extra {
            let kind = match owner.listed(name) {
                None => UnlistedKind::Property,
                Some(Listed { is_set: false, allows_null: false }) => UnlistedKind::Null,
                Some(_) => continue,
            };
            self.inspect(name.as_str(), &Kept(kind, value));
        }
    }

    /// Notes the explicit `null`s of `owner` that the schema does not allow; `nulls` has the JSON names of
    /// all. Passes over properties whose fields have been set since.
    pub(super) fn nulls<O: Object>(&mut self, owner: &O, nulls: &[&'static str]) {
        for name in nulls {
            if matches!(owner.listed(name), Some(Listed { is_set: false, allows_null: false })) {
                self.inspect(*name, &Kept(UnlistedKind::Null, &Value::Null));
            }
        }
    }
}

/// The JSON name of a property, or `None` for several, whose field has the type `T` with all impls that the
/// generated code needs.
pub(super) trait NameOf<T> {}

impl<T: Serialize + ::serde::de::DeserializeOwned + PartialEq> NameOf<T> for &str {}

impl<T> NameOf<T> for Option<&str> {}

/// A value that is itself what the schema does not list.
struct Kept<'a>(UnlistedKind, &'a Value);

impl Inspect for Kept<'_> {
    fn look(&self, found: &mut Found) {
        found.note(self.0, self.1.clone());
    }
}

impl<T: Inspect> Inspect for Vec<T> {
    fn look(&self, found: &mut Found) {
        for (index, item) in self.iter().enumerate() {
            found.at(&format!("[{index}]"), |found| item.look(found));
        }
    }
}

impl<T: Inspect> Inspect for BTreeMap<String, T> {
    fn look(&self, found: &mut Found) {
        for (name, value) in self {
            found.inspect(name.as_str(), value);
        }
    }
}

impl<T: Inspect> Inspect for Option<T> {
    fn look(&self, found: &mut Found) {
        if let Some(value) = self {
            value.look(found);
        }
    }
}

impl<T: Inspect> Inspect for Box<T> {
    fn look(&self, found: &mut Found) {
        (**self).look(found);
    }
}
