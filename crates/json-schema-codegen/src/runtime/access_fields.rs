// Looking at fields.

/// A way to read fields of the type `T` as JSON and to replace the strings in them: [`GeneratedType`] uses `Access`,
/// [`SettingsType`] the type's own `Serialize` and `Deserialize`.
pub(super) trait FieldAccess<T>: Copy {
    /// Returns a view of the field's value.
    fn view_as_any(self, value: &T) -> Any<'_>;

    /// Replaces the strings in `value`. Returns true if `value` is itself a string that the caller is to remove.
    fn replace_texts(self, value: &mut T, redactor: &mut Redactor<'_>) -> bool;

    /// Replaces `value`, which is to be removed from a place where there must be a value, by an empty value. If its
    /// type has no empty value, leaves it and adds its path to the paths of unchanged values.
    fn replace_by_empty(self, value: &mut T, redactor: &mut Redactor<'_>);
}

/// Accesses fields through `Access`: those of generated types, strings, numbers, lists and maps.
#[derive(Clone, Copy)]
pub(super) struct GeneratedType;

impl GeneratedType {
    /// Returns itself. The word `inspect` after a row of a table calls this method.
    pub(super) fn inspect(self) -> Self {
        self
    }

    /// Returns itself. The word `unlisted` after a row of a table calls this method.
    pub(super) fn unlisted(self) -> Self {
        self
    }

    /// Returns the access to fields of types from the settings. The word `opaque` after a row of a table calls this
    /// method.
    pub(super) fn opaque(self) -> SettingsType {
        SettingsType
    }
}

impl<T: Access> FieldAccess<T> for GeneratedType {
    fn view_as_any(self, value: &T) -> Any<'_> {
        Any::of(value)
    }

    fn replace_texts(self, value: &mut T, redactor: &mut Redactor<'_>) -> bool {
        value.replace_texts(redactor)
    }

    fn replace_by_empty(self, value: &mut T, redactor: &mut Redactor<'_>) {
        value.replace_by_empty(redactor);
    }
}

/// Accesses fields of types that the user names in the settings, through their `Serialize` and `Deserialize`.
#[derive(Clone, Copy)]
pub(super) struct SettingsType;

impl<T: Serialize + ::serde::de::DeserializeOwned + Sync> FieldAccess<T> for SettingsType {
    fn view_as_any(self, value: &T) -> Any<'_> {
        Any(AnySource::SettingsType(value))
    }

    fn replace_texts(self, value: &mut T, redactor: &mut Redactor<'_>) -> bool {
        let old = value.to_json();
        let mut new = old.clone();
        if new.replace_texts(redactor) {
            return true;
        }
        if new != old {
            match T::deserialize(new) {
                Ok(new) => *value = new,
                Err(_) => return true,
            }
        }
        false
    }

    fn replace_by_empty(self, value: &mut T, redactor: &mut Redactor<'_>) {
        match T::deserialize(Value::from("")) {
            Ok(empty) => *value = empty,
            Err(_) => redactor.unchanged.push(redactor.path.clone()),
        }
    }
}

/// Says when a field of the type `F` has a value. It is implemented for the words of the table of `properties!`, such
/// as `Required` and `Optional`.
pub(super) trait FieldContent<F> {
    /// The type of the property's value: `T` for a field of the type `Option<T>`.
    type Value;

    /// Returns the value of the property in `field`; `None` if the property is absent.
    fn present_value(field: &F) -> Option<&Self::Value>;

    /// Returns the value of the property in `field`, to be changed; `None` if the property is absent.
    fn present_value_mut(field: &mut F) -> Option<&mut Self::Value>;

    /// Makes the property absent. Returns false if the schema requires the property, whose field is then unchanged.
    fn clear_field(_: &mut F) -> bool {
        false
    }

    /// Checks whether `field` has its default value, so that a value kept under its JSON name in `extra` is written
    /// instead.
    fn is_hidden_by_kept_value(_: &F) -> bool {
        false
    }
}

impl<T> FieldContent<T> for Required {
    type Value = T;

    fn present_value(field: &T) -> Option<&T> {
        Some(field)
    }

    fn present_value_mut(field: &mut T) -> Option<&mut T> {
        Some(field)
    }
}

impl<T> FieldContent<T> for RequiredStrict {
    type Value = T;

    fn present_value(field: &T) -> Option<&T> {
        Some(field)
    }

    fn present_value_mut(field: &mut T) -> Option<&mut T> {
        Some(field)
    }
}

impl<T: Default + PartialEq> FieldContent<T> for RequiredOrDefault {
    type Value = T;

    fn present_value(field: &T) -> Option<&T> {
        Some(field)
    }

    fn present_value_mut(field: &mut T) -> Option<&mut T> {
        Some(field)
    }

    fn is_hidden_by_kept_value(field: &T) -> bool {
        <Self as LenientDefault<T>>::is_default(field)
    }
}

impl<T> FieldContent<Option<T>> for Optional {
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

impl<T> FieldContent<Option<T>> for OptionalStrict {
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

impl<T> FieldContent<Option<T>> for OptionalOrNull {
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

impl<T> FieldContent<Option<T>> for Nullable {
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

/// Returns the value of the property `name` from its field `field`. `None` if the property is absent, or if a value in
/// `extra`, for which `is_kept` returns true, is written instead of the field.
#[inline]
pub(super) fn find_field_value<'a, P: FieldContent<F>, F>(
    _: P,
    treat: impl FieldAccess<P::Value>,
    field: &'a F,
    name: &'static str,
    is_kept: &dyn Fn(&str) -> bool,
) -> Option<Any<'a>>
where
    P::Value: 'a,
{
    let value = P::present_value(field).filter(|_| !P::is_hidden_by_kept_value(field) || !is_kept(name));
    value.map(|value| treat.view_as_any(value))
}

/// Calls `visit` with the name and value of the property `name`, if [`find_field_value`] returns a value for `field`.
pub(super) fn visit_field_value<'a, P: FieldContent<F>, F>(
    presence: P,
    treat: impl FieldAccess<P::Value>,
    field: &'a F,
    name: &'static str,
    is_kept: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(Option<&'a str>, Any<'a>),
) where
    P::Value: 'a,
{
    if let Some(value) = find_field_value(presence, treat, field, name, is_kept) {
        visit(Some(name), value);
    }
}

/// Replaces the strings in `field`, which holds the property `name`. If its value is itself to be removed, makes the
/// property absent or, if the schema requires it, the value empty.
pub(super) fn redact_field<P: FieldContent<F>, F>(
    _: P,
    treat: impl FieldAccess<P::Value>,
    field: &mut F,
    name: &'static str,
    redactor: &mut Redactor<'_>,
) {
    redactor.with_step(Some(name), 0, |redactor| {
        let is_removed = P::present_value_mut(field).is_some_and(|value| treat.replace_texts(value, redactor));
        if is_removed && !P::clear_field(field) {
            P::present_value_mut(field).into_iter().for_each(|value| treat.replace_by_empty(value, redactor));
        }
    });
}
