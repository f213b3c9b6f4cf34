//! The list of users: in order, filtered, and searched.

use std::collections::HashMap;

use domain::{
    Cursor, GroupName, Page, SearchTerm, Timestamp, UserId, UserOrder, UserSummary, UsersAsked,
    fold,
};

use super::{
    Db, codes, dialect,
    groups::{self, StoredGroup},
    paging::{self, List, Order},
    row::Rows,
    search,
    users::{self, user_columns},
};
use crate::{Found, Internal};

/// How many users a page of the list holds.
pub const PAGE: u32 = 50;

/// Up to how many users in a group are all looked at by a search. In a larger group the index finds them.
const READ_THROUGH: u32 = 10_000;

pub(super) const LISTED: &str = concat!(
    "SELECT u.user_id_key, u.last_entry, g.name FROM users u \
     LEFT JOIN group_users gu ON gu.user_id = u.id LEFT JOIN groups g ON g.id = gu.group_id \
     WHERE u.user_id_key IN ",
    dialect::list!("$1")
);

/// The list of the users asked for. Where they are those of one group, its number is the fourth
/// parameter.
pub(super) fn list(asked: &UsersAsked) -> List {
    if asked.group.is_some() {
        let order = match asked.order {
            UserOrder::Nickname => Order::By("gu.nickname_key"),
            UserOrder::UserId => Order::By("gu.user_id_key"),
            UserOrder::Newest => Order::Newest,
        };
        let of_group: Vec<String> = kinds(asked, "gu", asked.order == UserOrder::UserId)
            .into_iter()
            .map(|kind| {
                format!("gu.group_id = $4{}{kind}", if kind.is_empty() { "" } else { " AND " })
            })
            .collect();
        let tables = "group_users gu JOIN users u ON u.id = gu.user_id";
        return List::new(user_columns!(), tables, "gu.user_id", &of_group, order);
    }
    let order = match asked.order {
        UserOrder::Nickname => Order::By("u.nickname_key"),
        UserOrder::UserId => Order::By("u.user_id_key"),
        UserOrder::Newest => Order::Newest,
    };
    List::new(user_columns!(), "users u", "u.id", &kinds(asked, "u", false), order)
}

/// One condition for each kind of user that is asked for; the index that serves the list begins with
/// the three. `each` asks for every kind on its own where none is named: for lists that no other index
/// serves.
fn kinds(asked: &UsersAsked, table: &str, each: bool) -> Vec<String> {
    if !asked.names_kind() && !each {
        return vec![String::new()];
    }
    let permissions = codes::asked(asked.permission);
    let roles = codes::asked(asked.role);
    let statuses = codes::asked(asked.status);
    let mut kinds = Vec::new();
    for permission in permissions {
        for role in &roles {
            for status in &statuses {
                kinds.push(format!(
                    "{table}.permission = {permission} AND {table}.role = {role} \
                     AND {table}.status = {status}"
                ));
            }
        }
    }
    kinds
}

/// A page of the users asked for; nobody where there is no group of the name asked for.
pub async fn page(
    db: &mut Db,
    asked: &UsersAsked,
    cursor: Option<&Cursor>,
) -> Result<Page<UserSummary>, Internal> {
    let group = match &asked.group {
        None => None,
        Some(name) => match groups::find(db, name).await? {
            None => return Ok(Page { rows: Vec::new(), previous: None, next: None }),
            Some(group) => Some(group.number),
        },
    };
    paging::read(db, &list(asked), group, cursor, PAGE, users::summary).await
}

/// The users asked for whom a term finds, the best first whatever the order asked for.
pub async fn search(
    db: &mut Db,
    term: &SearchTerm,
    asked: &UsersAsked,
    limit: u32,
) -> Result<Found<UserSummary>, Internal> {
    let Some(name) = &asked.group else {
        let among = if asked.is_filtered() { search::FILTERED } else { limit };
        return Ok(find(db, term, None, among).await?.only(limit, |it| asked.is_of_kind(it)));
    };
    match groups::find(db, name).await? {
        None => Ok(Found { rows: Vec::new(), more: false }),
        Some(group) if group.summary.size <= READ_THROUGH => {
            search_through(db, &group, term, asked, limit).await
        }
        Some(group) => {
            let found = find(db, term, Some(group.number), search::FILTERED).await?;
            Ok(found.only(limit, |it| asked.is_of_kind(it)))
        }
    }
}

/// The best whom a term finds among all users; of them, those in the group of that number.
async fn find(
    db: &mut Db,
    term: &SearchTerm,
    group: Option<i64>,
    limit: u32,
) -> Result<Found<UserSummary>, Internal> {
    // A User ID is unique under its own key, which keeps accents; a term has lost them already.
    let exact = term.user_id().map(UserId::key);
    let look_up = match group {
        Some(_) => groups::SEARCHED.look_up,
        None => search::USERS.look_up,
    };
    look_up.find(db, term, exact, limit, group, users::summary).await
}

/// The users asked for whom a term finds in a group, the best first.
async fn search_through(
    db: &mut Db,
    group: &StoredGroup,
    term: &SearchTerm,
    asked: &UsersAsked,
    limit: u32,
) -> Result<Found<UserSummary>, Internal> {
    let (all, number) = (READ_THROUGH, group.number);
    let mut found = groups::SEARCHED.walk(db, number, term, all, users::summary).await?;
    // Those who are as good stay in the order of their nicknames.
    found.rows.sort_by_cached_key(|it| rank(it, term));
    Ok(found.only(limit, |it| asked.is_of_kind(it)))
}

/// How good a match is: the User ID itself, the start of a word, or any part.
fn rank(user: &UserSummary, term: &SearchTerm) -> u8 {
    let starts = |text: &str| term.start_of_word_in(&fold(text)).is_some();
    if term.user_id().is_some_and(|it| it.key() == user.user_id.key()) {
        0
    } else if starts(user.user_id.as_str()) || starts(user.nickname.as_str()) {
        1
    } else {
        2
    }
}

/// What the list shows of a user besides who they are.
#[derive(Debug, Default)]
pub struct Listed {
    /// The groups they are in, unordered.
    pub groups: Vec<GroupName>,
    /// When they last entered a room as a participant.
    pub last_entry: Option<Timestamp>,
}

/// What the list shows of these users, by the keys of their User IDs.
pub async fn listed(
    db: &mut Db,
    users: &[UserSummary],
) -> Result<HashMap<String, Listed>, Internal> {
    let keys: Vec<String> = users.iter().map(|it| it.user_id.key()).collect();
    let json = serde_json::Value::from(keys).to_string();
    let columns = "user_id_key, last_entry, name";
    let rows = Rows::read(db, &[columns], LISTED, |it| it.bind(json)).await?;
    let mut all = HashMap::<String, Listed>::new();
    for row in rows.of("users") {
        let listed = all.entry(row.get("user_id_key")?).or_default();
        listed.last_entry = row.get::<Option<i64>>("last_entry")?.map(Timestamp::from_micros);
        listed.groups.extend(row.parse_optional("name", |it| GroupName::parse(it).ok())?);
    }
    Ok(all)
}
