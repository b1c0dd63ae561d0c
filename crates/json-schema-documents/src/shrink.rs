//! Making a document smaller, step by step, whatever its schema: the schema's validator is what
//! keeps out the steps that it does not allow.

use proptest::strategy::ValueTree;
use serde_json::{Map, Value};

use crate::place::{self, Place};

/// A document and the ways to make it smaller that are still to be tried.
pub(crate) struct Shrinking {
    current: Value,
    /// The document before the last step, to go back to.
    before: Option<Value>,
    steps: Vec<(Place, Step)>,
    next: usize,
    /// Whether a step was kept since the first one was tried last.
    is_smaller: bool,
}

/// Each step makes a document smaller for good, so that their chain ends.
#[derive(Clone, Copy)]
enum Step {
    /// Takes a member out of what holds it.
    Remove,
    /// Empties a container or a text, sets a number to 0.
    Clear,
    /// Halves a text or a number.
    Halve,
}

impl Shrinking {
    pub(crate) fn new(document: Value) -> Self {
        Self { steps: steps(&document), current: document, before: None, next: 0, is_smaller: false }
    }

    /// Tries the next step that changes the document.
    fn advance(&mut self) -> bool {
        loop {
            let Some((place, step)) = self.steps.get(self.next) else {
                if !self.is_smaller {
                    return false;
                }
                self.is_smaller = false;
                self.next = 0;
                continue;
            };
            if let Some(smaller) = apply(*step, place, &self.current) {
                self.before = Some(std::mem::replace(&mut self.current, smaller));
                return true;
            }
            self.next += 1;
        }
    }
}

impl ValueTree for Shrinking {
    type Value = Value;

    fn current(&self) -> Value {
        self.current.clone()
    }

    fn simplify(&mut self) -> bool {
        // What was tried last is kept: the steps after it now are others, at the same count.
        if self.before.take().is_some() {
            self.is_smaller = true;
            self.steps = steps(&self.current);
        }
        self.advance()
    }

    fn complicate(&mut self) -> bool {
        let Some(before) = self.before.take() else {
            return false;
        };
        self.current = before;
        self.next += 1;
        // The last time, this leaves the document as it was, which is acceptable.
        self.advance();
        true
    }
}

fn steps(document: &Value) -> Vec<(Place, Step)> {
    let places = place::all(document);
    let of_place = |place: Place| {
        let steps = [Step::Remove, Step::Clear, Step::Halve];
        steps.map(|step| (place.clone(), step))
    };
    places.into_iter().flat_map(of_place).collect()
}

/// `document` after the step, or none where the step does nothing.
fn apply(step: Step, place: &Place, document: &Value) -> Option<Value> {
    let mut smaller = document.clone();
    match step {
        Step::Remove => drop(place.remove(&mut smaller)?),
        Step::Clear => {
            let value = place.value(&mut smaller)?;
            *value = cleared(value)?;
        }
        Step::Halve => {
            let value = place.value(&mut smaller)?;
            *value = halved(value)?;
        }
    }
    Some(smaller)
}

fn cleared(value: &Value) -> Option<Value> {
    let clear = match value {
        Value::Null => return None,
        Value::Bool(_) => Value::Bool(false),
        Value::Number(_) => Value::from(0),
        Value::String(_) => Value::String(String::new()),
        Value::Array(_) => Value::Array(Vec::new()),
        Value::Object(_) => Value::Object(Map::new()),
    };
    (clear != *value).then_some(clear)
}

fn halved(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => {
            let length = text.chars().count();
            let half = || text.chars().take(length / 2).collect();
            (length > 1).then(|| Value::String(half()))
        }
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(integer), _, _) => (integer / 2 != 0).then(|| Value::from(integer / 2)),
            (None, Some(integer), _) => Some(Value::from(integer / 2)),
            (None, None, Some(float)) if float.fract() != 0.0 => Some(Value::from(float.trunc())),
            (None, None, Some(float)) if float.abs() > 1.0 => Some(Value::from((float / 2.0).trunc())),
            _ => None,
        },
        _ => None,
    }
}
