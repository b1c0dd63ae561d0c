// Reading values of one type, and handing values of other types back.

/// What happens to a value that is not of the type of the schema.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Reading fails.
    Refuse,
    /// The value is handed back whole, and whoever reads it keeps it.
    Keep,
}

/// A type of which values of another type can be kept.
pub(super) trait Lenient<'de>: Sized {
    /// What an error says was expected.
    const EXPECTING: &'static str;

    /// Reads a value. If it is not of this type, returns an error or the whole value, by `mode`.
    fn read<D: Deserializer<'de>>(deserializer: D, mode: Mode) -> Result<Result<Self, Value>, D::Error> {
        deserializer.deserialize_any(Lenients(mode, PhantomData))
    }

    /// Returns the JSON value that was read.
    fn into_value(self) -> Value;

    /// Returns the value for a string; `None` if it is not of this type.
    fn from_text(_: &str) -> Option<Self> {
        None
    }

    /// Returns the value for a null, boolean or number; the same one back if it is not of this type.
    fn from_scalar(value: Value) -> Result<Self, Value> {
        Err(value)
    }

    /// Reads an array, as [`Lenient::read`] does.
    fn from_array<A: ::serde::de::SeqAccess<'de>>(items: A, mode: Mode) -> Result<Result<Self, Value>, A::Error> {
        // All of it is read before there is an error, so that the error is located at the array.
        let value = Value::deserialize(::serde::de::value::SeqAccessDeserializer::new(items))?;
        refused(Err(value), mode)
    }

    /// Reads an object, as [`Lenient::read`] does.
    fn from_object<A: MapAccess<'de>>(map: A, mode: Mode) -> Result<Result<Self, Value>, A::Error> {
        // With serde_json's `arbitrary_precision` a number comes as a map.
        let value = Value::deserialize(::serde::de::value::MapAccessDeserializer::new(map))?;
        let value = if value.is_number() { Self::from_scalar(value) } else { Err(value) };
        refused::<Self, A::Error>(value, mode)
    }
}

/// Returns an error for a value that is not of the type `T`, if `mode` says so.
fn refused<'de, T: Lenient<'de>, E: Error>(read: Result<T, Value>, mode: Mode) -> Result<Result<T, Value>, E> {
    match (read, mode) {
        (Err(value), Mode::Refuse) => Err(unexpected(&value, T::EXPECTING)),
        (read, _) => Ok(read),
    }
}

/// Reads values of the type `T`.
struct Lenients<T>(Mode, PhantomData<T>);

impl<'de, T: Lenient<'de>> ::serde::de::DeserializeSeed<'de> for Lenients<T> {
    type Value = Result<T, Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read(deserializer, self.0)
    }
}

impl<'de, T: Lenient<'de>> Visitor<'de> for Lenients<T> {
    type Value = Result<T, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        refused(T::from_scalar(Value::Null), self.0)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read(deserializer, self.0)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        refused(T::from_scalar(value.into()), self.0)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        refused(T::from_scalar(value.into()), self.0)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        refused(T::from_scalar(value.into()), self.0)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        refused(T::from_scalar(value.into()), self.0)
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        match T::from_text(text) {
            Some(value) => Ok(Ok(value)),
            None => refused(Err(Value::from(text)), self.0),
        }
    }

    fn visit_seq<A: ::serde::de::SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        T::from_array(items, self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::from_object(map, self.0)
    }
}

/// Reads a value; one of another type is an error, but values inside it are kept where they can be.
pub(super) fn read_lenient<'de, T: Lenient<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    match T::read(deserializer, Mode::Refuse)? {
        Ok(value) => Ok(value),
        Err(value) => Err(unexpected(&value, T::EXPECTING)),
    }
}

/// Returns the JSON value of something that was read before a value beside it did not fit. Types of the output
/// write all that they have read; `null` stands for a value whose own `Serialize` fails.
pub(super) fn value_of<T: Serialize>(read: T) -> Value {
    ::serde_json::to_value(read).unwrap_or_default()
}
