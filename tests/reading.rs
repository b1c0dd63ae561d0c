//! Checks the results of reading: events, and errors that say what is wrong and where. The tests are in `reading/`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in functions that tests call too")]

#[path = "reading/checkpoints.rs"]
mod checkpoints;
#[path = "reading/errors.rs"]
mod errors;
#[path = "reading/faults.rs"]
mod faults;
#[path = "reading/forms.rs"]
mod forms;
#[path = "reading/limits.rs"]
mod limits;
#[path = "reading/outcome.rs"]
mod outcome;

/// Programs send values of these types to other threads, and keep them.
#[test]
fn public_types_are_send_and_sync() {
    fn assert_send_and_sync<T: Send + Sync + 'static>() {}

    assert_send_and_sync::<webex_event::Event>();
    assert_send_and_sync::<webex_event::EventPage>();
    assert_send_and_sync::<webex_event::EventError>();
    assert_send_and_sync::<webex_event::EventErrorKind>();
    assert_send_and_sync::<webex_event::Unlisted>();
    assert_send_and_sync::<webex_event::EventReader<std::io::BufReader<std::fs::File>>>();
    assert_send_and_sync::<webex_event::EventDecoder>();
    assert_send_and_sync::<webex_event::RawEvent>();
    assert_send_and_sync::<webex_event::Checkpoint>();
    // Also when the events themselves are not.
    assert_send_and_sync::<webex_event::EventReader<std::io::Empty, std::rc::Rc<str>>>();
}
