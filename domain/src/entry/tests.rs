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

fn expected(facts: &Facts) -> Result<Admission, Refusal> {
    let (known, deactivated, owner) = match facts.visitor {
        Visitor::User(user) => (true, user.status == UserStatus::Deactivated, user.owner),
        Visitor::Unknown => (false, false, false),
    };
    let allowed = allowed(facts);
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
        (facts.link == Some(LinkState::Expired), Refusal::LinkExpired),
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
    ];
    match refusals.into_iter().find(|(applies, _)| *applies) {
        Some((_, refusal)) => Err(refusal),
        None => Ok(allowed.unwrap()),
    }
}

#[test]
fn the_rule_of_entry_answers_every_case() {
    let (visitors, rooms) = (visitors(), rooms());
    let links = [None, Some(LinkState::Valid), Some(LinkState::Expired), Some(LinkState::Revoked)];
    let mut cases = 0_u32;
    for &visitor in &visitors {
        for &room in &rooms {
            for link in links {
                for (banned, seated) in [(false, false), (false, true), (true, false), (true, true)]
                {
                    let facts = Facts { visitor, link, room, banned, seated, now: NOW };
                    assert_eq!(may_enter(&facts), expected(&facts), "{facts:?}");
                    cases += 1;
                }
            }
        }
    }
    assert_eq!(cases, 433 * 576 * 4 * 4);
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
    ) {
        let room = RoomFacts { opens, closes, capacity, inside, ..room };
        let facts = Facts { visitor, link, room, banned, seated, now };
        prop_assert_eq!(may_enter(&facts), expected(&facts));
    }
}
