//! Whatever happens in a meeting, a server that takes it up finds it as it was.

use backend::classroom::kept::Kept;
use domain::{
    Nickname,
    classroom::{
        Act, Capability, Change, ChatText, Identity, Line, Meeting, MeetingNumber, Office,
        ParticipantId, Presence, Profile, SEAT_SECONDS, SentMark, Standing, Whom,
    },
    image::ImageName,
};
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{Config, TestRunner},
};

use super::{Hall, at, settings, user};
use crate::common::School;

/// Something that happens to a meeting.
#[derive(Clone, Debug)]
enum Move {
    Enter(u32, &'static str),
    Lose(ParticipantId),
    Leave(ParticipantId),
    Pass(i64),
    Act(ParticipantId, Act),
}

fn somebody(number: u32, nickname: &str) -> (Identity, Profile) {
    let who = match number % 4 {
        0 => Identity::Guest(format!("guest-{number}")),
        // Not one of the school: who was deleted meanwhile.
        1 if number > 4 => user("Gone"),
        _ => user(&format!("S-{number}")),
    };
    let office = match number {
        1 => Office::Owner,
        2 => Office::Admin,
        _ => Office::None,
    };
    let admitted = if number < 4 { Standing::Host } else { Standing::Guest };
    let image = ImageName::parse("0123456789abcdef0123456789abcdef.jpg");
    let image = image.filter(|_| number.is_multiple_of(2));
    (who, Profile { nickname: Nickname::parse(nickname).unwrap(), image, office, admitted })
}

fn moves() -> impl Strategy<Value = Move> {
    let id = || (1..9_u32).prop_map(ParticipantId);
    let name = || select(vec!["Kim", "Éva 민준", "L\"ee\\"]);
    let standing = || select(vec![Standing::Host, Standing::Guest]);
    let whom = || prop_oneof![id().prop_map(Whom::One), Just(Whom::Everybody)];
    let what = || select(vec![Capability::Chat, Capability::RaiseHand]);
    let text = || select(vec!["hello", "a\nb \"quoted\" \\ 안녕", "👩‍👩‍👧"]);
    let act = prop_oneof![
        4 => (text(), "mark-00[0-9]").prop_map(|(text, sent)| {
            Act::Say { text: text.to_owned(), sent: SentMark::parse(&sent).unwrap() }
        }),
        2 => Just(Act::RaiseHand),
        1 => Just(Act::LowerHand),
        1 => proptest::option::of(text().prop_map(|it| it.replace('\n', " ")))
            .prop_map(|text| Act::Announce { text }),
        3 => (id(), standing()).prop_map(|(who, to)| Act::SetPermission { who, to }),
        2 => (whom(), what(), any::<bool>())
            .prop_map(|(whom, what, on)| Act::Restrict { whom, what, on }),
        2 => (id(), name()).prop_map(|(who, to)| Act::Rename { who, to: to.to_owned() }),
        1 => whom().prop_map(|whom| Act::LowerHands { whom }),
        1 => id().prop_map(|who| Act::Remove { who }),
        1 => any::<bool>().prop_map(|on| Act::LockRoom { on }),
    ];
    prop_oneof![
        5 => ((1..9_u32), name()).prop_map(|(number, name)| Move::Enter(number, name)),
        2 => id().prop_map(Move::Lose),
        2 => id().prop_map(Move::Leave),
        3 => (0..90_i64).prop_map(Move::Pass),
        12 => (id(), act).prop_map(|(who, act)| Move::Act(who, act)),
        // Seldom: nothing happens after it.
        1 => (1..40_u32).prop_map(|it| {
            if it == 1 { Move::Act(ParticipantId(1), Act::End) } else { Move::Pass(1) }
        }),
    ]
}

/// What something comes to. Only who is connected leaves or acts.
fn changes(meeting: &Meeting, it: &Move, now: &mut i64) -> Vec<Change> {
    let connected = |who: &ParticipantId| {
        meeting.participant(*who).is_some_and(|it| it.presence == Presence::In)
    };
    match it {
        Move::Enter(number, nickname) => {
            let (who, profile) = somebody(*number, nickname);
            meeting.enter(who, profile, at(*now)).1
        }
        Move::Lose(who) if connected(who) => vec![Meeting::lose(*who, at(*now))],
        Move::Leave(who) if connected(who) => vec![Change::Went(*who, at(*now))],
        Move::Pass(seconds) => {
            *now += seconds;
            meeting.overdue(at(*now))
        }
        Move::Act(who, act) if connected(who) => {
            meeting.decide(*who, act, at(*now)).map(|it| it.changes).unwrap_or_default()
        }
        Move::Lose(_) | Move::Leave(_) | Move::Act(..) => Vec::new(),
    }
}

/// A meeting as it is once a server took it up: whoever was in has been away since it was seen.
fn as_taken_up(mut meeting: Meeting, kept: &Kept, now: i64) -> Meeting {
    let inside: Vec<_> =
        meeting.participants().filter(|(_, it)| it.is_inside()).map(|(id, _)| id).collect();
    for who in &inside {
        meeting.apply(&Change::Returned(*who));
    }
    let (since, until) = (kept.now.seen, at(now).plus_seconds(SEAT_SECONDS));
    for who in inside {
        meeting.apply(&Change::Away { who, since, until });
    }
    meeting
}

/// Lets this happen in a new room, written after each turn, and compares what is kept with what was.
async fn play(school: &School, turns: Vec<Vec<Move>>) {
    let room = school.room("Algebra", &[]).await;
    let mut hall = Hall::of(&room, "Algebra");
    // The same, as the next server has it.
    let mut twin = Meeting::new(MeetingNumber(1), 2, hall.meeting.settings().clone());
    let mut now = 0;
    for turn in &turns {
        for it in turn {
            let changes = changes(&hall.meeting, it, &mut now);
            hall.apply(&changes);
            for it in &changes {
                twin.apply(it);
            }
        }
        hall.write(school, now).await.unwrap();
    }
    let open = school.backend.scribe.open_meetings().await.unwrap();
    let kept = open.iter().find(|it| it.room == room);
    if twin.began().is_none() || twin.ended().is_some() {
        assert!(kept.is_none(), "{kept:?}");
        return;
    }
    let kept = kept.unwrap();
    assert_eq!(kept.take_up(&settings("Algebra"), at(now)), as_taken_up(twin, kept, now));
}

#[test]
fn whatever_happens_is_read_back_as_it_was() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let school = runtime.block_on(async {
        let school = School::open().await;
        for number in 1..9 {
            school.user(&format!("S-{number}")).await;
        }
        school
    });
    let config = Config { cases: 48, failure_persistence: None, ..Config::default() };
    let turns = vec(vec(moves(), 0..8), 1..8);
    let played = TestRunner::new(config).run(&turns, |turns| {
        runtime.block_on(play(&school, turns));
        Ok(())
    });
    played.unwrap();
}

