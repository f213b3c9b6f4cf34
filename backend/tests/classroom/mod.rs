//! The live classroom: who is let in, what they are told, and what becomes of them.

mod console;
mod crowd;
mod faults;
mod observers;
pub mod seat;

use backend::classroom::door::EnterRefusal;
use domain::{
    EntryPermission, RoomId, RoomType, Timestamp,
    classroom::{
        Act, ActRefusal, Capabilities, Capability, ClientMessage, Closing, Ending, List, Look,
        MeetingNumber, ServerMessage, Standing, Whom,
    },
    entry::{Intent, Refusal},
    history::Deed,
    room::{RoomDraft, RoomLimits, TimeLimit},
};
use sqlx::Row;

use self::seat::{Browser, Seat, link, stranger};
use crate::common::{School, config, context, draft, specified, user_id};

/// A school with a room for a Host and two Guests.
async fn lesson() -> (School, RoomId) {
    lesson_in(|_| {}).await
}

async fn lesson_in(change: impl FnOnce(&mut RoomDraft)) -> (School, RoomId) {
    let school = School::open().await;
    for id in ["T-1", "S-1", "S-2", "M-1"] {
        school.user(id).await;
    }
    let mut draft = draft("Algebra", RoomType::Private, &["S-1", "S-2"]);
    let with = |id, permission| {
        let mut specified = specified(id);
        specified.permission = Some(permission);
        specified
    };
    draft.members.push(with("T-1", EntryPermission::Host));
    draft.members.push(with("M-1", EntryPermission::Monitoring));
    change(&mut draft);
    let room = school.backend.rooms.create(&school.admin, &draft).await.unwrap();
    (school, room)
}

async fn sit(school: &School, room: &RoomId, id: &str) -> Seat {
    Browser::by_link(school, room, id).await.open().await
}

/// The teacher and two students, who all see each other.
async fn class(school: &School, room: &RoomId) -> [Seat; 3] {
    let teacher = sit(school, room, "T-1").await;
    let mina = sit(school, room, "S-1").await;
    let mut all = [teacher, mina, sit(school, room, "S-2").await];
    for seat in &mut all {
        seat.until(|it| it.names() == ["T-1", "S-1", "S-2"]).await;
    }
    all
}

/// Turns the clock, and has all rooms look at it.
fn pass(school: &School, seconds: i64) {
    school.clock.advance(seconds);
    school.backend.classroom.tick();
}

#[tokio::test]
async fn people_come_by_their_links_see_each_other_and_write() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, mut joon] = class(&school, &room).await;
    assert_eq!(school.inside(&room), 3);
    assert_eq!(teacher.may(), Capabilities::of(EntryPermission::Host));
    assert_eq!(mina.may(), Capabilities::of(EntryPermission::Guest));
    mina.write("Good morning").await.unwrap();
    teacher.write("Good morning, all").await.unwrap();
    for seat in [&mut teacher, &mut mina, &mut joon] {
        seat.until(|it| it.lines() == ["Good morning", "Good morning, all"]).await;
    }
    joon.act(Act::RaiseHand).await.unwrap();
    teacher.until(|it| it.view.scene.numbers.hands == 1).await;
    mina.until(|it| it.names() == ["T-1", "S-2", "S-1"]).await;
    // Hosts alone see User IDs.
    let ids =
        |seat: &Seat| seat.view.scene.people.iter().filter_map(|it| it.user_id.clone()).count();
    assert_eq!((ids(&teacher), ids(&mina)), (3, 0));
    assert!(joon.bytes.iter().all(|it| !String::from_utf8_lossy(it).contains("user_id")));
}

