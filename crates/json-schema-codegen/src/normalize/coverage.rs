//! Finds a reason for each property that has no field. It covers the `properties` of all schemas that the
//! roots reach; a property with neither a field nor a reason is a fault of the generator, since it would
//! be lost without a word.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::draft::{self, Draft};
use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::node::Node;
use crate::normalize::notes::Notes;
use crate::normalize::outline::{ObjectOutline, Outline};
use crate::normalize::property_index::find_conditional_parts;
use crate::normalize::schemas::RuleInput;
use crate::vocabulary::UNENFORCED_KEYWORDS;

/// The schemas whose properties have become fields, and for the others the reason why they have not.
#[derive(Debug, Default)]
pub(crate) struct PropertyCoverage {
    /// The locations of the schemas whose properties are fields.
    fields: HashSet<Location>,
    /// By location of a schema: the reason why its properties, and those of the schemas inside it, are not fields. The
    /// reason has no effect for schemas that are in `fields`.
    reasons: HashMap<Location, String>,
}

/// The reason why the properties of a union member that accepts no value are not fields.
const EXCLUDED_MEMBER_REASON: &str = "no value satisfies this member together with the keywords beside the union";

/// The reason why the properties of schemas inside a property that a schema names only under a condition are not
/// fields.
const CONDITIONAL_SCHEMA_REASON: &str = "the types do not enforce schemas that apply only under a condition";

impl PropertyCoverage {
    /// Records for all parts of `node` whether their properties are fields, or the reason why not, which follows from
    /// `outline`, the outline of `node`.
    pub(crate) fn record_node(&mut self, schemas: &RuleInput<'_>, node: &Node, outline: &Outline) {
        let reason = match outline {
            Outline::Object(object) => {
                self.fields.extend(node.parts.iter().map(|part| part.location.clone()));
                self.record_conditional_schemas(schemas, node);
                self.record_unused_object_schemas(schemas, node, object);
                self.record_combined_members(schemas, object);
                self.record_ineffective_unions(schemas, node, Some(object));
                return;
            }
            Outline::Union(members) => return self.record_omission_reason(&members.dropped, EXCLUDED_MEMBER_REASON),
            Outline::Only { dropped, .. } => return self.record_omission_reason(dropped, EXCLUDED_MEMBER_REASON),
            Outline::Reference(target) => return self.record_parts_beside_reference(schemas, node, target),
            Outline::Nullable(_) => return,
            Outline::Enum(_) => "`enum` or `const` lists the values".to_owned(),
            Outline::Mapped(_) => "the settings name a Rust type for the value".to_owned(),
            Outline::Scalar(_) | Outline::Array(_) | Outline::Tuple(_) | Outline::Map(_) => {
                "the schema accepts no object".to_owned()
            }
            Outline::Any(reason) => reason.clone().unwrap_or_else(|| "any value is accepted".to_owned()),
        };
        let places: Vec<Location> = node.parts.iter().map(|part| part.location.clone()).collect();
        self.record_omission_reason(&places, &reason);
        self.record_ineffective_unions(schemas, node, None);
    }

    /// Records `reason` for each schema at `places` that has no reason yet.
    fn record_omission_reason(&mut self, places: &[Location], reason: &str) {
        for location in places {
            self.reasons.entry(location.clone()).or_insert_with(|| reason.to_owned());
        }
    }

    /// Records the parts of `node` that the definition at `target` does not have, if `node` has the type of this
    /// definition. These parts add nothing to the type, so the properties in them, and in the schemas inside them, are
    /// fields of it.
    fn record_parts_beside_reference(&mut self, schemas: &RuleInput<'_>, node: &Node, target: &Location) {
        self.record_conditional_schemas(schemas, node);
        let whole = Node::from_location(schemas.resolved, target);
        let added = node.parts.iter().filter(|part| !whole.parts.contains(part));
        let mut waiting: Vec<Location> = added.map(|part| part.location.clone()).collect();
        while let Some(location) = waiting.pop() {
            let Some(Value::Object(schema)) = schemas.resolved.find_value(&location) else { continue };
            let draft = schemas.resolved.draft_at(&location);
            let inner = draft::find_applied_subschemas(&location, schema).into_iter();
            waiting.extend(
                inner.filter(|inner| find_omission_reason_of_keyword(draft, schema, &location, inner).is_none()),
            );
            self.fields.insert(location);
        }
    }

