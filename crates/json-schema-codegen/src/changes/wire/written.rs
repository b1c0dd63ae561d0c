//! Makes the instances that the schema of one version allows for each type.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use json_schema_instances::Sample;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::changes::question::QuestionFocus;
use crate::changes::wire::accepts::ReadSimulator;
use crate::changes::wire::language::ReadSchemaWriter;
use crate::generate::Generated;
use crate::normalize::{DefinitionId, Definitions};

/// The seed of all random instances. It is fixed, so that the same schemas give the same report.
pub(super) const INSTANCE_SEED: u64 = 1;

/// Most random instances that are made for one type.
const MAX_RANDOM_INSTANCES: usize = 1_000;

/// Most work for the random instances of one type: the number of instances times the number of JSON objects in the
/// schema, to which the time for validating one instance is proportional. A limit on work and not on time, so that
/// every run gives the same report.
const MAX_INSTANCE_WORK: usize = 100_000;

/// Number of random instances that are first made as small as possible and then modified.
const MINIMIZED_BASE_COUNT: usize = 3;

/// Number of random instances that are modified without being made smaller, since some keywords allow a value only
/// together with others.
const UNCHANGED_BASE_COUNT: usize = 7;

/// The corrected schemas of one version, as one self-contained document.
pub(super) struct SchemaDocument<'a> {
    generated: &'a Generated,
    /// The document, which has the definitions in `$defs`.
    document: Value,
    /// The pointers into `document` of the types' schemas, by the names of the types.
    pointers: BTreeMap<String, String>,
}

/// The instances that a schema allows for one type and that its Rust type in the same version reads. These differ where
/// a schema allows `null`: the Rust type is only the type inside the `Option`. The instances are made when they are
/// first asked for.
pub(super) struct TypeInstances<'a> {
    reader: ReadSimulator<'a>,
    id: DefinitionId,
    /// Makes and checks instances of the type's schema.
    sample: Sample,
    /// Number of JSON objects in the schema of the type and in all definitions that it refers to.
    weight: usize,
    /// The instances that [`TypeInstances::modification_bases`] returns.
    bases: OnceCell<Vec<Value>>,
    /// The instances that [`TypeInstances::instances`] returns.
    instances: OnceCell<Vec<Value>>,
}

impl<'a> SchemaDocument<'a> {
    /// Builds the document from the corrected schemas in `generated`.
    pub(super) fn new(generated: &'a Generated) -> Self {
        Self { generated, document: generated.schema(), pointers: generated.schema_pointers() }
    }

    /// Returns the types of the version.
    pub(super) fn definitions(&self) -> &'a Definitions {
        self.generated.definitions()
    }

    /// Returns the value of `$schema` of the document; empty if it has none.
    pub(super) fn dialect_uri(&self) -> &str {
        self.document.get("$schema").and_then(Value::as_str).unwrap_or_default()
    }

    /// Returns a document in the same dialect whose schema allows the instances that all of `schemas` allow.
    /// `definitions` become its `$defs`.
    pub(super) fn combine_schemas(&self, schemas: Vec<Value>, definitions: Map<String, Value>) -> Value {
        json!({ "$schema": self.dialect_uri(), "allOf": schemas, "$defs": definitions })
    }

    /// Returns a schema that is a `$ref` to the schema of a type, and the `$defs` that it refers to, directly or
    /// through others. `None` if the document does not have the type or has no `$defs`.
    fn extract_type_schema(&self, id: DefinitionId) -> Option<(Value, Map<String, Value>)> {
        let pointer = self.pointers.get(self.generated.definitions().name(id))?;
        let reference = json!({ "$ref": format!("#{}", utf8_percent_encode(pointer, POINTER_ENCODE_SET)) });
        let definitions = self.document.get("$defs")?.as_object()?;
        let mut reached = Map::new();
        let mut waiting: Vec<String> = collect_referenced_names(&reference);
        while let Some(name) = waiting.pop() {
            if let (false, Some(schema)) = (reached.contains_key(&name), definitions.get(&name)) {
                waiting.extend(collect_referenced_names(schema));
                reached.insert(name, schema.clone());
            }
        }
        Some((reference, reached))
    }
}

impl SchemaDocument<'_> {
    /// Checks whether the schema of a type forbids the property `name` by the keyword `not` with `required`, such as
    /// `{"not": {"required": ["name"]}}`.
    pub(super) fn forbids_property(&self, id: DefinitionId, name: &str) -> bool {
        let pointer = self.pointers.get(self.generated.definitions().name(id));
        let schema = pointer.and_then(|pointer| self.document.pointer(pointer));
        schema.and_then(|schema| schema.get("not")).is_some_and(|refused| accepts_any_object_with(refused, name))
    }

    /// Returns the schema of the instances of a type that its Rust type reads too; see [`TypeInstances`]. It combines
    /// the schema at the type's location, which may be one of several that together make the type, with a schema of the
    /// values that the Rust type reads. `None` if [`Self::extract_type_schema`] returns `None`.
    pub(super) fn build_instance_schema(&self, id: DefinitionId) -> Option<Value> {
        let (reference, mut definitions) = self.extract_type_schema(id)?;
        let mut schema_writer = ReadSchemaWriter::new(self.definitions(), self.dialect_uri());
        let own = schema_writer.write_focus_schema(id, &QuestionFocus::All, &mut definitions);
        Some(self.combine_schemas(vec![reference, own], definitions))
    }
}

