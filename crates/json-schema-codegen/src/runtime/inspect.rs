// What a value holds that the schema does not list.

/// Something in a value that the schema does not list.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Unlisted {
    /// Where it is, such as `items[3].data.recipients[0].nickname`.
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
        write!(f, "{}: {kind}: {}", self.path, self.value)
    }
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
        let separator = if self.path.is_empty() { "" } else { "." };
        self.at(&format!("{separator}{name}"), |found| value.look(found));
    }

    /// Looks into a property of a type that the output does not define: nothing is known of it.
    pub(super) fn opaque<T>(&mut self, _: &str, _: &T) {}

    /// Looks through what was kept: a listed name stands there for its explicit null, which
    /// `nullable` says is one that the schema allows.
    pub(super) fn extra<O: Object>(&mut self, _: &O, extra: &Map<String, Value>, nullable: &[&str]) {
        for (name, value) in extra {
            let kind = if O::number(name).is_some() { UnlistedKind::Null } else { UnlistedKind::Property };
            if !nullable.contains(&name.as_str()) {
                self.inspect(name, &Kept(kind, value));
            }
        }
    }

    /// Looks through explicit nulls.
    pub(super) fn nulls<O>(&mut self, _: &O, nulls: &[&'static str], nullable: &[&str]) {
        for name in nulls.iter().filter(|name| !nullable.contains(*name)) {
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
