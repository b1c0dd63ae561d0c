// Reading objects whose properties may be of another type.

/// Reads the properties of an object, in the order in which they are in the JSON, and keeps values of another type than
/// that of their properties.
pub(super) struct LenientObjectInput<A> {
    map: A,
    /// What is done if the object itself does not fit its type.
    mode: MismatchMode,
    /// The JSON name of the property that was read last, if the schema does not define it by name.
    pub(super) name: String,
    /// Whether the struct has the field `extra`, which can keep values that do not fit their properties.
    keeps: bool,
    /// The JSON names of the properties of this object that came as explicit `null`s, which their types do not read and
    /// which are kept beside their fields.
    pub(super) nulls: Vec<&'static str>,
    /// The values that do not fit their properties, by JSON name.
    kept: Vec<(&'static str, Value)>,
    /// Whether `nulls` or `kept` has an entry.
    has_kept: bool,
    /// The number that was read instead of an object: with serde_json's feature `arbitrary_precision`, a number comes
    /// as an object.
    number: Option<Value>,
    /// `None` while the object fits its type. Afterwards, the properties that have been read since it does not.
    pub(super) broken: Option<Map<String, Value>>,
}

impl<'de, A: MapAccess<'de>> LenientObjectInput<A> {
    /// Creates the reader of the object whose properties `map` has; the parameters are the fields of these names.
    pub(super) fn new(map: A, mode: MismatchMode, keeps: bool) -> Self {
        let (name, nulls, kept) = (String::new(), Vec::new(), Vec::new());
        Self { map, mode, name, keeps, nulls, kept, has_kept: false, number: None, broken: None }
    }

    /// Reads the name of the next property of an object of the type `T`. Returns the property that the schema defines
    /// by that name, `Some(None)` if there is none, and `None` at the end. Once the object does not fit, reads all that
    /// is left of it.
    #[inline]
    pub(super) fn next_property<T: Object>(&mut self) -> Result<Option<Option<T::Property>>, A::Error> {
        if self.broken.is_some() {
            return self.read_rest().map(|()| None);
        }
        let key = self.map.next_key_seed(PropertyNameSeed::<T>(&mut self.name, PhantomData))?;
        if key.as_ref().is_some_and(Option::is_none)
            && self.name == "$serde_json::private::Number"
            && has_arbitrary_precision()
        {
            return self.read_number().map(|()| None);
        }
        Ok(key)
    }

    /// Reads the remaining properties of an object that does not fit its type into `broken`.
    #[cold]
    fn read_rest(&mut self) -> Result<(), A::Error> {
        let broken = self.broken.get_or_insert_default();
        while let Some((name, value)) = self.map.next_entry()? {
            broken.insert(name, value);
        }
        Ok(())
    }

    /// Reads a number into `number`. With serde_json's feature `arbitrary_precision`, a number comes as an object with
    /// one property, whose value is the number's text.
    #[cold]
    fn read_number(&mut self) -> Result<(), A::Error> {
        let text: String = self.map.next_value()?;
        self.number = Some(::serde_json::from_str(&text).map_err(A::Error::custom)?);
        self.read_rest()
    }

    /// Reads the value of the property `name` into `slot`. If it is not of the type `T`, leaves `slot` empty and calls
    /// `keep_mismatch`. A property that is in the object twice is an error.
    #[inline(never)]
    fn fill_slot<T: Lenient<'de>>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        rules: MismatchRules,
    ) -> Result<(), A::Error> {
        if slot.is_some() || (self.has_kept && self.is_kept(name)) {
            return Err(A::Error::duplicate_field(name));
        }
        match self.map.next_value_seed(LenientSeed(rules.mode, slot)) {
            Ok(None) => Ok(()),
            Ok(Some(value)) => self.keep_mismatch(name, *value, rules, T::EXPECTING),
            Err(error) => Err(prefix_with_name(name, error)),
        }
    }