    /// Records the schemas that the object `node` applies only under a condition: their properties are fields that hold
    /// any value, and the schemas inside these properties get a reason, since the types do not enforce them.
    fn record_conditional_schemas(&mut self, schemas: &RuleInput<'_>, node: &Node) {
        for location in find_conditional_parts(schemas.resolved, node) {
            self.record_omission_reason_inside(schemas, &location, CONDITIONAL_SCHEMA_REASON);
            self.fields.insert(location);
        }
    }

    /// Records a reason for the schemas inside the object `node` that do not become fields: those of properties that no
    /// value satisfies, and, if the generated code cannot match a pattern, those of all patterns and of
    /// `additionalProperties`.
    fn record_unused_object_schemas(&mut self, schemas: &RuleInput<'_>, node: &Node, object: &ObjectOutline) {
        let forbidden: Vec<Location> = object.forbidden.iter().map(|(_, location)| location.clone()).collect();
        self.record_omission_reason(&forbidden, "no value satisfies its schema");
        if object.opaque_pattern.is_some() {
            let of_part = |keywords: SchemaKeywords<'_>| {
                let patterns: Vec<Location> = keywords.pattern_schemas().map(|(_, location)| location).collect();
                patterns.into_iter().chain(keywords.additional_properties_schema())
            };
            let places: Vec<Location> = node.read_keywords(schemas.resolved).flat_map(of_part).collect();
            self.record_omission_reason(&places, "the generated code cannot match a pattern in `patternProperties`");
        }
    }

    /// Records the members of the `anyOf`s that `object` combines into one struct: their properties are fields of it.
    fn record_combined_members(&mut self, schemas: &RuleInput<'_>, object: &ObjectOutline) {
        for member in object.combined.iter().flat_map(|any_of| &any_of.members) {
            self.fields.extend(member.parts.iter().map(|part| part.location.clone()));
            self.record_conditional_schemas(schemas, member);
        }
    }

    /// Records the reason for the members of each `anyOf` and `oneOf` of `node` that has no effect on the type of
    /// `node`. If `node` is the object `object`, members that define only properties which are fields of it are
    /// recorded as fields.
    fn record_ineffective_unions(&mut self, schemas: &RuleInput<'_>, node: &Node, object: Option<&ObjectOutline>) {
        let fields: HashSet<&str> =
            object.into_iter().flat_map(|object| &object.properties).map(|property| property.name.as_str()).collect();
        let has_fields = |location: &Location| {
            let keywords = schemas.read_keywords(location);
            keywords.is_some_and(|keywords| keywords.property_names().all(|name| fields.contains(name)))
        };
        for choice in schemas.list_union_keywords(node) {
            let reason = format!("the types do not enforce this `{}`", choice.keyword);
            for member in &choice.members {
                let parts = Node::from_location(schemas.resolved, member).parts.into_iter().map(|part| part.location);
                for location in parts.filter(has_fields) {
                    self.record_omission_reason_inside(schemas, &location, &reason);
                    self.fields.insert(location);
                }
            }
            self.record_omission_reason(&choice.members, &reason);
        }
    }

    /// Records `reason` for the direct subschemas of the schema at `location` that have no reason yet.
    fn record_omission_reason_inside(&mut self, schemas: &RuleInput<'_>, location: &Location, reason: &str) {
        if let Some(Value::Object(schema)) = schemas.resolved.find_value(location) {
            self.record_omission_reason(&draft::find_applied_subschemas(location, schema), reason);
        }
    }

    /// Adds a note for each property of a reached schema without a field: as omitted if there is a reason, else as a
    /// fault of the generator.
    pub(crate) fn note_omitted_properties(mut self, schemas: &RuleInput<'_>, notes: &mut Notes) {
        self.inherit_omission_reasons(schemas);
        for location in schemas.resolved.reached_schemas().filter(|location| !self.fields.contains(location)) {
            let Some(keywords) = schemas.read_keywords(location) else { continue };
            for name in keywords.property_names() {
                let property = location.grandchild("properties", name);
                match self.reasons.get(location) {
                    Some(reason) => notes.note_omitted_property(&property, name, reason),
                    None if schemas.allowed_types(&Node::from_location(schemas.resolved, location))
                        == TypeSet::NONE =>
                    {
                        notes.note_omitted_property(&property, name, "no value satisfies the schema");
                    }
                    None => notes.note_generator_fault(
                        &property,
                        &format!("the property `{name}` has no field; please report it"),
                    ),
                }
            }
        }
    }

    /// Gives a reason to each schema that has neither fields nor a reason: that of the schema that contains it or
    /// refers to it, or the reason why the keyword that contains it has no effect.
    fn inherit_omission_reasons(&mut self, schemas: &RuleInput<'_>) {
        let resolved = schemas.resolved;
        let mut waiting: Vec<(Location, String)> = Vec::new();
        for location in resolved.reached_schemas() {
            let Some(Value::Object(schema)) = resolved.find_value(location) else { continue };
            for child in draft::find_applied_subschemas(location, schema) {
                waiting.extend(
                    find_omission_reason_of_keyword(resolved.draft_at(location), schema, location, &child)
                        .map(|reason| (child, reason)),
                );
            }
            let own = self.reasons.get(location).filter(|_| !self.fields.contains(location)).cloned();
            waiting.extend(own.into_iter().flat_map(|reason| list_reached_schemas(schemas, location, schema, &reason)));
        }
        while let Some((location, reason)) = waiting.pop() {
            if self.fields.contains(&location) || self.reasons.contains_key(&location) {
                continue;
            }
            if let Some(Value::Object(schema)) = resolved.find_value(&location) {
                waiting.extend(list_reached_schemas(schemas, &location, schema, &reason));
            }
            self.reasons.insert(location, reason);
        }
    }
}

