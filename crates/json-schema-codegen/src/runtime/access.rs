// Access by JSON name, and to all texts, whichever fields hold them.

/// A JSON value inside a value of a generated type. It is the same whether a field holds the value or `extra` keeps
/// it, so a program that uses it still works after an update of the schema that lists the property:
/// `data.get("inputs")?.get("name")?.as_str()`.
#[derive(Clone, Copy)]
pub struct Any<'a>(Source<'a>);

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

/// Where the value of an [`Any`] is.
#[derive(Clone, Copy)]
enum Source<'a> {
    /// In a value of a generated type, or of one that it consists of.
    Known(&'a dyn Access),
    /// In a value of a type from the settings.
    Foreign(&'a dyn ToJson),
}

/// A value that is looked at through its `Serialize`.
trait ToJson: Sync {
    /// Returns the value as JSON; `null` if its `Serialize` fails.
    fn to_json(&self) -> Value;
}

impl<T: Serialize + Sync> ToJson for T {
    fn to_json(&self) -> Value {
        ::serde_json::to_value(self).unwrap_or_default()
    }
}

/// A value without the values in it.
pub(super) enum Look<'a> {
    Null,
    Boolean(bool),
    Number(Number),
    String(&'a str),
    Array,
    Object,
    /// A value of a type from the settings, as JSON.
    Foreign(Value),
}

impl<'a> Any<'a> {
    /// Returns the view of a value.
    #[inline]
    pub(super) fn of(value: &'a dyn Access) -> Self {
        Self(Source::Known(value))
    }

    /// Returns the value without the values in it.
    #[inline]
    pub(super) fn look(self) -> Look<'a> {
        match self.0 {
            Source::Known(value) => value.look(),
            Source::Foreign(value) => Look::Foreign(value.to_json()),
        }
    }

    /// Calls `visit` with each item of an array, and with the name and value of each property of an object.
    #[inline]
    pub(super) fn each(self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        if let Source::Known(value) = self.0 {
            value.each(visit);
        }
    }

    /// Returns the JSON type.
    #[inline]
    pub fn kind(self) -> AnyKind {
        match self.look() {
            Look::Null => AnyKind::Null,
            Look::Boolean(_) => AnyKind::Boolean,
            Look::Number(_) => AnyKind::Number,
            Look::String(_) => AnyKind::String,
            Look::Array => AnyKind::Array,
            Look::Object => AnyKind::Object,
            Look::Foreign(value) => Any::of(&value).kind(),
        }
    }

    /// Returns the text of a string, also of an enum of strings; `None` for any other value, and for a string in a
    /// field of a type from the settings, which cannot lend it: see [`Any::to_value`].
    #[inline]
    pub fn as_str(self) -> Option<&'a str> {
        if let Look::String(text) = self.look() { Some(text) } else { None }
    }

    /// Returns the value of a boolean; `None` for any other value.
    #[inline]
    pub fn as_bool(self) -> Option<bool> {
        match self.look() {
            Look::Boolean(value) | Look::Foreign(Value::Bool(value)) => Some(value),
            _ => None,
        }
    }

    /// Returns a number; `None` for any other value.
    #[inline]
    fn number(self) -> Option<Number> {
        match self.look() {
            Look::Number(number) | Look::Foreign(Value::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// Returns a whole number, 1 for `1.0` too; `None` for any other value and for numbers past 64 bits.
    #[inline]
    pub fn as_i64(self) -> Option<i64> {
        i64::try_from(whole(&self.number()?)?).ok()
    }

    /// Returns a whole number that is not negative, 1 for `1.0` too; `None` for any other value and for numbers
    /// past 64 bits.
    #[inline]
    pub fn as_u64(self) -> Option<u64> {
        u64::try_from(whole(&self.number()?)?).ok()
    }

    /// Returns a number, rounded to an `f64`; `None` for any other value.
    #[inline]
    pub fn as_f64(self) -> Option<f64> {
        self.number()?.as_f64()
    }

    /// Returns the value of the property `name` of an object, also an explicit `null`; `None` if the object has no
    /// such property, and for any other value.
    #[inline]
    pub fn get(self, name: &str) -> Option<Any<'a>> {
        if let Source::Known(value) = self.0 { value.find(name) } else { None }
    }

    /// Returns the items of an array: `recipients.items().filter_map(|item| item.get("id"))`. Empty for any other
    /// value, and for a value of a type from the settings.
    #[inline]
    pub fn items(self) -> impl ExactSizeIterator<Item = Any<'a>> {
        let mut items = Vec::new();
        self.each(&mut |name, item| items.extend(name.is_none().then_some(item)));
        items.into_iter()
    }

    /// Returns (name, value) of each property of an object, in the order of writing. Empty for any other value,
    /// and for a value of a type from the settings.
    #[inline]
    pub fn properties(self) -> impl ExactSizeIterator<Item = (&'a str, Any<'a>)> {
        let mut properties = Vec::new();
        self.each(&mut |name, value| properties.extend(name.map(|name| (name, value))));
        properties.into_iter()
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
        match self.look() {
            Look::Null => serializer.serialize_unit(),
            Look::Boolean(value) => serializer.serialize_bool(value),
            Look::Number(number) => number.serialize(serializer),
            Look::String(text) => serializer.serialize_str(text),
            Look::Array => serializer.collect_seq(self.items()),
            Look::Object => serializer.collect_map(self.properties()),
            Look::Foreign(value) => value.serialize(serializer),
        }
    }
}

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

