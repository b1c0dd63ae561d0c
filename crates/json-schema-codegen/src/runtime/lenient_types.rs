// Types of which values of another type can be kept.

/// A map that holds the properties without a field of their own, or a type that rejects them, in a struct whose values
/// of another type are kept.
pub(super) trait LenientOthers<'de> {
    /// Reads the value of the property `name` from `map` into this map, and returns `None`. If the value does not fit,
    /// returns (name, JSON value), or an error in the mode `Refuse`.
    fn read_lenient_entry<A: MapAccess<'de>>(
        &mut self,
        name: String,
        map: &mut A,
        mode: MismatchMode,
    ) -> Result<Option<(String, Value)>, A::Error>;
}

impl<'de> LenientOthers<'de> for Map<String, Value> {
    fn read_lenient_entry<A: MapAccess<'de>>(
        &mut self,
        name: String,
        map: &mut A,
        _: MismatchMode,
    ) -> Result<Option<(String, Value)>, A::Error> {
        let value = map.next_value().map_err(|error| prefix_with_name(&name, error))?;
        self.insert(name, value);
        Ok(None)
    }
}

impl<'de, T: Lenient<'de>> LenientOthers<'de> for BTreeMap<String, T> {
    fn read_lenient_entry<A: MapAccess<'de>>(
        &mut self,
        name: String,
        map: &mut A,
        mode: MismatchMode,
    ) -> Result<Option<(String, Value)>, A::Error> {
        let mut slot = None;
        let other = map.next_value_seed(LenientSeed(mode, &mut slot)).map_err(|error| prefix_with_name(&name, error))?;
        match slot {
            Some(value) => {
                self.insert(name, value);
                Ok(None)
            }
            None => Ok(other.map(|value| (name, *value))),
        }
    }
}

impl<'de> LenientOthers<'de> for Rejected {
    fn read_lenient_entry<A: MapAccess<'de>>(
        &mut self,
        name: String,
        map: &mut A,
        mode: MismatchMode,
    ) -> Result<Option<(String, Value)>, A::Error> {
        match mode {
            MismatchMode::Refuse => self.read_entry(name, map).map(|()| None),
            MismatchMode::Keep => map.next_value().map(|value| Some((name, value))),
        }
    }
}

impl<'de> Lenient<'de> for Value {
    const EXPECTING: &'static str = "any value";

    fn into_value(self) -> Value {
        self
    }

    fn read_or_return<D: Deserializer<'de>>(
        deserializer: D,
        _: MismatchMode,
        slot: &mut Option<Self>,
    ) -> Result<Option<Box<Value>>, D::Error> {
        *slot = Some(Value::deserialize(deserializer)?);
        Ok(None)
    }
}

impl<'de> Lenient<'de> for Map<String, Value> {
    const EXPECTING: &'static str = "an object";

    fn into_value(self) -> Value {
        Value::Object(self)
    }

    fn from_object<A: MapAccess<'de>>(map: A, mode: MismatchMode) -> Result<Result<Self, Value>, A::Error> {
        match Value::deserialize(::serde::de::value::MapAccessDeserializer::new(map))? {
            Value::Object(map) => Ok(Ok(map)),
            other => error_or_value(Err(other), mode),
        }
    }
}

impl Lenient<'_> for String {
    const EXPECTING: &'static str = "a string";

    fn into_value(self) -> Value {
        Value::String(self)
    }

    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Lenient<'_> for bool {
    const EXPECTING: &'static str = "a boolean";

    fn into_value(self) -> Value {
        Value::Bool(self)
    }

    fn from_scalar(value: Value) -> Result<Self, Value> {
        value.as_bool().ok_or(value)
    }
}

impl Lenient<'_> for () {
    const EXPECTING: &'static str = "null";

    fn into_value(self) -> Value {
        Value::Null
    }

    fn from_scalar(value: Value) -> Result<Self, Value> {
        if value.is_null() { Ok(()) } else { Err(value) }
    }
}

impl Lenient<'_> for Number {
    const EXPECTING: &'static str = "a number";

    fn into_value(self) -> Value {
        Value::Number(self)
    }

    fn from_scalar(value: Value) -> Result<Self, Value> {
        match value {
            Value::Number(number) => Ok(number),
            other => Err(other),
        }
    }
}

