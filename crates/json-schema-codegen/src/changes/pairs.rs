//! Finds the definition in the new version that corresponds to each definition in the old version.

use std::collections::BTreeMap;

use crate::changes::similarity;
use crate::changes::view_pairs::ViewPairs;
use crate::changes::wire;
use crate::generate::Generated;
use crate::normalize::{Definition, DefinitionId, Definitions, Property, Shape, Struct, Type};

/// Both versions, with the pairs of definitions that correspond to each other.
pub(crate) struct DefinitionPairs<'a> {
    pub(crate) old: &'a Generated,
    pub(crate) new: &'a Generated,
    /// The definitions that correspond to each other, as (old, new), in the order of the new version.
    pub(crate) matched: Vec<(DefinitionId, DefinitionId)>,
    /// The old definitions that correspond to no new definition: the removed types.
    pub(crate) only_old: Vec<DefinitionId>,
    /// The new definitions that correspond to no old definition: the added types.
    pub(crate) only_new: Vec<DefinitionId>,
    /// The pairs of views, and of places of views.
    pub(crate) views: ViewPairs<'a>,
    /// The pairs of `matched` as a map from the old definition to the new one.
    new_id_by_old: BTreeMap<DefinitionId, DefinitionId>,
}

impl<'a> DefinitionPairs<'a> {
    /// Pairs the definitions of the two versions. First those with one Rust name are paired; of the rest, those at one
    /// location (document and pointer); of the rest, those that are similar and that paired definitions use in one
    /// place, such as a property; of the rest, those that have similar shapes and provably read each other's instances,
    /// such as a type that was renamed and moved.
    pub(crate) fn match_definitions(old: &'a Generated, new: &'a Generated) -> Self {
        let mut pairs = Self {
            old,
            new,
            matched: Vec::new(),
            only_old: list_definition_ids(old.definitions()).collect(),
            only_new: list_definition_ids(new.definitions()).collect(),
            views: ViewPairs::new(old, new),
            new_id_by_old: BTreeMap::new(),
        };
        let by_name = |(old_id, new_id): (DefinitionId, DefinitionId)| {
            old.definitions().name(old_id) == new.definitions().name(new_id)
        };
        let location = |generated: &Generated, id| {
            let location = &generated.definitions().get(id)?.location;
            Some((generated.resolved().document_name(location).to_owned(), location.pointer().to_owned()))
        };
        let by_location =
            |(old_id, new_id): (DefinitionId, DefinitionId)| location(old, old_id) == location(new, new_id);
        let by_wire = |(old_id, new_id): (DefinitionId, DefinitionId)| {
            let shape = |definitions: &'a Definitions, id| definitions.get(id).map(|definition| &definition.shape);
            shape(old.definitions(), old_id)
                .zip(shape(new.definitions(), new_id))
                .is_some_and(|(old, new)| similarity::has_same_content(old, new))
                && wire::proves_mutual_reading((old.definitions(), old_id), (new.definitions(), new_id))
        };
        pairs.match_remaining_by(by_name);
        pairs.match_remaining_by(by_location);
        pairs.match_remaining_by_use();
        pairs.match_remaining_by(by_wire);
        pairs.match_remaining_by_use();
        pairs.matched.sort_by_key(|(_, new)| *new);
        pairs
    }

    /// Pairs each definition of `only_old` with the first definition of `only_new` for which `is_match((old, new))`
    /// returns true, and moves both to `matched`.
    fn match_remaining_by(&mut self, is_match: impl Fn((DefinitionId, DefinitionId)) -> bool) {
        for old_id in std::mem::take(&mut self.only_old) {
            match self.only_new.iter().position(|new_id| is_match((old_id, *new_id))) {
                Some(index) => {
                    let new_id = self.only_new.remove(index);
                    self.new_id_by_old.insert(old_id, new_id);
                    self.matched.push((old_id, new_id));
                }
                None => self.only_old.push(old_id),
            }
        }
    }

    /// Pairs definitions of `only_old` and `only_new` that are similar and that paired definitions use in one place,
    /// and moves both to `matched`. Repeats this for the definitions that the new pairs use, until there are no new
    /// pairs.
    fn match_remaining_by_use(&mut self) {
        let mut index = 0;
        while let Some((old_id, new_id)) = self.matched.get(index).copied() {
            index += 1;
            let (Some(old), Some(new)) = (self.old_definition(old_id), self.new_definition(new_id)) else { continue };
            for (old_type, new_type) in similarity::pair_types_by_place(&old.shape, &new.shape) {
                let Some((old_id, new_id)) = find_corresponding_definitions(old_type, new_type) else { continue };
                let (Some(old), Some(new)) = (self.old_definition(old_id), self.new_definition(new_id)) else {
                    continue;
                };
                let is_free = self.only_old.contains(&old_id) && self.only_new.contains(&new_id);
                if is_free && similarity::has_similar_content(&old.shape, &new.shape) {
                    self.only_old.retain(|id| *id != old_id);
                    self.only_new.retain(|id| *id != new_id);
                    self.new_id_by_old.insert(old_id, new_id);
                    self.matched.push((old_id, new_id));
                }
            }
        }
    }