/// Implements the methods of all types for which `Access` is implemented, apart from enums of strings.
macro_rules! access {
    ($name:ident;) => {
        impl $name {
            /// Returns a view of this value that is the same for all types.
            #[inline]
            pub fn as_any(&self) -> runtime::Any<'_> {
                runtime::Any::of(self)
            }

            /// Calls `visit` with the path and the text of each string in this value, whether the schema lists it
            /// or not: `|path, text| println!("{path}: {text}")` prints `data.recipients[0].personEmail: …`. Paths
            /// are as in `unlisted()`. Names of properties are not texts.
            #[inline]
            pub fn for_each_text(&self, mut visit: impl ::std::ops::FnMut(&str, &str)) {
                runtime::visit_texts(runtime::Any::of(self), &mut String::new(), &mut visit);
            }

            /// Returns (path, text) of each string in this value, as `for_each_text` finds them.
            #[inline]
            pub fn texts(&self) -> Vec<(String, String)> {
                let mut texts = Vec::new();
                self.for_each_text(|path, text| texts.push((path.to_owned(), text.to_owned())));
                texts
            }

            /// Replaces each string in this value, whether the schema lists it or not, by the text that `choose`
            /// returns for its path and text: `|path, text| (path != "data.text").then(|| text.to_owned())`.
            /// `None` removes the property or the list item. A required property becomes `null` if its type
            /// allows that, else an empty text, as does an item of a tuple.
            ///
            /// A value of a type from the settings that cannot hold the new text is removed. The paths of those that
            /// are required, which are unchanged, are returned: empty if all texts are replaced.
            #[inline]
            pub fn redact(&mut self, mut choose: impl ::std::ops::FnMut(&str, &str) -> Option<String>) -> Vec<String> {
                runtime::redact_texts(self, &mut choose)
            }
        }
    };
}
pub(super) use access;

