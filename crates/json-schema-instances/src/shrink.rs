//! Makes an instance smaller, step by step. The steps do not know the schema: the caller has to undo each step whose
//! result the schema rejects.

use serde_json::{Map, Value};

use crate::slot::{self, InstanceSlot};

/// An instance, and the steps by which it may still become smaller.
///
/// To shrink, call [`keep_and_continue`](Self::keep_and_continue) or [`undo_and_continue`](Self::undo_and_continue)
/// until one returns false, and look at [`current`](Self::current) after each call.
pub(crate) struct InstanceShrinker {
    current: Value,
    /// The instance before the last step, which undoing the step restores; `None` if there is no step to undo.
    before: Option<Value>,
    /// (slot whose value changes, way in which it changes) for each step.
    steps: Vec<(InstanceSlot, ShrinkStep)>,
    /// Index in `steps` of the step to try next.
    next: usize,
    /// True if a step was kept since the last beginning of `steps`, so that trying all of them again is worthwhile.
    is_smaller: bool,
}

/// A way to make the value in a slot smaller. No chain of steps is endless, since each result is smaller than the value
/// before.
#[derive(Clone, Copy)]
enum ShrinkStep {
    /// Removes the value from the object or array that contains it.
    Remove,
    /// Empties an array, object or string, sets a number to 0 and a boolean to false.
    Clear,
    /// Keeps the first half of a string, or halves a number.
    Halve,
    /// Gives a property a name of one letter.
    Rename,
}

impl InstanceShrinker {
    /// Starts to shrink `instance`. Makes no step yet.
    pub(crate) fn new(instance: Value) -> Self {
        Self { steps: list_shrink_steps(&instance), current: instance, before: None, next: 0, is_smaller: false }
    }

    /// Returns the instance after the last step.
    pub(crate) fn current(&self) -> &Value {
        &self.current
    }

    /// Keeps the last step, if there was one, and makes the next. Returns false if no step is left.
    pub(crate) fn keep_and_continue(&mut self) -> bool {
        if self.before.take().is_some() {
            self.is_smaller = true;
            // The slots of the smaller instance are others; `next` stays, as the steps before it were tried.
            self.steps = list_shrink_steps(&self.current);
        }
        self.make_next_step()
    }

    /// Undoes the last step and makes the next. Returns false if there was no step to undo.
    ///
    /// If no step is left, it still returns true, and `current` is the instance before the undone step.
    pub(crate) fn undo_and_continue(&mut self) -> bool {
        let Some(before) = self.before.take() else {
            return false;
        };
        self.current = before;
        self.next += 1;
        self.make_next_step();
        true
    }

    /// Makes the first of the remaining steps that changes the instance, and returns true. After the last step, begins
    /// again with the first if a step was kept meanwhile; otherwise returns false.
    fn make_next_step(&mut self) -> bool {
        loop {
            let Some((slot, step)) = self.steps.get(self.next) else {
                if !self.is_smaller {
                    return false;
                }
                self.is_smaller = false;
                self.next = 0;
                continue;
            };
            if let Some(smaller) = apply_shrink_step(*step, slot, &self.current) {
                self.before = Some(std::mem::replace(&mut self.current, smaller));
                return true;
            }
            self.next += 1;
        }
    }
}

/// Returns every way to make a value smaller, for every slot of `instance`.
fn list_shrink_steps(instance: &Value) -> Vec<(InstanceSlot, ShrinkStep)> {
    let steps_of = |slot: InstanceSlot| {
        let steps = [ShrinkStep::Remove, ShrinkStep::Clear, ShrinkStep::Halve, ShrinkStep::Rename];
        steps.map(|step| (slot.clone(), step))
    };
    slot::list_slots(instance).into_iter().flat_map(steps_of).collect()
}

/// Returns a copy of `instance` with `step` applied to the value in `slot`; `None` if the step changes nothing.
fn apply_shrink_step(step: ShrinkStep, slot: &InstanceSlot, instance: &Value) -> Option<Value> {
    let mut smaller = instance.clone();
    match step {
        ShrinkStep::Remove => drop(slot.remove_from(&mut smaller)?),
        ShrinkStep::Clear => {
            let value = slot.value_mut(&mut smaller)?;
            *value = clear_value(value)?;
        }
        ShrinkStep::Halve => {
            let value = slot.value_mut(&mut smaller)?;
            *value = halve_value(value)?;
        }
        ShrinkStep::Rename => slot.shorten_property_name(&mut smaller)?,
    }
    Some(smaller)
}

/// Returns the smallest value of the same JSON type as `value`: `[1]` becomes `[]`. `None` if `value` is the smallest
/// already.
fn clear_value(value: &Value) -> Option<Value> {
    let smallest = match value {
        Value::Null => return None,
        Value::Bool(_) => Value::Bool(false),
        Value::Number(_) => Value::from(0),
        Value::String(_) => Value::String(String::new()),
        Value::Array(_) => Value::Array(Vec::new()),
        Value::Object(_) => Value::Object(Map::new()),
    };
    (smallest != *value).then_some(smallest)
}

/// Returns a string with half the characters, or a number closer to zero: `9` becomes `4`, and `9.5` becomes `9.0`.
/// `None` for other values, for strings of one character or none, and for whole numbers whose half rounds to 0.
fn halve_value(value: &Value) -> Option<Value> {
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
