//! Leaving a room, staying in one, and how fast people may come to its door.

use backend::{
    classroom::door::{Comer, EnterRefusal, Entrant},
    entry::Inside,
    links::Whose,
    live::{Concerned, Pending},
};
use domain::{
    Nickname, RoomId, RoomType,
    classroom::{Closing, Identity},
    entry_link::EntryToken,
};

use crate::{
    classroom::seat::{self, Browser},
    common::{School, context, context_from, draft, specified, user_id},
};

/// What the meeting in a room says where there is none.
fn nobody(_: &RoomId, _: Option<&Identity>) -> Inside {
    Inside::default()
}

/// A school with a student, their room and their link to it.
async fn with_a_member() -> (School, RoomId, EntryToken) {
    let school = School::open().await;
    school.user("S-1").await;
    let room = school.room("Algebra", &["S-1"]).await;
    let owner = school.owner(&room).await;
    let whose = Whose::User(user_id("S-1"));
    let token = school.backend.links.show(&owner, &whose).await.unwrap().token;
    (school, room, token)
}

/// Presses Enter in a fresh browser, and answers with what names that.
async fn enter(school: &School, token: &EntryToken) -> Result<String, EnterRefusal> {
    let context = context();
    let comer = Comer::ByLink { token, context: &context };
    let entered = school.backend.door.enter(comer, None, None, nobody).await?;
    Ok(entered.cookie.unwrap().reveal().to_owned())
}

async fn entrant(school: &School, browser: &str, room: &RoomId) -> Option<Entrant> {
    school.backend.door.entrant(browser, room).await.unwrap()
}

#[tokio::test]
async fn who_leaves_has_no_entry_any_more_and_the_room_is_told() {
    let (school, room, token) = with_a_member().await;
    let (here, elsewhere) =
        (enter(&school, &token).await.unwrap(), enter(&school, &token).await.unwrap());
    let live = school.backend.live.entries().register(room.clone());
    let leaving = entrant(&school, &here, &room).await.unwrap();
    let _ = live.take_pending();
    let link = school.backend.door.leave(&leaving).await.unwrap();
    assert_eq!(link.as_ref(), Some(token.id()));
    assert_eq!(live.take_pending(), Pending::Of([Concerned::Entry(leaving.entry())].into()));
    assert_eq!(entrant(&school, &here, &room).await, None);
    assert!(entrant(&school, &elsewhere, &room).await.is_some(), "another browser stays");
    assert_eq!(school.backend.door.leave(&leaving).await.unwrap(), None, "they have left");
    // The door is open to them as before.
    assert!(enter(&school, &token).await.is_ok());
}

#[tokio::test]
async fn whoever_is_replaced_in_their_browser_is_told_so() {
    let (school, room, _) = with_a_member().await;
    school.user("S-2").await;
    let owner = school.owner(&room).await;
    school.backend.rooms.add_members(&owner, &[specified("S-2")]).await.unwrap();
    let browser = Browser::by_link(&school, &room, "S-1").await;
    let elsewhere = Browser::by_link(&school, &room, "S-1").await;
    let [mut mina, mut other_tab] = [browser.open().await, browser.open().await];
    let mut at_home = elsewhere.open().await;
    let (token, context) = (seat::link(&school, &room, "S-2").await, context());
    let comer = Comer::ByLink { token: &token, context: &context };
    school.backend.door.enter(comer, Some(browser.cookie.reveal()), None, nobody).await.unwrap();
    assert_eq!(mina.end().await, Closing::EnteredElsewhere);
    assert_eq!(other_tab.end().await, Closing::EnteredElsewhere);
    at_home.write("still there").await.unwrap();
    let token = seat::link(&school, &room, "S-1").await;
    // Whoever only leaves isn't told that somebody came.
    let leaving = entrant(&school, elsewhere.cookie.reveal(), &room).await.unwrap();
    assert_eq!(school.backend.door.leave(&leaving).await.unwrap().as_ref(), Some(token.id()));
    assert_eq!(at_home.end().await, Closing::EntryOver);
}

#[tokio::test]
async fn the_entry_of_whoever_stays_is_not_forgotten() {
    let (school, room, _) = with_a_member().await;
    let mut mina = Browser::by_link(&school, &room, "S-1").await.open().await;
    let gone = Browser::by_link(&school, &room, "S-1").await;
    let pass = |seconds| {
        school.clock.advance(seconds);
        school.backend.classroom.tick();
    };
    for hour in 1..=25 {
        pass(60 * 60);
        mina.write(&format!("hour {hour}")).await.unwrap();
    }
    assert_eq!(school.backend.door.forget().await.unwrap(), 1, "the other's");
    assert_eq!(entrant(&school, gone.cookie.reveal(), &room).await, None);
    pass(60);
    mina.write("still there").await.unwrap();
}

#[tokio::test]
async fn a_school_enters_at_once_and_whoever_goes_on_is_stopped() {
    let (school, _, token) = with_a_member().await;
    let unknown = EntryToken::new(token.id().clone(), [7; EntryToken::SECRET_BYTES]);
    let mut refused = Vec::new();
    for _ in 0..3_000 {
        refused.push(enter(&school, &unknown).await);
    }
    let unknown_link = |it: &Result<_, _>| matches!(it, Err(EnterRefusal::NotFound));
    assert_eq!(refused.iter().filter(|it| unknown_link(it)).count(), 60);
    assert!(matches!(enter(&school, &token).await, Err(EnterRefusal::TooFast)));
    school.clock.advance(1);
    assert!(enter(&school, &token).await.is_ok());
}

/// An open room, and the link that all may share.
async fn open_room(school: &School) -> (RoomId, EntryToken) {
    let draft = draft("Open", RoomType::Open, &[]);
    let room = school.backend.rooms.create(&school.admin, &draft).await.unwrap();
    let owner = school.owner(&room).await;
    let token = school.backend.links.show(&owner, &Whose::Everybody).await.unwrap().token;
    (room, token)
}

#[tokio::test]
async fn strangers_are_let_in_only_so_fast() {
    let (school, _, members) = with_a_member().await;
    let (room, token) = open_room(&school).await;
    let name = Nickname::parse("Kim").unwrap();
    let here = context();
    let stranger = async |token: &EntryToken, context: &_, browser: Option<&str>| {
        let comer = Comer::ByLink { token, context };
        school.backend.door.enter(comer, browser, Some(&name), nobody).await
    };
    let first = stranger(&token, &here, None).await.unwrap().cookie.unwrap();
    for _ in 1..300 {
        stranger(&token, &here, None).await.unwrap();
    }
    let too_many = stranger(&token, &here, None).await;
    assert!(matches!(too_many, Err(EnterRefusal::TooFast)));
    // Whoever is there comes back, and whom Rollcall knows is no stranger.
    let again = stranger(&token, &here, Some(first.reveal())).await.unwrap().cookie.unwrap();
    assert!(enter(&school, &members).await.is_ok());
    let (_, elsewhere) = open_room(&school).await;
    stranger(&elsewhere, &here, None).await.unwrap();
    let home = context_from("198.51.100.7");
    stranger(&token, &home, None).await.unwrap();
    school.clock.advance(1);
    stranger(&token, &here, None).await.unwrap();
    let too_many = stranger(&token, &here, None).await;
    assert!(matches!(too_many, Err(EnterRefusal::TooFast)));
    assert!(entrant(&school, again.reveal(), &room).await.is_some());
}
