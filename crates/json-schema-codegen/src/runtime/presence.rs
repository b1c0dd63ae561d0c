// How properties are read and written that must be present, may be absent, or may be `null`.

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
