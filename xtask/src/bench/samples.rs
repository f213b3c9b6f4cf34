//! What a row of numbers comes to: its middle, and how far they spread.

/// The middle of some numbers, and how far half of them are from it at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    pub median: f64,
    /// The median of the distances from the median.
    pub spread: f64,
}

impl Summary {
    /// Nothing where there are no numbers.
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let median = median(numbers)?;
        let distances: Vec<f64> = numbers.iter().map(|it| (it - median).abs()).collect();
        Some(Self { median, spread: median_or_zero(&distances) })
    }
}

/// How long something took: half of the times, and all but one in a hundred.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentiles {
    pub median: f64,
    /// Of fewer than a hundred numbers, the largest.
    pub p99: f64,
}

impl Percentiles {
    /// Nothing where there are no numbers.
    pub fn of(mut numbers: Vec<f64>) -> Option<Self> {
        numbers.sort_by(f64::total_cmp);
        let place = (numbers.len() * 99).div_ceil(100).checked_sub(1)?;
        Some(Self { median: median(&numbers)?, p99: numbers[place] })
    }
}

/// The number in the middle; of an even row, the one between the two.
pub fn median(numbers: &[f64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some(f64::midpoint(lower, upper))
}

fn median_or_zero(numbers: &[f64]) -> f64 {
    median(numbers).unwrap_or_default()
}

/// How much slower or faster each round was than usual: the median, over everything that was measured
/// in it, of the ratio to that thing's own median over all rounds. `rounds[round][thing]`.
pub fn pace(rounds: &[Vec<f64>]) -> Vec<f64> {
    let things = rounds.first().map_or(0, Vec::len);
    let usual: Vec<f64> = (0..things)
        .map(|thing| median_or_zero(&rounds.iter().map(|it| it[thing]).collect::<Vec<_>>()))
        .collect();
    let pace = |round: &Vec<f64>| {
        let ratios = round.iter().zip(&usual).map(|(it, usual)| it / usual);
        median_or_zero(&ratios.filter(|it| it.is_finite()).collect::<Vec<_>>())
    };
    rounds.iter().map(pace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_far_off_moves_neither_middle_nor_spread() {
        let summary = Summary::of(&[1.0, 2.0, 3.0, 4.0, 100.0]);
        assert_eq!(summary, Some(Summary { median: 3.0, spread: 1.0 }));
        assert_eq!(Summary::of(&[2.0, 4.0]).map(|it| it.median), Some(3.0));
        assert_eq!(Summary::of(&[]), None);
    }

    #[test]
    fn of_few_times_the_longest_counts() {
        let of = |count: u8| Percentiles::of((1..=count).rev().map(f64::from).collect());
        assert_eq!(of(50), Some(Percentiles { median: 25.5, p99: 50.0 }));
        assert_eq!(of(200).map(|it| it.p99), Some(198.0));
        assert_eq!(of(0), None);
    }

    #[test]
    fn a_slow_round_is_told_from_a_slow_thing() {
        let usual = vec![1.0, 10.0, 100.0];
        let busy: Vec<f64> = usual.iter().map(|it| it * 1.5).collect();
        let hiccup = vec![1.0, 30.0, 100.0];
        let pace = pace(&[usual.clone(), busy, usual, hiccup]);
        assert_eq!(pace, [1.0, 1.5, 1.0, 1.0]);
    }
}
