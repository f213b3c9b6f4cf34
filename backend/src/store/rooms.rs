//! Rooms: rows, their order, and what is kept in step with them.

use super::{
    Db, Tx,
    codes::{self, Code},
    counters::{self, Counter},
    dialect,
    paging::{self, List, Order},
    row::{Row, Rows},
    search,
    users::{self, user_columns},
};
use crate::{Found, Internal};
use domain::{
    Cursor, Page, RoomId, RoomName, RoomOrder, RoomState, RoomsAsked, SearchTerm, Timestamp, fold,
    room::{Capacity, RoomDraft, RoomLimits, RoomSummary, TimeLimit},
};

/// The columns of a [`RoomSummary`].
macro_rules! room_columns {
    () => {
        concat!(
            "r.public_id, r.name, r.type, r.state, r.members, r.last_meeting, r.owner, ",
            user_columns!()
        )
    };
}

pub(super) use room_columns;

/// The tables they come from.
macro_rules! room_tables {
    () => {
        "rooms r JOIN users u ON u.id = r.owner"
    };
}

/// The columns of a [`StoredRoom`].
macro_rules! stored_columns {
    () => {
        concat!("r.id AS number, r.capacity, r.time_limit, r.opens, r.closes, ", room_columns!())
    };
}

macro_rules! select_rooms {
    () => {
        concat!("SELECT ", stored_columns!(), " FROM ", room_tables!())
    };
}

/// How many rooms a page of the list holds.
pub const PAGE: u32 = 50;

/// The list of the rooms asked for.
pub(super) fn list(asked: RoomsAsked) -> List {
    let order = match asked.order {
        RoomOrder::Name => Order::By("r.name_key"),
        RoomOrder::Newest => Order::Newest,
    };
    List::new(room_columns!(), room_tables!(), "r.id", &kinds(asked), order)
}

/// One condition for each kind of room that is asked for; the index that serves the list begins with
/// the two.
fn kinds(asked: RoomsAsked) -> Vec<String> {
    if !asked.is_filtered() {
        return vec![String::new()];
    }
    let (types, states) = (codes::asked(asked.room_type), codes::asked(asked.state()));
    let of_type =
        |it: i32| states.iter().map(move |state| format!("r.type = {it} AND r.state = {state}"));
    types.into_iter().flat_map(of_type).collect()
}

pub(super) const FIND: &str = concat!(select_rooms!(), " WHERE r.public_id = $1");
pub(super) const BY_NUMBERS: &str =
    concat!(select_rooms!(), " WHERE r.id IN ", dialect::list!("$1"));
pub(super) const BY_IDS: &str =
    concat!(select_rooms!(), " WHERE r.public_id IN ", dialect::list!("$1"));

/// A room, with the numbers by which other tables refer to it and to its owner.
#[derive(Clone, Debug)]
pub struct StoredRoom {
    /// The room's number.
    pub number: i64,
    /// The owner's number.
    pub owner: i64,
    /// The room.
    pub summary: RoomSummary,
    /// What limits it.
    pub limits: RoomLimits,
}

/// Makes a room without members and answers with its number.
pub async fn insert(
    tx: &mut Tx,
    id: &RoomId,
    draft: &RoomDraft,
    owner: i64,
    now: Timestamp,
) -> Result<i64, Internal> {
    let row = sqlx::query(
        "INSERT INTO rooms \
         (public_id, name, name_key, type, state, owner, members, created_at, changed_at, \
         capacity, time_limit, opens, closes) \
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $7, $8, $9, $10, $11) RETURNING id AS number",
    )
    .bind(id.as_str())
    .bind(draft.name.as_str())
    .bind(fold(draft.name.as_str()))
    .bind(draft.room_type.code())
    .bind(RoomState::Open.code())
    .bind(owner)
    .bind(now.micros())
    .bind(capacity(&draft.limits))
    .bind(time_limit(&draft.limits))
    .bind(draft.limits.opens.map(Timestamp::micros))
    .bind(draft.limits.closes.map(Timestamp::micros))
    .fetch_one(&mut **tx)
    .await?;
    let number = Row::of("rooms", &row).get("number")?;
    counters::add(tx, &[Counter::Rooms], 1).await?;
    search::ROOMS.file(tx, number, &[fold(draft.name.as_str())]).await?;
    Ok(number)
}

/// Gives a room another name, type and limits.
pub async fn update(
    tx: &mut Tx,
    before: &StoredRoom,
    draft: &RoomDraft,
    now: Timestamp,
) -> Result<(), Internal> {
    let name = &draft.name;
    sqlx::query(
        "UPDATE rooms SET name = $1, name_key = $2, type = $3, changed_at = $4, capacity = $5, \
         time_limit = $6, opens = $7, closes = $8 WHERE id = $9",
    )
    .bind(name.as_str())
    .bind(fold(name.as_str()))
    .bind(draft.room_type.code())
    .bind(now.micros())
    .bind(capacity(&draft.limits))
    .bind(time_limit(&draft.limits))
    .bind(draft.limits.opens.map(Timestamp::micros))
    .bind(draft.limits.closes.map(Timestamp::micros))
    .bind(before.number)
    .execute(&mut **tx)
    .await?;
    if *name != before.summary.name {
        let old = [fold(before.summary.name.as_str())];
        search::ROOMS.unfile(tx, before.number, &old).await?;
        search::ROOMS.file(tx, before.number, &[fold(name.as_str())]).await?;
    }
    Ok(())
}

