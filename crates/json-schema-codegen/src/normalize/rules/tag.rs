//! Finds the property whose value tells the members of a union apart.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::normalize::definition::{Tag, TagKind, TypeSet};
use crate::normalize::node;
use crate::normalize::rules::member::{Member, ValueCounts};
use crate::normalize::rules::members::Members;
use crate::normalize::schemas::Schemas;

/// A tag and the values of it that mean each member; none for a member that has no value of its own.
pub(crate) struct Found {
    pub(crate) tag: Tag,
    pub(crate) values: Vec<Vec<Value>>,
}

/// The tag of a union: a property that each object among the members gives values of its own, the
/// one that `discriminator` names, or one that some of the objects give a value.
pub(super) fn find(schemas: &Schemas<'_>, union: &Members, members: &[Member<'_>]) -> Option<Found> {
    let objects = members.iter().filter(|member| member.types.has(TypeSet::OBJECT)).count();
    if objects < 2 || union.by_type.is_some() {
        return None;
    }
    if let Some(found) = discriminated(schemas, union, members, objects) {
        return Some(found);
    }
    let candidates = candidates(schemas, members);
    let all = candidates.iter().filter(|one| one.values.len() == objects && one.apart() == objects);
    if let Some(candidate) = all.min_by_key(|one| Reverse(one.requiring)) {
        return Some(candidate.found(TagKind::Exclusive, members.len()));
    }
    let some = candidates.iter().filter(|one| one.apart() > 0 && one.values_are_single());
    some.min_by_key(|one| Reverse((one.apart(), one.requiring))).map(|one| one.found(TagKind::Partial, members.len()))
}

/// The properties that several members may give values, in order.
fn candidates(schemas: &Schemas<'_>, members: &[Member<'_>]) -> Vec<Candidate> {
    let mut names = Vec::new();
    let mut listing: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, member) in members.iter().enumerate() {
        for name in member.listing.known() {
            let numbers = listing.entry(name).or_default();
            if numbers.is_empty() {
                names.push(name);
            }
            numbers.push(number);
        }
    }
    let others: Vec<usize> = (0..members.len()).filter(|number| members[*number].says_of_others()).collect();
    let candidate = |name: &str| {
        let concerned: BTreeSet<usize> = listing.get(name).into_iter().flatten().chain(&others).copied().collect();
        (concerned.len() > 1).then(|| Candidate::new(schemas, members, concerned, name))
    };
    names.into_iter().filter_map(candidate).collect()
}

/// A property that may be the tag.
struct Candidate {
    property: String,
    /// The values of the members that give it any, by their numbers.
    values: Vec<(usize, Vec<Value>)>,
    /// How many of those require it.
    requiring: usize,
    value_counts: ValueCounts,
}

impl Candidate {
    fn new(
        schemas: &Schemas<'_>,
        members: &[Member<'_>],
        concerned: impl IntoIterator<Item = usize>,
        property: &str,
    ) -> Self {
        let fixed = |number: usize| Some((number, members.get(number)?.fixed(schemas, property)));
        let values = concerned.into_iter().filter_map(fixed).filter(|(_, values)| !values.is_empty());
        let values: Vec<(usize, Vec<Value>)> = values.collect();
        let requires = |(number, _): &&(usize, _)| members[*number].listing.requires(property);
        Self {
            requiring: values.iter().filter(requires).count(),
            value_counts: ValueCounts::of(values.iter().map(|(_, values)| values)),
            property: property.to_owned(),
            values,
        }
    }

    /// How many members have values that no other one has.
    fn apart(&self) -> usize {
        self.values.iter().filter(|(_, values)| self.value_counts.is_own(values)).count()
    }

    /// A property with a list of values may get new ones, and is no tag where another member lacks it.
    fn values_are_single(&self) -> bool {
        self.values.iter().all(|(_, values)| values.len() < 2)
    }

    fn found(&self, kind: TagKind, members: usize) -> Found {
        let mut values = vec![Vec::new(); members];
        self.values.iter().for_each(|(number, own)| values[*number].clone_from(own));
        Found { tag: Tag { property: self.property.clone(), kind }, values }
    }
}

/// The tag that `discriminator` names. The values of a member are those that it allows itself, else
/// those that are mapped to it, else its name.
fn discriminated(schemas: &Schemas<'_>, union: &Members, members: &[Member<'_>], objects: usize) -> Option<Found> {
    let place = union.discriminator.as_ref()?;
    let (property, mapping) = schemas.keywords(place)?.discriminator()?;
    let candidate = Candidate::new(schemas, members, 0..members.len(), property);
    if candidate.values.len() == objects && candidate.apart() == objects {
        return Some(candidate.found(TagKind::Exclusive, members.len()));
    }
    let mapped = mapped(mapping);
    let mut found = candidate.found(TagKind::Discriminator, members.len());
    for (member, values) in members.iter().zip(&mut found.values) {
        if !member.types.has(TypeSet::OBJECT) || !values.is_empty() {
            continue;
        }
        let target = node::target(schemas.bundle, &member.node.origin).unwrap_or(&member.node.origin);
        let name = target.last_step().unwrap_or_default();
        *values = mapped.get(name.as_str()).cloned().unwrap_or_else(|| vec![Value::String(name)]);
    }
    let shared = ValueCounts::of(found.values.iter());
    found.values.iter().all(|values| shared.is_own(values)).then_some(found)
}

/// The values of a `mapping` by the name of the schema that they are mapped to: a name, or the end
/// of a reference.
fn mapped(mapping: Option<&Map<String, Value>>) -> HashMap<&str, Vec<Value>> {
    let mut values: HashMap<&str, Vec<Value>> = HashMap::new();
    for (value, to) in mapping.into_iter().flatten() {
        let name = to.as_str().and_then(|to| to.rsplit('/').next()).unwrap_or_default();
        values.entry(name).or_default().push(Value::String(value.clone()));
    }
    values
}
