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

    /// Reads a value into `slot`. If it is not of this type, returns an error or the whole value, by `mode`.
    fn read<D: Deserializer<'de>>(
        deserializer: D,
        mode: Mode,
        slot: &mut Option<Self>,
    ) -> Result<Option<Box<Value>>, D::Error> {
        deserializer.deserialize_any(Lenients(mode, slot))
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

    /// Reads an array. If it is not of this type, returns an error or the whole array, by `mode`.
    fn from_array<A: ::serde::de::SeqAccess<'de>>(items: A, mode: Mode) -> Result<Result<Self, Value>, A::Error> {
        // All of it is read before there is an error, so that the error is located at the array.
        let value = Value::deserialize(::serde::de::value::SeqAccessDeserializer::new(items))?;
        refused(Err(value), mode)
    }

    /// Reads an object. If it is not of this type, returns an error or the whole object, by `mode`.
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

/// Reads a value of the type `T` into the slot. Returns the value if it is not of this type and the mode says to keep it.
struct Lenients<'a, T>(Mode, &'a mut Option<T>);

impl<'de, T: Lenient<'de>> Lenients<'_, T> {
    /// Puts a value that was read into the slot; returns one that is not of the type.
    fn put(self, read: Result<T, Value>) -> Option<Box<Value>> {
        match read {
            Ok(value) => {
                *self.1 = Some(value);
                None
            }
            Err(value) => Some(Box::new(value)),
        }
    }

    /// Puts a null, boolean or number into the slot. If it is not of the type, returns an error or the value, by the mode.
    fn put_scalar<E: Error>(self, value: Value) -> Result<Option<Box<Value>>, E> {
        refused(T::from_scalar(value), self.0).map(|read| self.put(read))
    }
}

impl<'de, T: Lenient<'de>> ::serde::de::DeserializeSeed<'de> for Lenients<'_, T> {
    type Value = Option<Box<Value>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read(deserializer, self.0, self.1)
    }
}

impl<'de, T: Lenient<'de>> Visitor<'de> for Lenients<'_, T> {
    type Value = Option<Box<Value>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        self.put_scalar(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read(deserializer, self.0, self.1)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        self.put_scalar(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        self.put_scalar(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        self.put_scalar(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        self.put_scalar(value.into())
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        *self.1 = T::from_text(text);
        if self.1.is_some() {
            return Ok(None);
        }
        refused::<T, E>(Err(Value::from(text)), self.0).map(|read| self.put(read))
    }

    fn visit_seq<A: ::serde::de::SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        T::from_array(items, self.0).map(|read| self.put(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::from_object(map, self.0).map(|read| self.put(read))
    }
}

/// Reads a value; one of another type is an error, but values inside it are kept where they can be.
pub(super) fn read_lenient<'de, T: Lenient<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut slot = None;
    let other = T::read(deserializer, Mode::Refuse, &mut slot)?;
    slot.ok_or_else(|| unexpected(&other.map(|value| *value).unwrap_or_default(), T::EXPECTING))
}

/// Returns the JSON value of something that was read before a value beside it did not fit. Types of the output
/// write all that they have read; `null` stands for a value whose own `Serialize` fails.
pub(super) fn value_of<T: Serialize>(read: T) -> Value {
    ::serde_json::to_value(read).unwrap_or_default()
}
