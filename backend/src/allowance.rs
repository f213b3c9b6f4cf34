//! How often something may be done: a store of tokens that fills again with time.

use domain::Timestamp;

/// So many at once, and then one in that time.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// How many are taken at once.
    pub burst: i64,
    /// How long one takes to come back, in microseconds.
    pub micros_per_token: i64,
}

/// What is left of a rate, by the moment at which all of it will be there again: before that, each token that
/// lacks is one step into the future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    full_at: Timestamp,
}

impl Allowance {
    /// All of it.
    #[must_use]
    pub const fn full(now: Timestamp) -> Self {
        Self { full_at: now }
    }

    /// Whether nothing of it is missing.
    #[must_use]
    pub fn is_full(self, now: Timestamp) -> bool {
        self.full_at <= now
    }

    /// When nothing of it will be missing.
    #[must_use]
    pub const fn full_at(self) -> Timestamp {
        self.full_at
    }

    /// Whether there is a token, which is left there, or else after how many seconds there will be one.
    pub fn look(&mut self, rate: Rate, now: Timestamp) -> Result<(), u32> {
        let all = rate.burst * rate.micros_per_token;
        // No more than all of it is ever missing, also where the clock was set back since.
        self.full_at = self.full_at.min(Timestamp::from_micros(now.micros() + all));
        let wait = self.after_one(rate, now).micros() - now.micros() - all;
        if wait <= 0 {
            return Ok(());
        }
        Err(u32::try_from(wait.unsigned_abs().div_ceil(1_000_000)).unwrap_or(u32::MAX))
    }

    /// Takes a token, if there is one.
    pub fn take(&mut self, rate: Rate, now: Timestamp) -> Result<(), u32> {
        self.look(rate, now)?;
        self.full_at = self.after_one(rate, now);
        Ok(())
    }

    fn after_one(self, rate: Rate, now: Timestamp) -> Timestamp {
        Timestamp::from_micros(self.full_at.max(now).micros() + rate.micros_per_token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_taken_and_then_one_at_a_time() {
        let rate = Rate { burst: 3, micros_per_token: 2_000_000 };
        let at = |seconds| Timestamp::from_micros(1_000_000_000).plus_seconds(seconds);
        let mut allowance = Allowance::full(at(0));
        for _ in 0..3 {
            assert_eq!(allowance.take(rate, at(0)), Ok(()));
        }
        assert_eq!(allowance.take(rate, at(0)), Err(2));
        assert_eq!(allowance.take(rate, at(1)), Err(1));
        assert_eq!(allowance.take(rate, at(2)), Ok(()));
        assert_eq!(allowance.take(rate, at(2)), Err(2));
        assert!(!allowance.is_full(at(7)));
        assert!(allowance.is_full(at(8)));
    }

    #[test]
    fn a_clock_that_is_set_back_silences_nobody_for_as_long() {
        let rate = Rate { burst: 3, micros_per_token: 2_000_000 };
        let at = |seconds| Timestamp::from_micros(1_000_000_000).plus_seconds(seconds);
        let mut allowance = Allowance::full(at(86_400));
        assert_eq!(allowance.take(rate, at(86_400)), Ok(()));
        assert_eq!(allowance.take(rate, at(0)), Err(2));
        assert_eq!(allowance.take(rate, at(2)), Ok(()));
        assert_eq!(allowance.take(rate, at(2)), Err(2));
        assert!(allowance.is_full(at(8)));
    }
}
