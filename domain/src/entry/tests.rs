//! The rule of entry, asked about every combination of its inputs.
//!
//! The expected answer is written a second time, as the product words the rule: a list of
//! `(applies, answer)` in its order, of which the first that applies counts.

use proptest::{option, prelude::*, sample::select};

use super::*;

const NOW: Timestamp = Timestamp::from_micros(1_000);
const EARLIER: Timestamp = Timestamp::from_micros(999);
const LATER: Timestamp = Timestamp::from_micros(1_001);

const BOTH: [bool; 2] = [false, true];
const PERMISSIONS: [EntryPermission; 3] = EntryPermission::ALL;

fn visitors() -> Vec<Visitor> {
    let mut all = vec![Visitor::Unknown];
    for status in [UserStatus::Active, UserStatus::Deactivated] {
        for role in ConsoleRole::ALL {
            for default_permission in PERMISSIONS {
                for membership in PERMISSIONS.map(Some).into_iter().chain([None]) {
                    for owner in BOTH {
                        for intent in [Intent::Own, Intent::Observe, Intent::Host] {
                            all.push(Visitor::User(KnownUser {
                                status,
                                role,
                                default_permission,
                                membership,
                                owner,
                                intent,
                            }));
                        }
                    }
                }
            }
        }
    }
    all
}

fn rooms() -> Vec<RoomFacts> {
    let mut all = Vec::new();
    for room_type in RoomType::ALL {
        for state in [RoomState::Open, RoomState::Ended] {
            for opens in [None, Some(EARLIER), Some(NOW), Some(LATER)] {
                for closes in [None, Some(EARLIER), Some(NOW), Some(LATER)] {
                    for locked in BOTH {
                        for (capacity, inside) in [(None, 9), (Some(2), 1), (Some(2), 2)] {
                            all.push(RoomFacts {
                                room_type,
                                state,
                                opens,
                                closes,
                                locked,
                                capacity,
                                inside,
                                newcomers_wait: false,
                            });
                        }
                    }
                }
            }
        }
    }
    all
}

/// As what somebody may enter by the room's type, were there nothing else in the way.
fn allowed(facts: &Facts) -> Option<Admission> {
    let Visitor::User(user) = facts.visitor else {
        return (facts.room.room_type == RoomType::Open)
            .then_some(admission(EntryPermission::Guest, Ground::AnyoneWithLink));
    };
    let admin = user.role == ConsoleRole::Admin;
    let answers = [
        (admin && user.intent == Intent::Observe, EntryPermission::Monitoring, Ground::Admin),
        (admin && user.intent == Intent::Host, EntryPermission::Host, Ground::Admin),
        (user.owner, EntryPermission::Host, Ground::Owner),
        (user.membership.is_some(), user.membership.unwrap_or_default(), Ground::Member),
        (facts.room.room_type != RoomType::Private, user.default_permission, Ground::AllUsers),
        (admin, EntryPermission::Monitoring, Ground::Admin),
    ];
    answers.into_iter().find(|it| it.0).map(|(_, permission, ground)| admission(permission, ground))
}

/// As what they take part once a Host has changed that.
fn granted(facts: &Facts) -> Option<Admission> {
    let allowed = allowed(facts)?;
    let takes_part = allowed.permission != EntryPermission::Monitoring;
    let permission = match (facts.visitor, facts.granted) {
        (Visitor::User(user), Some(Standing::Host)) if takes_part && !user.owner => {
            EntryPermission::Host
        }
        (Visitor::User(user), Some(Standing::Guest)) if takes_part && !user.owner => {
            EntryPermission::Guest
        }
        _ => allowed.permission,
    };
    Some(Admission { permission, ..allowed })
}

fn expected(facts: &Facts) -> Result<Admission, Refusal> {
    let (known, deactivated, owner) = match facts.visitor {
        Visitor::User(user) => (true, user.status == UserStatus::Deactivated, user.owner),
        Visitor::Unknown => (false, false, false),
    };
    let allowed = granted(facts);
    let guest = allowed.is_some_and(|it| it.permission == EntryPermission::Guest);
    let nobody = if !known && facts.room.room_type == RoomType::Public {
        Refusal::UsersOnly
    } else {
        Refusal::NotSpecified
    };
    let room = &facts.room;
    let (opens, closed) = (room.opens.unwrap_or(facts.now), room.closes.unwrap_or(facts.now));
    let is_over = room.closes.is_some() && closed <= facts.now;
    let capacity = room.capacity.unwrap_or(u32::MAX);
    let refusals = [
        (facts.link == Some(LinkState::Expired) && !facts.seated, Refusal::LinkExpired),
        (facts.link == Some(LinkState::Revoked), Refusal::LinkRevoked),
        (!known && facts.link.is_none(), Refusal::Unknown),
        (room.state == RoomState::Ended, Refusal::RoomEnded),
        (deactivated, Refusal::Deactivated),
        (facts.banned && !owner, Refusal::Banned),
        (allowed.is_none(), nobody),
        (guest && opens > facts.now, Refusal::NotYet { opens }),
        (guest && is_over, Refusal::Over { closed }),
        (guest && !facts.seated && room.locked, Refusal::Locked),
        (guest && !facts.seated && room.inside >= capacity, Refusal::Full { capacity }),
        (!known && !facts.seated && room.newcomers_wait && !facts.admitted, Refusal::AwaitingHost),
    ];
    match refusals.into_iter().find(|(applies, _)| *applies) {
        Some((_, refusal)) => Err(refusal),
        None => Ok(allowed.unwrap()),
    }
}

