//! Whatever may happen to a meeting, at random.

use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::room::{Capacity, TimeLimit};

/// Something that happens.
#[derive(Clone, Debug)]
pub enum Move {
    Enter(u32),
    Lose(ParticipantId),
    Leave(ParticipantId),
    Pass(i64),
    Act(ParticipantId, Act),
    /// Something that the console says, or that no meeting would decide by itself.
    Change(Change),
}

/// A meeting to which things happen.
pub struct Play {
    pub meeting: Meeting,
    pub now: i64,
}

impl Play {
    /// So many people are in; the first is the owner, the second an Admin.
    pub fn begin(people: u32) -> Self {
        let meeting = Meeting::new(MeetingNumber(1), 1, settings());
        let mut play = Self { meeting, now: 0 };
        (1..=people).for_each(|number| {
            play.make(&Move::Enter(number));
        });
        play
    }

    /// What something comes to, decided and applied.
    pub fn make(&mut self, it: &Move) -> Vec<Change> {
        let changes = self.changes(it);
        apply(&mut self.meeting, &changes);
        changes
    }

    fn changes(&mut self, it: &Move) -> Vec<Change> {
        let now = at(self.now);
        match it {
            Move::Enter(number) => {
                let (who, profile) = somebody(*number);
                self.meeting.enter(who, profile, now).1
            }
            Move::Lose(who) => vec![Meeting::lose(*who, now)],
            Move::Leave(who) => vec![Change::Went(*who, now)],
            Move::Pass(seconds) => {
                self.now += seconds;
                self.meeting.overdue(at(self.now))
            }
            Move::Act(who, act) => {
                self.meeting.decide(*who, act, now).map(|it| it.changes).unwrap_or_default()
            }
            Move::Change(change) => vec![change.clone()],
        }
    }
}

/// Who somebody is: one in ten is unknown, one in five a Host. Nobody's name holds their User ID.
fn somebody(number: u32) -> (Identity, Profile) {
    let office = match number {
        1 => Office::Owner,
        2 => Office::Admin,
        _ => Office::None,
    };
    let unknown = number % 10 == 9;
    let host = number % 5 == 1 && !unknown;
    let standing = if host { Standing::Host } else { Standing::Guest };
    let who = if unknown { guest(number) } else { user(number) };
    (who, profile(&format!("Kim {number}"), office, standing))
}

fn id() -> impl Strategy<Value = ParticipantId> {
    prop_oneof![4 => 1..10_u32, 2 => 1..125_u32, 1 => select(vec![0, 126, u32::MAX])]
        .prop_map(ParticipantId)
}

fn standing() -> impl Strategy<Value = Standing> {
    select(vec![Standing::Host, Standing::Guest])
}

fn whom() -> impl Strategy<Value = Whom> {
    prop_oneof![id().prop_map(Whom::One), Just(Whom::Everybody)]
}

fn text() -> impl Strategy<Value = String> {
    select(vec!["Minjun", "kim 3", "Éva", "a\nb", "", "\u{202e}"]).prop_map(str::to_owned)
}

pub fn acts() -> impl Strategy<Value = Act> {
    let what = select(vec![Capability::Chat, Capability::RaiseHand, Capability::End]);
    let newcomer = (0..30_u32).prop_map(NewcomerId);
    prop_oneof![
        3 => (text(), "mark-00[0-9]").prop_map(|(text, sent)| say(&text, &sent)),
        3 => Just(Act::RaiseHand),
        1 => Just(Act::LowerHand),
        1 => option::of(text()).prop_map(|text| Act::Announce { text }),
        2 => (id(), standing()).prop_map(|(who, to)| Act::SetPermission { who, to }),
        1 => (whom(), what, any::<bool>()).prop_map(|(whom, what, on)| Act::Restrict { whom, what, on }),
        2 => (id(), text()).prop_map(|(who, to)| Act::Rename { who, to }),
        1 => whom().prop_map(|whom| Act::LowerHands { whom }),
        1 => id().prop_map(|who| Act::Remove { who }),
        1 => id().prop_map(|who| Act::Ban { who }),
        1 => Just(Act::Bans),
        1 => any::<bool>().prop_map(|on| Act::LockRoom { on }),
        1 => any::<bool>().prop_map(|on| Act::LetNewcomersWait { on }),
        1 => (newcomer, any::<bool>()).prop_map(|(who, yes)| Act::Admit { who, yes }),
    ]
}

