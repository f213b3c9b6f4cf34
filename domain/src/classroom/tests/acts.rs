//! What depends on whom an act is about.

use super::*;
use crate::Problem;

fn refused(meeting: &Meeting, by: ParticipantId, act: &Act) -> ActRefusal {
    meeting.decide(by, act, at(10)).unwrap_err()
}

fn standing(meeting: &Meeting, who: ParticipantId) -> Standing {
    meeting.participant(who).unwrap().standing()
}

const fn to(who: ParticipantId, to: Standing) -> Act {
    Act::SetPermission { who, to }
}

#[test]
fn a_host_makes_hosts_and_guests_and_it_can_be_undone() {
    let mut meeting = class();
    let made = act(&mut meeting, TEACHER, &to(KIM, Standing::Host));
    assert_eq!(made.changes, [Change::Granted(KIM, Some(Standing::Host))]);
    assert_eq!(standing(&meeting, KIM), Standing::Host);
    let undone = act(&mut meeting, TEACHER, &made.undo.unwrap());
    assert_eq!(undone.changes, [Change::Granted(KIM, None)]);
    assert_eq!(standing(&meeting, KIM), Standing::Guest);
}

#[test]
fn owners_and_admins_are_protected_from_hosts() {
    let meeting = class();
    for who in [OWNER, ADMIN] {
        for act in [to(who, Standing::Guest), Act::Remove { who }, Act::Ban { who }] {
            assert_eq!(refused(&meeting, TEACHER, &act), ActRefusal::Protected, "{act:?}");
        }
    }
    assert_eq!(refused(&meeting, OWNER, &to(ADMIN, Standing::Guest)), ActRefusal::Protected);
    assert_eq!(refused(&meeting, OWNER, &to(OWNER, Standing::Guest)), ActRefusal::Protected);
    assert!(meeting.decide(ADMIN, &to(ADMIN, Standing::Guest), at(10)).is_ok());
}

#[test]
fn nobody_puts_out_themselves() {
    let meeting = class();
    for act in [Act::Remove { who: TEACHER }, Act::Ban { who: TEACHER }] {
        assert_eq!(refused(&meeting, TEACHER, &act), ActRefusal::Protected);
    }
}

#[test]
fn the_last_host_who_is_connected_stays_host() {
    let mut meeting = class();
    meeting.apply(&Change::Went(OWNER, at(1)));
    meeting.apply(&Meeting::lose(ADMIN, at(1)));
    assert_eq!(refused(&meeting, TEACHER, &to(TEACHER, Standing::Guest)), ActRefusal::LastHost);
    meeting.apply(&Change::Returned(ADMIN));
    let given_up = act(&mut meeting, TEACHER, &to(TEACHER, Standing::Guest));
    assert_eq!(given_up.undo, None, "they may not take it back by themselves");
    assert_eq!(refused(&meeting, TEACHER, &to(TEACHER, Standing::Host)), ActRefusal::NotAllowed);
}

#[test]
fn somebody_unknown_cant_be_made_host() {
    let meeting = class();
    let refusal = refused(&meeting, OWNER, &to(STRANGER, Standing::Host));
    assert_eq!(refusal, ActRefusal::UnknownCantHost);
}

#[test]
fn what_is_about_nobody_is_refused() {
    let mut meeting = class();
    meeting.apply(&Change::Went(LEE, at(1)));
    let (what, on) = (Capability::Chat, true);
    for who in [LEE, NOBODY] {
        for act in [
            to(who, Standing::Host),
            Act::Restrict { whom: Whom::One(who), what, on },
            Act::Rename { who, to: "X".into() },
            Act::LowerHands { whom: Whom::One(who) },
            Act::Remove { who },
        ] {
            assert_eq!(refused(&meeting, OWNER, &act), ActRefusal::Gone, "{act:?}");
        }
    }
    assert_eq!(refused(&meeting, OWNER, &Act::Ban { who: NOBODY }), ActRefusal::Gone);
    let admit = Act::Admit { who: NewcomerId(2), yes: true };
    assert_eq!(refused(&meeting, OWNER, &admit), ActRefusal::Gone);
}

#[test]
fn whoever_is_put_out_has_gone_and_does_nothing_more() {
    for (put_out, errand) in
        [(Act::Remove { who: KIM }, Errand::Remove(KIM)), (Act::Ban { who: KIM }, Errand::Ban(KIM))]
    {
        let mut meeting = class();
        act(&mut meeting, KIM, &Act::RaiseHand);
        let decision = act(&mut meeting, TEACHER, &put_out);
        assert_eq!(decision.changes, [Change::Went(KIM, at(10))]);
        assert_eq!((decision.errand, decision.undo), (Some(errand), None));
        assert_eq!(refused(&meeting, KIM, &say("still here", "mark-001")), ActRefusal::NotIn);
        assert!(!meeting.seated(&user(4)));
        assert_eq!(meeting.participant(KIM).unwrap().hand, None);
    }
}

