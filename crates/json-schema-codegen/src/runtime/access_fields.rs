// Looking at fields.

/// How values of a type are looked at and replaced: by `Access`, or, if they are [`Foreign`], by their own
/// `Serialize` and `Deserialize`.
pub(super) trait Treat<T>: Copy {
    /// Returns the value as JSON.
    fn view(self, value: &T) -> Any<'_>;

    /// Replaces the texts in the value. Returns whether the value itself is to be removed.
    fn redact(self, value: &mut T, redactor: &mut Redactor<'_>) -> bool;

    /// Replaces a value that is to be removed and cannot be by an empty one; notes its path if there is none.
    fn empty(self, value: &mut T, redactor: &mut Redactor<'_>);
}

/// Treats values of generated types, and of those that they consist of.
#[derive(Clone, Copy)]
pub(super) struct Known;

impl Known {
    /// Returns itself.
    pub(super) fn inspect(self) -> Self {
        self
    }

    /// Returns itself.
    pub(super) fn unlisted(self) -> Self {
        self
    }

    /// Returns the treatment of values of types from the settings.
    pub(super) fn opaque(self) -> Foreign {
        Foreign
    }
}

impl<T: Access> Treat<T> for Known {
    fn view(self, value: &T) -> Any<'_> {
        Any::of(value)
    }

    fn redact(self, value: &mut T, redactor: &mut Redactor<'_>) -> bool {
        value.redact(redactor)
    }

    fn empty(self, value: &mut T, redactor: &mut Redactor<'_>) {
        value.empty(redactor);
    }
}

/// Treats values of types from the settings.
#[derive(Clone, Copy)]
pub(super) struct Foreign;

impl<T: Serialize + ::serde::de::DeserializeOwned + Sync> Treat<T> for Foreign {
    fn view(self, value: &T) -> Any<'_> {
        Any(Source::Foreign(value))
    }

    fn redact(self, value: &mut T, redactor: &mut Redactor<'_>) -> bool {
        let old = value.to_json();
        let mut new = old.clone();
        if new.redact(redactor) {
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

    fn empty(self, value: &mut T, redactor: &mut Redactor<'_>) {
        match T::deserialize(Value::from("")) {
            Ok(empty) => *value = empty,
            Err(_) => redactor.left.push(redactor.path.clone()),
        }
    }
}

/// Whether a field has a value, by the word for it in the table of `properties!`.
pub(super) trait Slot<F> {
    /// The type of the values.
    type Value;

    /// Returns the value; `None` if the property is absent.
    fn value(field: &F) -> Option<&Self::Value>;

    /// Returns the value; `None` if the property is absent.
    fn value_mut(field: &mut F) -> Option<&mut Self::Value>;

    /// Removes the property. Returns whether that is possible.
    fn clear(_: &mut F) -> bool {
        false
    }

    /// Checks whether a value that is kept beside the field is written instead of the field.
    fn gives_way(_: &F) -> bool {
        false
    }
}

impl<T> Slot<T> for Required {
    type Value = T;

    fn value(field: &T) -> Option<&T> {
        Some(field)
    }

    fn value_mut(field: &mut T) -> Option<&mut T> {
        Some(field)
    }
}

impl<T> Slot<T> for RequiredStrict {
    type Value = T;

    fn value(field: &T) -> Option<&T> {
        Some(field)
    }

    fn value_mut(field: &mut T) -> Option<&mut T> {
        Some(field)
    }
}

impl<T: Default + PartialEq> Slot<T> for RequiredOrDefault {
    type Value = T;

    fn value(field: &T) -> Option<&T> {
        Some(field)
    }

    fn value_mut(field: &mut T) -> Option<&mut T> {
        Some(field)
    }

    fn gives_way(field: &T) -> bool {
        <Self as KeepDefault<T>>::is_default(field)
    }
}

impl<T> Slot<Option<T>> for Optional {
    type Value = T;

    fn value(field: &Option<T>) -> Option<&T> {
        field.as_ref()
    }

    fn value_mut(field: &mut Option<T>) -> Option<&mut T> {
        field.as_mut()
    }

    fn clear(field: &mut Option<T>) -> bool {
        *field = None;
        true
    }
}

impl<T> Slot<Option<T>> for OptionalStrict {
    type Value = T;

    fn value(field: &Option<T>) -> Option<&T> {
        field.as_ref()
    }

    fn value_mut(field: &mut Option<T>) -> Option<&mut T> {
        field.as_mut()
    }

    fn clear(field: &mut Option<T>) -> bool {
        *field = None;
        true
    }
}

impl<T> Slot<Option<T>> for OptionalOrNull {
    type Value = T;

    fn value(field: &Option<T>) -> Option<&T> {
        field.as_ref()
    }

    fn value_mut(field: &mut Option<T>) -> Option<&mut T> {
        field.as_mut()
    }

    fn clear(field: &mut Option<T>) -> bool {
        *field = None;
        true
    }
}

impl<T> Slot<Option<T>> for Nullable {
    type Value = T;

    fn value(field: &Option<T>) -> Option<&T> {
        field.as_ref()
    }

    fn value_mut(field: &mut Option<T>) -> Option<&mut T> {
        field.as_mut()
    }

    fn clear(field: &mut Option<T>) -> bool {
        *field = None;
        true
    }
}

/// Returns the value of the property `name` if its field has one that is written; `is_kept` checks whether a value is kept
/// beside the field.
#[inline]
pub(super) fn find_in_field<'a, P: Slot<F>, F>(
    _: P,
    treat: impl Treat<P::Value>,
    field: &'a F,
    name: &'static str,
    is_kept: &dyn Fn(&str) -> bool,
) -> Option<Any<'a>>
where
    P::Value: 'a,
{
    let value = P::value(field).filter(|_| !P::gives_way(field) || !is_kept(name));
    value.map(|value| treat.view(value))
}

/// Calls `visit` with the name and value of a property, if its field has a value that is written.
pub(super) fn see_field<'a, P: Slot<F>, F>(
    presence: P,
    treat: impl Treat<P::Value>,
    field: &'a F,
    name: &'static str,
    is_kept: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(Option<&'a str>, Any<'a>),
) where
    P::Value: 'a,
{
    if let Some(value) = find_in_field(presence, treat, field, name, is_kept) {
        visit(Some(name), value);
    }
}

/// Replaces the texts in the field of the property `name`.
pub(super) fn redact_field<P: Slot<F>, F>(
    _: P,
    treat: impl Treat<P::Value>,
    field: &mut F,
    name: &'static str,
    redactor: &mut Redactor<'_>,
) {
    redactor.at(Some(name), 0, |redactor| {
        let is_removed = P::value_mut(field).is_some_and(|value| treat.redact(value, redactor));
        if is_removed && !P::clear(field) {
            P::value_mut(field).into_iter().for_each(|value| treat.empty(value, redactor));
        }
    });
}
