//! What holds whatever happens.

use proptest::{collection::vec, prelude::*, sample::Index};

use super::{
    script::{Move, Play, acts, acts_on_people, changes, moves, plays},
    *,
};

const AUDIENCES: [Audience; 2] = [Audience::Hosts, Audience::Guests];

/// A browser, with what it was sent so far.
struct Browser {
    view: View,
    place: Place,
}

impl Browser {
    /// It comes when an audience was told so much, and is sent a snapshot, in parts.
    fn comes(events: &[Event], place: Place, part: usize) -> Self {
        let mut view = View::default();
        let parts: Vec<&[Event]> = events.chunks(part).collect();
        let of = u16::try_from(parts.len()).unwrap();
        for (part, events) in (0..).zip(parts) {
            let last = part + 1 == of;
            let taken = view.take_snapshot(&Snapshot { place, part, of, events: events.to_vec() });
            assert_eq!(taken, if last { Taken::Shown } else { Taken::Coming });
        }
        Self { view, place }
    }

    fn hears(&mut self, events: &[Event], part: usize) {
        for events in events.chunks(part) {
            self.place.seq += 1;
            let frame = Frame { seq: self.place.seq, events: events.to_vec() };
            assert_eq!(self.view.take(&frame), Taken::Shown);
        }
    }

    fn lines(&self) -> Vec<&ChatLine> {
        self.view.chat.lines().collect()
    }
}

fn place(audience: Audience, seq: u32) -> Place {
    Place { meeting: MeetingNumber(1), run: 1, audience, seq }
}

fn hosts(meeting: &Meeting) -> Vec<ParticipantId> {
    let hosts = meeting.participants().filter(|(_, it)| it.standing() == Standing::Host);
    hosts.map(|(id, _)| id).collect()
}

/// Everything that a meeting tells an audience, anew.
fn everything(meeting: &Meeting, audience: Audience) -> Vec<Event> {
    Told::nothing(audience).news(meeting)
}