/// Implements `get`, `set` and the like for a struct, from the rows of `properties!`.
macro_rules! property_access {
    (
        $name:ident, $expecting:literal;
        $($wire:literal => $field:ident: $presence:ident $(via $convert:ident($read:ty))? $(, $mark:ident)?;)*
        $(matching $regex:literal => $map:ident $(via $map_convert:ident($map_read:ty))? $(, $map_mark:ident)? by $pattern:expr;)*
        $(unlisted => $unlisted:ident;)?
        $(additional => $typed:ident $(via $typed_convert:ident($typed_read:ty))? $(, $typed_mark:ident)?;)?
        $(additional: $rejected:ident;)?
        $(explicit nulls => $nulls:ident;)?
    ) => {
        runtime::access! { $name; }

        impl $name {
            /// Returns the value of the property with the JSON name `name`, whether the schema lists it or not,
            /// also an explicit `null`; `None` if this object has no such property.
            #[inline]
            pub fn get(&self, name: &str) -> Option<runtime::Any<'_>> {
                runtime::Any::of(self).get(name)
            }

            /// Returns (JSON name, value) of each property of this object, listed or not, in the order of writing.
            #[inline]
            pub fn properties(&self) -> impl ::std::iter::ExactSizeIterator<Item = (&str, runtime::Any<'_>)> {
                runtime::Any::of(self).properties()
            }

            /// Sets the property with the JSON name `name`, in its field if the schema lists it, and reads the value
            /// as it is read from JSON: `order.set("note", "fragile".into())?`.
            ///
            /// # Errors
            /// If reading an object with this value fails: the value is of another type than the schema's, or the
            /// schema allows no such property. Then this object is unchanged.
            #[inline]
            pub fn set(&mut self, name: &str, value: ::serde_json::Value) -> Result<(), ::serde_json::Error> {
                runtime::set_property(self, name, value)
            }

            /// Removes the property with the JSON name `name`, whether the schema lists it or not, and returns its
            /// value; `None` if this object has no such property, or the schema requires it.
            #[inline]
            pub fn remove(&mut self, name: &str) -> Option<::serde_json::Value> {
                runtime::remove_property(self, name)
            }
        }

        #[allow(deprecated, unused_mut, unused_variables)]
        impl runtime::Access for $name {
            #[inline]
            fn look(&self) -> runtime::Look<'_> {
                runtime::Look::Object
            }

            #[inline]
            fn each<'a>(&'a self, visit: &mut dyn ::std::ops::FnMut(Option<&'a str>, runtime::Any<'a>)) {
                let is_kept = |name: &str| false $(|| self.$unlisted.contains_key(name))?;
                $(runtime::see_field(runtime::$presence, runtime::Known$(.$mark())?, &self.$field, $wire, &is_kept, visit);)*
                let mut visit = |name: &'a str, value: runtime::Any<'a>| {
                    if !runtime::is_set(self, name) {
                        visit(Some(name), value);
                    }
                };
                $(runtime::Keeps::each(&self.$map, runtime::Known$(.$map_mark())?, &mut visit);)*
                $(runtime::Keeps::each(&self.$unlisted, runtime::Known, &mut visit);)?
                $(runtime::Keeps::each(&self.$typed, runtime::Known$(.$typed_mark())?, &mut visit);)?
                $(runtime::Keeps::each(&self.$nulls, runtime::Known, &mut visit);)?
            }

            #[inline]
            fn redact(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                $(runtime::redact_field(runtime::$presence, runtime::Known$(.$mark())?, &mut self.$field, $wire, redactor);)*
                $(runtime::Keeps::redact(&mut self.$map, runtime::Known$(.$map_mark())?, redactor);)*
                $(runtime::Keeps::redact(&mut self.$unlisted, runtime::Known, redactor);)?
                $(runtime::Keeps::redact(&mut self.$typed, runtime::Known$(.$typed_mark())?, redactor);)?
                false
            }
        }

        #[allow(deprecated, unused_variables)]
        impl runtime::Exchange for $name {
            #[inline]
            fn exchange(&mut self, other: &mut Self, name: &str) {
                match name {
                    $($wire => ::std::mem::swap(&mut self.$field, &mut other.$field),)*
                    _ => {}
                }
                $(runtime::Keeps::exchange(&mut self.$map, runtime::Known$(.$map_mark())?, &mut other.$map, name);)*
                $(runtime::Keeps::exchange(&mut self.$unlisted, runtime::Known, &mut other.$unlisted, name);)?
                $(runtime::Keeps::exchange(&mut self.$typed, runtime::Known$(.$typed_mark())?, &mut other.$typed, name);)?
                $(runtime::Keeps::exchange(&mut self.$nulls, runtime::Known, &mut other.$nulls, name);)?
            }
        }
    };
}
pub(super) use property_access;

/// A struct whose properties can be set one by one.
pub(super) trait Exchange: Access + Serialize + ::serde::de::DeserializeOwned {
    /// Exchanges the property `name` with that of another object.
    fn exchange(&mut self, other: &mut Self, name: &str);
}

/// Returns the properties of an object.
fn object_of<T: Serialize>(value: &T) -> Result<Map<String, Value>, ::serde_json::Error> {
    ::serde_json::from_value(::serde_json::to_value(value)?)
}

