//! Proves from the structure of the types that the types of one version (the reader) read all values of types of the
//! other version (the writer). A positive answer is a proof; a negative one only means that there is no proof.
//!
//! The pairs of types that come up in a comparison all have to hold, so they wait in a list and are checked one after
//! another: recursion over the types would overflow the stack for a long chain of them. A pair that comes up again, in
//! recursive types, is assumed to hold: since every value is finite, a value that is refused is found without it.

mod unions;

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use crate::changes::question::Focus;
use crate::changes::wire::failing::Failing;
use crate::normalize::{
    DefinitionId, Definitions, Enum, Extra, OnMismatch, Property, Shape, Struct, Tuple, Type, Union,
};

/// One comparison of the types of a reader with those of a writer.
pub(super) struct Reads<'a> {
    reader: &'a Definitions,
    writer: &'a Definitions,
    /// Whether a value of another type that the reader keeps counts as read, and the types for which that is not so;
    /// `None` if no such value counts as read.
    kept: Option<Failing>,
    /// The pairs (type of the reader, type of the writer) that came up so far; each is put on `waiting` only once.
    assumed: HashSet<(Type, Type)>,
    /// The pairs of `assumed` that still have to be checked.
    waiting: Vec<(Type, Type)>,
}

/// A type, or the content of the definition that it refers to, so that aliases, wrappers and boxes make no difference.
enum Resolved<'a> {
    Type(&'a Type),
    Struct(&'a Struct),
    Enum(&'a Enum),
    Union(&'a Union),
    Tuple(&'a Tuple),
}

impl<'a> Reads<'a> {
    /// Starts a comparison in which no pair of types has come up yet, and no value of another type counts as read.
    pub(super) fn new(reader: &'a Definitions, writer: &'a Definitions) -> Self {
        Self { reader, writer, kept: None, assumed: HashSet::new(), waiting: Vec::new() }
    }

    /// Counts values of another type as read where the reader keeps them.
    pub(super) fn with_kept(self) -> Self {
        Self { kept: Some(Failing::new(self.reader)), ..self }
    }

    /// Checks whether the reader reads any value as the property, since it keeps those of another type.
    fn keeps_any(&self, property: &Property) -> bool {
        let has_no_failing = |failing: &Failing| !failing.is_in(&property.ty);
        property.accepts_others
            || property.on_mismatch == OnMismatch::Keep && self.kept.as_ref().is_some_and(has_no_failing)
    }

    /// Assumes that these pairs of (definition of the reader, definition of the writer) hold.
    pub(super) fn with_assumed(mut self, pairs: impl Iterator<Item = (DefinitionId, DefinitionId)>) -> Self {
        for (reader, writer) in pairs {
            let either = |id| [Type::Named(id), Type::Boxed(id)];
            for read in either(reader) {
                self.assumed.extend(either(writer).map(|written| (read.clone(), written)));
            }
        }
        self
    }

    /// Checks whether the `focus` of the definition `reader` reads all values of the definition `writer`. False if
    /// there is no proof, or if one of the definitions does not exist.
    pub(super) fn reads_definition(&mut self, reader: DefinitionId, writer: DefinitionId, focus: &Focus) -> bool {
        let structs = match (self.reader.get(reader), self.writer.get(writer)) {
            (Some(reader), Some(writer)) => match (&reader.shape, &writer.shape) {
                (Shape::Struct(reader), Shape::Struct(writer)) => Some((reader, writer)),
                _ => None,
            },
            _ => return false,
        };
        let is_read = match (structs, focus) {
            (Some((reader, writer)), Focus::Property(wire)) => self.reads_property(reader, writer, wire),
            (Some((reader, writer)), Focus::AdditionalProperties) => self.reads_additional_properties(reader, writer),
            _ => self.assume(&Type::Named(reader), &Type::Named(writer)),
        };
        is_read && self.check_waiting()
    }

    /// Checks whether the type `reader` reads all values of the type `writer`. False if there is no proof.
    pub(super) fn reads_type(&mut self, reader: &Type, writer: &Type) -> bool {
        self.assume(reader, writer) && self.check_waiting()
    }

    /// Checks all waiting pairs, and those that come up meanwhile. Returns false at the first one that does not hold.
    fn check_waiting(&mut self) -> bool {
        while let Some((reader, writer)) = self.waiting.pop() {
            if !self.check_pair(&reader, &writer) {
                return false;
            }
        }
        true
    }

    /// Assumes that `reader` reads all values of `writer`, and puts the pair on the waiting list unless it came up
    /// before. Always returns true, so that it can be used as a condition.
    fn assume(&mut self, reader: &Type, writer: &Type) -> bool {
        let pair = (reader.clone(), writer.clone());
        if self.assumed.insert(pair.clone()) {
            self.waiting.push(pair);
        }
        true
    }

    /// Checks one pair of types; the pairs of their parts are assumed and wait. There is no proof for types that check
    /// assertions.
    fn check_pair(&mut self, reader: &Type, writer: &Type) -> bool {
        if !self.reader.assertions.all.is_empty() {
            return false;
        }
        let (Some(read), Some(written)) = (resolve_names(self.reader, reader), resolve_names(self.writer, writer))
        else {
            return false;
        };
        match (&read, &written) {
            (_, Resolved::Type(Type::Checked(writer, _))) => self.assume(reader, writer),
            (Resolved::Type(Type::Any), _) => true,
            (Resolved::Enum(listed), _) if !listed.is_text() && !listed.is_closed() => true,
            (Resolved::Union(union), written) => self.union_reads((reader, union), (writer, written)),
            (_, Resolved::Union(union)) => self.reads_members(reader, union),
            (Resolved::Type(Type::Nullable(reader)), Resolved::Type(Type::Nullable(writer))) => {
                self.assume(reader, writer)
            }
            (Resolved::Type(Type::Nullable(_)), Resolved::Type(Type::Null)) => true,
            (Resolved::Type(Type::Nullable(inner)), _) => self.assume(inner, writer),
            (reader, Resolved::Enum(listed)) if !listed.open => {
                listed.values.iter().all(|value| reads_value(reader, &value.value))
            }
            (Resolved::Enum(reader), Resolved::Enum(writer)) => writer.is_text() && !reader.is_closed(),
            (Resolved::Type(Type::String), Resolved::Enum(writer)) => writer.is_text(),
            (Resolved::Enum(reader), Resolved::Type(Type::String)) => !reader.is_closed(),
            (Resolved::Struct(reader), Resolved::Struct(writer)) => self.reads_struct(reader, writer),
            (Resolved::Struct(reader), Resolved::Type(Type::Map(values))) => self.struct_reads_map(reader, values),
            (Resolved::Type(Type::Map(values)), Resolved::Struct(writer)) => self.map_reads_struct(values, writer),
            (Resolved::Tuple(reader), Resolved::Tuple(writer)) => self.reads_tuple(reader, writer),
            (Resolved::Type(Type::Array(items)), Resolved::Tuple(writer)) => {
                writer.items.iter().map(|item| &item.ty).chain(&writer.rest).all(|ty| self.assume(items, ty))
            }
            (Resolved::Type(reader), Resolved::Type(writer)) => self.reads_simple_type(reader, writer),
            _ => false,
        }
    }

    /// Checks a pair of types that do not refer to definitions, such as `i64` or a list.
    fn reads_simple_type(&mut self, reader: &Type, writer: &Type) -> bool {
        match (reader, writer) {
            (Type::Array(reader), Type::Array(writer)) | (Type::Map(reader), Type::Map(writer)) => {
                self.assume(reader, writer)
            }
            (Type::Number, Type::Integer { .. }) => true,
            (Type::Path(reader), Type::Path(writer)) => reader == writer,
            (reader, writer) => reader == writer,
        }
    }

    /// Checks whether a struct reads all objects of another.
    fn reads_struct(&mut self, reader: &Struct, writer: &Struct) -> bool {
        let names = reader.properties.iter().chain(&writer.properties).map(|property| &property.json_name);
        let names: BTreeSet<&String> = names.collect();
        names.into_iter().all(|name| self.reads_property(reader, writer, name))
            && self.reads_additional_properties(reader, writer)
    }

    /// Checks whether `reader` reads the property `name` of all objects of `writer`, including when it is absent. False
    /// if only one of the structs defines the property and a pattern might match it.
    fn reads_property(&mut self, reader: &Struct, writer: &Struct, name: &str) -> bool {
        let (read, written) = (reader.property(name), writer.property(name));
        if read.is_some_and(|read| read.required) && !written.is_some_and(|written| written.required) {
            return false;
        }
        if !(reader.patterns.is_empty() && writer.patterns.is_empty()) && (read.is_none() || written.is_none()) {
            return false;
        }
        let written = match (written, &writer.extra) {
            (Some(written), _) => value_type(written),
            (None, Extra::Closed) => return true,
            (None, Extra::Open { .. } | Extra::Ignored) => &Type::Any,
            (None, Extra::Typed { ty, .. }) => ty,
        };
        match (read, &reader.extra) {
            (Some(read), _) if self.keeps_any(read) => true,
            (Some(read), _) if read.required || read.refuses_null || read.on_mismatch == OnMismatch::Fail => {
                self.assume(&read.ty, written)
            }
            (Some(read), _) => self.assume(&Type::Nullable(Box::new(read.ty.clone())), written),
            (None, Extra::Open { .. } | Extra::Ignored) => true,
            (None, Extra::Typed { ty, .. }) => self.assume(ty, written),
            (None, Extra::Closed) => false,
        }
    }

    /// Checks whether `reader` reads all properties of `writer` that neither defines by name. The patterns must be
    /// equal.
    fn reads_additional_properties(&mut self, reader: &Struct, writer: &Struct) -> bool {
        let patterns =
            |object: &Struct| object.patterns.iter().map(|pattern| pattern.pattern.clone()).collect::<Vec<_>>();
        if patterns(reader) != patterns(writer) {
            return false;
        }
        let pairs = reader.patterns.iter().zip(&writer.patterns);
        if !pairs.map(|(reader, writer)| (&reader.ty, &writer.ty)).all(|(reader, writer)| self.assume(reader, writer)) {
            return false;
        }
        match (&reader.extra, &writer.extra) {
            (Extra::Open { .. } | Extra::Ignored, _) | (_, Extra::Closed) => true,
            (Extra::Typed { ty: reader, .. }, Extra::Typed { ty: writer, .. }) => self.assume(reader, writer),
            (Extra::Typed { ty, .. }, Extra::Open { .. } | Extra::Ignored) => self.assume(ty, &Type::Any),
            (Extra::Closed, _) => false,
        }
    }

    /// Checks whether a struct reads all maps with values of the type `values`.
    fn struct_reads_map(&mut self, reader: &Struct, values: &Type) -> bool {
        let extra = match values {
            Type::Any => Extra::Open { field: String::new() },
            ty => Extra::Typed { field: String::new(), ty: ty.clone() },
        };
        self.reads_struct(reader, &Struct { properties: Vec::new(), patterns: Vec::new(), extra })
    }

    /// Checks whether a map with values of the type `values` reads all objects of a struct.
    fn map_reads_struct(&mut self, values: &Type, writer: &Struct) -> bool {
        let written = writer.properties.iter().map(value_type);
        let matched = writer.patterns.iter().map(|pattern| &pattern.ty);
        let is_read = written.chain(matched).all(|ty| self.assume(values, ty));
        is_read
            && match &writer.extra {
                Extra::Closed => true,
                Extra::Open { .. } | Extra::Ignored => self.assume(values, &Type::Any),
                Extra::Typed { ty, .. } => self.assume(values, ty),
            }
    }

    /// Checks whether a tuple reads all arrays of another: index by index, and with one more index than the longer tuple
    /// has, at which the types of all further items are compared. False if `reader` requires more items than `writer`.
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
            (Some(reader), Some(writer)) => self.assume(&reader, &writer),
            (None, Some(_)) => false,
        })
    }
}

/// Returns the type of all values that the schema accepts for a property: any value if it accepts values of other types
/// than that of the field.
fn value_type(property: &Property) -> &Type {
    if property.accepts_others { &Type::Any } else { &property.ty }
}

/// Follows aliases, wrappers and boxes to the content of the definition. `None` if aliases or wrappers lead back to
/// themselves, or if a definition does not exist.
fn resolve_names<'t>(definitions: &'t Definitions, ty: &'t Type) -> Option<Resolved<'t>> {
    let mut ty = ty;
    for _ in 0..=definitions.all.len() {
        let (Type::Named(id) | Type::Boxed(id)) = ty else { return Some(Resolved::Type(ty)) };
        match &definitions.get(*id)?.shape {
            Shape::Struct(object) => return Some(Resolved::Struct(object)),
            Shape::Enum(listed) => return Some(Resolved::Enum(listed)),
            Shape::Union(union) => return Some(Resolved::Union(union)),
            Shape::Tuple(tuple) => return Some(Resolved::Tuple(tuple)),
            Shape::Alias(next) | Shape::Newtype(next) => ty = next,
        }
    }
    None
}

/// Checks whether a type reads one value. False, without a proof, for objects, arrays, maps, unions and nullables.
fn reads_value(reader: &Resolved<'_>, value: &Value) -> bool {
    match reader {
        Resolved::Enum(listed) => listed.reads(value),
        Resolved::Type(Type::String) => value.is_string(),
        Resolved::Type(Type::Number) => value.is_number(),
        Resolved::Type(Type::Integer { unsigned: false }) => value.is_i64(),
        Resolved::Type(Type::Integer { unsigned: true }) => value.is_u64(),
        Resolved::Type(Type::Bool) => value.is_boolean(),
        Resolved::Type(Type::Null) => value.is_null(),
        _ => false,
    }
}
