//! Names the variants of a union: after the type that the member refers to, its title, its tag value, its
//! JSON type, or its content.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::node::{self, Node};
use crate::normalize::rules::member::{MemberFacts, increment_counts};
use crate::normalize::rules::tag;
use crate::normalize::schemas::RuleInput;
use crate::normalize::schemas::canonical_text;
use crate::normalize::value_names::make_number_name;
use crate::normalize::{describe, names};
use crate::settings::Style;

/// Most tag values of one member that are joined into its name, such as `CatOrDog`.
const MAX_TAG_VALUES: usize = 3;

/// Names the variants of one union. Counts the members with each JSON type, schema location, property and tag value,
/// since a name that several members would get does not distinguish them.
pub(super) struct VariantNamer<'a> {
    members: &'a [MemberFacts<'a>],
    tag: Option<&'a tag::TagOutline>,
    /// The location of the schema that contains the union.
    union: &'a Location,
    /// By JSON type: the number of members that allow the type.
    types: HashMap<TypeSet, usize>,
    /// By location: the number of members whose origin is the schema there.
    origins: HashMap<&'a Location, usize>,
    /// By JSON name: the number of members that name the property.
    properties: HashMap<&'a str, usize>,
    /// The number of members with patterns, or with `additionalProperties` other than `false`.
    catch_all_members: usize,
    /// By the canonical text of a tag value: the indices of the members that the value selects.
    tags: HashMap<String, Vec<usize>>,
    /// By JSON name of a property: the JSON types that each member allows for it; computed when first needed.
    property_types: RefCell<HashMap<&'a str, Vec<TypeSet>>>,
}

