// How well values fit the types in unions.

/// Implements what `properties!` does, and `Candidate`, for a struct in a union. Takes the table of `properties!`.
macro_rules! candidate_properties {
    ($($rows:tt)*) => {
        runtime::properties! { $($rows)* }
        runtime::properties_fit! { require_fit; $($rows)* }
    };
}
pub(super) use candidate_properties;

/// Implements `Candidate` for a struct, from the table of `properties!`. `$mismatch` is the function that says how well
/// a struct fits if the value of one of its properties does not fit: `require_fit`, or `fit_or_keep`.
macro_rules! properties_fit {
    (
        $mismatch:ident; $name:ident, $expecting:literal;
        $($wire:literal => $field:ident: $presence:ident $(via $convert:ident($read:ty))? $(, $mark:ident)?;)*
        $(matching $regex:literal => $map:ident $(via $map_convert:ident($map_read:ty))? $(, $map_mark:ident)? by $pattern:expr;)*
        $(unlisted => $unlisted:ident;)?
        $(additional => $typed:ident $(via $typed_convert:ident($typed_read:ty))? $(, $typed_mark:ident)?;)?
        $(additional: $rejected:ident;)?
        $(explicit nulls => $nulls:ident;)?
        $(viewed $viewed:literal by $view:ident, $inspect_view:ident;)*
    ) => {
        #[allow(deprecated, unused_variables, clippy::borrow_deref_ref)]
        impl runtime::Candidate for $name {
            fn fit(value: &::serde_json::Value, choices: &mut runtime::Choices) -> Option<runtime::Fit> {
                let object = value.as_object()?;
                $(if !<runtime::$presence as runtime::PropertyPresence>::MAY_BE_ABSENT && !object.contains_key($wire) {
                    return None;
                })*
                let keeps = false $(|| !stringify!($unlisted).is_empty())?;
                let mut fit = runtime::Fit::EXACT;
                for (name, value) in object {
                    fit = fit.add_inner_fit(match name.as_str() {
                        $($wire => {
                            let fit = <runtime::$presence as runtime::PropertyPresence>::fit(
                                (&mut *choices)$(.$mark())?,
                                value,
                                |this: &Self| &this.$field,
                            );
                            runtime::$mismatch(runtime::$presence, fit, keeps)?
                        })*
                        $(_ if $pattern.matches(name) => {
                            runtime::fit_other_property((&mut *choices)$(.$map_mark())?, value, |this: &Self| &this.$map)?
                        })*
                        _ => {
                            $(runtime::fit_other_property(&mut *choices, value, |this: &Self| &this.$unlisted)?)?
                            $(runtime::fit_other_property((&mut *choices)$(.$typed_mark())?, value, |this: &Self| &this.$typed)?)?
                            $(runtime::FieldlessFit::fit(&runtime::$rejected)?)?
                        }
                    });
                }
                Some(fit)
            }
        }
    };
}
pub(super) use properties_fit;

/// Returns `fit`, the fit of a property's value: in a struct that keeps no values of other types, a value that does not
/// fit (`None`) makes the whole object not fit.
pub(super) fn require_fit<P>(_: P, fit: Option<Fit>, _: bool) -> Option<Fit> {
    fit
}

/// A word of the table of `properties!`, such as `Optional`, that says whether a property may be absent or `null`. The
/// trait judges how well the property's value fits.
pub(super) trait PropertyPresence {
    /// Whether an object fits the struct without the property.
    const MAY_BE_ABSENT: bool;

    /// The type of the field of a property with values of the type `T`, such as `Option<T>`.
    type Field<T>;

    /// Returns how well the value of the property fits; `None` if it cannot be read. `field` only tells the
    /// compiler the type of the field.
    fn fit<S, T>(judge: impl Judge<T>, value: &Value, field: fn(&S) -> &Self::Field<T>) -> Option<Fit>;
}

impl PropertyPresence for Required {
    const MAY_BE_ABSENT: bool = false;
    type Field<T> = T;

    fn fit<S, T>(judge: impl Judge<T>, value: &Value, _: fn(&S) -> &T) -> Option<Fit> {
        judge.fit(value)
    }
}

impl PropertyPresence for Optional {
    const MAY_BE_ABSENT: bool = true;
    type Field<T> = Option<T>;

    /// An explicit `null` is kept beside the field, so it fits whatever `T` is.
    fn fit<S, T>(judge: impl Judge<T>, value: &Value, _: fn(&S) -> &Option<T>) -> Option<Fit> {
        if value.is_null() { Some(Fit::UNLISTED) } else { judge.fit(value) }
    }
}

impl PropertyPresence for OptionalOrNull {
    const MAY_BE_ABSENT: bool = true;
    type Field<T> = Option<T>;

    fn fit<S, T>(judge: impl Judge<T>, value: &Value, _: fn(&S) -> &Option<T>) -> Option<Fit> {
        if value.is_null() { Some(Fit::EXACT) } else { judge.fit(value) }
    }
}

impl PropertyPresence for Nullable {
    const MAY_BE_ABSENT: bool = true;
    type Field<T> = Option<T>;

    fn fit<S, T>(judge: impl Judge<T>, value: &Value, _: fn(&S) -> &Option<T>) -> Option<Fit> {
        judge.fit(value)
    }
}

