//! How the statements run inside the database.

use std::{collections::BTreeSet, fs, path::Path};

use domain::{
    ConsoleRole, EntryPermission, GroupName, RoomId, RoomOrder, RoomStatus, RoomType, RoomsAsked,
    Timestamp, UserId, UserOrder, UserStatus, UsersAsked, audit::AuditKind,
};
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use tempfile::TempDir;

use crate::live::Live;

use super::{
    Store, accounts, audit,
    audit_list::{self, Part, Whose},
    bans,
    belonging::Belonging,
    chat,
    counters::{self, Counter},
    dialect, entries, entry, entry_links, groups, held_meetings, images, meetings, members,
    observations, open_meetings,
    paging::List,
    password_links, rooms, schema, search, sent, snapshot, user_list, user_rooms, users,
};

/// The statements that have a name.
fn named() -> Vec<&'static str> {
    vec![
        users::FIND,
        users::BY_KEYS,
        users::OTHER_ADMIN,
        users::FORMER,
        users::LEAVE_ROOMS,
        users::LEAVE_GROUPS,
        users::KIND_IN_GROUPS,
        users::DELETE,
        user_list::LISTED,
        user_rooms::NUMBERS,
        user_rooms::OWNED,
        user_rooms::OWNED_OR_HOSTED,
        user_rooms::MEMBERSHIPS,
        user_rooms::SHRINK,
        user_rooms::LEAVE,
        audit::FORGET,
        groups::FIRST,
        groups::FIND,
        groups::OF_USER,
        groups::FIRST_USERS,
        groups::AMONG,
        groups::NUMBERS,
        groups::PLACES,
        groups::TAKE_OUT,
        audit::NOTE_EACH,
        audit::INSERT_OBSERVATION,
        rooms::FIND,
        rooms::BY_NUMBERS,
        rooms::BY_IDS,
        members::SEATS,
        members::SEATS_OF,
        members::SET_PERMISSIONS,
        members::REMOVE_MANY,
        members::FIND,
        members::AMONG,
        members::COPY,
        members::OTHER_HOST,
        members::PERMISSION,
        entry::FACTS,
        entry::FACTS_OF_ENTRIES,
        entries::FIND,
        entries::OF_BROWSER,
        entries::TOUCH,
        entries::MOVE,
        bans::LIST,
        bans::FIND,
        bans::ROOMS_OF,
        bans::BAN_USER,
        bans::OF_USER,
        images::AMONG,
        snapshot::IMAGES_AFTER,
        counters::ADD,
        counters::READ,
        accounts::SESSION,
        accounts::PASSWORD,
        accounts::HAS_ROLE,
        accounts::OF_USER,
        audit::COUNT_DONE,
        entry_links::OF_USER,
        entry_links::SHARED,
        entry_links::BY_ID,
        entry_links::WITHOUT,
        dialect::MAKE_LINKS,
        password_links::HOLDER,
        password_links::SIGN_IN,
        dialect::ADD_MEMBERS,
        dialect::ADD_TO_GROUP,
        dialect::NOTE_ALL,
        dialect::KEEP_MEETINGS,
        dialect::NOTE_BEGINNINGS,
        dialect::KEEP_PARTICIPANTS,
        dialect::END_STAYS,
        dialect::BEGIN_STAYS,
        dialect::NOTE_ENTRIES,
        dialect::END_ALL_STAYS,
        dialect::SAY,
        dialect::LINES_FROM,
        meetings::ABSENT,
        meetings::AS_IT_ENDED,
        held_meetings::LIST,
        held_meetings::FIND,
        held_meetings::STAYS,
        held_meetings::ABSENT_THEN,
        held_meetings::EXPECTED_NOW,
        held_meetings::ABSENT_NOW,
        held_meetings::OF_USER,
        held_meetings::STAYS_OF_USER,
        held_meetings::OF_ROOMS,
        held_meetings::FORGET,
        observations::OPEN,
        observations::NOTE_SEEN,
        open_meetings::OPEN,
        open_meetings::PARTICIPANTS_OF,
        open_meetings::STAYS_OF,
        chat::BEFORE,
        chat::FORGET,
        sent::FORGET,
    ]
}

