//! What the generated impls share. The generator writes out the items that are used; it is compiled
//! here too, so that equality and patterns are the same while a schema is read.
#![allow(dead_code)]

/// A property by its number in the schema's order, or by its name when the schema does not list it.
pub(super) enum Key {
    Known(usize),
    Unknown(String),
}

/// Reads the name of a property; the function gives its number.
pub(super) struct Keys(pub(super) fn(&str) -> Option<usize>);

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

/// Reads the value of a property; a second value is an error.
pub(super) fn put<'de, A, T>(map: &mut A, name: &'static str, slot: &mut Option<T>) -> Result<(), A::Error>
where
    A: ::serde::de::MapAccess<'de>,
    T: ::serde::Deserialize<'de>,
{
    if slot.is_some() {
        return Err(::serde::de::Error::duplicate_field(name));
    }
    *slot = Some(map.next_value().map_err(|error| within(name, error))?);
    Ok(())
}

/// Reads the value of an optional property; an explicit `null` is noted in `nulls`.
pub(super) fn put_optional<'de, A, T>(
    map: &mut A,
    name: &'static str,
    slot: &mut Option<T>,
    nulls: &mut Vec<&'static str>,
) -> Result<(), A::Error>
where
    A: ::serde::de::MapAccess<'de>,
    T: ::serde::Deserialize<'de>,
{
    if slot.is_some() || nulls.contains(&name) {
        return Err(::serde::de::Error::duplicate_field(name));
    }
    *slot = map.next_value().map_err(|error| within(name, error))?;
    if slot.is_none() {
        nulls.push(name);
    }
    Ok(())
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
pub(super) fn unlisted<E: ::serde::de::Error>(name: &str) -> E {
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
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
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