/// Sets a property: reads an object that has it, and takes the property from there.
pub(super) fn set_property<T: Exchange>(target: &mut T, name: &str, value: Value) -> Result<(), ::serde_json::Error> {
    let mut object = object_of(target)?;
    object.insert(name.to_owned(), value);
    let mut new = T::deserialize(Value::Object(object))?;
    target.exchange(&mut new, name);
    Ok(())
}

/// Removes a property: reads an object without it. Returns `None` if there is no such object.
pub(super) fn remove_property<T: Exchange>(target: &mut T, name: &str) -> Option<Value> {
    let mut object = object_of(target).ok()?;
    let removed = object.remove(name)?;
    let mut new = T::deserialize(Value::Object(object)).ok()?;
    target.exchange(&mut new, name);
    Some(removed)
}

/// How values of a type are looked at and replaced: by `Access`, or, if they are [`Foreign`], by their own
/// `Serialize` and `Deserialize`.
pub(super) trait Treat<T>: Copy {
    /// Returns the value as JSON.
    fn view(self, value: &T) -> Any<'_>;

    /// Replaces the texts in the value. Returns whether the value itself is to be removed.
    fn redact(self, value: &mut T, redactor: &mut Redactor<'_>) -> bool;

    /// Replaces a value that is to be removed and cannot be by an empty one; notes its path if there is none.
    fn empty(self, value: &mut T, redactor: &mut Redactor<'_>);
}

/// Treats values of generated types, and of those that they consist of.
#[derive(Clone, Copy)]
pub(super) struct Known;

impl Known {
    /// Returns itself.
    pub(super) fn inspect(self) -> Self {
        self
    }

    /// Returns itself.
    pub(super) fn unlisted(self) -> Self {
        self
    }

    /// Returns the treatment of values of types from the settings.
    pub(super) fn opaque(self) -> Foreign {
        Foreign
    }
}

impl<T: Access> Treat<T> for Known {
    fn view(self, value: &T) -> Any<'_> {
        Any::of(value)
    }

    fn redact(self, value: &mut T, redactor: &mut Redactor<'_>) -> bool {
        value.redact(redactor)
    }

    fn empty(self, value: &mut T, redactor: &mut Redactor<'_>) {
        value.empty(redactor);
    }
}

/// Treats values of types from the settings.
#[derive(Clone, Copy)]
pub(super) struct Foreign;

impl<T: Serialize + ::serde::de::DeserializeOwned + Sync> Treat<T> for Foreign {
    fn view(self, value: &T) -> Any<'_> {
        Any(Source::Foreign(value))
    }

    fn redact(self, value: &mut T, redactor: &mut Redactor<'_>) -> bool {
        let old = value.to_json();
        let mut new = old.clone();
        if new.redact(redactor) {
            return true;
        }
        if new != old {
            match T::deserialize(new) {
                Ok(new) => *value = new,
                Err(_) => return true,
            }
        }
        false
    }

    fn empty(self, value: &mut T, redactor: &mut Redactor<'_>) {
        match T::deserialize(Value::from("")) {
            Ok(empty) => *value = empty,
            Err(_) => redactor.left.push(redactor.path.clone()),
        }
    }
}

/// Whether a field has a value, by the word for it in the table of `properties!`.
pub(super) trait Slot<F> {
    /// The type of the values.
    type Value;

    /// Returns the value; `None` if the property is absent.
    fn value(field: &F) -> Option<&Self::Value>;

    /// Returns the value; `None` if the property is absent.
    fn value_mut(field: &mut F) -> Option<&mut Self::Value>;

    /// Removes the property. Returns whether that is possible.
    fn clear(_: &mut F) -> bool {
        false
    }

    /// Checks whether a value that is kept beside the field is written instead of the field.
    fn gives_way(_: &F) -> bool {
        false
    }
}

impl<T> Slot<T> for Required {
    type Value = T;

    fn value(field: &T) -> Option<&T> {
        Some(field)
    }

    fn value_mut(field: &mut T) -> Option<&mut T> {
        Some(field)
    }
}

impl<T> Slot<T> for RequiredStrict {
    type Value = T;

