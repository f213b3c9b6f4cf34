//! User IDs that were pasted: a list with commas, spaces or lines between them, or a table from
//! elsewhere.

use std::collections::HashSet;

use crate::UserId;

/// What may stand around a User ID in tables from elsewhere, and is no part of it.
const AROUND: [char; 5] = ['"', '\'', '“', '”', '\u{feff}'];

/// The User IDs of a pasted text, as they stand there and in their order.
///
/// A table whose first line names its columns is read by the column of the User IDs; anything else as
/// a list with commas, semicolons, spaces, tabs or lines in between.
#[must_use]
pub fn user_ids(pasted: &str) -> Vec<&str> {
    let ids: Vec<&str> = match Column::of(pasted) {
        Some(column) => pasted.lines().skip(1).filter_map(|line| column.cell(line)).collect(),
        None => pasted.lines().flat_map(|line| cells(line, separates)).collect(),
    };
    ids.into_iter().filter(|it| !it.is_empty()).collect()
}

/// Whether a pasted text is a list of User IDs rather than something to search for.
///
/// Names have spaces too: where there is nothing else in between, all parts must look like User IDs.
#[must_use]
pub fn is_list(pasted: &str) -> bool {
    let pasted = pasted.trim();
    if Column::of(pasted).is_some_and(|_| pasted.contains('\n')) {
        return true;
    }
    let ids = user_ids(pasted);
    let apart = pasted.contains([',', ';', '\t', '\n', '\r']);
    let looks_so = |id: &&str| id.contains(|c: char| c.is_numeric() || "._-@".contains(c));
    ids.len() > 1 && (apart || ids.iter().all(looks_so))
}

/// The User IDs of a list, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Those that can be User IDs, in their order.
    pub ids: Vec<UserId>,
    /// What can't be one, as it stands there.
    pub broken: Vec<String>,
}

impl Listed {
    /// Reads what stands in a list.
    #[must_use]
    pub fn of(raw: Vec<&str>) -> Self {
        let mut listed = Self::default();
        let (mut known, mut unread) = (HashSet::new(), HashSet::new());
        for raw in raw {
            match UserId::parse(raw) {
                Ok(id) if known.insert(id.key()) => listed.ids.push(id),
                Err(_) if unread.insert(raw) => listed.broken.push(raw.to_owned()),
                Ok(_) | Err(_) => {}
            }
        }
        listed
    }

    /// What of the list is nobody's, where these are the users who exist.
    #[must_use]
    pub fn besides<'u>(self, users: impl Iterator<Item = &'u UserId>) -> Vec<String> {
        let existing: HashSet<String> = users.map(UserId::key).collect();
        let missing = self.ids.into_iter().filter(|it| !existing.contains(&it.key()));
        missing.map(|it| it.to_string()).chain(self.broken).collect()
    }
}

fn separates(c: char) -> bool {
    c.is_whitespace() || c == ',' || c == ';'
}

/// The parts of a line; what stands in quotes is one part.
fn cells(line: &str, separates: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let ends = move |c: char| {
        quoted ^= c == '"';
        !quoted && separates(c)
    };
    line.split(ends).map(|it| it.trim().trim_matches(AROUND).trim())
}

/// Where a table has its User IDs.
struct Column {
    /// What stands between columns; nothing where there is but one.
    separator: Option<char>,
    at: usize,
}

impl Column {
    /// Finds the column by its name in the first line.
    fn of(pasted: &str) -> Option<Self> {
        let first = pasted.lines().next()?;
        let separator = ['\t', ';', ','].into_iter().find(|it| first.contains(*it));
        let is_name = |name: &str| is_name(name, separator.is_some());
        let at = cells(first, |c| Some(c) == separator).position(is_name)?;
        Some(Self { separator, at })
    }

    fn cell<'t>(&self, line: &'t str) -> Option<&'t str> {
        cells(line, |c| Some(c) == self.separator).nth(self.at)
    }
}

