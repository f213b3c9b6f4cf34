//! What an audience is told, and what somebody is shown who looks further.

use proptest::prelude::*;

use super::{script::Play, *};
use crate::SearchTerm;

fn look(term: &str, first: u32, rows: u8) -> Look {
    Look { list: List::People, term: term.into(), first, rows }
}

fn full_room() -> Meeting {
    Play::begin(120).meeting
}

#[test]
fn the_front_is_shown_and_the_rest_is_counted() {
    let meeting = full_room();
    let scene = meeting.scene(Audience::Guests);
    assert_eq!((scene.people.len(), scene.numbers.people), (Meeting::FRONT, 120));
    let front = meeting.window(&look("", 0, 48), Audience::Guests);
    assert_eq!(scene.in_order(), front.rows.iter().collect::<Vec<_>>());
}

#[test]
fn a_raised_hand_brings_somebody_to_the_front_and_sends_another_from_it() {
    let mut meeting = full_room();
    let mut told = Told::nothing(Audience::Guests);
    told.news(&meeting);
    let back = meeting.window(&look("", 119, 1), Audience::Guests).rows.remove(0).id;
    act(&mut meeting, back, &Act::RaiseHand);
    let news = told.news(&meeting);
    let numbers = Numbers { people: 120, hands: 1, newcomers: None };
    let [Event::Numbers(now), Event::Hidden(_), Event::Shown(shown)] = &news[..] else {
        panic!("{news:?}");
    };
    assert_eq!((*now, shown.id), (numbers, back));
}

#[test]
fn what_happens_behind_the_front_is_told_to_nobody_but_in_numbers() {
    let mut meeting = full_room();
    let mut told = Told::nothing(Audience::Hosts);
    told.news(&meeting);
    let back = meeting.window(&look("", 119, 1), Audience::Hosts).rows.remove(0).id;
    act(&mut meeting, OWNER, &Act::Rename { who: back, to: "Zoe".into() });
    assert_eq!(told.news(&meeting), []);
    meeting.apply(&Change::Went(back, at(1)));
    let numbers = Numbers { people: 119, hands: 0, newcomers: Some(0) };
    assert_eq!(told.news(&meeting), [Event::Numbers(numbers)]);
}

#[test]
fn only_hosts_are_told_who_waits_and_what_somebody_may_not_do() {
    let mut meeting = class();
    let mut guests = Told::nothing(Audience::Guests);
    let mut hosts = Told::nothing(Audience::Hosts);
    hosts.news(&meeting);
    guests.news(&meeting);
    let whom = Whom::One(KIM);
    act(&mut meeting, OWNER, &Act::Restrict { whom, what: Capability::Chat, on: true });
    act(&mut meeting, OWNER, &Act::LetNewcomersWait { on: true });
    act(&mut meeting, OWNER, &Act::Admit { who: NEWCOMER, yes: false });
    assert_eq!(guests.news(&meeting), []);
    assert_eq!(hosts.news(&meeting).len(), 4, "room, numbers, the person, the newcomer");
}

#[test]
fn whether_newcomers_wait_is_told_where_they_may_come() {
    let mut meeting = class();
    let told =
        |meeting: &Meeting| meeting.scene(Audience::Hosts).room.and_then(|it| it.newcomers_wait);
    assert_eq!(told(&meeting), Some(false));
    meeting.apply(&Change::Settings(RoomSettings { for_anyone: false, ..settings() }));
    assert_eq!(told(&meeting), None);
}

#[test]
fn many_newcomers_are_counted_and_the_first_shown() {
    let mut meeting = class();
    for number in 2..=100 {
        let id = meeting.next_newcomer();
        assert_eq!(id, NewcomerId(number));
        let newcomer = Newcomer { id, nickname: "New".into(), since: at(0) };
        meeting.apply(&Change::NewcomerCame(newcomer));
    }
    let scene = meeting.scene(Audience::Hosts);
    assert_eq!((scene.newcomers.len(), scene.numbers.newcomers), (Meeting::NEWCOMERS, Some(100)));
    let mut view = View::default();
    view.scene = scene;
    act(&mut meeting, OWNER, &Act::Admit { who: NewcomerId(3), yes: true });
    let next = meeting.scene(Audience::Hosts);
    view.scene.events_to(&next).iter().for_each(|it| view.apply(it));
    assert_eq!(view.scene, next);
    assert_eq!(next.newcomers.last().map(|it| it.id), Some(NewcomerId(25)));
}

