//! Builds the shapes of definitions from outlines, and the types of the nodes inside them.

use std::collections::HashMap;

use serde_json::Value;

use crate::location::Location;
use crate::normalize::assertion_lists::AssertionListId;
use crate::normalize::definition::{
    AdditionalProperties, DefinitionId, Docs, Enum, EnumValue, MismatchTreatment, PatternField, Property, Shape,
    Struct, Tuple, TupleItem, Type, Union, UnionFallback, Variant,
};
use crate::normalize::names;
use crate::normalize::node::Node;
use crate::normalize::normalizer::Normalizer;
use crate::normalize::outline::{
    AdditionalOutline, EnumOutline, ObjectOutline, OtherJsonTypes, PatternOutline, PropertyOutline, TupleOutline,
    TupleRest, UnionMembers,
};
use crate::normalize::rules::union::outline_variants;
use crate::normalize::taken_names::TakenNames;
use crate::normalize::{describe, naming, value_names};
use crate::settings::UnknownFields;

impl Normalizer<'_> {
    /// Builds the struct of an object. The names of types inside it begin with `name`, the name of the
    /// struct: the property `customer` of `Order` has the type `OrderCustomer`. Notes the properties
    /// without a field and the field names that had to change.
    pub(super) fn build_struct(&mut self, node: &Node, object: ObjectOutline, name: &str) -> Struct {
        // `nulls` is the private field of the generated struct that keeps nulls the schema does not allow.
        let mut fields = TakenNames::from_names(&["nulls"]);
        let json_names: Vec<&str> = object.properties.iter().map(|property| property.name.as_str()).collect();
        let names = fields.take_distinct_names(&json_names, names::make_field_name);
        let properties = object.properties.into_iter().zip(names);
        let properties = properties.map(|(property, field)| self.build_property(node, name, property, field)).collect();
        let patterns = object.patterns.into_iter();
        let patterns = patterns.map(|pattern| self.build_pattern_field(node, name, pattern, &mut fields)).collect();
        let extra = self.build_extra_field(node, name, object.additional, &mut fields);
        for (property, location) in &object.forbidden {
            self.notes.note_omitted_property(location, property, "no value satisfies its schema");
        }
        for any_of in &object.combined {
            self.notes.add_unenforced(&any_of.location, vec!["anyOf".to_owned()]);
        }
        if let Some(location) = object.opaque_pattern {
            self.notes.note_widened_schema(&location, "the generated code cannot match this pattern");
        }
        self.notes.note_changed_names(&node.origin, "field", fields.drain_changed_names());
        Struct { properties, patterns, extra }
    }

    /// Builds one property of the struct called `owner` for the object `node`; `field` is its field name.
    fn build_property(&mut self, node: &Node, owner: &str, property: PropertyOutline, field: String) -> Property {
        let PropertyOutline { name, node: value, places, required, accepts_null, accepts_others } = property;
        let owner = naming::find_type_name_prefix(self.schemas.names, &node.origin, owner, &places);
        let ty = self.make_type(&value, &names::join_type_names(&owner, &names::make_type_name(&name)));
        let docs = places.iter().map(|location| describe::read_property_docs(self.schemas.resolved, location));
        let docs = docs.reduce(Docs::fill_missing_from).unwrap_or_default();
        let location = places.first().unwrap_or(&node.origin).clone();
        let default = self.find_property_default(&value, &places, &name).filter(|_| !required);
        let refuses_null = !required && !accepts_null && !accepts_others && self.schemas.settings.strict;
        let on_mismatch = MismatchTreatment::Pass;
        Property {
            required,
            accepts_null,
            accepts_others,
            refuses_null,
            on_mismatch,
            json_name: name,
            field,
            ty,
            docs,
            default,
            location,
        }
    }

    /// Returns the `default` of the property `name`; `value` is the node of the property, and `places` are the
    /// locations of its schemas. `None` if the settings do not ask for accessors of defaults, if there is no `default`,
    /// or if the schema does not accept it, which is noted.
    fn find_property_default(&mut self, value: &Node, places: &[Location], name: &str) -> Option<Value> {
        let checker = self.default_checker.as_mut()?;
        let places = places.iter().chain(value.parts.iter().map(|part| &part.location));
        let resolved = self.schemas.resolved;
        let (location, default) = places.into_iter().find_map(|location| {
            Some((location.child("default"), resolved.find_schema(location)?.get("default")?.clone()))
        })?;
        if checker.node_accepts_value(value, &default) {
            return Some(default);
        }
        let text = format!("the schema of `{name}` does not accept its default, so there is no accessor for it");
        self.notes.refused_defaults.insert(location, text);
        None
    }

    /// Builds the map for the properties whose names match a pattern, with a field name that is free in
    /// `fields`.
    fn build_pattern_field(
        &mut self,
        node: &Node,
        owner: &str,
        outline: PatternOutline,
        fields: &mut TakenNames,
    ) -> PatternField {
        let PatternOutline { pattern, program, node: value, places } = outline;
        let word = names::extract_pattern_words(&pattern);
        let owner = naming::find_type_name_prefix(self.schemas.names, &node.origin, owner, &places);
        let ty = self.make_type(&value, &names::join_type_names(&owner, &names::make_type_name(&word)));
        let field = fields.take_unique_name(&names::make_field_name(&word));
        let location = places.first().unwrap_or(&node.origin).clone();
        PatternField { pattern, program, field, ty, location }
    }

    /// Returns what the struct called `owner` does with additional properties: keep them in a field named
    /// `extra` (or `extra2`, … if that is taken in `fields`), or reject them.
    fn build_extra_field(
        &mut self,
        node: &Node,
        owner: &str,
        additional: AdditionalOutline,
        fields: &mut TakenNames,
    ) -> AdditionalProperties {
        let (values, places) = match additional {
            AdditionalOutline::None => return AdditionalProperties::Closed,
            AdditionalOutline::Any => return self.build_open_extra_field(fields),
            AdditionalOutline::Of(values, places) => (values, places),
        };
        let owner = naming::find_type_name_prefix(self.schemas.names, &node.origin, owner, &places);
        match self.make_type(&values, &names::join_type_names(&owner, "Extra")) {
            Type::Any => self.build_open_extra_field(fields),
            ty => AdditionalProperties::Typed { field: fields.take_unique_name("extra"), ty },
        }
    }

    /// Returns what a struct does with additional properties that may have any values; the field that keeps them has a
    /// name that is free in `fields`.
    fn build_open_extra_field(&self, fields: &mut TakenNames) -> AdditionalProperties {
        match self.schemas.settings.unknown_fields {
            UnknownFields::Keep => AdditionalProperties::Open { field: fields.take_unique_name("extra") },
            UnknownFields::Ignore => AdditionalProperties::Ignored,
            UnknownFields::Error => AdditionalProperties::Closed,
        }
    }

    /// Builds the tuple of an array whose first items have schemas of their own. The names of types
    /// inside it begin with `name`, as in `PairFirst`.
    pub(super) fn build_tuple(&mut self, outline: TupleOutline, name: &str) -> Tuple {
        let items = outline.items.into_iter().enumerate().map(|(index, (node, required))| TupleItem {
            ty: self.make_type(&node, &names::join_type_names(name, &make_tuple_item_word(index))),
            required,
        });
        let items = items.collect();
        let rest = match outline.rest {
            TupleRest::None => None,
            TupleRest::Any => Some(Type::Any),
            TupleRest::Of(node) => Some(self.make_type(&node, &names::join_type_names(name, "Item"))),
        };
        Tuple { items, rest }
    }

    /// Builds the enum of the values that a schema lists. If lines of the schema's description are about
    /// single values, these document the variants, and the description of definition `id` is replaced by
    /// the text without them.
    pub(super) fn build_enum(&mut self, node: &Node, outline: EnumOutline, id: DefinitionId) -> Enum {
        if let Some(description) = outline.description {
            self.definitions[id.0].docs.description = Some(description).filter(|text| !text.is_empty());
        }
        let mut taken = TakenNames::default();
        let names = match outline.names {
            Some(given) => given.iter().map(|name| taken.take_unique_name(name)).collect(),
            None => {
                let texts = outline.values.iter().map(|(value, docs)| value_names::find_variant_text(value, docs));
                taken.take_distinct_names(&texts.collect::<Vec<_>>(), value_names::make_variant_name)
            }
        };
        let values = outline.values.into_iter().zip(names);
        let values = values.map(|((value, docs), variant)| EnumValue { variant, value, docs }).collect();
        let is_closed = self.schemas.settings.closes_variants() && !outline.open;
        let unknown = (!is_closed).then(|| taken.take_unique_name("Unknown"));
        self.notes.note_changed_names(&node.origin, "variant", taken.drain_changed_names());
        Enum { values, unknown, open: outline.open }
    }

    /// Builds the union of `members`; members with the same Rust type share one variant. If all have the
    /// same Rust type, returns an alias of that type instead, except where the members are distinguished
    /// by JSON type.
    pub(super) fn build_union(&mut self, node: &Node, members: &UnionMembers, name: &str) -> Shape {
        let (outlines, tag) = outline_variants(&self.schemas, node, members);
        let mut taken = TakenNames::default();
        let mut variants: Vec<Variant> = Vec::new();
        let mut by_type: HashMap<Type, usize> = HashMap::new();
        for outline in outlines {
            // The name is taken only if the member turns out to be a variant of its own.
            let own_name = names::join_type_names(name, &taken.find_free_name(&outline.name));
            let ty = self.make_type(&outline.node, &own_name);
            let is_chosen_by_type = members.by_type.is_some();
            let compiler = self.assertions.as_mut().filter(|_| !is_chosen_by_type);
            let tests: Vec<AssertionListId> = compiler
                .map(|compiler| compiler.make_full_assertion_list(&outline.node, &own_name))
                .into_iter()
                .collect();
            if let Some(same) = by_type.get(&ty).and_then(|same| variants.get_mut(*same)) {
                same.types = same.types.unite(outline.types);
                same.tags.extend(outline.tags);
                same.tests.extend(tests);
                continue;
            }
            by_type.insert(ty.clone(), variants.len());
            variants.push(Variant {
                name: taken.take_unique_name(&outline.name),
                ty,
                types: outline.types,
                tags: outline.tags,
                tests,
                required: outline.required,
                docs: outline.docs,
            });
        }
        if let ([only], None) = (variants.as_slice(), members.by_type) {
            return Shape::Alias(only.ty.clone());
        }
        if variants.iter().any(|variant| variant.ty == Type::Any) {
            self.notes.note_widened_schema(&node.origin, "a member of the union accepts any value");
        }
        let fallback = match members.by_type {
            Some(OtherJsonTypes::Accepted) => UnionFallback::Other(taken.take_unique_name("Other")),
            Some(OtherJsonTypes::Rejected) => UnionFallback::Reject,
            None if self.schemas.settings.closes_variants() => UnionFallback::Reject,
            None => UnionFallback::Unknown(taken.take_unique_name("Unknown")),
        };
        self.notes.note_changed_names(&node.origin, "variant", taken.drain_changed_names());
        Shape::Union(Union { variants, tag, by_type: members.by_type.is_some(), fallback })
    }
}

/// Returns a word for the tuple item at `index`, counted from 0: 0 becomes `First`, 7 becomes `Eighth`,
/// and 8 becomes `Item9`.
fn make_tuple_item_word(index: usize) -> String {
    const WORDS: &[&str] = &["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth"];
    WORDS.get(index).map_or_else(|| format!("Item{}", index + 1), |word| (*word).to_owned())
}

impl Docs {
    /// Returns the documentation with each missing part (title, description, default, examples) taken from
    /// `other`; deprecated if either is.
    pub(super) fn fill_missing_from(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            description: self.description.or(other.description),
            default: self.default.or(other.default),
            examples: if self.examples.is_empty() { other.examples } else { self.examples },
            deprecated: self.deprecated || other.deprecated,
        }
    }
}
