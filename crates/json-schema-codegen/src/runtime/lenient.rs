// Reading that keeps values of another type than the schema's, instead of failing.

/// Implements reading and writing for a struct whose values of another type are kept, from the same table as
/// `properties!`. A value that does not fit its property is kept in the field of the `unlisted` row, under its
/// JSON name, and the field of the property has no value; a struct without such a row is itself a value that does
/// not fit.
macro_rules! lenient_properties {
    ($($rows:tt)*) => {
        runtime::property_values! { $($rows)* }
        runtime::property_access! { $($rows)* }
        runtime::keeping_properties! { $($rows)* }
    };
}
pub(super) use lenient_properties;

/// Implements reading and writing for a struct, from the rows of `lenient_properties!`.
macro_rules! keeping_properties {
    (
        $name:ident, $expecting:literal;
        $($wire:literal => $field:ident: $presence:ident $(via $convert:ident($read:ty))? $(, $mark:ident)?;)*
        $(matching $regex:literal => $map:ident $(via $map_convert:ident($map_read:ty))? $(, $map_mark:ident)? by $pattern:expr;)*
        $(unlisted => $unlisted:ident;)?
        $(additional => $typed:ident $(via $typed_convert:ident($typed_read:ty))? $(, $typed_mark:ident)?;)?
        $(additional: $rejected:ident;)?
        $(explicit nulls => $nulls:ident;)?
    ) => {
        const _: () = {
            /// A property of the schema, by its field. No type of the schema has this name.
            #[allow(non_camel_case_types)]
            pub(crate) enum __Property {
                $($field,)*
            }

            #[allow(deprecated, unreachable_code, unused_variables)]
            impl runtime::Object for $name {
                const EXPECTING: &'static str = $expecting;

                type Property = __Property;

                fn property(name: &str) -> Option<__Property> {
                    match name {
                        $($wire => Some(__Property::$field),)*
                        _ => None,
                    }
                }

                fn listed(&self, name: &str) -> Option<runtime::Listed> {
                    Some(match Self::property(name)? {
                        $(__Property::$field => runtime::$presence::listed(&self.$field),)*
                    })
                }
            }

            #[allow(deprecated, unreachable_code, unused_mut, unused_variables)]
            impl<'de> runtime::Lenient<'de> for $name {
                const EXPECTING: &'static str = $expecting;

                fn into_value(self) -> ::serde_json::Value {
                    runtime::value_of(self)
                }

                fn from_object<A: ::serde::de::MapAccess<'de>>(
                    map: A,
                    mode: runtime::Mode,
                ) -> Result<Result<Self, ::serde_json::Value>, A::Error> {
                    let mut input = runtime::LenientInput::new(map, mode, false $(|| !stringify!($unlisted).is_empty())?);
                    $(let mut $field $(: Option<$read>)? = None;)*
                    $(let mut $map $(: $map_read)? = Default::default();)*
                    $(let mut $unlisted = Default::default();)?
                    $(let mut $typed $(: $typed_read)? = Default::default();)?
                    while let Some(key) = input.key::<Self>()? {
                        match key {
                            runtime::Key::Listed(property) => match property {
                                $(__Property::$field => {
                                    <runtime::$presence as runtime::KeepRead>::read(&mut input, $wire, &mut $field)?;
                                })*
                            },
                            $(runtime::Key::Other(name) if $pattern.matches(&name) => input.read_other(name, &mut $map)?,)*
                            runtime::Key::Other(name) => {
                                $(input.read_other(name, &mut $unlisted)?)?
                                $(input.read_other(name, &mut $typed)?)?
                                $(input.read_other(name, &mut runtime::$rejected)?)?
                            }
                        }
                    }
                    $(<runtime::$presence as runtime::KeepRead>::check(&mut input, $wire, &$field)?;)*
                    if let Some(mut whole) = input.broken.take() {
                        $(runtime::turn_back(&mut whole, $wire, $field);)*
                        $(runtime::turn_back_all(&mut whole, $map);)*
                        $(runtime::turn_back_all(&mut whole, $unlisted);)?
                        $(runtime::turn_back_all(&mut whole, $typed);)?
                        return Ok(Err(input.whole(whole)));
                    }
                    $(input.keep_in(&mut $unlisted);)?
                    $($(let $field = runtime::$convert::<Option<$read>>($field);)?)*
                    $($(let $map = runtime::$map_convert::<$map_read>($map);)?)*
                    $($(let $typed = runtime::$typed_convert::<$typed_read>($typed);)?)?
                    Ok(Ok(Self {
                        $($field: <runtime::$presence as runtime::KeepField<_>>::finish($field, $wire)?,)*
                        $($map,)*
                        $($unlisted,)?
                        $($typed,)?
                        $($nulls: input.nulls,)?
                    }))
                }
            }
        };

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::read_lenient(deserializer)
            }
        }

        #[allow(deprecated, unused_mut, unused_variables)]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut output = runtime::Output::new(serializer)?;
                let is_kept = |name: &str| false $(|| self.$unlisted.contains_key(name))?;
                $(if !<runtime::$presence as runtime::KeepDefault<_>>::is_default(&self.$field) || !is_kept($wire) {
                    runtime::$presence::write(&mut output, $wire, &self.$field)?;
                })*
                $(output.write_kept(self, &self.$map)?;)*
                $(output.write_kept(self, &self.$unlisted)?;)?
                $(output.write_kept(self, &self.$typed)?;)?
                $(output.write_nulls(self, &self.$nulls)?;)?
                output.finish()
            }
        }
    };
}
pub(super) use keeping_properties;

