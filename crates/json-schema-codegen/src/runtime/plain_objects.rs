// Properties of structs that keep nothing beside their fields.

/// Ignores each property that has no field of its own: it is read and lost.
pub(super) struct Ignored;

impl<'de> OtherProperties<'de> for Ignored {
    fn read_entry<A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        map.next_value::<::serde::de::IgnoredAny>().map(|_| ()).map_err(|error| prefix_with_name(&name, error))
    }
}

/// Rejects each property that has no field of its own, since the settings do not allow it.
pub(super) struct Refused;

impl<'de> OtherProperties<'de> for Refused {
    fn read_entry<A: MapAccess<'de>>(&mut self, name: String, _: &mut A) -> Result<(), A::Error> {
        Err(A::Error::custom(format_args!("{}: there is no such property", truncate_for_error(&name))))
    }
}

/// A treatment of properties without a field of their own: how well an object with such a property fits the struct.
pub(super) trait FieldlessFit {
    /// Returns the fit of the property; `None` if the object cannot be read because of it.
    fn fit(&self) -> Option<Fit> {
        None
    }
}

impl FieldlessFit for Rejected {}

impl FieldlessFit for Refused {}

impl FieldlessFit for Ignored {
    fn fit(&self) -> Option<Fit> {
        Some(Fit::UNLISTED)
    }
}

/// A property that may be absent, of a type that `null` is not a value of: `null` is an error.
pub(super) struct NotNull;

impl NotNull {
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

impl PropertyPresence for NotNull {
    const MAY_BE_ABSENT: bool = true;
    type Field<T> = Option<T>;

    fn fit<S, T>(judge: impl Judge<T>, value: &Value, _: fn(&S) -> &Option<T>) -> Option<Fit> {
        judge.fit(value)
    }
}

impl<T> FieldContent<Option<T>> for NotNull {
    type Value = T;

    fn present_value(field: &Option<T>) -> Option<&T> {
        field.as_ref()
    }

    fn present_value_mut(field: &mut Option<T>) -> Option<&mut T> {
        field.as_mut()
    }

    fn clear_field(field: &mut Option<T>) -> bool {
        *field = None;
        true
    }
}

/// A list or map that may be absent. Its field has no `Option`: an absent one is empty, and an empty one is not
/// written.
pub(super) struct OrEmpty;

impl OrEmpty {
    pub(super) fn property_state<T: Collection>(value: &T) -> PropertyState {
        PropertyState { is_set: !value.has_no_entries(), allows_null: false }
    }

    pub(super) fn read_property<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        input: &mut ObjectInput<A>,
        name: &'static str,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        Optional::read_property(input, name, slot)
    }

    pub(super) fn finish_field<T: Default, E>(slot: Option<T>, _: &str) -> Result<T, E> {
        Ok(slot.unwrap_or_default())
    }

    pub(super) fn write_property<M: SerializeMap, T: Serialize + Collection>(
        output: &mut ObjectOutput<M>,
        name: &str,
        value: &T,
    ) -> Result<(), M::Error> {
        if value.has_no_entries() { Ok(()) } else { Required::write_property(output, name, value) }
    }
}

/// A list or a map whose property is not written if it is empty.
pub(super) trait Collection {
    /// Checks whether the list or map is empty.
    fn has_no_entries(&self) -> bool;
}

impl<T> Collection for Vec<T> {
    fn has_no_entries(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Collection for BTreeMap<String, T> {
    fn has_no_entries(&self) -> bool {
        self.is_empty()
    }
}

impl Collection for Map<String, Value> {
    fn has_no_entries(&self) -> bool {
        self.is_empty()
    }
}

impl PropertyPresence for OrEmpty {
    const MAY_BE_ABSENT: bool = true;
    type Field<T> = T;

    /// An explicit `null` is read as nothing, so it fits whatever `T` is.
    fn fit<S, T>(judge: impl Judge<T>, value: &Value, _: fn(&S) -> &T) -> Option<Fit> {
        if value.is_null() { Some(Fit::UNLISTED) } else { judge.fit(value) }
    }
}

impl<T: Default + Collection> FieldContent<T> for OrEmpty {
    type Value = T;

    fn present_value(field: &T) -> Option<&T> {
        Some(field).filter(|field| !field.has_no_entries())
    }

    fn present_value_mut(field: &mut T) -> Option<&mut T> {
        Some(field)
    }

    fn clear_field(field: &mut T) -> bool {
        *field = T::default();
        true
    }
}