#[test]
fn a_snapshot_has_the_last_lines_that_were_told() {
    let mut meeting = class();
    let mut told = Told::nothing(Audience::Guests);
    let mut numbers = 0..;
    let mut lines = |meeting: &mut Meeting, count: usize, text: &str| {
        for number in numbers.by_ref().take(count) {
            act(meeting, KIM, &say(text, &format!("mark-{number:04}")));
        }
    };
    let held = |told: &Told, meeting: &Meeting| {
        let mut view = View::default();
        told.snapshot(meeting).iter().for_each(|it| view.apply(it));
        view.chat.lines().map(|it| it.number).collect::<Vec<_>>()
    };
    lines(&mut meeting, 250, "hello");
    assert!(held(&told, &meeting).is_empty(), "nothing was told");
    assert_eq!(told.news(&meeting).len(), 3 + 6 - 1 + Meeting::LINES);
    assert_eq!(held(&told, &meeting), (221..=250).collect::<Vec<_>>());
    lines(&mut meeting, 4, &"x".repeat(1_000));
    told.news(&meeting);
    lines(&mut meeting, 1, "not told yet");
    assert_eq!(held(&told, &meeting).last(), Some(&254));
    lines(&mut meeting, 30, &"x".repeat(1_000));
    told.news(&meeting);
    assert_eq!(held(&told, &meeting), (279..=285).collect::<Vec<_>>(), "8 kB at most");
}

#[test]
fn chat_of_who_has_gone_keeps_their_face() {
    let mut meeting = class();
    act(&mut meeting, KIM, &say("hello", "mark-001"));
    meeting.apply(&Change::Went(KIM, at(20)));
    let line = meeting.lines().back().unwrap().clone();
    let told = meeting.chat_line(&line, Audience::Hosts);
    assert_eq!(told.colour, crate::avatar::colour(&UserId::parse("S-4").unwrap()));
    assert_eq!(told.user_id.as_deref(), Some("S-4"));
    assert_eq!(meeting.chat_line(&line, Audience::Guests).user_id, None);
}

proptest! {
    #[test]
    fn windows_agree_with_the_whole_list(
        people in 0..=120_u32,
        rows in 1..=64_u8,
        term in prop::sample::select(vec!["", " ", "k", "kim", "Kim 1", "S-1", "im 7", "nobody", "2"]),
    ) {
        let meeting = Play::begin(people).meeting;
        for audience in [Audience::Hosts, Audience::Guests] {
            let host = audience == Audience::Hosts;
            let search = SearchTerm::parse(term);
            let found = |text: &str| search.as_ref().is_none_or(|it| it.find_in(text).is_some());
            let mut whole: Vec<(Standing, String, ParticipantId)> = meeting
                .participants()
                .filter(|(_, it)| {
                    let user_id = it.who.user_id().filter(|_| host);
                    found(it.nickname().as_str()) || user_id.is_some_and(|it| found(it.as_str()))
                })
                .map(|(id, it)| (it.standing(), crate::fold(it.nickname().as_str()), id))
                .collect();
            whole.sort();
            let mut seen = Vec::new();
            for first in (0..=people).step_by(rows.into()) {
                let window = meeting.window(&look(term, first, rows), audience);
                prop_assert_eq!(usize::try_from(window.total).unwrap(), whole.len());
                seen.extend(window.rows.iter().map(|it| it.id));
            }
            prop_assert_eq!(seen, whole.into_iter().map(|it| it.2).collect::<Vec<_>>());
        }
    }
}

#[test]
fn a_window_has_so_many_rows_whatever_is_asked_for() {
    let meeting = full_room();
    let rows = |first, rows| meeting.window(&look("", first, rows), Audience::Guests).rows.len();
    assert_eq!((rows(0, 255), rows(0, 0), rows(119, 9)), (Meeting::ROWS, 0, 1));
    assert_eq!((rows(120, 9), rows(u32::MAX, 9)), (0, 0));
}