impl<'a> VariantNamer<'a> {
    /// Counts over `members`, all members of the union at the location `union`, whose tag is `tag`.
    pub(super) fn new(members: &'a [MemberFacts<'a>], tag: Option<&'a tag::TagOutline>, union: &'a Location) -> Self {
        let mut namer = Self {
            members,
            tag,
            union,
            types: HashMap::new(),
            origins: HashMap::new(),
            properties: HashMap::new(),
            catch_all_members: members
                .iter()
                .filter(|member| member.property_index.has_schema_for_unnamed_properties())
                .count(),
            tags: HashMap::new(),
            property_types: RefCell::default(),
        };
        for (index, member) in members.iter().enumerate() {
            increment_counts(&mut namer.types, member.types.single_types());
            increment_counts(&mut namer.origins, [&member.node.origin]);
            increment_counts(&mut namer.properties, member.property_index.property_names().iter().copied());
            for value in tag.and_then(|found| found.values.get(index)).into_iter().flatten() {
                namer.tags.entry(canonical_text(value)).or_default().push(index);
            }
        }
        namer
    }

    /// Returns the best variant name for the member at `index`: after a reference, a title, a tag value, a JSON type,
    /// or a property, in this order. Another member may get the same name.
    pub(super) fn choose_variant_name(&self, schemas: &RuleInput<'_>, index: usize) -> String {
        let Some(member) = self.members.get(index) else { return String::new() };
        find_reference_name(schemas, &member.node)
            .or_else(|| self.make_title_name(schemas, &member.node))
            .or_else(|| self.make_tag_name(index))
            .or_else(|| self.has_unique_json_types(member).then(|| member_type_word(schemas, member)))
            .or_else(|| (member.types == TypeSet::ARRAY).then(|| make_list_name(schemas, &member.node)))
            .or_else(|| find_unique_property_name(member, &self.properties))
            .or_else(|| self.lacks_tag_value(member).then(|| "Other".to_owned()))
            .or_else(|| self.make_property_type_name(schemas, index))
            .or_else(|| member.property_names().next().map(names::make_type_name))
            .unwrap_or_else(|| member_type_word(schemas, member))
    }

    /// Checks whether `member` allows some JSON type, and no other member allows any of its JSON types.
    fn has_unique_json_types(&self, member: &MemberFacts<'_>) -> bool {
        let count_of = |single| {
            self.types.iter().filter(|(types, _)| types.overlaps(single)).map(|(_, members)| members).sum::<usize>()
        };
        member.types != TypeSet::NONE && member.types.single_types().all(|single| count_of(single) == 1)
    }

    /// Makes a variant name from the title of the schema of `member`. `None` if it has no title, if the title is not
    /// short, or if the schema is that of the union itself or of several members.
    fn make_title_name(&self, schemas: &RuleInput<'_>, member: &Node) -> Option<String> {
        let is_shared =
            self.origins.get(&member.origin).is_some_and(|alike| *alike > 1) || member.origin == *self.union;
        let title = describe::read_schema_docs(schemas.resolved, &member.origin).title?;
        (!is_shared && names::is_variant_title(&title)).then(|| names::make_type_name(&title))
    }

    /// Makes a variant name from the tag values of the member at `index`, such as `Circle` for `kind: circle`. If
    /// another member has one of the values too, appends the name of a property that only this member has, as in
    /// `CircleRadius`. `None` if the union has no tag, or if [`make_tag_words`] makes no words of the values.
    fn make_tag_name(&self, index: usize) -> Option<String> {
        let found = self.tag?;
        let values = found.values.get(index)?;
        let words = make_tag_words(&found.tag.property, values)?;
        let sharing_members = values.iter().filter_map(|value| self.tags.get(&canonical_text(value))).flatten();
        let sharing_members: BTreeSet<usize> = sharing_members.copied().collect();
        if sharing_members.len() < 2 {
            return Some(words);
        }
        let mut properties = HashMap::new();
        for member in sharing_members.iter().filter_map(|other| self.members.get(*other)) {
            increment_counts(&mut properties, member.property_index.property_names().iter().copied());
        }
        Some(words + &find_unique_property_name(self.members.get(index)?, &properties).unwrap_or_default())
    }

    /// Checks whether the union has a tag, and `member` has a schema for the tag's property. It is asked only for
    /// members without tag values, which become `Other`.
    fn lacks_tag_value(&self, member: &MemberFacts<'_>) -> bool {
        self.tag.is_some_and(|found| !member.property_index.find_property_locations(&found.tag.property).is_empty())
    }

    /// Makes a variant name from the first property for which the member at `index` allows a single JSON type, and no
    /// other member allows this type: `ValueText` if `value` is a string only in this member. Leaves out properties
    /// that some member does not constrain. `None` if no property is left.
    fn make_property_type_name(&self, schemas: &RuleInput<'_>, index: usize) -> Option<String> {
        let is_common = |name: &&str| {
            self.properties.get(name).is_some_and(|count| count + self.catch_all_members >= self.members.len())
        };
        self.members.get(index)?.property_names().filter(is_common).find_map(|name| {
            let mut known = self.property_types.borrow_mut();
            let types = known.entry(name).or_insert_with(|| {
                let member = |member: &MemberFacts<'_>| {
                    let node =
                        Node::from_locations(schemas.resolved, &member.property_index.find_property_locations(name));
                    node.map_or(TypeSet::ALL, |node| schemas.allowed_types(&node))
                };
                self.members.iter().map(member).collect()
            });
            let own = *types.get(index)?;
            let mut others = types.iter().enumerate().filter(|(other, _)| *other != index);
            let is_own = own.single_types().count() == 1 && !others.any(|(_, types)| types.overlaps(own));
            is_own.then(|| names::make_type_name(&format!("{name} {}", json_type_word(own))))
        })
    }
}

/// Returns the type name of the schema that `member` refers to; `None` if `member` does not consist of a reference.
fn find_reference_name(schemas: &RuleInput<'_>, member: &Node) -> Option<String> {
    let location = node::find_alias_target(schemas.resolved, &member.origin)?;
    schemas.names.get(location).cloned()
}

