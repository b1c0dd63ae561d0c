//! Reads configuration files, right ones and wrong ones.

use configuration::{LogLevel, Method, read};

const SERVER: &str = include_str!("../server.toml");

#[test]
fn file_is_read_and_has_defaults() {
    let found = read(SERVER).unwrap();
    assert_eq!((found.listen.port, found.log_level(), found.threads()), (8080, LogLevel::Debug, 2));
    assert_eq!(found.routes[0].methods, [Method::Get, Method::Post]);
    assert!(found.routes[1].methods.is_empty());

    let least = read("routes = []\n[listen]\nport = 1\n").unwrap();
    assert_eq!((least.log_level(), least.threads()), (LogLevel::Info, 4));
    assert!(least != found);
}

/// Each wrong file, as (line of `server.toml`, the line that takes its place, what the error says).
const WRONG: &[(&str, &str, &str)] = &[
    ("log = \"debug\"", "log = \"verbose\"", "log: unknown variant `verbose`, expected one of `error`, `warn`, `info`, `debug`"),
    ("workers = 2", "worker = 2", "worker: the schema does not allow this property"),
    ("port = 8080", "port = \"http\"", "listen: port: invalid type: string \"http\""),
    ("port = 8080", "address = \"::1\"", "listen: missing field `port`"),
    ("methods = [\"GET\", \"POST\"]", "methods = [\"get\"]", "unknown variant `get`"),
];

#[test]
fn error_says_the_property_and_the_line() {
    for (line, wrong, message) in WRONG {
        let number = SERVER.lines().position(|text| text == *line).unwrap() + 1;
        let error = read(&SERVER.replacen(line, wrong, 1)).unwrap_err();
        assert!(error.contains(message), "{error}\nhas not: {message}");
        assert!(error.contains(&format!("line {number}")), "{error}\nhas not: line {number}");
    }
}

#[test]
fn routes_that_are_there_twice_are_refused() {
    let route = "[[routes]]\nprefix = \"/\"\ntarget = \"http://127.0.0.1:9001\"\n";
    let error = read(&format!("{SERVER}\n{route}")).unwrap_err();
    assert_eq!(error, "routes: the route for / is there twice");
}