    /// Returns the definition with this id in the old version; an id of the new version means another definition here.
    pub(crate) fn old_definition(&self, id: DefinitionId) -> Option<&'a Definition> {
        self.old.definitions().get(id)
    }

    /// Returns the definition with this id in the new version; an id of the old version means another definition here.
    pub(crate) fn new_definition(&self, id: DefinitionId) -> Option<&'a Definition> {
        self.new.definitions().get(id)
    }

    /// Returns the pairs of corresponding definitions.
    pub(crate) fn definition_pairs(&self) -> impl Iterator<Item = VersionPair<'a, Definition>> + '_ {
        self.matched.iter().filter_map(|(old_id, new_id)| {
            let (old, new) = (self.old_definition(*old_id)?, self.new_definition(*new_id)?);
            Some(VersionPair { ids: (*old_id, *new_id), name: &new.name, old, new })
        })
    }

    /// Returns the pairs of corresponding definitions that are structs in both versions.
    pub(crate) fn struct_pairs(&self) -> impl Iterator<Item = VersionPair<'a, Struct>> + '_ {
        self.definition_pairs().filter_map(|pair| match (&pair.old.shape, &pair.new.shape) {
            (Shape::Struct(old), Shape::Struct(new)) => Some(VersionPair { ids: pair.ids, name: pair.name, old, new }),
            _ => None,
        })
    }

    /// Returns the properties that both structs define under one JSON name, as (old, new), in the old order.
    pub(crate) fn pair_shared_properties(pair: &VersionPair<'a, Struct>) -> Vec<(&'a Property, &'a Property)> {
        let new: BTreeMap<&str, &Property> =
            pair.new.properties.iter().map(|property| (property.json_name.as_str(), property)).collect();
        let old = pair.old.properties.iter();
        old.filter_map(|property| Some((property, *new.get(property.json_name.as_str())?))).collect()
    }

    /// Returns the new Rust names of renamed types and views by the old names.
    pub(crate) fn collect_renamed_types(&self) -> BTreeMap<String, String> {
        let names = self.definition_pairs().map(|pair| (pair.old.name.clone(), pair.new.name.clone()));
        names.filter(|(old, new)| old != new).chain(self.views.list_renamed_views()).collect()
    }

    /// Checks whether a type of the old version and one of the new version are the same, looking through aliases. Two
    /// named types are the same if their definitions correspond, even if the definitions changed inside.
    pub(crate) fn is_same_type(&self, old: &Type, new: &Type) -> bool {
        let (old, new) = (resolve_aliases(self.old.definitions(), old), resolve_aliases(self.new.definitions(), new));
        match (old, new) {
            (Type::Array(old), Type::Array(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new)) => self.is_same_type(old, new),
            (Type::Named(old), Type::Named(new)) | (Type::Boxed(old), Type::Boxed(new)) => {
                self.new_id_by_old.get(old) == Some(new)
            }
            (old, new) => old == new,
        }
    }
}

/// An item of the old version and the corresponding item of the new version: two definitions, or two structs.
pub(crate) struct VersionPair<'a, T> {
    /// The definitions to which the items belong, as (old, new).
    pub(crate) ids: (DefinitionId, DefinitionId),
    /// The Rust name of the definition in the new version.
    pub(crate) name: &'a str,
    pub(crate) old: &'a T,
    pub(crate) new: &'a T,
}

/// Returns the ids of all definitions of one version.
fn list_definition_ids(definitions: &Definitions) -> impl Iterator<Item = DefinitionId> {
    (0..definitions.all.len()).map(DefinitionId)
}

/// Returns the definitions that the two types refer to, as (old, new), if both are inside equal lists and maps:
/// `Vec<A>` and `Vec<B>` give `A` and `B`. Whether a type is nullable does not matter. `None` if the types differ in
/// another way or refer to no definition.
fn find_corresponding_definitions(old: &Type, new: &Type) -> Option<(DefinitionId, DefinitionId)> {
    match (old, new) {
        (Type::Array(old), Type::Array(new)) | (Type::Map(old), Type::Map(new)) => {
            find_corresponding_definitions(old, new)
        }
        (Type::Nullable(old), new) => find_corresponding_definitions(old, new),
        (old, Type::Nullable(new)) => find_corresponding_definitions(old, new),
        (Type::Named(old) | Type::Boxed(old), Type::Named(new) | Type::Boxed(new)) => Some((*old, *new)),
        _ => None,
    }
}

/// Returns the type that `ty` stands for after all aliases are followed; `ty` itself if it is not an alias. For aliases
/// that refer to each other in a circle, returns one of them.
pub(crate) fn resolve_aliases<'a>(definitions: &'a Definitions, ty: &'a Type) -> &'a Type {
    let mut ty = ty;
    for _ in 0..=definitions.all.len() {
        match ty {
            Type::Named(id) => match definitions.get(*id).map(|definition| &definition.shape) {
                Some(Shape::Alias(next)) => ty = next,
                _ => return ty,
            },
            _ => return ty,
        }
    }
    ty
}