    fn value(field: &T) -> Option<&T> {
        Some(field)
    }

    fn value_mut(field: &mut T) -> Option<&mut T> {
        Some(field)
    }
}

impl<T: Default + PartialEq> Slot<T> for RequiredOrDefault {
    type Value = T;

    fn value(field: &T) -> Option<&T> {
        Some(field)
    }

    fn value_mut(field: &mut T) -> Option<&mut T> {
        Some(field)
    }

    fn gives_way(field: &T) -> bool {
        <Self as KeepDefault<T>>::is_default(field)
    }
}

impl<T> Slot<Option<T>> for Optional {
    type Value = T;

    fn value(field: &Option<T>) -> Option<&T> {
        field.as_ref()
    }

    fn value_mut(field: &mut Option<T>) -> Option<&mut T> {
        field.as_mut()
    }

    fn clear(field: &mut Option<T>) -> bool {
        *field = None;
        true
    }
}

impl<T> Slot<Option<T>> for OptionalStrict {
    type Value = T;

    fn value(field: &Option<T>) -> Option<&T> {
        field.as_ref()
    }

    fn value_mut(field: &mut Option<T>) -> Option<&mut T> {
        field.as_mut()
    }

    fn clear(field: &mut Option<T>) -> bool {
        *field = None;
        true
    }
}

impl<T> Slot<Option<T>> for OptionalOrNull {
    type Value = T;

    fn value(field: &Option<T>) -> Option<&T> {
        field.as_ref()
    }

    fn value_mut(field: &mut Option<T>) -> Option<&mut T> {
        field.as_mut()
    }

    fn clear(field: &mut Option<T>) -> bool {
        *field = None;
        true
    }
}

impl<T> Slot<Option<T>> for Nullable {
    type Value = T;

    fn value(field: &Option<T>) -> Option<&T> {
        field.as_ref()
    }

    fn value_mut(field: &mut Option<T>) -> Option<&mut T> {
        field.as_mut()
    }

    fn clear(field: &mut Option<T>) -> bool {
        *field = None;
        true
    }
}

/// Calls `visit` with the name and value of a property, if its field has a value that is written.
pub(super) fn see_field<'a, P: Slot<F>, F>(
    _: P,
    treat: impl Treat<P::Value>,
    field: &'a F,
    name: &'static str,
    is_kept: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(Option<&'a str>, Any<'a>),
) where
    P::Value: 'a,
{
    if let Some(value) = P::value(field).filter(|_| !P::gives_way(field) || !is_kept(name)) {
        visit(Some(name), treat.view(value));
    }
}

/// Replaces the texts in the field of the property `name`.
pub(super) fn redact_field<P: Slot<F>, F>(
    _: P,
    treat: impl Treat<P::Value>,
    field: &mut F,
    name: &'static str,
    redactor: &mut Redactor<'_>,
) {
    redactor.at(Some(name), 0, |redactor| {
        let is_removed = P::value_mut(field).is_some_and(|value| treat.redact(value, redactor));
        if is_removed && !P::clear(field) {
            P::value_mut(field).into_iter().for_each(|value| treat.empty(value, redactor));
        }
    });
}

/// A field that keeps several properties; `K` is how their values are treated.
pub(super) trait Keeps<K> {
    /// Calls `visit` with the name and value of each.
    fn each<'a>(&'a self, treat: K, visit: &mut dyn FnMut(&'a str, Any<'a>));

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
    fn redact(&mut self, _: Known, _: &mut Redactor<'_>) {}

    #[inline]
    fn exchange(&mut self, _: Known, other: &mut Self, name: &str) {
        self.retain(|other| *other != name);
        self.extend(other.iter().filter(|other| **other == name));
    }
}

/// A value that is written as a value in it: a union, a newtype, or an enum of values.
pub(super) trait Wrapper: Sync {
    /// Returns the value in it.
    fn inside(&self) -> Any<'_>;