/// Acts that change who is in, and as what, of the first few who came.
pub fn acts_on_people() -> impl Strategy<Value = Act> {
    let id = || (1..13_u32).prop_map(ParticipantId);
    prop_oneof![
        (id(), standing()).prop_map(|(who, to)| Act::SetPermission { who, to }),
        id().prop_map(|who| Act::Remove { who }),
        id().prop_map(|who| Act::Ban { who }),
    ]
}

/// What happens in a classroom.
pub fn moves() -> impl Strategy<Value = Move> {
    let newcomer = (0..30_u32).prop_map(|it| {
        let newcomer = Newcomer { id: NewcomerId(it), nickname: "New".into(), since: at(0) };
        Move::Change(Change::NewcomerCame(newcomer))
    });
    prop_oneof![
        2 => (1..13_u32).prop_map(Move::Enter),
        2 => (1..125_u32).prop_map(Move::Enter),
        3 => id().prop_map(Move::Lose),
        2 => id().prop_map(Move::Leave),
        2 => (0..90_i64).prop_map(Move::Pass),
        8 => (id(), acts()).prop_map(|(who, act)| Move::Act(who, act)),
        3 => (id(), acts_on_people()).prop_map(|(who, act)| Move::Act(who, act)),
        1 => newcomer,
        1 => (option::of(1..200_u32), option::of(5..60_u32)).prop_map(|(capacity, limit)| {
            Move::Change(Change::Settings(RoomSettings {
                capacity: capacity.and_then(Capacity::new),
                time_limit: limit.and_then(TimeLimit::new),
                ..settings()
            }))
        }),
        // Seldom: nothing happens after it.
        1 => (0..20_u8).prop_map(|it| if it == 0 { Move::Act(OWNER, Act::End) } else { Move::Pass(1) }),
    ]
}

/// Changes that name anybody, in any order: also those that no meeting would decide.
pub fn changes() -> impl Strategy<Value = Change> {
    let id = || (0..8_u32).prop_map(ParticipantId);
    let time = || (-100..2_000_i64).prop_map(at);
    let office = select(vec![Office::None, Office::Admin, Office::Owner]);
    let profiles = || {
        (text(), office.clone(), standing()).prop_filter_map(
            "a name",
            |(name, office, standing)| {
                let nickname = Nickname::parse(&name).ok()?;
                Some(Profile { nickname, image: None, office, admitted: standing })
            },
        )
    };
    let who = || (0..6_u32).prop_map(|it| if it < 4 { user(it) } else { guest(it) });
    let bits = || any::<u32>().prop_map(Capabilities::from_bits);
    prop_oneof![
        4 => (id(), who(), profiles(), time())
            .prop_map(|(id, who, profile, at)| Change::Came(Arrival { id, who, profile, at })),
        1 => id().prop_map(Change::Returned),
        1 => (id(), time(), time()).prop_map(|(who, since, until)| Change::Away { who, since, until }),
        1 => (id(), time()).prop_map(|(who, at)| Change::Went(who, at)),
        1 => (id(), profiles()).prop_map(|(who, profile)| Change::Profile(who, profile)),
        1 => (any::<u32>(), id(), time()).prop_map(|(number, by, at)| Change::Said(Line {
            number,
            at,
            by,
            nickname: Nickname::parse("Kim").unwrap(),
            text: ChatText::parse("x").unwrap(),
            sent: mark("mark-001"),
        })),
        1 => (id(), option::of(time())).prop_map(|(who, hand)| Change::Hand(who, hand)),
        1 => (id(), option::of(standing())).prop_map(|(who, granted)| Change::Granted(who, granted)),
        1 => bits().prop_map(Change::Denied),
        1 => (id(), bits()).prop_map(|(who, denied)| Change::DeniedTo(who, denied)),
        1 => id().prop_map(|who| Change::Renamed(who, Nickname::parse("Éva").ok())),
        1 => any::<bool>().prop_map(Change::Locked),
        1 => any::<bool>().prop_map(Change::NewcomersWait),
        1 => any::<u32>().prop_map(|it| Change::NewcomerCame(Newcomer {
            id: NewcomerId(it),
            nickname: "New".into(),
            since: at(0),
        })),
        1 => any::<u32>().prop_map(|it| Change::NewcomerGone(NewcomerId(it))),
    ]
}

/// A meeting to which something has happened, and what then happens.
pub fn plays(then: usize) -> impl Strategy<Value = (Play, Vec<Move>)> {
    (0..=12_u32, vec(moves(), 0..20), vec(moves(), 0..=then)).prop_map(|(people, before, then)| {
        let mut play = Play::begin(people);
        for it in before {
            play.make(&it);
        }
        (play, then)
    })
}

impl std::fmt::Debug for Play {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.meeting.fmt(f)
    }
}
