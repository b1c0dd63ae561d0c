//! Proofs for unions, whose member is selected by the JSON type, the tag or the shape of a value.

use serde_json::Value;

use crate::changes::wire::reads::{Reads, Resolved, find_property, resolve_names, value_type};
use crate::normalize::{Definitions, Fallback, TagKind, Type, TypeSet, Union};

impl Reads<'_> {
    /// Checks whether `reader` reads all values of a union. False if the schema also allows values that are none of the
    /// members.
    pub(super) fn reads_members(&mut self, reader: &Type, union: &Union) -> bool {
        !matches!(union.fallback, Fallback::Other(_))
            && union.variants.iter().all(|variant| self.assume(reader, &variant.ty))
    }

    /// Checks whether `union`, the content of the type `reader`, reads all values of the type `writer`, which resolves
    /// to `written`. A union that selects its member neither by JSON type nor by an exclusive tag reads every value,
    /// since it keeps values that no member reads.
    pub(super) fn union_reads(
        &mut self,
        (reader, union): (&Type, &Union),
        (writer, written): (&Type, &Resolved<'_>),
    ) -> bool {
        let tag = union.tag.as_ref().filter(|tag| tag.kind == TagKind::Exclusive);
        match (union.by_type, tag, written) {
            (false, None, _) if union.fallback.variant().is_some() => true,
            (_, _, Resolved::Union(written)) => self.union_reads_union((reader, union), written),
            (true, _, written) => self.typed_variants_read(union, (writer, written)),
            (false, ..) if union.fallback.variant().is_none() => false,
            (false, Some(tag), Resolved::Struct(object)) => {
                let tags = find_property(object, &tag.property)
                    .and_then(|property| closed_enum_values(self.writer, value_type(property)));
                tags.is_some_and(|tags| self.tagged_variants_read(union, &tags, writer))
            }
            (false, Some(_), Resolved::Type(Type::Any | Type::Map(_) | Type::Path(_) | Type::Nullable(_))) => false,
            (false, ..) => true,
        }
    }

    /// Checks whether a union reads all values of another. False if the schema of `writer` also allows values that are
    /// none of its members. Members of `writer` with tag values are read by the members that these select.
    fn union_reads_union(&mut self, (reader, union): (&Type, &Union), writer: &Union) -> bool {
        !matches!(writer.fallback, Fallback::Other(_))
            && writer.variants.iter().all(|variant| match variant.tags.is_empty() || union.by_type {
                true => self.assume(reader, &variant.ty),
                false => self.tagged_variants_read(union, &variant.tags, &variant.ty),
            })
    }

    /// Checks whether the variants of `reader` that the tag values `tags` select read all values of the type `writer`.
    /// Values whose tag selects no variant are kept, so they need no check; false if there are such values and `reader`
    /// has no fallback variant.
    fn tagged_variants_read(&mut self, reader: &Union, tags: &[Value], writer: &Type) -> bool {
        let is_selected = |tag: &Value| reader.variants.iter().any(|variant| variant.tags.contains(tag));
        if reader.fallback.variant().is_none() && !tags.iter().all(is_selected) {
            return false;
        }
        let selected = reader.variants.iter().filter(|variant| variant.tags.iter().any(|tag| tags.contains(tag)));
        selected.map(|variant| &variant.ty).all(|ty| self.assume(ty, writer))
    }

    /// Checks whether a union whose member is selected by JSON type reads all values of the type `writer`, which
    /// resolves to `written`. A JSON type without a variant is read if the union has a fallback variant.
    fn typed_variants_read(&mut self, reader: &Union, (writer, written): (&Type, &Resolved<'_>)) -> bool {
        let Some(types) = json_types(written) else { return false };
        types.each().all(|json_type| {
            let variant = reader.variants.iter().find(|variant| variant.types.has(json_type));
            match variant {
                Some(variant) => self.assume(&variant.ty, writer),
                None => reader.fallback.variant().is_some(),
            }
        })
    }
}

/// Returns the values that a type allows; `None` if the type is not an enum or also allows others.
fn closed_enum_values(definitions: &Definitions, ty: &Type) -> Option<Vec<Value>> {
    match resolve_names(definitions, ty)? {
        Resolved::Enum(listed) if !listed.open => Some(listed.values.iter().map(|value| value.value.clone()).collect()),
        _ => None,
    }
}

/// Returns the JSON types of the values of a type; `None` if that is not known or depends on the value, as for any
/// value, a union, a nullable or an enum of other values than strings.
fn json_types(writer: &Resolved<'_>) -> Option<TypeSet> {
    Some(match writer {
        Resolved::Struct(_) | Resolved::Type(Type::Map(_)) => TypeSet::OBJECT,
        Resolved::Tuple(_) | Resolved::Type(Type::Array(_)) => TypeSet::ARRAY,
        Resolved::Enum(listed) if listed.is_text() => TypeSet::STRING,
        Resolved::Type(Type::String) => TypeSet::STRING,
        Resolved::Type(Type::Bool) => TypeSet::BOOLEAN,
        Resolved::Type(Type::Null) => TypeSet::NULL,
        Resolved::Type(Type::Integer { .. }) => TypeSet::INTEGER,
        Resolved::Type(Type::Number) => TypeSet::NUMBER,
        _ => return None,
    })
}
