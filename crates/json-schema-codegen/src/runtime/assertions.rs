// Assertions: the conditions of a schema that a value is checked against while it is read as a strict type.

/// Declares lists of assertions, from a table with a row for each list:
///
/// ```text
/// runtime::assertions! {
///     OrderCount => [Minimum(Whole(1)), Maximum(Whole(10))];
///     OrderTags => [UniqueItems, Contains(row::OrderTagsContains, 1, None)];
///     OrderTagsContains => [MinLength(3)];
/// }
/// ```
///
/// An assertion refers to a list as `row::OrderTagsContains`, also to one that comes later, or to its own list.
macro_rules! assertions {
    ($($name:ident => [$($assertion:expr),*];)*) => {
        /// The lists of assertions, a type for each.
        #[allow(dead_code, unused_imports)]
        mod assertions {
            use super::runtime::{self, Assertion::*, Bound::*};
            use ::std::borrow::Cow::*;

            /// The index of each list.
            #[allow(non_upper_case_globals)]
            mod row {
                enum Row {
                    $($name,)*
                }
                $(pub(super) const $name: usize = Row::$name as usize;)*
            }

            static LISTS: &[&[runtime::Assertion]] = &[$(&[$($assertion),*],)*];

            $(
                pub(crate) enum $name {}

                impl runtime::AssertionList for $name {
                    const ROW: usize = row::$name;

                    fn lists() -> &'static [&'static [runtime::Assertion]] {
                        LISTS
                    }
                }
            )*
        }
    };
}
pub(super) use assertions;

/// A list of assertions, in a table with other lists that it can refer to.
pub(super) trait AssertionList {
    /// The index of the list in the table.
    const ROW: usize;

    /// Returns all lists of the table, among which this list has the index `ROW`.
    fn lists() -> &'static [&'static [Assertion]];
}

/// Checks whether all assertions of the list `A` hold for `value`.
pub(super) fn satisfies_assertions<A: AssertionList>(value: &Value) -> bool {
    AssertionChecker::new(A::lists()).satisfies_list(A::ROW, value)
}

/// Checks the assertions of the list `A` for a value.
///
/// # Errors
/// An assertion does not hold: the error says what the value is, and what the assertion demands.
pub(super) fn check_assertions<A: AssertionList>(value: &Value) -> Result<(), ::serde_json::Error> {
    match AssertionChecker::new(A::lists()).find_violated(A::ROW, value) {
        Some(assertion) => Err(violation_error(value, assertion)),
        None => Ok(()),
    }
}

/// Returns the error that says what `value` is and what `assertion`, which does not hold for it, demands.
#[cold]
fn violation_error(value: &Value, assertion: &Assertion) -> ::serde_json::Error {
    let found = match value {
        Value::Array(items) => format!("an array of {} items", items.len()),
        Value::Object(properties) => format!("an object with {} properties", properties.len()),
        scalar => format!("`{}`", truncate_for_error(&scalar.to_string())),
    };
    Error::invalid_value(::serde::de::Unexpected::Other(&found), &assertion.describe_demand().as_str())
}

/// A wrapper for a value that has no `Whole` numbers in it, so that `unwrap_whole` can be called on it.
pub(super) struct Plain<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Plain<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T> UnwrapWhole for Plain<T> {
    type Unwrapped = T;

    fn unwrap_whole(self) -> T {
        self.0
    }
}

/// A type whose values are checked against a list of assertions whenever they are read.
pub(super) trait Asserted {
    /// The list of assertions.
    type Assertions: AssertionList;
}

/// Reads a value of a union that does not satisfy the list of assertions `A`, and always returns an error: that of
/// the first assertion that does not hold.
#[cold]
pub(super) fn refuse_checked<'de, A: AssertionList, T, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    read_checked::<A, D>(deserializer)?;
    Err(D::Error::custom("the value is not one that the schema allows"))
}
