// Errors, numbers, and equality.

/// An error with the name of the property before it.
#[cold]
pub(super) fn within<E: Error>(name: &str, error: E) -> E {
    E::custom(format_args!("{name}: {error}"))
}

/// The error for a value whose JSON type is none of those that are expected.
#[cold]
pub(super) fn unexpected<E: Error>(value: &Value, expected: &str) -> E {
    use ::serde::de::Unexpected;
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

impl<'de, T: TryFrom<i128>> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Wholes(PhantomData)).map(Self)
    }
}

/// Reads whole numbers, however the parser hands them over.
struct Wholes<T>(PhantomData<T>);

impl<'de, T: TryFrom<i128>> Visitor<'de> for Wholes<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        fitting(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        fitting(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        if number.fract() != 0.0 {
            return Err(E::invalid_type(::serde::de::Unexpected::Float(number), &self));
        }
        let fits = T::try_from(number as i128).ok().filter(|_| number.abs() < 1e38);
        // The parser has rounded the number, so the error does not show its digits.
        fits.ok_or_else(|| past::<T, E>("a whole number past 64 bits"))
    }

    /// With serde_json's `arbitrary_precision` a number comes as a map.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let map = ::serde::de::value::MapAccessDeserializer::new(map);
        let number = <Number as Deserialize>::deserialize(map)?;
        match (number.as_i128(), number.as_f64()) {
            (Some(number), _) => fitting(number),
            (None, Some(number)) => self.visit_f64(number),
            (None, None) => Err(Error::custom(format_args!("the number {number} is past all types"))),
        }
    }
}

/// The number as a type that may be too small for it.
fn fitting<T: TryFrom<i128>, E: Error>(number: i128) -> Result<T, E> {
    T::try_from(number).map_err(|_| past::<T, E>(&format!("integer `{number}`")))
}

/// Returns the error for a whole number, as `found` describes it, that the type `T` cannot hold.
#[cold]
fn past<T, E: Error>(found: &str) -> E {
    let expected = format!("a whole number within {}", ::std::any::type_name::<T>());
    E::invalid_value(::serde::de::Unexpected::Other(found), &expected.as_str())
}

/// What was read, as the type of the field that holds it.
pub(super) trait Plain {
    type Plain;

    fn plain(self) -> Self::Plain;
}

/// What was read, as the type of the field that holds it.
pub(super) fn plain<T: Plain>(value: T) -> T::Plain {
    value.plain()
}

impl<T> Plain for Whole<T> {
    type Plain = T;

    fn plain(self) -> T {
        self.0
    }
}

impl<T: Plain> Plain for Option<T> {
    type Plain = Option<T::Plain>;

    fn plain(self) -> Self::Plain {
        self.map(T::plain)
    }
}

impl<T: Plain> Plain for Vec<T> {
    type Plain = Vec<T::Plain>;

    fn plain(self) -> Self::Plain {
        self.into_iter().map(T::plain).collect()
    }
}

impl<T: Plain> Plain for BTreeMap<String, T> {
    type Plain = BTreeMap<String, T::Plain>;

    fn plain(self) -> Self::Plain {
        self.into_iter().map(|(name, value)| (name, value.plain())).collect()
    }
}

/// Reads a value that was kept until its type was known.
pub(super) fn read_value<T: ::serde::de::DeserializeOwned>(value: &Value) -> Result<T, ::serde_json::Error> {
    T::deserialize(value)
}

/// Equality of JSON Schema: numbers by value.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
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
pub(super) fn whole(number: &Number) -> Option<i128> {
    let written = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    let float =
        || number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 1e38).map(|float| float as i128);
    written.or_else(float)
}

/// A value that the schema spells out.
pub(super) fn parsed(text: &str) -> Value {
    ::serde_json::from_str(text).unwrap_or_default()
}
