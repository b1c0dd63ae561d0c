//! Accessors of defaults return the value in force, and a document without a property comes back without it.

use serde_json::{from_str, to_string};

use crate::fixtures::default_accessors::{Mode, Server};

#[test]
fn accessors_return_the_default_of_an_absent_property() {
    let server: Server = from_str(r#"{"id":1}"#).unwrap();
    assert_eq!((server.port_or_default(), server.host_or_default()), (8080, "localhost"));
    assert!(server.secure_or_default());
    assert_eq!(server.load_or_default().as_f64(), Some(0.5));
    assert_eq!(server.tags_or_default(), ["a", "b"]);
    assert!(server.none_or_default().is_empty());
    assert_eq!(server.labels_or_default().get("x"), Some(&1));
    assert_eq!(*server.mode_or_default(), Mode::Off);
    let owner = server.owner_or_default();
    assert_eq!((owner.name.as_str(), owner.extra["more"].to_string()), ("root", "[1]".to_owned()));
    assert_eq!(server.type_or_default(), "web");
    assert_eq!(to_string(&server).unwrap(), r#"{"id":1}"#);
}

#[test]
fn accessors_return_the_value_of_a_property_that_is_present() {
    let server: Server = from_str(r#"{"id":1,"port":1,"host":"h","secure":false,"tags":[],"mode":"on"}"#).unwrap();
    assert_eq!((server.port_or_default(), server.host_or_default()), (1, "h"));
    assert!(!server.secure_or_default() && server.tags_or_default().is_empty());
    assert_eq!(*server.mode_or_default(), Mode::On);
}
