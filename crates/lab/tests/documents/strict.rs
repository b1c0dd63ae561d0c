//! Newtypes of strict types are made of strings that their assertions hold for, and of no others.

use std::str::FromStr as _;

use crate::fixtures::strict::{Server, ServerName};

#[test]
fn checked_strings_convert_only_if_their_assertions_hold() {
    let name = ServerName::try_from("été").unwrap();
    assert_eq!((&*name, name.to_string(), name.chars().count()), ("été", "été".to_owned(), 3));
    assert_eq!(String::from(name), "été");
    let errors = ["e", "toolongname", "e1"].map(|text| ServerName::from_str(text).unwrap_err().to_string());
    assert_eq!(
        errors,
        [
            "invalid value: `\"e\"`, expected a string of at least 2 characters",
            "invalid value: `\"toolongname\"`, expected a string of at most 8 characters",
            "invalid value: `\"e1\"`, expected a string that matches the pattern `^\\p{L}+$`",
        ]
    );
}

/// The lines of an object, and what the error about it says. The last one breaks an assertion about the whole object.
const REFUSED_OBJECTS: &[(&[&str], &str)] = &[
    (
        &[r#"{ "load": 2,"#, r#""port": 1, "name": "ab" }"#],
        "load: invalid value: `2`, expected a number below 1 at line 1 column 11",
    ),
    (
        &["{", r#""port": 1, "name": "ab","#, r#""load": 2"#, "}"],
        "load: invalid value: `2`, expected a number below 1 at line 3 column 9",
    ),
    (
        &[r#"{ "port": 1,"#, r#""name": "none""#, "}"],
        "invalid value: an object with 2 properties, expected a value that `not` in the schema does not exclude at line 3 \
         column 1",
    ),
];

#[test]
fn assertion_error_says_the_line() {
    for (lines, message) in REFUSED_OBJECTS {
        let error = serde_json::from_str::<Server>(&lines.join("\n")).unwrap_err();
        assert_eq!(error.to_string(), *message);
    }
}
