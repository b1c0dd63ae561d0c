//! Checks the errors that end the program, each of which says what to do.

use std::process::Command;

use crate::program::Program;
use crate::server::{Answer, Server, make_response};

/// Runs the program against a server that answers the request for the first page with `answer`. Returns the program's
/// messages.
///
/// # Panics
/// If the program succeeds.
#[track_caller]
fn run_with_refusing_server(answer: Answer) -> String {
    let server = Server::start([("1", answer)]);
    let program = Program::new(&server);
    let (succeeded, messages) = program.run(&["--once", "--attempts", "1"]);
    assert!(!succeeded, "{messages}");
    let names: Vec<_> = program.read_archive().into_iter().map(|(name, _)| name).collect();
    assert!(!names.contains(&"checkpoint.json".to_owned()), "{names:?}");
    messages
}

#[test]
fn error_about_a_wrong_token_names_its_variable() {
    let body = br#"{"message": "The request requires a valid access token.", "trackingId": "T_1"}"#;
    let messages = run_with_refusing_server(make_response("401 Unauthorized", &[], body));
    assert!(messages.contains("the service answers 401 Unauthorized: The request requires a valid access token."));
    assert!(messages.contains("the token in WEBEX_TOKEN is wrong or has expired; set a new one"), "{messages}");
    assert!(!messages.contains("secret"), "{messages}");
}

#[test]
fn error_about_a_missing_scope_names_the_scope() {
    let messages = run_with_refusing_server(make_response("403 Forbidden", &[], b"{}"));
    assert!(messages.contains("spark-compliance:events_read"), "{messages}");
}

#[test]
fn body_without_items_is_an_error() {
    let body = br#"{"message": "Something is wrong.", "trackingId": "T_2"}"#;
    let messages = run_with_refusing_server(make_response("200 OK", &[], body));
    assert!(messages.contains("Something is wrong. (tracking ID T_2)"), "{messages}");
}

#[test]
fn token_is_not_sent_to_another_host() {
    let link = "Link: <https://example.com/v1/events?page=2>; rel=\"next\"";
    let server = Server::start([("1", make_response("200 OK", &[link], br#"{"items":[]}"#))]);
    let (succeeded, messages) = Program::new(&server).run(&["--once"]);
    assert!(!succeeded && messages.contains("the token is not sent there"), "{messages}");
    assert_eq!(server.requested_pages(), ["1"]);
}

#[test]
fn redirect_is_not_followed() {
    let messages = run_with_refusing_server(make_response("302 Found", &["Location: https://example.com/"], b""));
    assert!(messages.contains("302 Found") && messages.contains("--url"), "{messages}");
}

/// Runs the program with `arguments` and without a server. Returns the program's messages.
///
/// # Panics
/// If the program succeeds.
#[track_caller]
fn run_without_server(arguments: &[&str], token: Option<&str>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_poll"));
    command.env_remove("WEBEX_TOKEN").current_dir(folder.path()).args(arguments);
    if let Some(token) = token {
        command.env("WEBEX_TOKEN", token);
    }
    let output = command.output().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn missing_token_or_unencrypted_address_is_refused() {
    let messages = run_without_server(&["--once"], None);
    assert!(messages.contains("set the environment variable WEBEX_TOKEN"), "{messages}");
    let messages = run_without_server(&["--once", "--url", "http://example.com/v1/events"], Some("secret"));
    assert!(messages.contains("the token is sent only by https"), "{messages}");
}

#[test]
fn invalid_arguments_are_named() {
    let messages = run_without_server(&["--from", "yesterday"], Some("secret"));
    assert!(messages.contains("yesterday") && messages.contains("--from"), "{messages}");
    let messages = run_without_server(&["--max", "1001"], Some("secret"));
    assert!(messages.contains("1001"), "{messages}");
}

#[test]
fn archive_of_another_selection_is_refused() {
    let page = || make_response("200 OK", &[], br#"{"items":[]}"#);
    let server = Server::start([("1", page()), ("1", page())]);
    let program = Program::new(&server);
    assert!(program.run(&["--once"]).0);
    let (succeeded, messages) = program.run(&["--once", "--resource", "rooms"]);
    assert!(!succeeded && messages.contains("use another --out"), "{messages}");
}