#[tokio::test]
async fn what_guests_do_as_hosts_is_refused() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, _joon] = class(&school, &room).await;
    let joon = mina.find("S-2");
    for act in [
        Act::Remove { who: joon },
        Act::Ban { who: joon },
        Act::SetPermission { who: mina.find("S-1"), to: Standing::Host },
        Act::LockRoom { on: true },
        Act::Bans,
        Act::End,
    ] {
        assert_eq!(mina.act(act).await, Err(ActRefusal::NotAllowed));
    }
    assert_eq!(teacher.names(), ["T-1", "S-1", "S-2"]);
    // Each stands in the log; what a Host has taken from Guests is no such attempt.
    let whom = Whom::Everybody;
    teacher.act(Act::Restrict { whom, what: Capability::Chat, on: true }).await.unwrap();
    assert_eq!(mina.write("psst").await, Err(ActRefusal::Locked));
    mina.act(Act::RaiseHand).await.unwrap();
    let refused = refusals(&school).await;
    let acts = ["remove", "ban", "set_permission", "lock_room", "bans", "end"];
    let line = |act: &str| format!(r#"S-1 {{"act":"{act}","path":"/classroom/{{room}}"}}"#);
    assert_eq!(refused, acts.map(line));
}

/// Whoever is unknown comes back as somebody else as often as they like.
#[tokio::test]
async fn what_strangers_may_not_do_is_noted_and_no_flood_of_it() {
    let (school, room) = lesson_in(|it| it.room_type = RoomType::Open).await;
    let mut teacher = sit(&school, &room, "T-1").await;
    for name in ["Kim", "Lee", "Park"] {
        let mut seat = stranger(&school, &room, name).await.open().await;
        for _ in 0..9 {
            assert_eq!(seat.act(Act::End).await, Err(ActRefusal::NotAllowed));
        }
    }
    school.clock.advance(60);
    let mut ana = stranger(&school, &room, "Ana").await.open().await;
    assert_eq!(ana.act(Act::Bans).await, Err(ActRefusal::NotAllowed));
    ana.act(Act::RaiseHand).await.unwrap();
    let refused = refusals(&school).await;
    assert_eq!(refused.len(), 21, "{refused:?}");
    let last = r#"- {"act":"bans","guest":"Ana","left_out":7,"path":"/classroom/{room}"}"#;
    assert_eq!(refused.last().unwrap(), last);
    // They take no line from whoever is known.
    let mut mina = sit(&school, &room, "S-1").await;
    assert_eq!(mina.act(Act::End).await, Err(ActRefusal::NotAllowed));
    teacher.act(Act::RaiseHand).await.unwrap();
    assert_eq!(refusals(&school).await.len(), 22);
    let reader = school.reader(&room).await;
    let told = school.backend.history.of_room(&reader, None).await.unwrap().rows;
    let asked = "/classroom/{room} end".to_owned();
    assert!(told.iter().any(|it| it.deed == Deed::Refused { asked: asked.clone(), left_out: 0 }));
}

/// Who was refused what, as the log keeps it.
async fn refusals(school: &School) -> Vec<String> {
    let rows = sqlx::query("SELECT actor, detail FROM audit WHERE action = $1 ORDER BY id")
        .bind("authz_fail")
        .fetch_all(&mut school.db().await)
        .await
        .unwrap();
    let line = |it: &sqlx::any::AnyRow| {
        let (actor, detail): (Option<String>, String) = (it.get(0), it.get(1));
        format!("{} {detail}", actor.as_deref().unwrap_or("-"))
    };
    rows.iter().map(line).collect()
}

#[tokio::test]
async fn a_permission_given_and_taken_holds_at_once() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, mut joon] = class(&school, &room).await;
    let who = teacher.find("S-1");
    let undo = teacher.act(Act::SetPermission { who, to: Standing::Host }).await.unwrap();
    mina.until(|it| it.may() == Capabilities::of(EntryPermission::Host)).await;
    mina.until(|it| it.view.scene.people.iter().all(|it| it.user_id.is_some())).await;
    assert_eq!(mina.names(), ["S-1", "T-1", "S-2"]);
    mina.act(Act::Restrict { whom: Whom::Everybody, what: Capability::Chat, on: true })
        .await
        .unwrap();
    joon.until(|it| !it.may().has(Capability::Chat)).await;
    assert_eq!(joon.write("psst").await, Err(ActRefusal::Locked));
    teacher.act(undo.unwrap()).await.unwrap();
    assert_eq!(mina.act(Act::LockRoom { on: true }).await, Err(ActRefusal::NotAllowed));
    mina.until(|it| it.view.scene.people.iter().all(|it| it.user_id.is_none())).await;
    assert_eq!(mina.write("psst").await, Err(ActRefusal::Locked));
}

