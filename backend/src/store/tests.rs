//! How the statements run inside the database.

use sqlx::{AnyConnection, AssertSqlSafe, Row};
use tempfile::TempDir;

use super::{
    Store, accounts, dialect, entry, groups, images, members, rooms, schema, search, users,
};

/// The statements of lists, searches, members, sessions and entry.
fn hot_statements() -> Vec<&'static str> {
    let lists = [&users::LIST, &rooms::LIST, &members::LIST, &groups::LIST, &groups::USERS];
    let indexes = [&search::USERS, &search::GROUPS, &search::ROOMS];
    let mut all = vec![
        users::FIND,
        users::BY_NUMBERS,
        users::BY_KEYS,
        users::OTHER_ADMIN,
        groups::BY_NUMBERS,
        groups::FIRST,
        groups::FIND,
        groups::OF_USER,
        groups::USERS_IN_ORDER,
        groups::FIRST_USERS,
        groups::AMONG,
        groups::USER_IDS,
        rooms::FIND,
        rooms::BY_NUMBERS,
        members::IN_ORDER,
        members::FIND,
        members::AMONG,
        entry::FACTS,
        images::AMONG,
        accounts::SESSION,
        accounts::PASSWORD,
        accounts::IS_ADMIN,
        dialect::ADD_MEMBERS,
        dialect::ADD_TO_GROUP,
    ];
    all.extend(lists.into_iter().flat_map(|it| [it.after, it.before]));
    all.extend(indexes.into_iter().flat_map(search::Index::statements));
    all
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
        let plan = plan(&mut db, statement).await;
        assert!(!plan.is_empty());
        assert!(!plan.iter().any(|it| is_slow(it)), "{statement}\n{plan:#?}");
    }
}
