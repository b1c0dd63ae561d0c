//! Faults to put into documents that are right without them.

use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

use crate::place::{self, Place};

/// One change to a document, at a place that is chosen when the document is known.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    place: Index,
    change: Change,
}

#[derive(Clone, Debug)]
enum Change {
    /// Puts another value in, most likely of another type.
    Replace(Value),
    /// Puts the value into an array.
    WrapInArray,
    /// Puts the value into an object, under this name.
    WrapInObject(String),
    /// Takes the value out of the object or the array that holds it.
    Remove,
    /// Adds a property to the object at the place, or else to the root.
    Add(String, Value),
    /// Writes a number or a boolean as a text, and a text as a number if it looks like one.
    Requote,
    /// Makes a text longer or a number larger, puts an array's last item there twice.
    Extend,
}

/// Any fault.
pub(crate) fn fault() -> BoxedStrategy<Fault> {
    let change = prop_oneof![
        4 => replacement().prop_map(Change::Replace),
        3 => Just(Change::Remove),
        1 => Just(Change::WrapInArray),
        1 => name().prop_map(Change::WrapInObject),
        2 => (name(), replacement()).prop_map(|(name, value)| Change::Add(name, value)),
        1 => Just(Change::Requote),
        2 => Just(Change::Extend),
    ];
    (any::<Index>(), change).prop_map(|(place, change)| Fault { place, change }).boxed()
}

impl Fault {
    /// `document` with this fault; as it was where the fault has no effect on the place.
    pub(crate) fn put_into(&self, mut document: Value) -> Value {
        let places = place::all(&document);
        let place = self.place.get(&places);
        match &self.change {
            Change::Remove => drop(place.remove(&mut document)),
            Change::Add(name, value) => add(place, &mut document, name, value),
            change => {
                if let Some(value) = place.value(&mut document) {
                    *value = changed(change, value.take());
                }
            }
        }
        document
    }
}

fn add(place: &Place, document: &mut Value, name: &str, value: &Value) {
    let at_place = place.value(document).filter(|value| value.is_object());
    let target = match at_place {
        Some(object) => Some(object),
        None => Some(document),
    };
    if let Some(Value::Object(members)) = target {
        members.insert(name.to_owned(), value.clone());
    }
}

fn changed(change: &Change, value: Value) -> Value {
    match (change, value) {
        (Change::Replace(other), _) => other.clone(),
        (Change::WrapInArray, value) => Value::Array(vec![value]),
        (Change::WrapInObject(name), value) => Map::from_iter([(name.clone(), value)]).into(),
        (Change::Requote, Value::String(text)) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        (Change::Requote, value @ (Value::Number(_) | Value::Bool(_) | Value::Null)) => {
            Value::String(value.to_string())
        }
        (Change::Extend, value) => extended(value),
        (_, value) => value,
    }
}

fn extended(value: Value) -> Value {
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

fn name() -> impl Strategy<Value = String> {
    select(vec!["unknown", "", "a.b", "id", "type", "x-fault"]).prop_map(str::to_owned)
}

fn replacement() -> impl Strategy<Value = Value> {
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
