//! What is done to many members of a room at once, and undoing it.

use std::collections::{HashMap, HashSet};

use domain::{
    EntryPermission, Problem, UserId, UserStatus,
    members::{MembersAct, MembersChanged, Seat, Which},
    room::SpecifyForm,
};
use serde_json::{Value, json};

use super::{MembersRefusal, RoomOwner, RoomRefusal, Rooms, limits::few_enough};
use crate::{
    Internal,
    accounts::{Proof, Staff},
    audit::{self, Action, Subject},
    store::{self, Tx, members, members::StoredSeat, rooms::StoredRoom, users},
};

impl Rooms {
    /// Gives members another permission, or takes them out of the room, in one transaction. Those who
    /// have it already, or are no members, are told.
    pub async fn change_members(
        &self,
        owner: &RoomOwner,
        which: &Which,
        act: MembersAct,
    ) -> Result<MembersChanged, RoomRefusal> {
        let (mut tx, room) = owner.begin(&self.store).await?;
        let seats = match which {
            Which::All => members::seats(&mut tx, room.number).await?,
            Which::These(users) => members::seats_of(&mut tx, room.number, users).await?,
        };
        let missing = match which {
            Which::All => Vec::new(),
            Which::These(users) => missing(users, &seats),
        };
        let all = seats.len();
        let seats: Vec<StoredSeat> = seats.into_iter().filter(|it| is_changed(it, act)).collect();
        let same = u32::try_from(all - seats.len()).unwrap_or(u32::MAX);
        carry_out(&mut tx, &room, &seats, act).await?;
        let before: Vec<Seat> = seats.into_iter().map(|it| it.seat).collect();
        if !before.is_empty() {
            self.note(&mut tx, owner, &before, act).await?;
            store::commit(tx).await?;
        }
        Ok(MembersChanged { before, same, missing })
    }

    /// Undoes what was done to members: who was removed is a member again as they were, also where
    /// they have been deactivated since; who got another permission has the former one again. Answers
    /// with those for whom that can't be done: who no longer exists, or is no member any more. A Teacher
    /// brings back nobody who is deactivated, and no more members than they may specify.
    pub async fn put_back(
        &self,
        owner: &RoomOwner,
        before: &[Seat],
        act: MembersAct,
    ) -> Result<Vec<UserId>, MembersRefusal> {
        few(before.len()).map_err(MembersRefusal::Members)?;
        // Of those whose permission is given back, only members are told of.
        if act == MembersAct::Remove {
            self.shown.count(owner.staff(), before.iter().map(|(user, _)| user)).await?;
        }
        let (mut tx, room) = owner.begin(&self.store).await?;
        let (back, missing) = match act {
            MembersAct::Permission(_) => restore(&mut tx, &room, before).await?,
            MembersAct::Remove => self.readmit(&mut tx, owner.staff(), &room, before).await?,
        };
        if !back.is_empty() {
            self.note_back(&mut tx, owner, &back, act).await?;
            store::commit(tx).await?;
        }
        Ok(missing)
    }

    /// Makes those members again who are none and still exist.
    async fn readmit(
        &self,
        tx: &mut Tx,
        staff: &Staff,
        room: &StoredRoom,
        before: &[Seat],
    ) -> Result<(Vec<Seat>, Vec<UserId>), MembersRefusal> {
        let keys: Vec<String> = before.iter().map(|(user, _)| user.key()).collect();
        let known: HashMap<_, _> = users::by_keys(tx, &keys).await?.into_iter().collect();
        let (mut rows, mut missing) = (Vec::new(), Vec::new());
        for ((user_id, permission), key) in before.iter().zip(&keys) {
            match known.get(key) {
                // The owner is Host in any case, and no member.
                Some(user) if user.number == room.owner => {}
                Some(user) if staff.is_admin() || user.summary.status == UserStatus::Active => {
                    rows.push((user.number, *permission));
                }
                _ => missing.push(user_id.clone()),
            }
        }
        let added = members::add(tx, room.number, &rows, self.clock.now()).await?;
        let members = usize::try_from(room.summary.members).unwrap_or(usize::MAX) + added.len();
        few_enough(self.limits_of(staff), members).map_err(MembersRefusal::Limit)?;
        let is_back = |key| known.get(key).is_some_and(|it| added.contains(&it.number));
        let back = before.iter().zip(&keys).filter(|(_, key)| is_back(*key));
        Ok((back.map(|(seat, _)| seat.clone()).collect(), missing))
    }

