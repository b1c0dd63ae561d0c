//! Turns outlines into the shapes of definitions, and the nodes inside them into types.

use std::collections::HashMap;

use crate::normalize::definition::{
    DefinitionId, Docs, Enum, EnumValue, Extra, Fallback, Pattern, Property, Shape, Struct, Tuple, TupleItem, Type,
    Union, Variant,
};
use crate::normalize::names::{self, Taken};
use crate::normalize::node::Node;
use crate::normalize::rules::{
    self, Listed, Members, ObjectOutline, Others, PatternOutline, PropertyOutline, Rest, TupleOutline, TupleRest,
};
use crate::normalize::{Normalizer, describe, naming, value_names};

impl Normalizer<'_> {
    /// Returns the struct for an object; `name` begins the names of the types inside it.
    pub(super) fn structure(&mut self, node: &Node, object: ObjectOutline, name: &str) -> Struct {
        // The private field that holds explicit nulls.
        let mut fields = Taken::with(&["nulls"]);
        let listed: Vec<&str> = object.properties.iter().map(|property| property.name.as_str()).collect();
        let names = fields.distinct(&listed, names::field_name);
        let properties = object.properties.into_iter().zip(names);
        let properties = properties.map(|(property, field)| self.property(node, name, property, field)).collect();
        let patterns = object.patterns.into_iter();
        let patterns = patterns.map(|pattern| self.pattern(node, name, pattern, &mut fields)).collect();
        let extra = self.extra(node, name, object.rest, &mut fields);
        for (property, place) in &object.forbidden {
            self.notes.omit(place, property, "no value satisfies its schema");
        }
        if let Some(place) = object.opaque_pattern {
            self.notes.widen(&place, "the pattern is past the dialect that the types can match");
        }
        self.notes.rename(&node.origin, "field", fields.changed());
        Struct { properties, patterns, extra }
    }

    fn property(&mut self, node: &Node, owner: &str, property: PropertyOutline, field: String) -> Property {
        let PropertyOutline { name, node: value, places, required } = property;
        let owner = naming::owner(self.schemas.names, &node.origin, owner, &places);
        let ty = self.type_of(&value, &format!("{owner}{}", names::type_name(&name)));
        let docs = places.iter().map(|place| describe::docs(self.schemas.bundle, place));
        let docs = docs.reduce(Docs::or).unwrap_or_default();
        let place = places.first().unwrap_or(&node.origin).clone();
        Property { required, wire: name, field, ty, docs, place }
    }

    fn pattern(&mut self, node: &Node, owner: &str, outline: PatternOutline, fields: &mut Taken) -> Pattern {
        let PatternOutline { pattern, program, node: value, places } = outline;
        let word = names::pattern_word(&pattern);
        let owner = naming::owner(self.schemas.names, &node.origin, owner, &places);
        let ty = self.type_of(&value, &format!("{owner}{}", names::type_name(&word)));
        let field = fields.unique(&names::field_name(&word));
        let place = places.first().unwrap_or(&node.origin).clone();
        Pattern { pattern, program, field, ty, place }
    }

    fn extra(&mut self, node: &Node, owner: &str, rest: Rest, fields: &mut Taken) -> Extra {
        let (values, places) = match rest {
            Rest::None => return Extra::Closed,
            Rest::Any => return Extra::Open { field: fields.unique("extra") },
            Rest::Of(values, places) => (values, places),
        };
        let field = fields.unique("extra");
        let owner = naming::owner(self.schemas.names, &node.origin, owner, &places);
        match self.type_of(&values, &format!("{owner}Extra")) {
            Type::Any => Extra::Open { field },
            ty => Extra::Typed { field, ty },
        }
    }

    /// Returns the tuple for a list whose first items have schemas of their own.
    pub(super) fn tuple(&mut self, outline: TupleOutline, name: &str) -> Tuple {
        let items = outline.items.into_iter().enumerate().map(|(index, (node, required))| TupleItem {
            ty: self.type_of(&node, &format!("{name}{}", ordinal(index))),
            required,
        });
        let items = items.collect();
        let rest = match outline.rest {
            TupleRest::None => None,
            TupleRest::Any => Some(Type::Any),
            TupleRest::Of(node) => Some(self.type_of(&node, &format!("{name}Item"))),
        };
        Tuple { items, rest }
    }

    /// Returns the enum of listed values. Where the description of the definition explains them, its
    /// lines go to the variants.
    pub(super) fn enumeration(&mut self, node: &Node, listed: Listed, id: DefinitionId) -> Enum {
        if let Some(description) = listed.description {
            self.definitions[id.0].docs.description = Some(description).filter(|text| !text.is_empty());
        }
        let mut taken = Taken::default();
        let names = match listed.names {
            Some(given) => given.iter().map(|name| taken.unique(name)).collect(),
            None => {
                let texts = listed.values.iter().map(|(value, docs)| value_names::value_text(value, docs));
                taken.distinct(&texts.collect::<Vec<_>>(), value_names::value_name)
            }
        };
        let values = listed.values.into_iter().zip(names);
        let values = values.map(|((value, docs), variant)| EnumValue { variant, value, docs }).collect();
        let unknown = taken.unique("Unknown");
        self.notes.rename(&node.origin, "variant", taken.changed());
        Enum { values, unknown, open: listed.open }
    }

    /// Returns the union of the members. If all have the same Rust type, returns an alias of that type
    /// instead, except where the members differ by JSON type.
    pub(super) fn union(&mut self, node: &Node, members: &Members, name: &str) -> Shape {
        let (outlines, tag) = rules::variants(&self.schemas, node, members);
        let mut taken = Taken::default();
        let mut variants: Vec<Variant> = Vec::new();
        let mut by_type: HashMap<Type, usize> = HashMap::new();
        for outline in outlines {
            // The name is taken only if the member turns out to be a variant of its own.
            let ty = self.type_of(&outline.node, &format!("{name}{}", taken.peek(&outline.name)));
            if let Some(same) = by_type.get(&ty).and_then(|same| variants.get_mut(*same)) {
                same.types = same.types.or(outline.types);
                same.tags.extend(outline.tags);
                continue;
            }
            by_type.insert(ty.clone(), variants.len());
            variants.push(Variant {
                name: taken.unique(&outline.name),
                ty,
                types: outline.types,
                tags: outline.tags,
                required: outline.required,
                docs: outline.docs,
            });
        }
        if let ([only], None) = (variants.as_slice(), members.by_type) {
            return Shape::Alias(only.ty.clone());
        }
        if variants.iter().any(|variant| variant.ty == Type::Any) {
            self.notes.widen(&node.origin, "a member of the union takes any value");
        }
        let fallback = match members.by_type {
            Some(Others::Allowed) => Fallback::Other(taken.unique("Other")),
            Some(Others::Refused) => Fallback::Reject,
            None => Fallback::Unknown(taken.unique("Unknown")),
        };
        self.notes.rename(&node.origin, "variant", taken.changed());
        Shape::Union(Union { variants, tag, by_type: members.by_type.is_some(), fallback })
    }
}

/// Returns a word for the item at an index from 0: `First`, …, `Eighth`, `Item9`.
fn ordinal(index: usize) -> String {
    const WORDS: &[&str] = &["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth"];
    WORDS.get(index).map_or_else(|| format!("Item{}", index + 1), |word| (*word).to_owned())
}

impl Docs {
    /// Returns these words, and for each sort that is missing the other ones.
    fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            description: self.description.or(other.description),
            default: self.default.or(other.default),
            examples: if self.examples.is_empty() { other.examples } else { self.examples },
            deprecated: self.deprecated || other.deprecated,
        }
    }
}
