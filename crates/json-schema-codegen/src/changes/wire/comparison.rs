//! Asks the set algebra of JSON Schema whether the types of one version read all instances of the other, and for
//! instances that they do not read.

use std::thread;

use json_schema_instances::Sample;
use jsonschema::canonical::{self, CanonicalSchema, Containment};
use serde_json::{Map, Value};

use crate::changes::question::QuestionFocus;
use crate::changes::wire::language::ReadSchemaWriter;
use crate::changes::wire::written::{INSTANCE_SEED, SchemaDocument, count_objects};
use crate::normalize::DefinitionId;

/// Most JSON objects in the two schemas together for which the set algebra is asked: its time grows much faster than
/// the schemas.
const MAX_ALGEBRA_OBJECTS: usize = 1_000;

/// Bytes of stack for the set algebra, which recurses along references. This is far more than [`MAX_ALGEBRA_OBJECTS`]
/// objects need in a debug build if each refers to the next.
const ALGEBRA_STACK_BYTES: usize = 64 << 20;

/// Most instances that [`SchemaComparison::make_refused_instances`] returns. The types should refuse all of them, so a
/// few are enough.
const MAX_REFUSED_INSTANCES: usize = 10;

/// Two schemas to be compared by the set algebra of JSON Schema: of the values that the types of one version read, and
/// of the instances that the other version writes.
pub(super) struct SchemaComparison {
    read: Value,
    written: Value,
}

impl SchemaComparison {
    /// Writes the schema of the values that the part `focus` of the definition `id` of `reader` reads, and that of the
    /// instances of the definition `written_id` of `writer`. `None` if the schemas are too large
    /// ([`MAX_ALGEBRA_OBJECTS`]), if `writer` has no schema for the definition, or if no schema describes exactly the
    /// values that the types of `reader` read.
    pub(super) fn new(
        (reader, id): (&SchemaDocument<'_>, DefinitionId),
        (writer, written_id): (&SchemaDocument<'_>, DefinitionId),
        focus: &QuestionFocus,
    ) -> Option<Self> {
        let mut schema_writer = ReadSchemaWriter::new(reader.definitions(), writer.dialect_uri());
        let mut definitions = Map::new();
        let read = schema_writer.write_focus_schema(id, focus, &mut definitions);
        if schema_writer.is_inexact {
            return None;
        }
        let read = writer.combine_schemas(vec![read], definitions);
        let written = writer.build_instance_schema(written_id)?;
        (count_objects(&read) + count_objects(&written) <= MAX_ALGEBRA_OBJECTS).then_some(Self { read, written })
    }

    /// Returns whether the types read all of the instances; `None` if the set algebra cannot decide it.
    pub(super) fn is_every_instance_read(&self) -> Option<bool> {
        self.with_canonical_schemas(|read, written| match read.covers(&written).ok()? {
            Containment::Yes => Some(true),
            Containment::No => Some(false),
            Containment::Unknown => None,
        })
    }

    /// Returns instances that the types do not read, at most [`MAX_REFUSED_INSTANCES`]; empty if the set algebra cannot
    /// compute the difference of the schemas.
    pub(super) fn make_refused_instances(&self) -> Vec<Value> {
        let instances = self.with_canonical_schemas(|read, written| {
            let difference = written.subtract(&read).ok()?;
            let sample = Sample::new(&difference.to_json_schema(), "", INSTANCE_SEED).ok()?;
            Some(sample.instances().take(MAX_REFUSED_INSTANCES).collect())
        });
        instances.unwrap_or_default()
    }

    /// Calls `ask` with the canonical forms of (the read schema, the written schema) and returns its result. Runs on a
    /// thread with a large stack, since the set algebra recurses as deep as definitions refer to one another. `None` if
    /// the schemas have no canonical form, if the thread fails, or if `ask` returns `None`.
    fn with_canonical_schemas<T: Send>(
        &self,
        ask: impl FnOnce(CanonicalSchema, CanonicalSchema) -> Option<T> + Send,
    ) -> Option<T> {
        let canonical = |schema: &Value| canonical::options().offline().canonicalize(schema).ok();
        let run = || ask(canonical(&self.read)?, canonical(&self.written)?);
        thread::scope(|scope| {
            thread::Builder::new().stack_size(ALGEBRA_STACK_BYTES).spawn_scoped(scope, run).ok()?.join().ok()?
        })
    }
}
