//! The door of a room: what it shows, which entries it makes, and what ends them.

use backend::{
    InternalKind,
    accounts::Session,
    classroom::door::{Comer, Doorstep, EnterRefusal, Entered, Entrant},
    clock::Clock,
    entry::{EntryId, Inside},
    links::Whose,
    live::{Concerned, Pending},
};
use domain::{
    ConsoleRole, EntryPermission, Nickname, RoomId, RoomType,
    classroom::{Identity, Office, Standing},
    entry::{Admission, Ground, Intent, Refusal},
    entry_link::{EntryToken, LinkAct, LinkId},
};

use crate::common::{School, context, draft, specified, user_id};

const HOUR: i64 = 60 * 60;

/// What the meeting in a room says where there is none.
fn nobody(_: &RoomId, _: Option<&Identity>) -> Inside {
    Inside::default()
}

fn locked(_: &RoomId, _: Option<&Identity>) -> Inside {
    Inside { locked: true, ..Inside::default() }
}

fn name(raw: &str) -> Nickname {
    Nickname::parse(raw).unwrap()
}

async fn link(school: &School, room: &RoomId, whose: &Whose) -> EntryToken {
    school.backend.links.show(&school.owner(room).await, whose).await.unwrap().token
}

async fn link_of(school: &School, room: &RoomId, id: &str) -> EntryToken {
    link(school, room, &Whose::User(user_id(id))).await
}

async fn change(school: &School, room: &RoomId, whose: &Whose, act: LinkAct) {
    school.backend.links.change(&school.owner(room).await, whose, act).await.unwrap();
}

async fn room_of(school: &School, room_type: RoomType, members: &[&str]) -> RoomId {
    school.backend.rooms.create(&school.admin, &draft("Algebra", room_type, members)).await.unwrap()
}

/// A school with a student, their room and their link to it.
async fn with_a_member() -> (School, RoomId, EntryToken) {
    let school = School::open().await;
    school.user("S-1").await;
    let room = school.room("Algebra", &["S-1"]).await;
    let token = link_of(&school, &room, "S-1").await;
    (school, room, token)
}

async fn look(school: &School, token: &EntryToken) -> Option<Doorstep> {
    let context = context();
    let comer = Comer::ByLink { token, context: &context };
    school.backend.door.look(comer, nobody).await.unwrap()
}

/// Presses Enter at the door of a link.
async fn enter(
    school: &School,
    token: &EntryToken,
    browser: Option<&str>,
    typed: Option<&str>,
    inside: fn(&RoomId, Option<&Identity>) -> Inside,
) -> Result<Entered, EnterRefusal> {
    let context = context();
    let comer = Comer::ByLink { token, context: &context };
    school.backend.door.enter(comer, browser, typed.map(name).as_ref(), inside).await
}

/// Enters by a link in a fresh browser, and answers with what names that.
async fn entered(school: &School, token: &EntryToken, typed: Option<&str>) -> String {
    let entered = enter(school, token, None, typed, nobody).await.unwrap();
    entered.cookie.unwrap().reveal().to_owned()
}

/// Enters by a link in the browser that is named so, and answers with its name where that is another now.
async fn enters_again(
    school: &School,
    token: &EntryToken,
    browser: &str,
    typed: Option<&str>,
) -> Option<String> {
    let entered = enter(school, token, Some(browser), typed, nobody).await.unwrap();
    entered.cookie.map(|it| it.reveal().to_owned())
}

async fn sign_in(
    school: &School,
    session: &Session,
    room: &RoomId,
    intent: Intent,
) -> Result<String, EnterRefusal> {
    let comer = Comer::SignedIn { session, room, intent };
    let entered = school.backend.door.enter(comer, None, None, nobody).await?;
    Ok(entered.cookie.unwrap().reveal().to_owned())
}

async fn entrant(school: &School, browser: &str, room: &RoomId) -> Option<Entrant> {
    school.backend.door.entrant(browser, room).await.unwrap()
}

/// What the rule says of an entry; nothing where it has ended or is over.
async fn answer(
    school: &School,
    entrant: &Entrant,
    inside: Inside,
) -> Option<Result<Admission, Refusal>> {
    let held = school.backend.entry.held(&[entrant.entry()]).await.unwrap().pop();
    held.and_then(|it| it.may_enter(inside))
}

