//! Places in a document: where a value is, found again in a copy.

use serde_json::Value;

use crate::pointer;

/// The way from the document's root to a value.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The value that holds this one; none at the root.
    parent: Option<String>,
    /// The name or the index in it.
    token: String,
}

impl Place {
    /// The value at this place.
    pub(crate) fn value<'d>(&self, document: &'d mut Value) -> Option<&'d mut Value> {
        let Some(parent) = &self.parent else {
            return Some(document);
        };
        match document.pointer_mut(parent)? {
            Value::Object(members) => members.get_mut(&self.token),
            Value::Array(items) => items.get_mut(self.index()?),
            _ => None,
        }
    }

    /// Takes the value out of the object or the array that holds it; the root stays.
    pub(crate) fn remove(&self, document: &mut Value) -> Option<Value> {
        match document.pointer_mut(self.parent.as_ref()?)? {
            Value::Object(members) => members.shift_remove(&self.token),
            Value::Array(items) => {
                let index = self.index().filter(|index| *index < items.len())?;
                Some(items.remove(index))
            }
            _ => None,
        }
    }

    fn index(&self) -> Option<usize> {
        self.token.parse().ok()
    }
}

/// The places of all values in `document`, the outer ones before those in them.
pub(crate) fn all(document: &Value) -> Vec<Place> {
    let mut places = vec![Place { parent: None, token: String::new() }];
    collect(document, "", &mut places);
    places
}

fn collect(value: &Value, pointer: &str, places: &mut Vec<Place>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Array(items) => {
            let indexed = items.iter().enumerate();
            indexed.map(|(index, item)| (index.to_string(), item)).collect()
        }
        Value::Object(members) => {
            let named = members.iter();
            named.map(|(name, member)| (name.clone(), member)).collect()
        }
        _ => return,
    };
    for (token, member) in members {
        let child = pointer::child(pointer, &token);
        places.push(Place { parent: Some(pointer.to_owned()), token });
        collect(member, &child, places);
    }
}
