//! Carrying out what Hosts order beyond a meeting: entries end, bans are made and lifted, newcomers let in.
//! Each order is a transaction of its own with its row in the log, before what the meeting makes of it is
//! kept: whoever is put out is, and an answer that it is done stays true, whatever becomes of the meeting.

use domain::{
    RoomId,
    classroom::{Act, ActRefusal, Identity, ServerMessage},
};

use super::{
    errands::{self, Banning, Doer},
    hub::Hub,
    room::{Order, Ordered, Room},
};
use crate::{
    Internal, audit,
    live::{Concerned, Pending},
    store::{self, Tx},
};

/// So many bans travel in one message.
const BANS: usize = 16;

/// What came of an order.
enum Outcome {
    /// It is done, and this would undo it.
    Done(Option<Act>),
    /// It can't be.
    Refused(ActRefusal),
}

/// Carries out an order, and tells whoever gave it. Answers about whom the store is to be asked then, beyond
/// those of whom the room is told because the log says that it was done.
pub async fn carry_out(hub: &Hub, id: &RoomId, room: &mut Room, ordered: &Ordered) -> Pending {
    let outcome = match &ordered.order {
        Order::Bans => show_bans(hub, id, room, ordered).await,
        _ => write(hub, id, ordered).await,
    };
    match outcome {
        Ok(Outcome::Done(undo)) => room.carried_out(ordered, undo),
        Ok(Outcome::Refused(why)) => refuse(room, ordered, why),
        Err(error) => {
            tracing::error!(room = %id, error = %error.cause(), "what a Host ordered could not be done");
            refuse(room, ordered, ActRefusal::Unavailable);
        }
    }
    about(room, &ordered.order)
}

/// Whom an order is about: a user by whatever entries, others by those by which they are connected.
fn about(room: &Room, order: &Order) -> Pending {
    let who = match order {
        Order::Remove(who) | Order::TurnAway(who) | Order::Admit(who) | Order::Ban { who, .. } => {
            who
        }
        Order::LiftBan(_) | Order::NewcomersWait(_) | Order::Bans => return Pending::Nothing,
    };
    Pending::Of(match who {
        Identity::User(user_id) => [Concerned::User(user_id.clone())].into(),
        Identity::Guest(_) => room.entries_of(who).map(Concerned::Entry).collect(),
    })
}

fn refuse(room: &Room, ordered: &Ordered, why: ActRefusal) {
    room.answer(ordered.socket, ServerMessage::Refused { id: ordered.act, why });
}

async fn write(hub: &Hub, id: &RoomId, ordered: &Ordered) -> Result<Outcome, Internal> {
    let (Some(room), Some(user)) = (hub.room(id).await?, &ordered.doer.user) else {
        return Ok(Outcome::Refused(ActRefusal::Gone));
    };
    let doer = Doer { user, context: &ordered.doer.context };
    let mut tx = hub.store().begin().await?;
    let outcome = order(&mut tx, room.number, &ordered.order, doer, hub.now()).await?;
    if matches!(outcome, Outcome::Done(_)) {
        let notes = ordered.note.iter().map(|it| it.noted(id));
        audit::note_all(&mut tx, notes.collect()).await?;
        store::commit(tx).await?;
    }
    Ok(outcome)
}

async fn order(
    tx: &mut Tx,
    room: i64,
    order: &Order,
    doer: Doer<'_>,
    now: domain::Timestamp,
) -> Result<Outcome, Internal> {
    let mut undo = None;
    match order {
        Order::Remove(who) | Order::TurnAway(who) => errands::put_out(tx, room, who).await?,
        Order::Ban { who, nickname, seated } => {
            let banning = Banning { who, nickname, seated };
            let Some(banned) = errands::ban(tx, room, banning, doer, now).await? else {
                return Ok(Outcome::Refused(ActRefusal::Protected));
            };
            undo = (!banned.shut).then_some(Act::LiftBan { ban: banned.ban });
        }
        Order::LiftBan(ban) => {
            if !errands::lift_ban(tx, room, *ban, doer, now).await? {
                return Ok(Outcome::Refused(ActRefusal::Gone));
            }
        }
        Order::Admit(Identity::Guest(guest)) => errands::admit(tx, guest, now).await?,
        Order::NewcomersWait(on) => {
            errands::let_newcomers_wait(tx, room, *on, doer, now).await?;
            undo = Some(Act::LetNewcomersWait { on: !on });
        }
        // Nobody whom Rollcall knows waits for a Host; and who is banned is only shown.
        Order::Admit(Identity::User(_)) | Order::Bans => {}
    }
    Ok(Outcome::Done(undo))
}

async fn show_bans(
    hub: &Hub,
    id: &RoomId,
    room: &Room,
    ordered: &Ordered,
) -> Result<Outcome, Internal> {
    let Some(stored) = hub.room(id).await? else { return Ok(Outcome::Refused(ActRefusal::Gone)) };
    let bans = errands::banned(&mut *hub.store().read().await?, stored.number).await?;
    let mut parts = bans.chunks(BANS).peekable();
    if parts.peek().is_none() {
        let nobody = ServerMessage::Bans { bans: Vec::new(), more: false };
        room.answer(ordered.socket, nobody);
    }
    while let Some(part) = parts.next() {
        let message = ServerMessage::Bans { bans: part.to_vec(), more: parts.peek().is_some() };
        room.answer(ordered.socket, message);
    }
    Ok(Outcome::Done(None))
}
