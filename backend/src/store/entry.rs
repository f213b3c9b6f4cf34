//! What the rule of entry needs to know, in one statement each: of a room and a user, and of many entries
//! to one room.

use domain::{
    ConsoleRole, Nickname, RoomId, RoomName, RoomType, Timestamp, UserId,
    classroom::{Identity, Office, RoomSettings},
    entry::{Intent, KnownUser, RoomFacts},
    room::Capacity,
};

use super::{
    Db, dialect, rooms,
    row::{Row, Rows},
    users::{self, StoredUser, user_columns},
};
use crate::Internal;

/// The columns of a [`StoredEntryRoom`].
macro_rules! room_columns {
    () => {
        "r.id AS room, r.public_id, r.name, r.type, r.state, r.owner, r.capacity, r.time_limit, \
         r.opens, r.closes, r.newcomers_wait"
    };
}

/// The columns of a [`StoredVisitor`].
macro_rules! visitor_columns {
    () => {
        concat!("u.id AS number, ", user_columns!(), ", m.permission AS membership, b.id AS ban")
    };
}

/// What a user has to do with a room.
macro_rules! visitor_tables {
    () => {
        "LEFT JOIN members m ON m.room_id = r.id AND m.user_id = u.id \
         LEFT JOIN bans b ON b.room_id = r.id AND b.user_id = u.id"
    };
}

/// The columns of a [`StoredEntry`].
macro_rules! entry_columns {
    () => {
        "e.id AS entry, e.guest, e.guest_name, e.intent, e.generation AS entered_by, e.admitted_at, \
         e.used_at, \
         l.generation AS generation, l.expires_at, l.revoked_at, \
         s.created_at, s.last_seen_at"
    };
}

pub(super) const FACTS: &str = concat!(
    "SELECT ",
    room_columns!(),
    ", ",
    visitor_columns!(),
    " FROM rooms r LEFT JOIN users u ON u.user_id_key = $2 ",
    visitor_tables!(),
    " WHERE r.public_id = $1"
);
pub(super) const FACTS_OF_ENTRIES: &str = concat!(
    "SELECT ",
    room_columns!(),
    ", ",
    visitor_columns!(),
    ", ",
    entry_columns!(),
    " FROM entries e JOIN rooms r ON r.id = e.room_id LEFT JOIN users u ON u.id = e.user_id ",
    visitor_tables!(),
    " LEFT JOIN entry_links l ON l.id = e.link_id \
     LEFT JOIN sessions s ON s.secret_hash = e.session_hash WHERE e.id IN ",
    dialect::list!("$1")
);

/// What the rule needs to know of a room, and a meeting in it.
#[derive(Clone, Debug)]
pub struct StoredEntryRoom {
    /// The room's number.
    pub number: i64,
    /// Its id.
    pub id: RoomId,
    /// What the rule looks at, without what only a meeting knows.
    pub facts: RoomFacts,
    /// What a meeting in it goes by.
    pub settings: RoomSettings,
}

/// What the rule needs to know of a user who wants to enter a room.
#[derive(Clone, Debug)]
pub struct StoredVisitor {
    /// The user.
    pub user: StoredUser,
    /// What the rule looks at.
    pub known: KnownUser,
    /// Whether they are banned from the room.
    pub banned: bool,
}

impl StoredVisitor {
    /// The same, where they ask to enter as that.
    pub fn asking(self, intent: Intent) -> Self {
        Self { known: KnownUser { intent, ..self.known }, ..self }
    }

    /// What protects them from the Hosts of the room.
    pub fn office(&self) -> Office {
        match self.known {
            KnownUser { owner: true, .. } => Office::Owner,
            KnownUser { role: ConsoleRole::Admin, .. } => Office::Admin,
            _ => Office::None,
        }
    }
}

/// By what somebody entered.
#[derive(Clone, Copy, Debug)]
pub enum StoredWay {
    /// By a link.
    Link {
        /// Whether it was renewed since.
        renewed: bool,
        /// Until when it leads into the room.
        expires: Option<Timestamp>,
        /// Since when it is revoked.
        revoked: Option<Timestamp>,
    },
    /// By a session of the console.
    Session {
        /// When it was begun.
        created: Timestamp,
        /// When it was last used.
        last_seen: Timestamp,
    },
}

/// An entry, with everything that the rule needs to know of it.
#[derive(Clone, Debug)]
pub struct StoredEntry {
    /// Its number.
    pub number: i64,
    /// Who they are.
    pub who: Identity,
    /// The name that somebody unknown typed, or the user's.
    pub nickname: Nickname,
    /// The room.
    pub room: StoredEntryRoom,
    /// The user, asking for what they asked for; none of somebody unknown.
    pub visitor: Option<StoredVisitor>,
    /// By what they entered.
    pub way: StoredWay,
    /// Whether a Host let them in.
    pub admitted: bool,
    /// When it was last used, as far as was noted.
    pub used: Timestamp,
}

