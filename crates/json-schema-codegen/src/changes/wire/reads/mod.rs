//! Whether types read all values of others, by their structure: what is said to hold does.
//!
//! A pair of types that comes up again is taken to hold: a value is finite, so a refusal would be
//! found on the way to it. All pairs that come up have to hold, so they are looked into one after
//! another, however long a chain of types is.

mod unions;

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use crate::changes::wire::Focus;
use crate::normalize::{DefinitionId, Definitions, Enum, Extra, Property, Shape, Struct, Tuple, Type, Union};

/// One who reads, and what is written.
pub(super) struct Reads<'a> {
    reader: &'a Definitions,
    writer: &'a Definitions,
    assumed: HashSet<(Type, Type)>,
    /// The pairs of types that came up and have not been looked into.
    waiting: Vec<(Type, Type)>,
}

/// A type, as far as its definitions say it: without names.
enum Plain<'a> {
    Type(&'a Type),
    Struct(&'a Struct),
    Enum(&'a Enum),
    Union(&'a Union),
    Tuple(&'a Tuple),
}

impl<'a> Reads<'a> {
    pub(super) fn new(reader: &'a Definitions, writer: &'a Definitions) -> Self {
        Self { reader, writer, assumed: HashSet::new(), waiting: Vec::new() }
    }

    /// Whether a definition of the reader reads all values of one of the writer, as far as the focus
    /// goes.
    pub(super) fn focused(&mut self, reader: DefinitionId, writer: DefinitionId, focus: &Focus) -> bool {
        let structs = match (self.reader.get(reader), self.writer.get(writer)) {
            (Some(reader), Some(writer)) => match (&reader.shape, &writer.shape) {
                (Shape::Struct(reader), Shape::Struct(writer)) => Some((reader, writer)),
                _ => None,
            },
            _ => return false,
        };
        let is_read = match (structs, focus) {
            (Some((reader, writer)), Focus::Property(wire)) => self.property(reader, writer, wire),
            (Some((reader, writer)), Focus::Others) => self.others(reader, writer),
            _ => self.types(&Type::Named(reader), &Type::Named(writer)),
        };
        is_read && self.waiting_ones()
    }

    /// Whether a type of the reader reads all values of one of the writer.
    pub(super) fn whole(&mut self, reader: &Type, writer: &Type) -> bool {
        self.types(reader, writer) && self.waiting_ones()
    }

    fn waiting_ones(&mut self) -> bool {
        while let Some((reader, writer)) = self.waiting.pop() {
            if !self.pair(&reader, &writer) {
                return false;
            }
        }
        true
    }

    /// Takes two types to hold, until they are looked into.
    fn types(&mut self, reader: &Type, writer: &Type) -> bool {
        let pair = (reader.clone(), writer.clone());
        if self.assumed.insert(pair.clone()) {
            self.waiting.push(pair);
        }
        true
    }

    fn pair(&mut self, reader: &Type, writer: &Type) -> bool {
        let (Some(read), Some(written)) = (plain(self.reader, reader), plain(self.writer, writer)) else {
            return false;
        };
        match (&read, &written) {
            (Plain::Type(Type::Any), _) => true,
            (Plain::Enum(listed), _) if !listed.is_text() => true,
            (Plain::Union(union), plain) => self.union((reader, union), (writer, plain)),
            (_, Plain::Union(union)) => self.members(reader, union),
            (Plain::Type(Type::Nullable(reader)), Plain::Type(Type::Nullable(writer))) => self.types(reader, writer),
            (Plain::Type(Type::Nullable(_)), Plain::Type(Type::Null)) => true,
            (Plain::Type(Type::Nullable(inner)), _) => self.types(inner, writer),
            (reader, Plain::Enum(listed)) if !listed.open => {
                listed.values.iter().all(|value| is_read(reader, &value.value))
            }
            (Plain::Enum(_), Plain::Enum(writer)) => writer.is_text(),
            (Plain::Type(Type::Text), Plain::Enum(writer)) => writer.is_text(),
            (Plain::Enum(_), Plain::Type(Type::Text)) => true,
            (Plain::Struct(reader), Plain::Struct(writer)) => self.structs(reader, writer),
            (Plain::Struct(reader), Plain::Type(Type::Map(values))) => self.map(reader, values),
            (Plain::Type(Type::Map(values)), Plain::Struct(writer)) => self.values(values, writer),
            (Plain::Tuple(reader), Plain::Tuple(writer)) => self.tuples(reader, writer),
            (Plain::Type(Type::List(items)), Plain::Tuple(writer)) => {
                writer.items.iter().map(|item| &item.ty).chain(&writer.rest).all(|ty| self.types(items, ty))
            }
            (Plain::Type(reader), Plain::Type(writer)) => self.scalars(reader, writer),
            _ => false,
        }
    }

    fn scalars(&mut self, reader: &Type, writer: &Type) -> bool {
        match (reader, writer) {
            (Type::List(reader), Type::List(writer)) | (Type::Map(reader), Type::Map(writer)) => {
                self.types(reader, writer)
            }
            (Type::Number, Type::Integer { .. }) => true,
            (Type::Path(reader), Type::Path(writer)) => reader == writer,
            (reader, writer) => reader == writer,
        }
    }

    fn structs(&mut self, reader: &Struct, writer: &Struct) -> bool {
        let names = reader.properties.iter().chain(&writer.properties).map(|property| &property.wire);
        let names: BTreeSet<&String> = names.collect();
        names.into_iter().all(|name| self.property(reader, writer, name)) && self.others(reader, writer)
    }

    /// Whether the reader reads what the writer writes under one name.
    fn property(&mut self, reader: &Struct, writer: &Struct, name: &str) -> bool {
        let (read, written) = (listed(reader, name), listed(writer, name));
        if read.is_some_and(|read| read.required) && !written.is_some_and(|written| written.required) {
            return false;
        }
        if !(reader.patterns.is_empty() && writer.patterns.is_empty()) && (read.is_none() || written.is_none()) {
            return false;
        }
        let written = match (written, &writer.extra) {
            (Some(written), _) => &written.ty,
            (None, Extra::Closed) => return true,
            (None, Extra::Open { .. }) => &Type::Any,
            (None, Extra::Typed { ty, .. }) => ty,
        };
        match (read, &reader.extra) {
            (Some(read), _) if read.required => self.types(&read.ty, written),
            (Some(read), _) => self.types(&Type::Nullable(Box::new(read.ty.clone())), written),
            (None, Extra::Open { .. }) => true,
            (None, Extra::Typed { ty, .. }) => self.types(ty, written),
            (None, Extra::Closed) => false,
        }
    }

    /// Whether the reader reads what the writer writes under names that neither lists.
    fn others(&mut self, reader: &Struct, writer: &Struct) -> bool {
        let patterns = |object: &Struct| object.patterns.iter().map(|one| one.pattern.clone()).collect::<Vec<_>>();
        if patterns(reader) != patterns(writer) {
            return false;
        }
        let pairs = reader.patterns.iter().zip(&writer.patterns);
        if !pairs.map(|(reader, writer)| (&reader.ty, &writer.ty)).all(|(reader, writer)| self.types(reader, writer)) {
            return false;
        }
        match (&reader.extra, &writer.extra) {
            (Extra::Open { .. }, _) | (_, Extra::Closed) => true,
            (Extra::Typed { ty: reader, .. }, Extra::Typed { ty: writer, .. }) => self.types(reader, writer),
            (Extra::Typed { ty, .. }, Extra::Open { .. }) => self.types(ty, &Type::Any),
            (Extra::Closed, _) => false,
        }
    }

    /// Whether a struct reads all maps of such values.
    fn map(&mut self, reader: &Struct, values: &Type) -> bool {
        let extra = match values {
            Type::Any => Extra::Open { field: String::new() },
            ty => Extra::Typed { field: String::new(), ty: ty.clone() },
        };
        self.structs(reader, &Struct { properties: Vec::new(), patterns: Vec::new(), extra })
    }

    /// Whether a map of such values reads all that a struct writes.
    fn values(&mut self, values: &Type, writer: &Struct) -> bool {
        let written = writer.properties.iter().map(|property| &property.ty);
        let matched = writer.patterns.iter().map(|pattern| &pattern.ty);
        let is_read = written.chain(matched).all(|ty| self.types(values, ty));
        is_read
            && match &writer.extra {
                Extra::Closed => true,
                Extra::Open { .. } => self.types(values, &Type::Any),
                Extra::Typed { ty, .. } => self.types(values, ty),
            }
    }

    fn tuples(&mut self, reader: &Tuple, writer: &Tuple) -> bool {
        let needed = reader.items.iter().filter(|item| item.required).count();
        if writer.items.iter().filter(|item| item.required).count() < needed {
            return false;
        }
        let longest = reader.items.len().max(writer.items.len());
        let at =
            |tuple: &Tuple, index: usize| tuple.items.get(index).map(|item| item.ty.clone()).or(tuple.rest.clone());
        (0..=longest).all(|index| match (at(reader, index), at(writer, index)) {
            (_, None) => true,
            (Some(reader), Some(writer)) => self.types(&reader, &writer),
            (None, Some(_)) => false,
        })
    }
}

fn listed<'a>(object: &'a Struct, name: &str) -> Option<&'a Property> {
    object.properties.iter().find(|property| property.wire == name)
}

/// A type without the names that it goes by.
fn plain<'t>(definitions: &'t Definitions, ty: &'t Type) -> Option<Plain<'t>> {
    let mut ty = ty;
    for _ in 0..=definitions.all.len() {
        let (Type::Named(id) | Type::Boxed(id)) = ty else { return Some(Plain::Type(ty)) };
        match &definitions.get(*id)?.shape {
            Shape::Struct(object) => return Some(Plain::Struct(object)),
            Shape::Enum(listed) => return Some(Plain::Enum(listed)),
            Shape::Union(union) => return Some(Plain::Union(union)),
            Shape::Tuple(tuple) => return Some(Plain::Tuple(tuple)),
            Shape::Alias(next) | Shape::Newtype(next) => ty = next,
        }
    }
    None
}

/// Whether a listed value is read by a type that is no object, list or union.
fn is_read(reader: &Plain<'_>, value: &Value) -> bool {
    match reader {
        Plain::Enum(listed) => !listed.is_text() || value.is_string(),
        Plain::Type(Type::Text) => value.is_string(),
        Plain::Type(Type::Number) => value.is_number(),
        Plain::Type(Type::Integer { unsigned: false }) => value.is_i64(),
        Plain::Type(Type::Integer { unsigned: true }) => value.is_u64(),
        Plain::Type(Type::Bool) => value.is_boolean(),
        Plain::Type(Type::Null) => value.is_null(),
        _ => false,
    }
}
