//! Checks which items of pages are archived, and which addresses are requested.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use crate::program::{Program, read_folder};
use crate::server::{AnswerStep, Server, make_chunked_response, make_partial_response, make_response};

const PAGES: [&[u8]; 3] =
    [include_bytes!("pages/1.json"), include_bytes!("pages/2.json"), include_bytes!("pages/3.json")];
const HEADERS_TO_SECOND_PAGE: &[&str] = &["Link: <SERVER/v1/events?page=2>; rel=\"next\""];
const HEADERS_TO_THIRD_PAGE: &[&str] = &["Link: </v1/events>; rel=\"first\"", "Link: <?page=3>; rel=\"next\""];

/// Tests that all items are archived though each temporary fault occurs once: too many requests, an error of the
/// server, an answer that breaks off, an answer that stops, and a body that is not a page.
#[test]
fn all_items_are_archived_once_and_unchanged() {
    let error = br#"{"message": "Try later.", "errors": [], "trackingId": "T_1"}"#;
    let server = Server::start([
        ("1", make_response("429 Too Many Requests", &["Retry-After: 1"], error)),
        ("1", make_response("503 Service Unavailable", &[], b"<html>")),
        ("1", make_chunked_response(HEADERS_TO_SECOND_PAGE, PAGES[0], 7)),
        ("2", make_partial_response(HEADERS_TO_THIRD_PAGE, PAGES[1], 300, None)),
        ("2", make_partial_response(HEADERS_TO_THIRD_PAGE, PAGES[1], 600, Some(AnswerStep::Hold))),
        ("2", make_response("200 OK", HEADERS_TO_THIRD_PAGE, PAGES[1])),
        ("3", make_response("200 OK", &[], error)),
        ("3", make_response("200 OK", &["Link: <SERVER/v1/events?page=2>; rel=\"prev\""], PAGES[2])),
    ]);
    let program = Program::new(&server);
    let (succeeded, messages) = program.run(&["--from", "2026-10-05", "--to", "2026-10-07", "--timeout", "0.5"]);
    assert!(succeeded, "{messages}");
    assert!(messages.contains("attempt 1 of 8, next in 1.0s\n"), "{messages}");
    assert!(messages.ends_with("poll: 7 new events, 2 new broken items\n"), "{messages}");
    assert_eq!(server.requested_pages(), ["1", "1", "1", "2", "2", "2", "3", "3"]);
    let first = "/v1/events?max=1000&from=2026-10-05T00%3A00%3A00.000Z&to=2026-10-07T00%3A00%3A00.000Z";
    assert_eq!(server.request_targets()[0], first);
    let expected = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/poll/expected"));
    for (file, expected) in program.read_archive().iter().zip(&expected) {
        assert_eq!(file, expected);
    }
    assert_eq!(program.read_archive().len(), expected.len());
}

#[test]
fn arguments_select_events() {
    let server = Server::start([("1", make_response("200 OK", &[], br#"{"items":[]}"#))]);
    let arguments = ["--resource", "messages", "--type", "created", "--actor-id", "a/b&c", "--max", "10", "--once"];
    let (succeeded, messages) = Program::new(&server).run(&arguments);
    assert_eq!((succeeded, messages.as_str()), (true, "poll: 0 new events, 0 new broken items\n"));
    let requests = server.request_targets();
    let start = "/v1/events?resource=messages&type=created&actorId=a%2Fb%26c&max=10&to=20";
    assert!(requests.len() == 1 && requests[0].starts_with(start), "{requests:?}");
}

/// Returns the time that the parameter `name` has in the query of `target`; `None` if there is no such parameter.
fn find_time_parameter(target: &str, name: &str) -> Option<Timestamp> {
    let value = target.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    value.map(|value| value.replace("%3A", ":").parse().unwrap())
}

#[test]
fn next_window_overlaps_the_last_one() {
    let server = Server::start([
        ("1", make_response("200 OK", &[], PAGES[0])),
        ("1", make_response("200 OK", &[], PAGES[0])),
        ("1", vec![AnswerStep::Hold]),
    ]);
    let program = Program::new(&server);
    let mut child = program.start(&["--interval", "0.01"]);
    server.wait_until_held();
    child.kill().unwrap();
    child.wait().unwrap();
    let requests = server.request_targets();
    let windows: Vec<_> =
        requests.iter().map(|r| (find_time_parameter(r, "from"), find_time_parameter(r, "to").unwrap())).collect();
    let overlap = SignedDuration::from_mins(10);
    assert_eq!(windows.len(), 3);
    assert_eq!(windows[0].0, None);
    assert_eq!(windows[1].0, Some(windows[0].1 - overlap));
    assert_eq!(windows[2].0, Some(windows[1].1 - overlap));
    assert_eq!(program.read_archive()[0].1.lines().count(), 3);
}
