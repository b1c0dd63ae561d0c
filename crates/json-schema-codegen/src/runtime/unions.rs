// Reading unions: which member a value fits best.

/// How well a value fits a type that it can be read as; the smaller, the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// Whether the value is kept whole, since it is none of a union's members.
    kept: bool,
    /// How many values inside it are kept whole.
    kept_inside: usize,
    /// How many other things inside it the schema does not list.
    unlisted: usize,
}

impl Fit {
    /// The schema lists all that is in the value.
    pub(super) const EXACT: Self = Self { kept: false, kept_inside: 0, unlisted: 0 };
    /// The schema does not list the value.
    pub(super) const UNLISTED: Self = Self { unlisted: 1, ..Self::EXACT };
    /// The value is none of a union's members.
    pub(super) const KEPT: Self = Self { kept: true, ..Self::EXACT };

    /// Checks whether the value is read as the type, and not only kept whole in it.
    pub(super) fn is_read(self) -> bool {
        !self.kept
    }

    /// Returns the fit of a value with this fit, once a value inside it has the other fit.
    pub(super) fn and(self, inside: Self) -> Self {
        let kept_inside = self.kept_inside + inside.kept_inside + usize::from(inside.kept);
        Self { kept_inside, unlisted: self.unlisted + inside.unlisted, ..self }
    }
}

/// A type that stands in a union.
pub(super) trait Candidate {
    /// Returns how well the value fits the type; `None` if it cannot be read as the type.
    fn fit(value: &Value, choices: &mut Choices) -> Option<Fit>;
}

/// A member of a union: which JSON types it can have, and how well a value fits it.
pub(super) type Member = (fn(&Value) -> bool, fn(&Value, &mut Choices) -> Option<Fit>);

/// A union.
pub(super) trait Union: Sized {
    /// The path of the type, by which [`Choices`] tell unions apart.
    const PATH: &'static str;

    /// Returns the index of the variant for a value, and how well it fits that; `None` if reading it
    /// will fail.
    fn choose(value: &Value, choices: &mut Choices) -> (usize, Option<Fit>);

    /// Reads the variant of an index.
    fn read<'de, D: Deserializer<'de>>(variant: usize, deserializer: D) -> Result<Self, D::Error>;
}

/// The variants of the values whose unions have been looked at, by the address of the value and the
/// path of the union. A value is looked at once for each union, however deep it is nested.
#[derive(Default)]
pub(super) struct Choices(BTreeMap<(usize, &'static str), (usize, Option<Fit>)>);

impl Choices {
    /// Returns the variant of a union for a value, and how well the value fits it.
    pub(super) fn choose<U: Union>(&mut self, value: &Value) -> (usize, Option<Fit>) {
        let key = (::std::ptr::from_ref(value).addr(), U::PATH);
        if let Some(choice) = self.0.get(&key) {
            return *choice;
        }
        // A union that is a member of itself cannot be read as that member.
        self.0.insert(key, (0, None));
        let choice = U::choose(value, self);
        self.0.insert(key, choice);
        choice
    }

    /// Returns the index of the member that the value fits best, the first of several that it fits
    /// equally well. A member that would only keep the value is none.
    pub(super) fn best(&mut self, value: &Value, members: &[Member]) -> Option<(usize, Option<Fit>)> {
        let mut best: Option<(usize, Fit)> = None;
        for (index, (has_type, fit)) in members.iter().enumerate() {
            if !has_type(value) {
                continue;
            }
            let fit = fit(value, self).filter(|fit| fit.is_read());
            best = fit.filter(|fit| best.is_none_or(|(_, other)| *fit < other)).map(|fit| (index, fit)).or(best);
            if best.is_some_and(|(_, fit)| fit == Fit::EXACT) {
                break;
            }
        }
        best.map(|(index, fit)| (index, Some(fit)))
    }

    /// Returns these choices, for a type of the output.
    pub(super) fn inspect(&mut self) -> &mut Self {
        self
    }

    /// Returns what is used in the place of choices for a type that the output does not define.
    pub(super) fn opaque(&mut self) -> Opaque {
        Opaque
    }
}

/// Returns how well a value fits a type of the output.
pub(super) fn fit<T: Candidate>(value: &Value, choices: &mut Choices) -> Option<Fit> {
    T::fit(value, choices)
}

/// Returns how well a value fits a type that the output does not define.
pub(super) fn fit_opaque<T: ::serde::de::DeserializeOwned>(value: &Value, choices: &mut Choices) -> Option<Fit> {
    Judge::<T>::fit(choices.opaque(), value)
}

/// Reads a value of any type.
pub(super) fn read_as<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(deserializer)
}

/// Finds out how well a value fits the type `T`.
pub(super) trait Judge<T> {
    fn fit(self, value: &Value) -> Option<Fit>;
}

impl<T: Candidate> Judge<T> for &mut Choices {
    fn fit(self, value: &Value) -> Option<Fit> {
        T::fit(value, self)
    }
}

/// Judges values of a type that the output does not define: they fit if they can be read.
pub(super) struct Opaque;

impl<T: ::serde::de::DeserializeOwned> Judge<T> for Opaque {
    fn fit(self, value: &Value) -> Option<Fit> {
        T::deserialize(value).ok().map(|_| Fit::EXACT)
    }
}

/// Reads a union: from any format, or from a value whose variant is known already.
pub(super) fn read_union<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    deserializer.deserialize_newtype_struct(U::PATH, Unions(PhantomData))
}

