//! Arrays: their length, and each item by its place.

use proptest::prelude::Rng;
use serde_json::Value;

use super::budget::Budget;
use super::{Conjunction, Maker};
use crate::schema::SchemaId;

/// How many items an array has beyond those it must have, and beyond its prefix.
const MOST_FREE_ITEMS: usize = 4;

/// How often an item that is there already is made again where items are to be unique.
const RETRIES_OF_AN_ITEM: usize = 8;

impl<'s> Maker<'s, '_> {
    pub(super) fn array(&mut self, conjunction: &Conjunction<'s>, budget: Budget) -> Option<Value> {
        let arrays = || conjunction.schemas.iter().map(|schema| &schema.array);
        let least = arrays().map(|array| array.min_items).max().unwrap_or(0);
        let prefix = arrays().map(|array| array.prefix_items.len()).max();
        let most = arrays().filter_map(|array| array.max_items).min();
        let unique = arrays().any(|array| array.unique_items);
        let length = self.length(least, prefix.unwrap_or(0), most, budget);
        let share = budget.share(length);
        let mut items = Vec::new();
        while items.len() < length {
            let place = conjunction.item_schemas(items.len());
            let others: &[Value] = if unique { &items } else { &[] };
            match self.item(&place, others, share) {
                Some(item) => items.push(item),
                None if items.len() < least => return None,
                None => break,
            }
        }
        Some(Value::Array(items))
    }

    fn length(&mut self, least: usize, prefix: usize, most: Option<usize>, budget: Budget) -> usize {
        if budget.is_spent() {
            return least;
        }
        // A whole prefix is of more interest than a piece of one.
        let base = if self.chance(3, 4) { least.max(prefix) } else { least };
        let length = base.saturating_add(self.rng().random_range(0..=MOST_FREE_ITEMS));
        length.min(most.unwrap_or(usize::MAX)).max(least)
    }

    /// An item that is none of `others`.
    fn item(&mut self, ids: &[SchemaId], others: &[Value], budget: Budget) -> Option<Value> {
        for _ in 0..=RETRIES_OF_AN_ITEM {
            let item = self.value(ids, budget)?;
            if !others.contains(&item) {
                return Some(item);
            }
        }
        None
    }
}

impl Conjunction<'_> {
    /// What the item at `index` is to satisfy.
    fn item_schemas(&self, index: usize) -> Vec<SchemaId> {
        let arrays = self.schemas.iter().map(|schema| &schema.array);
        arrays.filter_map(|array| array.prefix_items.get(index).or(array.items.as_ref())).copied().collect()
    }
}
