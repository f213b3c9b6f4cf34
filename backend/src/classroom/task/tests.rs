//! When a task hands in what was decided.

use domain::{
    RoomType, UserId,
    classroom::{
        Arrival, Change, Identity, MeetingNumber, Office, ParticipantId, Profile, Standing,
    },
};

use super::*;
use crate::classroom::tests::School;

#[tokio::test]
async fn after_a_failure_the_store_is_left_alone_until_the_rest_is_over() {
    let school = School::open().await;
    let id = school.room(RoomType::Private, &["S-1"]).await;
    let hub = Arc::clone(&school.backend.classroom.hub);
    let settings = hub.room(&id).await.unwrap().unwrap().settings;
    let mut meeting = Meeting::new(MeetingNumber(1), 1, settings);
    let nickname = domain::Nickname::parse("Kim").unwrap();
    let profile =
        Profile { nickname, image: None, office: Office::None, admitted: Standing::Guest };
    let who = Identity::User(UserId::parse("S-1").unwrap());
    meeting.apply(&Change::Came(Arrival { id: ParticipantId(1), who, profile, at: hub.now() }));
    let status = Arc::new(Status::of(&meeting));
    let (_mailbox, waiting) = mpsc::channel(1);
    let mut task = Task::new(hub, id, meeting, waiting, status);
    assert!(!task.land((Turn::default(), Err(Internal::other("the disk is full")))));
    task.hand_over();
    assert!(task.flight.is_none());
    task.rest = None;
    task.hand_over();
    assert!(task.flight.is_some());
}
