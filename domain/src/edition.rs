//! Editions: what something was when somebody began to edit it, so that two who edit it at the same
//! time don't undo each other's work unseen.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// What something was when it was read, and when that was. Travels in a hidden field of the form that
/// edits it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    at: Timestamp,
    content: u64,
}

impl Edition {
    /// The name of that field.
    pub const FIELD: &str = "edition";

    /// An edition read at that moment, whose content has that hash.
    #[must_use]
    pub const fn new(at: Timestamp, content: u64) -> Self {
        Self { at, content }
    }

    /// When it was read.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Whether nothing has changed between the two.
    #[must_use]
    pub const fn is_still(&self, other: &Self) -> bool {
        self.content == other.content
    }

    /// As a form sends it.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{:x}-{:x}", self.at.micros(), self.content)
    }

    /// As a form sent it; `None` where that is no edition.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let (at, content) = text.split_once('-')?;
        let at = Timestamp::from_micros(i64::from_str_radix(at, 16).ok()?);
        Some(Self { at, content: u64::from_str_radix(content, 16).ok()? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_edition_survives_its_form() {
        let edition = Edition::new(Timestamp::from_micros(1_700_000_000_000_000), u64::MAX);
        assert_eq!(Edition::from_text(&edition.to_text()), Some(edition));
        for broken in ["", "1", "-", "x-1", "1-x", "1-2-3", "11111111111111111-1"] {
            assert_eq!(Edition::from_text(broken), None, "{broken}");
        }
    }

    #[test]
    fn only_the_content_says_whether_something_changed() {
        let read = |at, content| Edition::new(Timestamp::from_micros(at), content);
        assert!(read(1, 7).is_still(&read(2, 7)));
        assert!(!read(1, 7).is_still(&read(1, 8)));
    }

    proptest! {
        #[test]
        fn every_edition_survives_its_form(at in 0_i64.., content in any::<u64>()) {
            let edition = Edition::new(Timestamp::from_micros(at), content);
            prop_assert_eq!(Edition::from_text(&edition.to_text()), Some(edition));
        }

        #[test]
        fn what_is_read_of_any_text_is_read_again(text in "(\\PC|[0-9a-f-]){0,36}") {
            if let Some(edition) = Edition::from_text(&text) {
                prop_assert_eq!(Edition::from_text(&edition.to_text()), Some(edition));
            }
        }
    }
}