/// The facts of a room and of a user, if one is meant and exists; `None` where there is no such room.
pub async fn facts(
    db: &mut Db,
    room: &RoomId,
    user: Option<&UserId>,
) -> Result<Option<(StoredEntryRoom, Option<StoredVisitor>)>, Internal> {
    let key = user.map(UserId::key);
    let row = sqlx::query(FACTS).bind(room.as_str()).bind(key).fetch_optional(db).await?;
    row.map(|it| {
        let row = Row::of("rooms", &it);
        Ok((entry_room(row)?, visitor(row)?))
    })
    .transpose()
}

/// The facts of the entries of these numbers that still exist, unordered.
pub async fn facts_of_entries(db: &mut Db, entries: &[i64]) -> Result<Vec<StoredEntry>, Internal> {
    let json = serde_json::Value::from(entries).to_string();
    let columns = [room_columns!(), visitor_columns!(), entry_columns!()];
    let rows = Rows::read(db, &columns, FACTS_OF_ENTRIES, |it| it.bind(json)).await?;
    rows.of("entries").map(entry).collect()
}

fn entry_room(row: Row<'_>) -> Result<StoredEntryRoom, Internal> {
    let row = row.as_of("rooms");
    let limits = rooms::limits(row)?;
    let newcomers_wait = row.get::<i64>("newcomers_wait")? != 0;
    let room_type = row.code("type")?;
    Ok(StoredEntryRoom {
        number: row.get("room")?,
        id: row.parse("public_id", RoomId::parse)?,
        facts: RoomFacts {
            room_type,
            state: row.code("state")?,
            opens: limits.opens,
            closes: limits.closes,
            locked: false,
            capacity: limits.capacity.map(Capacity::get),
            inside: 0,
            newcomers_wait,
        },
        settings: RoomSettings {
            name: row.parse("name", |it| RoomName::parse(it).ok())?,
            capacity: limits.capacity,
            time_limit: limits.time_limit,
            for_anyone: room_type == RoomType::Open,
            newcomers_wait,
        },
    })
}

fn visitor(row: Row<'_>) -> Result<Option<StoredVisitor>, Internal> {
    let Some(number) = row.get::<Option<i64>>("number")? else { return Ok(None) };
    let user = users::decode(row)?;
    let known = KnownUser {
        status: user.summary.status,
        role: user.summary.role,
        default_permission: user.summary.permission,
        membership: row.as_of("members").code_optional("membership")?,
        owner: row.as_of("rooms").get::<i64>("owner")? == number,
        intent: Intent::Own,
    };
    let banned = row.as_of("bans").get::<Option<i64>>("ban")?.is_some();
    Ok(Some(StoredVisitor { user, known, banned }))
}

fn entry(row: Row<'_>) -> Result<StoredEntry, Internal> {
    let intent = row.code("intent")?;
    let visitor = visitor(row)?.map(|it| it.asking(intent));
    let (who, nickname) = if let Some(StoredVisitor { user, .. }) = &visitor {
        (Identity::User(user.summary.user_id.clone()), user.summary.nickname.clone())
    } else {
        let nickname = row.parse("guest_name", |it| Nickname::parse(it).ok())?;
        (Identity::Guest(row.get("guest")?), nickname)
    };
    Ok(StoredEntry {
        number: row.get("entry")?,
        who,
        nickname,
        room: entry_room(row)?,
        visitor,
        way: way(row)?,
        admitted: row.get::<Option<i64>>("admitted_at")?.is_some(),
        used: Timestamp::from_micros(row.get("used_at")?),
    })
}

fn way(row: Row<'_>) -> Result<StoredWay, Internal> {
    let moment = |table, column| {
        let micros = row.as_of(table).get::<Option<i64>>(column);
        micros.map(|it| it.map(Timestamp::from_micros))
    };
    let entered_by: Option<i64> = row.get("entered_by")?;
    if let Some(entered_by) = entered_by {
        let generation: Option<i64> = row.as_of("entry_links").get("generation")?;
        return Ok(StoredWay::Link {
            renewed: generation != Some(entered_by),
            expires: moment("entry_links", "expires_at")?,
            revoked: moment("entry_links", "revoked_at")?,
        });
    }
    let session = row.as_of("sessions");
    Ok(StoredWay::Session {
        created: Timestamp::from_micros(session.get("created_at")?),
        last_seen: Timestamp::from_micros(session.get("last_seen_at")?),
    })
}