/// What happens to a value that is not of the type of the schema.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Reading fails.
    Refuse,
    /// The value is handed back whole, and whoever reads it keeps it.
    Keep,
}

/// A type of which values of another type can be kept.
pub(super) trait Lenient<'de>: Sized {
    /// What an error says was expected.
    const EXPECTING: &'static str;

    /// Reads a value. If it is not of this type, returns an error or the whole value, by `mode`.
    fn read<D: Deserializer<'de>>(deserializer: D, mode: Mode) -> Result<Result<Self, Value>, D::Error> {
        deserializer.deserialize_any(Lenients(mode, PhantomData))
    }

    /// Returns the JSON value that was read.
    fn into_value(self) -> Value;

    /// Returns the value for a string; `None` if it is not of this type.
    fn from_text(_: &str) -> Option<Self> {
        None
    }

    /// Returns the value for a null, boolean or number; the same one back if it is not of this type.
    fn from_scalar(value: Value) -> Result<Self, Value> {
        Err(value)
    }

    /// Reads an array, as [`Lenient::read`] does.
    fn from_array<A: ::serde::de::SeqAccess<'de>>(items: A, mode: Mode) -> Result<Result<Self, Value>, A::Error> {
        // All of it is read before there is an error, so that the error is located at the array.
        let value = Value::deserialize(::serde::de::value::SeqAccessDeserializer::new(items))?;
        refused(Err(value), mode)
    }

    /// Reads an object, as [`Lenient::read`] does.
    fn from_object<A: MapAccess<'de>>(map: A, mode: Mode) -> Result<Result<Self, Value>, A::Error> {
        // With serde_json's `arbitrary_precision` a number comes as a map.
        let value = Value::deserialize(::serde::de::value::MapAccessDeserializer::new(map))?;
        let value = if value.is_number() { Self::from_scalar(value) } else { Err(value) };
        refused::<Self, A::Error>(value, mode)
    }
}

/// Returns an error for a value that is not of the type `T`, if `mode` says so.
fn refused<'de, T: Lenient<'de>, E: Error>(read: Result<T, Value>, mode: Mode) -> Result<Result<T, Value>, E> {
    match (read, mode) {
        (Err(value), Mode::Refuse) => Err(unexpected(&value, T::EXPECTING)),
        (read, _) => Ok(read),
    }
}

