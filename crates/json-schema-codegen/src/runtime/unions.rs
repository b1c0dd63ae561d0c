// Reading unions: which member a value fits best.

/// Implements reading, writing, access and `unlisted()` for a union, from a table with a row for each variant:
///
/// ```text
/// runtime::variants! {
///     Payment;
///     Card, inspect;
///     Amount;
///     Price, opaque;
///     Unknown, unlisted;
/// }
/// ```
///
/// A row may say more about the values of its variant:
/// - `inspect`: `unlisted()` searches them. `opaque`: they are of a type from the settings, which it cannot search.
/// - `unlisted`: they fit no member of the union, and `unlisted()` reports them.
macro_rules! variants {
    ($name:ident; $($variant:ident $(, $mark:ident)?;)*) => {
        impl $name {
            /// Returns everything in this value that the schema does not list, each with its path from this
            /// value; empty if there is nothing.
            pub fn unlisted(&self) -> Vec<runtime::Unlisted> {
                runtime::Collector::collect(self)
            }
        }

        #[allow(deprecated, unused_variables)]
        impl runtime::Inspect for $name {
            fn collect_unlisted(&self, collector: &mut runtime::Collector) {
                match self {
                    $(Self::$variant(value) => {
                        $(collector.$mark(None, value);)?
                    })*
                }
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)*
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::read_union(deserializer)
            }
        }

        runtime::union_access! { $name; $($variant $(, $mark)?;)* }
    };
}
pub(super) use variants;

/// How well a value fits a type that it can be read as. The smaller of two fits is the better one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// How many values inside the value are kept beside fields, since they are of another type.
    mismatches: usize,
    /// Whether the type is a union that keeps the value in its fallback variant, since it fits no member.
    kept: bool,
    /// How many values inside the value are kept in fallback variants of unions.
    kept_inside: usize,
    /// How many other things in the value are unlisted.
    unlisted: usize,
}

impl Fit {
    /// The type has a field or variant for everything in the value.
    pub(super) const EXACT: Self = Self { mismatches: 0, kept: false, kept_inside: 0, unlisted: 0 };
    /// The value itself is unlisted.
    pub(super) const UNLISTED: Self = Self { unlisted: 1, ..Self::EXACT };
    /// A union keeps the value in its fallback variant.
    pub(super) const KEPT: Self = Self { kept: true, ..Self::EXACT };

    /// Checks whether the value is read as more than the fallback variant of a union.
    pub(super) fn is_read(self) -> bool {
        !self.kept
    }

    /// Returns the fit of an object or array: `self` is its fit so far, and `inside` that of a further property or
    /// item.
    pub(super) fn add_inner_fit(self, inside: Self) -> Self {
        let kept_inside = self.kept_inside + inside.kept_inside + usize::from(inside.kept);
        let mismatches = self.mismatches + inside.mismatches;
        Self { mismatches, kept_inside, unlisted: self.unlisted + inside.unlisted, ..self }
    }
}

/// A type that a member of a union has, or has in it.
pub(super) trait Candidate {
    /// Returns how well the value fits the type; `None` if it cannot be read as the type.
    fn fit(value: &Value, choices: &mut Choices) -> Option<Fit>;
}

/// A member of a union: (checks whether the JSON type and the tag of a value are those of the member, returns
/// how well the value fits the member).
pub(super) type UnionMember = (fn(&Value) -> bool, fn(&Value, &mut Choices) -> Option<Fit>);

/// A union: an enum with a variant for each member of a `oneOf` or `anyOf`.
pub(super) trait Union: Sized {
    /// The path of the Rust type, such as `shop::Payment`, which identifies the union in [`Choices`].
    const PATH: &'static str;

    /// Returns (the index of the variant that `value` is to be read as, how well it fits it). The fit is `None`
    /// if reading the value will fail.
    fn choose_variant(value: &Value, choices: &mut Choices) -> (usize, Option<Fit>);

    /// Reads the variant with the index `variant`.
    fn read<'de, D: Deserializer<'de>>(variant: usize, deserializer: D) -> Result<Self, D::Error>;
}

