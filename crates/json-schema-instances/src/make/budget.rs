//! The budget of an instance: how deep and how large it may become. Each value gives its children shares of its own.

use rand::{Rng, RngCore};

/// Most levels by which required values may exceed the depth of the budget. Only a combination of schemas whose
/// required properties lead back to it needs more.
const MAX_OVERDRAFT: i32 = 64;

/// The levels of nesting and the number of values that a value may use, including everything inside it.
#[derive(Clone, Copy)]
pub(crate) struct SizeBudget {
    /// The levels of nesting that are left; negative if required values have exceeded the budget.
    depth: i32,
    /// The number of values that are left.
    values: u32,
}

impl SizeBudget {
    /// Creates a budget of random size that has room for a value with the minimum depth `min_depth`.
    pub(crate) fn random_with_room_for(min_depth: u32, rng: &mut dyn RngCore) -> Self {
        let sizes = [4, 32, 128, 256];
        let least = i32::try_from(min_depth).unwrap_or(MAX_OVERDRAFT);
        Self { depth: least.saturating_add(rng.random_range(0..8)), values: sizes[rng.random_range(0..sizes.len())] }
    }

    /// Returns the budget of each of the `count` children of a value that has this budget.
    pub(crate) fn share_among(self, count: usize) -> Self {
        let count = u32::try_from(count).unwrap_or(u32::MAX).max(1);
        Self { depth: self.depth - 1, values: self.values / count }
    }

    /// Checks whether the budget has room for a value with the minimum depth `min_depth`.
    pub(crate) fn has_room_for(self, min_depth: u32) -> bool {
        !self.is_spent() && i64::from(min_depth) <= i64::from(self.depth)
    }

    /// Checks whether the budget is used up, so that only required properties and items may be made.
    pub(crate) fn is_spent(self) -> bool {
        self.depth <= 0 || self.values == 0
    }

    /// Checks whether required values have exceeded the budget by so many levels that the attempt has to fail.
    pub(crate) fn is_overdrawn(self) -> bool {
        self.depth < -MAX_OVERDRAFT
    }
}
