//! Entry links: rows. What proves a link isn't here, but derived from the key.

use std::sync::LazyLock;

use domain::{
    Cursor, Page, RoomId, Timestamp, UserId, UserSummary,
    entry_link::{LinkAct, LinkId, LinkStanding},
};

use super::{
    Db, Tx, dialect,
    paging::{self, List, Order},
    row::{Row, Rows},
    users::{self, user_columns},
};
use crate::Internal;

/// The columns of a [`StoredLink`].
macro_rules! link_columns {
    () => {
        "l.id AS link_number, l.public_id AS link, l.generation, l.expires_at, l.revoked_at"
    };
}

pub(super) const OF_USER: &str = concat!(
    "SELECT ",
    link_columns!(),
    " FROM entry_links l WHERE l.room_id = $1 AND l.user_id = $2"
);
pub(super) const SHARED: &str = concat!(
    "SELECT ",
    link_columns!(),
    " FROM entry_links l WHERE l.room_id = $1 AND l.user_id IS NULL"
);
pub(super) const BY_ID: &str = concat!(
    "SELECT ",
    link_columns!(),
    ", r.public_id, u.user_id FROM entry_links l JOIN rooms r ON r.id = l.room_id \
     LEFT JOIN users u ON u.id = l.user_id WHERE l.public_id = $1"
);

pub(super) const WITHOUT: &str = "SELECT m.user_id FROM members m WHERE m.room_id = $1 AND NOT EXISTS \
    (SELECT 1 FROM entry_links l WHERE l.room_id = $1 AND l.user_id = m.user_id)";

/// The list of the links of a room's members; its fourth parameter is the room. A member who has none
/// yet stands in it without one.
pub(super) static OF_MEMBERS: LazyLock<List> = LazyLock::new(|| {
    let columns = concat!(link_columns!(), ", ", user_columns!());
    let tables = "members m JOIN users u ON u.id = m.user_id \
        LEFT JOIN entry_links l ON l.room_id = m.room_id AND l.user_id = m.user_id";
    let of_room = ["m.room_id = $4".to_owned()];
    List::new(columns, tables, "m.user_id", &of_room, Order::By("m.nickname_key"))
});

/// A link as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLink {
    /// By which other tables refer to it.
    pub number: i64,
    /// Its id.
    pub id: LinkId,
    /// How often it was made anew, from one on.
    pub generation: u32,
    /// Until when it leads into the room.
    pub expires: Option<Timestamp>,
    /// Since when it is revoked.
    pub revoked: Option<Timestamp>,
}

impl StoredLink {
    /// How it stands at that moment.
    pub fn standing(&self, now: Timestamp) -> LinkStanding {
        standing((self.revoked, self.expires), now)
    }

    /// The link as it is once that was done. One that is made anew leads into the room, whatever the one
    /// before did; an expiry that is still to come stays.
    pub fn after(&self, act: LinkAct, now: Timestamp) -> Self {
        let link = self.clone();
        match act {
            LinkAct::Renew => Self {
                generation: link.generation.saturating_add(1),
                expires: link.expires.filter(|it| now < *it),
                revoked: None,
                ..link
            },
            LinkAct::Revoke => Self { revoked: link.revoked.or(Some(now)), ..link },
            LinkAct::Allow => Self { revoked: None, ..link },
            LinkAct::Expire(expires) => Self { expires, ..link },
        }
    }
}

/// How a link stands at that moment that was revoked then, or expires then.
pub const fn standing(
    (revoked, expires): (Option<Timestamp>, Option<Timestamp>),
    now: Timestamp,
) -> LinkStanding {
    match (revoked, expires) {
        (Some(_), _) => LinkStanding::Revoked,
        (None, Some(expires)) if expires.micros() <= now.micros() => LinkStanding::Expired,
        (None, _) => LinkStanding::Valid,
    }
}

/// The link of a user into a room, or the shared one, if it was ever made.
pub async fn find(
    db: &mut Db,
    room: i64,
    user: Option<i64>,
) -> Result<Option<StoredLink>, Internal> {
    let row = match user {
        Some(user) => sqlx::query(OF_USER).bind(room).bind(user).fetch_optional(db).await?,
        None => sqlx::query(SHARED).bind(room).fetch_optional(db).await?,
    };
    row.map(|it| decode(Row::of("entry_links", &it))).transpose()
}

