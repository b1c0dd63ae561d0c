//! Accounts for each property that a reached schema names: it becomes a field, or there is a reason
//! why it does not. A property without either would be lost in silence, which is a fault of ours.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::draft::{self, Draft};
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::Keywords;
use crate::normalize::node::Node;
use crate::normalize::notes::Notes;
use crate::normalize::rules::{ObjectOutline, Outline};
use crate::normalize::schemas::Schemas;
use crate::place::Place;

/// Keywords whose subschemas no type holds.
const UNENFORCED_APPLICATORS: &[&str] = &[
    "contains",
    "contentSchema",
    "dependencies",
    "dependentSchemas",
    "else",
    "if",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// What became of the schemas that nodes are made of.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    /// The schemas whose properties are fields.
    fields: HashSet<Place>,
    /// Why the properties of a schema, and of the schemas inside it, are not fields.
    reasons: HashMap<Place, String>,
}

impl Coverage {
    /// Records what a node becomes.
    pub(crate) fn record(&mut self, schemas: &Schemas<'_>, node: &Node, outline: &Outline) {
        let reason = match outline {
            Outline::Object(object) => {
                self.fields.extend(node.parts.iter().map(|part| part.place.clone()));
                self.record_object(schemas, node, object);
                self.record_alternatives(schemas, node);
                return;
            }
            Outline::Union(members) => return self.record_each(&members.dropped, "no value satisfies it here"),
            Outline::Only { dropped, .. } => return self.record_each(dropped, "no value satisfies it here"),
            Outline::Nullable(_) | Outline::Reference(_) => return,
            Outline::Enum(_) => "`enum` or `const` lists whole values".to_owned(),
            Outline::Mapped(_) => "the settings name a type for the value".to_owned(),
            Outline::Scalar(_) | Outline::List(_) | Outline::Tuple(_) | Outline::Map(_) => {
                "the schema accepts no object".to_owned()
            }
            Outline::Any(reason) => reason.clone().unwrap_or_else(|| "any value is accepted".to_owned()),
        };
        let places: Vec<Place> = node.parts.iter().map(|part| part.place.clone()).collect();
        self.record_each(&places, &reason);
        self.record_alternatives(schemas, node);
    }

    fn record_each(&mut self, places: &[Place], reason: &str) {
        for place in places {
            self.reasons.entry(place.clone()).or_insert_with(|| reason.to_owned());
        }
    }

    /// Records the schemas of an object that become no field of it.
    fn record_object(&mut self, schemas: &Schemas<'_>, node: &Node, object: &ObjectOutline) {
        let forbidden: Vec<Place> = object.forbidden.iter().map(|(_, place)| place.clone()).collect();
        self.record_each(&forbidden, "no value satisfies its schema");
        if object.opaque_pattern.is_some() {
            let of_part = |keywords: Keywords<'_>| {
                let patterns: Vec<Place> = keywords.patterns().map(|(_, place)| place).collect();
                patterns.into_iter().chain(keywords.additional_properties())
            };
            let places: Vec<Place> = node.keywords(schemas.bundle).flat_map(of_part).collect();
            self.record_each(&places, "a pattern of property names is past the dialect that the types can match");
        }
    }

    /// Records the members of each `anyOf` and `oneOf` that has no effect on the type.
    fn record_alternatives(&mut self, schemas: &Schemas<'_>, node: &Node) {
        for choice in schemas.choices(node) {
            self.record_each(&choice.members, &format!("no type holds what this `{}` says", choice.keyword));
        }
    }

    /// Tells the notes of each property that is not a field: with the reason, or as a fault.
    pub(crate) fn tell(mut self, schemas: &Schemas<'_>, notes: &mut Notes) {
        self.spread(schemas);
        for place in schemas.bundle.schemas().filter(|place| !self.fields.contains(place)) {
            let Some(keywords) = schemas.keywords(place) else { continue };
            for name in keywords.property_names() {
                let property = place.within("properties", name);
                match self.reasons.get(place) {
                    Some(reason) => notes.omit(&property, name, reason),
                    None if schemas.types(&Node::at(schemas.bundle, place)) == TypeSet::NONE => {
                        notes.omit(&property, name, "no value satisfies the schema");
                    }
                    None => notes.fault(&property, &format!("the property `{name}` has no field, and no reason")),
                }
            }
        }
    }

    /// Gives each schema that is not a part of any object the reason of the schema that leads to it.
    fn spread(&mut self, schemas: &Schemas<'_>) {
        let bundle = schemas.bundle;
        let is_field = |fields: &HashSet<Place>, place: &Place| fields.contains(place);
        let mut waiting: Vec<(Place, String)> = Vec::new();
        for place in bundle.schemas() {
            let Some(Value::Object(schema)) = bundle.value(place) else { continue };
            for child in draft::applied(place, schema) {
                waiting.extend(unenforced(bundle.draft(place), schema, place, &child).map(|reason| (child, reason)));
            }
            let own = self.reasons.get(place).filter(|_| !is_field(&self.fields, place)).cloned();
            waiting.extend(own.into_iter().flat_map(|reason| next(schemas, place, schema, &reason)));
        }
        while let Some((place, reason)) = waiting.pop() {
            if is_field(&self.fields, &place) || self.reasons.contains_key(&place) {
                continue;
            }
            if let Some(Value::Object(schema)) = bundle.value(&place) {
                waiting.extend(next(schemas, &place, schema, &reason));
            }
            self.reasons.insert(place, reason);
        }
    }
}

/// Returns the schemas that a schema leads to, inside it or by `$ref`, each with the reason.
fn next(schemas: &Schemas<'_>, place: &Place, schema: &Map<String, Value>, reason: &str) -> Vec<(Place, String)> {
    let target = schemas.bundle.target(place).cloned();
    draft::applied(place, schema).into_iter().chain(target).map(|next| (next, reason.to_owned())).collect()
}

/// Returns the reason why a subschema has no effect on types because of the keyword that holds it.
fn unenforced(draft: Draft, schema: &Map<String, Value>, place: &Place, child: &Place) -> Option<String> {
    if schema.get("$ref").is_some_and(Value::is_string) && !draft.reference_has_siblings() {
        return Some("in this draft nothing beside `$ref` has an effect".to_owned());
    }
    let keyword = child.pointer().get(place.pointer().len() + 1..)?.split('/').next()?;
    let has_no_effect = match keyword {
        "additionalItems" => draft >= Draft::Y2020 || !schema.get("items").is_some_and(Value::is_array),
        "prefixItems" => draft < Draft::Y2020,
        "items" => draft >= Draft::Y2020 && schema.get("items").is_some_and(Value::is_array),
        _ => false,
    };
    if has_no_effect {
        return Some(format!("`{keyword}` has no effect here"));
    }
    UNENFORCED_APPLICATORS.contains(&keyword).then(|| format!("no type holds what `{keyword}` says"))
}
