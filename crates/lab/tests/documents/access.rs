//! Checks access by JSON name, and access to all texts, for values of the fixtures `access` and `access_lenient`.

use serde_json::{Value, json};

use crate::fixtures::access::{AnyKind, Closed, Parcel, ParcelLevel, ParcelState};
use crate::fixtures::access_lenient::Report;

/// Returns an instance that has a value for each property, unlisted properties, and explicit `null`s.
fn make_parcel_instance() -> Value {
    json!({
        "id": "t-id",
        "state": "sent",
        "nickname": "t-nickname",
        "note": "t-note",
        "remark": null,
        "anything": { "deep": ["t-anything", 1, null] },
        "count": 1,
        "weight": 1.5,
        "fragile": true,
        "nothing": null,
        "level": ["a", "b"],
        "tags": ["t-tag-0", "t-tag-1"],
        "labels": { "k": "t-label" },
        "loose": { "k": "t-loose" },
        "pair": ["t-pair", 2, "t-rest"],
        "from": "t-from",
        "to": {
            "street": "t-street",
            "parcel": { "id": "t-inner", "state": "new", "nickname": null, "price": "1 t-inner-price" },
            "zip": "t-zip",
        },
        "closed": { "a": "t-closed", "b": null },
        "scores": { "first": "t-first", "second": "t-second" },
        "nested": [[], [[]]],
        "sent": "t-sent",
        "stops": ["t-stop"],
        "price": "9.90 t-price",
        "offer": "8.90 t-offer",
        "x-a": "t-pattern",
        "new": [{ "a name": "t-new" }],
        "none": null,
    })
}

/// Returns the value that the instance is read as.
fn read_parcel_instance() -> Parcel {
    serde_json::from_value(make_parcel_instance()).unwrap()
}

/// Returns all strings in a JSON value, at any depth.
fn collect_texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(collect_texts).collect(),
        Value::Object(object) => object.values().flat_map(collect_texts).collect(),
        _ => Vec::new(),
    }
}

/// Returns the given texts in alphabetical order.
fn sort_alphabetically<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut texts: Vec<&str> = texts.into_iter().collect();
    texts.sort_unstable();
    texts
}

#[test]
fn get_finds_each_property_by_its_name() {
    let (parcel, instance) = (read_parcel_instance(), make_parcel_instance());
    for (name, value) in instance.as_object().unwrap() {
        let found = parcel.get(name).unwrap_or_else(|| panic!("{name} is not found"));
        assert_eq!(found.to_value(), *value, "{name}");
    }
    for name in ["", "missing", "x", "extra", "type_"] {
        assert!(parcel.get(name).is_none(), "{name}");
    }
    assert_eq!(parcel.as_any().to_value(), instance);
}