/// A Teacher who is signed in.
async fn teacher(school: &School, id: &str) -> Session {
    school.user_with(id, |it| it.role = ConsoleRole::Teacher).await;
    school.give_password(id).await;
    school.session(&school.sign_in(id).await).await.unwrap()
}

const fn as_what(permission: EntryPermission, ground: Ground) -> Admission {
    Admission { permission, ground }
}

fn refused(entered: Result<Entered, EnterRefusal>) -> Refusal {
    match entered {
        Err(EnterRefusal::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_link_shows_who_would_enter_and_changes_nothing() {
    let (school, room, token) = with_a_member().await;
    let log = school.db_audit().await;
    let door = look(&school, &token).await.unwrap();
    assert_eq!((door.room, door.name.as_str()), (room.clone(), "Algebra"));
    assert_eq!(door.you.unwrap().user_id, user_id("S-1"));
    assert_eq!(door.answer, Ok(as_what(EntryPermission::Guest, Ground::Member)));
    let elsewhere = EntryToken::new(LinkId::from_bits(7), *token.secret());
    assert_eq!(look(&school, &elsewhere).await, None);
    school.backend.users.deactivate(&school.admin, &user_id("S-1")).await.unwrap();
    assert_eq!(look(&school, &token).await.unwrap().answer, Err(Refusal::Deactivated));
    assert_eq!(school.db_audit().await.len(), log.len() + 1, "the deactivation alone");
}

#[tokio::test]
async fn somebody_unknown_is_shown_the_door_of_an_open_room() {
    let school = School::open().await;
    for (room_type, answer) in [
        (RoomType::Open, Ok(as_what(EntryPermission::Guest, Ground::AnyoneWithLink))),
        (RoomType::Public, Err(Refusal::UsersOnly)),
    ] {
        let room = room_of(&school, room_type, &[]).await;
        let door = look(&school, &link(&school, &room, &Whose::Everybody).await).await.unwrap();
        assert_eq!((door.you, door.answer), (None, answer));
    }
}

#[tokio::test]
async fn who_is_signed_in_sees_the_doors_of_rooms_that_are_for_them() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    let door = async |room: &RoomId, intent| {
        let comer = Comer::SignedIn { session: &kim, room, intent };
        let found = school.backend.door.look(comer, nobody).await.unwrap();
        let entered = sign_in(&school, &kim, room, intent).await;
        assert_eq!(found.is_none(), matches!(entered, Err(EnterRefusal::NotFound)));
        found.map(|it| it.answer)
    };
    let strange = school.room("Strange", &[]).await;
    let theirs = school.room("Theirs", &["T-kim"]).await;
    let open = room_of(&school, RoomType::Open, &[]).await;
    assert_eq!(door(&strange, Intent::Own).await, None);
    assert_eq!(door(&strange, Intent::Host).await, None);
    assert_eq!(door(&RoomId::from_bits(7), Intent::Own).await, None);
    let guest = |ground| Some(Ok(as_what(EntryPermission::Guest, ground)));
    assert_eq!(door(&theirs, Intent::Host).await, guest(Ground::Member), "Admins alone");
    assert_eq!(door(&open, Intent::Own).await, guest(Ground::AllUsers));
    // Of a room that isn't for them they don't even learn that it has ended.
    for room in [&strange, &theirs] {
        school.backend.rooms.end(&school.owner(room).await).await.unwrap();
    }
    assert_eq!(door(&strange, Intent::Own).await, None);
    assert_eq!(door(&theirs, Intent::Own).await, Some(Err(Refusal::RoomEnded)));
}

#[tokio::test]
async fn enter_names_the_browser_and_is_of_that_room_alone() {
    let (school, room, token) = with_a_member().await;
    let other = school.room("Other", &["S-1"]).await;
    let browser = entered(&school, &token, None).await;
    let kim = entrant(&school, &browser, &room).await.unwrap();
    assert_eq!((kim.room(), kim.who()), (&room, &Identity::User(user_id("S-1"))));
    assert_eq!(entrant(&school, &browser, &other).await, None);
    assert_eq!(entrant(&school, "made up", &room).await, None);
    // Whoever enters once more keeps the name, and by another it is as ever both rooms.
    assert_eq!(enters_again(&school, &token, &browser, None).await, None);
    let token = link_of(&school, &other, "S-1").await;
    let renamed = enters_again(&school, &token, &browser, None).await.unwrap();
    assert!(entrant(&school, &renamed, &room).await.is_some());
    assert!(entrant(&school, &renamed, &other).await.is_some());
    // A name that the server didn't give is none.
    let forged = enter(&school, &token, Some("made up"), None, nobody).await.unwrap();
    assert!(forged.cookie.is_some());
    assert_eq!(entrant(&school, "made up", &other).await, None);
}

#[tokio::test]
async fn the_last_enter_of_a_browser_wins() {
    let (school, room, token) = with_a_member().await;
    school.user("S-2").await;
    let (members, owner) = (&school.backend.rooms, school.owner(&room).await);
    members.add_members(&owner, &[specified("S-2")]).await.unwrap();
    let live = school.backend.live.entries().register(room.clone());
    let browser = entered(&school, &token, None).await;
    let first = entrant(&school, &browser, &room).await.unwrap();
    enter(&school, &token, Some(&browser), None, nobody).await.unwrap();
    assert_eq!(entrant(&school, &browser, &room).await.unwrap(), first, "the same person");
    let _ = live.take_pending();
    let others = link_of(&school, &room, "S-2").await;
    let renamed = enters_again(&school, &others, &browser, None).await.unwrap();
    assert_eq!(entrant(&school, &browser, &room).await, None, "a copied name is nobody's");
    let second = entrant(&school, &renamed, &room).await.unwrap();
    assert_eq!(second.who(), &Identity::User(user_id("S-2")));
    assert_ne!(second.entry(), first.entry(), "no connection goes on as somebody else");
    assert!(school.backend.entry.held(&[first.entry()]).await.unwrap().is_empty());
    let told = Pending::Of([Concerned::Replaced(first.entry())].into());
    assert_eq!(live.take_pending(), told);
}

#[tokio::test]
async fn an_admin_enters_as_host_on_record_and_observes_without() {
    let school = School::open().await;
    let session = school.session(&school.secret).await.unwrap();
    let kim = teacher(&school, "T-kim").await;
    let room = make_for(&school, &kim).await;
    let observing = sign_in(&school, &session, &room, Intent::Observe).await.unwrap();
    let entries = |it: &[String]| it.iter().filter(|it| it.starts_with("entry.")).count();
    assert_eq!(entries(&school.db_audit().await), 0);
    let observer = entrant(&school, &observing, &room).await.unwrap();
    let monitoring = Some(Ok(as_what(EntryPermission::Monitoring, Ground::Admin)));
    assert_eq!(answer(&school, &observer, Inside::default()).await, monitoring);
    // In the same browser: whoever observed is another than whoever is Host.
    let comer = Comer::SignedIn { session: &session, room: &room, intent: Intent::Host };
    let entered = school.backend.door.enter(comer, Some(&observing), None, nobody).await.unwrap();
    let host = entrant(&school, entered.cookie.unwrap().reveal(), &room).await.unwrap();
    assert_ne!(host.entry(), observer.entry());
    let openly = Some(Ok(as_what(EntryPermission::Host, Ground::Admin)));
    assert_eq!(answer(&school, &host, Inside::default()).await, openly);
    let log = school.db_audit().await;
    assert_eq!(log.last().unwrap(), &format!("entry.host A-hana A-hana {room}"));
    // Whoever owns the room needs no record.
    sign_in(&school, &kim, &room, Intent::Host).await.unwrap();
    assert_eq!(school.db_audit().await, log);
}

/// A Teacher makes a room.
async fn make_for(school: &School, teacher: &Session) -> RoomId {
    let draft = draft("Algebra", RoomType::Private, &[]);
    school.backend.rooms.create(&teacher.staff(), &draft).await.unwrap()
}

#[tokio::test]
async fn whoever_is_refused_gets_no_entry_and_is_noted_and_whoever_waits_does() {
    let (school, room, token) = with_a_member().await;
    let waiting = enter(&school, &token, None, None, locked).await.unwrap();
    assert_eq!(waiting.waits, Some(Refusal::Locked));
    let browser = waiting.cookie.unwrap();
    assert!(entrant(&school, browser.reveal(), &room).await.is_some());
    school.backend.rooms.end(&school.owner(&room).await).await.unwrap();
    let log = school.db_audit().await.len();
    for _ in 0..2 {
        let again = enter(&school, &token, None, None, nobody).await;
        assert_eq!(refused(again), Refusal::RoomEnded);
    }
    let log = school.db_audit().await.split_off(log);
    assert_eq!(log, [format!("entry.refused - S-1 {room}")], "one request has one line");
}

#[tokio::test]
async fn somebody_unknown_says_a_name_and_is_another_by_another() {
    let school = School::open().await;
    let room = room_of(&school, RoomType::Open, &[]).await;
    let token = link(&school, &room, &Whose::Everybody).await;
    let unnamed = enter(&school, &token, None, None, nobody).await;
    assert!(matches!(unnamed, Err(EnterRefusal::NoName)));
    let mut browser = entered(&school, &token, Some("Kim")).await;
    let kim = entrant(&school, &browser, &room).await.unwrap();
    let mut who = async |typed: &str| {
        let copied = browser.clone();
        // Nobody knows whether it is the same person who says a name again.
        browser = enters_again(&school, &token, &copied, Some(typed)).await.unwrap();
        assert_eq!(entrant(&school, &copied, &room).await, None);
        entrant(&school, &browser, &room).await.unwrap().who().clone()
    };
    assert_eq!(&who("Kim").await, kim.who());
    assert_ne!(&who("Lee").await, kim.who());
    assert_ne!(&who("Kim").await, kim.who(), "a guest's name is never given again");
    let other = entered(&school, &token, Some("Kim")).await;
    assert_ne!(entrant(&school, &other, &room).await.unwrap().who(), kim.who());
}

#[tokio::test]
async fn an_entry_ends_with_the_link_by_which_it_came() {
    let (school, room, token) = with_a_member().await;
    let browser = entered(&school, &token, None).await;
    let kim = entrant(&school, &browser, &room).await.unwrap();
    let seated = Inside { seated: true, ..Inside::default() };
    let whose = Whose::User(user_id("S-1"));
    let guest = Some(Ok(as_what(EntryPermission::Guest, Ground::Member)));
    change(&school, &room, &whose, LinkAct::Revoke).await;
    assert_eq!(answer(&school, &kim, seated).await, Some(Err(Refusal::LinkRevoked)));
    change(&school, &room, &whose, LinkAct::Allow).await;
    assert_eq!(answer(&school, &kim, seated).await, guest);
    let soon = school.clock.now().plus_seconds(HOUR);
    change(&school, &room, &whose, LinkAct::Expire(Some(soon))).await;
    school.clock.advance(HOUR);
    assert_eq!(answer(&school, &kim, Inside::default()).await, Some(Err(Refusal::LinkExpired)));
    assert_eq!(answer(&school, &kim, seated).await, guest, "who is in stays");
    assert_eq!(refused(enter(&school, &token, None, None, nobody).await), Refusal::LinkExpired);
    change(&school, &room, &whose, LinkAct::Renew).await;
    assert_eq!(answer(&school, &kim, seated).await, Some(Err(Refusal::LinkRevoked)));
    assert_eq!(refused(enter(&school, &token, None, None, nobody).await), Refusal::LinkRevoked);
    // By the new link it is theirs again.
    let token = link_of(&school, &room, "S-1").await;
    enter(&school, &token, Some(&browser), None, nobody).await.unwrap();
    assert_eq!(answer(&school, &kim, Inside::default()).await, guest);
}

#[tokio::test]
async fn an_entry_ends_with_the_session_by_which_it_came() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    let room = make_for(&school, &kim).await;
    let secret = school.sign_in("T-kim").await;
    let other = school.session(&secret).await.unwrap();
    let browser = sign_in(&school, &other, &room, Intent::Own).await.unwrap();
    let first = entrant(&school, &browser, &room).await.unwrap();
    let owner = Some(Ok(as_what(EntryPermission::Host, Ground::Owner)));
    assert_eq!(answer(&school, &first, Inside::default()).await, owner);
    school.backend.accounts.sign_out(secret.reveal(), &context()).await.unwrap();
    assert_eq!(entrant(&school, &browser, &room).await, None);
    let late = sign_in(&school, &other, &room, Intent::Own).await.unwrap_err();
    assert!(matches!(late, EnterRefusal::Internal(it) if it.kind() == InternalKind::Revoked));
    // One that nobody ended is over all the same, once it is too old.
    let browser = sign_in(&school, &kim, &room, Intent::Own).await.unwrap();
    let second = entrant(&school, &browser, &room).await.unwrap();
    school.clock.advance(12 * HOUR);
    assert_eq!(answer(&school, &second, Inside::default()).await, None);
}

/// By a link, somebody may be in one room as a user who does more in another once they are signed in.
#[tokio::test]
async fn whoever_copied_the_name_of_a_browser_has_nothing_that_is_entered_later() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    let class = school.room("Class", &["T-kim"]).await;
    let own = make_for(&school, &kim).await;
    let token = link_of(&school, &class, "T-kim").await;
    let copied = entered(&school, &token, None).await;
    let mut browser = copied.clone();
    // The second time to the same room, where the entry rests on the session from then on.
    for room in [&own, &class] {
        let comer = Comer::SignedIn { session: &kim, room, intent: Intent::Own };
        let entered = school.backend.door.enter(comer, Some(&browser), None, nobody).await.unwrap();
        let before = std::mem::replace(&mut browser, entered.cookie.unwrap().reveal().to_owned());
        for room in [&own, &class] {
            assert_eq!(entrant(&school, &before, room).await, None);
        }
        assert!(entrant(&school, &browser, room).await.is_some());
    }
    let comer = Comer::SignedIn { session: &kim, room: &own, intent: Intent::Own };
    let again = school.backend.door.enter(comer, Some(&browser), None, nobody).await.unwrap();
    assert_eq!(again.cookie, None, "nothing is new");
}

