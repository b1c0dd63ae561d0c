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