/// The statements that have a name, or are put together.
fn hot_statements() -> Vec<String> {
    let indexes = [&search::USERS, &search::GROUPS, &search::ROOMS];
    let mut all = named();
    all.extend(indexes.into_iter().flat_map(search::Index::statements));
    let searched = [&members::SEARCHED, &groups::SEARCHED];
    all.extend(searched.into_iter().flat_map(Belonging::statements));
    let mut all: Vec<String> = all.into_iter().map(str::to_owned).collect();
    for list in [&members::LIST, &groups::LIST, &groups::USERS, &entry_links::OF_MEMBERS] {
        all.extend([list.after.clone(), list.before.clone()]);
    }
    let long = lists().into_iter().chain(parts_of_the_log());
    all.extend(long.flat_map(|it| [it.after, it.before]));
    all
}

/// The files beside this one by name, but for those that only seed a folder or bring its tables up to
/// date.
fn sources() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let named = files.map(|it| (it.file_stem().unwrap().to_str().unwrap().to_owned(), it));
    let hot =
        named.filter(|(name, _)| !["bulk", "filing", "schema", "tests"].contains(&name.as_str()));
    hot.map(|(name, file)| (name, fs::read_to_string(file).unwrap())).collect()
}

/// The statements that stand where they are run.
fn written_in_place() -> Vec<String> {
    let sources = sources();
    let calls = sources.iter().flat_map(|(_, it)| it.split("sqlx::query").skip(1));
    let literals = calls.filter_map(|it| {
        let argument = it.split_once('(')?.1.trim_start().strip_prefix('"')?;
        argument.split_once('"').map(|it| it.0)
    });
    // A line that ends with a backslash goes on with the next one's first word.
    literals.map(|it| it.split("\\\n").map(str::trim_start).collect()).collect()
}

/// The lists of users and rooms, with every filter in every order.
fn lists() -> Vec<List> {
    let mut lists = Vec::new();
    for group in [None, GroupName::parse("7B").ok()] {
        for permission in each(EntryPermission::ALL) {
            for role in each(ConsoleRole::ALL) {
                for status in each(UserStatus::ALL) {
                    for order in UserOrder::ALL {
                        let group = group.clone();
                        let asked = UsersAsked { group, permission, role, status, order };
                        lists.push(user_list::list(&asked));
                    }
                }
            }
        }
    }
    for room_type in each(RoomType::ALL) {
        for status in each(RoomStatus::ALL) {
            for order in RoomOrder::ALL {
                lists.push(rooms::list(RoomsAsked { room_type, status, order }));
            }
        }
    }
    lists
}

/// The log with every filter.
fn parts_of_the_log() -> Vec<List> {
    let user = || UserId::parse("S-1").unwrap();
    let room = || RoomId::parse("0123456789ab").unwrap();
    let whose = [
        Whose::Anybodys,
        Whose::Person(user(), None),
        Whose::Person(user(), Some(room())),
        Whose::DoneTo(user()),
        Whose::Rooms(vec![room()]),
        Whose::Rooms(vec![room(), room(), room()]),
        Whose::Address("10.0.0.1".to_owned()),
        Whose::Request("r-1".to_owned()),
    ];
    let parts = whose.into_iter().flat_map(|whose| {
        each(AuditKind::ALL).map(move |kind| Part { kind, ..Part::all(whose.clone()) })
    });
    parts.map(|it| audit_list::list(&it)).collect()
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
    // Of parameters, of none at all, of a table that has one row at most, and of what a search has
    // found, which is limited.
    let short = ["VIRTUAL TABLE", "CONSTANT ROW", "setup_links"].iter().any(|it| step.contains(it))
        || ["SCAN words", "SCAN parts", "SCAN found"].contains(&step);
    (walks && !in_order && !short) || step.starts_with("USE TEMP B-TREE")
}