fn line(number: u32, by: ParticipantId) -> Line {
    Line {
        number,
        at: at(i64::from(number)),
        by,
        nickname: Nickname::parse("S-1").unwrap(),
        text: ChatText::parse(&format!("line {number}")).unwrap(),
        sent: SentMark::parse(&format!("mark-{number:04}")).unwrap(),
    }
}

fn numbers(lines: &[Line]) -> Vec<u32> {
    lines.iter().map(|it| it.number).collect()
}

#[tokio::test]
async fn the_last_lines_are_at_hand_and_those_before_are_asked_for() {
    let school = School::open().await;
    let room = school.room("Algebra", &[]).await;
    let mut hall = Hall::of(&room, "Algebra");
    let kim = hall.enter(user("S-1"), Standing::Guest, 0);
    let lines: Vec<_> = (1..=250).map(|it| Change::Said(line(it, kim))).collect();
    hall.apply(&lines);
    hall.write(&school, 250).await.unwrap();
    let open = school.backend.scribe.open_meetings().await.unwrap();
    let meeting = open[0].take_up(&settings("Algebra"), at(251));
    let at_hand: Vec<_> = meeting.lines().iter().cloned().collect();
    assert_eq!(numbers(&at_hand), (51..=250).collect::<Vec<_>>());
    assert_eq!(at_hand[0], line(51, kim));
    let before = async |before: u32, limit: u32| {
        let scribe = &school.backend.scribe;
        scribe.lines_before(&room, MeetingNumber(1), before, limit).await.unwrap()
    };
    assert_eq!(before(51, 3).await, [line(48, kim), line(49, kim), line(50, kim)]);
    assert_eq!(numbers(&before(3, 30).await), [1, 2]);
    assert_eq!(before(1, 30).await, []);
}

#[tokio::test]
async fn that_it_was_taken_up_is_counted() {
    let school = School::open().await;
    let room = school.room("Algebra", &[]).await;
    let mut hall = Hall::of(&room, "Algebra");
    hall.enter(user("S-1"), Standing::Guest, 0);
    hall.write(&school, 0).await.unwrap();
    for run in 2..4 {
        let kept = school.backend.scribe.open_meetings().await.unwrap().remove(0);
        hall.meeting = kept.take_up(&settings("Algebra"), at(1));
        hall.recorder = backend::classroom::record::Recorder::taken_up();
        hall.write(&school, 1).await.unwrap();
        assert_eq!(hall.meeting.run(), run);
    }
}

#[tokio::test]
async fn when_meetings_were_last_seen_is_kept_of_those_that_go_on() {
    let school = School::open().await;
    let scribe = &school.backend.scribe;
    for name in ["Algebra", "Biology"] {
        let room = school.room(name, &[]).await;
        let mut hall = Hall::of(&room, name);
        hall.enter(user("S-1"), Standing::Guest, 0);
        if name == "Biology" {
            hall.apply(&[Change::Ended(domain::classroom::Ending::RoomEnded, at(5))]);
        }
        hall.write(&school, 5).await.unwrap();
    }
    scribe.note_seen(at(20)).await.unwrap();
    let seen = super::db_rows(
        &school,
        concat!("SELECT ", super::seconds!("seen_at"), " FROM meetings ORDER BY room_id"),
    );
    assert_eq!(seen.await, ["20", "5"]);
    // Whoever was in was seen then, and has a minute to come back.
    let open = scribe.open_meetings().await.unwrap();
    let (_, kim) = open[0]
        .take_up(&settings("Algebra"), at(90))
        .participants()
        .next()
        .map(|it| (it.0, it.1.clone()))
        .unwrap();
    assert_eq!(kim.presence, Presence::Away { since: at(20), until: at(150) });
}
