//! Defines columns and their types.

/// The column of a property.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Column {
    /// The JSON name of the property.
    pub name: String,
    /// The type and nullability of its values.
    pub element: Element,
}

/// The type of the values in a column, list or map.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Element {
    /// The type of a value that is not null.
    pub ty: ColumnType,
    /// True if the value may be null: the property is not required, the schema allows `null`, or the settings keep a value
    /// of another type beside its field (`mismatch = "keep"`), so that the column has none. JSON text may always be null.
    pub nullable: bool,
}

/// The type of a value in a column.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ColumnType {
    /// A text; also each value of an enum of texts.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number of 64 bits.
    Integer {
        /// True if it is from 0 to 2^64 - 1; else it is from -2^63 to 2^63 - 1.
        unsigned: bool,
    },
    /// A floating-point number of 64 bits.
    Number,
    /// A list of such values.
    List(Box<Element>),
    /// A map from texts to such values.
    Map(Box<Element>),
    /// An object with a column for each property; never empty.
    Struct(Vec<Column>),
    /// Any value, as the text of its JSON.
    Json,
}
