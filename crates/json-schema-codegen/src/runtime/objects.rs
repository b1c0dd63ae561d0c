// Reading objects, property by property.

/// A generated struct whose properties are known by JSON name.
pub(super) trait Object: Sized {
    /// What an error says after "expected", such as `an object (Order)`.
    const EXPECTING: &'static str;

    /// An enum of the properties that the schema defines by name.
    type Property;

    /// Returns the property that the schema defines with the JSON name `name`; `None` if there is none.
    fn find_listed_property(name: &str) -> Option<Self::Property>;

    /// Returns the state of the property with the JSON name `name` in this object; `None` if the schema
    /// does not define it by name.
    fn property_state(&self, name: &str) -> Option<PropertyState>;
}

/// A generated struct that cannot be read if the value of a property is of another type than in the schema.
pub(super) trait StrictObject: Object {
    /// Reads the object from its properties, in any order. A required property that is missing is an error,
    /// and so are a property that is there twice and one that the schema does not allow.
    fn read_properties<'de, A: MapAccess<'de>>(input: ObjectInput<A>) -> Result<Self, A::Error>;
}

/// The state of a property of an object that the schema defines by name.
pub(super) struct PropertyState {
    /// Whether its field has a value: it is written, whatever is kept under its name beside the field.
    is_set: bool,
    /// Whether the schema allows the explicit `null` that is kept beside the field.
    allows_null: bool,
}

/// Checks whether `object` has a field for the property `name`, and the field has a value.
pub(super) fn is_set<O: Object>(object: &O, name: &str) -> bool {
    object.property_state(name).is_some_and(|listed| listed.is_set)
}

/// Reads an object of the type `T`. Any other JSON value, also an array, is an error.
pub(super) fn read_object<'de, T: StrictObject, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// Visits an object that [`read_object`] reads.
struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: StrictObject> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read_properties(ObjectInput { map, name: String::new(), nulls: Vec::new() })
    }
}

/// Reads the name of a property of an object of the type `T`. Returns the property that the schema defines by that
/// name. If there is none, returns `None`, and writes the name to the string.
struct PropertyNameSeed<'a, T>(&'a mut String, PhantomData<T>);

impl<'de, T: Object> ::serde::de::DeserializeSeed<'de> for PropertyNameSeed<'_, T> {
    type Value = Option<T::Property>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T::Property>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T: Object> Visitor<'_> for PropertyNameSeed<'_, T> {
    type Value = Option<T::Property>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    #[inline]
    fn visit_str<E: Error>(self, name: &str) -> Result<Option<T::Property>, E> {
        let property = T::find_listed_property(name);
        if property.is_none() {
            *self.0 = name.to_owned();
        }
        Ok(property)
    }
}

/// Reads the properties of an object in the order in which they are in the JSON.
pub(super) struct ObjectInput<A> {
    map: A,
    /// The JSON name of the property that was read last, if the schema does not define it by name.
    pub(super) name: String,
    /// The JSON names of the optional properties that have been read as an explicit `null`.
    pub(super) nulls: Vec<&'static str>,
}

impl<'de, A: MapAccess<'de>> ObjectInput<A> {
    /// Reads the name of the next property of an object of the type `T`. Returns the property that the schema defines
    /// by that name, `Some(None)` if there is none, and `None` after the last property.
    #[inline]
    pub(super) fn next_property<T: Object>(&mut self) -> Result<Option<Option<T::Property>>, A::Error> {
        self.map.next_key_seed(PropertyNameSeed::<T>(&mut self.name, PhantomData))
    }

    /// Reads the value of the property `name` as a `T`. It is an error if this fails, or if `is_second`: the property
    /// is in the object twice.
    fn read_new_value<T: Deserialize<'de>>(&mut self, name: &'static str, is_second: bool) -> Result<T, A::Error> {
        if is_second {
            return Err(A::Error::duplicate_field(name));
        }
        self.map.next_value().map_err(|error| prefix_with_name(name, error))
    }

    /// Reads the value of the property `self.name`, which has no field of its own, into `others`.
    pub(super) fn read_other<R: OtherProperties<'de>>(&mut self, others: &mut R) -> Result<(), A::Error> {
        others.read_entry(::std::mem::take(&mut self.name), &mut self.map)
    }

    /// Moves the explicit `null`s into `kept`, the field of the `unlisted` row, under the JSON names of their
    /// properties.
    pub(super) fn keep_nulls(&mut self, kept: &mut Map<String, Value>) {
        kept.extend(self.nulls.drain(..).map(|name| (name.to_owned(), Value::Null)));
    }
}
