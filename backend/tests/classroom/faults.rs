//! What becomes of a meeting while the store can't keep it.

use domain::{
    EntryPermission, RoomId, RoomType,
    classroom::{Act, ActRefusal, ClientMessage, Closing},
    entry::Refusal,
};
use sqlx::AnyConnection;

use super::{
    class, lesson, lesson_in, pass,
    seat::{Browser, PATIENCE, Seat, stranger},
    sit,
};
use crate::common::{School, user_id};

const PARTICIPANTS: Shut = Shut::away("participants");
const STAYS: Shut = Shut::away("meeting_sessions");
const MEETINGS: Shut = Shut::away("meetings");
const CHAT: Shut = Shut::away("chat");
const UPDATES_OF_ENTRIES: Shut = Shut::barred("UPDATE ON entries");
const ENDS_OF_ENTRIES: Shut = Shut::barred("DELETE ON entries");

/// Something that can't be written for a while.
struct Shut {
    what: &'static str,
    /// Whether the table is elsewhere, or else what is done to it fails.
    away: bool,
}

impl Shut {
    const fn away(what: &'static str) -> Self {
        Self { what, away: true }
    }

    const fn barred(what: &'static str) -> Self {
        Self { what, away: false }
    }

    async fn shut(&self, db: &mut AnyConnection) {
        let what = self.what;
        let away = format!("ALTER TABLE {what} RENAME TO elsewhere");
        let barred =
            format!("CREATE TRIGGER barred BEFORE {what} BEGIN SELECT RAISE(ABORT, ''); END");
        run(db, if self.away { away } else { barred }).await;
    }

    async fn mend(&self, db: &mut AnyConnection) {
        let back = format!("ALTER TABLE elsewhere RENAME TO {}", self.what);
        run(db, if self.away { back } else { "DROP TRIGGER barred".to_owned() }).await;
    }
}

async fn run(db: &mut AnyConnection, statement: String) {
    sqlx::query(sqlx::AssertSqlSafe(statement)).execute(db).await.unwrap();
}

/// A class in a room for anyone with the link, and a stranger who waits for the teacher to let them in.
async fn class_with_newcomer() -> (School, RoomId, [Seat; 2], Seat) {
    let (school, room) = lesson_in(|it| it.room_type = RoomType::Open).await;
    let mut teacher = sit(&school, &room, "T-1").await;
    let mina = sit(&school, &room, "S-1").await;
    teacher.act(Act::LetNewcomersWait { on: true }).await.unwrap();
    let mut kim = stranger(&school, &room, "Kim").await.try_open(None).await.unwrap();
    assert_eq!(kim.waiting().await, (Refusal::AwaitingHost, None));
    teacher.until(|it| it.view.scene.newcomers.len() == 1).await;
    (school, room, [teacher, mina], kim)
}

/// How many lines about such an action stand in the log.
async fn noted(school: &School, action: &str) -> usize {
    school.db_audit().await.iter().filter(|it| it.starts_with(action)).count()
}

#[tokio::test]
async fn whoever_leaves_while_that_cannot_be_kept_is_gone_after_a_minute() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, _joon] = class(&school, &room).await;
    let mut db = school.db().await;
    STAYS.shut(&mut db).await;
    mina.say(ClientMessage::Leave).await;
    assert_eq!(mina.end().await, Closing::Left);
    teacher.until(|it| it.view.scene.people.iter().any(|it| it.away)).await;
    STAYS.mend(&mut db).await;
    pass(&school, 60);
    teacher.until(|it| it.names() == ["T-1", "S-2"]).await;
    assert_eq!(school.inside(&room), 2);
}

#[tokio::test]
async fn a_newcomer_who_gives_up_while_that_cannot_be_kept_waits_no_more() {
    let (school, _room, [mut teacher, mina], mut kim) = class_with_newcomer().await;
    let mut db = school.db().await;
    CHAT.shut(&mut db).await;
    let sent = serde_json::from_value("mark-0001".into()).unwrap();
    let act = Act::Say { text: "lost".to_owned(), sent };
    mina.say(ClientMessage::Act { id: 99, act }).await;
    kim.say(ClientMessage::Leave).await;
    assert_eq!(kim.end().await, Closing::Left);
    teacher.until(|it| it.view.scene.newcomers.is_empty()).await;
}

