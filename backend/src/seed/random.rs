//! Numbers that look random and are always the same: `SplitMix64`, which needs no dependency.

/// A row of numbers that a seed decides.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// The row for the thing of that number: the same whatever else is made.
    pub const fn of(kind: u64, number: u64) -> Self {
        let mut random = Self(kind.wrapping_mul(0xd1b5_4a32_d192_ed03) ^ number);
        random.next();
        random
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    pub const fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// One of these, which are not none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let at = self.below(from.len() as u64);
        &from[usize::try_from(at).unwrap_or_default()]
    }

    /// Whether a thing is true that is true of so many in a thousand.
    pub const fn chance(&mut self, in_thousand: u64) -> bool {
        self.below(1000) < in_thousand
    }

    /// A number from -1 to 1.
    pub fn around_zero(&mut self) -> f32 {
        let part = u16::try_from(self.below(2001)).unwrap_or_default();
        f32::from(part) / 1000.0 - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn a_seed_decides_all_numbers() {
        let row = |number| {
            let mut random = Random::of(1, number);
            [random.next(), random.next(), random.next()]
        };
        assert_eq!(row(7), row(7));
        assert_ne!(row(7), row(8));
    }
}
