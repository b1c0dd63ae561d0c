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
#[path = "reading/outcome.rs"]
mod outcome;

/// Programs send values of these types to other threads, and keep them.
#[test]
fn types_are_send_and_sync() {
    fn check<T: Send + Sync + 'static>() {}

    check::<webex_event::Event>();
    check::<webex_event::EventPage>();
    check::<webex_event::EventError>();
    check::<webex_event::EventErrorKind>();
    check::<webex_event::Unlisted>();
    check::<webex_event::EventReader<std::io::BufReader<std::fs::File>>>();
    check::<webex_event::EventDecoder>();
    check::<webex_event::RawEvent>();
    check::<webex_event::Checkpoint>();
    // Also when the events themselves are not.
    check::<webex_event::EventReader<std::io::Empty, std::rc::Rc<str>>>();
}
