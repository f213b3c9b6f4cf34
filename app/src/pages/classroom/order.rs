//! Where people stand on the screen: in their order, in tiles that fit, in rows that are seen.

use std::ops::Range;

use domain::classroom::ParticipantId;

/// The order in which people are shown while somebody is about to touch one of them: nobody moves, who
/// came stands at the end, who went is gone.
pub(super) fn kept(before: &[ParticipantId], now: &[ParticipantId]) -> Vec<ParticipantId> {
    let stay = before.iter().filter(|it| now.contains(it));
    let new = now.iter().filter(|it| !before.contains(it));
    stay.chain(new).copied().collect()
}

/// How tiles fill a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    /// Tiles side by side.
    pub(super) columns: u32,
    /// Tiles that fit at once.
    pub(super) tiles: u32,
}

/// The most tiles at once.
const MOST: u32 = 24;
/// What a tile needs, in pixels, the gap included.
const LEAST_WIDTH: u32 = 150;
const LEAST_HEIGHT: u32 = 138;

impl Grid {
    /// The grid of so many people in a space of so many pixels.
    pub(super) fn of(people: u32, width: u32, height: u32) -> Self {
        let fit = (width / LEAST_WIDTH).clamp(1, if width >= 1_500 { 6 } else { 4 });
        // As square as the people are many: 2 by 2, 3 by 2, 4 by 3.
        let square = (1..=fit).find(|it| it * it >= people).unwrap_or(fit);
        // Beside each other where one above the other would be lower than wide twice over.
        let columns = if people == 2 && width > height { fit.min(2) } else { square };
        let rows = (height / LEAST_HEIGHT).max(1);
        Self { columns, tiles: (columns * rows).min(MOST / columns * columns).max(1) }
    }
}

/// Rows beyond those that are seen, on either side, that are drawn all the same.
const AROUND: u32 = 8;
/// As many rows as may be asked for at once.
const MOST_ROWS: u32 = 64;

/// Which of so many rows of a list are drawn, where so much of it is scrolled past and so much of it
/// is seen, in pixels.
pub(super) fn drawn(total: u32, scrolled: u32, seen: u32, row: u32) -> Range<u32> {
    let row = row.max(1);
    let first = (scrolled / row).saturating_sub(AROUND).min(total);
    let last = (scrolled + seen).div_ceil(row) + AROUND;
    first..last.min(first + MOST_ROWS).min(total)
}

/// To which of so many rows a key leads from one of them, where so many are seen at once.
pub(super) fn led_to(key: &str, from: u32, total: u32, seen: u32) -> Option<u32> {
    let last = total.checked_sub(1)?;
    let to = match key {
        "ArrowDown" => from.saturating_add(1),
        "ArrowUp" => from.saturating_sub(1),
        "PageDown" => from.saturating_add(seen.max(1)),
        "PageUp" => from.saturating_sub(seen.max(1)),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    Some(to.min(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids<const N: usize>(ids: [u32; N]) -> [ParticipantId; N] {
        ids.map(ParticipantId)
    }

    #[test]
    fn nobody_moves_while_the_order_is_kept() {
        let before = ids([1, 2, 3]);
        assert_eq!(kept(&before, &ids([3, 2, 1])), before);
        assert_eq!(kept(&before, &ids([4, 3, 1])), ids([1, 3, 4]));
        assert_eq!(kept(&[], &ids([2, 1])), ids([2, 1]));
    }

    #[test]
    fn tiles_fill_the_space_there_is() {
        for (people, width, height, columns, tiles) in [
            (1, 900, 660, 1, 4),
            (2, 900, 660, 2, 8),
            (4, 900, 660, 2, 8),
            (6, 900, 660, 3, 12),
            (30, 900, 660, 4, 16),
            (3, 328, 480, 2, 6),
            (2, 328, 480, 2, 6),
            (30, 328, 480, 2, 6),
            (30, 100, 60, 1, 1),
            (200, 1_900, 1_000, 6, 24),
        ] {
            let grid = Grid::of(people, width, height);
            assert_eq!(grid, Grid { columns, tiles }, "{people} in {width} × {height}");
        }
    }

    #[test]
    fn only_rows_that_are_nearly_seen_are_drawn() {
        for (total, scrolled, rows) in [
            (0, 0, 0..0),
            (6, 0, 0..6),
            (1_000, 0, 0..18),
            (1_000, 5_400, 92..118),
            (1_000, 53_460, 982..1_000),
            (3, 5_400, 3..3),
        ] {
            assert_eq!(drawn(total, scrolled, 540, 54), rows, "{total} from {scrolled}");
        }
        assert_eq!(drawn(1_000, 0, 10_000, 54), 0..64, "no more than may be asked for");
    }

    #[test]
    fn keys_lead_to_rows_that_are_there_and_to_those_that_are_not_drawn_yet() {
        for (key, from, to) in [
            ("ArrowDown", 4, Some(5)),
            ("ArrowDown", 999, Some(999)),
            ("ArrowUp", 4, Some(3)),
            ("ArrowUp", 0, Some(0)),
            ("PageDown", 4, Some(14)),
            ("PageDown", 995, Some(999)),
            ("PageUp", 995, Some(985)),
            ("PageUp", 4, Some(0)),
            ("Home", 995, Some(0)),
            ("End", 4, Some(999)),
            ("a", 4, None),
        ] {
            assert_eq!(led_to(key, from, 1_000, 10), to, "{key} from {from}");
        }
        assert_eq!(led_to("PageDown", 0, 9, 0), Some(1), "a page is a row at least");
        assert_eq!(led_to("ArrowDown", 7, 3, 10), Some(2), "others have gone meanwhile");
        assert_eq!(led_to("End", 0, 0, 10), None, "nobody is there");
    }
}
