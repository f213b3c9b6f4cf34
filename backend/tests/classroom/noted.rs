//! What the log keeps of meetings, and what history tells of it.

use backend::classroom::note::Note;
use domain::{
    audit::{AuditAsked, AuditKind},
    classroom::{
        Act, Capability, Change, Ending, Identity, Newcomer, NewcomerId, SentMark, Standing, Whom,
    },
    history::{Deed, MeetingDeed},
};

use super::{Hall, at, doer, user};
use crate::common::School;

/// A school, and a meeting with a Host, a Guest, somebody unknown and one who waits.
async fn class() -> (School, Hall) {
    let school = School::open().await;
    let room = school.room("Algebra", &[]).await;
    let mut hall = Hall::of(&room, "Algebra");
    hall.enter(user("T-1"), Standing::Host, 0);
    hall.enter(user("S-1"), Standing::Guest, 0);
    hall.enter(Identity::Guest("Stranger".to_owned()), Standing::Guest, 0);
    let newcomer = Newcomer { id: NewcomerId(1), nickname: "New".to_owned(), since: at(0) };
    hall.apply(&[Change::NewcomerCame(newcomer)]);
    hall.notes.push(Note::began(doer("T-1"), at(0)));
    hall.write(&school, 0).await.unwrap();
    (school, hall)
}

/// What history tells of an act of the Host, and whom it names.
async fn told(school: &School, hall: &mut Hall, act: &Act) -> (Option<String>, Deed) {
    let (host, _) = hall.meeting.find(&user("T-1")).unwrap();
    hall.act(host, act, 1);
    hall.write(school, 1).await.unwrap();
    let reader = school.reader(&hall.room).await;
    let event = school.backend.history.of_room(&reader, None).await.unwrap().rows.remove(0);
    assert_eq!(event.actor.unwrap().user_id.as_str(), "T-1");
    (event.user.map(|it| it.user_id.to_string()), event.deed)
}

#[tokio::test]
async fn what_hosts_do_is_told() {
    let (school, mut hall) = class().await;
    let [_, kim, stranger] = [1, 2, 3].map(domain::classroom::ParticipantId);
    let whom = |who| Whom::One(who);
    let some = |it: &str| Some(it.to_owned());
    let chat = |whom, on| Act::Restrict { whom, what: Capability::Chat, on };
    let hands = |whom, on| Act::Restrict { whom, what: Capability::RaiseHand, on };
    for (act, user, guest, deed) in [
        (Act::LockRoom { on: true }, None, None, MeetingDeed::Locked(true)),
        (
            Act::SetPermission { who: kim, to: Standing::Host },
            some("S-1"),
            None,
            MeetingDeed::PermissionSet(Standing::Host),
        ),
        (chat(Whom::Everybody, true), None, None, MeetingDeed::ChatLocked(true)),
        (chat(whom(stranger), true), None, some("Stranger"), MeetingDeed::ChatLocked(true)),
        (hands(whom(kim), true), some("S-1"), None, MeetingDeed::HandsLocked(true)),
        (hands(whom(kim), false), some("S-1"), None, MeetingDeed::HandsLocked(false)),
        (
            Act::Rename { who: stranger, to: "  Lee ".to_owned() },
            None,
            some("Stranger"),
            MeetingDeed::Renamed("Lee".to_owned()),
        ),
        (Act::Announce { text: some("Hello") }, None, None, MeetingDeed::Announced(true)),
        (Act::Announce { text: None }, None, None, MeetingDeed::Announced(false)),
        (
            Act::Admit { who: NewcomerId(1), yes: false },
            None,
            some("New"),
            MeetingDeed::Admitted(false),
        ),
        (Act::Remove { who: stranger }, None, some("Lee"), MeetingDeed::Removed),
        (Act::End, None, None, MeetingDeed::Ended(Ending::ByHost)),
    ] {
        let told = told(&school, &mut hall, &act).await;
        assert_eq!(told, (user, Deed::Meeting { deed, guest }), "{act:?}");
    }
    let asked = AuditAsked { kind: Some(AuditKind::Meetings), ..AuditAsked::default() };
    let page = school.backend.audit.page(&school.admin, &asked, None, None).await.unwrap();
    assert_eq!(page.rows.len(), 13);
}

#[tokio::test]
async fn hands_chat_and_what_changes_nothing_are_not_noted() {
    let (school, mut hall) = class().await;
    let before = school.db_audit().await;
    let host = hall.meeting.find(&user("T-1")).unwrap().0;
    for act in [
        Act::RaiseHand,
        Act::Say { text: "hello".to_owned(), sent: SentMark::parse("mark-001").unwrap() },
        Act::LowerHands { whom: Whom::Everybody },
        Act::LowerHand,
        Act::LockRoom { on: false },
        Act::Announce { text: None },
        Act::Bans,
    ] {
        hall.act(host, &act, 1);
        assert!(hall.notes.is_empty(), "{act:?}");
    }
    hall.write(&school, 1).await.unwrap();
    assert_eq!(school.db_audit().await, before);
}

#[tokio::test]
async fn beginning_and_end_are_noted_with_whoever_did_it_if_anybody_did() {
    let (school, mut hall) = class().await;
    let empty = Note::ended(None, Ending::Empty, at(600));
    hall.apply(&[Change::Ended(Ending::Empty, at(600))]);
    hall.notes.push(empty);
    hall.write(&school, 600).await.unwrap();
    let reader = school.reader(&hall.room).await;
    let events = school.backend.history.of_room(&reader, None).await.unwrap().rows;
    let meeting = |deed| Deed::Meeting { deed, guest: None };
    assert_eq!(events[0].deed, meeting(MeetingDeed::Ended(Ending::Empty)));
    assert_eq!((events[0].at, events[0].actor.is_none()), (at(600), true));
    assert_eq!(events[1].deed, meeting(MeetingDeed::Began));
    assert!(events[1].actor.is_some());
}
