//! What people would call a variant of a union: after the type that it refers to, its title, its
//! tag, its JSON type, or what is in it.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::normalize::definition::TypeSet;
use crate::normalize::node::{self, Node};
use crate::normalize::rules::member::{Member, count};
use crate::normalize::rules::tag;
use crate::normalize::schemas::Schemas;
use crate::normalize::schemas::canonical;
use crate::normalize::value_names::number_name;
use crate::normalize::{describe, names};
use crate::place::Place;

/// How many values of a tag make a name.
const TAGS: usize = 3;

/// The members of a union, and what they have in common, counted once.
pub(super) struct VariantNamer<'a> {
    members: &'a [Member<'a>],
    tag: Option<&'a tag::Found>,
    /// Where the union stands.
    union: &'a Place,
    /// How many members can be of each JSON type.
    types: HashMap<TypeSet, usize>,
    /// How many members stand at one place.
    origins: HashMap<&'a Place, usize>,
    /// How many members have a property of a name.
    properties: HashMap<&'a str, usize>,
    /// How many members may have a property that they do not list.
    unlisting: usize,
    /// The members that have a value of the tag.
    tags: HashMap<String, Vec<usize>>,
    /// The types that each member gives a property, once they have been asked for.
    property_types: RefCell<HashMap<&'a str, Vec<TypeSet>>>,
}

impl<'a> VariantNamer<'a> {
    pub(super) fn new(members: &'a [Member<'a>], tag: Option<&'a tag::Found>, union: &'a Place) -> Self {
        let mut namer = Self {
            members,
            tag,
            union,
            types: HashMap::new(),
            origins: HashMap::new(),
            properties: HashMap::new(),
            unlisting: members.iter().filter(|member| member.listing.is_loose()).count(),
            tags: HashMap::new(),
            property_types: RefCell::default(),
        };
        for (index, member) in members.iter().enumerate() {
            count(&mut namer.types, member.types.each());
            count(&mut namer.origins, [&member.node.origin]);
            count(&mut namer.properties, member.listing.names().iter().copied());
            for value in tag.and_then(|found| found.values.get(index)).into_iter().flatten() {
                namer.tags.entry(canonical(value)).or_default().push(index);
            }
        }
        namer
    }

    /// The name of the member with a number.
    pub(super) fn name(&self, schemas: &Schemas<'_>, index: usize) -> String {
        let Some(member) = self.members.get(index) else { return String::new() };
        referred(schemas, &member.node)
            .or_else(|| self.titled(schemas, &member.node))
            .or_else(|| self.tagged(index))
            .or_else(|| self.is_alone(member).then(|| type_word(schemas, member)))
            .or_else(|| (member.types == TypeSet::ARRAY).then(|| list_word(schemas, &member.node)))
            .or_else(|| own_property(member, &self.properties))
            .or_else(|| self.is_untold(member).then(|| "Other".to_owned()))
            .or_else(|| self.property_type(schemas, index))
            .or_else(|| member.names().next().map(names::type_name))
            .unwrap_or_else(|| type_word(schemas, member))
    }

    /// Whether no other member can be of one of its types.
    fn is_alone(&self, member: &Member<'_>) -> bool {
        let of = |single| {
            self.types.iter().filter(|(types, _)| types.has(single)).map(|(_, members)| members).sum::<usize>()
        };
        member.types != TypeSet::NONE && member.types.each().all(|single| of(single) == 1)
    }

    /// The title, unless it is that of the union, or of several members that stand at one place.
    fn titled(&self, schemas: &Schemas<'_>, member: &Node) -> Option<String> {
        let is_shared =
            self.origins.get(&member.origin).is_some_and(|alike| *alike > 1) || member.origin == *self.union;
        let title = describe::docs(schemas.bundle, &member.origin).title?;
        (!is_shared && names::is_name(&title)).then(|| names::type_name(&title))
    }

    /// The values of its tag in words; where other members have one of them too, with the property
    /// that is this one's.
    fn tagged(&self, index: usize) -> Option<String> {
        let found = self.tag?;
        let values = found.values.get(index)?;
        let words = tag_words(&found.tag.property, values)?;
        let sharing = values.iter().filter_map(|value| self.tags.get(&canonical(value))).flatten();
        let sharing: BTreeSet<usize> = sharing.copied().collect();
        if sharing.len() < 2 {
            return Some(words);
        }
        let mut properties = HashMap::new();
        for member in sharing.iter().filter_map(|other| self.members.get(*other)) {
            count(&mut properties, member.listing.names().iter().copied());
        }
        Some(words + &own_property(self.members.get(index)?, &properties).unwrap_or_default())
    }

    /// Whether others have values of a property that this member lists too, without a value of its own.
    fn is_untold(&self, member: &Member<'_>) -> bool {
        self.tag.is_some_and(|found| !member.listing.places_of(&found.tag.property).is_empty())
    }

    /// The first property whose JSON type only this member gives it, with that type: `ValueText`.
    fn property_type(&self, schemas: &Schemas<'_>, index: usize) -> Option<String> {
        let said =
            |name: &&str| self.properties.get(name).is_some_and(|count| count + self.unlisting >= self.members.len());
        self.members.get(index)?.names().filter(said).find_map(|name| {
            let mut known = self.property_types.borrow_mut();
            let types = known.entry(name).or_insert_with(|| {
                let member = |member: &Member<'_>| {
                    let node = Node::of(schemas.bundle, &member.listing.places_of(name));
                    node.map_or(TypeSet::ALL, |node| schemas.types(&node))
                };
                self.members.iter().map(member).collect()
            });
            let own = *types.get(index)?;
            let mut others = types.iter().enumerate().filter(|(other, _)| *other != index);
            let is_own = own.each().count() == 1 && !others.any(|(_, types)| types.has(own));
            is_own.then(|| names::type_name(&format!("{name} {}", word(own))))
        })
    }
}

