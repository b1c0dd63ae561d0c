//! Makes numbers that look random. One seed always gives the same numbers.

/// A generator of random numbers by the algorithm SplitMix64: a seed gives the same numbers on every machine.
#[derive(Clone, Debug)]
pub struct RandomNumbers(u64);

impl RandomNumbers {
    /// Creates the generator for the seed `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(0x9E37_79B9_7F4A_7C15))
    }

    /// Returns the next random number, of all 64 bits.
    pub fn next_random_number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a random number below `limit`; 0 if `limit` is 0.
    pub fn number_below(&mut self, limit: usize) -> usize {
        let number = self.next_random_number() % (limit.max(1) as u64);
        usize::try_from(number).unwrap_or_default()
    }

    /// Returns true with a probability of `percent` percent, else false.
    pub fn is_true_in_percent(&mut self, percent: u64) -> bool {
        self.next_random_number() % 100 < percent
    }

    /// Returns a random element of `all`.
    ///
    /// # Panics
    /// If `all` is empty.
    pub fn choose_element<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.number_below(all.len())]
    }
}
