//! The instances that the schema of one version allows for each type.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::thread;

use json_schema_instances::Sample;
use jsonschema::canonical::{self, CanonicalSchema, Containment};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::changes::question::Focus;
use crate::changes::wire::accepts::TypeReader;
use crate::changes::wire::language::Language;
use crate::generate::Generated;
use crate::normalize::{DefinitionId, Definitions};

/// Seed of all random instances; it is fixed so that the same schemas give the same report.
const SEED: u64 = 1;

/// Most random instances that are made for one type.
const MAX_INSTANCES: usize = 1_000;

/// Bounds the work for the random instances of one type: their number times the number of JSON objects in the schema,
/// which validating one of them takes as long as. A number of steps and not a time, so that every run gives one report.
const MAX_WORK: usize = 100_000;

/// Random instances of which copies, as small as possible, are kept to be modified.
const SMALL_INSTANCES: usize = 3;

/// Random instances that are kept as they are to be modified: some keywords allow a value only beside others.
const WHOLE_INSTANCES: usize = 7;

/// The corrected schema of one version as one document.
pub(super) struct Schemas<'a> {
    generated: &'a Generated,
    /// The document: the definitions are in `$defs`.
    document: Value,
    /// The pointers into `document` of the types' schemas, by the names of the types.
    pointers: BTreeMap<String, String>,
}

/// The instances that a schema allows for one type, which its Rust type in the same version reads: where a schema allows
/// `null`, the Rust type is only what is inside the `Option`. They are made once, when first asked for.
pub(super) struct Written<'a> {
    reader: TypeReader<'a>,
    id: DefinitionId,
    /// Makes and checks instances of the type's schema.
    sample: Sample,
    /// Number of JSON objects in the schema and all that it refers to.
    weight: usize,
    /// See [`Written::bases`].
    bases: OnceCell<Vec<Value>>,
    /// See [`Written::instances`].
    instances: OnceCell<Vec<Value>>,
}

impl<'a> Schemas<'a> {
    /// Takes the corrected schema from `generated`.
    pub(super) fn new(generated: &'a Generated) -> Self {
        Self { generated, document: generated.schema(), pointers: generated.schema_pointers() }
    }

    /// Returns the types of the version.
    pub(super) fn definitions(&self) -> &'a Definitions {
        self.generated.definitions()
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
        let reference = json!({ "$ref": format!("#{}", utf8_percent_encode(pointer, ENCODED)) });
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

impl Schemas<'_> {
    /// Checks whether the schema of a type says itself that its instances do not have the property `name`: by `not` with
    /// `required`, such as `{"not": {"anyOf": [{"required": ["name"]}]}}`.
    pub(super) fn forbids_property(&self, id: DefinitionId, name: &str) -> bool {
        let pointer = self.pointers.get(self.generated.definitions().name(id));
        let schema = pointer.and_then(|pointer| self.document.pointer(pointer));
        schema.and_then(|schema| schema.get("not")).is_some_and(|refused| holds_if_present(refused, name))
    }

    /// Returns the schema of the instances of a type, which its Rust type reads too; see [`Written`]. The schema at the
    /// type's location may be one of several that together make the type, so the Rust type also says what the instances
    /// look like. `None` as for [`Self::schema_of_type`].
    fn schema_of_instances(&self, id: DefinitionId) -> Option<Value> {
        let (reference, mut definitions) = self.schema_of_type(id)?;
        let mut language = Language::new(self.definitions(), self.dialect());
        let own = language.focused_schema(id, &Focus::All, &mut definitions);
        Some(self.standalone(vec![reference, own], definitions))
    }
}

/// Checks whether every object with the property `name` satisfies `schema`, as far as `required`, `anyOf` and `type` tell: with
/// any other keyword that is not an annotation, returns false.
fn holds_if_present(schema: &Value, name: &str) -> bool {
    let Value::Object(keywords) = schema else { return *schema == Value::Bool(true) };
    let is_name = |value: &Value| value.as_str() == Some(name);
    let holds = |(keyword, value): (&String, &Value)| match keyword.as_str() {
        "required" => value.as_array().is_some_and(|names| names.iter().all(is_name)),
        "anyOf" => value.as_array().is_some_and(|members| members.iter().any(|member| holds_if_present(member, name))),
        "type" => value.as_str() == Some("object"),
        "title" | "description" | "$comment" => true,
        _ => false,
    };
    keywords.iter().all(holds)
}

/// The characters of a pointer that the fragment of a URI writes with `%`: all but letters, digits and these six.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'$');

/// Returns the names of the `$defs` that the schema refers to, such as `Card` for `#/$defs/Card`; duplicates stay.
fn referenced_names(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(map) => {
            let name = map.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix("#/$defs/"));
            let name = name.and_then(|path| path.split('/').next());
            let name = name.map(|name| percent_decode_str(name).decode_utf8_lossy().into_owned());
            name.into_iter().chain(map.values().flat_map(referenced_names)).collect()
        }
        Value::Array(list) => list.iter().flat_map(referenced_names).collect(),
        _ => Vec::new(),
    }
}

impl<'a> Written<'a> {
    /// Creates the instances for a type. `None` if the schema has no such type or the `jsonschema` crate cannot compile
    /// it.
    pub(super) fn new(schemas: &Schemas<'a>, id: DefinitionId) -> Option<Self> {
        let schema = schemas.schema_of_instances(id)?;
        let sample = Sample::new(&schema, "", SEED).ok()?;
        let weight = count_objects(&schema);
        let reader = TypeReader::new(schemas.definitions());
        Some(Self { reader, id, sample, weight, bases: OnceCell::new(), instances: OnceCell::new() })
    }

