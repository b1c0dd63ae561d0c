//! Checks the views of the fixture `views`: which view the value of a sibling property chooses, and the methods of each
//! view.

use serde_json::{Value, json};

use crate::fixtures::views::{
    AnyKind, Content, CustomerView, Folder, Letter, Level, Parcel, Scan, ScanPlaceView, ScanView, State,
};

/// Returns the scan whose kind is `kind` and whose content is the JSON `content`.
fn make_scan(kind: &str, content: Value) -> Scan {
    serde_json::from_value(json!({ "kind": kind, "content": content })).unwrap()
}

/// Calls `read` with the view of the parcel whose content is the JSON `content`, and returns its result.
fn read_parcel_view<R>(content: Value, read: impl FnOnce(Parcel<'_>) -> R) -> R {
    let scan = make_scan("parcel", content);
    match scan.view() {
        ScanView::Parcel(parcel) => read(parcel),
        other => panic!("{other:?}"),
    }
}

#[test]
fn text_of_another_property_chooses_the_view() {
    assert!(matches!(make_scan("parcel", json!({})).view(), ScanView::Parcel(_)));
    assert!(matches!(make_scan("letter", json!({})).view(), ScanView::Letter(_)));
    assert!(matches!(make_scan("folder", json!({})).view(), ScanView::Folder(_)));
    assert!(matches!(make_scan("by", json!({})).view(), ScanView::Dock(_)));
}

#[test]
fn unlisted_value_may_choose_a_view() {
    assert!(
        matches!(make_scan("card", json!({ "id": "c" })).view(), ScanView::Letter(letter) if letter.id() == Some("c"))
    );
}

#[test]
fn value_without_a_view_is_returned_whole() {
    for kind in ["crate", "never heard of"] {
        let scan = make_scan(kind, json!({ "id": "c" }));
        let ScanView::Other(other) = scan.view() else { panic!("{:?}", scan.view()) };
        assert_eq!(other.to_value(), json!({ "id": "c" }));
        assert_eq!(scan.view().as_any().to_value(), json!({ "id": "c" }));
    }
}

#[test]
fn number_of_another_property_chooses_the_view() {
    let place = |text: &str| -> Scan {
        serde_json::from_str(&format!(r#"{{"kind": "crate", "content": {{}}, {text}}}"#)).unwrap()
    };
    for hall in ["1", "1.0"] {
        let scan = place(&format!(r#""hall": {hall}, "place": {{"row": 7}}"#));
        let Some(ScanPlaceView::Other(shelf)) = scan.place_view() else { panic!("{:?}", scan.place_view()) };
        assert_eq!(shelf.row(), Some(7));
    }
    let scan = place(r#""hall": 2, "place": {"gate": "g"}"#);
    assert!(matches!(scan.place_view(), Some(ScanPlaceView::Dock(dock)) if dock.gate() == Some("g")));
    let scan = place(r#""hall": 3, "place": {}"#);
    assert!(matches!(scan.place_view(), Some(ScanPlaceView::Other2(_))));
    let scan = place(r#""place": {}"#);
    assert!(matches!(scan.place_view(), Some(ScanPlaceView::Other2(_))));
    assert!(place(r#""hall": 2"#).place_view().is_none());
}

#[test]
fn view_methods_return_values_of_their_types() {
    let content = json!({
        "id": "1", "insured": true, "value": 2, "priority": 3, "scanned": "2024-01-02T03:04:05Z", "size": { "width": 1 },
        "contents": null, "type": "t", "get": "g", "as_any": "a", "asAny": "b", "customer-id": "c", "customer_id": "d",
    });
    read_parcel_view(content, |parcel| {
        assert_eq!((parcel.id(), parcel.insured(), parcel.value()), (Some("1"), Some(true), Some(2.0)));
        assert_eq!((parcel.priority(), parcel.scanned()), (Some(3), Some("2024-01-02T03:04:05Z")));
        assert_eq!(parcel.size().unwrap().get("width").unwrap().as_i64(), Some(1));
        assert_eq!(parcel.contents().unwrap().kind(), AnyKind::Null);
        assert_eq!((parcel.type_(), parcel.get2()), (Some("t"), Some("g")));
        assert_eq!((parcel.as_underscore_any(), parcel.as_any2()), (Some("a"), Some("b")));
        assert_eq!((parcel.customer_minus_id(), parcel.customer_id()), (Some("c"), Some("d")));
        assert_eq!(parcel.get("get").unwrap().as_str(), Some("g"));
    });
}

#[test]
fn view_methods_return_none_for_absent_values() {
    read_parcel_view(json!({}), |parcel| {
        assert_eq!((parcel.id(), parcel.weight(), parcel.fragile(), parcel.priority()), (None, None, None, None));
        assert!(parcel.sender().is_none() && parcel.state().is_none() && parcel.size().is_none());
        assert_eq!((parcel.tags().count(), parcel.labels().count(), parcel.stops().len()), (0, 0, 0));
    });
}

#[test]
fn view_methods_skip_values_of_other_types_and_get_returns_them() {
    let content =
        json!({ "insured": "true", "value": "2", "priority": "3", "sender": 1, "tags": "a", "labels": ["b"] });
    read_parcel_view(content, |parcel| {
        assert_eq!((parcel.insured(), parcel.value(), parcel.priority()), (None, None, None));
        assert!(parcel.sender().is_none());
        assert_eq!((parcel.tags().len(), parcel.labels().len()), (0, 0));
        assert_eq!(parcel.get("insured").unwrap().as_str(), Some("true"));
        assert_eq!(parcel.get("labels").unwrap().items().len(), 1);
    });
}

#[test]
fn view_of_a_value_that_is_not_an_object_is_empty() {
    let scan = make_scan("parcel", json!("a text"));
    let ScanView::Parcel(parcel) = scan.view() else { panic!("{:?}", scan.view()) };
    assert_eq!((parcel.id(), parcel.as_any().as_str()), (None, Some("a text")));
    assert_eq!(scan.unlisted().len(), 1, "{:?}", scan.unlisted());
}

#[test]
fn list_methods_of_views_skip_items_of_other_types() {
    let content = json!({
        "tags": ["a", 1, null, "b"],
        "grid": [[1, "x", 2], 3, []],
        "labels": { "a": "b", "c": 1 },
        "stops": [{ "at": "x" }, 2],
        "routes": { "r": [{ "at": "y" }], "s": 1 },
    });
    read_parcel_view(content, |parcel| {
        assert_eq!(parcel.tags().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(parcel.grid().collect::<Vec<_>>(), [vec![1, 2], vec![]]);
        assert_eq!(parcel.labels().collect::<Vec<_>>(), [("a", "b")]);
        assert_eq!(parcel.stops().filter_map(|stop| stop.at()).collect::<Vec<_>>(), ["x"]);
        let routes: Vec<_> = parcel.routes().collect();
        assert_eq!((routes.len(), routes[0].0, routes[0].1[0].at()), (1, "r", Some("y")));
    });
}

#[test]
fn views_read_numbers_and_booleans_also_from_texts() {
    let cases = [
        (json!(1.5), Some(1.5)),
        (json!("1.5"), Some(1.5)),
        (json!(" 2 "), Some(2.0)),
        (json!("1,5"), None),
        (json!("NaN"), None),
        (json!(true), None),
    ];
    for (value, expected) in cases {
        assert_eq!(read_parcel_view(json!({ "weight": value }), |parcel| parcel.weight()), expected, "{value}");
    }
    let cases = [
        (json!(192), Some(192)),
        (json!("192"), Some(192)),
        (json!(1.0), Some(1)),
        (json!("1.5"), None),
        (json!([]), None),
    ];
    for (value, expected) in cases {
        assert_eq!(read_parcel_view(json!({ "pieces": value }), |parcel| parcel.pieces()), expected, "{value}");
    }
    let cases = [
        (json!(true), Some(true)),
        (json!("true"), Some(true)),
        (json!("YES"), Some(true)),
        (json!(false), Some(false)),
        (json!("False"), Some(false)),
        (json!("no"), Some(false)),
        (json!("maybe"), None),
        (json!(1), None),
        (json!(null), None),
    ];
    for (value, expected) in cases {
        assert_eq!(read_parcel_view(json!({ "fragile": value }), |parcel| parcel.fragile()), expected, "{value}");
    }
}

#[test]
fn enums_of_views_are_shared_and_open() {
    let content =
        json!({ "state": "lost", "sender": { "name": "n", "level": "gold" }, "stops": [{ "state": "gone" }] });
    read_parcel_view(content, |parcel| {
        assert_eq!(parcel.state(), Some(State::Lost));
        assert_eq!(parcel.sender().and_then(CustomerView::level), Some(Level::Gold));
        let gone = parcel.stops().next().and_then(|stop| stop.state());
        assert!(gone.unwrap().is_unknown());
    });
}

#[test]
fn recursive_views_are_followed_to_any_depth() {
    let scan = make_scan("folder", json!({ "folders": [{ "name": "a", "parent": { "folders": [{ "name": "b" }] } }] }));
    let ScanView::Folder(folder) = scan.view() else { panic!("{:?}", scan.view()) };
    let inner: Option<Folder<'_>> = folder.folders().next().and_then(Folder::parent);
    assert_eq!(inner.and_then(|inner| inner.folders().next()).and_then(Folder::name), Some("b"));
}

#[test]
fn views_convert_from_structs_and_from_any_object() {
    let content: Content = serde_json::from_value(json!({ "id": "1" })).unwrap();
    assert_eq!(Letter::from(&content).id(), Some("1"));
    let value = json!({ "id": "2" });
    let outer = make_scan("crate", json!({ "inside": value }));
    let inside = outer.content.get("inside").unwrap();
    assert_eq!(Letter::from(inside).id(), Some("2"));
    assert_eq!(Letter::from(inside).as_any().to_value(), value);
    assert_eq!(format!("{:?}", Letter::from(&content)), r#"Letter(Object {"id": String("1")})"#);
}
