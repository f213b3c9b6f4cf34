//! Entries: rows. Who may connect to a room from which browser.

use domain::{
    Nickname, RoomId, Timestamp, UserId, classroom::Identity, entry::Intent, entry_link::LinkId,
};

use super::{Db, Tx, codes::Code, dialect, row::Row};
use crate::Internal;

pub(super) const OF_BROWSER: &str = "SELECT e.id AS entry, r.public_id FROM entries e \
    JOIN rooms r ON r.id = e.room_id WHERE e.browser_hash = $1";
pub(super) const FIND: &str = "SELECT e.id AS entry, e.room_id AS room, e.guest, e.guest_name, \
    e.link_id AS link, e.generation, e.session_hash AS session, e.intent, e.admitted_at, e.used_at, \
    u.user_id \
    FROM rooms r JOIN entries e ON e.browser_hash = $1 AND e.room_id = r.id \
    LEFT JOIN users u ON u.id = e.user_id WHERE r.public_id = $2";
pub(super) const TOUCH: &str =
    concat!("UPDATE entries SET used_at = $1 WHERE id IN ", dialect::list!("$2"));
pub(super) const MOVE: &str = concat!(
    "UPDATE entries SET generation = $2, admitted_at = COALESCE(admitted_at, $3) \
     WHERE guest IN ",
    dialect::list!("$4"),
    " AND link_id = $1 AND generation = $2 - 1"
);

/// By what somebody enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way<'a> {
    /// By a link.
    Link {
        /// Its number.
        link: i64,
        /// Its generation.
        generation: u32,
    },
    /// By the session of that hash.
    Session(&'a [u8]),
}

/// An entry to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewEntry<'a> {
    /// The hash of what names the browser.
    pub browser: &'a [u8],
    /// The number of the room.
    pub room: i64,
    /// The number of the user; none of somebody unknown.
    pub user: Option<i64>,
    /// What tells somebody unknown from others, and the name that they typed.
    pub guest: Option<(&'a str, &'a Nickname)>,
    /// By what.
    pub way: Way<'a>,
    /// As what.
    pub intent: Intent,
}

/// An entry as a browser shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundEntry {
    /// Its number.
    pub number: i64,
    /// The number of the room.
    pub room: i64,
    /// Who.
    pub who: Identity,
    /// The name that somebody unknown typed.
    pub guest_name: Option<Nickname>,
    /// The link by which they came, and its generation then.
    link: Option<(i64, u32)>,
    /// The hash of the session by which they came.
    session: Option<Vec<u8>>,
    /// As what they asked to enter.
    pub intent: Intent,
    /// Whether a Host let them in.
    pub admitted: bool,
    /// When it was last used, as far as was noted.
    pub used: Timestamp,
}

impl FoundEntry {
    /// Whether they came by that.
    pub fn came_by(&self, way: Way<'_>) -> bool {
        match way {
            Way::Link { link, generation } => self.link == Some((link, generation)),
            Way::Session(session) => self.session.as_deref() == Some(session),
        }
    }
}

/// The numbers of the entries of that browser, and the rooms to which they are.
pub async fn of_browser(db: &mut Db, browser: &[u8]) -> Result<Vec<(i64, RoomId)>, Internal> {
    let rows = sqlx::query(OF_BROWSER).bind(browser.to_vec()).fetch_all(db).await?;
    let decode = |it| {
        let row = Row::of("entries", it);
        Ok((row.get("entry")?, row.as_of("rooms").parse("public_id", RoomId::parse)?))
    };
    rows.iter().map(decode).collect()
}

/// The entry of that browser to a room.
pub async fn find(
    db: &mut Db,
    browser: &[u8],
    room: &RoomId,
) -> Result<Option<FoundEntry>, Internal> {
    let row =
        sqlx::query(FIND).bind(browser.to_vec()).bind(room.as_str()).fetch_optional(db).await?;
    row.map(|it| found(Row::of("entries", &it))).transpose()
}

fn found(row: Row<'_>) -> Result<FoundEntry, Internal> {
    let user_id = row.as_of("users").parse_optional("user_id", |it| UserId::parse(it).ok())?;
    let who = match user_id {
        Some(user_id) => Identity::User(user_id),
        None => Identity::Guest(row.get("guest")?),
    };
    let link = match row.get::<Option<i64>>("link")? {
        Some(link) => Some((link, row.count("generation")?)),
        None => None,
    };
    Ok(FoundEntry {
        number: row.get("entry")?,
        room: row.get("room")?,
        who,
        guest_name: row.parse_optional("guest_name", |it| Nickname::parse(it).ok())?,
        link,
        session: row.get("session")?,
        intent: row.code("intent")?,
        admitted: row.get::<Option<i64>>("admitted_at")?.is_some(),
        used: Timestamp::from_micros(row.get("used_at")?),
    })
}

