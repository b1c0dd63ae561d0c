//! Finds the view in the new version that corresponds to each view in the old version.

use crate::generate::Generated;
use crate::normalize::{View, ViewPlace};

/// The views of both versions, and the enums of views that the settings ask for.
pub(crate) struct ViewPairs<'a> {
    pub(crate) views: MatchedItems<'a, View>,
    /// The places whose values are read through views.
    pub(crate) places: MatchedItems<'a, ViewPlace>,
}

/// Items of both versions: those that correspond to each other, and the others.
pub(crate) struct MatchedItems<'a, T> {
    /// The (old, new) items that correspond.
    pub(crate) matched: Vec<(&'a T, &'a T)>,
    pub(crate) only_old: Vec<&'a T>,
    pub(crate) only_new: Vec<&'a T>,
}

impl<'a> ViewPairs<'a> {
    /// Pairs views by name, and the rest by location (file and pointer); places by type and property.
    pub(crate) fn new(old: &'a Generated, new: &'a Generated) -> Self {
        let location = |generated: &Generated, view: &View| {
            let file = generated.resolved().document_name(&view.location).to_owned();
            (file, view.location.pointer().to_owned())
        };
        let place = |generated: &Generated, place: &ViewPlace| {
            (generated.definitions().name(place.owner).to_owned(), place.property.clone())
        };
        let (old_views, new_views) = (&old.definitions().views, &new.definitions().views);
        let mut views = MatchedItems::new(&old_views.all, &new_views.all);
        views.match_remaining_by(|old, new| old.name == new.name);
        views.match_remaining_by(|from, to| location(old, from) == location(new, to));
        let mut places = MatchedItems::new(&old_views.places, &new_views.places);
        places.match_remaining_by(|from, to| place(old, from) == place(new, to));
        places.match_remaining_by(|old, new| old.name == new.name);
        Self { views, places }
    }

    /// Returns (old name, new name) of each view and enum of views that has another name in the new version.
    pub(crate) fn list_renamed_views(&self) -> impl Iterator<Item = (String, String)> {
        let views = self.views.matched.iter().map(|(old, new)| (&old.name, &new.name));
        let places = self.places.matched.iter().map(|(old, new)| (&old.name, &new.name));
        views.chain(places).filter(|(old, new)| old != new).map(|(old, new)| (old.clone(), new.clone()))
    }
}

impl<'a, T> MatchedItems<'a, T> {
    /// Creates the items of both versions, of which none correspond yet.
    fn new(old: &'a [T], new: &'a [T]) -> Self {
        Self { matched: Vec::new(), only_old: old.iter().collect(), only_new: new.iter().collect() }
    }

    /// Moves to `matched` each item of `only_old` for which `is_match(old, new)` returns true, with the first such item
    /// of `only_new`.
    fn match_remaining_by(&mut self, is_match: impl Fn(&T, &T) -> bool) {
        for old in std::mem::take(&mut self.only_old) {
            match self.only_new.iter().position(|new| is_match(old, new)) {
                Some(index) => self.matched.push((old, self.only_new.remove(index))),
                None => self.only_old.push(old),
            }
        }
    }
}