#[tokio::test]
async fn whoever_is_removed_may_come_back_by_the_door_alone() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, _joon] = class(&school, &room).await;
    let browser = Browser::by_link(&school, &room, "S-1").await;
    let mut other = browser.open().await;
    let who = teacher.find("S-1");
    assert_eq!(teacher.act(Act::Remove { who }).await, Ok(None));
    assert_eq!(mina.end().await, Closing::Removed);
    assert_eq!(other.end().await, Closing::Removed, "the second tab too");
    teacher.until(|it| it.names() == ["T-1", "S-2"]).await;
    assert!(browser.try_open(None).await.is_none(), "the entry is over");
    let mut again = sit(&school, &room, "S-1").await;
    assert_eq!(again.find("S-1"), who, "the same participant");
    again.write("Sorry").await.unwrap();
}

#[tokio::test]
async fn whoever_is_banned_stays_out_until_that_is_lifted() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, _joon] = class(&school, &room).await;
    let undo = teacher.act(Act::Ban { who: teacher.find("S-1") }).await.unwrap();
    assert_eq!(mina.end().await, Closing::Banned);
    let token = link(&school, &room, "S-1").await;
    let refused = Browser::try_link(&school, &token, None).await.err();
    assert!(matches!(refused, Some(EnterRefusal::Refused(Refusal::Banned))), "{refused:?}");
    teacher.act(Act::Bans).await.unwrap();
    let banned = teacher.said.iter().find_map(|it| match it {
        ServerMessage::Bans { bans, more: false } => Some(bans.clone()),
        _ => None,
    });
    let banned: Vec<_> = banned.unwrap().into_iter().map(|it| (it.nickname, it.by)).collect();
    assert_eq!(banned, [("S-1".to_owned(), "T-1".to_owned())]);
    teacher.act(undo.unwrap()).await.unwrap();
    sit(&school, &room, "S-1").await;
}

#[tokio::test]
async fn a_ban_on_the_console_and_a_member_taken_off_hold_at_once() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, mut joon] = class(&school, &room).await;
    let owner = school.owner(&room).await;
    let members = &school.backend.rooms;
    members.remove_member(&owner, &user_id("S-1")).await.unwrap();
    assert_eq!(mina.end().await, Closing::Refused(Refusal::NotSpecified));
    members.set_permission(&owner, &user_id("S-2"), EntryPermission::Host).await.unwrap();
    joon.until(|it| it.may() == Capabilities::of(EntryPermission::Host)).await;
    teacher.until(|it| it.names() == ["S-2", "T-1"]).await;
    members.set_permission(&owner, &user_id("S-2"), EntryPermission::Monitoring).await.unwrap();
    teacher.until(|it| it.names() == ["T-1"]).await;
    joon.until(|it| it.welcome.as_ref().is_some_and(|it| it.you.is_none())).await;
    assert_eq!(joon.write("hello?").await, Err(ActRefusal::NotAllowed));
}

#[tokio::test]
async fn whoever_is_deactivated_or_whose_link_is_renewed_is_out() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, mut joon] = class(&school, &room).await;
    school.backend.users.deactivate(&school.admin, &user_id("S-1")).await.unwrap();
    assert_eq!(mina.end().await, Closing::Refused(Refusal::Deactivated));
    let owner = school.owner(&room).await;
    let whose = backend::links::Whose::User(user_id("S-2"));
    let renew = domain::entry_link::LinkAct::Renew;
    school.backend.links.change(&owner, &whose, renew).await.unwrap();
    assert_eq!(joon.end().await, Closing::Refused(Refusal::LinkRevoked));
    teacher.until(|it| it.names() == ["T-1"]).await;
}

