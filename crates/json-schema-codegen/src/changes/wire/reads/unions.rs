//! Unions: a member is picked by the JSON type, by the tag or by the shape of a value.

use serde_json::Value;

use crate::changes::wire::reads::{Plain, Reads, listed, plain};
use crate::normalize::{Definitions, Fallback, TagKind, Type, TypeSet, Union};

impl Reads<'_> {
    /// Whether a reader reads all members of a union.
    pub(super) fn members(&mut self, reader: &Type, union: &Union) -> bool {
        !matches!(union.fallback, Fallback::Other(_))
            && union.variants.iter().all(|variant| self.types(reader, &variant.ty))
    }

    /// Whether a union reads all that is written. Where no tag insists on a member, what none of the
    /// members reads is kept.
    pub(super) fn union(&mut self, (reader, union): (&Type, &Union), (writer, plain): (&Type, &Plain<'_>)) -> bool {
        let tag = union.tag.as_ref().filter(|tag| tag.kind == TagKind::Exclusive);
        match (union.by_type, tag, plain) {
            (false, None, _) => true,
            (_, _, Plain::Union(written)) => self.each_member((reader, union), written),
            (true, _, plain) => self.by_type(union, (writer, plain)),
            (false, Some(tag), Plain::Struct(object)) => {
                let tags = listed(object, &tag.property).and_then(|property| values(self.writer, &property.ty));
                tags.is_some_and(|tags| self.by_tag(union, &tags, writer))
            }
            (false, Some(_), Plain::Type(Type::Any | Type::Map(_) | Type::Path(_) | Type::Nullable(_))) => false,
            (false, Some(_), _) => true,
        }
    }

    fn each_member(&mut self, (reader, union): (&Type, &Union), writer: &Union) -> bool {
        !matches!(writer.fallback, Fallback::Other(_))
            && writer.variants.iter().all(|variant| match variant.tags.is_empty() || union.by_type {
                true => self.types(reader, &variant.ty),
                false => self.by_tag(union, &variant.tags, &variant.ty),
            })
    }

    /// Whether the members that these tags lead to read what is written; others are kept.
    fn by_tag(&mut self, reader: &Union, tags: &[Value], writer: &Type) -> bool {
        let led = reader.variants.iter().filter(|variant| variant.tags.iter().any(|tag| tags.contains(tag)));
        led.map(|variant| &variant.ty).all(|ty| self.types(ty, writer))
    }

    fn by_type(&mut self, reader: &Union, (writer, plain): (&Type, &Plain<'_>)) -> bool {
        let Some(types) = types(plain) else { return false };
        types.each().all(|one| {
            let led = reader.variants.iter().find(|variant| variant.types.has(one));
            match led {
                Some(variant) => self.types(&variant.ty, writer),
                None => reader.fallback.variant().is_some(),
            }
        })
    }
}

/// The only values of a type, where it has a list of them.
fn values(definitions: &Definitions, ty: &Type) -> Option<Vec<Value>> {
    match plain(definitions, ty)? {
        Plain::Enum(listed) if !listed.open => Some(listed.values.iter().map(|value| value.value.clone()).collect()),
        _ => None,
    }
}

/// The JSON types of what is written, where each of them alone tells how it is read.
fn types(writer: &Plain<'_>) -> Option<TypeSet> {
    Some(match writer {
        Plain::Struct(_) | Plain::Type(Type::Map(_)) => TypeSet::OBJECT,
        Plain::Tuple(_) | Plain::Type(Type::List(_)) => TypeSet::ARRAY,
        Plain::Enum(listed) if listed.is_text() => TypeSet::STRING,
        Plain::Type(Type::Text) => TypeSet::STRING,
        Plain::Type(Type::Bool) => TypeSet::BOOLEAN,
        Plain::Type(Type::Null) => TypeSet::NULL,
        Plain::Type(Type::Integer { .. }) => TypeSet::INTEGER,
        Plain::Type(Type::Number) => TypeSet::NUMBER,
        _ => return None,
    })
}
