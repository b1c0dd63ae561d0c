//! Makes random values that satisfy a schema.

mod array;
mod budget;
mod maker;
mod number;
mod object;
mod string;

use rand::RngCore;
use serde_json::Value;

use crate::compiled::CompiledSchema;
use crate::validators::SubschemaValidators;
use budget::SizeBudget;
use maker::InstanceMaker;

/// Most levels of nesting of an instance; `serde_json` parses no more.
const MAX_INSTANCE_DEPTH: u32 = 127;

/// Makes an instance of `schema` in one attempt, by the keywords that guide the making. `None` if the attempt failed,
/// or if the result violates one of the other keywords.
pub(crate) fn make_instance_fast(schema: &CompiledSchema, rng: &mut dyn RngCore) -> Option<Value> {
    make_candidate_value(schema, None, rng).filter(|value| schema.validator.is_valid(value))
}

/// Makes a value that `schema` probably accepts, in one attempt: validates each part of it against the keywords that do
/// not guide the making (such as `not`), and makes a part again that violates one. `None` if the attempt failed.
pub(crate) fn make_instance_checked(schema: &CompiledSchema, rng: &mut dyn RngCore) -> Option<Value> {
    make_candidate_value(schema, Some(schema.subschema_validators()), rng)
}

/// Makes a value for `schema` in one attempt, with a random budget. Without `validators`, it may violate keywords that
/// do not guide the making (such as `not`). `None` if the attempt failed, or if every instance is nested too deeply.
fn make_candidate_value(
    schema: &CompiledSchema,
    validators: Option<&SubschemaValidators>,
    rng: &mut dyn RngCore,
) -> Option<Value> {
    let min_depth = schema.min_depth(schema.entry);
    if min_depth > MAX_INSTANCE_DEPTH {
        return None;
    }
    let budget = SizeBudget::random_with_room_for(min_depth, rng);
    InstanceMaker::new(schema, validators, rng).make_value(&[schema.entry], budget)
}
