//! Checks that floating-point numbers are written back without any change, in properties that the schema does not
//! define and in fields whose type is a number.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by it, in functions that tests call too")]

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;
use webex_event::Event;

/// The number of floating-point numbers for which each check runs.
const TESTED_DOUBLES: u32 = 20_000;

#[path = "../../json-schema-codegen/src/runtime.rs"]
#[allow(clippy::all)]
mod runtime;

#[allow(dead_code, clippy::all)]
mod numbers {
    use crate::runtime;

    include!("../../json-schema-codegen/tests/fixtures/numbers/expected.rs");
}

/// Runs `check` with random finite floating-point numbers, each with a text of it that has 17 significant digits, such
/// as `1.2345678901234567e-5`.
fn check_random_doubles(check: impl Fn(f64, String) -> Result<(), TestCaseError>) {
    let config = Config {
        cases: TESTED_DOUBLES,
        failure_persistence: None,
        max_global_rejects: TESTED_DOUBLES,
        ..Config::default()
    };
    let doubles = any::<u64>().prop_map(f64::from_bits).prop_filter("finite", |double| double.is_finite());
    TestRunner::new(config).run(&doubles, |double| check(double, format!("{double:.16e}"))).unwrap();
}

#[test]
fn doubles_in_unlisted_properties_are_written_back_unchanged() {
    let event = |double: &str| {
        format!(
            r#"{{"id":"","resource":"rooms","type":"created","actorId":"","created":"","data":{{"unlisted":{double}}}}}"#
        )
    };
    check_random_doubles(|double, digits| {
        let read: Event = webex_event::from_str(&event(&digits)).unwrap();
        prop_assert_eq!(read.data.extra["unlisted"].as_f64().map(f64::to_bits), Some(double.to_bits()), "{}", digits);

        let shortest = event(&json!(double).to_string());
        let read: Event = serde_json::from_str(&shortest).unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), shortest);
        Ok(())
    });
}

#[test]
fn doubles_in_fields_are_written_back_unchanged() {
    check_random_doubles(|double, digits| {
        let text = format!(r#"{{"value":{digits},"samples":[{digits}]}}"#);
        let read: numbers::Measurement = serde_json::from_str(&text).unwrap();
        for number in [&read.value, &read.samples.as_ref().unwrap()[0]] {
            prop_assert_eq!(number.as_f64().map(f64::to_bits), Some(double.to_bits()), "{}", digits);
        }
        let shortest = json!(double).to_string();
        let expected = format!(r#"{{"value":{shortest},"samples":[{shortest}]}}"#);
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), expected);
        Ok(())
    });
}