    /// Reads the value of the property `self.name`, which the schema does not define by name, into `others`.
    pub(super) fn read_other<R: LenientOthers<'de>>(&mut self, others: &mut R) -> Result<(), A::Error> {
        let name = ::std::mem::take(&mut self.name);
        if let Some((name, value)) = others.read_lenient_entry(name, &mut self.map, self.mode)? {
            self.broken = Some(Map::from_iter([(name, value)]));
        }
        Ok(())
    }

    /// Checks whether the value of the property `name` was kept.
    #[cold]
    fn is_kept(&self, name: &str) -> bool {
        self.nulls.contains(&name) || self.kept.iter().any(|(kept, _)| *kept == name)
    }

    /// Keeps `value`, which does not fit the property `name`, in `nulls` or `kept`, if `rules` allow it. Otherwise
    /// returns an error or, in the mode `Keep`, sets `broken`, since the object itself does not fit.
    #[cold]
    fn keep_mismatch(&mut self, name: &'static str, value: Value, rules: MismatchRules, expecting: &str) -> Result<(), A::Error> {
        if rules.keeps_null && value.is_null() {
            self.has_kept = true;
            self.nulls.push(name);
        } else if rules.is_kept {
            self.has_kept = true;
            self.kept.push((name, value));
        } else if self.mode == MismatchMode::Refuse {
            return Err(prefix_with_name(name, wrong_type_error(&value, expecting)));
        } else {
            self.broken = Some(Map::from_iter([(name.to_owned(), value)]));
        }
        Ok(())
    }

    /// Moves the values that do not fit their properties, and the explicit `null`s, into `kept`, the struct's field
    /// `extra`.
    pub(super) fn move_kept_into(&mut self, kept: &mut Map<String, Value>) {
        if self.has_kept {
            kept.extend(self.kept.drain(..).map(|(name, value)| (name.to_owned(), value)));
            kept.extend(self.nulls.drain(..).map(|name| (name.to_owned(), Value::Null)));
        }
    }

    /// Returns the JSON value of an object that does not fit its type: the properties in `whole`, and the kept values
    /// and `null`s. If a number was read instead of an object, returns the number.
    pub(super) fn into_json_value(self, mut whole: Map<String, Value>) -> Value {
        if let Some(number) = self.number {
            return number;
        }
        whole.extend(self.kept.into_iter().map(|(name, value)| (name.to_owned(), value)));
        whole.extend(self.nulls.into_iter().map(|name| (name.to_owned(), Value::Null)));
        Value::Object(whole)
    }
}

/// Says what is done with a value that is not of the type of its property.
#[derive(Clone, Copy)]
struct MismatchRules {
    /// Whether the value is an error, or is returned to the reader of the object.
    mode: MismatchMode,
    /// Whether the value is kept in `extra`, under the JSON name of the property.
    is_kept: bool,
    /// Whether an explicit `null` is kept.
    keeps_null: bool,
}

/// Adds the property `name` with the JSON value of `read` to the object `whole`, if `read` is not `None`.
pub(super) fn restore_property<'de, T: Lenient<'de>>(whole: &mut Map<String, Value>, name: &str, read: Option<T>) {
    whole.extend(read.map(|value| (name.to_owned(), value.into_value())));
}

/// Adds the properties in the map `read`, as JSON values, to the object `whole`.
pub(super) fn restore_properties<'de, T: Lenient<'de>>(
    whole: &mut Map<String, Value>,
    read: impl IntoIterator<Item = (String, T)>,
) {
    whole.extend(read.into_iter().map(|(name, value)| (name, value.into_value())));
}

/// Checks whether serde_json's feature `arbitrary_precision` is on, with which numbers keep their digits. Without it,
/// the name `$serde_json::private::Number` is a property's name like any other.
#[cold]
fn has_arbitrary_precision() -> bool {
    ::serde_json::from_str::<Number>("1.10").is_ok_and(|number| number.to_string() == "1.10")
}
