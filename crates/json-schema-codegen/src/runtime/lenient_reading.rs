// Reading values of one type, and handing values of other types back.

/// Says what happens to a value that is not of the type that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum MismatchMode {
    /// Reading fails.
    Refuse,
    /// The whole JSON value is returned to the caller, which keeps it.
    Keep,
}

/// A type that can be read so that a JSON value of another type is returned to the caller instead of being an error.
pub(super) trait Lenient<'de>: Sized {
    /// The words after "expected" in an error, such as `a string`.
    const EXPECTING: &'static str;

    /// Reads a value into `slot`, and returns `None`. If the value is not of this type, returns the whole JSON value,
    /// or an error in the mode `Refuse`.
    fn read_or_return<D: Deserializer<'de>>(
        deserializer: D,
        mode: MismatchMode,
        slot: &mut Option<Self>,
    ) -> Result<Option<Box<Value>>, D::Error> {
        deserializer.deserialize_any(LenientSeed(mode, slot))
    }

    /// Returns the JSON value from which this value was read.
    fn into_value(self) -> Value;

    /// Converts a JSON string to this type; `None` if this type has no value for it.
    fn from_text(_: &str) -> Option<Self> {
        None
    }

    /// Converts a JSON null, boolean or number to this type; returns `Err` with `value` if this type has no value for
    /// it.
    fn from_scalar(value: Value) -> Result<Self, Value> {
        Err(value)
    }

    /// Reads an array as this type. If it is not of this type, returns `Ok(Err(array))`, or an error in the mode
    /// `Refuse`.
    fn from_array<A: ::serde::de::SeqAccess<'de>>(items: A, mode: MismatchMode) -> Result<Result<Self, Value>, A::Error> {
        // All of it is read before there is an error, so that the error is located at the array.
        let value = Value::deserialize(::serde::de::value::SeqAccessDeserializer::new(items))?;
        error_or_value(Err(value), mode)
    }

    /// Reads an object as this type. If it is not of this type, returns `Ok(Err(object))`, or an error in the mode
    /// `Refuse`.
    fn from_object<A: MapAccess<'de>>(map: A, mode: MismatchMode) -> Result<Result<Self, Value>, A::Error> {
        // With serde_json's `arbitrary_precision` a number comes as a map.
        let value = Value::deserialize(::serde::de::value::MapAccessDeserializer::new(map))?;
        let value = if value.is_number() { Self::from_scalar(value) } else { Err(value) };
        error_or_value::<Self, A::Error>(value, mode)
    }
}

/// Returns `read` or, if it is `Err` with a value that is not of the type `T` and the mode is `Refuse`, an error about
/// this value.
fn error_or_value<'de, T: Lenient<'de>, E: Error>(read: Result<T, Value>, mode: MismatchMode) -> Result<Result<T, Value>, E> {
    match (read, mode) {
        (Err(value), MismatchMode::Refuse) => Err(wrong_type_error(&value, T::EXPECTING)),
        (read, _) => Ok(read),
    }
}

/// Reads a value of the type `T` into the slot. Returns the JSON value if it is not of this type and the mode is
/// `Keep`.
struct LenientSeed<'a, T>(MismatchMode, &'a mut Option<T>);

impl<'de, T: Lenient<'de>> LenientSeed<'_, T> {
    /// Stores a value of the type `T` in the slot; returns a JSON value that is not of this type.
    fn store_read(self, read: Result<T, Value>) -> Option<Box<Value>> {
        match read {
            Ok(value) => {
                *self.1 = Some(value);
                None
            }
            Err(value) => Some(Box::new(value)),
        }
    }

    /// Converts a null, boolean or number to `T` and stores it in the slot. If it is not of this type, returns it, or
    /// an error in the mode `Refuse`.
    fn store_scalar<E: Error>(self, value: Value) -> Result<Option<Box<Value>>, E> {
        error_or_value(T::from_scalar(value), self.0).map(|read| self.store_read(read))
    }
}

impl<'de, T: Lenient<'de>> ::serde::de::DeserializeSeed<'de> for LenientSeed<'_, T> {
    type Value = Option<Box<Value>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read_or_return(deserializer, self.0, self.1)
    }
}

impl<'de, T: Lenient<'de>> Visitor<'de> for LenientSeed<'_, T> {
    type Value = Option<Box<Value>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        self.store_scalar(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read_or_return(deserializer, self.0, self.1)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        self.store_scalar(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        self.store_scalar(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        self.store_scalar(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        self.store_scalar(value.into())
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        *self.1 = T::from_text(text);
        if self.1.is_some() {
            return Ok(None);
        }
        error_or_value::<T, E>(Err(Value::from(text)), self.0).map(|read| self.store_read(read))
    }

    fn visit_seq<A: ::serde::de::SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        T::from_array(items, self.0).map(|read| self.store_read(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::from_object(map, self.0).map(|read| self.store_read(read))
    }
}

/// Reads a value of the type `T`. A value of another type is an error, but the fields of `T` can keep values of other
/// types inside it.
pub(super) fn read_lenient<'de, T: Lenient<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut slot = None;
    let other = T::read_or_return(deserializer, MismatchMode::Refuse, &mut slot)?;
    slot.ok_or_else(|| wrong_type_error(&other.map(|value| *value).unwrap_or_default(), T::EXPECTING))
}

/// Writes `read` to a JSON value, which is that from which it was read, since generated types write all that they read.
/// Returns `null` if its `Serialize` fails.
pub(super) fn to_json_or_null<T: Serialize>(read: T) -> Value {
    ::serde_json::to_value(read).unwrap_or_default()
}
