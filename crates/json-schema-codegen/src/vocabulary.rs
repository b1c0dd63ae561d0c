//! The keywords of JSON Schema, by whether the types enforce them.

/// The keywords that the types enforce. Not listed are references and `allOf`, which the generator follows.
pub(crate) const ENFORCED_KEYWORDS: &[&str] = &[
    "additionalItems",
    "additionalProperties",
    "anyOf",
    "const",
    "enum",
    "format",
    "items",
    "nullable",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "properties",
    "required",
    "type",
];

/// The keywords that the types do not enforce: a value that violates one is still read, and the report lists the
/// keyword. A dynamic reference is among them only if it can refer to several schemas; otherwise it is resolved.
pub(crate) const UNENFORCED_KEYWORDS: &[&str] = &[
    "$dynamicRef",
    "$recursiveRef",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "pattern",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
];
