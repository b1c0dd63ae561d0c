// Reading a value in memory, with the variants of its unions chosen before.

/// Reads a value in memory. Unions in it are read as the variants that are in `choices`.
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

/// The variant that has been chosen for a value, and the reader of that value.
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

/// Reads the items of an array.
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

/// Reads the properties of an object.
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
