//! Searches for an instance that the schema of one version allows and the types of the other refuse.

use serde_json::{Value, json};

use crate::changes::question::Focus;
use crate::changes::wire::written::Written;

/// Returns an instance, as small as possible, that `written` allows and `is_read` returns false for: one that differs from
/// a random instance at `focus`, or else a random one. `None` if none was found.
pub(super) fn find_refused(written: &Written<'_>, focus: &Focus, is_read: impl Fn(&Value) -> bool) -> Option<Value> {
    let is_refused = |instance: &Value| !is_read(instance);
    let mutated = written.bases().iter().flat_map(|instance| mutate(instance, focus));
    let found = mutated.into_iter().find(|instance| is_refused(instance) && written.accepts(instance));
    let found = found.or_else(|| written.instances().iter().find(|instance| is_refused(instance)).cloned());
    found.map(|found| written.minimize(found, is_refused))
}

/// Returns the first of `instances` that `written` allows and `is_read` returns false for, after making it as small as
/// possible; `None` if there is none.
pub(super) fn find_among(
    instances: Vec<Value>,
    written: &Written<'_>,
    is_read: impl Fn(&Value) -> bool,
) -> Option<Value> {
    let is_refused = |instance: &Value| !is_read(instance);
    let found = instances.into_iter().find(|instance| is_refused(instance) && written.accepts(instance))?;
    Some(written.minimize(found, is_refused))
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
