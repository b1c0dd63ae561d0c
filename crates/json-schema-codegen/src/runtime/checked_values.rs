// Reading values whose assertions are checked; an error says the line of the value, if the parser knows it.

/// Reads a JSON value, and returns it if all assertions of the list `A` hold for it.
///
/// # Errors
/// The JSON cannot be parsed, or an assertion does not hold.
pub(super) fn read_checked<'de, A: AssertionList, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    deserializer.deserialize_any(ReadInMemory(|value| check_assertions::<A>(&value).map(|()| value)))
}

/// A value that is read as a `T` after the assertions of the list `A` have been checked.
pub(super) struct Checked<T, A>(T, PhantomData<A>);

impl<'de, T: ::serde::de::DeserializeOwned, A: AssertionList> Deserialize<'de> for Checked<T, A> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadInMemory(|value| {
            check_assertions::<A>(&value)?;
            Ok(Self(T::deserialize(value)?, PhantomData))
        }))
    }
}

impl<T: UnwrapWhole, A> UnwrapWhole for Checked<T, A> {
    type Unwrapped = T::Unwrapped;

    fn unwrap_whole(self) -> Self::Unwrapped {
        self.0.unwrap_whole()
    }
}

/// Reads any JSON value into memory, passes it to the function `F`, and returns the function's result. This is done in
/// a visitor, since a parser adds the line to the errors of visitors.
struct ReadInMemory<F>(F);

impl<'de, T, F> ::serde::de::DeserializeSeed<'de> for ReadInMemory<F>
where
    F: FnOnce(Value) -> Result<T, ::serde_json::Error>,
{
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T, F> Visitor<'de> for ReadInMemory<F>
where
    F: FnOnce(Value) -> Result<T, ::serde_json::Error>,
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        (self.0)(Value::Null).map_err(E::custom)
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        (self.0)(value.into()).map_err(E::custom)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        (self.0)(number.into()).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        (self.0)(number.into()).map_err(E::custom)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        (self.0)(number.into()).map_err(E::custom)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text.into()).map_err(E::custom)
    }

    fn visit_seq<S: ::serde::de::SeqAccess<'de>>(self, items: S) -> Result<T, S::Error> {
        let value = Value::deserialize(::serde::de::value::SeqAccessDeserializer::new(items))?;
        (self.0)(value).map_err(S::Error::custom)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        let value = Value::deserialize(::serde::de::value::MapAccessDeserializer::new(map))?;
        (self.0)(value).map_err(M::Error::custom)
    }
}

/// Reads an object as the struct `T`, then checks the assertions of `T` for the object.
///
/// # Errors
/// The JSON is not an object of the type `T`, or an assertion does not hold.
pub(super) fn read_checked_object<'de, T: StrictObject + Asserted, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(CheckedObjectVisitor(PhantomData))
}

/// Visits an object that [`read_checked_object`] reads.
struct CheckedObjectVisitor<T>(PhantomData<T>);

impl<'de, T: StrictObject + Asserted> Visitor<'de> for CheckedObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        let mut properties = Map::new();
        let map = RecordingMap { map, name: String::new(), properties: &mut properties };
        let object = T::read_properties(ObjectInput { map, name: String::new(), nulls: Vec::new() })?;
        check_assertions::<T::Assertions>(&Value::Object(properties)).map_err(M::Error::custom)?;
        Ok(object)
    }
}

/// Passes the properties of an object on from `map`, and copies each into `properties`, so that assertions about the
/// whole object can be checked afterwards.
struct RecordingMap<'a, M> {
    map: M,
    /// The name that has been read, whose value is next.
    name: String,
    properties: &'a mut Map<String, Value>,
}

impl<'de, M: MapAccess<'de>> MapAccess<'de> for RecordingMap<'_, M> {
    type Error = M::Error;

    fn next_key_seed<K: ::serde::de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, M::Error> {
        let Some(name) = self.map.next_key::<String>()? else { return Ok(None) };
        let key = seed.deserialize(::serde::de::IntoDeserializer::into_deserializer(name.as_str()))?;
        self.name = name;
        Ok(Some(key))
    }

    fn next_value_seed<V: ::serde::de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, M::Error> {
        let (name, properties) = (::std::mem::take(&mut self.name), &mut *self.properties);
        self.map.next_value_seed(ReadInMemory(|value: Value| {
            let read = seed.deserialize(value.clone())?;
            properties.insert(name, value);
            Ok(read)
        }))
    }
}
