//! What the generated impls share. The generator writes out the items that are used; it is compiled
//! here too, so that equality and patterns are the same while a schema is read.
#![allow(dead_code)]

/// An object that is read property by property.
pub(super) trait Object: Sized {
    /// What an error says was expected.
    const EXPECTING: &'static str;

    /// The number of a listed property, in the schema's order.
    fn number(name: &str) -> Option<usize>;

    /// Whether the property of a name is one that is listed, and set.
    fn has(&self, name: &str) -> bool;

    /// Reads all properties.
    fn read<'de, A: ::serde::de::MapAccess<'de>>(input: Input<A>) -> Result<Self, A::Error>;
}

/// Reads an object; an array is none.
pub(super) fn object<'de, T: Object, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(Objects(::std::marker::PhantomData))
}

struct Objects<T>(::std::marker::PhantomData<T>);

impl<'de, T: Object> ::serde::de::Visitor<'de> for Objects<T> {
    type Value = T;

    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_map<A: ::serde::de::MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(Input { map, nulls: Vec::new() })
    }
}

/// A property by its number in the schema's order, or by its name when the schema does not list it.
pub(super) enum Key {
    Known(usize),
    Unknown(String),
}

/// Reads the name of a property; the function gives its number.
struct Keys(fn(&str) -> Option<usize>);

impl<'de> ::serde::de::DeserializeSeed<'de> for Keys {
    type Value = Key;

    fn deserialize<D: ::serde::Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl ::serde::de::Visitor<'_> for Keys {
    type Value = Key;

    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E: ::serde::de::Error>(self, name: &str) -> Result<Key, E> {
        Ok((self.0)(name).map_or_else(|| Key::Unknown(name.to_owned()), Key::Known))
    }
}

/// The properties of an object, as they come.
pub(super) struct Input<A> {
    map: A,
    /// The optional properties that came as an explicit `null`.
    pub(super) nulls: Vec<&'static str>,
}

impl<'de, A: ::serde::de::MapAccess<'de>> Input<A> {
    /// The next property of an object of type `T`.
    pub(super) fn key<T: Object>(&mut self) -> Result<Option<Key>, A::Error> {
        self.map.next_key_seed(Keys(T::number))
    }

    /// Reads the value of a property; a second value is an error.
    pub(super) fn value<T>(&mut self, name: &'static str, slot: &mut Option<T>) -> Result<(), A::Error>
    where
        T: ::serde::Deserialize<'de>,
    {
        if slot.is_some() {
            return Err(::serde::de::Error::duplicate_field(name));
        }
        *slot = Some(self.map.next_value().map_err(|error| within(name, error))?);
        Ok(())
    }

    /// Reads the value of an optional property; an explicit `null` is noted.
    pub(super) fn optional<T>(&mut self, name: &'static str, slot: &mut Option<T>) -> Result<(), A::Error>
    where
        T: ::serde::Deserialize<'de>,
    {
        if slot.is_some() || self.nulls.contains(&name) {
            return Err(::serde::de::Error::duplicate_field(name));
        }
        *slot = self.map.next_value().map_err(|error| within(name, error))?;
        if slot.is_none() {
            self.nulls.push(name);
        }
        Ok(())
    }

    /// Reads the value of a property that the schema does not list by name.
    pub(super) fn other<T: ::serde::Deserialize<'de>>(&mut self, name: &str) -> Result<T, A::Error> {
        self.map.next_value().map_err(|error| within(name, error))
    }

    /// Puts the explicit nulls to what is kept.
    pub(super) fn keep_nulls(self, extra: &mut ::serde_json::Map<String, ::serde_json::Value>) {
        for name in self.nulls {
            extra.insert(name.to_owned(), ::serde_json::Value::Null);
        }
    }
}

/// Writes an object property by property.
pub(super) struct Output<M>(M);

impl<M: ::serde::ser::SerializeMap> Output<M> {
    pub(super) fn new<S>(serializer: S) -> Result<Self, S::Error>
    where
        S: ::serde::Serializer<SerializeMap = M, Ok = M::Ok, Error = M::Error>,
    {
        serializer.serialize_map(None).map(Self)
    }

    pub(super) fn value<T: ::serde::Serialize>(&mut self, name: &str, value: &T) -> Result<(), M::Error> {
        self.0.serialize_entry(name, value)
    }