/// Makes a name from the first property of `member` that no other member has; required properties come first. `None` if
/// there is no such property. `members` is, by JSON name, the number of members that have a property.
fn find_unique_property_name(member: &MemberFacts<'_>, members: &HashMap<&str, usize>) -> Option<String> {
    member.property_names().find(|name| members.get(name) == Some(&1)).map(names::make_type_name)
}

/// Makes a name from `tags`, the values of the tag `property`: `Circle` for `kind: circle`, `Version2` for `version:
/// 2`, `NotOk` for `ok: false`, `CatOrDog` for two values. `None` if there is no value, or if there are several that
/// are more than [`MAX_TAG_VALUES`] or not all strings.
fn make_tag_words(property: &str, tags: &[Value]) -> Option<String> {
    match tags {
        [Value::Bool(true)] => Some(names::make_type_name(property)),
        [Value::Bool(false)] => Some(names::make_type_name(&format!("not {property}"))),
        [Value::Number(value)] => {
            let number = make_number_name(&value.to_string());
            Some(format!("{}{}", names::make_type_name(property), number.trim_start_matches('N')))
        }
        tags if tags.len() <= MAX_TAG_VALUES => {
            let texts: Option<Vec<&str>> = tags.iter().map(Value::as_str).collect();
            texts.filter(|texts| !texts.is_empty()).map(|texts| names::make_type_name(&texts.join(" or ")))
        }
        _ => None,
    }
}

/// Makes a name for `member`, which is a list: `FilterList` for items that refer to `Filter`, `Texts` for items of
/// one JSON type, else `List`.
fn make_list_name(schemas: &RuleInput<'_>, member: &Node) -> String {
    let items = member.read_keywords(schemas.resolved).find_map(|keywords| keywords.further_items_schema());
    let items = items.map(|location| Node::from_location(schemas.resolved, &location));
    match items.as_ref().map(|items| (find_reference_name(schemas, items), schemas.allowed_types(items))) {
        Some((Some(name), _)) => names::join_type_names(&name, "List"),
        Some((None, types)) if types.single_types().count() == 1 => format!("{}s", json_type_word(types)),
        _ => "List".to_owned(),
    }
}

/// (JSON type, word in variant names) for the JSON types that have another word in the style of typify.
const TYPIFY_TYPE_WORDS: &[(TypeSet, &str)] =
    &[(TypeSet::BOOLEAN, "Boolean"), (TypeSet::STRING, "String"), (TypeSet::ARRAY, "Array")];

/// Returns the word for the JSON type of `member` in variant names, such as `Text`, or in the style of typify `String`.
/// It is `Map` for an object without named properties whose additional properties have a schema.
fn member_type_word(schemas: &RuleInput<'_>, member: &MemberFacts<'_>) -> String {
    let types = member.types;
    let mut words = TYPIFY_TYPE_WORDS.iter().filter(|_| schemas.settings.style == Style::Typify);
    if let Some((_, word)) = words.find(|(single, _)| *single == types) {
        return (*word).to_owned();
    }
    let is_map = types == TypeSet::OBJECT && member.property_index.property_names().is_empty();
    let holds = |location: Location| !schemas.accepts_anything(&location) && !schemas.accepts_nothing(&location);
    let mut rest =
        member.node.read_keywords(schemas.resolved).filter_map(|keywords| keywords.additional_properties_schema());
    if is_map && rest.any(holds) { "Map".to_owned() } else { json_type_word(types).to_owned() }
}

/// Returns the word for the only JSON type in `types`, such as `Text` for `string`; `Value` for a set of several types.
fn json_type_word(types: TypeSet) -> &'static str {
    match types {
        TypeSet::NULL => "Null",
        TypeSet::BOOLEAN => "Bool",
        TypeSet::INTEGER => "Integer",
        TypeSet::NUMBER => "Number",
        TypeSet::STRING => "Text",
        TypeSet::ARRAY => "List",
        TypeSet::OBJECT => "Object",
        _ => "Value",
    }
}