#[tokio::test]
async fn an_admin_observes_unseen_or_enters_openly_and_is_out_with_their_session() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, _joon] = class(&school, &room).await;
    let (teacher_heard, mina_heard) = (teacher.bytes.len(), mina.bytes.len());
    let observe =
        Browser::signed_in(&school, &room, &school.secret, Intent::Observe).await.unwrap();
    let mut unseen = observe.open().await;
    assert_eq!(unseen.names(), ["T-1", "S-1", "S-2"]);
    assert!(unseen.view.scene.people.iter().all(|it| it.user_id.is_some()), "as Hosts see them");
    assert_eq!(unseen.act(Act::RaiseHand).await, Err(ActRefusal::NotAllowed));
    assert_eq!(school.inside(&room), 3);
    mina.write("Anybody there?").await.unwrap();
    unseen.until(|it| it.lines() == ["Anybody there?"]).await;
    teacher.until(|it| it.lines() == ["Anybody there?"]).await;
    mina.until(|it| it.lines() == ["Anybody there?"]).await;
    let since = |seat: &Seat, from: usize| seat.bytes.len() - from;
    assert_eq!((since(&teacher, teacher_heard), since(&mina, mina_heard)), (1, 2));
    let openly = Browser::signed_in(&school, &room, &school.secret, Intent::Host).await.unwrap();
    let mut host = openly.open().await;
    teacher.until(|it| it.names().contains(&"A-hana")).await;
    assert_eq!(
        teacher.act(Act::Remove { who: teacher.find("A-hana") }).await,
        Err(ActRefusal::Protected)
    );
    school.backend.accounts.sign_out(school.secret.reveal(), &context()).await.unwrap();
    assert_eq!(host.end().await, Closing::EntryOver);
    assert_eq!(unseen.end().await, Closing::EntryOver);
    teacher.until(|it| it.names() == ["T-1", "S-1", "S-2"]).await;
}

#[tokio::test]
async fn a_full_or_locked_room_lets_in_whoever_waits_once_it_can() {
    let capacity = domain::room::Capacity::new(2).unwrap();
    let (school, room) = lesson_in(|it| it.limits.capacity = Some(capacity)).await;
    let mut teacher = sit(&school, &room, "T-1").await;
    let mina = sit(&school, &room, "S-1").await;
    let browser = Browser::by_link(&school, &room, "S-2").await;
    let mut joon = browser.try_open(None).await.unwrap();
    assert_eq!(joon.waiting().await, (Refusal::Full { capacity: 2 }, Some(1)));
    assert_eq!(joon.write("let me in").await, Err(ActRefusal::NotIn));
    teacher.act(Act::LockRoom { on: true }).await.unwrap();
    mina.say(ClientMessage::Leave).await;
    teacher.until(|it| it.names() == ["T-1"]).await;
    joon.until(|it| {
        let said = it.said.last();
        matches!(said, Some(ServerMessage::Waiting { why: Refusal::Locked, place: None, .. }))
    })
    .await;
    teacher.act(Act::LockRoom { on: false }).await.unwrap();
    joon.entered().await;
    teacher.until(|it| it.names() == ["T-1", "S-2"]).await;
}

#[tokio::test]
async fn a_room_that_is_yet_to_open_lets_in_by_itself_and_puts_out_when_it_closes() {
    let began = Timestamp::from_micros(1_800_000_000_000_000);
    let opens = began.plus_seconds(600);
    let closes = opens.plus_seconds(600);
    let (school, room) = lesson_in(|it| {
        it.limits = RoomLimits { opens: Some(opens), closes: Some(closes), ..it.limits };
    })
    .await;
    let mut mina = Browser::by_link(&school, &room, "S-1").await.try_open(None).await.unwrap();
    assert_eq!(mina.waiting().await, (Refusal::NotYet { opens }, None));
    let told =
        |it: &ServerMessage| matches!(it, ServerMessage::Waiting { now, .. } if *now == began);
    assert!(mina.said.iter().any(told), "by the clock of the server it counts down");
    pass(&school, 599);
    assert_eq!(mina.waiting().await, (Refusal::NotYet { opens }, None));
    pass(&school, 1);
    mina.entered().await;
    pass(&school, 600);
    assert_eq!(mina.end().await, Closing::Refused(Refusal::Over { closed: closes }));
}