#[test]
fn properties_are_listed_in_the_order_of_writing() {
    let parcel = read_parcel_instance();
    let written = serde_json::to_string(&parcel).unwrap();
    let listed: Vec<String> =
        parcel.properties().map(|(name, value)| format!("{}:{}", Value::from(name), value.to_value())).collect();
    let plain = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(listed.len(), make_parcel_instance().as_object().unwrap().len());
    assert_eq!(plain(&format!("{{{}}}", listed.join(","))), plain(&written));
    let places = parcel.properties().map(|(name, _)| written.find(&format!("\"{name}\":")).unwrap());
    let places: Vec<usize> = places.filter(|place| *place < written.find("\"anything\"").unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn values_found_by_name_have_their_json_types() {
    let parcel = read_parcel_instance();
    let kinds = [
        ("id", AnyKind::String),
        ("state", AnyKind::String),
        ("remark", AnyKind::Null),
        ("count", AnyKind::Number),
        ("weight", AnyKind::Number),
        ("fragile", AnyKind::Boolean),
        ("nothing", AnyKind::Null),
        ("level", AnyKind::Array),
        ("pair", AnyKind::Array),
        ("from", AnyKind::String),
        ("to", AnyKind::Object),
        ("sent", AnyKind::String),
        ("none", AnyKind::Null),
    ];
    for (name, kind) in kinds {
        assert_eq!(parcel.get(name).unwrap().kind(), kind, "{name}");
    }
    let get = |name| parcel.get(name).unwrap();
    assert_eq!((get("id").as_str(), get("state").as_str()), (Some("t-id"), Some("sent")));
    assert_eq!((get("count").as_i64(), get("count").as_u64(), get("count").as_f64()), (Some(1), Some(1), Some(1.0)));
    assert_eq!((get("weight").as_i64(), get("weight").as_f64()), (None, Some(1.5)));
    assert_eq!((get("fragile").as_bool(), get("id").as_bool()), (Some(true), None));
    assert_eq!(get("level").items().map(|item| item.as_str().unwrap()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(get("pair").items().len(), 3);
    assert_eq!(get("to").get("parcel").unwrap().get("state").unwrap().as_str(), Some("new"));
    assert_eq!(get("closed").get("b").unwrap().kind(), AnyKind::Null);
    assert_eq!(get("new").items().next().unwrap().get("a name").unwrap().as_str(), Some("t-new"));
    // A type from the settings lends no text.
    assert_eq!((get("price").as_str(), get("price").to_value()), (None, json!("9.90 t-price")));
    assert_eq!(get("loose").properties().map(|(name, _)| name).collect::<Vec<_>>(), ["k"]);
}

#[test]
fn for_each_text_finds_all_texts_with_their_paths() {
    let (parcel, instance) = (read_parcel_instance(), make_parcel_instance());
    let texts = parcel.texts();
    assert_eq!(
        sort_alphabetically(texts.iter().map(|(_, text)| text.as_str())),
        sort_alphabetically(collect_texts(&instance))
    );
    let has = |path: &str, text: &str| texts.contains(&(path.to_owned(), text.to_owned()));
    for (path, text) in [
        ("to.parcel.price", "1 t-inner-price"),
        ("anything.deep[0]", "t-anything"),
        ("pair[2]", "t-rest"),
        ("stops[0]", "t-stop"),
        ("new[0][\"a name\"]", "t-new"),
        ("x-a", "t-pattern"),
        ("level[1]", "b"),
    ] {
        assert!(has(path, text), "{path}: {text} in {texts:?}");
    }
}

#[test]
fn redact_replaces_all_texts() {
    let mut parcel = read_parcel_instance();
    let before = parcel.texts().len();
    assert_eq!(parcel.redact(|_, text| Some(if text.contains(' ') { "0 x" } else { "x" }.to_owned())), [""; 0]);
    assert_eq!(parcel.texts().len(), before);
    assert!(parcel.texts().iter().all(|(_, text)| text == "x" || text == "0 x"), "{parcel:?}");
    assert_eq!(parcel.state, ParcelState::Unknown("x".to_owned()));
    assert_eq!(parcel.level.unwrap(), ParcelLevel::Unknown(json!(["x", "x"])));
}

#[test]
fn redact_removes_all_texts() {
    let mut parcel = read_parcel_instance();
    // The price is required, and its type holds no empty text.
    assert_eq!(parcel.redact(|_, _| None), ["to.parcel.price", "price"]);
    assert_eq!(
        serde_json::to_value(&parcel).unwrap(),
        json!({
            "id": "", "state": "", "nickname": null, "remark": null, "anything": { "deep": [1, null] }, "count": 1,
            "weight": 1.5, "fragile": true, "nothing": null, "level": [], "tags": [], "labels": {}, "loose": {},
            "pair": ["", 2],
            "to": {
                "street": "",
                "parcel": { "id": "", "state": "", "nickname": null, "price": "1 t-inner-price" }
            },
            "closed": { "b": null }, "scores": {}, "nested": [[], [[]]], "stops": [], "price": "9.90 t-price",
            "new": [{}], "none": null
        })
    );
}

#[test]
fn redact_removes_a_value_that_cannot_hold_the_new_text() {
    let mut parcel = read_parcel_instance();
    let left = parcel.redact(|_, _| Some("x".to_owned()));
    assert_eq!(left, ["to.parcel.price", "price"]);
    assert_eq!((parcel.offer, parcel.sent.map(|sent| sent.0)), (None, Some("x".to_owned())));
}

#[test]
fn redact_replaces_texts_in_kept_values() {
    let mut parcel = read_parcel_instance();
    parcel.extra.insert("note".to_owned(), "hidden".into());
    assert_eq!(parcel.get("note").unwrap().as_str(), Some("t-note"));
    parcel.redact(|path, text| (path != "note").then(|| text.to_owned()));
    assert!(parcel.get("note").is_none());
}

#[test]
fn set_changes_the_field_of_a_property() {
    let mut parcel = read_parcel_instance();
    for (name, value) in [
        ("id", json!("new")),
        ("state", json!("lost")),
        ("note", Value::Null),
        ("count", json!(2.0)),
        ("from", json!({ "street": "s" })),
        ("x-a", json!("b")),
        ("other", json!([1])),
        ("price", json!("1 USD")),
    ] {
        parcel.set(name, value.clone()).unwrap();
        let expected = if name == "count" { json!(2) } else { value };
        assert_eq!(parcel.get(name).unwrap().to_value(), expected, "{name}");
    }
    assert_eq!((parcel.id.as_str(), &parcel.note, parcel.count), ("new", &None, Some(2)));
    assert_eq!((parcel.x["x-a"].as_str(), &parcel.extra["other"]), ("b", &json!([1])));
    assert_eq!(parcel.extra["note"], Value::Null);
    parcel.set("note", "n".into()).unwrap();
    assert_eq!((parcel.note.as_deref(), parcel.extra.get("note")), (Some("n"), None));
}

#[test]
fn set_refuses_a_value_of_another_type() {
    let mut parcel = read_parcel_instance();
    let error = parcel.set("count", "many".into()).unwrap_err();
    assert_eq!(error.to_string(), "count: invalid type: string \"many\", expected a whole number");
    assert!(parcel.set("x-a", 1.into()).is_err());
    assert_eq!(parcel, read_parcel_instance());
    let error = Closed::default().set("c", 1.into()).unwrap_err();
    assert_eq!(error.to_string(), "c: the schema allows no such property");
}

#[test]
fn remove_removes_a_property() {
    let mut parcel = read_parcel_instance();
    let names: Vec<String> = make_parcel_instance().as_object().unwrap().keys().cloned().collect();
    for name in names {
        let is_required = ["id", "state", "nickname", "price"].contains(&name.as_str());
        assert_eq!(parcel.remove(&name), make_parcel_instance().get(&name).filter(|_| !is_required).cloned(), "{name}");
        assert_eq!(parcel.get(&name).is_some(), is_required, "{name}");
    }
    assert_eq!(parcel.properties().len(), 4);
    assert_eq!(parcel.remove("missing"), None);
}

#[test]
fn set_keeps_a_value_of_another_type_if_the_settings_allow_it() {
    let instance = json!({ "id": "i", "lines": "t-lines", "total": "t-total", "owner": { "other": "t-owner" } });
    let mut report: Report = serde_json::from_value(instance.clone()).unwrap();
    for (name, value) in instance.as_object().unwrap() {
        assert_eq!(report.get(name).unwrap().to_value(), *value, "{name}");
    }
    assert_eq!(report.properties().len(), 4);
    assert_eq!(
        sort_alphabetically(report.texts().iter().map(|(_, text)| text.as_str())),
        sort_alphabetically(collect_texts(&instance))
    );
    report.set("total", 3.into()).unwrap();
    assert_eq!((report.total, report.extra.get("total")), (Some(3), None));
    report.set("total", "x".into()).unwrap();
    assert_eq!((report.total, &report.extra["total"]), (None, &json!("x")));
    report.set("lines", json!(["a"])).unwrap();
    assert_eq!(report.lines, ["a"]);
    report.set("lines", json!("b")).unwrap();
    assert_eq!(serde_json::to_value(&report).unwrap()["lines"], "b");
    assert!(report.set("id", 1.into()).is_err());
    report.redact(|_, _| Some("x".to_owned()));
    let expected = json!({ "id": "x", "lines": "x", "total": "x", "owner": { "other": "x" } });
    assert_eq!(serde_json::to_value(&report).unwrap(), expected);
    assert_eq!(report.remove("total"), Some("x".into()));
    assert_eq!(report.get("total").map(|total| total.kind()), None);
}

#[test]
fn listed_values_are_those_of_the_enum() {
    let names: Vec<&str> = ParcelState::listed_values().iter().map(AsRef::as_ref).collect();
    assert_eq!(names, ["sent", "lost"]);
    assert!(!ParcelState::Sent.is_unknown());
    assert!(ParcelState::from("new").is_unknown());
    assert!(!ParcelState::Unknown("sent".to_owned()).is_unknown());
}
