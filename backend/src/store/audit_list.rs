//! The audit log, as it is read: the latest first, of everything or of what somebody asks for.

use domain::{Cursor, Page, RoomId, Timestamp, UserId, audit::AuditKind};

use super::{
    Db,
    audit::{self, NotedEvent, event_columns},
    codes::{self, Code},
    paging::{self, List, Order, Value},
    row::Row,
};
use crate::Internal;

/// Whose entries are read. Each is a range of an index, or a few that exclude each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// All.
    Anybodys,
    /// What this user did, and what was done to them; in this room alone, if there is one.
    Person(UserId, Option<RoomId>),
    /// What was done to this user.
    DoneTo(UserId),
    /// What was done in these rooms.
    Rooms(Vec<RoomId>),
    /// What came from this address.
    Address(String),
    /// What this request did.
    Request(String),
}

/// Which entries are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Whose.
    pub whose: Whose,
    /// Only what is about this.
    pub kind: Option<AuditKind>,
    /// From that moment on,
    pub from: Timestamp,
    /// and before that one.
    pub until: Timestamp,
    /// Whether it also holds who observed rooms unseen.
    pub observations: bool,
}

impl Part {
    /// Everything of these, whatever it is about and whenever it was.
    pub const fn all(whose: Whose) -> Self {
        let (from, until) = (Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX));
        Self { whose, kind: None, from, until, observations: true }
    }

    /// All of these that the history of a user or room tells: not who observed unseen.
    pub fn told(whose: Whose) -> Self {
        Self { observations: false, ..Self::all(whose) }
    }
}

impl Whose {
    /// What must hold, each with an index that begins with it, and then goes on with the kind.
    fn conditions(&self) -> Vec<String> {
        let conditions: &[&str] = match self {
            Self::Anybodys => &[],
            Self::Person(_, None) => &["a.user_id = $6", "a.doer = $6"],
            Self::Person(_, Some(_)) => &["a.user_in_room = $6", "a.doer_in_room = $6"],
            Self::DoneTo(_) => &["a.user_id = $6"],
            Self::Rooms(rooms) => {
                return (6..rooms.len() + 6).map(|it| format!("a.room_id = ${it}")).collect();
            }
            Self::Address(_) => &["a.address = $6"],
            Self::Request(_) => &["a.request_id = $6"],
        };
        conditions.iter().map(|it| (*it).to_owned()).collect()
    }

    /// What stands for the parameters, from the sixth on.
    fn values(&self) -> Vec<String> {
        match self {
            Self::Anybodys => Vec::new(),
            Self::Person(user, None) | Self::DoneTo(user) => vec![user.to_string()],
            Self::Person(user, Some(room)) => vec![format!("{room} {user}")],
            Self::Rooms(rooms) => rooms.iter().map(ToString::to_string).collect(),
            Self::Address(text) | Self::Request(text) => vec![text.clone()],
        }
    }
}

/// The statements that read a part.
pub(super) fn list(part: &Part) -> List {
    let whose = part.whose.conditions();
    let told = |it: &i32| part.observations || *it != AuditKind::Observations.code();
    let kinds = codes::asked(part.kind).into_iter().filter(told);
    let kinds = kinds.map(|it| format!("a.kind = {it}"));
    let conditions: Vec<String> = match (whose.is_empty(), part.kind) {
        (true, None) => vec![String::new()],
        // Said so that the index of kinds is taken for these alone.
        (true, Some(_)) => kinds.map(|kind| format!("{kind} AND a.kind >= 0")).collect(),
        (false, _) => kinds
            .flat_map(|kind| whose.iter().map(move |whose| format!("{whose} AND {kind}")))
            .collect(),
    };
    let tables = "audit a LEFT JOIN rooms r ON r.public_id = a.room_id";
    let order = Order::Latest("a.at", part.until);
    List::new(event_columns!(), tables, "a.id", &conditions, order)
}

/// A page of a part, the latest first.
pub async fn page(
    db: &mut Db,
    part: &Part,
    cursor: Option<&Cursor>,
    size: u32,
) -> Result<Page<NotedEvent>, Internal> {
    // No room is called so: nothing has happened there.
    if matches!(&part.whose, Whose::Rooms(rooms) if rooms.is_empty()) {
        return Ok(Page { rows: Vec::new(), previous: None, next: None });
    }
    let ends = [part.from, part.until].map(|it| Value::Number(it.micros()));
    let texts = part.whose.values().into_iter().map(Value::Text);
    let values: Vec<Value> = ends.into_iter().chain(texts).collect();
    // What isn't a moment can't be compared with any.
    let cursor = cursor.filter(|it| it.key.parse::<i64>().is_ok());
    paging::read_of(db, &list(part), &values, cursor, size, audit::decode).await
}

/// The latest of a part, or those behind the cursor, and where the ones behind them begin. What is gone
/// meanwhile is passed over: no entry comes twice.
pub async fn on(
    db: &mut Db,
    part: &Part,
    behind: Option<&Cursor>,
    size: u32,
) -> Result<(Vec<NotedEvent>, Option<Cursor>), Internal> {
    let page = page(db, part, behind, size).await?;
    let began_anew = behind.is_some() && page.previous.is_none();
    Ok(if began_anew { (Vec::new(), None) } else { (page.rows, page.next) })
}

/// Where a part goes on behind the entry of that number; nothing where that is gone, and with it all
/// before it.
pub async fn behind(db: &mut Db, number: i64) -> Result<Option<Cursor>, Internal> {
    let row = sqlx::query("SELECT at FROM audit WHERE id = $1").bind(number).fetch_optional(db);
    let at = |row| Row::of("audit", &row).get::<i64>("at");
    let at = row.await?.map(at).transpose()?;
    Ok(at.map(|it| Cursor { forward: true, number, key: it.to_string() }))
}
