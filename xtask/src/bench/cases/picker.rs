//! The picker, for each kind of term, with nobody and with many chosen already.
//!
//! Those chosen in a form are known to the browser alone; those who are members of a room already are
//! looked up among the people found.

use serde_json::json;

use super::{Case, Group};
use crate::bench::client::Request;
use crate::bench::school::School;

/// Kinds of terms, and one of each. Of a million seeded people, thousands are found by the common ones,
/// a few by the rare ones, nearly all by `S-` and a tenth by `s-0`.
const TERMS: [(&str, &str); 14] = [
    ("common", "anna"),
    ("common, Korean", "민준"),
    ("rare", "valentina pereira"),
    ("rare, Korean", "남궁하은"),
    ("no match", "zzqx"),
    ("no match, Korean", "뷁쀍뛟"),
    ("one letter", "m"),
    ("one letter, Korean", "김"),
    ("two letters", "ma"),
    ("two letters, Korean", "이서"),
    ("part of an ID", "00041"),
    ("a whole ID", "S-000041"),
    ("nearly everybody", "S-"),
    ("every tenth", "s-0"),
];

pub fn cases(school: &School) -> Vec<Case> {
    const TIMES: u32 = 50;
    let nobody = ("nobody chosen".to_owned(), None);
    let rooms = school.rooms.iter().map(|(size, id)| (format!("{size} chosen"), Some(id.clone())));
    let chosen: Vec<(String, Option<String>)> = std::iter::once(nobody).chain(rooms).collect();
    let mut cases = Vec::new();
    for (kind, term) in TERMS {
        for (chosen, room) in chosen.clone() {
            let ask = move |_| {
                let mut query = vec![("term", term)];
                query.extend(room.as_deref().map(|it| ("room", it)));
                Request::get("/api/rooms/candidates", &query)
            };
            cases.push(Case {
                group: Group::Picker,
                name: format!("{kind} ({term}), {chosen}"),
                times: TIMES,
                ask: Box::new(ask),
                raw: Some(json!({ "do": "search", "term": term })),
                rows: None,
            });
        }
    }
    cases
}
