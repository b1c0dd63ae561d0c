// How properties are read whose values of another type may be kept, by the words of the tables.

/// A word of the tables, such as `Optional`: how a property is read in a struct that may keep values of another type.
pub(super) trait LenientPresence {
    /// Whether the property must be present: without it, the object does not fit the struct.
    const IS_REQUIRED: bool = false;
    /// Whether a value of another type is kept in `extra`, if the struct has this field.
    const IS_KEPT: bool = true;
    /// Whether a value of another type is an error, even in a struct that keeps such values of other properties.
    const IS_STRICT: bool = false;
    /// Whether an explicit `null`, which the type does not read, is kept.
    const KEEPS_NULL: bool = false;

    /// Reads the value of the property `name` into `slot`; if it is of another type, `input` keeps it, or the object
    /// does not fit, or there is an error, by the constants above.
    #[inline]
    fn read_property<'de, A: MapAccess<'de>, T: Lenient<'de>>(
        input: &mut LenientObjectInput<A>,
        name: &'static str,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        let is_kept = Self::IS_KEPT && input.keeps;
        let mode = match (Self::IS_STRICT, is_kept || Self::KEEPS_NULL) {
            (true, _) => MismatchMode::Refuse,
            (false, true) => MismatchMode::Keep,
            (false, false) => input.mode,
        };
        input.fill_slot(name, slot, MismatchRules { mode, is_kept, keeps_null: Self::KEEPS_NULL })
    }

    /// Checks, after the last property of the object, that the property `name` was read into `slot` or kept, if it must
    /// be present. If it is missing, the object does not fit or, in the mode `Refuse`, there is an error.
    fn check_presence<'de, A: MapAccess<'de>, T>(
        input: &mut LenientObjectInput<A>,
        name: &'static str,
        slot: &Option<T>,
    ) -> Result<(), A::Error> {
        if !Self::IS_REQUIRED || slot.is_some() || input.broken.is_some() || input.is_kept(name) {
            return Ok(());
        }
        match input.mode {
            MismatchMode::Refuse => Err(A::Error::missing_field(name)),
            MismatchMode::Keep => {
                input.broken = Some(Map::new());
                Ok(())
            }
        }
    }
}

/// A word of the tables, such as `Optional`: how a field is made of the value of the type `T` that was read.
pub(super) trait LenientField<T> {
    /// The type of the field for values of type `T`.
    type Field;

    /// Returns the value of the field of the property `name`; `slot` is `None` if no value of the type `T` was read.
    ///
    /// # Errors
    /// The property has no value, and its field needs one.
    fn finish_field<E: Error>(slot: Option<T>, name: &'static str) -> Result<Self::Field, E>;
}

/// A word of the tables, such as `RequiredOrDefault`: whether a field of the type `F` has the default value that it
/// gets when a value of another type is kept in `extra`.
pub(super) trait LenientDefault<F> {
    /// Checks whether the field has this default value, so that the value in `extra` is written instead. Always false
    /// for properties whose fields get no default value.
    fn is_default(_: &F) -> bool {
        false
    }
}

impl LenientPresence for Required {
    const IS_REQUIRED: bool = true;
    const IS_KEPT: bool = false;
}

impl<T> LenientField<T> for Required {
    type Field = T;

    fn finish_field<E: Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| E::missing_field(name))
    }
}

impl<F> LenientDefault<F> for Required {}

/// A property that must be present. If its value is of another type, the field has the default value of its type
/// and the value is kept beside it, where it is written for as long as the field has that default value.
pub(super) struct RequiredOrDefault;

impl RequiredOrDefault {
    pub(super) fn property_state<T: Default + PartialEq>(value: &T) -> PropertyState {
        PropertyState { is_set: *value != T::default(), allows_null: false }
    }

    pub(super) fn write_property<M: SerializeMap, T: Serialize>(
        output: &mut ObjectOutput<M>,
        name: &str,
        value: &T,
    ) -> Result<(), M::Error> {
        Required::write_property(output, name, value)
    }
}

impl LenientPresence for RequiredOrDefault {
    const IS_REQUIRED: bool = true;
}

impl<T: Default> LenientField<T> for RequiredOrDefault {
    type Field = T;

    fn finish_field<E: Error>(slot: Option<T>, _: &'static str) -> Result<T, E> {
        Ok(slot.unwrap_or_default())
    }
}

impl<F: Default + PartialEq> LenientDefault<F> for RequiredOrDefault {
    fn is_default(field: &F) -> bool {
        *field == F::default()
    }
}

/// A property that must be present. A value of another type is an error, as the settings demand.
pub(super) struct RequiredStrict;

impl RequiredStrict {
    pub(super) fn property_state<T>(value: &T) -> PropertyState {
        Required::property_state(value)
    }

    pub(super) fn write_property<M: SerializeMap, T: Serialize>(
        output: &mut ObjectOutput<M>,
        name: &str,
        value: &T,
    ) -> Result<(), M::Error> {
        Required::write_property(output, name, value)
    }
}

impl LenientPresence for RequiredStrict {
    const IS_REQUIRED: bool = true;
    const IS_KEPT: bool = false;
    const IS_STRICT: bool = true;
}

impl<T> LenientField<T> for RequiredStrict {
    type Field = T;

    fn finish_field<E: Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| E::missing_field(name))
    }
}

impl<F> LenientDefault<F> for RequiredStrict {}

/// A property that may be absent. A value of another type, also an explicit `null`, is an error, as the settings
/// demand.
pub(super) struct OptionalStrict;

impl OptionalStrict {
    pub(super) fn property_state<T>(value: &Option<T>) -> PropertyState {
        Optional::property_state(value)
    }

    pub(super) fn write_property<M: SerializeMap, T: Serialize>(
        output: &mut ObjectOutput<M>,
        name: &str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        Optional::write_property(output, name, value)
    }
}

impl LenientPresence for OptionalStrict {
    const IS_KEPT: bool = false;
    const IS_STRICT: bool = true;
}

impl<T> LenientField<T> for OptionalStrict {
    type Field = Option<T>;

    fn finish_field<E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

impl<F> LenientDefault<F> for OptionalStrict {}

impl LenientPresence for Optional {
    const KEEPS_NULL: bool = true;
}

impl<T> LenientField<T> for Optional {
    type Field = Option<T>;

    fn finish_field<E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

impl<F> LenientDefault<F> for Optional {}

impl LenientPresence for OptionalOrNull {
    const KEEPS_NULL: bool = true;
}

impl<T> LenientField<T> for OptionalOrNull {
    type Field = Option<T>;

    fn finish_field<E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

impl<F> LenientDefault<F> for OptionalOrNull {}

impl LenientPresence for Nullable {}

impl<T> LenientField<T> for Nullable {
    type Field = Option<T>;

    fn finish_field<E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

impl<F> LenientDefault<F> for Nullable {}