proptest! {
    #[test]
    fn any_split_into_snapshot_and_events_gives_the_same_view(
        people in prop_oneof![0..=6_u32, 40..=60_u32, 120..=120_u32],
        turns in vec(vec(moves(), 0..8), 1..12),
        split in any::<Index>(),
        part in 1..9_usize,
    ) {
        let split = split.index(turns.len());
        for audience in AUDIENCES {
            let mut play = Play::begin(0);
            let mut told = Told::nothing(audience);
            let first = told.news(&play.meeting);
            let mut always = Browser::comes(&first, place(audience, 0), part);
            let mut later = None;
            play.meeting = Play::begin(people).meeting;
            for (turn, moves) in turns.iter().enumerate() {
                for it in moves {
                    play.make(it);
                }
                let news = told.news(&play.meeting);
                always.hears(&news, part);
                if let Some(later) = later.as_mut() {
                    Browser::hears(later, &news, part);
                }
                if turn == split {
                    let snapshot = told.snapshot(&play.meeting);
                    later = Some(Browser::comes(&snapshot, always.place, part));
                }
                let anew = Browser::comes(&told.snapshot(&play.meeting), always.place, part);
                for browser in [Some(&always), Some(&anew), later.as_ref()].into_iter().flatten() {
                    prop_assert_eq!(&browser.view.scene, &play.meeting.scene(audience));
                    prop_assert!(always.lines().ends_with(&browser.lines()));
                }
            }
            let last = always.lines().last().map(|it| it.number);
            prop_assert_eq!(last.unwrap_or(0), play.meeting.last_line());
        }
    }

    #[test]
    fn what_was_told_is_not_told_again((mut play, then) in plays(6)) {
        for audience in AUDIENCES {
            let mut told = Told::nothing(audience);
            told.news(&play.meeting);
            prop_assert_eq!(told.news(&play.meeting), vec![]);
            for it in &then {
                if play.make(it).is_empty() {
                    prop_assert_eq!(told.news(&play.meeting), vec![]);
                }
                told.news(&play.meeting);
            }
        }
    }

    #[test]
    fn a_guests_view_never_holds_a_user_id((mut play, then) in plays(12)) {
        let look = Look { list: List::People, term: String::new(), first: 0, rows: 64 };
        let mut told = Told::nothing(Audience::Guests);
        for it in &then {
            play.make(it);
            let mut sent = serde_json::to_string(&told.news(&play.meeting)).unwrap();
            sent += &serde_json::to_string(&told.snapshot(&play.meeting)).unwrap();
            sent += &serde_json::to_string(&play.meeting.window(&look, Audience::Guests).rows).unwrap();
            for (id, participant) in play.meeting.participants() {
                if participant.standing() == Standing::Guest {
                    sent += &serde_json::to_string(&play.meeting.you(id)).unwrap();
                }
            }
            for secret in ["S-", "user_id", "newcomer", "New"] {
                prop_assert!(!sent.contains(secret), "{} in {}", secret, sent);
            }
        }
        if play.meeting.participants().any(|(_, it)| it.is_inside() && it.who.user_id().is_some()) {
            let hosts = serde_json::to_string(&everything(&play.meeting, Audience::Hosts)).unwrap();
            prop_assert!(hosts.contains("S-"), "else this proves nothing");
        }
    }

    #[test]
    fn apply_is_total(changes in vec(changes(), 0..60)) {
        let mut meeting = Meeting::new(MeetingNumber(1), 1, settings());
        for change in changes {
            meeting.apply(&change);
            let inside = meeting.participants().filter(|(_, it)| it.is_inside()).count();
            prop_assert_eq!(usize::try_from(meeting.inside()).unwrap(), inside);
            prop_assert_eq!(meeting.order().len(), inside);
            for (id, it) in meeting.participants() {
                prop_assert_eq!(meeting.find(&it.who).map(|it| it.0), Some(id));
                prop_assert_eq!(meeting.order().contains(&it.rank(id)), it.is_inside());
                prop_assert!(it.is_inside() || it.hand.is_none());
            }
            let connected = meeting.participants().any(|(_, it)| it.presence == Presence::In);
            let empty = meeting.began().is_some() && !connected;
            prop_assert_eq!(meeting.empty_since().is_some(), empty);
            for audience in AUDIENCES {
                everything(&meeting, audience);
            }
            prop_assert_eq!(meeting.due().is_some(), empty || meeting
                .participants()
                .any(|(_, it)| matches!(it.presence, Presence::Away { .. })));
        }
    }

    #[test]
    fn what_is_due_happens_then_and_not_before((play, _) in plays(0)) {
        let meeting = play.meeting;
        if let Some(due) = meeting.due() {
            let before = Timestamp::from_micros(due.micros() - 1);
            prop_assert_eq!(meeting.overdue(before), vec![]);
            prop_assert_ne!(meeting.overdue(due), vec![]);
        } else {
            prop_assert_eq!(meeting.overdue(at(10_000_000)), vec![]);
        }
    }

    #[test]
    fn what_has_happened_is_over((play, _) in plays(0), seconds in 0..2_000_i64) {
        let mut meeting = play.meeting;
        let now = at(play.now + seconds);
        let over = meeting.overdue(now);
        apply(&mut meeting, &over);
        prop_assert_eq!(meeting.overdue(now), vec![]);
        prop_assert!(meeting.due().is_none_or(|due| due > now));
    }

    #[test]
    fn decide_changes_nothing_when_said_twice(
        (mut play, _) in plays(0),
        who in (1..13_u32).prop_map(ParticipantId),
        act in acts(),
    ) {
        let Ok(first) = play.meeting.decide(who, &act, at(play.now)) else { return Ok(()) };
        apply(&mut play.meeting, &first.changes);
        if let Ok(second) = play.meeting.decide(who, &act, at(play.now + 1)) {
            prop_assert_eq!(second.changes, vec![]);
            prop_assert_eq!(second.undo, None);
        }
    }

    #[test]
    fn what_is_refused_changes_nothing_and_what_is_done_can_be_undone(
        (mut play, _) in plays(0),
        who in (1..13_u32).prop_map(ParticipantId),
        act in acts(),
    ) {
        let shown = |meeting: &Meeting| {
            let mut scenes = AUDIENCES.map(|it| meeting.scene(it));
            // An announcement that is put up again has another time, and may have another author.
            for announcement in scenes.iter_mut().filter_map(|it| it.announcement.as_mut()) {
                announcement.at = at(0);
                announcement.by.clear();
            }
            scenes
        };
        let before = shown(&play.meeting);
        let Ok(decision) = play.meeting.decide(who, &act, at(play.now)) else { return Ok(()) };
        apply(&mut play.meeting, &decision.changes);
        if let Some(undo) = decision.undo {
            prop_assert_ne!(&shown(&play.meeting), &before);
            let undone = play.meeting.decide(who, &undo, at(play.now)).unwrap();
            apply(&mut play.meeting, &undone.changes);
            prop_assert_eq!(&shown(&play.meeting), &before);
        }
    }

    #[test]
    fn nobody_becomes_host_but_by_grant_or_console((mut play, then) in plays(20)) {
        for it in &then {
            let before = hosts(&play.meeting);
            let changes = play.make(it);
            let granted_by_host = match it {
                Move::Act(by, Act::SetPermission { who, to: Standing::Host })
                    if before.contains(by) => Some(*who),
                _ => None,
            };
            for new in hosts(&play.meeting).into_iter().filter(|it| !before.contains(it)) {
                let console = changes.iter().any(|it| match it {
                    Change::Came(Arrival { id, profile, .. }) | Change::Profile(id, profile) => {
                        *id == new && profile.admitted == Standing::Host
                    }
                    _ => false,
                });
                prop_assert!(console || granted_by_host == Some(new), "{:?} by {:?}", new, it);
            }
        }
    }

    #[test]
    fn a_protected_person_stays(acts in vec((hosts_of_play(), acts_on_people()), 1..8)) {
        let mut play = Play::begin(12);
        for (by, act) in acts {
            let protected: Vec<_> = play.meeting
                .participants()
                .filter(|(id, it)| it.profile.office == Office::Owner
                    || (it.profile.office == Office::Admin && *id != by))
                .map(|(id, it)| (id, it.presence, it.standing()))
                .collect();
            let Ok(decision) = play.meeting.decide(by, &act, at(1)) else { continue };
            if let Some(Errand::Remove(who) | Errand::Ban(who)) = decision.errand {
                prop_assert!(who != by && protected.iter().all(|it| it.0 != who));
            }
            apply(&mut play.meeting, &decision.changes);
            for (id, presence, standing) in protected {
                let it = play.meeting.participant(id).unwrap();
                prop_assert_eq!((it.presence, it.standing()), (presence, standing));
            }
        }
    }

    #[test]
    fn acts_leave_a_host_in_the_room(
        acts in vec((hosts_of_play(), acts_on_people(), any::<bool>()), 1..12),
    ) {
        let mut play = Play::begin(12);
        play.make(&Move::Leave(OWNER));
        play.make(&Move::Leave(ADMIN));
        for (by, act, gives_up) in acts {
            let give_up = Act::SetPermission { who: by, to: Standing::Guest };
            play.make(&Move::Act(by, if gives_up { give_up } else { act }));
            let mut inside = play.meeting.participants().filter(|(_, it)| it.is_inside());
            prop_assert!(inside.any(|(_, it)| it.standing() == Standing::Host));
        }
    }
}

/// Who of the first twelve are Hosts to begin with, and two who may be made that.
fn hosts_of_play() -> impl Strategy<Value = ParticipantId> {
    prop::sample::select(vec![1, 2, 3, 6, 11, 12]).prop_map(ParticipantId)
}