    async fn note_back(
        &self,
        tx: &mut Tx,
        owner: &RoomOwner,
        back: &[Seat],
        act: MembersAct,
    ) -> Result<(), Internal> {
        let action = match act {
            MembersAct::Permission(_) => Action::MembersPermission,
            MembersAct::Remove => Action::MembersAdd,
        };
        let (subject, detail) = match (back, act) {
            ([(user, now)], MembersAct::Permission(then)) => {
                (Subject::member(owner.id(), user), json!({ "before": then, "after": now }))
            }
            ([(user, _)], MembersAct::Remove) => {
                (Subject::member(owner.id(), user), json!({ "members": back }))
            }
            _ => {
                (Subject::room(owner.id()), json!({ "count": back.len(), "members": first(back) }))
            }
        };
        audit::note(tx, self.clock.now(), owner.author(), action, subject, detail).await
    }

    async fn note(
        &self,
        tx: &mut Tx,
        owner: &RoomOwner,
        before: &[Seat],
        act: MembersAct,
    ) -> Result<(), Internal> {
        let action = match act {
            MembersAct::Permission(_) => Action::MembersPermission,
            MembersAct::Remove => Action::MembersRemove,
        };
        // Where it is one alone, it is noted as such, and their history tells it too.
        let (subject, mut detail) = match before {
            [(user, permission)] => {
                (Subject::member(owner.id(), user), json!({ "before": permission }))
            }
            many => {
                let detail = json!({ "count": many.len(), "members": first(many) });
                (Subject::room(owner.id()), detail)
            }
        };
        if let MembersAct::Permission(after) = act {
            detail["after"] = json!(after);
        }
        audit::note(tx, self.clock.now(), owner.author(), action, subject, detail).await
    }
}

/// Finds that no more users are named than a room takes at once.
fn few(users: usize) -> Result<(), Problem> {
    let max = SpecifyForm::MAX_MEMBERS;
    let fits = users <= usize::try_from(max).unwrap_or(usize::MAX);
    if fits { Ok(()) } else { Err(Problem::TooMany { max }) }
}

fn is_changed(member: &StoredSeat, act: MembersAct) -> bool {
    act != MembersAct::Permission(member.seat.1)
}

async fn carry_out(
    tx: &mut Tx,
    room: &StoredRoom,
    seats: &[StoredSeat],
    act: MembersAct,
) -> Result<(), Internal> {
    let numbers: Vec<i64> = seats.iter().map(|it| it.number).collect();
    match act {
        MembersAct::Permission(to) => members::set_permission(tx, room.number, &numbers, to).await,
        MembersAct::Remove => members::remove(tx, room.number, &numbers).await,
    }
}

/// Gives those their former permission who are still members.
async fn restore(
    tx: &mut Tx,
    room: &StoredRoom,
    before: &[Seat],
) -> Result<(Vec<Seat>, Vec<UserId>), Internal> {
    let users: Vec<UserId> = before.iter().map(|(user, _)| user.clone()).collect();
    let seats = members::seats_of(tx, room.number, &users).await?;
    let missing = missing(&users, &seats);
    let mut back = Vec::new();
    for permission in EntryPermission::ALL {
        let had: HashSet<String> =
            before.iter().filter(|it| it.1 == permission).map(|it| it.0.key()).collect();
        let seats =
            seats.iter().filter(|it| it.seat.1 != permission && had.contains(&it.seat.0.key()));
        let (numbers, restored): (Vec<i64>, Vec<Seat>) =
            seats.map(|it| (it.number, (it.seat.0.clone(), permission))).unzip();
        members::set_permission(tx, room.number, &numbers, permission).await?;
        back.extend(restored);
    }
    Ok((back, missing))
}

/// Those who are not among the members.
fn missing(users: &[UserId], seats: &[StoredSeat]) -> Vec<UserId> {
    let there: HashSet<String> = seats.iter().map(|it| it.seat.0.key()).collect();
    users.iter().filter(|it| !there.contains(&it.key())).cloned().collect()
}

/// As many as the log names where it was done to many; all are in `count`.
fn first(seats: &[Seat]) -> Value {
    const NAMED: usize = 100;
    json!(seats.get(..NAMED).unwrap_or(seats))
}