/// The capacity as it is stored.
pub(super) fn capacity(limits: &RoomLimits) -> Option<i64> {
    limits.capacity.map(|it| it.get().into())
}

/// The time limit as it is stored.
pub(super) fn time_limit(limits: &RoomLimits) -> Option<i64> {
    limits.time_limit.map(|it| it.get().into())
}

/// Ends or reopens a room.
pub async fn set_state(
    tx: &mut Tx,
    number: i64,
    state: RoomState,
    now: Timestamp,
) -> Result<(), Internal> {
    sqlx::query("UPDATE rooms SET state = $1, changed_at = $2 WHERE id = $3")
        .bind(state.code())
        .bind(now.micros())
        .bind(number)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Gives a room to another user.
pub async fn set_owner(
    tx: &mut Tx,
    number: i64,
    owner: i64,
    now: Timestamp,
) -> Result<(), Internal> {
    sqlx::query("UPDATE rooms SET owner = $1, changed_at = $2 WHERE id = $3")
        .bind(owner)
        .bind(now.micros())
        .bind(number)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes a room with its members.
pub async fn delete(tx: &mut Tx, room: &StoredRoom) -> Result<(), Internal> {
    search::ROOMS.unfile(tx, room.number, &[fold(room.summary.name.as_str())]).await?;
    counters::add(tx, &[Counter::Rooms], -1).await?;
    sqlx::query("DELETE FROM rooms WHERE id = $1").bind(room.number).execute(&mut **tx).await?;
    Ok(())
}

/// Changes how many members a room says it has.
pub async fn resize(tx: &mut Tx, number: i64, change: i64) -> Result<(), Internal> {
    sqlx::query("UPDATE rooms SET members = members + $1 WHERE id = $2")
        .bind(change)
        .bind(number)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The room of that id.
pub async fn find(db: &mut Db, id: &RoomId) -> Result<Option<StoredRoom>, Internal> {
    let row = sqlx::query(FIND).bind(id.as_str()).fetch_optional(db).await?;
    row.map(|it| decode(Row::of("rooms", &it))).transpose()
}

/// A page of the rooms asked for.
pub async fn page(
    db: &mut Db,
    asked: &RoomsAsked,
    cursor: Option<&Cursor>,
) -> Result<Page<RoomSummary>, Internal> {
    paging::read(db, &list(*asked), None, cursor, PAGE, summary).await
}

/// The rooms that a term finds and that are asked for, the best first. `filtered` is whether some that it
/// finds may not be.
pub async fn search(
    db: &mut Db,
    term: &SearchTerm,
    filtered: bool,
    limit: u32,
    is_asked_for: impl Fn(&RoomSummary) -> bool,
) -> Result<Found<RoomSummary>, Internal> {
    let among = if filtered { search::FILTERED } else { limit };
    let found = search::ROOMS.find(db, term, None, among, summary).await?;
    Ok(found.only(limit, is_asked_for))
}

/// The rooms of these numbers, unordered.
pub async fn by_numbers(db: &mut Db, numbers: &[i64]) -> Result<Vec<StoredRoom>, Internal> {
    let json = serde_json::Value::from(numbers).to_string();
    let rows = Rows::read(db, &[stored_columns!()], BY_NUMBERS, |it| it.bind(json)).await?;
    rows.of("rooms").map(decode).collect()
}

/// The rooms of these ids, unordered.
pub async fn by_ids(db: &mut Db, ids: &[RoomId]) -> Result<Vec<StoredRoom>, Internal> {
    let json = serde_json::json!(ids).to_string();
    let rows = Rows::read(db, &[stored_columns!()], BY_IDS, |it| it.bind(json)).await?;
    rows.of("rooms").map(decode).collect()
}

fn decode(row: Row<'_>) -> Result<StoredRoom, Internal> {
    Ok(StoredRoom {
        number: row.get("number")?,
        owner: row.get("owner")?,
        summary: summary(row)?,
        limits: limits(row)?,
    })
}

/// The limits of a room whose columns are in the row.
pub fn limits(room: Row<'_>) -> Result<RoomLimits, Internal> {
    let moment = |column| room.get::<Option<i64>>(column).map(|it| it.map(Timestamp::from_micros));
    Ok(RoomLimits {
        capacity: room.number_optional("capacity", Capacity::new)?,
        time_limit: room.number_optional("time_limit", TimeLimit::new)?,
        opens: moment("opens")?,
        closes: moment("closes")?,
    })
}

fn summary(row: Row<'_>) -> Result<RoomSummary, Internal> {
    let room = row.as_of("rooms");
    Ok(RoomSummary {
        id: room.parse("public_id", RoomId::parse)?,
        name: room.parse("name", |it| RoomName::parse(it).ok())?,
        room_type: room.code("type")?,
        state: room.code("state")?,
        owner: users::summary(row)?,
        members: room.count("members")?,
        last_meeting: room.get::<Option<i64>>("last_meeting")?.map(Timestamp::from_micros),
    })
}
