//! Finds enums that several schemas of views repeat, such as the states of an order, so that views of different
//! documents return values of one Rust type.

use std::collections::{BTreeMap, HashMap};

use crate::location::Location;
use crate::normalize::definition::{Definition, DefinitionId, Enum, Shape};
use crate::normalize::names;
use crate::normalize::taken_names::TakenNames;

/// The enums that several schemas repeat: one of them takes the place of all.
pub(super) struct RepeatedEnums {
    /// By definition of a repeated enum: the definition that takes its place, which may be the same one.
    pub(super) first: HashMap<DefinitionId, DefinitionId>,
    /// The new names of the definitions that take the place of others, except those that keep their names.
    pub(super) names: HashMap<DefinitionId, String>,
}

/// Enums by (JSON name of the property that has the enum, sorted values of the enum).
type EnumsByValues<'a> = BTreeMap<(String, &'a [&'a str]), Vec<(DefinitionId, &'a Definition)>>;

/// Finds groups of enums in `source` that list the same values for properties of the same name, and that have no name
/// in `type_names`, the names from the schemas. In each group, the first enum takes the place of all. It is named after
/// the property, unless that name is taken: `roomType` of two objects becomes one `RoomType`, not `MessageRoomType` and
/// `RoomRoomType`. If another enum has this name and these values, that enum takes the place of all instead.
pub(super) fn find_repeated_enums(
    source: &[Definition],
    type_names: &HashMap<Location, String>,
    taken: &mut TakenNames,
) -> RepeatedEnums {
    let enums = source.iter().enumerate().filter_map(|(index, definition)| match &definition.shape {
        Shape::Enum(listed) if listed.has_only_strings() => {
            Some((DefinitionId(index), definition, sort_values(listed)))
        }
        _ => None,
    });
    let enums: Vec<(DefinitionId, &Definition, Vec<&str>)> = enums.collect();
    let mut groups: EnumsByValues<'_> = BTreeMap::new();
    for (id, definition, values) in &enums {
        let property =
            find_property_name(&definition.location).filter(|_| !type_names.contains_key(&definition.location));
        if let Some(property) = property {
            groups.entry((property, values)).or_default().push((*id, definition));
        }
    }
    let mut same = RepeatedEnums { first: HashMap::new(), names: HashMap::new() };
    for ((property, values), mut members) in groups.into_iter().filter(|(_, members)| members.len() > 1) {
        members.sort_by_key(|(_, definition)| &definition.location);
        let wanted = names::make_type_name(&property);
        let named = enums.iter().find(|(_, other, listed)| other.name == wanted && listed == values);
        let Some(first) = named.map(|(id, ..)| *id).or_else(|| members.first().map(|(id, _)| *id)) else { continue };
        if named.is_none() && !taken.is_taken(&wanted) {
            taken.mark_taken(&wanted);
            same.names.insert(first, wanted);
        }
        same.first.extend(members.into_iter().map(|(id, _)| (id, first)));
    }
    same
}

/// Returns the values of `listed`, an enum of strings, sorted.
fn sort_values(listed: &Enum) -> Vec<&str> {
    let mut values: Vec<&str> = listed.values.iter().filter_map(|value| value.value.as_str()).collect();
    values.sort_unstable();
    values
}

/// Returns the name of the property whose schema is at `location`, or whose items are: `state` for
/// `/properties/state/items`. `None` for any other location.
fn find_property_name(location: &Location) -> Option<String> {
    let mut at = location.clone();
    while at.last_step().as_deref() == Some("items") {
        at = at.parent()?;
    }
    let is_property = at.parent()?.last_step().as_deref() == Some("properties");
    at.last_step().filter(|_| is_property)
}
