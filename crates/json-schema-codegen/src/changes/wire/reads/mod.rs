//! Proves from the structure of the types that the types of one version (the reader) read all values of types of the
//! other version (the writer). A positive answer is a proof; a negative one only means that there is no proof.
//!
//! The pairs of types that come up in a comparison all have to hold, so they wait in a list and are checked one after
//! another: recursion over the types would overflow the stack for a long chain of them. A pair that comes up again, in
//! recursive types, is assumed to hold: since every value is finite, a value that is refused is found without it.

mod content;
mod unions;

use std::collections::{BTreeSet, HashSet};

use crate::changes::question::QuestionFocus;
use crate::changes::wire::failing::FailingDefinitions;
use crate::normalize::{
    AdditionalProperties, DefinitionId, Definitions, MismatchTreatment, Property, Shape, Struct, Tuple, Type,
};

use content::{ResolvedType, accepted_value_type, resolve_type, type_reads_value};

/// An attempt to prove that types of one version, the reader, read all values of types of the other version, the
/// writer.
pub(super) struct ReadProof<'a> {
    reader: &'a Definitions,
    writer: &'a Definitions,
    /// `None` if only values of the right type count as read. Otherwise, values of another type that the reader keeps
    /// count as read too, except in types in which something can make reading fail.
    kept: Option<FailingDefinitions>,
    /// All pairs of types that came up so far, as (of the reader, of the writer); each is put on `waiting` only once.
    assumed: HashSet<(Type, Type)>,
    /// The pairs of `assumed` that still have to be checked.
    waiting: Vec<(Type, Type)>,
}

impl<'a> ReadProof<'a> {
    /// Starts a proof in which no pair of types has come up yet, and only values of the right type count as read.
    pub(super) fn new(reader: &'a Definitions, writer: &'a Definitions) -> Self {
        Self { reader, writer, kept: None, assumed: HashSet::new(), waiting: Vec::new() }
    }

    /// Makes values of another type count as read where the reader keeps them.
    pub(super) fn count_kept_as_read(self) -> Self {
        Self { kept: Some(FailingDefinitions::new(self.reader)), ..self }
    }

    /// Checks whether the reader reads any value as `property`: the schema accepts any value, or values of another type
    /// are kept and count as read.
    fn reads_any_as_property(&self, property: &Property) -> bool {
        let has_no_failing = |failing: &FailingDefinitions| !failing.contains_type(&property.ty);
        property.accepts_others
            || property.on_mismatch == MismatchTreatment::Keep && self.kept.as_ref().is_some_and(has_no_failing)
    }

    /// Assumes, without a check, that the reader's definition reads all values of the writer's definition, for each of
    /// `pairs`, as (of the reader, of the writer).
    pub(super) fn with_assumed_definitions(
        mut self,
        pairs: impl Iterator<Item = (DefinitionId, DefinitionId)>,
    ) -> Self {
        for (reader, writer) in pairs {
            let either = |id| [Type::Named(id), Type::Boxed(id)];
            for read in either(reader) {
                self.assumed.extend(either(writer).map(|written| (read.clone(), written)));
            }
        }
        self
    }

    /// Checks whether the part `focus` of the definition `reader` provably reads all values of the definition `writer`.
    /// False if there is no proof, or if one of the definitions does not exist.
    pub(super) fn reads_definition(
        &mut self,
        reader: DefinitionId,
        writer: DefinitionId,
        focus: &QuestionFocus,
    ) -> bool {
        let structs = match (self.reader.get(reader), self.writer.get(writer)) {
            (Some(reader), Some(writer)) => match (&reader.shape, &writer.shape) {
                (Shape::Struct(reader), Shape::Struct(writer)) => Some((reader, writer)),
                _ => None,
            },
            _ => return false,
        };
        let is_read = match (structs, focus) {
            (Some((reader, writer)), QuestionFocus::Property(wire)) => self.reads_property(reader, writer, wire),
            (Some((reader, writer)), QuestionFocus::AdditionalProperties) => {
                self.reads_additional_properties(reader, writer)
            }
            _ => self.assume_type_pair(&Type::Named(reader), &Type::Named(writer)),
        };
        is_read && self.check_waiting_pairs()
    }

    /// Checks whether the type `reader` provably reads all values of the type `writer`. False if there is no proof.
    pub(super) fn reads_all_of_type(&mut self, reader: &Type, writer: &Type) -> bool {
        self.assume_type_pair(reader, writer) && self.check_waiting_pairs()
    }

    /// Checks all waiting pairs, and the pairs that come up meanwhile. Returns false at the first pair without a proof.
    fn check_waiting_pairs(&mut self) -> bool {
        while let Some((reader, writer)) = self.waiting.pop() {
            if !self.check_type_pair(&reader, &writer) {
                return false;
            }
        }
        true
    }