    /// Checks whether `instance` is one of these instances.
    pub(super) fn accepts(&self, instance: &Value) -> bool {
        self.reader.accepts(self.id, &Focus::All, instance) && self.sample.accepts(instance)
    }

    /// Returns `instance`, one of these instances, after making it as small as possible while `is_wanted` is true for
    /// it.
    pub(super) fn minimize(&self, instance: Value, is_wanted: impl Fn(&Value) -> bool) -> Value {
        let is_read = |instance: &Value| self.reader.accepts(self.id, &Focus::All, instance) && is_wanted(instance);
        self.sample.minimize(instance, is_read)
    }

    /// Returns random instances; none if none was found.
    pub(super) fn instances(&self) -> &[Value] {
        self.instances.get_or_init(|| {
            let count = (MAX_WORK / self.weight.max(1)).clamp(SMALL_INSTANCES + WHOLE_INSTANCES, MAX_INSTANCES);
            // Made without an end if the type reads none of them, so both are bounded.
            let made = self.sample.instances().take(2 * count);
            made.filter(|instance| self.reader.accepts(self.id, &Focus::All, instance)).take(count).collect()
        })
    }

    /// Returns a few random instances to be modified, the small ones first.
    pub(super) fn bases(&self) -> &[Value] {
        self.bases.get_or_init(|| {
            let (small, whole) = {
                let mut all = self.instances().iter().take(SMALL_INSTANCES + WHOLE_INSTANCES).cloned();
                (all.by_ref().take(SMALL_INSTANCES).collect::<Vec<_>>(), all.collect::<Vec<_>>())
            };
            let mut bases: Vec<Value> = Vec::new();
            for base in small.iter().map(|instance| self.minimize(instance.clone(), |_| true)).chain(whole) {
                if !bases.contains(&base) {
                    bases.push(base);
                }
            }
            bases
        })
    }

    /// Returns a smallest instance; `None` if none was found.
    pub(super) fn smallest(&self) -> Option<Value> {
        let size = |instance: &&Value| instance.to_string().len();
        self.bases().iter().min_by_key(size).cloned()
    }
}

/// The question whether the types of one version read all instances of the other, as two schemas for the algebra of
/// schemas.
pub(super) struct Algebra {
    read: Value,
    written: Value,
}

impl Algebra {
    /// Writes the schema of the values that the `focus` of the definition `id` of `reader` reads, and that of the instances
    /// of the definition `written_id` of `writer`. `None` if the schemas are too large ([`MAX_OBJECTS`]), if `writer` has no
    /// schema for the definition, or if the
    /// schema of the reader would allow more than its types read.
    pub(super) fn new(
        (reader, id): (&Schemas<'_>, DefinitionId),
        (writer, written_id): (&Schemas<'_>, DefinitionId),
        focus: &Focus,
    ) -> Option<Self> {
        let mut language = Language::new(reader.definitions(), writer.dialect());
        let mut definitions = Map::new();
        let read = language.focused_schema(id, focus, &mut definitions);
        if language.is_inexact {
            return None;
        }
        let read = writer.standalone(vec![read], definitions);
        let written = writer.schema_of_instances(written_id)?;
        (count_objects(&read) + count_objects(&written) <= MAX_OBJECTS).then_some(Self { read, written })
    }

    /// Returns whether the types read all of the instances; `None` if the algebra of schemas cannot decide that.
    pub(super) fn is_covered(&self) -> Option<bool> {
        self.ask(|read, written| match read.covers(&written).ok()? {
            Containment::Yes => Some(true),
            Containment::No => Some(false),
            Containment::Unknown => None,
        })
    }

    /// Returns instances that the types do not read; empty if the algebra of schemas cannot tell the difference.
    pub(super) fn instances_beyond(&self) -> Vec<Value> {
        let instances = self.ask(|read, written| {
            let difference = written.subtract(&read).ok()?;
            let sample = Sample::new(&difference.to_json_schema(), "", SEED).ok()?;
            Some(sample.instances().take(MAX_INSTANCES_BEYOND).collect())
        });
        instances.unwrap_or_default()
    }

    /// Calls `ask` with the canonical forms of the two schemas. Runs on a thread with a large stack, since the algebra of
    /// schemas recurses as deep as definitions refer to one another. `None` if the schemas cannot be canonicalized, if the
    /// thread fails, or if `ask` returns `None`.
    fn ask<T: Send>(&self, ask: impl FnOnce(CanonicalSchema, CanonicalSchema) -> Option<T> + Send) -> Option<T> {
        let canonical = |schema: &Value| canonical::options().offline().canonicalize(schema).ok();
        let run = || ask(canonical(&self.read)?, canonical(&self.written)?);
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

/// Most JSON objects in the two schemas together for which the algebra of schemas is asked. The time that it takes grows
/// much faster than the schemas.
const MAX_OBJECTS: usize = 1_000;
/// Bytes of stack for the algebra of schemas, which recurses along references. That is far more than what
/// [`MAX_OBJECTS`] objects need in a debug build if each refers to the next.
const STACK_BYTES: usize = 64 << 20;

/// Most instances that [`Algebra::instances_beyond`] returns; all of them should be refused, so a few are enough.
const MAX_INSTANCES_BEYOND: usize = 10;
