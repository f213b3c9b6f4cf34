//! Pages of long lists, found by where the last one ended (keyset), never by counting rows.

use serde::{Deserialize, Serialize};

/// Where a page begins: the sort key and the tie-breaking number of the row beside it.
///
/// Travels as text in addresses; what can't be read is the first page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Whether the page lies after that row, or before it.
    pub forward: bool,
    /// The row's number, which breaks ties.
    pub number: i64,
    /// The row's sort key.
    pub key: String,
}

impl Cursor {
    /// The text form, such as `after.12.kim jiho`.
    #[must_use]
    pub fn to_text(&self) -> String {
        let way = if self.forward { "after" } else { "before" };
        format!("{way}.{}.{}", self.number, self.key)
    }

    /// Reads the text form.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let forward = match parts.next()? {
            "after" => true,
            "before" => false,
            _ => return None,
        };
        let number = parts.next()?.parse().ok()?;
        Some(Self { forward, number, key: parts.next()?.to_owned() })
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, in the order of the list.
    pub rows: Vec<T>,
    /// Where the page before begins, unless this is the first.
    pub previous: Option<Cursor>,
    /// Where the page after begins, unless this is the last.
    pub next: Option<Cursor>,
}

/// A part of a list that begins with the newest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newest<T> {
    /// The rows, newest first.
    pub rows: Vec<T>,
    /// The number of the last row, where older ones follow.
    pub older_than: Option<i64>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cursors_survive_their_text_form() {
        for forward in [true, false] {
            let cursor = Cursor { forward, number: 12, key: "kim. jiho".into() };
            assert_eq!(Cursor::from_text(&cursor.to_text()), Some(cursor));
        }
        for bad in ["", "after", "after.x.kim", "sideways.1.kim"] {
            assert_eq!(Cursor::from_text(bad), None);
        }
    }

    proptest! {
        #[test]
        fn every_cursor_survives_its_text_form(forward: bool, number: i64, key in ".{0,24}") {
            let cursor = Cursor { forward, number, key };
            prop_assert_eq!(Cursor::from_text(&cursor.to_text()), Some(cursor));
        }

        #[test]
        fn what_is_read_of_any_text_is_read_again(text in "(after|before|.{0,6})[.]?.{0,12}[.]?.{0,12}") {
            if let Some(cursor) = Cursor::from_text(&text) {
                prop_assert_eq!(Cursor::from_text(&cursor.to_text()), Some(cursor));
            }
        }
    }
}