#[tokio::test]
async fn whoever_is_turned_away_is_told_that_and_not_that_they_were_removed() {
    let (school, room) = lesson_in(|it| it.room_type = RoomType::Open).await;
    let mut teacher = sit(&school, &room, "T-1").await;
    teacher.act(Act::LetNewcomersWait { on: true }).await.unwrap();
    let mut ana = stranger(&school, &room, "Ana").await.try_open(None).await.unwrap();
    assert_eq!(ana.waiting().await, (Refusal::AwaitingHost, None));
    teacher.until(|it| !it.view.scene.newcomers.is_empty()).await;
    let who = teacher.view.scene.newcomers[0].id;
    teacher.act(Act::Admit { who, yes: false }).await.unwrap();
    assert_eq!(ana.end().await, Closing::TurnedAway);
}

#[tokio::test]
async fn two_tabs_are_one_participant_and_a_drop_keeps_the_seat_for_a_minute() {
    let (school, room) = lesson().await;
    let [mut teacher, mina, _joon] = class(&school, &room).await;
    let browser = Browser::by_link(&school, &room, "S-1").await;
    let second = browser.open().await;
    assert_eq!(school.inside(&room), 3);
    drop(mina);
    drop(second);
    let away = |it: &Seat| it.view.scene.people.iter().any(|it| it.away);
    teacher.until(away).await;
    assert_eq!(school.inside(&room), 3);
    let back = browser.open().await;
    teacher.until(|it| !away(it)).await;
    drop(back);
    teacher.until(away).await;
    pass(&school, 60);
    teacher.until(|it| it.names() == ["T-1", "S-2"]).await;
}

#[tokio::test]
async fn nobody_has_a_room_open_too_often() {
    let (school, room) = lesson().await;
    let browser = Browser::by_link(&school, &room, "S-1").await;
    let mut tabs = Vec::new();
    for _ in 0..8 {
        tabs.push(browser.open().await);
    }
    let mut ninth = browser.try_open(None).await.unwrap();
    assert_eq!(ninth.end().await, Closing::TooMany);
    assert_eq!(school.inside(&room), 1);
}

#[tokio::test]
async fn whoever_comes_back_goes_on_from_where_they_were() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, _joon] = class(&school, &room).await;
    let browser = Browser::by_link(&school, &room, "S-1").await;
    teacher.write("one").await.unwrap();
    mina.until(|it| it.lines() == ["one"]).await;
    let (place, view) = (mina.place(), mina.view.clone());
    drop(mina);
    teacher.write("two").await.unwrap();
    let mut back = browser.try_open(place).await.unwrap();
    back.view = view;
    back.until(|it| it.lines() == ["one", "two"]).await;
    let snapshots = back.bytes.iter().filter(|it| it.starts_with(br#"{"snapshot""#)).count();
    assert_eq!(snapshots, 0);
    // From a place that nobody was ever told, everything is told anew.
    let place = place.map(|it| domain::classroom::Place { seq: 1_000, ..it });
    let mut lost = browser.try_open(place).await.unwrap();
    lost.entered().await.until(|it| it.lines() == ["one", "two"]).await;
}

#[tokio::test]
async fn a_host_who_drops_stays_host_and_nobody_inherits_it() {
    let (school, room) = lesson().await;
    let [teacher, mut mina, mut joon] = class(&school, &room).await;
    drop(teacher);
    mina.until(|it| it.view.scene.people.iter().any(|it| it.away)).await;
    pass(&school, 120);
    mina.until(|it| it.names() == ["S-1", "S-2"]).await;
    assert_eq!(mina.may(), Capabilities::of(EntryPermission::Guest));
    assert_eq!(joon.act(Act::LockRoom { on: true }).await, Err(ActRefusal::NotAllowed));
    let teacher = sit(&school, &room, "T-1").await;
    assert_eq!(teacher.may(), Capabilities::of(EntryPermission::Host));
}

#[tokio::test]
async fn a_meeting_ends_for_all_when_a_host_says_so_and_another_can_begin() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, mut joon] = class(&school, &room).await;
    let mut unseen = sit(&school, &room, "M-1").await;
    mina.write("bye").await.unwrap();
    teacher.say(ClientMessage::Act { id: 1, act: Act::End }).await;
    for seat in [&mut teacher, &mut mina, &mut joon, &mut unseen] {
        assert_eq!(seat.end().await, Closing::Ended(Ending::ByHost));
    }
    let meeting = |it: &Seat| it.welcome.as_ref().map(|it| it.meeting);
    let next = sit(&school, &room, "T-1").await;
    assert_eq!((next.names(), next.lines()), (vec!["T-1"], vec![]));
    assert_eq!([&mina, &next].map(meeting), [1, 2].map(|it| Some(MeetingNumber(it))));
    let deeds: Vec<_> =
        school.db_audit().await.into_iter().filter(|it| it.starts_with("meeting")).collect();
    let expected = ["meeting.begin T-1 - ", "meeting.end T-1 - ", "meeting.begin T-1 - "];
    assert_eq!(deeds, expected.map(|it| format!("{it}{room}")));
}

