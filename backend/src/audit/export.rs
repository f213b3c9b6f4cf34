//! The audit log as a table for spreadsheets, some entries at a time: it may be longer than memory.

use domain::{Cursor, RoomName, UserId, audit::Detail};

use super::details::details;
use crate::{
    Internal, csv,
    store::{
        Store,
        audit::NotedEvent,
        audit_list::{self, Part},
    },
};

/// How many entries are read at once.
const AT_ONCE: u32 = 500;

/// The names of the columns.
const HEAD: [&str; 11] = [
    "number",
    "at",
    "action",
    "actor",
    "user",
    "room",
    "room_name",
    "before",
    "after",
    "request_id",
    "address",
];

/// An export that is under way.
#[derive(Debug)]
pub struct Export {
    store: Store,
    part: Part,
    next: Next,
}

/// What comes next.
#[derive(Debug)]
enum Next {
    Head,
    Entries(Option<Cursor>),
    Nothing,
}

impl Export {
    pub(super) const fn new(store: Store, part: Part) -> Self {
        Self { store, part, next: Next::Head }
    }

    /// The next lines of the table; `None` once all of it is there.
    pub async fn next(&mut self) -> Result<Option<String>, Internal> {
        let cursor = match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Head => {
                self.next = Next::Entries(None);
                return Ok(Some(format!("{}{}", csv::BYTE_ORDER_MARK, csv::line(HEAD))));
            }
            Next::Entries(cursor) => cursor,
            Next::Nothing => return Ok(None),
        };
        let mut db = self.store.read().await?;
        let (rows, next) = audit_list::on(&mut db, &self.part, cursor.as_ref(), AT_ONCE).await?;
        if next.is_some() {
            self.next = Next::Entries(next);
        }
        Ok(Some(rows.iter().map(line).collect()))
    }
}

/// The line of an entry.
fn line(noted: &NotedEvent) -> String {
    let details = details(&noted.detail);
    let told = |of: fn(&Detail) -> Option<&String>| {
        let told = details.iter().filter_map(|it| Some(field(&it.field, of(it)?)));
        told.collect::<Vec<_>>().join("; ")
    };
    let room = noted.room.as_ref();
    let (number, at) = (noted.number.to_string(), noted.at.to_rfc3339());
    let (before, after) = (told(|it| it.before.as_ref()), told(|it| it.after.as_ref()));
    csv::line([
        &*number,
        &*at,
        &*noted.action,
        noted.actor.as_ref().map_or("", UserId::as_str),
        noted.user.as_ref().map_or("", UserId::as_str),
        room.map_or("", |it| it.0.as_str()),
        room.and_then(|it| it.1.as_ref()).map_or("", RoomName::as_str),
        &*before,
        &*after,
        noted.request_id.as_deref().unwrap_or_default(),
        noted.address.as_deref().unwrap_or_default(),
    ])
}

fn field(name: &str, text: &str) -> String {
    if name.is_empty() { text.to_owned() } else { format!("{name}: {text}") }
}
