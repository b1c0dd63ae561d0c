// Errors, numbers, and equality.

/// Reads a value that fits no variant of the union `name`, and always returns an error about it. `tag` is the JSON name
/// of the property that distinguishes the variants, if there is one, and `expected` describes the variants.
#[cold]
pub(super) fn refuse_variant<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    name: &str,
    tag: Option<&str>,
    expected: &str,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let found = match tag.and_then(|tag| Some((tag, value.get(tag)?))) {
        Some((tag, value)) => format!("the object with `{tag}`: {value}"),
        None => value.to_string(),
    };
    let found = escape_hidden(truncate_for_error(&found));
    Err(D::Error::custom(format_args!("{found} fits no variant of {name}, expected {expected}")))
}

/// Returns `error` with the name of the property before it, such as `price: invalid type: …`.
#[cold]
pub(super) fn prefix_with_name<E: Error>(name: &str, error: E) -> E {
    E::custom(format_args!("{}: {error}", truncate_for_error(name)))
}

/// Returns the beginning of a string or name for an error: at most 200 bytes, so that the error does not repeat a
/// long text at each level around it.
fn truncate_for_error(text: &str) -> &str {
    let end = (0..=text.len().min(200)).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// Returns the error for a value whose JSON type is not among those that `expected` names, such as `a string`.
#[cold]
pub(super) fn wrong_type_error<E: Error>(value: &Value, expected: &str) -> E {
    use ::serde::de::Unexpected;
    let found = match value {
        Value::Null => Unexpected::Other("null"),
        Value::Bool(found) => Unexpected::Bool(*found),
        Value::Number(found) => match (found.as_i64(), found.as_u64(), found.as_f64()) {
            (Some(found), ..) => Unexpected::Signed(found),
            (None, Some(found), _) => Unexpected::Unsigned(found),
            (None, None, Some(found)) => Unexpected::Float(found),
            (None, None, None) => Unexpected::Other("number"),
        },
        Value::String(found) => Unexpected::Str(truncate_for_error(found)),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    };
    E::invalid_type(found, &expected)
}

/// A whole number, which is read from `1.0` as well as from `1`.
pub(super) struct Whole<T>(pub(super) T);

impl<'de, T: TryFrom<i128>> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WholeVisitor(PhantomData)).map(Self)
    }
}

/// Reads a whole number from any of the types that a deserializer has for numbers.
struct WholeVisitor<T>(PhantomData<T>);

impl<'de, T: TryFrom<i128>> Visitor<'de> for WholeVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        convert_whole_number(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        convert_whole_number(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        if number.fract() != 0.0 {
            return Err(E::invalid_type(::serde::de::Unexpected::Float(number), &self));
        }
        let fits = T::try_from(number as i128).ok().filter(|_| number.abs() < 1e38);
        // The parser has rounded the number, so the error does not show its digits.
        fits.ok_or_else(|| out_of_range_error::<T, E>("a whole number past 64 bits"))
    }

    /// With serde_json's `arbitrary_precision` a number comes as a map.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let map = ::serde::de::value::MapAccessDeserializer::new(map);
        let number = <Number as Deserialize>::deserialize(map)?;
        match (number.as_i128(), number.as_f64()) {
            (Some(number), _) => convert_whole_number(number),
            (None, Some(number)) => self.visit_f64(number),
            (None, None) => Err(Error::custom(format_args!("the number {number} is past all types"))),
        }
    }
}

/// Converts a whole number to the type `T`; an error if it is out of the range of `T`.
fn convert_whole_number<T: TryFrom<i128>, E: Error>(number: i128) -> Result<T, E> {
    T::try_from(number).map_err(|_| out_of_range_error::<T, E>(&format!("integer `{number}`")))
}

/// Returns the error for a whole number out of the range of the type `T`. `found` describes the number: ``integer `300`
/// ``.
#[cold]
fn out_of_range_error<T, E: Error>(found: &str) -> E {
    let expected = format!("a whole number within {}", ::std::any::type_name::<T>());
    E::invalid_value(::serde::de::Unexpected::Other(found), &expected.as_str())
}

/// A type with `Whole` numbers in it.
pub(super) trait UnwrapWhole {
    /// The type with the numbers themselves in the place of `Whole`.
    type Unwrapped;

    /// Replaces each `Whole` in the value by the number in it.
    fn unwrap_whole(self) -> Self::Unwrapped;
}

/// Returns `value` with the numbers themselves in the place of `Whole`: `Vec<Whole<i64>>` becomes `Vec<i64>`.
pub(super) fn unwrap_whole<T: UnwrapWhole>(value: T) -> T::Unwrapped {
    value.unwrap_whole()
}

impl<T> UnwrapWhole for Whole<T> {
    type Unwrapped = T;

    fn unwrap_whole(self) -> T {
        self.0
    }
}

impl<T: UnwrapWhole> UnwrapWhole for Option<T> {
    type Unwrapped = Option<T::Unwrapped>;

    fn unwrap_whole(self) -> Self::Unwrapped {
        self.map(T::unwrap_whole)
    }
}

impl<T: UnwrapWhole> UnwrapWhole for Vec<T> {
    type Unwrapped = Vec<T::Unwrapped>;

    fn unwrap_whole(self) -> Self::Unwrapped {
        self.into_iter().map(T::unwrap_whole).collect()
    }
}

impl<T: UnwrapWhole> UnwrapWhole for BTreeMap<String, T> {
    type Unwrapped = BTreeMap<String, T::Unwrapped>;

    fn unwrap_whole(self) -> Self::Unwrapped {
        self.into_iter().map(|(name, value)| (name, value.unwrap_whole())).collect()
    }
}

/// Reads the JSON value `value` as a `T`.
pub(super) fn read_value<T: ::serde::de::DeserializeOwned>(value: &Value) -> Result<T, ::serde_json::Error> {
    T::deserialize(value)
}

/// Checks whether two values are equal as JSON Schema defines it: numbers are compared by value, so that `1.0`
/// equals `1`, and objects regardless of the order of their properties.
pub(super) fn is_equal_json(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => match (to_whole_number(left), to_whole_number(right)) {
            (None, None) => left == right || left.as_f64() == right.as_f64(),
            (left, right) => left == right,
        },
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_equal_json(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, value)| right.get(name).is_some_and(|other| is_equal_json(value, other)))
        }
        _ => left == right,
    }
}

/// Converts a JSON number to an integer, in any notation: 1 for `1.0`. `None` if it is not whole, or has more than 38
/// digits.
pub(super) fn to_whole_number(number: &Number) -> Option<i128> {
    let written = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    let float =
        || number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 1e38).map(|float| float as i128);
    written.or_else(float)
}

/// Parses the JSON text of a number that is a default in the schema; 0 if it is not a number.
pub(super) fn parse_default_number(text: &str) -> Number {
    match parse_or_null(text) {
        Value::Number(number) => number,
        _ => 0.into(),
    }
}

/// Parses the JSON text of a value that the schema lists; `null` if it is not JSON.
pub(super) fn parse_or_null(text: &str) -> Value {
    ::serde_json::from_str(text).unwrap_or_default()
}