#[tokio::test]
async fn entries_that_are_not_used_are_forgotten() {
    let (school, room, token) = with_a_member().await;
    let forget = async || school.backend.door.forget().await.unwrap();
    let (one, other) = (entered(&school, &token, None).await, entered(&school, &token, None).await);
    school.clock.advance(23 * HOUR);
    assert!(entrant(&school, &one, &room).await.is_some());
    assert_eq!(forget().await, 0);
    school.clock.advance(2 * HOUR);
    assert_eq!(forget().await, 1);
    assert!(entrant(&school, &one, &room).await.is_some());
    assert_eq!(entrant(&school, &other, &room).await, None);
}

#[tokio::test]
async fn what_is_known_of_many_entries_is_known_at_once() {
    let (school, room, token) = with_a_member().await;
    let session = school.session(&school.secret).await.unwrap();
    let mut entries = vec![EntryId(404)];
    for browser in [
        entered(&school, &token, None).await,
        sign_in(&school, &session, &room, Intent::Own).await.unwrap(),
    ] {
        entries.push(entrant(&school, &browser, &room).await.unwrap().entry());
    }
    let mut held = school.backend.entry.held(&entries).await.unwrap();
    held.sort_by_key(|it| it.id);
    let known: Vec<_> = held.iter().map(|it| (it.id, it.nickname.as_str(), it.office)).collect();
    let expected = [(entries[1], "S-1", Office::None), (entries[2], "A-hana", Office::Owner)];
    assert_eq!(known, expected);
    assert_eq!(held[0].room.name.as_str(), "Algebra");
    assert_eq!(held[0].profile(Standing::Host).admitted, Standing::Host);
    let granted = Inside { granted: Some(Standing::Host), locked: true, ..Inside::default() };
    let host = as_what(EntryPermission::Host, Ground::Member);
    assert_eq!(held[0].may_enter(granted), Some(Ok(host)), "what a Host made of them counts");
}

#[tokio::test]
async fn fifty_enters_of_one_browser_are_one_entry() {
    let (school, room, token) = with_a_member().await;
    let browser = entered(&school, &token, None).await;
    let enters = (0..50).map(|_| enter(&school, &token, Some(&browser), None, nobody));
    let entered = futures_util::future::join_all(enters).await;
    assert!(entered.into_iter().all(|it| it.unwrap().cookie.is_none()));
    let entry = entrant(&school, &browser, &room).await.unwrap().entry();
    assert_eq!(entry, EntryId(1));
}