/// A store over an empty file.
async fn empty(folder: &TempDir) -> Store {
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display());
    Store::connect(&url, Live::new(Timestamp::from_micros(0))).await.unwrap()
}

#[tokio::test]
async fn groups_made_before_they_had_pages_keep_their_users_in_order() {
    let folder = TempDir::new().unwrap();
    let mut db = empty(&folder).await.write().await.unwrap();
    for statements in [
        include_str!("../../../migrations/sqlite/0001_users_rooms_accounts.sql"),
        "INSERT INTO users (id, user_id, user_id_key, nickname, nickname_key, permission, role, \
         status, created_at, changed_at) VALUES (1, 'S-1', 's-1', 'Zoe', 'zoe', 1, 0, 0, 0, 0), \
         (2, 'S-2', 's-2', 'Abe', 'abe', 1, 0, 0, 0, 0); \
         INSERT INTO groups (id, name, name_key, size) VALUES (7, '7B', '7b', 2), (8, '8', '8', 0); \
         INSERT INTO group_users (group_id, user_id) VALUES (7, 1), (7, 2)",
        include_str!("../../../migrations/sqlite/0004_groups.sql"),
    ] {
        sqlx::raw_sql(statements).execute(&mut *db).await.unwrap();
    }
    let page = groups::users_page(&mut db, 7, None).await.unwrap();
    let nicknames: Vec<_> = page.rows.iter().map(|it| it.nickname.as_str()).collect();
    assert_eq!(nicknames, ["Abe", "Zoe"]);
    assert_eq!(counters::read(&mut db, [Counter::Groups]).await.unwrap(), [2]);
}

#[tokio::test]
async fn meetings_that_ended_before_their_windows_were_kept_have_that_of_their_room() {
    let folder = TempDir::new().unwrap();
    let mut db = empty(&folder).await.write().await.unwrap();
    for statements in [
        include_str!("../../../migrations/sqlite/0001_users_rooms_accounts.sql"),
        include_str!("../../../migrations/sqlite/0006_room_limits.sql"),
        include_str!("../../../migrations/sqlite/0017_meetings.sql"),
        "INSERT INTO users (id, user_id, user_id_key, nickname, nickname_key, permission, role, \
         status, created_at, changed_at) VALUES (1, 'A-1', 'a-1', 'Abe', 'abe', 1, 0, 0, 0, 0); \
         INSERT INTO rooms (id, public_id, name, name_key, type, state, owner, members, created_at, \
         changed_at, opens) VALUES (1, 'r-1', 'Algebra', 'algebra', 0, 0, 1, 0, 0, 0, 42); \
         INSERT INTO meetings (id, room_id, number, runs, began_at, seen_at, ended_at, locked, \
         denied, people, chat_lines) VALUES (1, 1, 1, 1, 0, 0, 9, 0, 0, 1, 0), \
         (2, 1, 2, 1, 0, 0, NULL, 0, 0, 1, 0)",
        include_str!("../../../migrations/sqlite/0020_windows_of_meetings.sql"),
    ] {
        sqlx::raw_sql(statements).execute(&mut *db).await.unwrap();
    }
    let query = sqlx::query_scalar("SELECT opens FROM meetings ORDER BY id");
    let opens: Vec<Option<i64>> = query.fetch_all(&mut *db).await.unwrap();
    assert_eq!(opens, [Some(42), None]);
}

/// Makes the tables in a database that may have so many pages, as a full disk has it.
async fn migrate_within(pages: u32, folder: &TempDir) -> bool {
    let store = empty(folder).await;
    let limit = AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
    sqlx::query(limit).execute(&mut *store.write().await.unwrap()).await.unwrap();
    let migrated = schema::migrate(&store).await;
    store.close().await;
    migrated.is_ok()
}

