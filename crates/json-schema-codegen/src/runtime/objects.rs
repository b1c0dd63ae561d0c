// Reading and writing objects, property by property.

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

/// A property that must be present.
pub(super) struct Required;

impl Required {
    /// Returns the state of a required property: its field always has a value.
    pub(super) fn property_state<T>(_: &T) -> PropertyState {
        PropertyState { is_set: true, allows_null: false }
    }

    /// Reads the value of the property `name` into `slot`. A property that is in the object twice is an error.
    pub(super) fn read_property<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        input: &mut ObjectInput<A>,
        name: &'static str,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        *slot = Some(input.read_new_value(name, slot.is_some())?);
        Ok(())
    }

    /// Returns the value of the field of the property `name`; an error if `slot` is `None`, since the property is
    /// missing.
    pub(super) fn finish_field<T, E: Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| E::missing_field(name))
    }

    pub(super) fn write_property<M: SerializeMap, T: Serialize>(
        output: &mut ObjectOutput<M>,
        name: &str,
        value: &T,
    ) -> Result<(), M::Error> {
        output.0.serialize_entry(name, value)
    }
}

/// A property that may be absent, but not `null`. An explicit `null` is kept beside its field all the same.
pub(super) struct Optional;

impl Optional {
    pub(super) fn property_state<T>(value: &Option<T>) -> PropertyState {
        PropertyState { is_set: value.is_some(), allows_null: false }
    }

    pub(super) fn read_property<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        input: &mut ObjectInput<A>,
        name: &'static str,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        *slot = input.read_new_value(name, slot.is_some() || input.nulls.contains(&name))?;
        if slot.is_none() {
            input.nulls.push(name);
        }
        Ok(())
    }

    pub(super) fn finish_field<T, E>(slot: Option<T>, _: &str) -> Result<Option<T>, E> {
        Ok(slot)
    }

    pub(super) fn write_property<M: SerializeMap, T: Serialize>(
        output: &mut ObjectOutput<M>,
        name: &str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        match value {
            Some(value) => output.0.serialize_entry(name, value),
            None => Ok(()),
        }
    }
}

/// A property that may be absent, and may be `null`, which its field cannot hold: an explicit `null` is
/// kept beside the field.
pub(super) struct OptionalOrNull;

impl OptionalOrNull {
    pub(super) fn property_state<T>(value: &Option<T>) -> PropertyState {
        PropertyState { allows_null: true, ..Optional::property_state(value) }
    }

    pub(super) fn read_property<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        input: &mut ObjectInput<A>,
        name: &'static str,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        Optional::read_property(input, name, slot)
    }

    pub(super) fn finish_field<T, E>(slot: Option<T>, name: &str) -> Result<Option<T>, E> {
        Optional::finish_field(slot, name)
    }

    pub(super) fn write_property<M: SerializeMap, T: Serialize>(
        output: &mut ObjectOutput<M>,
        name: &str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        Optional::write_property(output, name, value)
    }
}

/// A property that may be absent, of a type that holds `null` as a value.
pub(super) struct Nullable;

impl Nullable {
    pub(super) fn property_state<T>(value: &Option<T>) -> PropertyState {
        Optional::property_state(value)
    }

    pub(super) fn read_property<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        input: &mut ObjectInput<A>,
        name: &'static str,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        Required::read_property(input, name, slot)
    }

    pub(super) fn finish_field<T, E>(slot: Option<T>, name: &str) -> Result<Option<T>, E> {
        Optional::finish_field(slot, name)
    }

    pub(super) fn write_property<M: SerializeMap, T: Serialize>(
        output: &mut ObjectOutput<M>,
        name: &str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        Optional::write_property(output, name, value)
    }
}

/// A map that holds the properties without a field of their own, or a type that ignores or rejects them.
pub(super) trait OtherProperties<'de> {
    /// Reads the value of the property `name` from `map` into this map.
    fn read_entry<A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error>;
}

impl<'de> OtherProperties<'de> for Map<String, Value> {
    fn read_entry<A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value().map_err(|error| prefix_with_name(&name, error))?;
        self.insert(name, value);
        Ok(())
    }
}

impl<'de, T: Deserialize<'de>> OtherProperties<'de> for BTreeMap<String, T> {
    fn read_entry<A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value().map_err(|error| prefix_with_name(&name, error))?;
        self.insert(name, value);
        Ok(())
    }
}

/// Rejects each property that has no field of its own, since the schema does not allow it.
pub(super) struct Rejected;

impl<'de> OtherProperties<'de> for Rejected {
    fn read_entry<A: MapAccess<'de>>(&mut self, name: String, _: &mut A) -> Result<(), A::Error> {
        Err(A::Error::custom(format_args!("{name}: the schema allows no such property")))
    }
}

/// Checks whether two objects write the same properties from `kept` and `other_kept`, the maps beside their
/// fields. `owner` is either of the objects, whose fields are equal.
pub(super) fn are_kept_properties_equal<'a, O: Object, M: PartialEq, T: PartialEq + 'a>(
    owner: &O,
    kept: &'a M,
    other_kept: &'a M,
) -> bool
where
    &'a M: IntoIterator<Item = (&'a String, &'a T)>,
{
    let written = |kept: &'a M| kept.into_iter().filter(|(name, _)| !is_set(owner, name)).collect::<BTreeMap<_, _>>();
    kept == other_kept || written(kept) == written(other_kept)
}

/// Checks whether two objects write the same explicit `null`s from `nulls` and `other_nulls`. `owner` is either
/// of the objects, whose fields are equal.
pub(super) fn are_kept_nulls_equal<O: Object>(owner: &O, nulls: &[&'static str], other_nulls: &[&'static str]) -> bool {
    let written = |nulls: &[&'static str]| {
        let nulls = nulls.iter().copied().filter(|name| !is_set(owner, name));
        nulls.collect::<::std::collections::BTreeSet<_>>()
    };
    nulls == other_nulls || written(nulls) == written(other_nulls)
}

/// Writes an object property by property.
pub(super) struct ObjectOutput<M>(M);

impl<M: SerializeMap> ObjectOutput<M> {
    /// Begins to write an object.
    pub(super) fn new<S>(serializer: S) -> Result<Self, S::Error>
    where
        S: Serializer<SerializeMap = M, Ok = M::Ok, Error = M::Error>,
    {
        serializer.serialize_map(None).map(Self)
    }

    /// Writes the properties that are kept beside the fields of `owner`, but not those whose fields are set.
    pub(super) fn write_kept<'a, O: Object, T: Serialize + 'a>(
        &mut self,
        owner: &O,
        kept: impl IntoIterator<Item = (&'a String, &'a T)>,
    ) -> Result<(), M::Error> {
        let mut kept = kept.into_iter().filter(|(name, _)| !is_set(owner, name));
        kept.try_for_each(|(name, value)| self.0.serialize_entry(name, value))
    }

    /// Writes the explicit `null`s of `owner`, but not those of properties whose fields are set.
    pub(super) fn write_nulls<O: Object>(&mut self, owner: &O, nulls: &[&'static str]) -> Result<(), M::Error> {
        let mut nulls = nulls.iter().filter(|name| !is_set(owner, name));
        nulls.try_for_each(|name| self.0.serialize_entry(name, &()))
    }

    /// Ends the object.
    pub(super) fn finish(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}
