//! Searches for an instance that the schema of one version allows and the types of the other refuse.

use serde_json::{Value, json};

use crate::changes::question::QuestionFocus;
use crate::changes::wire::written::TypeInstances;

/// Returns an instance that `written` allows and for which `is_read` returns false, made as small as possible: one that
/// differs from a random instance at `focus` alone, or else a random one. `None` if no such instance was found.
pub(super) fn find_refused_instance(
    written: &TypeInstances<'_>,
    focus: &QuestionFocus,
    is_read: impl Fn(&Value) -> bool,
) -> Option<Value> {
    let is_refused = |instance: &Value| !is_read(instance);
    let mutated = written.modification_bases().iter().flat_map(|instance| modify_at_focus(instance, focus));
    let found = mutated.into_iter().find(|instance| is_refused(instance) && written.allows_instance(instance));
    let found = found.or_else(|| written.instances().iter().find(|instance| is_refused(instance)).cloned());
    found.map(|found| written.minimize_instance(found, is_refused))
}

/// Returns the first of `instances` that `written` allows and for which `is_read` returns false, made as small as
/// possible; `None` if there is none.
pub(super) fn find_refused_among(
    instances: Vec<Value>,
    written: &TypeInstances<'_>,
    is_read: impl Fn(&Value) -> bool,
) -> Option<Value> {
    let is_refused = |instance: &Value| !is_read(instance);
    let found = instances.into_iter().find(|instance| is_refused(instance) && written.allows_instance(instance))?;
    Some(written.minimize_instance(found, is_refused))
}

/// Returns copies of `instance` with a value of each JSON type as the property at `focus` (`other` stands for
/// additional properties), then a copy without the property, then an unchanged copy; empty if `instance` is not an
/// object. For [`QuestionFocus::All`], returns values of each JSON type, and then `instance`.
fn modify_at_focus(instance: &Value, focus: &QuestionFocus) -> Vec<Value> {
    let simple = [json!(null), json!(false), json!(0), json!(0.5), json!(""), json!([]), json!({})];
    let nested = simple.iter().flat_map(|value| [json!([value]), json!({ "name": value })]);
    let values: Vec<Value> = simple.iter().cloned().chain(nested).collect();
    let name = match focus {
        QuestionFocus::All => return values.into_iter().chain([instance.clone()]).collect(),
        QuestionFocus::Property(name) => name.as_str(),
        QuestionFocus::AdditionalProperties => "other",
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
