//! The slots of an instance: the root, and each property value and array item in it.

use serde_json::Value;

use crate::pointer;

/// A slot of an instance: the root, or the place of a property value or array item. It is also valid for a copy of the
/// instance, as long as the copy has the object or array that the slot is in.
#[derive(Clone, Debug)]
pub(crate) struct InstanceSlot {
    /// JSON pointer to the object or array that the slot is in; `None` for the root.
    parent: Option<String>,
    /// Name of the property, or index of the item, in the object or array that the slot is in; empty for the root.
    token: String,
}

impl InstanceSlot {
    /// Returns the value that `instance` has in this slot, for changing it; `None` if it has no such slot.
    pub(crate) fn value_mut<'i>(&self, instance: &'i mut Value) -> Option<&'i mut Value> {
        let Some(parent) = &self.parent else {
            return Some(instance);
        };
        match instance.pointer_mut(parent)? {
            Value::Object(properties) => properties.get_mut(&self.token),
            Value::Array(items) => items.get_mut(self.token_as_index()?),
            _ => None,
        }
    }

    /// Removes this slot from `instance`, and returns the removed value. Returns `None` and changes nothing for the
    /// root and for a slot that `instance` does not have.
    pub(crate) fn remove_from(&self, instance: &mut Value) -> Option<Value> {
        match instance.pointer_mut(self.parent.as_ref()?)? {
            Value::Object(properties) => properties.shift_remove(&self.token),
            Value::Array(items) => {
                let index = self.token_as_index().filter(|index| *index < items.len())?;
                Some(items.remove(index))
            }
            _ => None,
        }
    }

    /// Renames the property in this slot to the first of the names `a` to `z` that the object does not have. Returns
    /// `None` and changes nothing if the slot is not that of a property, if the name is one letter from a to z already,
    /// or if the object has all these names.
    pub(crate) fn shorten_property_name(&self, instance: &mut Value) -> Option<()> {
        let Value::Object(properties) = instance.pointer_mut(self.parent.as_ref()?)? else { return None };
        let is_short = |name: &str| name.len() == 1 && name.starts_with(|c: char| c.is_ascii_lowercase());
        if is_short(&self.token) || !properties.contains_key(&self.token) {
            return None;
        }
        let new_name = ('a'..='z').map(String::from).find(|name| !properties.contains_key(name))?;
        let renamed = std::mem::take(properties).into_iter();
        *properties = renamed
            .map(|(name, value)| if name == self.token { (new_name.clone(), value) } else { (name, value) })
            .collect();
        Some(())
    }

    /// Returns `token` as an index into an array; `None` if it is not a number.
    fn token_as_index(&self) -> Option<usize> {
        self.token.parse().ok()
    }
}

/// Returns all slots of `instance`, each before the slots inside its value. The first is the root.
pub(crate) fn list_slots(instance: &Value) -> Vec<InstanceSlot> {
    let mut slots = vec![InstanceSlot { parent: None, token: String::new() }];
    append_inner_slots(instance, "", &mut slots);
    slots
}

/// Appends the slots inside `value`, which is at the JSON pointer `pointer` in the instance, to `slots`.
fn append_inner_slots(value: &Value, pointer: &str, slots: &mut Vec<InstanceSlot>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Array(items) => {
            let indexed = items.iter().enumerate();
            indexed.map(|(index, item)| (index.to_string(), item)).collect()
        }
        Value::Object(properties) => {
            let named = properties.iter();
            named.map(|(name, value)| (name.clone(), value)).collect()
        }
        _ => return,
    };
    for (token, child) in children {
        let child_pointer = pointer::append_token(pointer, &token);
        slots.push(InstanceSlot { parent: Some(pointer.to_owned()), token });
        append_inner_slots(child, &child_pointer, slots);
    }
}