    pub(super) fn optional<T: ::serde::Serialize>(&mut self, name: &str, value: &Option<T>) -> Result<(), M::Error> {
        match value {
            Some(value) => self.0.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    /// Writes what was kept, but for properties that the program has set since.
    pub(super) fn kept<'a, O: Object, T: ::serde::Serialize + 'a>(
        &mut self,
        owner: &O,
        kept: impl IntoIterator<Item = (&'a String, &'a T)>,
    ) -> Result<(), M::Error> {
        for (name, value) in kept {
            if !owner.has(name) {
                self.0.serialize_entry(name, value)?;
            }
        }
        Ok(())
    }

    /// Writes the explicit nulls, but for properties that the program has set since.
    pub(super) fn nulls<O: Object>(&mut self, owner: &O, nulls: &[&'static str]) -> Result<(), M::Error> {
        for name in nulls {
            if !owner.has(name) {
                self.0.serialize_entry(name, &())?;
            }
        }
        Ok(())
    }

    pub(super) fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}

/// An open enum of texts.
pub(super) trait Text: From<String> + for<'a> From<&'a str> {
    /// What an error says was expected.
    const EXPECTING: &'static str;
}

/// Reads an open enum of texts.
pub(super) fn text<'de, T: Text, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(Texts(::std::marker::PhantomData))
}

struct Texts<T>(::std::marker::PhantomData<T>);

impl<T: Text> ::serde::de::Visitor<'_> for Texts<T> {
    type Value = T;

    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_str<E: ::serde::de::Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }

    fn visit_string<E: ::serde::de::Error>(self, text: String) -> Result<T, E> {
        Ok(T::from(text))
    }
}

/// The value of a required property.
pub(super) fn take<T, E: ::serde::de::Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
    slot.ok_or_else(|| E::missing_field(name))
}

/// An error with the name of the property before it.
#[cold]
pub(super) fn within<E: ::serde::de::Error>(name: &str, error: E) -> E {
    E::custom(format_args!("{name}: {error}"))
}

/// The error for a property that the schema does not allow.
#[cold]
pub(super) fn refused<E: ::serde::de::Error>(name: &str) -> E {
    E::custom(format_args!("{name}: the schema allows no such property"))
}

/// The error for a value whose JSON type is none of those that are expected.
#[cold]
pub(super) fn unexpected<E: ::serde::de::Error>(value: &::serde_json::Value, expected: &str) -> E {
    use ::serde::de::Unexpected;
    use ::serde_json::Value;
    let found = match value {
        Value::Null => Unexpected::Other("null"),
        Value::Bool(found) => Unexpected::Bool(*found),
        Value::Number(_) => Unexpected::Other("number"),
        Value::String(found) => Unexpected::Str(found),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    };
    E::invalid_type(found, &expected)
}

/// A whole number, also when it is written `1.0`.
pub(super) struct Whole<T>(pub(super) T);

impl<'de, T: TryFrom<i128>> ::serde::Deserialize<'de> for Whole<T> {
    fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Wholes(::std::marker::PhantomData)).map(Self)
    }
}

/// Reads whole numbers, however the parser hands them over.
struct Wholes<T>(::std::marker::PhantomData<T>);

impl<'de, T: TryFrom<i128>> ::serde::de::Visitor<'de> for Wholes<T> {
    type Value = T;

    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: ::serde::de::Error>(self, number: i64) -> Result<T, E> {
        fitting(number.into())
    }

    fn visit_u64<E: ::serde::de::Error>(self, number: u64) -> Result<T, E> {
        fitting(number.into())
    }

    fn visit_f64<E: ::serde::de::Error>(self, number: f64) -> Result<T, E> {
        if number.fract() != 0.0 {
            return Err(E::invalid_type(::serde::de::Unexpected::Float(number), &self));
        }
        fitting(number as i128)
    }

    /// With serde_json's `arbitrary_precision` a number comes as a map.
    fn visit_map<A: ::serde::de::MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let map = ::serde::de::value::MapAccessDeserializer::new(map);
        let number = <::serde_json::Number as ::serde::Deserialize>::deserialize(map)?;
        match (number.as_i128(), number.as_f64()) {
            (Some(number), _) => fitting(number),
            (None, Some(number)) => self.visit_f64(number),
            (None, None) => Err(::serde::de::Error::custom(format_args!("the number {number} is past all types"))),
        }
    }
}

/// The number as a type that may be too small for it.
fn fitting<T: TryFrom<i128>, E: ::serde::de::Error>(number: i128) -> Result<T, E> {
    T::try_from(number).map_err(|_| {
        let range = ::std::any::type_name::<T>();
        E::custom(format_args!("invalid value: {number} is past the whole numbers of {range}"))
    })
}

/// Reads a value that was kept until its type was known.
pub(super) fn read<T: ::serde::de::DeserializeOwned>(value: &::serde_json::Value) -> Result<T, ::serde_json::Error> {
    T::deserialize(value)
}