#[tokio::test]
async fn whoever_waits_goes_on_waiting_while_nothing_can_be_kept() {
    let (school, _room, [mut teacher, mut mina], mut kim) = class_with_newcomer().await;
    let mut db = school.db().await;
    CHAT.shut(&mut db).await;
    assert_eq!(mina.write("lost").await, Err(ActRefusal::Unavailable));
    let who = teacher.view.scene.newcomers[0].id;
    teacher.act(Act::Admit { who, yes: true }).await.unwrap();
    kim.entered().await;
}

#[tokio::test]
async fn the_server_stops_though_nothing_can_be_kept() {
    let (school, room) = lesson().await;
    let [_teacher, mut mina, _joon] = class(&school, &room).await;
    MEETINGS.shut(&mut school.db().await).await;
    assert_eq!(mina.act(Act::RaiseHand).await, Err(ActRefusal::Unavailable));
    let stopped = tokio::time::timeout(PATIENCE, school.backend.classroom.stop()).await;
    assert!(stopped.expect("it goes on").is_err(), "when meetings were seen last isn't noted");
    assert_eq!(mina.end().await, Closing::Restarting);
}

#[tokio::test]
async fn what_the_console_said_holds_though_it_could_not_be_kept() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, _joon] = class(&school, &room).await;
    let mut db = school.db().await;
    PARTICIPANTS.shut(&mut db).await;
    let owner = school.owner(&room).await;
    let guest = EntryPermission::Guest;
    school.backend.rooms.set_permission(&owner, &user_id("T-1"), guest).await.unwrap();
    assert_eq!(mina.act(Act::RaiseHand).await, Err(ActRefusal::Unavailable));
    PARTICIPANTS.mend(&mut db).await;
    assert_eq!(teacher.act(Act::LockRoom { on: true }).await, Err(ActRefusal::NotAllowed));
}

#[tokio::test]
async fn a_newcomer_who_cannot_be_let_in_waits_on_and_that_is_noted_once_they_are() {
    let (school, _room, [mut teacher, _mina], mut kim) = class_with_newcomer().await;
    let mut db = school.db().await;
    UPDATES_OF_ENTRIES.shut(&mut db).await;
    let who = teacher.view.scene.newcomers[0].id;
    let admit = Act::Admit { who, yes: true };
    assert_eq!(teacher.act(admit.clone()).await, Err(ActRefusal::Unavailable));
    UPDATES_OF_ENTRIES.mend(&mut db).await;
    assert_eq!(teacher.act(admit).await, Ok(None));
    kim.entered().await;
    teacher.until(|it| it.view.scene.newcomers.is_empty() && it.names().contains(&"Kim")).await;
    assert_eq!(noted(&school, "meeting.admit").await, 1);
}

#[tokio::test]
async fn a_ban_that_is_made_is_answered_so_though_the_meeting_cannot_be_kept() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, _joon] = class(&school, &room).await;
    STAYS.shut(&mut school.db().await).await;
    let undo = teacher.act(Act::Ban { who: teacher.find("S-1") }).await;
    assert!(matches!(undo, Ok(Some(Act::LiftBan { .. }))), "{undo:?}");
    assert_eq!(mina.end().await, Closing::Banned);
}

#[tokio::test]
async fn what_a_host_ordered_is_noted_if_it_was_carried_out() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, mut joon] = class(&school, &room).await;
    let browser = Browser::by_link(&school, &room, "S-1").await;
    let mut db = school.db().await;
    ENDS_OF_ENTRIES.shut(&mut db).await;
    let remove = |it: &Seat, name| Act::Remove { who: it.find(name) };
    assert_eq!(teacher.act(remove(&teacher, "S-1")).await, Err(ActRefusal::Unavailable));
    assert_eq!(mina.end().await, Closing::Removed);
    teacher.until(|it| it.names() == ["T-1", "S-2"]).await;
    assert_eq!(noted(&school, "meeting.remove").await, 0);
    let _back = browser.open().await;
    ENDS_OF_ENTRIES.mend(&mut db).await;
    assert_eq!(teacher.act(remove(&teacher, "S-2")).await, Ok(None));
    assert_eq!(joon.end().await, Closing::Removed);
    assert_eq!(noted(&school, "meeting.remove").await, 1);
}
