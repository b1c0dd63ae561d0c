//! Closed enums of numbers convert from and to their numbers.

use std::collections::HashSet;

use crate::fixtures::enum_numbers_closed::{ReadingLevel, ReadingRatio, ReadingSerial};

#[test]
fn closed_number_enum_converts_from_and_to_numbers() {
    assert_eq!(ReadingLevel::try_from(-3).map(i64::from), Ok(-3));
    assert_eq!(ReadingRatio::try_from(1.0).map(f64::from), Ok(1.0));
    assert_eq!(ReadingSerial::try_from(u64::MAX).map(u64::from), Ok(u64::MAX));
    let error = ReadingLevel::try_from(7).unwrap_err();
    assert_eq!(error.to_string(), "unknown value 7, expected one of 1, 2, -3");
    assert!(ReadingRatio::try_from(f64::NAN).is_err());
}

#[test]
fn closed_number_enum_is_copyable_comparable_and_printable() {
    let level = ReadingLevel::default();
    let copy = level;
    assert_eq!((level, level.to_string()), (copy, "2".to_owned()));
    assert!(ReadingLevel::N1 < ReadingLevel::N2);
    assert_eq!(HashSet::from([level, copy, ReadingLevel::N1]).len(), 2);
}
