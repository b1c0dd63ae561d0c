//! Changes of what objects allow that is not listed.

use crate::changes::kinds::{At, Finding, PRIVATE};
use crate::changes::pairs::{Pair, Pairs};
use crate::changes::shown;
use crate::changes::wire::Focus;
use crate::normalize::{Extra, Struct};

fn finding(pairs: &Pairs<'_>, pair: &Pair<'_, Struct>) -> Option<Finding> {
    let at = At::New(pairs.new_one(pair.ids.1)?.place.clone());
    let fields = [&pair.old.extra, &pair.new.extra].map(|extra| match extra {
        Extra::Open { field } | Extra::Typed { field, .. } => Some(field.as_str()),
        Extra::Closed => None,
    });
    let fields: Vec<&str> = fields.into_iter().flatten().collect();
    let was = shown::extra(pairs.old.definitions(), &pair.old.extra);
    let is = shown::extra(pairs.new.definitions(), &pair.new.extra);
    let finding = Finding::new(pair.name, at).claims(&fields).claims(&[PRIVATE]).was(was).is(is);
    Some(finding.asks(pair.ids, Focus::Others))
}

pub(super) fn opened(pairs: &Pairs<'_>) -> Vec<Finding> {
    let is_one =
        |pair: &Pair<'_, Struct>| matches!(pair.old.extra, Extra::Closed) && !matches!(pair.new.extra, Extra::Closed);
    pairs.structs().filter(is_one).filter_map(|pair| finding(pairs, &pair)).collect()
}

pub(super) fn closed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let is_one =
        |pair: &Pair<'_, Struct>| !matches!(pair.old.extra, Extra::Closed) && matches!(pair.new.extra, Extra::Closed);
    pairs.structs().filter(is_one).filter_map(|pair| finding(pairs, &pair)).collect()
}

pub(super) fn retyped(pairs: &Pairs<'_>) -> Vec<Finding> {
    let is_one = |pair: &Pair<'_, Struct>| match (&pair.old.extra, &pair.new.extra) {
        (Extra::Typed { ty: old, .. }, Extra::Typed { ty: new, .. }) => !pairs.is_same_type(old, new),
        (Extra::Open { .. }, Extra::Typed { .. }) | (Extra::Typed { .. }, Extra::Open { .. }) => true,
        _ => false,
    };
    pairs.structs().filter(is_one).filter_map(|pair| finding(pairs, &pair)).collect()
}

pub(super) fn patterns(pairs: &Pairs<'_>) -> Vec<Finding> {
    let is_same = |pair: &Pair<'_, Struct>| {
        let mut both = pair.old.patterns.iter().zip(&pair.new.patterns);
        pair.old.patterns.len() == pair.new.patterns.len()
            && both.all(|(old, new)| old.pattern == new.pattern && pairs.is_same_type(&old.ty, &new.ty))
    };
    let of = |pair: Pair<'_, Struct>| {
        let fields = pair.old.patterns.iter().chain(&pair.new.patterns).map(|pattern| pattern.field.as_str());
        let fields: Vec<&str> = fields.collect();
        let finding = finding(pairs, &pair)?.claims(&fields);
        let was = shown::patterns(pairs.old.definitions(), pair.old);
        Some(finding.was(was).is(shown::patterns(pairs.new.definitions(), pair.new)))
    };
    pairs.structs().filter(|pair| !is_same(pair)).filter_map(of).collect()
}