/// The link of that id, its room, and whose it is.
pub async fn by_id(
    db: &mut Db,
    id: &LinkId,
) -> Result<Option<(StoredLink, RoomId, Option<UserId>)>, Internal> {
    let row = sqlx::query(BY_ID).bind(id.as_str()).fetch_optional(db).await?;
    row.map(|it| {
        let row = Row::of("entry_links", &it);
        let room = row.as_of("rooms").parse("public_id", RoomId::parse)?;
        let user = row.as_of("users").parse_optional("user_id", |it| UserId::parse(it).ok())?;
        Ok((decode(row)?, room, user))
    })
    .transpose()
}

/// Makes a link.
pub async fn insert(
    tx: &mut Tx,
    id: &LinkId,
    (room, user): (i64, Option<i64>),
    now: Timestamp,
) -> Result<StoredLink, Internal> {
    let row = sqlx::query(
        "INSERT INTO entry_links (public_id, room_id, user_id, generation, made_at) \
         VALUES ($1, $2, $3, 1, $4) RETURNING id AS number",
    )
    .bind(id.as_str())
    .bind(room)
    .bind(user)
    .bind(now.micros())
    .fetch_one(&mut **tx)
    .await?;
    let number = Row::of("entry_links", &row).get("number")?;
    Ok(StoredLink { number, id: id.clone(), generation: 1, expires: None, revoked: None })
}

/// The members of a room who have no link yet, by number.
pub async fn without(db: &mut Db, room: i64) -> Result<Vec<i64>, Internal> {
    let rows = Rows::read(db, &["m.user_id"], WITHOUT, |it| it.bind(room)).await?;
    rows.of("members").map(|it| it.get("user_id")).collect()
}

/// Makes links into a room for users, by number, who have none.
pub async fn make(
    tx: &mut Tx,
    room: i64,
    links: &[(LinkId, i64)],
    now: Timestamp,
) -> Result<(), Internal> {
    let pairs = serde_json::to_string(links).map_err(Internal::other)?;
    let made = sqlx::query(dialect::MAKE_LINKS).bind(room).bind(pairs).bind(now.micros());
    made.execute(&mut **tx).await?;
    Ok(())
}

/// A page of the links of a room's members, by nickname, each of whom may have none yet.
pub async fn of_members(
    db: &mut Db,
    room: i64,
    cursor: Option<&Cursor>,
    size: u32,
) -> Result<Page<(UserSummary, Option<StoredLink>)>, Internal> {
    paging::read(db, &OF_MEMBERS, Some(room), cursor, size, |row| {
        let links = row.as_of("entry_links");
        let link = links.parse_optional("link", |it| Some(it.to_owned()))?;
        let link = link.map(|_| decode(links)).transpose()?;
        Ok((users::summary(row.as_of("users"))?, link))
    })
    .await
}

/// Keeps what was done to a link.
pub async fn update(tx: &mut Tx, link: &StoredLink) -> Result<(), Internal> {
    sqlx::query(
        "UPDATE entry_links SET generation = $1, expires_at = $2, revoked_at = $3 WHERE id = $4",
    )
    .bind(i64::from(link.generation))
    .bind(link.expires.map(Timestamp::micros))
    .bind(link.revoked.map(Timestamp::micros))
    .bind(link.number)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The fingerprint of the key by which links were made so far.
pub async fn key(db: &mut Db) -> Result<Option<Vec<u8>>, Internal> {
    let row =
        sqlx::query("SELECT fingerprint FROM link_key WHERE id = 1").fetch_optional(db).await?;
    row.map(|it| Row::of("link_key", &it).get("fingerprint")).transpose()
}

/// Keeps the fingerprint of the key by which links are made from now on.
pub async fn set_key(tx: &mut Tx, fingerprint: &[u8]) -> Result<(), Internal> {
    sqlx::query(
        "INSERT INTO link_key (id, fingerprint) VALUES (1, $1) \
         ON CONFLICT (id) DO UPDATE SET fingerprint = $1",
    )
    .bind(fingerprint.to_vec())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn decode(row: Row<'_>) -> Result<StoredLink, Internal> {
    let moment = |column| row.get::<Option<i64>>(column).map(|it| it.map(Timestamp::from_micros));
    Ok(StoredLink {
        number: row.get("link_number")?,
        id: row.parse("link", LinkId::parse)?,
        generation: row.count("generation")?,
        expires: moment("expires_at")?,
        revoked: moment("revoked_at")?,
    })
}
