//! Checks that reading unions inside unions takes no time that doubles with each level.

use serde_json::{Value, json};

use crate::fixtures::union_deep::Tree;
use crate::mapped::READS_BY_TEXT;

/// The number of levels in the deep instances; serde_json reads at most 127.
const DEEP_LEVELS: usize = 120;

/// Reads an instance with [`DEEP_LEVELS`] nested objects, each of which is a union, and returns its value. `x` returns
/// the property `x` of the object at a level, where the innermost object has the level 0.
///
/// Checks that each text in the instance is read at most once for each member of the union, and once more. If all
/// members were tried again at each level, this number would double with each level.
fn read_deep_instance(x: impl Fn(usize) -> Value) -> Tree {
    let mut instance = json!({ "x": x(0), "leaf": "level 0" });
    for level in 1..DEEP_LEVELS {
        instance = json!({ "x": x(level), "leaf": format!("level {level}"), "child": instance });
    }
    READS_BY_TEXT.take();
    let read: Tree = serde_json::from_str(&instance.to_string()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), instance);
    let counts = READS_BY_TEXT.take();
    assert_eq!(counts.len(), DEEP_LEVELS);
    let members = 4;
    assert!(counts.values().all(|count| *count <= members + 1), "{counts:?}");
    read
}

#[test]
fn deep_union_is_read_if_only_the_last_member_fits() {
    read_deep_instance(|level| format!("name {level}").into());
}

#[test]
fn deep_union_is_read_if_listed_values_decide() {
    let read = read_deep_instance(|level| ["a", "b", "c"][level % 3].into());
    assert_eq!(read.unlisted(), []);
}