impl<T: TryFrom<i128> + Into<Value>> Lenient<'_> for Whole<T> {
    const EXPECTING: &'static str = "a whole number";

    fn into_value(self) -> Value {
        self.0.into()
    }

    fn from_scalar(value: Value) -> Result<Self, Value> {
        let number = value.as_number().and_then(to_whole_number).and_then(|number| T::try_from(number).ok());
        number.map(Whole).ok_or(value)
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for Option<T> {
    const EXPECTING: &'static str = T::EXPECTING;

    fn into_value(self) -> Value {
        self.map_or(Value::Null, T::into_value)
    }

    fn from_text(text: &str) -> Option<Self> {
        T::from_text(text).map(Some)
    }

    fn from_scalar(value: Value) -> Result<Self, Value> {
        if value.is_null() { Ok(None) } else { T::from_scalar(value).map(Some) }
    }

    fn from_array<A: ::serde::de::SeqAccess<'de>>(items: A, mode: MismatchMode) -> Result<Result<Self, Value>, A::Error> {
        Ok(T::from_array(items, mode)?.map(Some))
    }

    fn from_object<A: MapAccess<'de>>(map: A, mode: MismatchMode) -> Result<Result<Self, Value>, A::Error> {
        Ok(T::from_object(map, mode)?.map(Some))
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for Box<T> {
    const EXPECTING: &'static str = T::EXPECTING;

    fn into_value(self) -> Value {
        T::into_value(*self)
    }

    fn read_or_return<D: Deserializer<'de>>(
        deserializer: D,
        mode: MismatchMode,
        slot: &mut Option<Self>,
    ) -> Result<Option<Box<Value>>, D::Error> {
        let mut inner = None;
        let other = T::read_or_return(deserializer, mode, &mut inner)?;
        *slot = inner.map(Box::new);
        Ok(other)
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for Vec<T> {
    const EXPECTING: &'static str = "an array";

    fn into_value(self) -> Value {
        Value::Array(self.into_iter().map(T::into_value).collect())
    }

    fn from_array<A: ::serde::de::SeqAccess<'de>>(mut items: A, mode: MismatchMode) -> Result<Result<Self, Value>, A::Error> {
        let mut read = Vec::new();
        let mut slot = None;
        while let Some(other) = items.next_element_seed(LenientSeed::<T>(mode, &mut slot))? {
            read.extend(slot.take());
            if let Some(value) = other {
                let mut all: Vec<Value> = read.into_iter().map(T::into_value).collect();
                all.push(*value);
                while let Some(value) = items.next_element()? {
                    all.push(value);
                }
                return Ok(Err(Value::Array(all)));
            }
        }
        Ok(Ok(read))
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for BTreeMap<String, T> {
    const EXPECTING: &'static str = "an object";

    fn into_value(self) -> Value {
        Value::Object(self.into_iter().map(|(name, value)| (name, value.into_value())).collect())
    }

    fn from_object<A: MapAccess<'de>>(mut map: A, mode: MismatchMode) -> Result<Result<Self, Value>, A::Error> {
        let mut read = Self::new();
        while let Some(name) = map.next_key::<String>()? {
            if let Some((name, value)) = read.read_lenient_entry(name, &mut map, mode)? {
                let mut all: Map<String, Value> =
                    read.into_iter().map(|(name, value)| (name, value.into_value())).collect();
                all.insert(name, value);
                while let Some((name, value)) = map.next_entry()? {
                    all.insert(name, value);
                }
                return Ok(Err(Value::Object(all)));
            }
        }
        Ok(Ok(read))
    }
}

/// A value of a type from the settings, with the JSON value that it was read from.
pub(super) struct ByValue<T>(T, Value);

impl<T> UnwrapWhole for ByValue<T> {
    type Unwrapped = T;

    fn unwrap_whole(self) -> T {
        self.0
    }
}

impl<'de, T: ::serde::de::DeserializeOwned> Lenient<'de> for ByValue<T> {
    const EXPECTING: &'static str = "a value of the type that the settings name";

    fn into_value(self) -> Value {
        self.1
    }

    fn read_or_return<D: Deserializer<'de>>(
        deserializer: D,
        mode: MismatchMode,
        slot: &mut Option<Self>,
    ) -> Result<Option<Box<Value>>, D::Error> {
        let value = Value::deserialize(deserializer)?;
        match (T::deserialize(&value), mode) {
            (Ok(read), _) => *slot = Some(Self(read, value)),
            (Err(error), MismatchMode::Refuse) => return Err(D::Error::custom(error)),
            (Err(_), MismatchMode::Keep) => return Ok(Some(Box::new(value))),
        }
        Ok(None)
    }
}
