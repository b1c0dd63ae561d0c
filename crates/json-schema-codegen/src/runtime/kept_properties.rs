// Reading, comparing and writing the properties and `null`s that an object keeps beside its fields.

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
