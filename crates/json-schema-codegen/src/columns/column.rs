//! Defines columns and their types.

/// A column of a table or struct, which holds the values of one property.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Column {
    /// The name of the column: the JSON name of the property.
    pub name: String,
    /// The type and nullability of the values in the column.
    pub element: Element,
}

/// The type and nullability of the values in a column, of the items of a list, or of the values of a map.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Element {
    /// The type of the values that are not null.
    pub ty: ColumnType,
    /// True if the column may have no value (null): the property is not required, the schema allows `null`, or the
    /// settings keep values of another type than the schema's in `extra` (`mismatch = "keep"`). Always true for JSON
    /// text.
    pub nullable: bool,
}

/// The type of the values in a column, list or map.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ColumnType {
    /// A text, such as a value of an enum of texts.
    Text,
    /// A boolean: `true` or `false`.
    Boolean,
    /// A whole number of 64 bits.
    Integer {
        /// True for whole numbers from 0 to 2^64 - 1, false for those from -2^63 to 2^63 - 1.
        unsigned: bool,
    },
    /// A floating-point number of 64 bits.
    Number,
    /// A list whose items are of this element.
    List(Box<Element>),
    /// A map whose keys are texts, and whose values are of this element.
    Map(Box<Element>),
    /// An object with a column for each named property; it has at least one.
    Struct(Vec<Column>),
    /// Any JSON value, as its JSON text.
    Json,
}