/// Returns the error for a value whose JSON type is none of those that are expected.
#[cold]
pub(super) fn refuse<'de, T, D: Deserializer<'de>>(deserializer: D, expected: &str) -> Result<T, D::Error> {
    Err(unexpected(&Value::deserialize(deserializer)?, expected))
}

struct Unions<U>(PhantomData<U>);

impl<U: Union> Unions<U> {
    fn read<E: Error>(value: &Value) -> Result<U, E> {
        let mut choices = Choices::default();
        let (variant, _) = choices.choose::<U>(value);
        U::read(variant, ValueReader { value, choices: &choices }).map_err(E::custom)
    }
}

impl<'de, U: Union> Visitor<'de> for Unions<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        Self::read(&Value::deserialize(deserializer)?)
    }

    /// What [`ValueReader`] calls: the variant is known.
    fn visit_enum<A: ::serde::de::EnumAccess<'de>>(self, access: A) -> Result<U, A::Error> {
        let (variant, content) = access.variant()?;
        ::serde::de::VariantAccess::newtype_variant_seed(content, VariantReader(variant, PhantomData))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<U, E> {
        Self::read(&value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<U, E> {
        Self::read(&value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<U, E> {
        Self::read(&value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<U, E> {
        Self::read(&value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<U, E> {
        Self::read(&value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<U, E> {
        Self::read(&Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<U, E> {
        Self::read(&Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        Self::read(&Value::deserialize(deserializer)?)
    }

    fn visit_seq<A: ::serde::de::SeqAccess<'de>>(self, items: A) -> Result<U, A::Error> {
        Self::read(&Value::deserialize(::serde::de::value::SeqAccessDeserializer::new(items))?)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<U, A::Error> {
        Self::read(&Value::deserialize(::serde::de::value::MapAccessDeserializer::new(map))?)
    }
}

/// Reads the variant of an index.
struct VariantReader<U>(usize, PhantomData<U>);

impl<'de, U: Union> ::serde::de::DeserializeSeed<'de> for VariantReader<U> {
    type Value = U;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        U::read(self.0, deserializer)
    }
}

/// Reads a value; unions inside it are read as the variants that have been chosen.
#[derive(Clone, Copy)]
struct ValueReader<'a> {
    value: &'a Value,
    choices: &'a Choices,
}

impl<'de> Deserializer<'de> for ValueReader<'de> {
    type Error = ::serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let choices = self.choices;
        match self.value {
            Value::Array(items) => {
                let mut reader = ItemsReader { items: items.iter(), choices };
                let read = visitor.visit_seq(&mut reader)?;
                match reader.items.len() {
                    0 => Ok(read),
                    _ => Err(Error::invalid_length(items.len(), &"fewer elements in array")),
                }
            }
            Value::Object(object) => {
                visitor.visit_map(ObjectReader { entries: object.iter(), value: &Value::Null, choices })
            }
            scalar => scalar.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        path: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        let address = ::std::ptr::from_ref(self.value).addr();
        match self.choices.0.get(&(address, path)) {
            Some((variant, _)) => visitor.visit_enum(ChosenVariant { variant: *variant, reader: self }),
            None => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.value.deserialize_enum(name, variants, visitor)
    }

    ::serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// Hands over the variant that has been chosen for a value.
struct ChosenVariant<'a> {
    variant: usize,
    reader: ValueReader<'a>,
}

impl<'de> ::serde::de::EnumAccess<'de> for ChosenVariant<'de> {
    type Error = ::serde_json::Error;
    type Variant = Self;

    fn variant_seed<S: ::serde::de::DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Self::Error> {
        let index = ::serde::de::IntoDeserializer::<Self::Error>::into_deserializer(self.variant);
        Ok((seed.deserialize(index)?, self))
    }
}

impl<'de> ::serde::de::VariantAccess<'de> for ChosenVariant<'de> {
    type Error = ::serde_json::Error;

    fn unit_variant(self) -> Result<(), Self::Error> {
        Err(Error::custom("the variant has a value"))
    }

    fn newtype_variant_seed<S: ::serde::de::DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Self::Error> {
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Self::Error> {
        self.reader.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Self::Error> {
        self.reader.deserialize_any(visitor)
    }
}

struct ItemsReader<'a> {
    items: ::std::slice::Iter<'a, Value>,
    choices: &'a Choices,
}

impl<'de> ::serde::de::SeqAccess<'de> for ItemsReader<'de> {
    type Error = ::serde_json::Error;

    fn next_element_seed<S: ::serde::de::DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Self::Error> {
        let choices = self.choices;
        self.items.next().map(|value| seed.deserialize(ValueReader { value, choices })).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct ObjectReader<'a> {
    entries: ::serde_json::map::Iter<'a>,
    /// The value of the property whose name was read last.
    value: &'a Value,
    choices: &'a Choices,
}

impl<'de> MapAccess<'de> for ObjectReader<'de> {
    type Error = ::serde_json::Error;

    fn next_key_seed<S: ::serde::de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Self::Error> {
        let Some((name, value)) = self.entries.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(::serde::de::value::BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: ::serde::de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Self::Error> {
        seed.deserialize(ValueReader { value: self.value, choices: self.choices })
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}
