//! What a browser makes of frames that come in parts, twice, or not at all.

use super::*;

const PLACE: Place =
    Place { meeting: MeetingNumber(1), run: 1, audience: Audience::Guests, seq: 7 };

fn line(number: u32) -> ChatLine {
    ChatLine {
        number,
        at: at(0),
        by: KIM,
        nickname: "Kim".into(),
        image: None,
        colour: 0,
        user_id: None,
        text: "x".into(),
    }
}

fn said(numbers: impl IntoIterator<Item = u32>) -> Vec<Event> {
    numbers.into_iter().map(|it| Event::Said(line(it))).collect()
}

fn hear(view: &mut View, events: Vec<Event>) {
    for it in &events {
        view.apply(it);
    }
}

fn held(view: &View) -> Vec<u32> {
    view.chat.lines().map(|it| it.number).collect()
}

fn snapshot(place: Place, part: u16, of: u16, events: Vec<Event>) -> Snapshot {
    Snapshot { place, part, of, events }
}

fn shown() -> View {
    let mut view = View::default();
    assert_eq!(view.take_snapshot(&snapshot(PLACE, 0, 1, said([3, 4]))), Taken::Shown);
    view
}

#[test]
fn a_view_resumes_where_it_was() {
    let mut view = View::default();
    assert_eq!(view.hello(), Hello { wire: WIRE, resume: None });
    assert_eq!(view.meeting(), None);
    let mut view = shown();
    assert_eq!(view.meeting(), Some(PLACE.meeting));
    assert_eq!(view.hello().resume, Some(PLACE));
    assert_eq!(view.take(&Frame { seq: 8, events: said([5]) }), Taken::Shown);
    assert_eq!(view.hello().resume, Some(Place { seq: 8, ..PLACE }));
    assert_eq!(held(&view), [3, 4, 5]);
}

#[test]
fn a_gap_is_noticed_and_then_everything_is_asked_for() {
    for seq in [0, 7, 9, u32::MAX] {
        let mut view = shown();
        assert_eq!(view.take(&Frame { seq, events: said([5]) }), Taken::Gap, "{seq}");
        assert_eq!(view.take(&Frame { seq: 8, events: said([5]) }), Taken::Gap);
        assert_eq!((view.hello().resume, held(&view)), (None, vec![3, 4]));
        let later = Place { seq: 20, ..PLACE };
        assert_eq!(view.take_snapshot(&snapshot(later, 0, 1, said([5]))), Taken::Shown);
        assert_eq!((view.hello().resume, held(&view)), (Some(later), vec![3, 4, 5]));
    }
    assert_eq!(View::default().take(&Frame { seq: 1, events: vec![] }), Taken::Gap);
    let mut last = View::default();
    last.take_snapshot(&snapshot(Place { seq: u32::MAX, ..PLACE }, 0, 1, vec![]));
    assert_eq!(last.take(&Frame { seq: 0, events: vec![] }), Taken::Gap);
}

#[test]
fn a_snapshot_is_in_view_when_its_last_part_is() {
    let mut view = shown();
    let later = Place { seq: 20, ..PLACE };
    assert_eq!(view.take_snapshot(&snapshot(later, 0, 3, said([5]))), Taken::Coming);
    assert_eq!(view.take_snapshot(&snapshot(later, 1, 3, said([6]))), Taken::Coming);
    assert_eq!(held(&view), [3, 4]);
    assert_eq!(view.take_snapshot(&snapshot(later, 2, 3, said([7]))), Taken::Shown);
    assert_eq!(held(&view), [3, 4, 5, 6, 7]);
    assert_eq!(view.take(&Frame { seq: 21, events: vec![] }), Taken::Shown);
}

#[test]
fn a_snapshot_of_which_a_part_is_missing_is_not_shown() {
    let later = Place { seq: 20, ..PLACE };
    for wrong in [
        snapshot(later, 2, 3, vec![]),
        snapshot(PLACE, 1, 3, vec![]),
        snapshot(Place { audience: Audience::Hosts, ..later }, 1, 3, vec![]),
    ] {
        let mut view = shown();
        view.take_snapshot(&snapshot(later, 0, 3, vec![]));
        assert_eq!(view.take_snapshot(&wrong), Taken::Gap, "{wrong:?}");
        assert_eq!(held(&view), [3, 4]);
    }
    assert_eq!(shown().take_snapshot(&snapshot(later, 1, 3, vec![])), Taken::Gap);
    let mut view = shown();
    view.take_snapshot(&snapshot(later, 0, 2, vec![]));
    assert_eq!(view.take(&Frame { seq: 8, events: vec![] }), Taken::Gap);
}

#[test]
fn a_connection_that_broke_within_a_snapshot_resumes_from_before_it() {
    let mut view = shown();
    view.take_snapshot(&snapshot(Place { seq: 20, ..PLACE }, 0, 2, said([5])));
    assert_eq!(view.hello().resume, Some(PLACE));
    assert_eq!(view.take(&Frame { seq: 8, events: said([5]) }), Taken::Shown);
    assert_eq!(held(&view), [3, 4, 5]);
}

#[test]
fn chat_is_one_run_without_a_gap() {
    let mut view = shown();
    assert_eq!(view.chat.earlier(), Some(3));
    view.chat.take_earlier(vec![line(1), line(2)]);
    assert_eq!((held(&view), view.chat.earlier()), (vec![1, 2, 3, 4], None));
    hear(&mut view, said([4, 5]));
    assert_eq!(held(&view), [1, 2, 3, 4, 5], "what is heard twice is held once");
    hear(&mut view, said([9]));
    assert_eq!((held(&view), view.chat.earlier()), (vec![9], Some(9)));
    view.chat.take_earlier(vec![line(6), line(7)]);
    assert_eq!(held(&view), [9], "lines that don't touch are left out");
}

#[test]
fn another_meeting_has_its_own_chat() {
    let mut view = shown();
    let next = Place { meeting: MeetingNumber(2), ..PLACE };
    view.take_snapshot(&snapshot(next, 0, 1, said([5])));
    assert_eq!(held(&view), [5]);
}

#[test]
fn no_more_chat_is_held_than_can_be_read() {
    let mut view = View::default();
    hear(&mut view, said(1..=1_500));
    assert_eq!((held(&view).len(), view.chat.earlier()), (Chat::HELD, Some(501)));
}

#[test]
fn people_stand_hosts_first_then_hands_then_by_name() {
    let mut meeting = class();
    act(&mut meeting, STRANGER, &Act::RaiseHand);
    let renamed = Act::Rename { who: LEE, to: "  éva".into() };
    act(&mut meeting, OWNER, &renamed);
    let scene = meeting.scene(Audience::Guests);
    let names: Vec<&str> = scene.in_order().iter().map(|it| it.nickname.as_str()).collect();
    assert_eq!(names, ["Admin", "Owner", "Teacher", "Stranger", "éva", "Kim"]);
}
