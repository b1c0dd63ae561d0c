// Properties for which a schema also accepts values of other types than that of the field: a member of an `anyOf` does
// not list them. Such a value is kept in the field of the `unlisted` row, also where values of another type are errors.

/// Implements what `properties!` does for a struct with properties of which values of other types are kept: their words
/// are `OptionalOrOther` and `OptionalOrNullOrOther`, and their values are read as [`OrOther`]. The table must have an
/// `unlisted` row.
macro_rules! properties_or_others {
    ($($rows:tt)*) => {
        runtime::property_values! { $($rows)* }
        runtime::property_access! { $($rows)* }
        runtime::strict_properties! { runtime::set_others_aside!; $($rows)* }
    };
}
pub(super) use properties_or_others;

/// Implements what `properties_or_others!` does, and `Candidate`, for a struct in a union.
macro_rules! candidate_properties_or_others {
    ($($rows:tt)*) => {
        runtime::properties_or_others! { $($rows)* }
        runtime::properties_fit! { require_fit; $($rows)* }
    };
}
pub(super) use candidate_properties_or_others;

/// Moves the explicit `null`s that are kept beside fields, and the values of other types, to the field of the
/// `unlisted` row.
macro_rules! set_others_aside {
    ($input:ident; $($presence:ident $field:ident $wire:literal;)* => $unlisted:ident) => {
        $input.keep_nulls(&mut $unlisted);
        $(<runtime::$presence as runtime::SetAside<_>>::set_aside(&mut $field, $wire, &mut $unlisted);)*
    };
}
pub(super) use set_others_aside;

/// A value of the type `T`, or a value that cannot be read as `T`.
pub(super) enum OrOther<T> {
    Fits(T),
    Other(Value),
}

impl<'de, T: ::serde::de::DeserializeOwned> Deserialize<'de> for OrOther<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(T::deserialize(&value).map_or_else(|_| Self::Other(value), Self::Fits))
    }
}

/// The slot of a property whose value may be of another type.
pub(super) trait OtherSlot {
    /// The type of the values that fit.
    type Fitting;

    /// Returns the value in the slot; `None` if there is none, or if it is of another type.
    fn into_fitting(self) -> Option<Self::Fitting>;
}

impl<T> OtherSlot for Option<OrOther<T>> {
    type Fitting = T;

    fn into_fitting(self) -> Option<T> {
        match self? {
            OrOther::Fits(value) => Some(value),
            OrOther::Other(_) => None,
        }
    }
}

/// Returns the value in `slot`; `None` if there is none, or if it is of another type.
pub(super) fn unwrap_fitting<S: OtherSlot>(slot: S) -> Option<S::Fitting> {
    slot.into_fitting()
}

/// Returns the value in `slot`, with integers in the place of `Whole`; `None` if there is no value, or if it is of
/// another type.
pub(super) fn unwrap_fitting_whole<S: OtherSlot>(slot: S) -> Option<<S::Fitting as UnwrapWhole>::Unwrapped>
where
    S::Fitting: UnwrapWhole,
{
    slot.into_fitting().map(UnwrapWhole::unwrap_whole)
}

/// How a value that was read into a slot of the type `S` is kept if it is of another type than the field.
pub(super) trait SetAside<S> {
    /// Moves the value in `slot`, if it is of another type, to `kept` under the JSON name `name`.
    fn set_aside(_slot: &mut S, _name: &str, _kept: &mut Map<String, Value>) {}
}

impl<S> SetAside<S> for Required {}

impl<S> SetAside<S> for Optional {}

impl<S> SetAside<S> for OptionalOrNull {}

impl<S> SetAside<S> for Nullable {}

impl<T> SetAside<Option<OrOther<T>>> for OptionalOrOther {
    fn set_aside(slot: &mut Option<OrOther<T>>, name: &str, kept: &mut Map<String, Value>) {
        match slot.take() {
            Some(OrOther::Other(value)) => drop(kept.insert(name.to_owned(), value)),
            fitting => *slot = fitting,
        }
    }
}

impl<T> SetAside<Option<OrOther<T>>> for OptionalOrNullOrOther {
    fn set_aside(slot: &mut Option<OrOther<T>>, name: &str, kept: &mut Map<String, Value>) {
        OptionalOrOther::set_aside(slot, name, kept);
    }
}

/// A property that may be absent. A value of another type is kept beside its field, also an explicit `null`, for which
/// the schema has no word.
pub(super) struct OptionalOrOther;

impl OptionalOrOther {
    pub(super) fn property_state<T>(value: &Option<T>) -> PropertyState {
        Optional::property_state(value)
    }

    pub(super) fn read_property<'de, A: MapAccess<'de>, T: ::serde::de::DeserializeOwned>(
        input: &mut ObjectInput<A>,
        name: &'static str,
        slot: &mut Option<OrOther<T>>,
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

impl PropertyPresence for OptionalOrOther {
    const MAY_BE_ABSENT: bool = true;
    type Field<T> = Option<T>;

    /// A value that is kept makes the struct fit less well than any member of the union in which nothing is kept.
    fn fit<S, T>(judge: impl Judge<T>, value: &Value, field: fn(&S) -> &Option<T>) -> Option<Fit> {
        Optional::fit(judge, value, field).or(Some(Fit { mismatches: 1, ..Fit::EXACT }))
    }
}

impl<T> FieldContent<Option<T>> for OptionalOrOther {
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

/// A property that may be absent or `null`. A value of another type, and a `null` that the field cannot hold, are kept
/// beside its field.
pub(super) struct OptionalOrNullOrOther;

impl OptionalOrNullOrOther {
    pub(super) fn property_state<T>(value: &Option<T>) -> PropertyState {
        OptionalOrNull::property_state(value)
    }

    pub(super) fn read_property<'de, A: MapAccess<'de>, T: ::serde::de::DeserializeOwned>(
        input: &mut ObjectInput<A>,
        name: &'static str,
        slot: &mut Option<OrOther<T>>,
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

impl PropertyPresence for OptionalOrNullOrOther {
    const MAY_BE_ABSENT: bool = true;
    type Field<T> = Option<T>;

    fn fit<S, T>(judge: impl Judge<T>, value: &Value, field: fn(&S) -> &Option<T>) -> Option<Fit> {
        OptionalOrNull::fit(judge, value, field).or(Some(Fit { mismatches: 1, ..Fit::EXACT }))
    }
}

impl<T> FieldContent<Option<T>> for OptionalOrNullOrOther {
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
