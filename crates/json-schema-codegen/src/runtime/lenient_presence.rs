// How properties are read whose values of another type may be kept, by the words of the tables.

/// How a property is read whose values of another type may be kept.
pub(super) trait KeepRead {
    /// Whether the object does not fit without the property.
    const IS_REQUIRED: bool = false;
    /// Whether a value of another type is kept beside the field, where the object can keep it.
    const IS_KEPT: bool = true;
    /// Whether a value of another type is an error, whatever else may be kept.
    const IS_STRICT: bool = false;
    /// Whether an explicit `null` is kept beside the field.
    const KEEPS_NULL: bool = false;

    /// Reads the value of the property `name` into `slot`, or keeps it.
    #[inline]
    fn read<'de, A: MapAccess<'de>, T: Lenient<'de>>(
        input: &mut LenientInput<A>,
        name: &'static str,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        let is_kept = Self::IS_KEPT && input.keeps;
        let mode = match (Self::IS_STRICT, is_kept || Self::KEEPS_NULL) {
            (true, _) => Mode::Refuse,
            (false, true) => Mode::Keep,
            (false, false) => input.mode,
        };
        input.fill(name, slot, Rules { mode, is_kept, keeps_null: Self::KEEPS_NULL })
    }

    /// Checks the property at the end of the object. If it is missing and must not be, the object does not fit, or
    /// there is an error.
    fn check<'de, A: MapAccess<'de>, T>(
        input: &mut LenientInput<A>,
        name: &'static str,
        slot: &Option<T>,
    ) -> Result<(), A::Error> {
        if !Self::IS_REQUIRED || slot.is_some() || input.broken.is_some() || input.is_kept(name) {
            return Ok(());
        }
        match input.mode {
            Mode::Refuse => Err(A::Error::missing_field(name)),
            Mode::Keep => {
                input.broken = Some(Map::new());
                Ok(())
            }
        }
    }
}

/// How a slot becomes the field of a property whose values of another type may be kept.
pub(super) trait KeepField<T> {
    /// The type of the field for values of type `T`.
    type Field;

    /// Returns the value of the field of the property `name`.
    fn finish<E: Error>(slot: Option<T>, name: &'static str) -> Result<Self::Field, E>;
}

/// Tells whether a field of the type `F` has the value that it has while a value of another type is kept.
pub(super) trait KeepDefault<F> {
    /// Checks whether the field has that value, so that the value of another type is written instead.
    fn is_default(_: &F) -> bool {
        false
    }
}

impl KeepRead for Required {
    const IS_REQUIRED: bool = true;
    const IS_KEPT: bool = false;
}

impl<T> KeepField<T> for Required {
    type Field = T;

    fn finish<E: Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| E::missing_field(name))
    }
}

impl<F> KeepDefault<F> for Required {}

/// A property that must be present. If its value is of another type, the field has the default value of its type
/// and the value is kept beside it, where it is written for as long as the field has that default value.
pub(super) struct RequiredOrDefault;

impl RequiredOrDefault {
    pub(super) fn listed<T: Default + PartialEq>(value: &T) -> Listed {
        Listed { is_set: *value != T::default(), allows_null: false }
    }

    pub(super) fn write<M: SerializeMap, T: Serialize>(
        output: &mut Output<M>,
        name: &str,
        value: &T,
    ) -> Result<(), M::Error> {
        Required::write(output, name, value)
    }
}

impl KeepRead for RequiredOrDefault {
    const IS_REQUIRED: bool = true;
}

impl<T: Default> KeepField<T> for RequiredOrDefault {
    type Field = T;

    fn finish<E: Error>(slot: Option<T>, _: &'static str) -> Result<T, E> {
        Ok(slot.unwrap_or_default())
    }
}

impl<F: Default + PartialEq> KeepDefault<F> for RequiredOrDefault {
    fn is_default(field: &F) -> bool {
        *field == F::default()
    }
}

/// A property that must be present. The settings say that a value of another type is an error.
pub(super) struct RequiredStrict;

impl RequiredStrict {
    pub(super) fn listed<T>(value: &T) -> Listed {
        Required::listed(value)
    }

    pub(super) fn write<M: SerializeMap, T: Serialize>(
        output: &mut Output<M>,
        name: &str,
        value: &T,
    ) -> Result<(), M::Error> {
        Required::write(output, name, value)
    }
}

impl KeepRead for RequiredStrict {
    const IS_REQUIRED: bool = true;
    const IS_KEPT: bool = false;
    const IS_STRICT: bool = true;
}

impl<T> KeepField<T> for RequiredStrict {
    type Field = T;

    fn finish<E: Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| E::missing_field(name))
    }
}

impl<F> KeepDefault<F> for RequiredStrict {}

/// A property that may be absent. The settings say that a value of another type is an error, also an explicit `null`.
pub(super) struct OptionalStrict;

impl OptionalStrict {
    pub(super) fn listed<T>(value: &Option<T>) -> Listed {
        Optional::listed(value)
    }

    pub(super) fn write<M: SerializeMap, T: Serialize>(
        output: &mut Output<M>,
        name: &str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        Optional::write(output, name, value)
    }
}

impl KeepRead for OptionalStrict {
    const IS_KEPT: bool = false;
    const IS_STRICT: bool = true;
}

impl<T> KeepField<T> for OptionalStrict {
    type Field = Option<T>;

    fn finish<E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

impl<F> KeepDefault<F> for OptionalStrict {}

impl KeepRead for Optional {
    const KEEPS_NULL: bool = true;
}

impl<T> KeepField<T> for Optional {
    type Field = Option<T>;

    fn finish<E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

impl<F> KeepDefault<F> for Optional {}

impl KeepRead for OptionalOrNull {
    const KEEPS_NULL: bool = true;
}

impl<T> KeepField<T> for OptionalOrNull {
    type Field = Option<T>;

    fn finish<E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

impl<F> KeepDefault<F> for OptionalOrNull {}

impl KeepRead for Nullable {}

impl<T> KeepField<T> for Nullable {
    type Field = Option<T>;

    fn finish<E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

impl<F> KeepDefault<F> for Nullable {}
