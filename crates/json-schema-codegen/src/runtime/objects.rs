// Reading and writing objects, property by property.

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
