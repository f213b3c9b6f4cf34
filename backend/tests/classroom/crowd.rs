//! Whoever waits for a meeting, or comes to it by more ways than one, and people with very long names.

use domain::{
    EntryPermission, Nickname, RoomType,
    classroom::{
        Act, ActRefusal, Capabilities, ClientMessage, Closing, Ending, List, Look, MeetingNumber,
        ServerMessage,
    },
    entry::{Intent, Refusal},
};

use super::{
    lesson, lesson_in, pass,
    seat::{Browser, Seat, stranger},
    sit,
};
use crate::common::specified;

/// A name as long as one may be, of which little is seen.
fn long_name(number: u32) -> String {
    let name = format!("{number}x{}", "\u{301}".repeat(1_000));
    assert!(Nickname::parse(&name).is_ok() && name.len() > 2_000);
    name
}

#[tokio::test]
async fn hosts_are_told_of_a_crowd_however_long_names_are() {
    let (school, room) = lesson_in(|it| it.room_type = RoomType::Open).await;
    let mut teacher = sit(&school, &room, "T-1").await;
    let mut crowd = Vec::new();
    for number in 0..48 {
        let browser = stranger(&school, &room, &long_name(number)).await;
        crowd.push(browser.try_open(None).await.unwrap());
    }
    for seat in &mut crowd {
        seat.entered().await;
    }
    teacher.act(Act::LetNewcomersWait { on: true }).await.unwrap();
    let mut newcomers = Vec::new();
    for number in 0..24 {
        let browser = stranger(&school, &room, &long_name(number)).await;
        newcomers.push(browser.try_open(None).await.unwrap());
    }
    for seat in &mut newcomers {
        assert_eq!(seat.waiting().await, (Refusal::AwaitingHost, None));
    }
    teacher.until(|it| it.view.scene.newcomers.len() == 24).await;
    let mut again = sit(&school, &room, "T-1").await;
    assert_eq!((again.view.scene.people.len(), again.view.scene.newcomers.len()), (48, 24));
    for list in [List::Tiles, List::People] {
        again
            .say(ClientMessage::Look(Look { list, term: String::new(), first: 0, rows: 64 }))
            .await;
    }
    let listed = |seat: &Seat, of: List| {
        let parts = seat.said.iter().filter_map(|it| match it {
            ServerMessage::Listed(it) if it.list == of => Some(it.rows.len()),
            _ => None,
        });
        parts.sum::<usize>()
    };
    again.until(|it| [List::Tiles, List::People].iter().all(|of| listed(it, *of) >= 49)).await;
}

#[tokio::test]
async fn whoever_waits_when_a_meeting_ends_begins_the_next() {
    let (school, room) = lesson().await;
    let mut teacher = sit(&school, &room, "T-1").await;
    teacher.act(Act::LockRoom { on: true }).await.unwrap();
    let mut joon = Browser::by_link(&school, &room, "S-2").await.try_open(None).await.unwrap();
    assert_eq!(joon.waiting().await, (Refusal::Locked, None));
    teacher.say(ClientMessage::Act { id: 1, act: Act::End }).await;
    assert_eq!(teacher.end().await, Closing::Ended(Ending::ByHost));
    joon.entered().await;
    assert_eq!((joon.names(), joon.view.meeting()), (vec!["S-2"], Some(MeetingNumber(2))));
}

#[tokio::test]
async fn whoever_waits_for_a_host_waits_for_one_of_the_next_meeting_unless_the_room_is_ended() {
    let (school, room) = lesson_in(|it| it.room_type = RoomType::Open).await;
    let mut teacher = sit(&school, &room, "T-1").await;
    teacher.act(Act::LetNewcomersWait { on: true }).await.unwrap();
    let mut kim = stranger(&school, &room, "Kim").await.try_open(None).await.unwrap();
    assert_eq!(kim.waiting().await, (Refusal::AwaitingHost, None));
    teacher.say(ClientMessage::Act { id: 9, act: Act::End }).await;
    assert_eq!(teacher.end().await, Closing::Ended(Ending::ByHost));
    let mut teacher = sit(&school, &room, "T-1").await;
    teacher.until(|it| it.view.scene.newcomers.len() == 1).await;
    school.backend.rooms.end(&school.owner(&room).await).await.unwrap();
    for seat in [&mut teacher, &mut kim] {
        assert_eq!(seat.end().await, Closing::Ended(Ending::RoomEnded));
    }
}

#[tokio::test]
async fn an_admin_who_came_openly_as_host_stays_it_while_they_are_a_guest_elsewhere() {
    let (school, room) = lesson().await;
    school.other_admin("A-juno").await;
    let secret = school.sign_in("A-juno").await;
    let mut member = specified("A-juno");
    member.permission = Some(EntryPermission::Guest);
    school.backend.rooms.add_members(&school.owner(&room).await, &[member]).await.unwrap();
    let openly = Browser::signed_in(&school, &room, &secret, Intent::Host).await.unwrap();
    let mut host = openly.open().await;
    let mut guest = Browser::by_link(&school, &room, "A-juno").await.open().await;
    assert_eq!(guest.may(), Capabilities::of(EntryPermission::Host), "they are one person");
    host.act(Act::LockRoom { on: true }).await.unwrap();
    pass(&school, 60);
    host.act(Act::LockRoom { on: false }).await.unwrap();
    // And not for a moment longer, whether that connection is lost or they leave.
    let as_what = |permission| move |it: &Seat| it.may() == Capabilities::of(permission);
    drop(host);
    guest.until(as_what(EntryPermission::Guest)).await;
    assert_eq!(guest.act(Act::LockRoom { on: true }).await, Err(ActRefusal::NotAllowed));
    let host = openly.open().await;
    guest.until(as_what(EntryPermission::Host)).await;
    host.say(ClientMessage::Leave).await;
    guest.until(as_what(EntryPermission::Guest)).await;
    assert_eq!(guest.act(Act::LockRoom { on: true }).await, Err(ActRefusal::NotAllowed));
}
