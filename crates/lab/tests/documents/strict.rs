//! Newtypes of strict types are made of strings that their assertions hold for, and of no others.

use std::str::FromStr as _;

use crate::fixtures::strict::ServerName;

#[test]
fn checked_strings_are_converted_if_their_assertions_hold() {
    let name = ServerName::try_from("été").unwrap();
    assert_eq!((&*name, name.to_string(), name.chars().count()), ("été", "été".to_owned(), 3));
    assert_eq!(String::from(name), "été");
    let errors = ["e", "toolongname", "e1"].map(|text| ServerName::from_str(text).unwrap_err().to_string());
    assert_eq!(
        errors,
        [
            "invalid value: `\"e\"`, expected a string of at least 2 characters",
            "invalid value: `\"toolongname\"`, expected a string of at most 8 characters",
            "invalid value: `\"e1\"`, expected a string that matches the pattern in the schema",
        ]
    );
}
