//! Builders make the values that reading gives, and say which field is missing or wrong.

use crate::fixtures::struct_builder::{Loan, LoanMarks, LoanPlace, builder};

/// Returns the error of a builder.
fn build_error_text(builder: builder::Loan) -> String {
    Loan::try_from(builder).unwrap_err().to_string()
}

#[test]
fn builder_sets_fields_by_values_that_convert() {
    let place: LoanPlace = LoanPlace::builder().shelf("a".to_owned()).try_into().unwrap();
    let loan: Loan =
        Loan::builder().id("1").kind("loan").pages(2).type_("t".to_owned()).place(place).try_into().unwrap();
    let text = r#"{"id": "1", "kind": "loan", "pages": 2, "type": "t", "place": {"shelf": "a"}}"#;
    assert_eq!(loan, serde_json::from_str(text).unwrap());
}

#[test]
fn builder_sets_maps_of_properties() {
    let marks: LoanMarks = LoanMarks::builder().extra([("new".to_owned(), true)]).try_into().unwrap();
    assert_eq!(serde_json::to_string(&marks).unwrap(), r#"{"new":true}"#);
}

#[test]
fn builder_error_names_the_first_missing_or_wrong_field() {
    assert_eq!(build_error_text(Loan::builder().pages(1)), "missing field `id`");
    assert_eq!(
        build_error_text(Loan::builder().id("1").kind("loan").pages(u64::MAX)),
        "pages: out of range integral type conversion attempted"
    );
}

/// A value becomes a builder again, from which another value is made; what is kept beside its fields stays.
#[test]
fn builder_of_a_value_changes_one_field_and_keeps_the_rest() {
    let read: Loan =
        serde_json::from_str(r#"{"id": "1", "kind": "loan", "pages": 2, "place": {"shelf": null}, "x": 1}"#).unwrap();
    let changed: Loan = builder::Loan::from(read).pages(3).try_into().unwrap();
    let text = r#"{"id":"1","kind":"loan","pages":3,"place":{"shelf":null},"x":1}"#;
    assert_eq!(serde_json::to_string(&changed).unwrap(), text);
}