/// The link on which an entry rests, if it does on one.
pub async fn link(db: &mut Db, entry: i64) -> Result<Option<LinkId>, Internal> {
    let row = sqlx::query(
        "SELECT l.public_id FROM entries e JOIN entry_links l ON l.id = e.link_id WHERE e.id = $1",
    )
    .bind(entry)
    .fetch_optional(db)
    .await?;
    row.map(|it| Row::of("entry_links", &it).parse("public_id", LinkId::parse)).transpose()
}

/// Makes an entry.
pub async fn insert(tx: &mut Tx, new: NewEntry<'_>, now: Timestamp) -> Result<(), Internal> {
    let (link, generation, session) = parts(new.way);
    sqlx::query(
        "INSERT INTO entries (browser_hash, room_id, user_id, guest, guest_name, link_id, \
         generation, session_hash, intent, made_at, used_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
    )
    .bind(new.browser.to_vec())
    .bind(new.room)
    .bind(new.user)
    .bind(new.guest.map(|it| it.0))
    .bind(new.guest.map(|it| it.1.as_str()))
    .bind(link)
    .bind(generation)
    .bind(session)
    .bind(new.intent.code())
    .bind(now.micros())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives a browser another name, by which all its entries are found from now on.
pub async fn rename(tx: &mut Tx, browser: &[u8], new: &[u8]) -> Result<(), Internal> {
    sqlx::query("UPDATE entries SET browser_hash = $1 WHERE browser_hash = $2")
        .bind(new.to_vec())
        .bind(browser.to_vec())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Has an entry rest on that from now on.
pub async fn renew(tx: &mut Tx, entry: i64, way: Way<'_>, now: Timestamp) -> Result<(), Internal> {
    let (link, generation, session) = parts(way);
    sqlx::query(
        "UPDATE entries SET link_id = $1, generation = $2, session_hash = $3, used_at = $4 \
         WHERE id = $5",
    )
    .bind(link)
    .bind(generation)
    .bind(session)
    .bind(now.micros())
    .bind(entry)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn parts(way: Way<'_>) -> (Option<i64>, Option<i64>, Option<Vec<u8>>) {
    match way {
        Way::Link { link, generation } => (Some(link), Some(i64::from(generation)), None),
        Way::Session(session) => (None, None, Some(session.to_vec())),
    }
}

/// Notes that the entries of these numbers are used.
pub async fn touch(db: &mut Db, entries: &[i64], now: Timestamp) -> Result<(), Internal> {
    let list = serde_json::Value::from(entries).to_string();
    sqlx::query(TOUCH).bind(now.micros()).bind(list).execute(db).await?;
    Ok(())
}

/// Notes that a Host let in somebody unknown.
pub async fn admit(tx: &mut Tx, guest: &str, now: Timestamp) -> Result<(), Internal> {
    sqlx::query("UPDATE entries SET admitted_at = COALESCE(admitted_at, $1) WHERE guest = $2")
        .bind(now.micros())
        .bind(guest)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Moves the entries of these guests that came by a link to its next generation; they count as let in by a
/// Host.
pub async fn move_on(
    tx: &mut Tx,
    (link, generation): (i64, u32),
    guests: &[String],
    now: Timestamp,
) -> Result<(), Internal> {
    sqlx::query(MOVE)
        .bind(link)
        .bind(i64::from(generation))
        .bind(now.micros())
        .bind(serde_json::json!(guests).to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends an entry.
pub async fn end(tx: &mut Tx, entry: i64) -> Result<(), Internal> {
    sqlx::query("DELETE FROM entries WHERE id = $1").bind(entry).execute(&mut **tx).await?;
    Ok(())
}

/// Ends all entries of somebody to a room.
pub async fn end_all(tx: &mut Tx, room: i64, who: &Identity) -> Result<(), Internal> {
    match who {
        Identity::User(user_id) => {
            sqlx::query(
                "DELETE FROM entries WHERE room_id = $1 \
                 AND user_id = (SELECT id FROM users WHERE user_id_key = $2)",
            )
            .bind(room)
            .bind(user_id.key())
            .execute(&mut **tx)
            .await?;
        }
        Identity::Guest(guest) => {
            sqlx::query("DELETE FROM entries WHERE guest = $1 AND room_id = $2")
                .bind(guest)
                .bind(room)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

/// Forgets the entries that were last used before that, and answers how many these were.
pub async fn forget(db: &mut Db, before: Timestamp) -> Result<u64, Internal> {
    let done = sqlx::query("DELETE FROM entries WHERE used_at < $1")
        .bind(before.micros())
        .execute(db)
        .await?;
    Ok(done.rows_affected())
}
