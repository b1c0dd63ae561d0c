//! How large a value may get: a document is made of shares of its budget.

use proptest::prelude::Rng;

/// Levels of required values that may follow after the depth is used up. Only schemas that take
/// each other's required properties into a circle get that far.
const OVERDRAFT: i32 = 64;

#[derive(Clone, Copy)]
pub(crate) struct Budget {
    depth: i32,
    values: u32,
}

impl Budget {
    /// A budget of random size for a schema of `height`.
    pub(crate) fn random(height: u32, rng: &mut impl Rng) -> Self {
        let sizes = [4, 32, 128, 256];
        let least = i32::try_from(height).unwrap_or(OVERDRAFT);
        Self { depth: least.saturating_add(rng.random_range(0..8)), values: sizes[rng.random_range(0..sizes.len())] }
    }

    /// What each of `count` parts of a value may take up.
    pub(crate) fn share(self, count: usize) -> Self {
        let count = u32::try_from(count).unwrap_or(u32::MAX).max(1);
        Self { depth: self.depth - 1, values: self.values / count }
    }

    /// Whether there is room for a part of `height`.
    pub(crate) fn holds(self, height: u32) -> bool {
        !self.is_spent() && i64::from(height) <= i64::from(self.depth)
    }

    /// Whether only what a schema requires is to be made.
    pub(crate) fn is_spent(self) -> bool {
        self.depth <= 0 || self.values == 0
    }

    /// Whether nothing at all is to be made any more.
    pub(crate) fn is_overdrawn(self) -> bool {
        self.depth < -OVERDRAFT
    }
}
