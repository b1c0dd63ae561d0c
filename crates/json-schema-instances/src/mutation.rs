//! Random mutations, which make most instances violate their schema.

use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

use crate::slot::{self, InstanceSlot};

/// One edit of an instance, and the slot of the instance that it changes.
#[derive(Clone, Debug)]
pub(crate) struct InstanceMutation {
    /// Selects one of the slots of an instance with any number of slots.
    slot: Index,
    edit: SlotEdit,
}

/// A way to change the value in a slot.
#[derive(Clone, Debug)]
enum SlotEdit {
    /// Replaces the value in the slot with this value, which probably has another JSON type.
    Replace(Value),
    /// Replaces the value in the slot with an array that contains it.
    WrapInArray,
    /// Replaces the value in the slot with an object that has it as the property of this name.
    WrapInObject(String),
    /// Removes the property or array item in the slot.
    Remove,
    /// Sets the property of this name to this value, in the object in the slot; in the root if the slot does not
    /// contain an object.
    SetProperty(String, Value),
    /// Turns a number, boolean or null into a string (`1` into `"1"`), and a string of JSON text into its value.
    Requote,
    /// Appends to a string, increases a number, repeats the last item of an array.
    Extend,
}

/// Returns a proptest strategy for mutations.
pub(crate) fn mutation_strategy() -> BoxedStrategy<InstanceMutation> {
    let edit = prop_oneof![
        4 => replacement_strategy().prop_map(SlotEdit::Replace),
        3 => Just(SlotEdit::Remove),
        1 => Just(SlotEdit::WrapInArray),
        1 => property_name_strategy().prop_map(SlotEdit::WrapInObject),
        2 => (property_name_strategy(), replacement_strategy()).prop_map(|(name, value)| SlotEdit::SetProperty(name, value)),
        1 => Just(SlotEdit::Requote),
        2 => Just(SlotEdit::Extend),
    ];
    (any::<Index>(), edit).prop_map(|(slot, edit)| InstanceMutation { slot, edit }).boxed()
}

impl InstanceMutation {
    /// Returns `instance` after this mutation; unchanged if the edit does not apply to the value in the selected slot.
    pub(crate) fn apply_to(&self, mut instance: Value) -> Value {
        let slots = slot::list_slots(&instance);
        let slot = self.slot.get(&slots);
        match &self.edit {
            SlotEdit::Remove => drop(slot.remove_from(&mut instance)),
            SlotEdit::SetProperty(name, value) => set_property_in_slot(slot, &mut instance, name, value),
            edit => {
                if let Some(value) = slot.value_mut(&mut instance) {
                    *value = apply_edit_to_value(edit, value.take());
                }
            }
        }
        instance
    }
}

/// Sets the property `name` to `value` in the object in `slot`, or in the root if `slot` does not contain an object.
/// Does nothing if the root is not an object either.
fn set_property_in_slot(slot: &InstanceSlot, instance: &mut Value, name: &str, value: &Value) {
    let in_slot = slot.value_mut(instance).filter(|value| value.is_object());
    let target = match in_slot {
        Some(object) => Some(object),
        None => Some(instance),
    };
    if let Some(Value::Object(properties)) = target {
        properties.insert(name.to_owned(), value.clone());
    }
}

/// Returns `value` after `edit`, if the edit concerns the value alone. Returns `value` unchanged for `Remove` and
/// `SetProperty`, and if the edit does not apply to its JSON type.
fn apply_edit_to_value(edit: &SlotEdit, value: Value) -> Value {
    match (edit, value) {
        (SlotEdit::Replace(replacement), _) => replacement.clone(),
        (SlotEdit::WrapInArray, value) => Value::Array(vec![value]),
        (SlotEdit::WrapInObject(name), value) => Map::from_iter([(name.clone(), value)]).into(),
        (SlotEdit::Requote, Value::String(text)) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        (SlotEdit::Requote, value @ (Value::Number(_) | Value::Bool(_) | Value::Null)) => {
            Value::String(value.to_string())
        }
        (SlotEdit::Extend, value) => extend_value(value),
        (_, value) => value,
    }
}

/// Makes a string or array longer, or a number a thousand times larger and fractional: `2` becomes `2000.5`. Returns
/// other values, and an empty array, unchanged.
fn extend_value(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text + "~ more"),
        Value::Number(number) => match number.as_f64() {
            Some(float) => Value::from(float * 1000.0 + 0.5),
            None => Value::Number(number),
        },
        Value::Array(mut items) => {
            items.extend(items.last().cloned());
            Value::Array(items)
        }
        value => value,
    }
}

/// Returns a strategy for property names that mutations set: usual ones such as `id`, and unusual ones such as `a.b`.
fn property_name_strategy() -> impl Strategy<Value = String> {
    select(vec!["unknown", "", "a.b", "id", "type", "x-fault"]).prop_map(str::to_owned)
}

/// Returns a strategy for values of all JSON types that mutations put in the place of others.
fn replacement_strategy() -> impl Strategy<Value = Value> {
    select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!(""),
        json!("fault"),
        json!("1"),
        json!([]),
        json!([null]),
        json!(["fault"]),
        json!({}),
        json!({"fault": {}}),
    ])
}
