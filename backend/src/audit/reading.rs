//! Reading the audit log, and taking it out of the console.

use std::sync::Arc;

use domain::{
    Cursor, Page, RoomId, RoomName, UserId,
    audit::{AuditAsked, AuditTerm, Entry},
};
use serde_json::{Value, json};

use super::{Action, Export, Subject, details::details, note};
use crate::{
    Internal,
    accounts::Admin,
    clock::Clock,
    history,
    settings::SchoolSettings,
    store::{
        self, Db, Store,
        audit::NotedEvent,
        audit_list::{self, Part, Whose},
        rooms, users,
    },
};

/// How many entries a page holds.
const PAGE: u32 = 50;
/// In how many of the rooms that a name finds is looked.
const ROOMS: u32 = 5;

/// The use cases about the audit log.
#[derive(Debug)]
pub struct AuditLog {
    store: Store,
    clock: Arc<dyn Clock>,
    settings: Arc<SchoolSettings>,
}

impl AuditLog {
    pub(crate) const fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        settings: Arc<SchoolSettings>,
    ) -> Self {
        Self { store, clock, settings }
    }

    /// A page of what is asked for, the latest first. A term is searched for instead of the person and
    /// the room asked for.
    pub async fn page(
        &self,
        _: &Admin,
        asked: &AuditAsked,
        term: Option<&AuditTerm>,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Entry>, Internal> {
        let mut db = self.store.read().await?;
        let part = self.part(&mut db, asked, term).await?;
        let page = audit_list::page(&mut db, &part, cursor, PAGE).await?;
        let Page { rows, previous, next } = page;
        let events = history::told(&mut db, &rows).await?;
        let entry = |(noted, event): (NotedEvent, _)| Entry {
            number: noted.number,
            event,
            details: details(&noted.detail),
            action: noted.action,
            request_id: noted.request_id,
            address: noted.address,
        };
        let rows = rows.into_iter().zip(events).map(entry).collect();
        Ok(Page { rows, previous, next })
    }

    /// The name of a room, for the filter that shows it.
    pub async fn room_name(&self, _: &Admin, id: &RoomId) -> Result<Option<RoomName>, Internal> {
        let room = rooms::find(&mut *self.store.read().await?, id).await?;
        Ok(room.map(|it| it.summary.name))
    }

    /// Begins to take out of the console what is asked for, which is noted.
    pub async fn export(
        &self,
        admin: &Admin,
        asked: &AuditAsked,
        search: &str,
    ) -> Result<Export, Internal> {
        let mut tx = admin.begin(&self.store).await?;
        let (now, detail) = (self.clock.now(), filters(asked, search));
        note(&mut tx, now, admin.author(), Action::Export, Subject::default(), detail).await?;
        store::commit(tx).await?;
        let term = AuditTerm::parse(search);
        let part = self.part(&mut *self.store.read().await?, asked, term.as_ref()).await?;
        Ok(Export::new(self.store.clone(), part))
    }

    /// Which part of the log that is.
    async fn part(
        &self,
        db: &mut Db,
        asked: &AuditAsked,
        term: Option<&AuditTerm>,
    ) -> Result<Part, Internal> {
        let whose = match (term, &asked.person, &asked.room) {
            (Some(term), _, _) => sought(db, term).await?,
            (None, Some(person), room) => Whose::Person(as_noted(db, person).await?, room.clone()),
            (None, None, Some(room)) => Whose::Rooms(vec![room.clone()]),
            (None, None, None) => Whose::Anybodys,
        };
        let zone = self.settings.zone();
        let from = asked.from.as_ref().and_then(|it| zone.day(it)).map(|it| it.0);
        let until = asked.until.as_ref().and_then(|it| zone.day(it)).map(|it| it.1);
        let all = Part::all(whose);
        let (from, until) = (from.unwrap_or(all.from), until.unwrap_or(all.until));
        Ok(Part { kind: asked.kind, from, until, ..all })
    }
}

/// Whose entries a term finds.
async fn sought(db: &mut Db, term: &AuditTerm) -> Result<Whose, Internal> {
    let term = match term {
        AuditTerm::Address(address) => return Ok(Whose::Address(address.clone())),
        AuditTerm::Request(id) => return Ok(Whose::Request(id.clone())),
        AuditTerm::Name(term) => term,
    };
    if let Some(user_id) = term.user_id()
        && let Some(known) = known(db, user_id).await?
    {
        return Ok(Whose::Person(known, None));
    }
    let found = rooms::search(db, term, false, ROOMS, |_| true).await?;
    Ok(Whose::Rooms(found.rows.into_iter().map(|it| it.id).collect()))
}

/// The User ID of somebody as the log has it.
async fn as_noted(db: &mut Db, person: &UserId) -> Result<UserId, Internal> {
    Ok(known(db, person).await?.unwrap_or_else(|| person.clone()))
}

/// The User ID as it was typed when the user was created, who may be deleted by now.
async fn known(db: &mut Db, user_id: &UserId) -> Result<Option<UserId>, Internal> {
    match users::find(db, user_id).await? {
        Some(user) => Ok(Some(user.summary.user_id)),
        None => users::former(db, user_id).await,
    }
}

/// What the log keeps of an export: what was asked for.
fn filters(asked: &AuditAsked, search: &str) -> Value {
    const MOST: usize = 100;
    let mut filters = json!({});
    let search: String = search.trim().chars().take(MOST).collect();
    for (name, value) in [
        ("search", Some(search).filter(|it| !it.is_empty())),
        ("person", asked.person.as_ref().map(ToString::to_string)),
        ("room", asked.room.as_ref().map(ToString::to_string)),
        ("kind", asked.kind.map(|it| it.name().to_owned())),
        ("from", asked.from.as_ref().map(ToString::to_string)),
        ("until", asked.until.as_ref().map(ToString::to_string)),
    ] {
        if let Some(value) = value {
            filters[name] = Value::from(value);
        }
    }
    filters
}