    /// Replaces the texts in the value. Returns whether the value itself is to be removed.
    fn redact_inside(&mut self, redactor: &mut Redactor<'_>) -> bool;

    /// Replaces a value that is to be removed and cannot be by an empty one.
    fn empty_inside(&mut self, redactor: &mut Redactor<'_>);
}

/// Implements what `access!` does, and `Access` by `Wrapper`.
macro_rules! wrapper_access {
    ($name:ident;) => {
        runtime::access! { $name; }

        impl runtime::Access for $name {
            fn look(&self) -> runtime::Look<'_> {
                runtime::Wrapper::inside(self).look()
            }

            fn each<'a>(&'a self, visit: &mut dyn ::std::ops::FnMut(Option<&'a str>, runtime::Any<'a>)) {
                runtime::Wrapper::inside(self).each(visit);
            }

            fn find<'a>(&'a self, name: &str) -> Option<runtime::Any<'a>> {
                runtime::Wrapper::inside(self).get(name)
            }

            fn redact(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::Wrapper::redact_inside(self, redactor)
            }

            fn empty(&mut self, redactor: &mut runtime::Redactor<'_>) {
                runtime::Wrapper::empty_inside(self, redactor);
            }
        }
    };
}
pub(super) use wrapper_access;

/// Implements `Access` for a union, from a table of its variants: `Circle;`, or `Price, opaque;` for a variant that holds a
/// type from the settings.
macro_rules! union_access {
    ($name:ident; $($variant:ident $(, $mark:ident)?;)*) => {
        runtime::wrapper_access! { $name; }

        #[allow(deprecated)]
        impl runtime::Wrapper for $name {
            fn inside(&self) -> runtime::Any<'_> {
                match self {
                    $(Self::$variant(value) => runtime::Treat::view(runtime::Known$(.$mark())?, value),)*
                }
            }

            fn redact_inside(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                match self {
                    $(Self::$variant(value) => runtime::Treat::redact(runtime::Known$(.$mark())?, value, redactor),)*
                }
            }

            fn empty_inside(&mut self, redactor: &mut runtime::Redactor<'_>) {
                match self {
                    $(Self::$variant(value) => runtime::Treat::empty(runtime::Known$(.$mark())?, value, redactor),)*
                }
            }
        }
    };
}
pub(super) use union_access;

/// Implements writing, access and `unlisted()` for a newtype. After its name, `inspect` says that `unlisted()` searches what
/// it holds, `opaque` that it holds a type from the settings.
macro_rules! newtype {
    ($name:ident $(, $mark:ident)?;) => {
        runtime::wrapper_access! { $name; }

        impl $name {
            /// Returns everything in this value that the schema does not list, each with its path from this
            /// value; empty if there is nothing.
            pub fn unlisted(&self) -> Vec<runtime::Unlisted> {
                runtime::Collector::collect(self)
            }
        }

        #[allow(unused_variables)]
        impl runtime::Inspect for $name {
            fn collect_unlisted(&self, collector: &mut runtime::Collector) {
                $(collector.$mark(None, &self.0);)?
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl runtime::Wrapper for $name {
            fn inside(&self) -> runtime::Any<'_> {
                runtime::Treat::view(runtime::Known$(.$mark())?, &self.0)
            }

            fn redact_inside(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::Treat::redact(runtime::Known$(.$mark())?, &mut self.0, redactor)
            }

            fn empty_inside(&mut self, redactor: &mut runtime::Redactor<'_>) {
                runtime::Treat::empty(runtime::Known$(.$mark())?, &mut self.0, redactor);
            }
        }
    };
}
pub(super) use newtype;

/// Implements `Access` for an enum of other values than strings, from the rows of `json_values!`.
macro_rules! value_access {
    (
        $name:ident;
        $($text:literal => $variant:ident;)*
        $(unlisted => $unlisted:ident;)?
        $(any value => $any:ident;)?
    ) => {
        runtime::wrapper_access! { $name; }

        #[allow(deprecated)]
        impl runtime::Wrapper for $name {
            fn inside(&self) -> runtime::Any<'_> {
                runtime::Any::of(match self {
                    $(Self::$variant => runtime::constant!($text),)*
                    $(Self::$unlisted(value) => value,)?
                    $(Self::$any(value) => value,)?
                })
            }

            fn redact_inside(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::redact_value(self, self.to_value(), redactor)
            }

            fn empty_inside(&mut self, _: &mut runtime::Redactor<'_>) {
                *self = Self::from(::serde_json::Value::from(""));
            }
        }
    };
}
pub(super) use value_access;

