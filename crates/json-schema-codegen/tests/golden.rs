//! The generated text of each fixture is the one that is expected. `EXPECTORATE=overwrite` writes
//! what is generated now; the difference is then what a review looks at.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

mod fixture;

use std::panic::catch_unwind;

use fixture::Fixture;

#[test]
fn generated_text_is_expected() {
    let failed: Vec<String> =
        Fixture::all().iter().filter(|fixture| catch_unwind(|| check(fixture)).is_err()).map(Fixture::name).collect();
    assert!(failed.is_empty(), "the text differs for {failed:?}");
}

fn check(fixture: &Fixture) {
    expectorate::assert_contents(fixture.file("expected.rs"), fixture.generated().types());
}