/// Returns (location, `reason`) for each direct subschema of `schema`, which is at `location`, and for the target of
/// its reference.
fn list_reached_schemas(
    schemas: &RuleInput<'_>,
    location: &Location,
    schema: &Map<String, Value>,
    reason: &str,
) -> Vec<(Location, String)> {
    let target = schemas.resolved.find_target(location).cloned();
    draft::find_applied_subschemas(location, schema)
        .into_iter()
        .chain(target)
        .map(|next| (next, reason.to_owned()))
        .collect()
}

/// Returns the reason why the subschema at `child` has no effect on types, for example because it is in `if`; `None` if
/// it has an effect. `child` is a direct subschema of `schema`, which is at `location` and of the draft `draft`.
fn find_omission_reason_of_keyword(
    draft: Draft,
    schema: &Map<String, Value>,
    location: &Location,
    child: &Location,
) -> Option<String> {
    if schema.get("$ref").is_some_and(Value::is_string) && !draft.allows_reference_siblings() {
        return Some("in this draft, keywords beside `$ref` are ignored".to_owned());
    }
    let keyword = child.pointer().get(location.pointer().len() + 1..)?.split('/').next()?;
    let has_no_effect = match keyword {
        "additionalItems" => draft >= Draft::Y2020 || !schema.get("items").is_some_and(Value::is_array),
        "prefixItems" => draft < Draft::Y2020,
        "items" => draft >= Draft::Y2020 && schema.get("items").is_some_and(Value::is_array),
        _ => false,
    };
    if has_no_effect {
        return Some(format!("in this draft, `{keyword}` has no effect in this schema"));
    }
    let is_unenforced = UNENFORCED_KEYWORDS.contains(&keyword) || keyword == "contentSchema";
    is_unenforced.then(|| format!("the types do not enforce `{keyword}`"))
}
