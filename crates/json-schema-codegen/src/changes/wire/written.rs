//! The instances that the schema of one version allows for each type.

use std::collections::BTreeMap;
use std::thread;

use json_schema_instances::Sample;
use jsonschema::canonical::{self, CanonicalSchema, Containment};
use serde_json::{Map, Value, json};

use crate::changes::wire::language::Language;
use crate::changes::wire::{Focus, Side};
use crate::generate::Generated;
use crate::normalize::DefinitionId;

/// Seed of all random instances; it is fixed so that the same schemas give the same report.
const SEED: u64 = 1;

/// The corrected schema of one version as one document.
pub(super) struct Schemas<'a> {
    generated: &'a Generated,
    /// The document: the definitions are in `$defs`.
    document: Value,
    /// The pointers into `document` of the types' schemas, by the names of the types.
    pointers: BTreeMap<String, String>,
}

/// The instances that a schema allows for one type.
pub(super) struct Written {
    schema: Value,
    /// Makes and checks instances of `schema`.
    pub(super) sample: Sample,
}

impl<'a> Schemas<'a> {
    /// Takes the corrected schema from `generated`.
    pub(super) fn new(generated: &'a Generated) -> Self {
        Self { generated, document: generated.schema(), pointers: generated.schema_pointers() }
    }

    /// Returns the `$schema` of the document; empty if it has none.
    pub(super) fn dialect(&self) -> &str {
        self.document.get("$schema").and_then(Value::as_str).unwrap_or_default()
    }

    /// Returns a schema document in the same dialect that allows the instances that all of `schemas` allow;
    /// `definitions` become its `$defs`.
    pub(super) fn standalone(&self, schemas: Vec<Value>, definitions: Map<String, Value>) -> Value {
        json!({ "$schema": self.dialect(), "allOf": schemas, "$defs": definitions })
    }

    /// Returns a reference to the schema of a type, and all `$defs` that it refers to, directly or through others.
    /// `None` if the document does not have the type or has no `$defs`.
    fn schema_of_type(&self, id: DefinitionId) -> Option<(Value, Map<String, Value>)> {
        let pointer = self.pointers.get(self.generated.definitions().name(id))?;
        let reference = json!({ "$ref": format!("#{pointer}") });
        let definitions = self.document.get("$defs")?.as_object()?;
        let mut reached = Map::new();
        let mut waiting: Vec<String> = referenced_names(&reference);
        while let Some(name) = waiting.pop() {
            if let (false, Some(schema)) = (reached.contains_key(&name), definitions.get(&name)) {
                waiting.extend(referenced_names(schema));
                reached.insert(name, schema.clone());
            }
        }
        Some((reference, reached))
    }
}

/// Returns the names of the `$defs` that the schema refers to, such as `Card` for `#/$defs/Card`; duplicates stay.
fn referenced_names(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(map) => {
            let name = map.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix("#/$defs/"));
            let name = name.and_then(|path| path.split('/').next()).map(str::to_owned);
            name.into_iter().chain(map.values().flat_map(referenced_names)).collect()
        }
        Value::Array(list) => list.iter().flat_map(referenced_names).collect(),
        _ => Vec::new(),
    }
}

impl Written {
    /// Creates the instances for a type. They satisfy both its schema and its Rust type in the same version: where a
    /// schema allows `null`, the Rust type is only what is inside the `Option`. `None` if the schema has no such type
    /// or the `jsonschema` crate cannot compile it.
    pub(super) fn new(side: &Side<'_>, id: DefinitionId) -> Option<Self> {
        let (schema, mut definitions) = side.schemas.schema_of_type(id)?;
        let mut language = Language::new(side.definitions, side.schemas.dialect());
        let read = language.focused_schema(id, &Focus::All, &mut definitions);
        let schema = side.schemas.standalone(vec![schema, read], definitions);
        let sample = Sample::new(&schema, "", SEED).ok()?;
        Some(Self { schema, sample })
    }

    /// Returns whether the schema `read` allows all of these instances; `None` if the algebra of schemas cannot decide
    /// that.
    pub(super) fn is_covered(&self, read: &Value) -> Option<bool> {
        self.ask_algebra(read, |read, written| match read.covers(&written).ok()? {
            Containment::Yes => Some(true),
            Containment::No => Some(false),
            Containment::Unknown => None,
        })
    }

    /// Returns instances of these that the schema `read` does not allow; empty if the algebra of schemas cannot tell
    /// the difference.
    pub(super) fn instances_beyond(&self, read: &Value) -> Vec<Value> {
        let instances = self.ask_algebra(read, |read, written| {
            let difference = written.subtract(&read).ok()?;
            let sample = Sample::new(&difference.to_json_schema(), "", SEED).ok()?;
            Some(sample.instances().take(MAX_INSTANCES_BEYOND).collect())
        });
        instances.unwrap_or_default()
    }

    /// Calls `ask` with the canonical forms of `read` and of this schema. Runs on a thread with a large stack, since
    /// the algebra of schemas recurses as deep as definitions refer to one another. `None` if the schemas are too large
    /// ([`MAX_OBJECTS`]) or cannot be canonicalized, if the thread fails, or if `ask` returns `None`.
    fn ask_algebra<T: Send>(
        &self,
        read: &Value,
        ask: impl FnOnce(CanonicalSchema, CanonicalSchema) -> Option<T> + Send,
    ) -> Option<T> {
        if count_objects(read) + count_objects(&self.schema) > MAX_OBJECTS {
            return None;
        }
        let canonical = |schema: &Value| canonical::options().offline().canonicalize(schema).ok();
        let run = || ask(canonical(read)?, canonical(&self.schema)?);
        thread::scope(|scope| {
            thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, run).ok()?.join().ok()?
        })
    }
}

/// Counts the JSON objects in a schema, including nested ones.
fn count_objects(schema: &Value) -> usize {
    match schema {
        Value::Object(map) => 1 + map.values().map(count_objects).sum::<usize>(),
        Value::Array(list) => list.iter().map(count_objects).sum(),
        _ => 0,
    }
}

/// Most JSON objects in the two schemas together for which the algebra of schemas is asked.
const MAX_OBJECTS: usize = 20_000;
/// Bytes of stack for the algebra of schemas, which recurses along references. That is three times what [`MAX_OBJECTS`]
/// objects need in a debug build if each refers to the next.
const STACK_BYTES: usize = 256 << 20;

/// Most instances that [`Written::instances_beyond`] returns; all of them should be refused, so a few are enough.
const MAX_INSTANCES_BEYOND: usize = 10;
