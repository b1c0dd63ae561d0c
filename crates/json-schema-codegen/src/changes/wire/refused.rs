//! Searches for an instance that the schema of one version allows and the types of the other refuse.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::changes::wire::written::Written;
use crate::changes::wire::{Focus, MAX_INSTANCES};

/// Most random instances that are modified at the changed property.
const MAX_MUTATED_INSTANCES: usize = 10;

/// The types of the reading version, as a schema of the values that they read.
pub(super) struct Reader<'a> {
    read_schema: &'a Value,
    validator: Validator,
}

impl<'a> Reader<'a> {
    /// Compiles `read_schema`, the schema of the values that the types read. `None` if the `jsonschema` crate cannot
    /// compile it.
    pub(super) fn new(read_schema: &'a Value) -> Option<Self> {
        let validator = jsonschema::options().offline().build(read_schema).ok()?;
        Some(Self { read_schema, validator })
    }

    /// Returns an instance, as small as possible, that is allowed but not read, of those that differ from a random
    /// instance at `focus`. `None` if none was found.
    pub(super) fn find_refused_mutation(&self, written: &Written, focus: &Focus) -> Option<Value> {
        let instances = written.sample.instances().take(MAX_MUTATED_INSTANCES);
        self.find_smallest_refused(written, instances.flat_map(|instance| mutate(&instance, focus)))
    }

    /// Returns an instance, as small as possible, that is allowed but not read: one that the algebra of schemas gives,
    /// or else a random one. `None` if none was found.
    pub(super) fn find_refused(&self, written: &Written) -> Option<Value> {
        let found = self.find_smallest_refused(written, written.instances_beyond(self.read_schema).into_iter());
        found.or_else(|| self.find_smallest_refused(written, written.sample.instances().take(MAX_INSTANCES)))
    }

    /// Returns the first of `instances` that `written` allows and the types refuse, after making it as small as
    /// possible; `None` if there is none.
    fn find_smallest_refused(&self, written: &Written, mut instances: impl Iterator<Item = Value>) -> Option<Value> {
        let is_refused = |instance: &Value| !self.validator.is_valid(instance);
        let found = instances.find(|instance| is_refused(instance) && written.sample.accepts(instance))?;
        Some(written.sample.minimize(found, is_refused))
    }
}

/// Returns copies of `instance` with a value of each JSON type as the property at `focus` (`other` stands for the
/// additional properties), then a copy without that property, then an unchanged one. With [`Focus::All`], returns these
/// values themselves and then `instance`. Otherwise returns none if `instance` is not an object.
fn mutate(instance: &Value, focus: &Focus) -> Vec<Value> {
    let simple = [json!(null), json!(false), json!(0), json!(0.5), json!(""), json!([]), json!({})];
    let nested = simple.iter().flat_map(|value| [json!([value]), json!({ "name": value })]);
    let values: Vec<Value> = simple.iter().cloned().chain(nested).collect();
    let name = match focus {
        Focus::All => return values.into_iter().chain([instance.clone()]).collect(),
        Focus::Property(name) => name.as_str(),
        Focus::AdditionalProperties => "other",
    };
    let Value::Object(object) = instance else { return Vec::new() };
    let mut without = object.clone();
    without.shift_remove(name);
    let with = values.into_iter().map(|value| {
        let mut with = object.clone();
        with.insert(name.to_owned(), value);
        with
    });
    let all: Vec<_> = with.collect();
    all.into_iter().chain([without, object.clone()]).map(Value::Object).collect()
}
