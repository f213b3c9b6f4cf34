//! The classroom as a Host, a Guest and an observer see it, from a meeting in which things happen.

use domain::{
    Nickname, RoomName, Timestamp, UserId,
    classroom::{
        Act, Audience, Capability, Change, Identity, Meeting, MeetingNumber, Newcomer, Office,
        ParticipantId, Profile, RoomSettings, SentMark, Standing, Told, View, Whom,
    },
    room::TimeLimit,
};
use leptos::{context::Provider, prelude::*};

use super::{Section, Specimen, data};
use crate::pages::classroom::{
    Inside,
    state::{Classroom, Side, Stage},
};

/// When it began, in seconds before it is looked at.
const BEGAN: i64 = 1_456;

/// A meeting, and who is in it.
pub(super) struct Lesson {
    pub(super) meeting: Meeting,
    pub(super) host: ParticipantId,
    pub(super) guest: ParticipantId,
    pub(super) unknown: ParticipantId,
}

/// So many seconds after it began.
pub(super) fn at(seconds: i64) -> Timestamp {
    data::moment().plus_seconds(seconds - BEGAN)
}

impl Lesson {
    /// A meeting in which something has happened of each kind, if the names can be names.
    pub(super) fn new() -> Option<Self> {
        let mut meeting = Meeting::new(
            MeetingNumber(3),
            1,
            RoomSettings {
                name: RoomName::parse("Algebra II, group B").ok()?,
                capacity: None,
                time_limit: TimeLimit::new(60),
                for_anyone: true,
                newcomers_wait: true,
            },
        );
        let host = come(&mut meeting, Some("T-park"), "Mina Park", Standing::Host)?;
        let guest = come(&mut meeting, Some("S-2041"), "Sofia Rossi", Standing::Guest)?;
        come(&mut meeting, Some("S-2042"), "Kim Jiho", Standing::Guest)?;
        let away = come(&mut meeting, Some("S-2043"), "Yusuf Demir", Standing::Guest)?;
        come(&mut meeting, Some("S-2044"), "أمل حداد", Standing::Guest)?;
        come(&mut meeting, Some("S-2045"), "Kim Jiho", Standing::Guest)?;
        let long = "Somebody with a rather long nickname, and still more of it";
        let unknown = come(&mut meeting, None, long, Standing::Guest)?;
        let mut lesson = Self { meeting, host, guest, unknown };
        lesson.act(guest, 60, &say("mark-001", "Can you see the second equation?")?);
        lesson.act(guest, 75, &say("mark-002", "I think there is a sign missing.")?);
        lesson.act(host, 120, &say("mark-003", "Right, thank you. It is\nx² − 4x + 4 = 0.")?);
        lesson.act(guest, 200, &Act::RaiseHand);
        let locked = Act::Restrict { whom: Whom::One(unknown), what: Capability::Chat, on: true };
        lesson.act(host, 210, &locked);
        lesson.meeting.apply(&Meeting::lose(away, at(220)));
        Some(lesson)
    }

    /// Somebody does something.
    pub(super) fn act(&mut self, who: ParticipantId, seconds: i64, act: &Act) {
        let decided = self.meeting.decide(who, act, at(seconds)).unwrap_or_default();
        decided.changes.iter().for_each(|it| self.meeting.apply(it));
    }

    /// Somebody waits to be let in.
    pub(super) fn wait(&mut self, nickname: &str) {
        let id = self.meeting.next_newcomer();
        let newcomer = Newcomer { id, nickname: nickname.to_owned(), since: at(300) };
        self.meeting.apply(&Change::NewcomerCame(newcomer));
    }

    /// The classroom as somebody sees it; without anybody, as an observer does.
    pub(super) fn seen_by(&self, who: Option<ParticipantId>) -> Classroom {
        let you = who.and_then(|it| self.meeting.you(it));
        let audience = you.as_ref().map_or(Audience::Guests, |it| it.person.standing.audience());
        let mut view = View::default();
        Told::nothing(audience).news(&self.meeting).iter().for_each(|it| view.apply(it));
        let classroom = Classroom::new(String::new());
        classroom.view.set(view);
        classroom.you.set(you);
        classroom.now.set(data::moment());
        classroom.stage.set(Stage::In);
        classroom
    }
}

fn come(
    meeting: &mut Meeting,
    user_id: Option<&str>,
    nickname: &str,
    admitted: Standing,
) -> Option<ParticipantId> {
    let who = match user_id {
        Some(user_id) => Identity::User(UserId::parse(user_id).ok()?),
        None => Identity::Guest(nickname.to_owned()),
    };
    let nickname = Nickname::parse(nickname).ok()?;
    let profile = Profile { nickname, image: None, office: Office::None, admitted };
    let (id, changes) = meeting.enter(who, profile, at(0));
    for change in &changes {
        meeting.apply(change);
    }
    Some(id)
}

fn say(mark: &str, text: &str) -> Option<Act> {
    Some(Act::Say { text: text.to_owned(), sent: SentMark::parse(mark)? })
}

/// A part that looks at a classroom.
pub(super) fn within(
    classroom: &Classroom,
    part: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    view! { <Provider value=*classroom>{part()}</Provider> }.into_any()
}

#[component]
pub(super) fn Classrooms() -> impl IntoView {
    let frame = |classroom: Classroom| {
        let room = data::room_id().map(|it| it.to_string()).unwrap_or_default();
        let inside = move || view! { <Inside room=room.clone() /> }.into_any();
        view! { <div class="design__frame">{within(&classroom, inside)}</div> }
    };
    let host = || {
        let mut lesson = Lesson::new()?;
        lesson.wait("Ana");
        lesson.wait("한결");
        let text = "Open your books at page 42.".to_owned();
        lesson.act(lesson.host, 400, &Act::Announce { text: Some(text) });
        Some(lesson.seen_by(Some(lesson.host)))
    };
    let guest = || {
        let mut lesson = Lesson::new()?;
        let locked = Act::Restrict { whom: Whom::Everybody, what: Capability::Chat, on: true };
        lesson.act(lesson.host, 400, &locked);
        lesson.act(lesson.host, 401, &Act::LockRoom { on: true });
        let classroom = lesson.seen_by(Some(lesson.guest));
        classroom.side.set(Side::Chat);
        // Nine minutes before the time is up.
        classroom.now.set(at(51 * 60));
        Some(classroom)
    };
    let observer = || Some(Lesson::new()?.seen_by(None));
    view! {
        <Section id="classroom">
            <Specimen name="A Host, with an announcement and newcomers">{host().map(frame)}</Specimen>
            <Specimen name="A Guest, with chat and room locked, near the end">
                {guest().map(frame)}
            </Specimen>
            <Specimen name="An observer">{observer().map(frame)}</Specimen>
        </Section>
    }
}
