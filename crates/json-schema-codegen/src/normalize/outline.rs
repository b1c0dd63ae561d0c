//! Defines outlines, the results of rules: the kind of type that a node becomes. The nodes inside an outline have not
//! been turned into types yet.

use serde_json::Value;

use crate::location::Location;
use crate::normalize::definition::{Docs, Type};
use crate::normalize::node::Node;
use crate::pattern::PatternProgram;

/// The kind of type that a node becomes. The nodes inside it have not been turned into types yet.
pub(crate) enum Outline {
    /// Any JSON value. Holds the reason for the report if the schema restricts values, else `None`.
    Any(Option<String>),
    /// The type of a boolean, string, number or null.
    Scalar(Type),
    /// A Rust type that the settings name.
    Mapped(MappedType),
    /// The type of the schema at this location, which has a definition.
    Reference(Location),
    /// The type of `member`, since all other members of the union accept no value.
    Only {
        member: Box<Node>,
        /// The locations of the other members, which accept no value.
        dropped: Vec<Location>,
    },
    /// An `Option`: null, or a value that satisfies this node.
    Nullable(Box<Node>),
    /// A list whose items satisfy this node; for `None`, they may be any values.
    Array(Option<Box<Node>>),
    /// A map with any keys whose values satisfy this node; for `None`, they may be any values.
    Map(Option<Box<Node>>),
    Object(Box<ObjectOutline>),
    Tuple(TupleOutline),
    Enum(EnumOutline),
    Union(UnionMembers),
}

impl Outline {
    /// Checks whether the outline needs no definition, and contains no node that has to be turned into a type.
    pub(crate) fn needs_no_inner_type(&self) -> bool {
        matches!(
            self,
            Self::Any(_) | Self::Scalar(_) | Self::Mapped(_) | Self::Reference(_) | Self::Array(None) | Self::Map(None)
        )
    }
}

/// The entry of the settings that names the Rust type of a node.
pub(crate) enum MappedType {
    /// An entry of `[types]`: its key, such as `order.json#/properties/id`, and the Rust type.
    Location { key: String, path: String },
    /// An entry of `[replace]`: its key, such as `Loan`, and the Rust type.
    Name { key: String, path: String },
    /// An entry of `[formats]`: its key, such as `uuid`, and the Rust type.
    Format { key: String, path: String },
}

/// The content of an object that becomes a struct. Its nodes have not been turned into types yet.
pub(crate) struct ObjectOutline {
    pub(crate) properties: Vec<PropertyOutline>,
    /// (JSON name, location of the schema) of the optional properties whose schema accepts no value.
    pub(crate) forbidden: Vec<(String, Location)>,
    pub(crate) patterns: Vec<PatternOutline>,
    pub(crate) additional: AdditionalOutline,
    /// The location of a pattern of property names that the generated code cannot match; `None` if it can match all.
    /// Since such a pattern might match any name, `patterns` is then empty, and additional properties may have any
    /// values.
    pub(crate) opaque_pattern: Option<Location>,
    /// The `anyOf`s whose members are combined into this object; empty if its schema is not a union.
    pub(crate) combined: Vec<CombinedAnyOf>,
}

/// A property that the schema names in `properties` or `required`.
pub(crate) struct PropertyOutline {
    /// The JSON name of the property.
    pub(crate) name: String,
    pub(crate) node: Node,
    /// The locations of the schemas that the property must satisfy, in the order of the object's parts. For a property
    /// that has schemas only under a condition, the locations of these; empty if the property is only required.
    pub(crate) places: Vec<Location>,
    pub(crate) required: bool,
    /// True if the schemas of the property accept `null` too.
    pub(crate) accepts_null: bool,
    /// True if the property may have values of other types than that of `node`, because a member of an `anyOf` does not
    /// list it.
    pub(crate) accepts_others: bool,
}

/// An `anyOf` whose members, all objects, are combined into one struct.
pub(crate) struct CombinedAnyOf {
    /// The location of the schema that has the `anyOf`.
    pub(crate) location: Location,
    /// The nodes of the members, which include the keywords beside the `anyOf`.
    pub(crate) members: Vec<Node>,
}

/// The properties of an object whose names match a pattern in `patternProperties`.
pub(crate) struct PatternOutline {
    pub(crate) pattern: String,
    pub(crate) program: PatternProgram,
    pub(crate) node: Node,
    /// The locations of the subschemas that parts of the object have for this pattern, in the order of the parts.
    pub(crate) places: Vec<Location>,
}

/// The constraints on additional properties: those that the schema does not name and that no pattern matches.
pub(crate) enum AdditionalOutline {
    /// Additional properties may have any values.
    Any,
    /// The values of additional properties must satisfy the node, which is made of the schemas at these locations.
    Of(Node, Vec<Location>),
    /// Additional properties are not allowed.
    None,
}

/// The content of an array that becomes a tuple.
pub(crate) struct TupleOutline {
    /// (node, whether it is required) for each of the first items; items up to `minItems` are required.
    pub(crate) items: Vec<(Node, bool)>,
    pub(crate) rest: TupleRest,
}

/// The constraints on the items of a tuple after the first ones, which have schemas of their own.
pub(crate) enum TupleRest {
    /// No more items are allowed.
    None,
    /// More items may have any values.
    Any,
    /// Each further item must satisfy this node.
    Of(Node),
}

/// The values that a schema lists, which become an enum.
pub(crate) struct EnumOutline {
    /// (value, its documentation) for each value, without duplicates.
    pub(crate) values: Vec<(Value, Docs)>,
    /// True if the schema accepts any other string too, besides the values.
    pub(crate) open: bool,
    /// The names of the variants, in the order of the values, if the schema gives them (`x-enum-varnames`).
    pub(crate) names: Option<Vec<String>>,
    /// The schema's description without the lines about single values. `None` if the description stays as it is: no
    /// value has a description, or a line is about a value that the enum does not have.
    pub(crate) description: Option<String>,
}

/// The members of a union, for each of which there is a variant.
pub(crate) struct UnionMembers {
    pub(crate) nodes: Vec<Node>,
    /// Whether the schema accepts values of other JSON types than those of the members; `None` if the members are not
    /// distinguished by JSON type.
    pub(crate) by_type: Option<OtherJsonTypes>,
    /// The location of the schema that has the members in its `anyOf`; `None` for members of a `oneOf`, and for the
    /// JSON types of a schema.
    pub(crate) any_of: Option<Location>,
    /// The location of the schema that has a `discriminator` beside the union; `None` if there is no `discriminator`.
    pub(crate) discriminator: Option<Location>,
    /// The locations of the members that accept no value once the keywords beside the union are added.
    pub(crate) dropped: Vec<Location>,
}

/// Whether a schema accepts values whose JSON type is that of no member.
#[derive(Clone, Copy)]
pub(crate) enum OtherJsonTypes {
    Accepted,
    Rejected,
}

impl MappedType {
    /// Returns the path of the Rust type that the settings name.
    pub(crate) fn into_rust_path(self) -> String {
        match self {
            Self::Location { path, .. } | Self::Name { path, .. } | Self::Format { path, .. } => path,
        }
    }
}