/// Checks whether `schema` accepts every object that has the property `name`, as far as `required`, `anyOf` and `type`
/// tell. False if there is any other keyword, except for annotations.
fn accepts_any_object_with(schema: &Value, name: &str) -> bool {
    let Value::Object(keywords) = schema else { return *schema == Value::Bool(true) };
    let is_name = |value: &Value| value.as_str() == Some(name);
    let holds = |(keyword, value): (&String, &Value)| match keyword.as_str() {
        "required" => value.as_array().is_some_and(|names| names.iter().all(is_name)),
        "anyOf" => {
            value.as_array().is_some_and(|members| members.iter().any(|member| accepts_any_object_with(member, name)))
        }
        "type" => value.as_str() == Some("object"),
        "title" | "description" | "$comment" => true,
        _ => false,
    };
    keywords.iter().all(holds)
}

/// The characters of a pointer that must be written with `%` in the fragment of a URI: all but letters, digits and
/// `/-._~$`.
const POINTER_ENCODE_SET: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'$');

/// Returns the names of the `$defs` to which the references in `schema` refer, such as `Card` for `#/$defs/Card`. A
/// name comes once for each reference.
fn collect_referenced_names(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(map) => {
            let name = map.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix("#/$defs/"));
            let name = name.and_then(|path| path.split('/').next());
            let name = name.map(|name| percent_decode_str(name).decode_utf8_lossy().into_owned());
            name.into_iter().chain(map.values().flat_map(collect_referenced_names)).collect()
        }
        Value::Array(list) => list.iter().flat_map(collect_referenced_names).collect(),
        _ => Vec::new(),
    }
}

impl<'a> TypeInstances<'a> {
    /// Creates the instances for the type `id`. `None` if the document has no such type, or if the crate `jsonschema`
    /// cannot compile its schema.
    pub(super) fn new(schemas: &SchemaDocument<'a>, id: DefinitionId) -> Option<Self> {
        let schema = schemas.build_instance_schema(id)?;
        let sample = Sample::new(&schema, "", INSTANCE_SEED).ok()?;
        let weight = count_objects(&schema);
        let reader = ReadSimulator::new(schemas.definitions());
        Some(Self { reader, id, sample, weight, bases: OnceCell::new(), instances: OnceCell::new() })
    }

    /// Checks whether the schema of the type allows `instance` and the Rust type in the same version reads it.
    pub(super) fn allows_instance(&self, instance: &Value) -> bool {
        self.reader.accepts_at_focus(self.id, &QuestionFocus::All, instance) && self.sample.accepts(instance)
    }

    /// Makes `instance` as small as possible while it stays one of the type's instances and `is_wanted` returns true
    /// for it.
    pub(super) fn minimize_instance(&self, instance: Value, is_wanted: impl Fn(&Value) -> bool) -> Value {
        let is_read = |instance: &Value| {
            self.reader.accepts_at_focus(self.id, &QuestionFocus::All, instance) && is_wanted(instance)
        };
        self.sample.minimize(instance, is_read)
    }

    /// Returns random instances of the type; empty if none was found.
    pub(super) fn instances(&self) -> &[Value] {
        self.instances.get_or_init(|| {
            let count = (MAX_INSTANCE_WORK / self.weight.max(1))
                .clamp(MINIMIZED_BASE_COUNT + UNCHANGED_BASE_COUNT, MAX_RANDOM_INSTANCES);
            // Made without an end if the type reads none of them, so both are bounded.
            let made = self.sample.instances().take(2 * count);
            made.filter(|instance| self.reader.accepts_at_focus(self.id, &QuestionFocus::All, instance))
                .take(count)
                .collect()
        })
    }

    /// Returns a few random instances to be modified: first [`MINIMIZED_BASE_COUNT`] that are as small as possible,
    /// then [`UNCHANGED_BASE_COUNT`] unchanged ones, without duplicates.
    pub(super) fn modification_bases(&self) -> &[Value] {
        self.bases.get_or_init(|| {
            let (small, whole) = {
                let mut all = self.instances().iter().take(MINIMIZED_BASE_COUNT + UNCHANGED_BASE_COUNT).cloned();
                (all.by_ref().take(MINIMIZED_BASE_COUNT).collect::<Vec<_>>(), all.collect::<Vec<_>>())
            };
            let mut bases: Vec<Value> = Vec::new();
            for base in small.iter().map(|instance| self.minimize_instance(instance.clone(), |_| true)).chain(whole) {
                if !bases.contains(&base) {
                    bases.push(base);
                }
            }
            bases
        })
    }

    /// Returns the instance of [`Self::modification_bases`] whose JSON text is shortest; `None` if none was found.
    pub(super) fn find_smallest(&self) -> Option<Value> {
        let size = |instance: &&Value| instance.to_string().len();
        self.modification_bases().iter().min_by_key(size).cloned()
    }
}

/// Counts the JSON objects in a schema, including nested ones.
pub(super) fn count_objects(schema: &Value) -> usize {
    match schema {
        Value::Object(map) => 1 + map.values().map(count_objects).sum::<usize>(),
        Value::Array(list) => list.iter().map(count_objects).sum(),
        _ => 0,
    }
}
