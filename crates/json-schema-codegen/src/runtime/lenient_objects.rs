// Reading objects whose properties may be of another type.

/// The properties of an object, in the order of the document.
pub(super) struct LenientInput<A> {
    map: A,
    mode: Mode,
    /// The JSON name of the property that was read last, if the schema does not define it by name.
    pub(super) name: String,
    /// Whether the object keeps values that do not fit their properties.
    keeps: bool,
    /// The JSON names of the properties of this object that came as explicit `null`s, which their types do not read and
    /// which are kept beside their fields.
    pub(super) nulls: Vec<&'static str>,
    /// The values that do not fit their properties, by JSON name.
    kept: Vec<(&'static str, Value)>,
    /// Whether `nulls` or `kept` has an entry.
    has_kept: bool,
    /// The number that stands in the place of the object, if serde_json's `arbitrary_precision` is on.
    number: Option<Value>,
    /// Set once the object itself does not fit: the properties that have been read since.
    pub(super) broken: Option<Map<String, Value>>,
}

impl<'de, A: MapAccess<'de>> LenientInput<A> {
    pub(super) fn new(map: A, mode: Mode, keeps: bool) -> Self {
        let (name, nulls, kept) = (String::new(), Vec::new(), Vec::new());
        Self { map, mode, name, keeps, nulls, kept, has_kept: false, number: None, broken: None }
    }

    /// Reads the name of the next property of an object of the type `T`. Returns the property that the schema defines by
    /// that name, `Some(None)` if there is none, and `None` at the end. Once the object does not fit, reads all that is
    /// left of it.
    #[inline]
    pub(super) fn key<T: Object>(&mut self) -> Result<Option<Option<T::Property>>, A::Error> {
        if self.broken.is_some() {
            return self.read_rest().map(|()| None);
        }
        let key = self.map.next_key_seed(Keys::<T>(&mut self.name, PhantomData))?;
        if key.as_ref().is_some_and(Option::is_none)
            && self.name == "$serde_json::private::Number"
            && has_arbitrary_precision()
        {
            return self.read_number().map(|()| None);
        }
        Ok(key)
    }

    /// Reads all that is left of an object that does not fit.
    #[cold]
    fn read_rest(&mut self) -> Result<(), A::Error> {
        let broken = self.broken.get_or_insert_default();
        while let Some((name, value)) = self.map.next_entry()? {
            broken.insert(name, value);
        }
        Ok(())
    }

    /// Reads a number, which comes with serde_json's `arbitrary_precision` as an object with one property of a name of its
    /// own.
    #[cold]
    fn read_number(&mut self) -> Result<(), A::Error> {
        let text: String = self.map.next_value()?;
        self.number = Some(::serde_json::from_str(&text).map_err(A::Error::custom)?);
        self.read_rest()
    }

    /// Reads the value of the property `name` into `slot`. A value that does not fit is treated as `rules` say.
    #[inline(never)]
    fn fill<T: Lenient<'de>>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        rules: Rules,
    ) -> Result<(), A::Error> {
        if slot.is_some() || (self.has_kept && self.is_kept(name)) {
            return Err(A::Error::duplicate_field(name));
        }
        match self.map.next_value_seed(Lenients(rules.mode, slot)) {
            Ok(None) => Ok(()),
            Ok(Some(value)) => self.keep(name, *value, rules, T::EXPECTING),
            Err(error) => Err(within(name, error)),
        }
    }

    /// Reads the value of the property `self.name`, which the schema does not define by name, into `others`.
    pub(super) fn read_other<R: LenientOthers<'de>>(&mut self, others: &mut R) -> Result<(), A::Error> {
        let name = ::std::mem::take(&mut self.name);
        if let Some((name, value)) = others.take_lenient(name, &mut self.map, self.mode)? {
            self.broken = Some(Map::from_iter([(name, value)]));
        }
        Ok(())
    }

    /// Checks whether the value of the property `name` was kept.
    #[cold]
    fn is_kept(&self, name: &str) -> bool {
        self.nulls.contains(&name) || self.kept.iter().any(|(kept, _)| *kept == name)
    }

    /// Keeps the value of the property `name`, which does not fit, if `rules` say so. Otherwise, the object itself does not
    /// fit, or there is an error.
    #[cold]
    fn keep(&mut self, name: &'static str, value: Value, rules: Rules, expecting: &str) -> Result<(), A::Error> {
        if rules.keeps_null && value.is_null() {
            self.has_kept = true;
            self.nulls.push(name);
        } else if rules.is_kept {
            self.has_kept = true;
            self.kept.push((name, value));
        } else if self.mode == Mode::Refuse {
            return Err(within(name, unexpected(&value, expecting)));
        } else {
            self.broken = Some(Map::from_iter([(name.to_owned(), value)]));
        }
        Ok(())
    }

    /// Moves the values that do not fit, and the explicit `null`s, to the field that keeps them.
    pub(super) fn keep_in(&mut self, kept: &mut Map<String, Value>) {
        if self.has_kept {
            kept.extend(self.kept.drain(..).map(|(name, value)| (name.to_owned(), value)));
            kept.extend(self.nulls.drain(..).map(|name| (name.to_owned(), Value::Null)));
        }
    }

    /// Returns the object as it was read, with all that `whole` does not have yet.
    pub(super) fn whole(self, mut whole: Map<String, Value>) -> Value {
        if let Some(number) = self.number {
            return number;
        }
        whole.extend(self.kept.into_iter().map(|(name, value)| (name.to_owned(), value)));
        whole.extend(self.nulls.into_iter().map(|name| (name.to_owned(), Value::Null)));
        Value::Object(whole)
    }
}

/// How a value of another type than that of its property is treated.
#[derive(Clone, Copy)]
struct Rules {
    /// Whether reading it fails or hands it back.
    mode: Mode,
    /// Whether it is kept beside the field.
    is_kept: bool,
    /// Whether an explicit `null` is kept beside the field.
    keeps_null: bool,
}

/// Puts the value of the property `name`, if it was read, back into the object.
pub(super) fn turn_back<'de, T: Lenient<'de>>(whole: &mut Map<String, Value>, name: &str, read: Option<T>) {
    whole.extend(read.map(|value| (name.to_owned(), value.into_value())));
}

/// Puts properties that were read into a map back into the object.
pub(super) fn turn_back_all<'de, T: Lenient<'de>>(
    whole: &mut Map<String, Value>,
    read: impl IntoIterator<Item = (String, T)>,
) {
    whole.extend(read.into_iter().map(|(name, value)| (name, value.into_value())));
}

/// Checks whether serde_json's feature `arbitrary_precision` is on, with which numbers keep their digits. Without it, the
/// name that a number comes under is the name of a property like any other.
#[cold]
fn has_arbitrary_precision() -> bool {
    ::serde_json::from_str::<Number>("1.10").is_ok_and(|number| number.to_string() == "1.10")
}