/// Reads values of the type `T`.
struct Lenients<T>(Mode, PhantomData<T>);

impl<'de, T: Lenient<'de>> ::serde::de::DeserializeSeed<'de> for Lenients<T> {
    type Value = Result<T, Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read(deserializer, self.0)
    }
}

impl<'de, T: Lenient<'de>> Visitor<'de> for Lenients<T> {
    type Value = Result<T, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        refused(T::from_scalar(Value::Null), self.0)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read(deserializer, self.0)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        refused(T::from_scalar(value.into()), self.0)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        refused(T::from_scalar(value.into()), self.0)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        refused(T::from_scalar(value.into()), self.0)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        refused(T::from_scalar(value.into()), self.0)
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        match T::from_text(text) {
            Some(value) => Ok(Ok(value)),
            None => refused(Err(Value::from(text)), self.0),
        }
    }

    fn visit_seq<A: ::serde::de::SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        T::from_array(items, self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::from_object(map, self.0)
    }
}

/// Reads a value; one of another type is an error, but values inside it are kept where they can be.
pub(super) fn read_lenient<'de, T: Lenient<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    match T::read(deserializer, Mode::Refuse)? {
        Ok(value) => Ok(value),
        Err(value) => Err(unexpected(&value, T::EXPECTING)),
    }
}

/// Returns the JSON value of something that was read before a value beside it did not fit. Types of the output
/// write all that they have read; `null` stands for a value whose own `Serialize` fails.
pub(super) fn value_of<T: Serialize>(read: T) -> Value {
    ::serde_json::to_value(read).unwrap_or_default()
}

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
            Some(Key::Other(name)) if name == "$serde_json::private::Number" => {
                self.number = ::serde_json::from_str(&self.map.next_value::<String>()?).ok();
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

/// How a property is read whose values of another type may be kept.
pub(super) trait KeepRead {
    /// Whether the object does not fit without the property.
    const IS_REQUIRED: bool = false;
    /// Whether a value of another type is kept beside the field, where the object can keep it.
    const IS_KEPT: bool = true;
    /// Whether a value of another type is an error, whatever else may be kept.
    const IS_STRICT: bool = false;
    /// Whether an explicit `null` is kept beside the field.
    const KEEPS_NULL: bool = false;

    /// Reads the value of the property `name` into `slot`, or keeps it.
    #[inline]
    fn read<'de, A: MapAccess<'de>, T: Lenient<'de>>(
        input: &mut LenientInput<A>,
        name: &'static str,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        if slot.is_some() || (input.has_kept && input.is_kept(name)) {
            return Err(A::Error::duplicate_field(name));
        }
        let is_kept = Self::IS_KEPT && input.keeps;
        let mode = match (Self::IS_STRICT, is_kept || Self::KEEPS_NULL) {
            (true, _) => Mode::Refuse,
            (false, true) => Mode::Keep,
            (false, false) => input.mode,
        };
        let read = input.map.next_value_seed(Lenients(mode, PhantomData)).map_err(|error| within(name, error))?;
        match read {
            Ok(value) => {
                *slot = Some(value);
                Ok(())
            }
            Err(Value::Null) if Self::KEEPS_NULL => {
                input.has_kept = true;
                input.nulls.push(name);
                Ok(())
            }
            Err(value) => input.keep(name, value, is_kept, T::EXPECTING),
        }
    }

    /// Checks the property at the end of the object. If it is missing and must not be, the object does not fit, or
    /// there is an error.
    fn check<'de, A: MapAccess<'de>, T>(
        input: &mut LenientInput<A>,
        name: &'static str,
        slot: &Option<T>,
    ) -> Result<(), A::Error> {
        let is_there = slot.is_some() || input.broken.is_some() || input.kept.contains_key(name);
        match input.mode {
            _ if is_there || !Self::IS_REQUIRED => {}
            Mode::Refuse => return Err(A::Error::missing_field(name)),
            Mode::Keep => input.broken = Some(Map::new()),
        }
        Ok(())
    }
}