    /// Assumes that the type `reader` reads all values of the type `writer`, and puts the pair on the waiting list
    /// unless it came up before. Always returns true, so that it can be used in a condition.
    fn assume_type_pair(&mut self, reader: &Type, writer: &Type) -> bool {
        let pair = (reader.clone(), writer.clone());
        if self.assumed.insert(pair.clone()) {
            self.waiting.push(pair);
        }
        true
    }

    /// Checks whether the type `reader` reads all values of the type `writer`, on the assumption that the types inside
    /// do; their pairs are put on the waiting list. False if there is no proof, as for a reader that checks assertions.
    fn check_type_pair(&mut self, reader: &Type, writer: &Type) -> bool {
        if !self.reader.assertions.all.is_empty() {
            return false;
        }
        let (Some(read), Some(written)) = (resolve_type(self.reader, reader), resolve_type(self.writer, writer)) else {
            return false;
        };
        match (&read, &written) {
            (_, ResolvedType::Type(Type::Checked(writer, _))) => self.assume_type_pair(reader, writer),
            (ResolvedType::Type(Type::Any), _) => true,
            (ResolvedType::Enum(listed), _) if !listed.has_only_strings() && !listed.is_closed() => true,
            (ResolvedType::Union(union), written) => self.union_reads_type((reader, union), (writer, written)),
            (_, ResolvedType::Union(union)) => self.reads_union_members(reader, union),
            (ResolvedType::Type(Type::Nullable(reader)), ResolvedType::Type(Type::Nullable(writer))) => {
                self.assume_type_pair(reader, writer)
            }
            (ResolvedType::Type(Type::Nullable(_)), ResolvedType::Type(Type::Null)) => true,
            (ResolvedType::Type(Type::Nullable(inner)), _) => self.assume_type_pair(inner, writer),
            (reader, ResolvedType::Enum(listed)) if !listed.open => {
                listed.values.iter().all(|value| type_reads_value(reader, &value.value))
            }
            (ResolvedType::Enum(reader), ResolvedType::Enum(writer)) => {
                writer.has_only_strings() && !reader.is_closed()
            }
            (ResolvedType::Type(Type::String), ResolvedType::Enum(writer)) => writer.has_only_strings(),
            (ResolvedType::Enum(reader), ResolvedType::Type(Type::String)) => !reader.is_closed(),
            (ResolvedType::Struct(reader), ResolvedType::Struct(writer)) => self.reads_struct(reader, writer),
            (ResolvedType::Struct(reader), ResolvedType::Type(Type::Map(values))) => {
                self.struct_reads_map(reader, values)
            }
            (ResolvedType::Type(Type::Map(values)), ResolvedType::Struct(writer)) => {
                self.map_reads_struct(values, writer)
            }
            (ResolvedType::Tuple(reader), ResolvedType::Tuple(writer)) => self.reads_tuple(reader, writer),
            (ResolvedType::Type(Type::Array(items)), ResolvedType::Tuple(writer)) => {
                writer.items.iter().map(|item| &item.ty).chain(&writer.rest).all(|ty| self.assume_type_pair(items, ty))
            }
            (ResolvedType::Type(reader), ResolvedType::Type(writer)) => self.reads_simple_type(reader, writer),
            _ => false,
        }
    }

    /// Checks a pair of types that are not definitions, such as `i64` or a list.
    fn reads_simple_type(&mut self, reader: &Type, writer: &Type) -> bool {
        match (reader, writer) {
            (Type::Array(reader), Type::Array(writer)) | (Type::Map(reader), Type::Map(writer)) => {
                self.assume_type_pair(reader, writer)
            }
            (Type::Number, Type::Integer { .. }) => true,
            (Type::Path(reader), Type::Path(writer)) => reader == writer,
            (reader, writer) => reader == writer,
        }
    }

    /// Checks whether the struct `reader` reads all objects that the struct `writer` describes.
    fn reads_struct(&mut self, reader: &Struct, writer: &Struct) -> bool {
        let names = reader.properties.iter().chain(&writer.properties).map(|property| &property.json_name);
        let names: BTreeSet<&String> = names.collect();
        names.into_iter().all(|name| self.reads_property(reader, writer, name))
            && self.reads_additional_properties(reader, writer)
    }

