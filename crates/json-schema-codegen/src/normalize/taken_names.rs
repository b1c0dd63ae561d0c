//! Keeps the names of one scope different from each other, such as the fields of a struct.

use std::collections::{HashMap, HashSet};

use crate::normalize::names::{join_type_names, replace_symbols_by_words};

/// A scope in which each name can be given once, such as the fields of a struct, with the names that are taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct TakenNames {
    names: HashSet<String>,
    /// By name without `_` at its end: the number to try next if the name is taken. A name that has not needed a number
    /// is missing.
    next: HashMap<String, usize>,
    /// The names that had to change since the last call of [`TakenNames::drain_changed_names`].
    changed: Vec<ChangedName>,
    /// The word that is appended to a taken name before a number is tried, such as `View`; empty for none.
    suffix: &'static str,
}

/// A name that differs from the wanted one, because the wanted one was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ChangedName {
    /// The text that the name was made from, such as the name of a property.
    pub(crate) text: String,
    /// The wanted name, which was taken.
    pub(crate) wanted: String,
    /// The name that was given instead.
    pub(crate) name: String,
}

impl TakenNames {
    /// Creates a scope in which `names` are taken.
    pub(crate) fn from_names(names: &[&str]) -> Self {
        Self { names: names.iter().map(|name| (*name).to_owned()).collect(), ..Self::default() }
    }

    /// Returns the scope with a word that is appended to names that are taken: with `View`, a second `Order` is named
    /// `OrderView`, and a third `Order2`.
    pub(crate) fn with_name_suffix(self, suffix: &'static str) -> Self {
        Self { suffix, ..self }
    }

    /// Checks whether a word is appended to names that are taken; see [`TakenNames::with_name_suffix`].
    pub(crate) fn has_suffix(&self) -> bool {
        !self.suffix.is_empty()
    }

    /// Marks `name` as taken; it may be taken already.
    pub(crate) fn mark_taken(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }

    /// Checks whether `name` is taken in this scope.
    pub(crate) fn is_taken(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Returns `name`, or, if it is taken, `name` with the suffix of the scope or with a number that makes it unique
    /// (`Item2`). Marks the returned name as taken, and records a change of name for
    /// [`TakenNames::drain_changed_names`].
    pub(crate) fn take_unique_name(&mut self, name: &str) -> String {
        let unique = self.take_free_name(name);
        self.record_change(name, name, &unique);
        unique
    }

    /// Returns the name that [`TakenNames::take_unique_name`] would return in a scope without a suffix, and does not
    /// mark it as taken.
    pub(crate) fn find_free_name(&self, name: &str) -> String {
        if !self.names.contains(name) {
            return name.to_owned();
        }
        let stem = trim_underscores(name);
        let next = self.next.get(stem).copied().unwrap_or(2);
        let mut candidates = (next..).map(|next| format!("{stem}{next}"));
        candidates.find(|candidate| !self.names.contains(candidate)).unwrap_or_default()
    }

    /// Returns a name for each of `texts`, all different, in the order of the texts, and marks these names as taken.
    /// `name` makes a name from a text. If several texts have the same name, the text that is equal to the name gets
    /// it, else the first. For a text whose name is taken, symbols are replaced by words, and a number is added if that
    /// name is taken too: of `C++` and `C`, the second becomes `C`, and the first `CPlusPlus`.
    pub(crate) fn take_distinct_names(&mut self, texts: &[impl AsRef<str>], name: fn(&str) -> String) -> Vec<String> {
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        let wanted: Vec<String> = texts.iter().map(|text| name(text)).collect();
        let exact =
            texts.iter().zip(&wanted).map(|(text, wanted)| text == wanted && self.names.insert((*text).to_owned()));
        let exact: Vec<bool> = exact.collect();
        let mut names = Vec::new();
        for ((text, wanted), is_exact) in texts.iter().zip(wanted).zip(exact) {
            let unique = match is_exact {
                true => wanted.clone(),
                false if self.is_taken(&wanted) => self.take_free_name(&name(&replace_symbols_by_words(text))),
                false => self.take_free_name(&wanted),
            };
            self.record_change(text, &wanted, &unique);
            names.push(unique);
        }
        names
    }

    /// Returns the names that had to change since the last call of this function, in the order in which they were
    /// given.
    pub(crate) fn drain_changed_names(&mut self) -> Vec<ChangedName> {
        std::mem::take(&mut self.changed)
    }

    /// Records for [`TakenNames::drain_changed_names`] that `text` has the name `name` instead of `wanted`. Does
    /// nothing if these are equal.
    fn record_change(&mut self, text: &str, wanted: &str, name: &str) {
        if name != wanted {
            self.changed.push(ChangedName { text: text.to_owned(), wanted: wanted.to_owned(), name: name.to_owned() });
        }
    }

    /// Returns a free name and marks it as taken, as [`TakenNames::take_unique_name`] does, but records no change of
    /// name.
    fn take_free_name(&mut self, name: &str) -> String {
        if self.names.insert(name.to_owned()) {
            return name.to_owned();
        }
        let stem = trim_underscores(name);
        let with_suffix = join_type_names(name, self.suffix);
        if self.names.insert(with_suffix.clone()) {
            return with_suffix;
        }
        let next = self.next.entry(stem.to_owned()).or_insert(2);
        loop {
            let candidate = format!("{stem}{next}");
            *next += 1;
            if self.names.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

/// Removes each `_` at the end of `name`, so that a number can follow: `Self_` becomes `Self`, since `Self_2` would not
/// be in camel case.
fn trim_underscores(name: &str) -> &str {
    name.trim_end_matches('_')
}
