//! Which type of one version is which of the other.

use std::collections::{BTreeMap, BTreeSet};

use crate::changes::wire::Decider;
use crate::generate::Generated;
use crate::normalize::{Definition, DefinitionId, Definitions, Property, Shape, Struct, Type};

/// Both versions, and the types that are the same one.
pub(crate) struct Pairs<'a> {
    pub(crate) old: &'a Generated,
    pub(crate) new: &'a Generated,
    /// The types that both have, in the order of the new ones.
    pub(crate) same: Vec<(DefinitionId, DefinitionId)>,
    pub(crate) removed: Vec<DefinitionId>,
    pub(crate) added: Vec<DefinitionId>,
    new_of: BTreeMap<DefinitionId, DefinitionId>,
    pub(crate) decider: &'a Decider<'a>,
}

impl<'a> Pairs<'a> {
    /// Finds the pairs: by name, then by place, then by what they are on the wire.
    pub(crate) fn new(old: &'a Generated, new: &'a Generated, decider: &'a Decider<'a>) -> Self {
        let mut pairs = Self {
            old,
            new,
            same: Vec::new(),
            removed: ids(old.definitions()).collect(),
            added: ids(new.definitions()).collect(),
            new_of: BTreeMap::new(),
            decider,
        };
        let by_name =
            |(one, other): (DefinitionId, DefinitionId)| old.definitions().name(one) == new.definitions().name(other);
        let standing = |generated: &Generated, id| {
            let place = &generated.definitions().get(id)?.place;
            Some((generated.bundle().document_name(place).to_owned(), place.pointer().to_owned()))
        };
        let by_place = |(one, other): (DefinitionId, DefinitionId)| standing(old, one) == standing(new, other);
        let by_wire = |(one, other): (DefinitionId, DefinitionId)| {
            let of = |definitions: &'a Definitions, id| definitions.get(id).map(|definition| &definition.shape);
            of(old.definitions(), one)
                .zip(of(new.definitions(), other))
                .is_some_and(|(one, other)| is_alike(one, other))
                && decider.is_same(one, other)
        };
        pairs.find(by_name);
        pairs.find(by_place);
        pairs.find(by_wire);
        pairs.same.sort_by_key(|(_, new)| *new);
        pairs
    }

    /// Pairs what is left and is found to be the same.
    fn find(&mut self, is_same: impl Fn((DefinitionId, DefinitionId)) -> bool) {
        for one in std::mem::take(&mut self.removed) {
            match self.added.iter().position(|other| is_same((one, *other))) {
                Some(at) => {
                    let other = self.added.remove(at);
                    self.new_of.insert(one, other);
                    self.same.push((one, other));
                }
                None => self.removed.push(one),
            }
        }
    }

    pub(crate) fn old_one(&self, id: DefinitionId) -> Option<&'a Definition> {
        self.old.definitions().get(id)
    }

    pub(crate) fn new_one(&self, id: DefinitionId) -> Option<&'a Definition> {
        self.new.definitions().get(id)
    }

    /// The definitions of all pairs.
    pub(crate) fn definitions(&self) -> impl Iterator<Item = Pair<'a, Definition>> + '_ {
        self.same.iter().filter_map(|(old, new)| {
            let (one, other) = (self.old_one(*old)?, self.new_one(*new)?);
            Some(Pair { ids: (*old, *new), name: &other.name, old: one, new: other })
        })
    }

    /// The pairs that are objects in both.
    pub(crate) fn structs(&self) -> impl Iterator<Item = Pair<'a, Struct>> + '_ {
        self.definitions().filter_map(|pair| match (&pair.old.shape, &pair.new.shape) {
            (Shape::Struct(old), Shape::Struct(new)) => Some(Pair { ids: pair.ids, name: pair.name, old, new }),
            _ => None,
        })
    }

    /// The properties of a name that both objects have.
    pub(crate) fn properties(pair: &Pair<'a, Struct>) -> Vec<(&'a Property, &'a Property)> {
        let new: BTreeMap<&str, &Property> = pair.new.properties.iter().map(|one| (one.wire.as_str(), one)).collect();
        let old = pair.old.properties.iter();
        old.filter_map(|one| Some((one, *new.get(one.wire.as_str())?))).collect()
    }

    /// The old names of types that have another one now.
    pub(crate) fn renamed(&self) -> BTreeMap<String, String> {
        let names = self.definitions().map(|pair| (pair.old.name.clone(), pair.new.name.clone()));
        names.filter(|(old, new)| old != new).collect()
    }

    /// Whether two types are the same one, through aliases.
    pub(crate) fn is_same_type(&self, old: &Type, new: &Type) -> bool {
        let (old, new) = (resolved(self.old.definitions(), old), resolved(self.new.definitions(), new));
        match (old, new) {
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new)) => self.is_same_type(old, new),
            (Type::Named(old), Type::Named(new)) | (Type::Boxed(old), Type::Boxed(new)) => {
                self.new_of.get(old) == Some(new)
            }
            (old, new) => old == new,
        }
    }
}

/// Two of a type, old and new.
pub(crate) struct Pair<'a, T> {
    pub(crate) ids: (DefinitionId, DefinitionId),
    /// The name of the type now.
    pub(crate) name: &'a str,
    pub(crate) old: &'a T,
    pub(crate) new: &'a T,
}

fn ids(definitions: &Definitions) -> impl Iterator<Item = DefinitionId> {
    (0..definitions.all.len()).map(DefinitionId)
}

/// The type that aliases lead to.
pub(crate) fn resolved<'a>(definitions: &'a Definitions, ty: &'a Type) -> &'a Type {
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

/// Whether two shapes name the same things, so that one may be the other under another name.
fn is_alike(one: &Shape, other: &Shape) -> bool {
    match (one, other) {
        (Shape::Struct(one), Shape::Struct(other)) => {
            let names = |object: &Struct| {
                let all = object.properties.iter().map(|property| (property.wire.clone(), property.required));
                all.collect::<BTreeSet<_>>()
            };
            names(one) == names(other)
        }
        (Shape::Enum(one), Shape::Enum(other)) => {
            let same =
                |(one, other): (&crate::normalize::EnumValue, &crate::normalize::EnumValue)| one.value == other.value;
            one.open == other.open
                && one.values.len() == other.values.len()
                && one.values.iter().zip(&other.values).all(same)
        }
        (Shape::Union(one), Shape::Union(other)) => one.variants.len() == other.variants.len(),
        (Shape::Tuple(one), Shape::Tuple(other)) => one.items.len() == other.items.len(),
        _ => false,
    }
}