    /// Checks whether `reader` reads the property `name` of all objects that `writer` describes, including its absence.
    /// False if only one of the structs defines the property and either has patterns of names, which might match it.
    fn reads_property(&mut self, reader: &Struct, writer: &Struct, name: &str) -> bool {
        let (read, written) = (reader.find_property(name), writer.find_property(name));
        if read.is_some_and(|read| read.required) && !written.is_some_and(|written| written.required) {
            return false;
        }
        if !(reader.patterns.is_empty() && writer.patterns.is_empty()) && (read.is_none() || written.is_none()) {
            return false;
        }
        let written = match (written, &writer.extra) {
            (Some(written), _) => accepted_value_type(written),
            (None, AdditionalProperties::Closed) => return true,
            (None, AdditionalProperties::Open { .. } | AdditionalProperties::Ignored) => &Type::Any,
            (None, AdditionalProperties::Typed { ty, .. }) => ty,
        };
        match (read, &reader.extra) {
            (Some(read), _) if self.reads_any_as_property(read) => true,
            (Some(read), _) if read.required || read.refuses_null || read.on_mismatch == MismatchTreatment::Fail => {
                self.assume_type_pair(&read.ty, written)
            }
            (Some(read), _) => self.assume_type_pair(&Type::Nullable(Box::new(read.ty.clone())), written),
            (None, AdditionalProperties::Open { .. } | AdditionalProperties::Ignored) => true,
            (None, AdditionalProperties::Typed { ty, .. }) => self.assume_type_pair(ty, written),
            (None, AdditionalProperties::Closed) => false,
        }
    }

    /// Checks whether `reader` reads all properties that neither struct defines by name, of the objects that `writer`
    /// describes. False unless both have the same patterns of names in the same order.
    fn reads_additional_properties(&mut self, reader: &Struct, writer: &Struct) -> bool {
        let patterns =
            |object: &Struct| object.patterns.iter().map(|pattern| pattern.pattern.clone()).collect::<Vec<_>>();
        if patterns(reader) != patterns(writer) {
            return false;
        }
        let pairs = reader.patterns.iter().zip(&writer.patterns);
        if !pairs
            .map(|(reader, writer)| (&reader.ty, &writer.ty))
            .all(|(reader, writer)| self.assume_type_pair(reader, writer))
        {
            return false;
        }
        match (&reader.extra, &writer.extra) {
            (AdditionalProperties::Open { .. } | AdditionalProperties::Ignored, _)
            | (_, AdditionalProperties::Closed) => true,
            (AdditionalProperties::Typed { ty: reader, .. }, AdditionalProperties::Typed { ty: writer, .. }) => {
                self.assume_type_pair(reader, writer)
            }
            (
                AdditionalProperties::Typed { ty, .. },
                AdditionalProperties::Open { .. } | AdditionalProperties::Ignored,
            ) => self.assume_type_pair(ty, &Type::Any),
            (AdditionalProperties::Closed, _) => false,
        }
    }

    /// Checks whether the struct `reader` reads all maps with values of the type `values`.
    fn struct_reads_map(&mut self, reader: &Struct, values: &Type) -> bool {
        let extra = match values {
            Type::Any => AdditionalProperties::Open { field: String::new() },
            ty => AdditionalProperties::Typed { field: String::new(), ty: ty.clone() },
        };
        self.reads_struct(reader, &Struct { properties: Vec::new(), patterns: Vec::new(), extra })
    }

    /// Checks whether a map with values of the type `values` reads all objects that the struct `writer` describes.
    fn map_reads_struct(&mut self, values: &Type, writer: &Struct) -> bool {
        let written = writer.properties.iter().map(accepted_value_type);
        let matched = writer.patterns.iter().map(|pattern| &pattern.ty);
        let is_read = written.chain(matched).all(|ty| self.assume_type_pair(values, ty));
        is_read
            && match &writer.extra {
                AdditionalProperties::Closed => true,
                AdditionalProperties::Open { .. } | AdditionalProperties::Ignored => {
                    self.assume_type_pair(values, &Type::Any)
                }
                AdditionalProperties::Typed { ty, .. } => self.assume_type_pair(values, ty),
            }
    }

    /// Checks whether the tuple `reader` reads all arrays that the tuple `writer` describes. Compares the types of
    /// items index by index; one index past the longer tuple stands for all further items. False if `reader` requires
    /// more items than `writer`.
    fn reads_tuple(&mut self, reader: &Tuple, writer: &Tuple) -> bool {
        let needed = reader.items.iter().filter(|item| item.required).count();
        if writer.items.iter().filter(|item| item.required).count() < needed {
            return false;
        }
        let longest = reader.items.len().max(writer.items.len());
        let item_type =
            |tuple: &Tuple, index: usize| tuple.items.get(index).map(|item| item.ty.clone()).or(tuple.rest.clone());
        (0..=longest).all(|index| match (item_type(reader, index), item_type(writer, index)) {
            (_, None) => true,
            (Some(reader), Some(writer)) => self.assume_type_pair(&reader, &writer),
            (None, Some(_)) => false,
        })
    }
}
