//! Makes arrays.

use rand::Rng;
use serde_json::Value;

use super::budget::SizeBudget;
use super::maker::{InstanceMaker, SchemaConjunction};
use crate::schema::SchemaId;

/// Most items that an array gets beyond `minItems` and `prefixItems`.
const MAX_EXTRA_ITEMS: usize = 4;

/// Most retries of making an item that the array does not contain yet, if `uniqueItems` is set.
const MAX_RETRIES_OF_AN_ITEM: usize = 8;

impl<'s> InstanceMaker<'s, '_> {
    /// Makes an array that satisfies `conjunction`. `None` if fewer items than `minItems` could be made.
    pub(super) fn make_array(&mut self, conjunction: &SchemaConjunction<'s>, budget: SizeBudget) -> Option<Value> {
        let arrays = || conjunction.schemas.iter().map(|schema| &schema.array);
        let min_items = arrays().map(|array| array.min_items).max().unwrap_or(0);
        let prefix = arrays().map(|array| array.prefix_items.len()).max();
        let max_items = arrays().filter_map(|array| array.max_items).min();
        let unique = arrays().any(|array| array.unique_items);
        let length = self.choose_array_length(min_items, prefix.unwrap_or(0), max_items, budget);
        let share = budget.share_among(length);
        let mut items = Vec::new();
        while items.len() < length {
            let ids = conjunction.schemas_of_item(items.len());
            let excluded: &[Value] = if unique { &items } else { &[] };
            match self.make_array_item(&ids, excluded, share) {
                Some(item) => items.push(item),
                None if items.len() < min_items => return None,
                None => break,
            }
        }
        Some(Value::Array(items))
    }

    /// Chooses the number of items of an array, from `min_items` to `max_items`. `prefix` is the length of
    /// `prefixItems`, for which items are mostly made in full.
    fn choose_array_length(
        &mut self,
        min_items: usize,
        prefix: usize,
        max_items: Option<usize>,
        budget: SizeBudget,
    ) -> usize {
        if budget.is_spent() {
            return min_items;
        }
        let base = if self.decide_randomly(3, 4) { min_items.max(prefix) } else { min_items };
        let length = base.saturating_add(self.rng.random_range(0..=MAX_EXTRA_ITEMS));
        length.min(max_items.unwrap_or(usize::MAX)).max(min_items)
    }

    /// Makes an item that satisfies the schemas `ids` and is not in `excluded`. `None` if all attempts failed.
    fn make_array_item(&mut self, ids: &[SchemaId], excluded: &[Value], budget: SizeBudget) -> Option<Value> {
        for _ in 0..=MAX_RETRIES_OF_AN_ITEM {
            let item = self.make_value(ids, budget)?;
            if !excluded.contains(&item) {
                return Some(item);
            }
        }
        None
    }
}

impl SchemaConjunction<'_> {
    /// Returns the schemas that the array item at `index` has to satisfy.
    fn schemas_of_item(&self, index: usize) -> Vec<SchemaId> {
        let arrays = self.schemas.iter().map(|schema| &schema.array);
        arrays.filter_map(|array| array.prefix_items.get(index).or(array.items.as_ref())).copied().collect()
    }
}
