// Access by JSON name, and to all texts, whichever fields hold them.

/// A JSON value inside a value of a generated type. It is the same whether a field holds the value or `extra` keeps
/// it, so a program that uses it still works after an update of the schema that lists the property:
/// `data.get("inputs")?.get("name")?.as_str()`.
#[derive(Clone, Copy)]
pub struct Any<'a>(AnySource<'a>);

/// The JSON type of an [`Any`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnyKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number, whole or not.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// The Rust value behind an [`Any`].
#[derive(Clone, Copy)]
enum AnySource<'a> {
    /// A value of a generated type, or of a type that generated types have in them, such as `String`.
    GeneratedType(&'a dyn Access),
    /// A value of a type that the user names in the settings, which is read through its `Serialize`.
    SettingsType(&'a dyn ToJson),
}

/// A value that can be written to JSON by its `Serialize`, as an object-safe trait.
trait ToJson: Sync {
    /// Returns the value as JSON; `null` if its `Serialize` fails.
    fn to_json(&self) -> Value;
}

impl<T: Serialize + Sync> ToJson for T {
    fn to_json(&self) -> Value {
        ::serde_json::to_value(self).unwrap_or_default()
    }
}

/// A JSON value without its items and properties: of an array or an object, only the type.
pub(super) enum ShallowValue<'a> {
    Null,
    Boolean(bool),
    Number(Number),
    String(&'a str),
    Array,
    Object,
    /// A value of a type from the settings, as JSON.
    SettingsType(Value),
}

impl<'a> Any<'a> {
    /// Returns a view of `value`.
    #[inline]
    pub(super) fn of(value: &'a dyn Access) -> Self {
        Self(AnySource::GeneratedType(value))
    }

    /// Returns the value without its items and properties.
    #[inline]
    pub(super) fn shallow_value(self) -> ShallowValue<'a> {
        match self.0 {
            AnySource::GeneratedType(value) => value.shallow_value(),
            AnySource::SettingsType(value) => ShallowValue::SettingsType(value.to_json()),
        }
    }

    /// Calls `visit` with (`None`, item) for each item of an array, and with (name, value) for each property of an
    /// object. Does nothing for other values, and for values of types from the settings.
    #[inline]
    pub(super) fn visit_children(self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        if let AnySource::GeneratedType(value) = self.0 {
            value.visit_children(visit);
        }
    }

    /// Returns the JSON type.
    #[inline]
    pub fn kind(self) -> AnyKind {
        match self.shallow_value() {
            ShallowValue::Null => AnyKind::Null,
            ShallowValue::Boolean(_) => AnyKind::Boolean,
            ShallowValue::Number(_) => AnyKind::Number,
            ShallowValue::String(_) => AnyKind::String,
            ShallowValue::Array => AnyKind::Array,
            ShallowValue::Object => AnyKind::Object,
            ShallowValue::SettingsType(value) => Any::of(&value).kind(),
        }
    }

    /// Returns the text of a string, also of an enum of strings; `None` for any other value, and for a string in a
    /// field of a type from the settings, which cannot lend it: see [`Any::to_value`].
    #[inline]
    pub fn as_str(self) -> Option<&'a str> {
        if let ShallowValue::String(text) = self.shallow_value() { Some(text) } else { None }
    }

    /// Returns the value of a boolean; `None` for any other value.
    #[inline]
    pub fn as_bool(self) -> Option<bool> {
        match self.shallow_value() {
            ShallowValue::Boolean(value) | ShallowValue::SettingsType(Value::Bool(value)) => Some(value),
            _ => None,
        }
    }

    /// Returns a number; `None` for any other value.
    #[inline]
    fn as_number(self) -> Option<Number> {
        match self.shallow_value() {
            ShallowValue::Number(number) | ShallowValue::SettingsType(Value::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// Returns a whole number, 1 for `1.0` too; `None` for any other value and for numbers past 64 bits.
    #[inline]
    pub fn as_i64(self) -> Option<i64> {
        i64::try_from(to_whole_number(&self.as_number()?)?).ok()
    }

    /// Returns a whole number that is not negative, 1 for `1.0` too; `None` for any other value and for numbers
    /// past 64 bits.
    #[inline]
    pub fn as_u64(self) -> Option<u64> {
        u64::try_from(to_whole_number(&self.as_number()?)?).ok()
    }

    /// Returns a number, rounded to an `f64`; `None` for any other value.
    #[inline]
    pub fn as_f64(self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// Returns the value of the property `name` of an object, also an explicit `null`; `None` if the object has no
    /// such property, and for any other value.
    #[inline]
    pub fn get(self, name: &str) -> Option<Any<'a>> {
        if let AnySource::GeneratedType(value) = self.0 { value.find_property(name) } else { None }
    }

    /// Returns the items of an array: `recipients.items().filter_map(|item| item.get("id"))`. Empty for any other
    /// value, and for a value of a type from the settings.
    #[inline]
    pub fn items(self) -> impl ExactSizeIterator<Item = Any<'a>> {
        let mut items = Vec::new();
        self.visit_children(&mut |name, item| items.extend(name.is_none().then_some(item)));
        items.into_iter()
    }

    /// Returns (name, value) of each property of an object, in the order of writing. Empty for any other value,
    /// and for a value of a type from the settings.
    #[inline]
    pub fn properties(self) -> impl ExactSizeIterator<Item = (&'a str, Any<'a>)> {
        let mut properties = Vec::new();
        self.visit_children(&mut |name, value| properties.extend(name.map(|name| (name, value))));
        properties.into_iter()
    }

    /// Calls `visit` with the path and the text of each string in this value, whatever types have it: `|path, text|
    /// println!("{path}: {text}")` prints `body[0].text: …`. Paths are as in `unlisted()`, relative to this value.
    /// Names of properties are not texts.
    #[inline]
    pub fn for_each_text(self, mut visit: impl FnMut(&str, &str)) {
        visit_texts(self, &mut String::new(), &mut visit);
    }

    /// Returns the value as it is written to JSON.
    #[inline]
    pub fn to_value(self) -> Value {
        self.to_json()
    }
}

impl fmt::Debug for Any<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_value().fmt(f)
    }
}

impl Serialize for Any<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.shallow_value() {
            ShallowValue::Null => serializer.serialize_unit(),
            ShallowValue::Boolean(value) => serializer.serialize_bool(value),
            ShallowValue::Number(number) => number.serialize(serializer),
            ShallowValue::String(text) => serializer.serialize_str(text),
            ShallowValue::Array => serializer.collect_seq(self.items()),
            ShallowValue::Object => serializer.collect_map(self.properties()),
            ShallowValue::SettingsType(value) => value.serialize(serializer),
        }
    }
}