/// How a slot becomes the field of a property whose values of another type may be kept.
pub(super) trait KeepField<T> {
    /// The type of the field for values of type `T`.
    type Field;

    /// Returns the value of the field of the property `name`.
    fn finish<E: Error>(slot: Option<T>, name: &'static str) -> Result<Self::Field, E>;
}

/// Tells whether a field of the type `F` has the value that it has while a value of another type is kept.
pub(super) trait KeepDefault<F> {
    /// Checks whether the field has that value, so that the value of another type is written instead.
    fn is_default(_: &F) -> bool {
        false
    }
}

impl KeepRead for Required {
    const IS_REQUIRED: bool = true;
    const IS_KEPT: bool = false;
}

impl<T> KeepField<T> for Required {
    type Field = T;

    fn finish<E: Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| E::missing_field(name))
    }
}

impl<F> KeepDefault<F> for Required {}

/// A property that must be present. If its value is of another type, the field has the default value of its type
/// and the value is kept beside it, where it is written for as long as the field has that default value.
pub(super) struct RequiredOrDefault;

impl RequiredOrDefault {
    pub(super) fn listed<T: Default + PartialEq>(value: &T) -> Listed {
        Listed { is_set: *value != T::default(), allows_null: false }
    }

    pub(super) fn write<M: SerializeMap, T: Serialize>(
        output: &mut Output<M>,
        name: &str,
        value: &T,
    ) -> Result<(), M::Error> {
        Required::write(output, name, value)
    }
}

impl KeepRead for RequiredOrDefault {
    const IS_REQUIRED: bool = true;
}

impl<T: Default> KeepField<T> for RequiredOrDefault {
    type Field = T;

    fn finish<E: Error>(slot: Option<T>, _: &'static str) -> Result<T, E> {
        Ok(slot.unwrap_or_default())
    }
}

impl<F: Default + PartialEq> KeepDefault<F> for RequiredOrDefault {
    fn is_default(field: &F) -> bool {
        *field == F::default()
    }
}

/// A property that must be present. The settings say that a value of another type is an error.
pub(super) struct RequiredStrict;

impl RequiredStrict {
    pub(super) fn listed<T>(value: &T) -> Listed {
        Required::listed(value)
    }

    pub(super) fn write<M: SerializeMap, T: Serialize>(
        output: &mut Output<M>,
        name: &str,
        value: &T,
    ) -> Result<(), M::Error> {
        Required::write(output, name, value)
    }
}

impl KeepRead for RequiredStrict {
    const IS_REQUIRED: bool = true;
    const IS_KEPT: bool = false;
    const IS_STRICT: bool = true;
}

impl<T> KeepField<T> for RequiredStrict {
    type Field = T;

    fn finish<E: Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| E::missing_field(name))
    }
}

impl<F> KeepDefault<F> for RequiredStrict {}

/// A property that may be absent. The settings say that a value of another type is an error, also an explicit `null`.
pub(super) struct OptionalStrict;

impl OptionalStrict {
    pub(super) fn listed<T>(value: &Option<T>) -> Listed {
        Optional::listed(value)
    }

    pub(super) fn write<M: SerializeMap, T: Serialize>(
        output: &mut Output<M>,
        name: &str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        Optional::write(output, name, value)
    }
}

impl KeepRead for OptionalStrict {
    const IS_KEPT: bool = false;
    const IS_STRICT: bool = true;
}

impl<T> KeepField<T> for OptionalStrict {
    type Field = Option<T>;

    fn finish<E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

impl<F> KeepDefault<F> for OptionalStrict {}

impl KeepRead for Optional {
    const KEEPS_NULL: bool = true;
}

impl<T> KeepField<T> for Optional {
    type Field = Option<T>;

