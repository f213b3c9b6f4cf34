//! The links of all members of a room, to hand them out: a page at a time, or as a file.

use std::sync::Arc;

use domain::{
    Cursor, Page,
    entry_link::{EntryLink, LinkHolder, LinkStanding},
};
use serde_json::json;

use super::{LinkKey, Links, LinksRefusal, ShownLink};
use crate::{
    Internal,
    accounts::Proof,
    audit::{self, Action, Subject},
    clock::Clock,
    csv, ids,
    rooms::RoomOwner,
    store::{self, Store, entry_links, members},
};

/// How many links of a file are read at once.
const AT_ONCE: u32 = 1_000;

/// The names of the columns.
const HEAD: [&str; 5] = ["nickname", "user_id", "link", "standing", "expires"];

/// The links of all members of a room. There is one only once those that were missing are made and the
/// log says who sees them all: it is the proof that they may be shown.
#[derive(Debug)]
pub struct ClassList {
    store: Store,
    clock: Arc<dyn Clock>,
    key: LinkKey,
    room: i64,
}

/// How a class list is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table for spreadsheets.
    Csv,
    /// A line each: who, and their link, or why it leads nowhere, in the reader's words.
    Text {
        /// What is said of one that was revoked.
        revoked: String,
        /// What is said of one that has expired.
        expired: String,
    },
}

/// A class list on its way out, some links at a time.
#[derive(Debug)]
pub struct Export {
    list: ClassList,
    format: Format,
    address: String,
    next: Next,
}

/// What comes next.
#[derive(Debug)]
enum Next {
    Head,
    Links(Option<Cursor>),
    Nothing,
}

impl Links {
    /// Makes the links of all members that were never shown, and answers with all of them. That somebody
    /// sees them is noted, in one line: by each they could enter as another.
    pub async fn make_missing(&self, owner: &RoomOwner) -> Result<ClassList, LinksRefusal> {
        let room = owner.reader().stored().number;
        let seats = members::seats(&mut *self.store.read().await?, room).await?;
        let users = seats.iter().map(|it| &it.seat.0);
        self.shown.count(owner.staff(), users).await?;
        let (mut tx, room) = owner.begin(&self.store).await?;
        let users = entry_links::without(&mut tx, room.number).await?;
        let named = users.into_iter().map(|user| Ok((ids::link_id()?, user)));
        let links = named.collect::<Result<Vec<_>, Internal>>()?;
        let now = self.clock.now();
        if !links.is_empty() {
            entry_links::make(&mut tx, room.number, &links, now).await?;
        }
        let (subject, detail) =
            (Subject::room(owner.id()), json!({ "count": room.summary.members }));
        audit::note(&mut tx, now, owner.author(), Action::LinksSeen, subject, detail).await?;
        store::commit(tx).await?;
        Ok(ClassList {
            store: self.store.clone(),
            clock: self.clock.clone(),
            key: self.key.clone(),
            room: room.number,
        })
    }
}

impl ClassList {
    /// At most `size` of the links, by nickname. Of whoever became a member since, there is none.
    pub async fn page(
        &self,
        cursor: Option<&Cursor>,
        size: u32,
    ) -> Result<Page<ShownLink>, Internal> {
        let mut db = self.store.read().await?;
        let page = entry_links::of_members(&mut db, self.room, cursor, size).await?;
        let now = self.clock.now();
        let shown = page.rows.into_iter().filter_map(|(user, link)| {
            let link = link?;
            let token = self.key.token(&link.id, link.generation);
            let (standing, expires) = (link.standing(now), link.expires);
            let holder = LinkHolder::Personal(user);
            Some(ShownLink { link: EntryLink { holder, standing, expires }, token })
        });
        Ok(Page { rows: shown.collect(), previous: page.previous, next: page.next })
    }

    /// All of them as a file. What stands in a link follows `address`.
    #[must_use]
    pub const fn export(self, format: Format, address: String) -> Export {
        let next = match format {
            Format::Csv => Next::Head,
            Format::Text { .. } => Next::Links(None),
        };
        Export { list: self, format, address, next }
    }
}

impl Export {
    /// The next lines of the file; `None` once all of it is there.
    pub async fn next(&mut self) -> Result<Option<String>, Internal> {
        let cursor = match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Head => {
                self.next = Next::Links(None);
                return Ok(Some(format!("{}{}", csv::BYTE_ORDER_MARK, csv::line(HEAD))));
            }
            Next::Links(cursor) => cursor,
            Next::Nothing => return Ok(None),
        };
        let page = self.list.page(cursor.as_ref(), AT_ONCE).await?;
        if page.next.is_some() {
            self.next = Next::Links(page.next);
        }
        Ok(Some(page.rows.iter().map(|it| self.line(it)).collect()))
    }

    fn line(&self, shown: &ShownLink) -> String {
        let EntryLink { holder, standing, expires } = &shown.link;
        let LinkHolder::Personal(user) = holder else { return String::new() };
        let (nickname, user_id) = (user.nickname.as_str(), user.user_id.as_str());
        let link = || format!("{}{}", self.address, shown.token.reveal());
        match &self.format {
            Format::Csv => {
                let (link, expires) = (link(), expires.map(domain::Timestamp::to_rfc3339));
                let standing = match standing {
                    LinkStanding::Valid => "valid",
                    LinkStanding::Expired => "expired",
                    LinkStanding::Revoked => "revoked",
                };
                csv::line([nickname, user_id, &link, standing, &expires.unwrap_or_default()])
            }
            Format::Text { revoked, expired } => {
                let said = match standing {
                    LinkStanding::Valid => link(),
                    LinkStanding::Expired => expired.clone(),
                    LinkStanding::Revoked => revoked.clone(),
                };
                format!("{nickname} ({user_id}): {said}\n")
            }
        }
    }
}