#[test]
fn who_has_gone_can_still_be_banned() {
    let mut meeting = class();
    meeting.apply(&Change::Went(KIM, at(1)));
    let decision = act(&mut meeting, TEACHER, &Act::Ban { who: KIM });
    assert_eq!((decision.changes, decision.errand), (vec![], Some(Errand::Ban(KIM))));
}

#[test]
fn only_what_guests_may_do_is_taken_from_them() {
    let meeting = class();
    for what in [Capability::End, Capability::Restrict, Capability::Announce] {
        let restrict = Act::Restrict { whom: Whom::Everybody, what, on: true };
        assert_eq!(refused(&meeting, OWNER, &restrict), ActRefusal::NotAllowed);
    }
}

#[test]
fn all_hands_of_guests_are_lowered_at_once() {
    let mut meeting = class();
    for who in [KIM, STRANGER, TEACHER] {
        act(&mut meeting, who, &Act::RaiseHand);
    }
    let lowered = act(&mut meeting, OWNER, &Act::LowerHands { whom: Whom::Everybody });
    assert_eq!(lowered.changes, [Change::Hand(KIM, None), Change::Hand(STRANGER, None)]);
}

#[test]
fn texts_are_read_as_everywhere_else() {
    let meeting = class();
    let problem = |act: &Act| match refused(&meeting, OWNER, act) {
        ActRefusal::Problem(problem) => problem,
        other => panic!("{other:?}"),
    };
    assert_eq!(problem(&say(" \n ", "mark-001")), Problem::Missing);
    assert_eq!(problem(&say("a\u{202e}b", "mark-001")), Problem::Invisible);
    let long = "가".repeat(1_001);
    assert_eq!(problem(&say(&long, "mark-001")), Problem::TooLong { max: 1_000 });
    assert!(meeting.decide(KIM, &say(&long[3..], "mark-001"), at(1)).is_ok());
    let renamed = Act::Rename { who: KIM, to: "x".repeat(65) };
    assert_eq!(problem(&renamed), Problem::TooLong { max: 64 });
    let announced = Act::Announce { text: Some("two\nlines".into()) };
    assert_eq!(problem(&announced), Problem::Invisible);
}

#[test]
fn a_line_that_is_sent_again_is_said_once() {
    let mut meeting = class();
    assert_eq!(act(&mut meeting, KIM, &say("hello", "mark-001")).changes.len(), 1);
    assert_eq!(act(&mut meeting, KIM, &say("hello", "mark-001")), Decision::default());
    assert_eq!(act(&mut meeting, KIM, &say("hello", "mark-002")).changes.len(), 1);
    assert_eq!(act(&mut meeting, LEE, &say("hello", "mark-001")).changes.len(), 1);
}

#[test]
fn a_name_that_a_host_gave_holds_until_it_is_undone() {
    let mut meeting = class();
    let renamed = act(&mut meeting, OWNER, &Act::Rename { who: KIM, to: "Minjun".into() });
    meeting.apply(&Change::Profile(KIM, profile("Kim 2", Office::None, Standing::Guest)));
    assert_eq!(meeting.participant(KIM).unwrap().nickname().as_str(), "Minjun");
    assert_eq!(renamed.undo, Some(Act::Rename { who: KIM, to: "Kim".into() }));
    act(&mut meeting, OWNER, &Act::Rename { who: KIM, to: "Kim 2".into() });
    assert_eq!(meeting.participant(KIM).unwrap().given, None);
}

#[test]
fn the_console_has_the_newer_word_on_permissions() {
    let mut meeting = class();
    act(&mut meeting, OWNER, &to(KIM, Standing::Host));
    let same = profile("Kim", Office::None, Standing::Guest);
    meeting.apply(&Change::Profile(KIM, same.clone()));
    assert_eq!(standing(&meeting, KIM), Standing::Host, "nothing about it has changed");
    meeting.apply(&Change::Profile(KIM, Profile { admitted: Standing::Host, ..same.clone() }));
    meeting.apply(&Change::Profile(KIM, same));
    assert_eq!(standing(&meeting, KIM), Standing::Guest);
}

#[test]
fn an_owner_is_host_whatever_was_made_of_them() {
    let mut meeting = class();
    act(&mut meeting, OWNER, &to(TEACHER, Standing::Guest));
    meeting.apply(&Change::Profile(TEACHER, profile("Teacher", Office::Owner, Standing::Host)));
    assert_eq!(standing(&meeting, TEACHER), Standing::Host);
}

#[test]
fn what_a_host_made_of_somebody_returns_with_them_and_goes_to_nobody_else() {
    let mut meeting = class();
    act(&mut meeting, OWNER, &to(KIM, Standing::Host));
    for who in [OWNER, ADMIN, TEACHER, KIM] {
        meeting.apply(&Change::Went(who, at(20)));
    }
    assert!(
        meeting.participants().all(|(_, it)| !it.is_inside() || it.standing() == Standing::Guest)
    );
    let (id, changes) =
        meeting.enter(user(4), profile("Kim", Office::None, Standing::Guest), at(600));
    apply(&mut meeting, &changes);
    assert_eq!((id, standing(&meeting, KIM)), (KIM, Standing::Host));
}