    fn finish<E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

impl<F> KeepDefault<F> for Optional {}

impl KeepRead for OptionalOrNull {
    const KEEPS_NULL: bool = true;
}

impl<T> KeepField<T> for OptionalOrNull {
    type Field = Option<T>;

    fn finish<E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

impl<F> KeepDefault<F> for OptionalOrNull {}

impl KeepRead for Nullable {}

impl<T> KeepField<T> for Nullable {
    type Field = Option<T>;

    fn finish<E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

impl<F> KeepDefault<F> for Nullable {}

/// What keeps the properties that the schema does not define by name.
pub(super) trait LenientOthers<'de> {
    /// Reads the value of the property `name`. Returns both if the value does not fit and `mode` says to keep it.
    fn take_lenient<A: MapAccess<'de>>(
        &mut self,
        name: String,
        map: &mut A,
        mode: Mode,
    ) -> Result<Option<(String, Value)>, A::Error>;
}

impl<'de> LenientOthers<'de> for Map<String, Value> {
    fn take_lenient<A: MapAccess<'de>>(
        &mut self,
        name: String,
        map: &mut A,
        _: Mode,
    ) -> Result<Option<(String, Value)>, A::Error> {
        let value = map.next_value().map_err(|error| within(&name, error))?;
        self.insert(name, value);
        Ok(None)
    }
}

impl<'de, T: Lenient<'de>> LenientOthers<'de> for BTreeMap<String, T> {
    fn take_lenient<A: MapAccess<'de>>(
        &mut self,
        name: String,
        map: &mut A,
        mode: Mode,
    ) -> Result<Option<(String, Value)>, A::Error> {
        let read = map.next_value_seed(Lenients(mode, PhantomData)).map_err(|error| within(&name, error))?;
        match read {
            Ok(value) => {
                self.insert(name, value);
                Ok(None)
            }
            Err(value) => Ok(Some((name, value))),
        }
    }
}

impl<'de> LenientOthers<'de> for Rejected {
    fn take_lenient<A: MapAccess<'de>>(
        &mut self,
        name: String,
        map: &mut A,
        mode: Mode,
    ) -> Result<Option<(String, Value)>, A::Error> {
        match mode {
            Mode::Refuse => self.read_entry(name, map).map(|()| None),
            Mode::Keep => map.next_value().map(|value| Some((name, value))),
        }
    }
}

impl<'de> Lenient<'de> for Value {
    const EXPECTING: &'static str = "any value";

    fn into_value(self) -> Value {
        self
    }

    fn read<D: Deserializer<'de>>(deserializer: D, _: Mode) -> Result<Result<Self, Value>, D::Error> {
        Value::deserialize(deserializer).map(Ok)
    }
}

impl<'de> Lenient<'de> for Map<String, Value> {
    const EXPECTING: &'static str = "an object";

    fn into_value(self) -> Value {
        Value::Object(self)
    }

    fn from_object<A: MapAccess<'de>>(map: A, mode: Mode) -> Result<Result<Self, Value>, A::Error> {
        match Value::deserialize(::serde::de::value::MapAccessDeserializer::new(map))? {
            Value::Object(map) => Ok(Ok(map)),
            other => refused(Err(other), mode),
        }
    }
}

impl Lenient<'_> for String {
    const EXPECTING: &'static str = "a string";

    fn into_value(self) -> Value {
        Value::String(self)
    }

    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Lenient<'_> for bool {
    const EXPECTING: &'static str = "a boolean";

    fn into_value(self) -> Value {
        Value::Bool(self)
    }

    fn from_scalar(value: Value) -> Result<Self, Value> {
        value.as_bool().ok_or(value)
    }
}

impl Lenient<'_> for () {
    const EXPECTING: &'static str = "null";

    fn into_value(self) -> Value {
        Value::Null
    }

    fn from_scalar(value: Value) -> Result<Self, Value> {
        if value.is_null() { Ok(()) } else { Err(value) }
    }
}

