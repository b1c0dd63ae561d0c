//! Reads valid and invalid configuration files.

use configuration::{LogLevel, Method, read};

const SERVER: &str = include_str!("../server.json");

#[test]
fn file_is_read_and_has_defaults() {
    let found = read(SERVER).unwrap();
    assert_eq!(found.listen.port.get(), 8080);
    assert_eq!((found.log_or_default(), found.workers_or_default().get()), (LogLevel::Debug, 2));
    assert_eq!(found.routes[0].methods, [Method::Get, Method::Post]);
    assert!(found.routes[1].methods.is_empty());

    let least = read(r#"{"listen": {"port": 1}, "routes": []}"#).unwrap();
    assert_eq!((least.log_or_default(), least.workers_or_default().get()), (LogLevel::Info, 4));
    assert_eq!(least.listen.address_or_default(), "127.0.0.1");
    assert!(least != found);
}

/// Invalid files, as (line of `server.json` without its indentation, the text that replaces it, the line number that
/// the error must have, a text that the error must contain).
const WRONG: &[(&str, &str, usize, &str)] = &[
    (
        r#""log": "debug","#,
        r#""log": "verbose","#,
        2,
        "log: unknown variant `verbose`, expected one of `error`, `warn`, `info`, `debug`",
    ),
    (r#""workers": 2,"#, r#""worker": 2,"#, 3, "worker: the schema allows no such property"),
    (r#""workers": 2,"#, r#""workers": null,"#, 3, "workers: "),
    (r#""workers": 2,"#, r#""workers": 65,"#, 3, "workers: invalid value: `65`, expected a number of at most 64"),
    (r#""port": 8080"#, r#""port": 0"#, 5, "listen: port: "),
    (r#""port": 8080"#, r#""port": "http""#, 5, "listen: port: invalid type: string \"http\""),
    (r#""port": 8080"#, r#""address": "::1""#, 6, "listen: missing field `port`"),
    (
        r#""prefix": "/api/""#,
        r#""prefix": "api/""#,
        9,
        "prefix: invalid value: `\"api/\"`, expected a string that matches the pattern `^/`",
    ),
    (r#""methods": ["GET", "POST"]"#, r#""methods": ["get"]"#, 11, "unknown variant `get`"),
];

#[test]
fn error_says_the_property_and_the_line() {
    for (line, wrong, number, message) in WRONG {
        let error = read(&SERVER.replacen(line, wrong, 1)).unwrap_err();
        assert!(error.contains(message), "{error}\nhas not: {message}");
        assert!(error.contains(&format!("at line {number} ")), "{error}\nhas not: line {number}");
    }
}

#[test]
fn routes_that_are_there_twice_are_refused() {
    let error =
        read(&SERVER.replace("/api/", "/").replace("9000", "9001").replace("\"GET\", \"POST\"", "")).unwrap_err();
    assert_eq!(error, "routes: the route for / is there twice");
}