/// Whether a column of that name holds User IDs. Alone, `id` could be somebody's.
fn is_name(name: &str, among_others: bool) -> bool {
    let name: String = name.chars().filter(|it| it.is_alphanumeric()).collect();
    match name.to_lowercase().as_str() {
        "userid" | "사용자id" => true,
        "id" => among_others,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists_are_taken_apart_whatever_stands_in_between() {
        for pasted in [
            "S-1, S-2, S-3",
            "S-1 S-2\tS-3",
            "S-1\r\nS-2\n\n  S-3\n",
            "S-1;S-2;;S-3",
            "\"S-1\",\"S-2\",\"S-3\"",
            "\u{feff}“S-1”\n'S-2'\nS-3",
            "User ID\nS-1\nS-2\nS-3",
            "user_id,nickname\nS-1,\"Kim, Jiho\"\nS-2,Lee\nS-3,",
            "Nickname\t\"User ID\"\nKim Jiho\tS-1\nLee\tS-2\nPark\tS-3",
            "이름;사용자 ID\n김지호;S-1\n이준;S-2\n박소라;S-3",
            "name,ID\nKim,S-1\nLee,S-2\nPark,S-3",
        ] {
            assert_eq!(user_ids(pasted), ["S-1", "S-2", "S-3"], "{pasted:?}");
            assert!(is_list(pasted), "{pasted:?}");
        }
        assert_eq!(user_ids("S-1,\"Kim Jiho\""), ["S-1", "Kim Jiho"]);
        assert_eq!(user_ids("\"S-1, S-2\nS-3"), ["S-1, S-2", "S-3"]);
        assert!(user_ids(" ,;\n").is_empty());
    }

    #[test]
    fn each_is_listed_once_and_what_nobody_has_is_told() {
        let listed = Listed::of(user_ids("S-2 s-1 S-2 <b> S-3 <b>"));
        let ids: Vec<_> = listed.ids.iter().map(UserId::as_str).collect();
        assert_eq!(ids, ["S-2", "s-1", "S-3"]);
        let existing = UserId::parse("S-1").unwrap();
        assert_eq!(listed.besides([&existing].into_iter()), ["S-2", "S-3", "<b>"]);
    }

    #[test]
    fn names_are_searched_for() {
        for name in ["", "kim", "S-1", "Kim Jiho", "Anna Maria Kim", " S-1\n", "S-1 Kim", "id"] {
            assert!(!is_list(name), "{name:?}");
        }
        for list in ["S-1 S-2", "kim,lee", "kim\nlee", "User ID\nS-1"] {
            assert!(is_list(list), "{list:?}");
        }
    }

    /// How people write a list: User IDs, and something in between.
    fn any_list() -> impl Strategy<Value = (Vec<String>, String)> {
        let ids = proptest::collection::vec("S-[a-z0-9._@-]{0,8}", 1..20);
        (ids, "(,|;|\t|\n|\r\n| |, | \n,;){1,2}").prop_map(|(ids, between)| {
            let pasted = ids.join(&between);
            (ids, pasted)
        })
    }

    proptest! {
        #[test]
        fn what_was_joined_is_taken_apart((ids, pasted) in any_list()) {
            prop_assert_eq!(user_ids(&pasted), ids);
        }

        #[test]
        fn nothing_that_was_pasted_is_lost((ids, pasted) in any_list()) {
            let listed = Listed::of(user_ids(&pasted));
            let known: HashSet<String> = listed.ids.iter().map(UserId::key).collect();
            for id in &ids {
                prop_assert!(known.contains(&id.to_lowercase()) || listed.broken.contains(id));
            }
        }

        #[test]
        fn of_any_text_only_what_stands_there_is_taken(pasted in "(\\PC|[\t\n\r,;\" ]|user id){0,40}") {
            for id in user_ids(&pasted) {
                prop_assert!(!id.is_empty() && pasted.contains(id) && id.trim() == id);
            }
            prop_assert!(!is_list(&pasted) || !pasted.trim().is_empty());
        }
    }
}
