//! Names that could be confused: where several people have the same, Hosts are shown the User ID beside it.

use std::collections::{BTreeMap, BTreeSet};

use domain::classroom::ParticipantId;

/// The names that several of these people have.
pub(super) fn shared<'a>(
    people: impl Iterator<Item = (ParticipantId, &'a str)>,
) -> BTreeSet<String> {
    let (mut first, mut shared) = (BTreeMap::new(), BTreeSet::new());
    for (who, name) in people {
        if *first.entry(name).or_insert(who) != who {
            shared.insert(name.to_owned());
        }
    }
    shared
}

/// What somebody is called among people who share those names, by whoever is told their User ID.
pub(super) fn called(name: &str, user_id: Option<&str>, shared: &BTreeSet<String>) -> String {
    match user_id {
        Some(user_id) if shared.contains(name) => format!("{name} ({user_id})"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_shares_a_name_is_told_apart_by_the_user_id() {
        let people = [(1, "Kim"), (2, "Lee"), (3, "Kim"), (2, "Lee"), (2, "Renamed")];
        let shared = shared(people.into_iter().map(|(id, name)| (ParticipantId(id), name)));
        assert_eq!(shared.iter().collect::<Vec<_>>(), ["Kim"], "Lee is one person");
        for (name, user_id, expected) in
            [("Kim", Some("S-1"), "Kim (S-1)"), ("Kim", None, "Kim"), ("Lee", Some("S-2"), "Lee")]
        {
            assert_eq!(called(name, user_id, &shared), expected);
        }
    }
}
