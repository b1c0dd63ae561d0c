//! Finds the tag of a union: the property whose value decides the member.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::normalize::definition::{TagKind, TypeSet, UnionTag};
use crate::normalize::node;
use crate::normalize::outline::UnionMembers;
use crate::normalize::rules::member::{MemberFacts, TagValueCounts};
use crate::normalize::schemas::RuleInput;

/// The tag of a union, and its values for each member.
pub(crate) struct TagOutline {
    pub(crate) tag: UnionTag,
    /// By the index of the member: the values of the tag that select it; empty for a member without such values.
    pub(crate) values: Vec<Vec<Value>>,
}

/// Returns the tag of a union with at least two object members. The property that `discriminator` names
/// comes first, then a property for which each object member allows values that no other allows, then a property for
/// which some do. `None` if there is no such property, or if the members are distinguished by JSON type.
pub(super) fn find_tag(
    schemas: &RuleInput<'_>,
    union: &UnionMembers,
    members: &[MemberFacts<'_>],
) -> Option<TagOutline> {
    let objects = members.iter().filter(|member| member.types.overlaps(TypeSet::OBJECT)).count();
    if objects < 2 || union.by_type.is_some() {
        return None;
    }
    if let Some(found) = find_tag_by_discriminator(schemas, union, members, objects) {
        return Some(found);
    }
    let candidates = list_tag_candidates(schemas, members);
    let exclusive = candidates
        .iter()
        .filter(|candidate| candidate.values.len() == objects && candidate.count_exclusive_members() == objects);
    if let Some(candidate) = exclusive.min_by_key(|candidate| Reverse(candidate.requiring)) {
        return Some(candidate.to_tag_outline(TagKind::Exclusive, members.len()));
    }
    let partial =
        candidates.iter().filter(|candidate| candidate.count_exclusive_members() > 0 && candidate.has_single_values());
    partial
        .min_by_key(|candidate| Reverse((candidate.count_exclusive_members(), candidate.requiring)))
        .map(|candidate| candidate.to_tag_outline(TagKind::Partial, members.len()))
}

/// Returns the properties that at least two of `members` may constrain, in the order in which the members define them,
/// with the values that the members allow.
fn list_tag_candidates(schemas: &RuleInput<'_>, members: &[MemberFacts<'_>]) -> Vec<TagCandidate> {
    let mut names = Vec::new();
    let mut members_by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, member) in members.iter().enumerate() {
        for name in member.property_index.defined_names() {
            let indices = members_by_name.entry(name).or_default();
            if indices.is_empty() {
                names.push(name);
            }
            indices.push(index);
        }
    }
    let others: Vec<usize> = (0..members.len()).filter(|index| members[*index].may_constrain_others()).collect();
    let candidate = |name: &str| {
        let candidate_members: BTreeSet<usize> =
            members_by_name.get(name).into_iter().flatten().chain(&others).copied().collect();
        (candidate_members.len() > 1).then(|| TagCandidate::new(schemas, members, candidate_members, name))
    };
    names.into_iter().filter_map(candidate).collect()
}

/// A property that may be the tag of a union, with the values that the members allow for it.
struct TagCandidate {
    property: String,
    /// (index of the member, allowed values) for each member that lists the allowed values of the property.
    values: Vec<(usize, Vec<Value>)>,
    /// The number of members in `values` that require the property.
    requiring: usize,
    value_counts: TagValueCounts,
}

impl TagCandidate {
    /// Creates the candidate `property`, with the values that those of `members` whose indices are `candidate_members`
    /// list for it.
    fn new(
        schemas: &RuleInput<'_>,
        members: &[MemberFacts<'_>],
        candidate_members: impl IntoIterator<Item = usize>,
        property: &str,
    ) -> Self {
        let allowed_scalars = |index: usize| Some((index, members.get(index)?.allowed_scalars(schemas, property)));
        let values = candidate_members.into_iter().filter_map(allowed_scalars).filter(|(_, values)| !values.is_empty());
        let values: Vec<(usize, Vec<Value>)> = values.collect();
        let requires = |(index, _): &&(usize, _)| members[*index].property_index.requires_property(property);
        Self {
            requiring: values.iter().filter(requires).count(),
            value_counts: TagValueCounts::count_members(values.iter().map(|(_, values)| values)),
            property: property.to_owned(),
            values,
        }
    }

    /// Returns the number of members for which no other member allows any of their values.
    fn count_exclusive_members(&self) -> usize {
        self.values.iter().filter(|(_, values)| self.value_counts.are_values_unique(values)).count()
    }

    /// Checks whether no member in `values` allows several values. A list of values (`enum`) may grow, so it makes no
    /// tag where another member allows any value.
    fn has_single_values(&self) -> bool {
        self.values.iter().all(|(_, values)| values.len() < 2)
    }

    /// Returns the tag of the kind `kind`, with its values, for a union of `members` members.
    fn to_tag_outline(&self, kind: TagKind, members: usize) -> TagOutline {
        let mut values = vec![Vec::new(); members];
        self.values.iter().for_each(|(index, own)| values[*index].clone_from(own));
        TagOutline { tag: UnionTag { property: self.property.clone(), kind }, values }
    }
}

/// Returns the tag that the `discriminator` of `union` names. The values of an object member are those that it lists
/// itself, else those that `mapping` assigns to its schema, else the name of its schema. `None` if there is no
/// `discriminator`, or if two members would have a value in common. `objects` is the number of object members.
fn find_tag_by_discriminator(
    schemas: &RuleInput<'_>,
    union: &UnionMembers,
    members: &[MemberFacts<'_>],
    objects: usize,
) -> Option<TagOutline> {
    let location = union.discriminator.as_ref()?;
    let (property, mapping) = schemas.read_keywords(location)?.discriminator()?;
    let candidate = TagCandidate::new(schemas, members, 0..members.len(), property);
    if candidate.values.len() == objects && candidate.count_exclusive_members() == objects {
        return Some(candidate.to_tag_outline(TagKind::Exclusive, members.len()));
    }
    let mapped = group_mapping_by_schema(mapping);
    let mut found = candidate.to_tag_outline(TagKind::Discriminator, members.len());
    for (member, values) in members.iter().zip(&mut found.values) {
        if !member.types.overlaps(TypeSet::OBJECT) || !values.is_empty() {
            continue;
        }
        let target = node::find_alias_target(schemas.resolved, &member.node.origin).unwrap_or(&member.node.origin);
        let name = target.last_step().unwrap_or_default();
        *values = mapped.get(name.as_str()).cloned().unwrap_or_else(|| vec![Value::String(name)]);
    }
    let counts = TagValueCounts::count_members(found.values.iter());
    found.values.iter().all(|values| counts.are_values_unique(values)).then_some(found)
}

/// Returns the values in a discriminator's `mapping` by schema name, which is the last step of the reference:
/// `{"cat": "#/components/schemas/Cat"}` becomes the name `Cat` with the value `cat`.
fn group_mapping_by_schema(mapping: Option<&Map<String, Value>>) -> HashMap<&str, Vec<Value>> {
    let mut values: HashMap<&str, Vec<Value>> = HashMap::new();
    for (value, to) in mapping.into_iter().flatten() {
        let name = to.as_str().and_then(|to| to.rsplit('/').next()).unwrap_or_default();
        values.entry(name).or_default().push(Value::String(value.clone()));
    }
    values
}