/// The results of [`Union::choose_variant`] by (address of the value, path of the union), so that a variant is chosen
/// once for each value and union, however deep the value is nested.
#[derive(Default)]
pub(super) struct Choices(BTreeMap<(usize, &'static str), (usize, Option<Fit>)>);

impl Choices {
    /// Returns the result of [`Union::choose_variant`], which is called only for the first time.
    pub(super) fn choose_variant<U: Union>(&mut self, value: &Value) -> (usize, Option<Fit>) {
        let key = (::std::ptr::from_ref(value).addr(), U::PATH);
        if let Some(choice) = self.0.get(&key) {
            return *choice;
        }
        // A union that is a member of itself cannot be read as that member.
        self.0.insert(key, (0, None));
        let choice = U::choose_variant(value, self);
        self.0.insert(key, choice);
        choice
    }

    /// Returns (the index of the member that the value fits best, its fit); the first of several that it fits
    /// equally well. `None` if it fits no member, or fits members only in their own fallback variants.
    pub(super) fn choose_best_member(&mut self, value: &Value, members: &[UnionMember]) -> Option<(usize, Option<Fit>)> {
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

    /// Returns itself: the judge of values of generated types.
    pub(super) fn inspect(&mut self) -> &mut Self {
        self
    }

    /// Returns the judge of values of types from the settings.
    pub(super) fn opaque(&mut self) -> SettingsTypeJudge {
        SettingsTypeJudge
    }
}

/// Returns how well a value fits the generated type `T`; `None` if it cannot be read as `T`.
pub(super) fn fit<T: Candidate>(value: &Value, choices: &mut Choices) -> Option<Fit> {
    T::fit(value, choices)
}

/// Returns how well a value fits the type `T` from the settings; `None` if it cannot be read as `T`.
pub(super) fn fit_opaque<T: ::serde::de::DeserializeOwned>(value: &Value, choices: &mut Choices) -> Option<Fit> {
    Judge::<T>::fit(choices.opaque(), value)
}

/// Reads a value by the `Deserialize` of its type `T`.
pub(super) fn read_as<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(deserializer)
}

/// Judges how well values fit the type `T`.
pub(super) trait Judge<T> {
    /// Returns the fit of a value; `None` if it cannot be read as `T`.
    fn fit(self, value: &Value) -> Option<Fit>;
}

impl<T: Candidate> Judge<T> for &mut Choices {
    fn fit(self, value: &Value) -> Option<Fit> {
        T::fit(value, self)
    }
}

/// Judges values of types from the settings: those that can be read fit exactly.
pub(super) struct SettingsTypeJudge;

impl<T: ::serde::de::DeserializeOwned> Judge<T> for SettingsTypeJudge {
    fn fit(self, value: &Value) -> Option<Fit> {
        T::deserialize(value).ok().map(|_| Fit::EXACT)
    }
}

/// Reads a union. A [`ValueReader`] knows the variant already; for any other deserializer, the value is read into
/// memory first and its variant chosen.
pub(super) fn read_union<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    deserializer.deserialize_newtype_struct(U::PATH, UnionVisitor(PhantomData))
}

/// Reads a value whose JSON type is not among those that `expected` names, and always returns an error about it.
#[cold]
pub(super) fn refuse_json_type<'de, T, D: Deserializer<'de>>(deserializer: D, expected: &str) -> Result<T, D::Error> {
    Err(wrong_type_error(&Value::deserialize(deserializer)?, expected))
}

/// Visits a value that [`read_union`] reads.
struct UnionVisitor<U>(PhantomData<U>);

impl<U: Union> UnionVisitor<U> {
    /// Chooses the variant of the union for `value`, and reads `value` as this variant.
    fn read<E: Error>(value: &Value) -> Result<U, E> {
        let mut choices = Choices::default();
        let (variant, _) = choices.choose_variant::<U>(value);
        U::read(variant, ValueReader { value, choices: &choices }).map_err(E::custom)
    }
}

impl<'de, U: Union> Visitor<'de> for UnionVisitor<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        Self::read(&Value::deserialize(deserializer)?)
    }

    /// Reads the variant that a [`ValueReader`] has for the value.
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

/// Reads the variant of the union `U` with this index.
struct VariantReader<U>(usize, PhantomData<U>);

impl<'de, U: Union> ::serde::de::DeserializeSeed<'de> for VariantReader<U> {
    type Value = U;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        U::read(self.0, deserializer)
    }
}