#[tokio::test]
async fn a_meeting_ends_when_its_time_is_up_when_nobody_is_left_and_with_its_room() {
    let limit = TimeLimit::new(60).unwrap();
    let (school, room) = lesson_in(|it| it.limits.time_limit = Some(limit)).await;
    let mut teacher = sit(&school, &room, "T-1").await;
    pass(&school, 60 * 60);
    assert_eq!(teacher.end().await, Closing::Ended(Ending::TimeLimit));
    let teacher = sit(&school, &room, "T-1").await;
    teacher.say(ClientMessage::Leave).await;
    let mut mina = sit(&school, &room, "S-1").await;
    school.backend.rooms.end(&school.owner(&room).await).await.unwrap();
    assert_eq!(mina.end().await, Closing::Ended(Ending::RoomEnded));
}

#[tokio::test]
async fn everything_survives_a_restart() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, mut joon] = class(&school, &room).await;
    let browser = Browser::by_link(&school, &room, "S-1").await;
    let who = teacher.find("S-1");
    teacher.act(Act::SetPermission { who, to: Standing::Host }).await.unwrap();
    let who = teacher.find("S-2");
    teacher
        .act(Act::Restrict { whom: Whom::One(who), what: Capability::Chat, on: true })
        .await
        .unwrap();
    teacher.act(Act::Rename { who, to: "Joon".to_owned() }).await.unwrap();
    teacher.act(Act::LockRoom { on: true }).await.unwrap();
    teacher.act(Act::Announce { text: Some("Page 12".to_owned()) }).await.unwrap();
    joon.act(Act::RaiseHand).await.unwrap();
    mina.write("one").await.unwrap();
    mina.until(|it| it.view.scene.numbers.hands == 1 && it.view.scene.announcement.is_some()).await;
    let scene = mina.view.scene.clone();
    let clock = school.clock.clone();
    school.backend.classroom.stop().await.unwrap();
    assert_eq!(mina.end().await, Closing::Restarting);
    drop((teacher, mina, joon));
    let cookie = browser.cookie.clone();
    drop(browser);
    let folder = school.close().await;
    let backend = backend::Backend::open_with_clock(config(&folder), clock).await.unwrap();
    let backend = std::sync::Arc::new(backend);
    backend.classroom.recover().await.unwrap();
    let browser = Browser { backend: backend.clone(), room: room.clone(), cookie };
    let mut mina = browser.open().await;
    assert_eq!(mina.may(), Capabilities::of(EntryPermission::Host), "what a Host made of her");
    mina.until(|it| it.lines() == ["one"]).await;
    let there = |it: &domain::classroom::Scene| domain::classroom::Scene {
        people: it
            .people
            .iter()
            .cloned()
            .map(|it| domain::classroom::Person { away: false, ..it })
            .collect(),
        ..it.clone()
    };
    assert_eq!(there(&mina.view.scene), there(&scene));
    assert_eq!(mina.view.scene.people.iter().filter(|it| it.away).count(), 2);
    backend.close().await;
}

