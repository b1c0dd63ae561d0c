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

    /// Looks into a property.
    pub(super) fn inspect<T: Inspect>(&mut self, name: &str, value: &T) {
        let length = self.path.len();
        push_name(&mut self.path, name);
        value.look(self);
        self.path.truncate(length);
    }

    /// Looks into a property of a type that the output does not define: nothing is known of it.
    pub(super) fn opaque<T>(&mut self, _: &str, _: &T) {}

    /// Looks through what was kept, but for properties that the program has set since: a listed name
    /// stands there for its explicit null, which `nullable` says is one that the schema allows.
    pub(super) fn extra<O: Object>(&mut self, owner: &O, extra: &Map<String, Value>, nullable: &[&str]) {
        for (name, value) in extra.iter().filter(|(name, _)| !owner.has(name)) {
            let kind = if O::number(name).is_some() { UnlistedKind::Null } else { UnlistedKind::Property };
            if !nullable.contains(&name.as_str()) {
                self.inspect(name, &Kept(kind, value));
            }
        }
    }

    /// Looks through explicit nulls, but for properties that the program has set since.
    pub(super) fn nulls<O: Object>(&mut self, owner: &O, nulls: &[&'static str], nullable: &[&str]) {
        for name in nulls.iter().filter(|name| !nullable.contains(*name) && !owner.has(name)) {
            self.inspect(name, &Kept(UnlistedKind::Null, &Value::Null));
        }
    }
}

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
            found.inspect(name, value);
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