/// Returns a reference to the value that a JSON text stands for, which is parsed once.
macro_rules! constant {
    ($text:literal) => {{
        static VALUE: ::std::sync::OnceLock<::serde_json::Value> = ::std::sync::OnceLock::new();
        VALUE.get_or_init(|| runtime::parsed($text))
    }};
}
pub(super) use constant;

/// Replaces the texts in an enum of values, whose JSON value is `json`. Returns whether it is to be removed.
pub(super) fn redact_value<T: From<Value>>(value: &mut T, mut json: Value, redactor: &mut Redactor<'_>) -> bool {
    if json.redact(redactor) {
        return true;
    }
    *value = T::from(json);
    false
}

impl Access for Value {
    #[inline]
    fn look(&self) -> Look<'_> {
        match self {
            Value::Null => Look::Null,
            Value::Bool(value) => Look::Boolean(*value),
            Value::Number(number) => Look::Number(number.clone()),
            Value::String(text) => Look::String(text),
            Value::Array(_) => Look::Array,
            Value::Object(_) => Look::Object,
        }
    }

    #[inline]
    fn each<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        match self {
            Value::Array(items) => items.each(visit),
            Value::Object(object) => Access::each(object, visit),
            _ => {}
        }
    }

    #[inline]
    fn find<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| Any::of(value))
    }

    #[inline]
    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        match self {
            Value::String(text) => redact_text(text, redactor),
            Value::Array(items) => items.redact(redactor),
            Value::Object(object) => Access::redact(object, redactor),
            _ => false,
        }
    }

    #[inline]
    fn empty(&mut self, _: &mut Redactor<'_>) {
        *self = Value::from("");
    }
}

impl Access for Map<String, Value> {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::Object
    }

    #[inline]
    fn each<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        self.iter().for_each(|(name, value)| visit(Some(name), Any::of(value)));
    }

    #[inline]
    fn find<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| Any::of(value))
    }

    #[inline]
    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        self.retain(|name, value| !redactor.at(Some(name), 0, |redactor| value.redact(redactor)));
        false
    }
}

impl<T: Access> Access for BTreeMap<String, T> {
    fn look(&self) -> Look<'_> {
        Look::Object
    }

    fn each<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        self.iter().for_each(|(name, value)| visit(Some(name), Any::of(value)));
    }

    fn find<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| Any::of(value))
    }

    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        Keeps::redact(self, Known, redactor);
        false
    }
}

impl<T: Access> Access for Vec<T> {
    fn look(&self) -> Look<'_> {
        Look::Array
    }

    fn each<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        self.iter().for_each(|item| visit(None, Any::of(item)));
    }

    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        redactor.list(Known, 0, self);
        false
    }
}

impl<T: Access> Access for Option<T> {
    fn look(&self) -> Look<'_> {
        self.as_ref().map_or(Look::Null, T::look)
    }

    fn each<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        self.iter().for_each(|value| value.each(visit));
    }

    fn find<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        self.as_ref()?.find(name)
    }

    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        self.as_mut().is_some_and(|value| value.redact(redactor))
    }

    fn empty(&mut self, _: &mut Redactor<'_>) {
        *self = None;
    }
}

impl<T: Access> Access for Box<T> {
    fn look(&self) -> Look<'_> {
        (**self).look()
    }

    fn each<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        (**self).each(visit);
    }

    fn find<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        (**self).find(name)
    }

    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        (**self).redact(redactor)
    }

    fn empty(&mut self, redactor: &mut Redactor<'_>) {
        (**self).empty(redactor);
    }
}

impl Access for String {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::String(self)
    }

    #[inline]
    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        redact_text(self, redactor)
    }

    #[inline]
    fn empty(&mut self, _: &mut Redactor<'_>) {
        self.clear();
    }
}

impl Access for () {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::Null
    }
}

impl Access for bool {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::Boolean(*self)
    }
}

impl Access for Number {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::Number(self.clone())
    }
}

impl Access for i64 {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::Number((*self).into())
    }
}

impl Access for u64 {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::Number((*self).into())
    }
}
