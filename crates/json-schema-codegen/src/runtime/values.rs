// Texts, numbers, and equality.

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
