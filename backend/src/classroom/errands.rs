//! What a meeting has done beyond itself, to entries, bans and links: each is a part of the transaction
//! that carries out one order of a Host.

use domain::{
    Nickname, RoomId, RoomType, Timestamp, UserId,
    classroom::{Ban, BanId, Identity},
};
use serde_json::json;

use crate::{
    Internal,
    accounts::Context,
    audit::{self, Action, Author, Subject},
    bans,
    live::EntryChange,
    store::{
        Db, Tx, bans as stored, entries,
        entry_links::{self, StoredLink},
        rooms,
    },
};

/// The Host who has something done, and where their connection comes from.
#[derive(Clone, Copy, Debug)]
pub struct Doer<'a> {
    /// Who: nobody unknown is ever Host.
    pub user: &'a UserId,
    /// From where.
    pub context: &'a Context,
}

/// Somebody who is to be banned.
#[derive(Clone, Copy, Debug)]
pub struct Banning<'a> {
    /// Who.
    pub who: &'a Identity,
    /// The name they have in the meeting.
    pub nickname: &'a Nickname,
    /// All others who are in and whom Rollcall doesn't know, by what tells them apart: they stay so where the
    /// shared link is renewed, which is what they came by.
    pub seated: &'a [String],
}

/// Somebody was banned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Banned {
    /// By which ban.
    pub ban: BanId,
    /// Whether the shared link was renewed and newcomers wait from now on, which lifting the ban doesn't
    /// undo.
    pub shut: bool,
}

impl Doer<'_> {
    const fn author(&self) -> Author<'_> {
        Author { actor: Some(self.user), context: Some(self.context) }
    }
}

/// Bans somebody from the room of that number and ends their entries to it. Whom the room can't tell from
/// a stranger the next time, it shuts out with all strangers: the shared link is renewed, and newcomers
/// wait. `None` where they are an Admin or the owner by now, or the room or they are gone.
pub async fn ban(
    tx: &mut Tx,
    room: i64,
    banning: Banning<'_>,
    doer: Doer<'_>,
    now: Timestamp,
) -> Result<Option<Banned>, Internal> {
    let Some((id, room_type)) = look(tx, room).await? else { return Ok(None) };
    let (user, ban, new) = match banning.who {
        Identity::User(user_id) => {
            let banned = stored::ban_user(tx, room, user_id, doer.user, now).await?;
            let Some((ban, new)) = banned else { return Ok(None) };
            (Some(user_id), ban, new)
        }
        Identity::Guest(_) => {
            (None, stored::ban_guest(tx, room, banning.nickname, doer.user, now).await?, true)
        }
    };
    entries::end_all(tx, room, banning.who).await?;
    let shut = new && (user.is_none() || room_type == RoomType::Open);
    if shut {
        shut_out_strangers(tx, room, banning.seated, now).await?;
        tx.changes_entry(EntryChange { room: Some(id.clone()), who: None });
    }
    if new {
        let mut detail = json!({ "renewed": shut });
        if user.is_none() {
            detail["guest"] = json!(banning.nickname);
        }
        let subject = Subject::room(&id).with(user);
        audit::note(tx, now, doer.author(), Action::RoomBan, subject, detail).await?;
    }
    Ok(Some(Banned { ban, shut }))
}

/// Lifts a ban from the room of that number, and answers whether there was one.
pub async fn lift_ban(
    tx: &mut Tx,
    room: i64,
    ban: BanId,
    doer: Doer<'_>,
    now: Timestamp,
) -> Result<bool, Internal> {
    let Some((id, _)) = look(tx, room).await? else { return Ok(false) };
    bans::lift(tx, (room, Subject::room(&id)), ban, doer.author(), now).await
}

/// Who is banned from the room of that number, the latest first.
pub async fn banned(db: &mut Db, room: i64) -> Result<Vec<Ban>, Internal> {
    stored::list(db, room).await
}

/// Ends all entries of somebody to the room of that number; they may come back by the door.
pub async fn put_out(tx: &mut Tx, room: i64, who: &Identity) -> Result<(), Internal> {
    entries::end_all(tx, room, who).await
}

/// Lets in somebody unknown who waits for a Host, by what tells them from others.
pub async fn admit(tx: &mut Tx, guest: &str, now: Timestamp) -> Result<(), Internal> {
    entries::admit(tx, guest, now).await
}

/// Has newcomers to the room of that number wait for a Host, or not.
pub async fn let_newcomers_wait(
    tx: &mut Tx,
    room: i64,
    on: bool,
    doer: Doer<'_>,
    now: Timestamp,
) -> Result<(), Internal> {
    let Some((id, _)) = look(tx, room).await? else { return Ok(()) };
    if stored::let_newcomers_wait(tx, room, on).await? {
        let (subject, detail) = (Subject::room(&id), json!({ "wait": on }));
        audit::note(tx, now, doer.author(), Action::RoomNewcomers, subject, detail).await?;
    }
    Ok(())
}

/// Renews the shared link, if there is one, and has newcomers wait. The seated move with the link.
async fn shut_out_strangers(
    tx: &mut Tx,
    room: i64,
    seated: &[String],
    now: Timestamp,
) -> Result<(), Internal> {
    stored::let_newcomers_wait(tx, room, true).await?;
    let Some(link) = entry_links::find(tx, room, None).await? else { return Ok(()) };
    let link = StoredLink { generation: link.generation.saturating_add(1), ..link };
    entry_links::update(tx, &link).await?;
    entries::move_on(tx, (link.number, link.generation), seated, now).await
}

/// The id and type of the room of that number.
async fn look(db: &mut Db, room: i64) -> Result<Option<(RoomId, RoomType)>, Internal> {
    let found = rooms::by_numbers(db, &[room]).await?.pop();
    Ok(found.map(|it| (it.summary.id, it.summary.room_type)))
}