impl Lenient<'_> for Number {
    const EXPECTING: &'static str = "a number";

    fn into_value(self) -> Value {
        Value::Number(self)
    }

    fn from_scalar(value: Value) -> Result<Self, Value> {
        match value {
            Value::Number(number) => Ok(number),
            other => Err(other),
        }
    }
}

impl<T: TryFrom<i128> + Into<Value>> Lenient<'_> for Whole<T> {
    const EXPECTING: &'static str = "a whole number";

    fn into_value(self) -> Value {
        self.0.into()
    }

    fn from_scalar(value: Value) -> Result<Self, Value> {
        let number = value.as_number().and_then(whole).and_then(|number| T::try_from(number).ok());
        number.map(Whole).ok_or(value)
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for Option<T> {
    const EXPECTING: &'static str = T::EXPECTING;

    fn into_value(self) -> Value {
        self.map_or(Value::Null, T::into_value)
    }

    fn from_text(text: &str) -> Option<Self> {
        T::from_text(text).map(Some)
    }

    fn from_scalar(value: Value) -> Result<Self, Value> {
        if value.is_null() { Ok(None) } else { T::from_scalar(value).map(Some) }
    }

    fn from_array<A: ::serde::de::SeqAccess<'de>>(items: A, mode: Mode) -> Result<Result<Self, Value>, A::Error> {
        Ok(T::from_array(items, mode)?.map(Some))
    }

    fn from_object<A: MapAccess<'de>>(map: A, mode: Mode) -> Result<Result<Self, Value>, A::Error> {
        Ok(T::from_object(map, mode)?.map(Some))
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for Box<T> {
    const EXPECTING: &'static str = T::EXPECTING;

    fn into_value(self) -> Value {
        T::into_value(*self)
    }

    fn read<D: Deserializer<'de>>(deserializer: D, mode: Mode) -> Result<Result<Self, Value>, D::Error> {
        Ok(T::read(deserializer, mode)?.map(Box::new))
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for Vec<T> {
    const EXPECTING: &'static str = "an array";

    fn into_value(self) -> Value {
        Value::Array(self.into_iter().map(T::into_value).collect())
    }

    fn from_array<A: ::serde::de::SeqAccess<'de>>(mut items: A, mode: Mode) -> Result<Result<Self, Value>, A::Error> {
        let mut read = Vec::new();
        while let Some(item) = items.next_element_seed(Lenients::<T>(mode, PhantomData))? {
            match item {
                Ok(item) => read.push(item),
                Err(value) => {
                    let mut all: Vec<Value> = read.into_iter().map(T::into_value).collect();
                    all.push(value);
                    while let Some(value) = items.next_element()? {
                        all.push(value);
                    }
                    return Ok(Err(Value::Array(all)));
                }
            }
        }
        Ok(Ok(read))
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for BTreeMap<String, T> {
    const EXPECTING: &'static str = "an object";

    fn into_value(self) -> Value {
        Value::Object(self.into_iter().map(|(name, value)| (name, value.into_value())).collect())
    }

    fn from_object<A: MapAccess<'de>>(mut map: A, mode: Mode) -> Result<Result<Self, Value>, A::Error> {
        let mut read = Self::new();
        while let Some(name) = map.next_key::<String>()? {
            if let Some((name, value)) = read.take_lenient(name, &mut map, mode)? {
                let mut all: Map<String, Value> =
                    read.into_iter().map(|(name, value)| (name, value.into_value())).collect();
                all.insert(name, value);
                while let Some((name, value)) = map.next_entry()? {
                    all.insert(name, value);
                }
                return Ok(Err(Value::Object(all)));
            }
        }
        Ok(Ok(read))
    }
}

/// A value of a type from the settings, with the JSON value that it was read from.
pub(super) struct ByValue<T>(T, Value);

impl<T> UnwrapWhole for ByValue<T> {
    type Unwrapped = T;

    fn unwrap_whole(self) -> T {
        self.0
    }
}

impl<'de, T: ::serde::de::DeserializeOwned> Lenient<'de> for ByValue<T> {
    const EXPECTING: &'static str = "a value of the type that the settings name";

    fn into_value(self) -> Value {
        self.1
    }

    fn read<D: Deserializer<'de>>(deserializer: D, mode: Mode) -> Result<Result<Self, Value>, D::Error> {
        let value = Value::deserialize(deserializer)?;
        match (T::deserialize(&value), mode) {
            (Ok(read), _) => Ok(Ok(Self(read, value))),
            (Err(error), Mode::Refuse) => Err(D::Error::custom(error)),
            (Err(_), Mode::Keep) => Ok(Err(value)),
        }
    }
}

/// Implements `Lenient` for types whose own `Deserialize` decides: a value that it refuses is kept.
macro_rules! lenient_by_value {
    ($name:ident) => {
        impl<'de> runtime::Lenient<'de> for $name {
            const EXPECTING: &'static str = stringify!($name);

            fn into_value(self) -> ::serde_json::Value {
                runtime::value_of(self)
            }

            fn read<D: ::serde::Deserializer<'de>>(
                deserializer: D,
                mode: runtime::Mode,
            ) -> Result<Result<Self, ::serde_json::Value>, D::Error> {
                runtime::by_value(deserializer, mode)
            }
        }
    };
}
pub(super) use lenient_by_value;

