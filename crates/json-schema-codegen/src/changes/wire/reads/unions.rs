//! Proves that unions read values. A union chooses its member by the JSON type, the tag or the shape of a value.

use serde_json::Value;

use crate::changes::wire::reads::ReadProof;
use crate::changes::wire::reads::content::{ResolvedType, accepted_value_type, resolve_type};
use crate::normalize::{Definitions, TagKind, Type, TypeSet, Union, UnionFallback};

impl ReadProof<'_> {
    /// Checks whether the type `reader` reads all values of the members of `union`. False if the schema also accepts
    /// values that fit no member.
    pub(super) fn reads_union_members(&mut self, reader: &Type, union: &Union) -> bool {
        !matches!(union.fallback, UnionFallback::Other(_))
            && union.variants.iter().all(|variant| self.assume_type_pair(reader, &variant.ty))
    }

    /// Checks whether `union`, the content of the type `reader`, reads all values of the type `writer`, whose content
    /// is `written`. A union with a fallback variant that chooses its member neither by JSON type nor by an exclusive
    /// tag reads every value, since it keeps values that no member reads.
    pub(super) fn union_reads_type(
        &mut self,
        (reader, union): (&Type, &Union),
        (writer, written): (&Type, &ResolvedType<'_>),
    ) -> bool {
        let tag = union.tag.as_ref().filter(|tag| tag.kind == TagKind::Exclusive);
        match (union.by_type, tag, written) {
            (false, None, _) if union.fallback.variant_name().is_some() => true,
            (_, _, ResolvedType::Union(written)) => self.union_reads_union((reader, union), written),
            (true, _, written) => self.typed_variants_read(union, (writer, written)),
            (false, ..) if union.fallback.variant_name().is_none() => false,
            (false, Some(tag), ResolvedType::Struct(object)) => {
                let tags = object
                    .find_property(&tag.property)
                    .and_then(|property| list_closed_enum_values(self.writer, accepted_value_type(property)));
                tags.is_some_and(|tags| self.tagged_variants_read(union, &tags, writer))
            }
            (false, Some(_), ResolvedType::Type(Type::Any | Type::Map(_) | Type::Path(_) | Type::Nullable(_))) => false,
            (false, ..) => true,
        }
    }

    /// Checks whether `union`, which has the type `reader`, reads all values of the union `writer`. False if the schema of
    /// `writer` also accepts values that fit none of its members. A member of `writer` with tag values has to be read by
    /// each member of `union` that one of these values selects.
    fn union_reads_union(&mut self, (reader, union): (&Type, &Union), writer: &Union) -> bool {
        !matches!(writer.fallback, UnionFallback::Other(_))
            && writer.variants.iter().all(|variant| match variant.tags.is_empty() || union.by_type {
                true => self.assume_type_pair(reader, &variant.ty),
                false => self.tagged_variants_read(union, &variant.tags, &variant.ty),
            })
    }

    /// Checks whether the variants of `reader` that the tag values `tags` select read all values of the type `writer`.
    /// Values whose tag selects no variant go to the fallback variant; false if there are such values and no fallback
    /// variant.
    fn tagged_variants_read(&mut self, reader: &Union, tags: &[Value], writer: &Type) -> bool {
        let is_selected = |tag: &Value| reader.variants.iter().any(|variant| variant.tags.contains(tag));
        if reader.fallback.variant_name().is_none() && !tags.iter().all(is_selected) {
            return false;
        }
        let selected = reader.variants.iter().filter(|variant| variant.tags.iter().any(|tag| tags.contains(tag)));
        selected.map(|variant| &variant.ty).all(|ty| self.assume_type_pair(ty, writer))
    }

    /// Checks whether a union that chooses its member by JSON type reads all values of the type `writer`, whose content
    /// is `written`. Values of a JSON type without a variant go to the fallback variant; false if there are such values
    /// and no fallback variant.
    fn typed_variants_read(&mut self, reader: &Union, (writer, written): (&Type, &ResolvedType<'_>)) -> bool {
        let Some(types) = find_json_types(written) else { return false };
        types.single_types().all(|json_type| {
            let variant = reader.variants.iter().find(|variant| variant.types.overlaps(json_type));
            match variant {
                Some(variant) => self.assume_type_pair(&variant.ty, writer),
                None => reader.fallback.variant_name().is_some(),
            }
        })
    }
}

/// Returns the values that an enum lists; `None` if `ty` is not an enum, or if the schema also accepts values that the
/// enum does not list.
fn list_closed_enum_values(definitions: &Definitions, ty: &Type) -> Option<Vec<Value>> {
    match resolve_type(definitions, ty)? {
        ResolvedType::Enum(listed) if !listed.open => {
            Some(listed.values.iter().map(|value| value.value.clone()).collect())
        }
        _ => None,
    }
}

/// Returns the JSON types that the values of a type can have. `None` if these are not known or differ from value to
/// value: for any value, a union, a nullable, or an enum of other values than strings.
fn find_json_types(writer: &ResolvedType<'_>) -> Option<TypeSet> {
    Some(match writer {
        ResolvedType::Struct(_) | ResolvedType::Type(Type::Map(_)) => TypeSet::OBJECT,
        ResolvedType::Tuple(_) | ResolvedType::Type(Type::Array(_)) => TypeSet::ARRAY,
        ResolvedType::Enum(listed) if listed.has_only_strings() => TypeSet::STRING,
        ResolvedType::Type(Type::String) => TypeSet::STRING,
        ResolvedType::Type(Type::Bool) => TypeSet::BOOLEAN,
        ResolvedType::Type(Type::Null) => TypeSet::NULL,
        ResolvedType::Type(Type::Integer { .. }) => TypeSet::INTEGER,
        ResolvedType::Type(Type::Number) => TypeSet::NUMBER,
        _ => return None,
    })
}