#[tokio::test]
async fn what_cannot_be_kept_is_undone_and_said() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, _joon] = class(&school, &room).await;
    let mut db = school.db().await;
    sqlx::query("DROP TABLE chat").execute(&mut db).await.unwrap();
    assert_eq!(mina.write("lost").await, Err(ActRefusal::Unavailable));
    assert_eq!(teacher.lines(), Vec::<&str>::new());
    mina.act(Act::RaiseHand).await.unwrap();
    teacher.until(|it| it.view.scene.numbers.hands == 1).await;
}

#[tokio::test]
async fn a_part_of_the_list_is_shown_and_kept_up() {
    let (school, room) = lesson().await;
    let [mut teacher, mina, _joon] = class(&school, &room).await;
    let look = Look { list: List::People, term: "s-".to_owned(), first: 0, rows: 10 };
    teacher.say(ClientMessage::Look(look)).await;
    let listed = |names: &'static [&'static str]| {
        move |it: &Seat| match it.said.last() {
            Some(ServerMessage::Listed(it)) => {
                it.rows.iter().map(|it| it.nickname.as_str()).eq(names.iter().copied())
            }
            _ => false,
        }
    };
    teacher.until(listed(&["S-1", "S-2"])).await;
    mina.say(ClientMessage::Leave).await;
    teacher.until(listed(&["S-2"])).await;
}

#[tokio::test]
async fn nobody_writes_faster_than_others_can_read() {
    let (school, room) = lesson().await;
    let mut mina = sit(&school, &room, "S-1").await;
    for _ in 0..8 {
        mina.write("again").await.unwrap();
    }
    assert_eq!(mina.write("again").await, Err(ActRefusal::TooFast { seconds: 1 }));
    school.clock.advance(1);
    mina.write("again").await.unwrap();
}

#[tokio::test]
async fn the_history_of_a_room_tells_what_hosts_did() {
    let (school, room) = lesson().await;
    let [mut teacher, _mina, _joon] = class(&school, &room).await;
    teacher.act(Act::LockRoom { on: true }).await.unwrap();
    let events = school.backend.history.of_room(&school.reader(&room).await, None).await.unwrap();
    let deeds = events.rows.iter().filter(|it| matches!(it.deed, Deed::Meeting { .. })).count();
    assert_eq!(deeds, 2);
}

#[tokio::test]
async fn all_that_was_written_in_a_meeting_can_be_read_again() {
    let (school, room) = lesson().await;
    let [mut teacher, mut mina, _joon] = class(&school, &room).await;
    for number in 1..=230 {
        school.clock.advance(1);
        mina.write(&format!("{number:>3}{}", "-".repeat(number))).await.unwrap();
    }
    let observer = Browser::signed_in(&school, &room, &school.secret, Intent::Observe).await;
    let mut observer = observer.unwrap().open().await;
    for seat in [&mut teacher, &mut observer] {
        let mut first = 230;
        while first > 1 {
            seat.said.clear();
            seat.say(ClientMessage::Earlier { before: first }).await;
            // Two hundred lines are at hand; what was before them the store has.
            let at_hand = if first > 31 { 31 } else { 1 };
            let expected: Vec<u32> = (at_hand.max(first.saturating_sub(30))..first).collect();
            let lines = |it: &Seat| {
                let earlier = it.said.iter().filter_map(|it| match it {
                    ServerMessage::Earlier { lines } => Some(lines.iter().map(|it| it.number)),
                    _ => None,
                });
                let mut lines: Vec<_> = earlier.flatten().collect();
                lines.sort_unstable();
                lines
            };
            seat.until(|it| lines(it).len() >= expected.len()).await;
            assert_eq!(lines(seat), expected);
            first = expected[0];
        }
    }
    // Whoever asks for what can't be read is told so.
    sqlx::query("DROP TABLE chat").execute(&mut school.db().await).await.unwrap();
    teacher.said.clear();
    teacher.say(ClientMessage::Earlier { before: 31 }).await;
    teacher.until(|it| it.said.contains(&ServerMessage::EarlierUnavailable)).await;
}
