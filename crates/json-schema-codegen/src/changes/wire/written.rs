//! What the schema of one version allows, type by type.

use std::collections::BTreeMap;
use std::thread;

use json_schema_instances::Sample;
use jsonschema::canonical::{self, CanonicalSchema, Containment};
use serde_json::{Map, Value, json};

use crate::changes::wire::language::Language;
use crate::changes::wire::{Focus, Side};
use crate::generate::Generated;
use crate::normalize::DefinitionId;

/// The seed of all documents: the same schemas give the same report.
const SEED: u64 = 1;

/// The corrected schema of one version.
pub(super) struct Schemas<'a> {
    generated: &'a Generated,
    document: Value,
    pointers: BTreeMap<String, String>,
}

/// What a schema allows for one type.
pub(super) struct Written {
    schema: Value,
    pub(super) sample: Sample,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(generated: &'a Generated) -> Self {
        Self { generated, document: generated.schema(), pointers: generated.schema_pointers() }
    }

    /// The `$schema` of the document.
    pub(super) fn dialect(&self) -> &str {
        self.document.get("$schema").and_then(Value::as_str).unwrap_or_default()
    }

    /// A document in the same dialect of which a value satisfies all of `schemas`.
    pub(super) fn standalone(&self, schemas: Vec<Value>, definitions: Map<String, Value>) -> Value {
        json!({ "$schema": self.dialect(), "allOf": schemas, "$defs": definitions })
    }

    /// The schema of a type, and what it refers to.
    fn of(&self, id: DefinitionId) -> Option<(Value, Map<String, Value>)> {
        let pointer = self.pointers.get(self.generated.definitions().name(id))?;
        let reference = json!({ "$ref": format!("#{pointer}") });
        let all = self.document.get("$defs")?.as_object()?;
        let mut reached = Map::new();
        let mut waiting: Vec<String> = names(&reference);
        while let Some(name) = waiting.pop() {
            if let (false, Some(schema)) = (reached.contains_key(&name), all.get(&name)) {
                waiting.extend(names(schema));
                reached.insert(name, schema.clone());
            }
        }
        Some((reference, reached))
    }
}

/// The definitions that a schema refers to.
fn names(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(map) => {
            let own = map.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix("#/$defs/"));
            let own = own.and_then(|path| path.split('/').next()).map(str::to_owned);
            own.into_iter().chain(map.values().flat_map(names)).collect()
        }
        Value::Array(list) => list.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}

impl Written {
    /// What the schema allows for a type: as far as the type of that version reads it too, since one
    /// that may be `null` stands for what it is otherwise.
    pub(super) fn new(side: &Side<'_>, id: DefinitionId) -> Option<Self> {
        let (schema, mut definitions) = side.schemas.of(id)?;
        let mut language = Language::new(side.definitions, side.schemas.dialect());
        let read = language.focused(id, &Focus::All, &mut definitions);
        let schema = side.schemas.standalone(vec![schema, read], definitions);
        let sample = Sample::new(&schema, "", SEED).ok()?;
        Some(Self { schema, sample })
    }

    /// Whether `read` accepts all of it, where the algebra of schemas decides that.
    pub(super) fn is_covered(&self, read: &Value) -> Option<bool> {
        self.algebra(read, |read, written| match read.covers(&written).ok()? {
            Containment::Yes => Some(true),
            Containment::No => Some(false),
            Containment::Unknown => None,
        })
    }

    /// Documents of it that `read` does not accept, where the algebra of schemas can say which.
    pub(super) fn beyond(&self, read: &Value) -> Vec<Value> {
        let documents = self.algebra(read, |read, written| {
            let beyond = written.subtract(&read).ok()?;
            let sample = Sample::new(&beyond.to_json_schema(), "", SEED).ok()?;
            Some(sample.instances().take(BEYOND).collect())
        });
        documents.unwrap_or_default()
    }

    /// What the algebra of schemas says of what is read and written. It goes as deep as definitions
    /// lead to one another, which may be deeper than the stack: it has one of its own.
    fn algebra<T: Send>(
        &self,
        read: &Value,
        said: impl FnOnce(CanonicalSchema, CanonicalSchema) -> Option<T> + Send,
    ) -> Option<T> {
        if objects(read) + objects(&self.schema) > OBJECTS {
            return None;
        }
        let canonical = |schema: &Value| canonical::options().offline().canonicalize(schema).ok();
        let run = || said(canonical(read)?, canonical(&self.schema)?);
        thread::scope(|scope| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run).ok()?.join().ok()?)
    }
}

/// How many objects a schema is written with.
fn objects(schema: &Value) -> usize {
    match schema {
        Value::Object(map) => 1 + map.values().map(objects).sum::<usize>(),
        Value::Array(list) => list.iter().map(objects).sum(),
        _ => 0,
    }
}

/// The most objects that the algebra of schemas is asked about, and the bytes of its stack: an object
/// takes a third of its share where each leads to the next, without optimization.
const OBJECTS: usize = 20_000;
const STACK: usize = 256 << 20;

/// How many documents are made of such a difference: each of them should do.
const BEYOND: usize = 10;