#[tokio::test]
async fn migrations_that_were_cut_off_are_gone_on_with_wherever_that_was() {
    let mut stopped_at = BTreeSet::new();
    for pages in 1.. {
        let folder = TempDir::new().unwrap();
        let done = migrate_within(pages, &folder).await;
        let store = empty(&folder).await;
        let found = schema::newest_in(&mut store.read().await.unwrap()).await.unwrap();
        stopped_at.insert(found);
        // Whatever is left of one that was begun would be in its way now.
        schema::migrate(&store).await.unwrap();
        let found = schema::look(&mut store.read().await.unwrap()).await.unwrap();
        assert_eq!(found, schema::Schema::Current);
        if done {
            break;
        }
    }
    assert!(stopped_at.len() > 4, "{stopped_at:?}");
}

#[tokio::test]
async fn hot_queries_never_scan() {
    let folder = TempDir::new().unwrap();
    let store = empty(&folder).await;
    schema::migrate(&store).await.unwrap();
    let mut db = store.read().await.unwrap();
    let in_place = written_in_place();
    assert!(in_place.len() > 20);
    for statement in hot_statements().into_iter().chain(in_place) {
        let plan = plan(&mut db, &statement).await;
        assert!(!plan.iter().any(|it| is_slow(it)), "{statement}\n{plan:#?}");
    }
}

/// A filter that is only looked at, and leads nowhere, would walk through all that it leaves out.
#[tokio::test]
async fn every_filter_of_the_log_leads_into_its_own_range_of_an_index() {
    const FILTERS: [&str; 8] = [
        "room_id",
        "user_id",
        "doer",
        "user_in_room",
        "doer_in_room",
        "kind",
        "address",
        "request_id",
    ];
    let folder = TempDir::new().unwrap();
    let store = empty(&folder).await;
    schema::migrate(&store).await.unwrap();
    let mut db = store.read().await.unwrap();
    for list in parts_of_the_log() {
        for statement in [list.after, list.before] {
            let plan = plan(&mut db, &statement).await;
            let named = |text: &str, how: &dyn Fn(&str) -> String| {
                let named = FILTERS.into_iter().filter(|it| text.contains(&how(it)));
                named.collect::<Vec<_>>().join(" ")
            };
            let asked: BTreeSet<_> = statement
                .split(" UNION ALL ")
                .map(|it| named(it, &|it| format!("a.{it} = ")))
                .collect();
            let reads: Vec<_> = plan.iter().filter(|it| it.starts_with("SEARCH a ")).collect();
            let led: BTreeSet<_> =
                reads.iter().map(|it| named(it, &|it| format!("{it}=?"))).collect();
            assert_eq!(led, asked, "{statement}\n{plan:#?}");
            let ends = ["at>? AND at<?", "at=? AND rowid"];
            assert!(reads.iter().all(|read| ends.iter().any(|it| read.contains(it))), "{plan:#?}");
        }
    }
}

/// SQLite looks at the value of a parameter that is a limit by itself, and so makes its plan anew each
/// time one is bound. Of a sum it makes nothing.
#[test]
fn no_limit_is_a_parameter_by_itself() {
    for statement in hot_statements().into_iter().chain(written_in_place()) {
        for (_, limit) in
            statement.match_indices("LIMIT $").map(|(at, it)| statement.split_at(at + it.len()))
        {
            let by_itself =
                !limit.trim_start_matches(|it: char| it.is_ascii_digit()).starts_with(" + 0");
            assert!(!by_itself, "{statement}");
        }
    }
}

#[test]
fn every_statement_with_a_name_is_a_hot_one() {
    let listed = include_str!("tests.rs");
    for (file, source) in sources() {
        let declared = source.split("pub(super) const ").skip(1);
        let texts =
            declared.filter_map(|it| it.split_once(':').filter(|it| it.1.starts_with(" &str")));
        for (name, _) in texts {
            let entry = format!("{file}::{name},");
            assert!(listed.contains(&entry), "{entry} is missing from `hot_statements`");
        }
    }
}
