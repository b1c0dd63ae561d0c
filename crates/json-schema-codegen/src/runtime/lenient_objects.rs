// Reading objects whose properties may be of another type.

/// The properties of an object, in the order of the document.
pub(super) struct LenientInput<A> {
    map: A,
    mode: Mode,
    /// Whether the object keeps values that do not fit their properties.
    keeps: bool,
    /// The JSON names of the properties of this object that came as explicit `null`s, which their types do not read and
    /// which are kept beside their fields.
    pub(super) nulls: Vec<&'static str>,
    /// The values that do not fit their properties, by JSON name.
    kept: Map<String, Value>,
    /// Whether `nulls` or `kept` has an entry.
    has_kept: bool,
    /// The number that stands in the place of the object, if serde_json's `arbitrary_precision` is on.
    number: Option<Value>,
    /// Set once the object itself does not fit: the properties that have been read since.
    pub(super) broken: Option<Map<String, Value>>,
}

impl<'de, A: MapAccess<'de>> LenientInput<A> {
    pub(super) fn new(map: A, mode: Mode, keeps: bool) -> Self {
        Self { map, mode, keeps, nulls: Vec::new(), kept: Map::new(), has_kept: false, number: None, broken: None }
    }

    /// Returns the name of the next property of an object of type `T`; `None` at the end. Once the object does not
    /// fit, reads all that is left of it. With serde_json's `arbitrary_precision` a number comes as an object with one
    /// property of a name of its own.
    pub(super) fn key<T: Object>(&mut self) -> Result<Option<Key<T::Property>>, A::Error> {
        if let Some(broken) = &mut self.broken {
            while let Some((name, value)) = self.map.next_entry()? {
                broken.insert(name, value);
            }
            return Ok(None);
        }
        match self.map.next_key_seed(Keys(T::property))? {
            Some(Key::Other(name)) if name == "$serde_json::private::Number" && has_arbitrary_precision() => {
                let text: String = self.map.next_value()?;
                self.number = Some(::serde_json::from_str(&text).map_err(A::Error::custom)?);
                self.broken = Some(Map::new());
                self.key::<T>()
            }
            key => Ok(key),
        }
    }

    /// Reads the value of a property that the schema does not define by name.
    pub(super) fn read_other<R: LenientOthers<'de>>(&mut self, name: String, others: &mut R) -> Result<(), A::Error> {
        if let Some((name, value)) = others.take_lenient(name, &mut self.map, self.mode)? {
            self.broken = Some(Map::from_iter([(name, value)]));
        }
        Ok(())
    }

    /// Checks whether the value of the property `name` was kept.
    #[cold]
    fn is_kept(&self, name: &str) -> bool {
        self.nulls.contains(&name) || self.kept.contains_key(name)
    }

    /// Keeps the value of the property `name`, which does not fit, if `is_kept` is set. Otherwise, the object itself does
    /// not fit, or there is an error.
    #[cold]
    fn keep(
        &mut self,
        name: &'static str,
        value: Value,
        is_kept: bool,
        expecting: &str,
    ) -> Result<(), A::Error> {
        match self.mode {
            _ if is_kept => {
                self.has_kept = true;
                self.kept.insert(name.to_owned(), value);
            }
            Mode::Refuse => return Err(within(name, unexpected(&value, expecting))),
            Mode::Keep => self.broken = Some(Map::from_iter([(name.to_owned(), value)])),
        }
        Ok(())
    }

    /// Moves the values that do not fit, and the explicit `null`s, to the field that keeps them.
    pub(super) fn keep_in(&mut self, kept: &mut Map<String, Value>) {
        if !self.kept.is_empty() {
            kept.append(&mut self.kept);
        }
        kept.extend(self.nulls.drain(..).map(|name| (name.to_owned(), Value::Null)));
    }

    /// Returns the object as it was read, with all that `whole` does not have yet.
    pub(super) fn whole(self, mut whole: Map<String, Value>) -> Value {
        if let Some(number) = self.number {
            return number;
        }
        whole.extend(self.kept);
        whole.extend(self.nulls.into_iter().map(|name| (name.to_owned(), Value::Null)));
        Value::Object(whole)
    }
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