/// Reads a value by the type's own `Deserialize`; one that it refuses is an error or handed back, by `mode`.
pub(super) fn by_value<'de, T: ::serde::de::DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
    mode: Mode,
) -> Result<Result<T, Value>, D::Error> {
    if mode == Mode::Refuse {
        return T::deserialize(deserializer).map(Ok);
    }
    let value = Value::deserialize(deserializer)?;
    Ok(T::deserialize(&value).map_err(|_| value))
}

/// Implements `Lenient` for types that read any value.
macro_rules! lenient_always {
    ($name:ident) => {
        impl<'de> runtime::Lenient<'de> for $name {
            const EXPECTING: &'static str = "any value";

            fn into_value(self) -> ::serde_json::Value {
                runtime::value_of(self)
            }

            fn read<D: ::serde::Deserializer<'de>>(
                deserializer: D,
                _: runtime::Mode,
            ) -> Result<Result<Self, ::serde_json::Value>, D::Error> {
                <Self as ::serde::Deserialize>::deserialize(deserializer).map(Ok)
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
                runtime::value_of(self)
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
        runtime::properties_fit! { may_be_kept; $($rows)* }
    };
}
pub(super) use lenient_candidate_properties;

/// Returns the fit of a property in a struct that keeps values of another type if `keeps` is set: a value that does not
/// fit makes the struct fit less well than any member of the union in which nothing is kept.
pub(super) fn may_be_kept<P: KeepRead>(_: P, fit: Option<Fit>, keeps: bool) -> Option<Fit> {
    let is_kept = keeps && P::IS_KEPT;
    fit.or_else(|| is_kept.then_some(Fit { mismatches: 1, ..Fit::EXACT }))
}

impl Presence for RequiredOrDefault {
    const MAY_BE_ABSENT: bool = false;
    type Field<T> = T;

    fn fit<S, T>(judge: impl Judge<T>, value: &Value, _: fn(&S) -> &T) -> Option<Fit> {
        judge.fit(value)
    }
}

impl Presence for RequiredStrict {
    const MAY_BE_ABSENT: bool = false;
    type Field<T> = T;

    fn fit<S, T>(judge: impl Judge<T>, value: &Value, _: fn(&S) -> &T) -> Option<Fit> {
        judge.fit(value)
    }
}

impl Presence for OptionalStrict {
    const MAY_BE_ABSENT: bool = true;
    type Field<T> = Option<T>;

    fn fit<S, T>(judge: impl Judge<T>, value: &Value, _: fn(&S) -> &Option<T>) -> Option<Fit> {
        judge.fit(value)
    }
}
