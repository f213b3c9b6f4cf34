//! How the statements run inside the database.

use domain::{
    ConsoleRole, EntryPermission, RoomOrder, RoomState, RoomType, RoomsAsked, UserOrder,
    UserStatus, UsersAsked,
};
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use tempfile::TempDir;

use super::{
    Store, accounts, audit, dialect, entry, groups, images, members, paging::List, rooms, schema,
    search, user_rooms, users,
};

/// The statements of lists, searches, members, sessions and entry.
fn hot_statements() -> Vec<String> {
    let indexes = [&search::USERS, &search::GROUPS, &search::ROOMS];
    let mut all = vec![
        users::FIND,
        users::BY_NUMBERS,
        users::BY_KEYS,
        users::OTHER_ADMIN,
        users::FORMER,
        users::LEAVE_ROOMS,
        users::LEAVE_GROUPS,
        users::DELETE,
        user_rooms::NUMBERS,
        user_rooms::OWNED,
        user_rooms::MEMBERSHIPS,
        user_rooms::SHRINK,
        user_rooms::LEAVE,
        audit::OF_USER,
        audit::OF_ROOM,
        audit::HAPPENED,
        groups::BY_NUMBERS,
        groups::FIRST,
        groups::FIND,
        groups::OF_USER,
        groups::MEMBERS,
        rooms::FIND,
        rooms::BY_NUMBERS,
        members::IN_ORDER,
        members::FIND,
        members::AMONG,
        members::COPY,
        entry::FACTS,
        images::AMONG,
        accounts::SESSION,
        accounts::PASSWORD,
        accounts::IS_ADMIN,
        dialect::ADD_MEMBERS,
    ];
    all.extend(indexes.into_iter().flat_map(search::Index::statements));
    let mut all: Vec<String> = all.into_iter().map(str::to_owned).collect();
    all.extend([&members::LIST.after, &members::LIST.before].map(Clone::clone));
    all.extend(lists().into_iter().flat_map(|it| [it.after, it.before]));
    all
}

/// The lists of users and rooms, with every filter in every order.
fn lists() -> Vec<List> {
    let mut lists = Vec::new();
    for permission in each(EntryPermission::ALL) {
        for role in each(ConsoleRole::ALL) {
            for status in each(UserStatus::ALL) {
                for order in UserOrder::ALL {
                    lists.push(users::list(&UsersAsked { permission, role, status, order }));
                }
            }
        }
    }
    for room_type in each(RoomType::ALL) {
        for state in each(RoomState::ALL) {
            for order in RoomOrder::ALL {
                lists.push(rooms::list(&RoomsAsked { room_type, state, order }));
            }
        }
    }
    lists
}

fn each<T>(all: impl IntoIterator<Item = T>) -> impl Iterator<Item = Option<T>> {
    std::iter::once(None).chain(all.into_iter().map(Some))
}

async fn plan(db: &mut AnyConnection, statement: &str) -> Vec<String> {
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
    let rows = sqlx::query(explain).fetch_all(db).await.unwrap();
    rows.iter().map(|it| it.get("detail")).collect()
}

/// Whether a step walks through a whole table, or sorts what it found.
fn is_slow(step: &str) -> bool {
    let walks = step.starts_with("SCAN");
    let in_order = step.contains("USING INDEX") || step.contains("USING COVERING INDEX");
    let of_parameters = step.contains("VIRTUAL TABLE");
    (walks && !in_order && !of_parameters) || step.starts_with("USE TEMP B-TREE FOR ORDER BY")
}

#[tokio::test]
async fn hot_queries_never_scan() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("plans.db").display());
    let store = Store::connect(&url).await.unwrap();
    schema::migrate(&store).await.unwrap();
    let mut db = store.read().await.unwrap();
    for statement in hot_statements() {
        let plan = plan(&mut db, &statement).await;
        assert!(!plan.is_empty());
        assert!(!plan.iter().any(|it| is_slow(it)), "{statement}\n{plan:#?}");
    }
}