/// Equality of JSON Schema: numbers by value.
pub(super) fn equal(one: &::serde_json::Value, other: &::serde_json::Value) -> bool {
    use ::serde_json::Value;
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => match (whole(one), whole(other)) {
            (None, None) => one == other || one.as_f64() == other.as_f64(),
            (one, other) => one == other,
        },
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| equal(value, other)))
        }
        _ => one == other,
    }
}

/// The number when it is whole, however it is written: `1.0` is 1.
pub(super) fn whole(number: &::serde_json::Number) -> Option<i128> {
    let written = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    let float =
        || number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 1e38).map(|float| float as i128);
    written.or_else(float)
}

/// A value that the schema spells out.
pub(super) fn json(text: &str) -> ::serde_json::Value {
    ::serde_json::from_str(text).unwrap_or_default()
}

/// The members of a union that an object can be: those whose required properties are there, the
/// ones that know most of its properties first.
pub(super) fn by_shape(value: &::serde_json::Value, members: &[(&[&str], &[&str])]) -> Vec<usize> {
    let Some(object) = value.as_object() else { return (0..members.len()).collect() };
    let fits = |(required, _): &(&[&str], &[&str])| required.iter().all(|name| object.contains_key(*name));
    let unknown = |(_, known): (&[&str], &[&str])| object.keys().filter(|name| !known.contains(&name.as_str())).count();
    let mut fitting: Vec<usize> = (0..members.len()).filter(|index| fits(&members[*index])).collect();
    fitting.sort_by_key(|index| unknown(members[*index]));
    fitting
}

/// A step of a pattern's program (a nondeterministic automaton); the numbers are steps to go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// One character in one of the ranges, then the next step.
    Class(::std::borrow::Cow<'static, [(char, char)]>),
    /// Both of two steps.
    Split(usize, usize),
    /// The beginning of the text, then the next step.
    Start,
    /// The end of the text, then the next step.
    End,
    /// The text matches.
    Match,
}

/// Whether a pattern is found anywhere in a text.
pub(super) fn matches(program: &[Step], text: &str) -> bool {
    let mut waiting = vec![0];
    let mut at_start = true;
    let mut rest = text.chars();
    loop {
        let next = rest.next();
        let mut reached = vec![false; program.len()];
        let mut after = vec![0]; // a match may begin anywhere
        while let Some(number) = waiting.pop() {
            if std::mem::replace(&mut reached[number], true) {
                continue;
            }
            match &program[number] {
                Step::Match => return true,
                Step::Split(one, other) => waiting.extend([*one, *other]),
                Step::Start if at_start => waiting.push(number + 1),
                Step::End if next.is_none() => waiting.push(number + 1),
                Step::Class(ranges) => {
                    let holds = |c: char| ranges.iter().any(|(first, last)| (*first..=*last).contains(&c));
                    after.extend(next.filter(|c| holds(*c)).map(|_| number + 1));
                }
                Step::Start | Step::End => {}
            }
        }
        if next.is_none() {
            return false;
        }
        waiting = after;
        at_start = false;
    }
}

/// Something in a value that the schema does not list.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Unlisted {
    /// Where it is, such as `items[3].data.recipients[0].nickname`.
    pub path: String,
    /// What it is.
    pub kind: UnlistedKind,
    /// The value there.
    pub value: ::serde_json::Value,
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

impl ::std::fmt::Display for Unlisted {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
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
    pub(super) fn note(&mut self, kind: UnlistedKind, value: ::serde_json::Value) {
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
    pub(super) fn property<T: Inspect>(&mut self, name: &str, value: &T) {
        let separator = if self.path.is_empty() { "" } else { "." };
        self.at(&format!("{separator}{name}"), |found| value.look(found));
    }

    /// Looks through what was kept: a listed name stands there for its explicit null, which
    /// `nullable` says is one that the schema allows.
    pub(super) fn extra<O: Object>(
        &mut self,
        extra: &::serde_json::Map<String, ::serde_json::Value>,
        nullable: &[&str],
    ) {
        for (name, value) in extra {
            let kind = if O::number(name).is_some() { UnlistedKind::Null } else { UnlistedKind::Property };
            if !nullable.contains(&name.as_str()) {
                self.property(name, &Kept(kind, value));
            }
        }
    }

    /// Looks through explicit nulls.
    pub(super) fn nulls(&mut self, nulls: &[&'static str], nullable: &[&str]) {
        for name in nulls.iter().filter(|name| !nullable.contains(*name)) {
            self.property(name, &Kept(UnlistedKind::Null, &::serde_json::Value::Null));
        }
    }
}

/// A value that is itself what the schema does not list.
struct Kept<'a>(UnlistedKind, &'a ::serde_json::Value);

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

impl<T: Inspect> Inspect for ::std::collections::BTreeMap<String, T> {
    fn look(&self, found: &mut Found) {
        for (name, value) in self {
            found.property(name, value);
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
