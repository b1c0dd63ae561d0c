// The types of the output of which values of another type can be kept.

/// Implements `Lenient` for a type through its `Deserialize`: a value that this fails for is not of the type.
macro_rules! lenient_by_value {
    ($name:ident) => {
        impl<'de> runtime::Lenient<'de> for $name {
            const EXPECTING: &'static str = stringify!($name);

            fn into_value(self) -> ::serde_json::Value {
                runtime::to_json_or_null(self)
            }

            fn read_or_return<D: ::serde::Deserializer<'de>>(
                deserializer: D,
                mode: runtime::MismatchMode,
                slot: &mut Option<Self>,
            ) -> Result<Option<Box<::serde_json::Value>>, D::Error> {
                runtime::read_by_deserialize(deserializer, mode, slot)
            }
        }
    };
}
pub(super) use lenient_by_value;

/// Reads a value into `slot` by the `Deserialize` of `T`, and returns `None`. If this fails, returns the JSON value, or
/// the error in the mode `Refuse`.
pub(super) fn read_by_deserialize<'de, T: ::serde::de::DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
    mode: MismatchMode,
    slot: &mut Option<T>,
) -> Result<Option<Box<Value>>, D::Error> {
    if mode == MismatchMode::Refuse {
        *slot = Some(T::deserialize(deserializer)?);
        return Ok(None);
    }
    let value = Value::deserialize(deserializer)?;
    *slot = T::deserialize(&value).ok();
    Ok(if slot.is_some() { None } else { Some(Box::new(value)) })
}

/// Implements `Lenient` for a type that can be read from any JSON value.
macro_rules! lenient_always {
    ($name:ident) => {
        impl<'de> runtime::Lenient<'de> for $name {
            const EXPECTING: &'static str = "any value";

            fn into_value(self) -> ::serde_json::Value {
                runtime::to_json_or_null(self)
            }

            fn read_or_return<D: ::serde::Deserializer<'de>>(
                deserializer: D,
                _: runtime::MismatchMode,
                slot: &mut Option<Self>,
            ) -> Result<Option<Box<::serde_json::Value>>, D::Error> {
                *slot = Some(<Self as ::serde::Deserialize>::deserialize(deserializer)?);
                Ok(None)
            }
        }
    };
}
pub(super) use lenient_always;

/// Implements `Lenient` for an enum of strings.
macro_rules! lenient_text {
    ($name:ident, $expecting:literal) => {
        impl runtime::Lenient<'_> for $name {
            const EXPECTING: &'static str = $expecting;

            fn into_value(self) -> ::serde_json::Value {
                runtime::to_json_or_null(self)
            }

            fn from_text(text: &str) -> Option<Self> {
                Some(Self::from(text))
            }
        }
    };
}
pub(super) use lenient_text;

/// Implements what `lenient_properties!` does, and `Candidate`, for a struct in a union.
macro_rules! lenient_candidate_properties {
    ($($rows:tt)*) => {
        runtime::lenient_properties! { $($rows)* }
        runtime::properties_fit! { fit_or_keep; $($rows)* }
    };
}
pub(super) use lenient_candidate_properties;

/// Returns `fit`, the fit of a property's value. If it is `None`, and the struct can keep the value in `extra`
/// (`keeps`), returns a fit that is worse than that of any member of the union in which nothing is kept.
pub(super) fn fit_or_keep<P: LenientPresence>(_: P, fit: Option<Fit>, keeps: bool) -> Option<Fit> {
    let is_kept = keeps && P::IS_KEPT;
    fit.or_else(|| is_kept.then_some(Fit { mismatches: 1, ..Fit::EXACT }))
}

impl PropertyPresence for RequiredOrDefault {
    const MAY_BE_ABSENT: bool = false;
    type Field<T> = T;

    fn fit<S, T>(judge: impl Judge<T>, value: &Value, _: fn(&S) -> &T) -> Option<Fit> {
        judge.fit(value)
    }
}

impl PropertyPresence for RequiredStrict {
    const MAY_BE_ABSENT: bool = false;
    type Field<T> = T;

    fn fit<S, T>(judge: impl Judge<T>, value: &Value, _: fn(&S) -> &T) -> Option<Fit> {
        judge.fit(value)
    }
}

impl PropertyPresence for OptionalStrict {
    const MAY_BE_ABSENT: bool = true;
    type Field<T> = Option<T>;

    fn fit<S, T>(judge: impl Judge<T>, value: &Value, _: fn(&S) -> &Option<T>) -> Option<Fit> {
        judge.fit(value)
    }
}