const LINKS: [Option<LinkState>; 4] =
    [None, Some(LinkState::Valid), Some(LinkState::Expired), Some(LinkState::Revoked)];
const GRANTED: [Option<Standing>; 3] = [None, Some(Standing::Host), Some(Standing::Guest)];

#[test]
fn the_rule_of_entry_answers_every_case() {
    let (visitors, rooms) = (visitors(), rooms());
    let mut cases = 0_u32;
    for &visitor in &visitors {
        for &room in &rooms {
            for link in LINKS {
                for (banned, seated) in [(false, false), (false, true), (true, false), (true, true)]
                {
                    let (granted, admitted) = (None, false);
                    let facts =
                        Facts { visitor, link, room, banned, seated, granted, admitted, now: NOW };
                    assert_eq!(may_enter(&facts), expected(&facts), "{facts:?}");
                    cases += 1;
                }
            }
        }
    }
    assert_eq!(cases, 433 * 576 * 4 * 4);
}

/// A few rooms of each kind, that newcomers wait at or don't.
fn some_rooms() -> Vec<RoomFacts> {
    let plain = |it: &RoomFacts| {
        let early = it.opens == Some(LATER) && it.closes.is_none();
        early || (it.opens.is_none() && matches!(it.closes, None | Some(NOW)))
    };
    let rooms = rooms().into_iter().filter(plain);
    let waiting = |room: RoomFacts| BOTH.map(|newcomers_wait| RoomFacts { newcomers_wait, ..room });
    rooms.flat_map(waiting).collect()
}

#[test]
fn what_hosts_decide_counts_in_every_case() {
    let (visitors, rooms) = (visitors(), some_rooms());
    let mut refused = 0_u32;
    for &visitor in &visitors {
        for &room in &rooms {
            for link in LINKS {
                for granted in GRANTED {
                    for (admitted, seated) in
                        [(false, false), (false, true), (true, false), (true, true)]
                    {
                        let banned = false;
                        let facts = Facts {
                            visitor,
                            link,
                            room,
                            banned,
                            seated,
                            granted,
                            admitted,
                            now: NOW,
                        };
                        let answer = may_enter(&facts);
                        assert_eq!(answer, expected(&facts), "{facts:?}");
                        refused += u32::from(answer == Err(Refusal::AwaitingHost));
                    }
                }
            }
        }
    }
    assert_eq!(rooms.len(), 3 * 2 * 3 * 2 * 3 * 2);
    // An open room, neither early nor over, neither locked nor full; a link that leads there.
    assert_eq!(refused, 2 * 3);
}

#[test]
fn only_what_passes_by_itself_is_waited_for() {
    let (opens, closed) = (LATER, EARLIER);
    let waits = [
        Refusal::NotYet { opens },
        Refusal::Locked,
        Refusal::Full { capacity: 1 },
        Refusal::AwaitingHost,
    ];
    let ends = [
        Refusal::Unknown,
        Refusal::LinkExpired,
        Refusal::LinkRevoked,
        Refusal::RoomEnded,
        Refusal::Deactivated,
        Refusal::Banned,
        Refusal::NotSpecified,
        Refusal::UsersOnly,
        Refusal::Over { closed },
    ];
    assert!(waits.into_iter().all(Refusal::waits));
    assert!(!ends.into_iter().any(Refusal::waits));
}

/// Any moment, and those about which it matters.
fn any_moment() -> impl Strategy<Value = Timestamp> {
    prop_oneof![any::<i64>(), 999_i64..=1_001].prop_map(Timestamp::from_micros)
}

proptest! {
    #[test]
    fn the_rule_of_entry_holds_at_any_moment_and_for_any_number(
        visitor in select(visitors()),
        room in select(rooms()),
        (opens, closes) in (option::of(any_moment()), option::of(any_moment())),
        (capacity, inside) in (option::of(1_u32..10_000), 0_u32..10_000),
        link in option::of(select(vec![LinkState::Valid, LinkState::Expired, LinkState::Revoked])),
        (banned, seated, now) in (any::<bool>(), any::<bool>(), any_moment()),
        (granted, admitted, newcomers_wait) in (select(&GRANTED[..]), any::<bool>(), any::<bool>()),
    ) {
        let room = RoomFacts { opens, closes, capacity, inside, newcomers_wait, ..room };
        let facts = Facts { visitor, link, room, banned, seated, granted, admitted, now };
        prop_assert_eq!(may_enter(&facts), expected(&facts));
    }
}