fn referred(schemas: &Schemas<'_>, member: &Node) -> Option<String> {
    let place = node::target(schemas.bundle, &member.origin)?;
    schemas.names.get(place).cloned()
}

/// The first property that a member has and no other one, required ones before others; `members` is
/// how many have a property.
fn own_property(member: &Member<'_>, members: &HashMap<&str, usize>) -> Option<String> {
    member.names().find(|name| members.get(name) == Some(&1)).map(names::type_name)
}

/// `kind: circle` is `Circle`, `version: 2` is `Version2`, `ok: false` is `NotOk`.
fn tag_words(property: &str, tags: &[Value]) -> Option<String> {
    match tags {
        [Value::Bool(true)] => Some(names::type_name(property)),
        [Value::Bool(false)] => Some(names::type_name(&format!("not {property}"))),
        [Value::Number(value)] => {
            let number = number_name(&value.to_string());
            Some(format!("{}{}", names::type_name(property), number.trim_start_matches('N')))
        }
        tags if tags.len() <= TAGS => {
            let texts: Option<Vec<&str>> = tags.iter().map(Value::as_str).collect();
            texts.filter(|texts| !texts.is_empty()).map(|texts| names::type_name(&texts.join(" or ")))
        }
        _ => None,
    }
}

/// A list among others: `Texts`, or `FilterList` for a list of `Filter`.
fn list_word(schemas: &Schemas<'_>, member: &Node) -> String {
    let items = member.keywords(schemas.bundle).find_map(|keywords| keywords.items());
    let items = items.map(|place| Node::at(schemas.bundle, &place));
    match items.as_ref().map(|items| (referred(schemas, items), schemas.types(items))) {
        Some((Some(name), _)) => format!("{name}List"),
        Some((None, types)) if types.each().count() == 1 => format!("{}s", word(types)),
        _ => "List".to_owned(),
    }
}

fn type_word(schemas: &Schemas<'_>, member: &Member<'_>) -> String {
    let types = member.types;
    let is_map = types == TypeSet::OBJECT && member.listing.names().is_empty();
    let holds = |place: Place| !schemas.is_anything(&place) && !schemas.is_nothing(&place);
    let mut rest = member.node.keywords(schemas.bundle).filter_map(|keywords| keywords.additional_properties());
    if is_map && rest.any(holds) { "Map".to_owned() } else { word(types).to_owned() }
}

fn word(types: TypeSet) -> &'static str {
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