/// A map that holds the properties without a field of their own. `J` is the [`Judge`] of their values.
pub(super) trait MapField<J> {
    /// Returns how well `value`, the value of a property, fits the map; `None` if the map cannot hold it.
    fn fit(judge: J, value: &Value) -> Option<Fit>;
}

impl<J> MapField<J> for Map<String, Value> {
    fn fit(_: J, _: &Value) -> Option<Fit> {
        Some(Fit::UNLISTED)
    }
}

impl<J: Judge<T>, T> MapField<J> for BTreeMap<String, T> {
    fn fit(judge: J, value: &Value) -> Option<Fit> {
        judge.fit(value)
    }
}

/// Returns how well `value`, the value of a property without a field of its own, fits the map that holds it; `None` if
/// the map cannot hold it. The last parameter only tells the compiler the type `V` of the map in the struct `S`.
pub(super) fn fit_other_property<S, J, V: MapField<J>>(judge: J, value: &Value, _: fn(&S) -> &V) -> Option<Fit> {
    V::fit(judge, value)
}

/// Implements what `values!` does, and `Candidate`, for an enum of strings in a union. Takes the table of `values!`.
macro_rules! candidate_values {
    ($name:ident, $($rows:tt)*) => {
        runtime::values! { $name, $($rows)* }

        impl runtime::Candidate for $name {
            fn fit(value: &::serde_json::Value, _: &mut runtime::Choices) -> Option<runtime::Fit> {
                let is_allowed = Self::from(value.as_str()?).unlisted().is_empty();
                Some(if is_allowed { runtime::Fit::EXACT } else { runtime::Fit::UNLISTED })
            }
        }
    };
}
pub(super) use candidate_values;

/// Implements what `json_values!` does, and `Candidate`, for an enum of values in a union.
macro_rules! candidate_json_values {
    ($name:ident; $($rows:tt)*) => {
        runtime::json_values! { $name; $($rows)* }

        impl runtime::Candidate for $name {
            fn fit(value: &::serde_json::Value, _: &mut runtime::Choices) -> Option<runtime::Fit> {
                let is_allowed = Self::from(value.clone()).unlisted().is_empty();
                Some(if is_allowed { runtime::Fit::EXACT } else { runtime::Fit::UNLISTED })
            }
        }
    };
}
pub(super) use candidate_json_values;

/// Returns how well the item at `index` of the array `items` fits the type `T` of a tuple's item. `None` if it cannot
/// be read as `T`, or if it is missing and `is_required`.
pub(super) fn fit_item<T>(judge: impl Judge<T>, items: &[Value], index: usize, is_required: bool) -> Option<Fit> {
    match items.get(index) {
        Some(item) => judge.fit(item),
        None => (!is_required).then_some(Fit::EXACT),
    }
}

impl Candidate for Value {
    fn fit(_: &Value, _: &mut Choices) -> Option<Fit> {
        Some(Fit::EXACT)
    }
}

impl Candidate for () {
    fn fit(value: &Value, _: &mut Choices) -> Option<Fit> {
        value.is_null().then_some(Fit::EXACT)
    }
}

impl Candidate for bool {
    fn fit(value: &Value, _: &mut Choices) -> Option<Fit> {
        value.is_boolean().then_some(Fit::EXACT)
    }
}

impl Candidate for String {
    fn fit(value: &Value, _: &mut Choices) -> Option<Fit> {
        value.is_string().then_some(Fit::EXACT)
    }
}

impl Candidate for Number {
    fn fit(value: &Value, _: &mut Choices) -> Option<Fit> {
        value.is_number().then_some(Fit::EXACT)
    }
}

impl Candidate for i64 {
    fn fit(value: &Value, _: &mut Choices) -> Option<Fit> {
        value.as_number().and_then(to_whole_number).and_then(|number| Self::try_from(number).ok()).map(|_| Fit::EXACT)
    }
}

impl Candidate for u64 {
    fn fit(value: &Value, _: &mut Choices) -> Option<Fit> {
        value.as_number().and_then(to_whole_number).and_then(|number| Self::try_from(number).ok()).map(|_| Fit::EXACT)
    }
}

impl<T: Candidate> Candidate for Option<T> {
    fn fit(value: &Value, choices: &mut Choices) -> Option<Fit> {
        if value.is_null() { Some(Fit::EXACT) } else { T::fit(value, choices) }
    }
}

impl<T: Candidate> Candidate for Box<T> {
    fn fit(value: &Value, choices: &mut Choices) -> Option<Fit> {
        T::fit(value, choices)
    }
}

impl<T: Candidate> Candidate for Vec<T> {
    fn fit(value: &Value, choices: &mut Choices) -> Option<Fit> {
        value.as_array()?.iter().try_fold(Fit::EXACT, |fit, item| Some(fit.add_inner_fit(T::fit(item, choices)?)))
    }
}

impl<T: Candidate> Candidate for BTreeMap<String, T> {
    fn fit(value: &Value, choices: &mut Choices) -> Option<Fit> {
        value.as_object()?.iter().try_fold(Fit::EXACT, |fit, (_, value)| Some(fit.add_inner_fit(T::fit(value, choices)?)))
    }
}

impl Candidate for Map<String, Value> {
    fn fit(value: &Value, _: &mut Choices) -> Option<Fit> {
        value.is_object().then_some(Fit::EXACT)
    }
}
