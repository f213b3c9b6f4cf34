//! What was asked for by somebody who is signed in and may not have it: a line in the audit log, but no
//! flood of them.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::{RoomId, Timestamp, UserId, classroom::Identity, entry::Refusal};
use serde_json::json;

use super::{Accounts, Context, Session, Staff, network};
use crate::{
    Internal,
    audit::{self, Action, Author, Subject},
    store::{self, Store},
};

/// So many lines of one person are kept at once, then one a minute.
const BURST: i64 = 20;
const MICROS_PER_LINE: i64 = 60 * 1_000_000;
/// Of how many people it is remembered what they were refused.
const MOST: usize = 10_000;

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The method of the request; empty where it is the use case that refuses.
    pub method: String,
    /// What it named, as far as that can hold no secret.
    pub path: String,
    /// The user whom it was about.
    pub user: Option<UserId>,
    /// The room that it was about.
    pub room: Option<RoomId>,
}

/// How much of what each person was refused stands in the log. Kept in memory: a restart forgives.
#[derive(Debug, Default)]
pub(crate) struct Refusals(Mutex<HashMap<Person, Tally>>);

/// Who was refused something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Person {
    /// The user of that number; the command line is 0.
    User(i64),
    /// Somebody not signed in, in that network.
    Network(String),
    /// A user in a classroom.
    InClassroom(UserId),
    /// Somebody in a classroom whom Rollcall doesn't know, in that network.
    StrangerInClassroom(String),
}

/// Who is refused at the door of a room.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Refused<'a> {
    /// Somebody signed in.
    SignedIn(&'a Session),
    /// Somebody who came by a link, from there.
    Address(&'a Context),
}

/// By the moment at which a whole burst is kept again: before that, each line is a step into the
/// future.
#[derive(Debug)]
struct Tally {
    whole_at: Timestamp,
    left_out: u32,
    /// The request that was refused last.
    request: Option<String>,
}

impl Refusals {
    /// Counts a refusal: `None` where it is left out, or the same request has its line already, else how
    /// many were before it.
    fn count(&self, person: Person, request: Option<String>, now: Timestamp) -> Option<u32> {
        let mut tallies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tallies.len() >= MOST {
            tallies.retain(|_, it| it.whole_at > now);
        }
        let new = Tally { whole_at: now, left_out: 0, request: None };
        let tally = tallies.entry(person).or_insert(new);
        // One request may ask for several things of one room.
        if request.is_some() && tally.request == request {
            return None;
        }
        tally.request = request;
        let whole_at = tally.whole_at.max(now).micros() + MICROS_PER_LINE;
        if whole_at - now.micros() > BURST * MICROS_PER_LINE {
            tally.left_out = tally.left_out.saturating_add(1);
            return None;
        }
        tally.whole_at = Timestamp::from_micros(whole_at);
        Some(std::mem::take(&mut tally.left_out))
    }
}

impl Refusals {
    /// Notes that somebody asked for what they may not have.
    pub(crate) async fn note(
        &self,
        store: &Store,
        now: Timestamp,
        staff: &Staff,
        asked: &Asked,
    ) -> Result<(), Internal> {
        let person = Person::User(staff.number().unwrap_or_default());
        let request = staff.author().context.map(|it| it.request_id.clone());
        let Some(left_out) = self.count(person, request, now) else { return Ok(()) };
        let mut detail = json!({ "method": asked.method, "path": asked.path });
        if left_out > 0 {
            detail["left_out"] = json!(left_out);
        }
        let subject = Subject::about(asked.user.as_ref(), asked.room.as_ref());
        let mut tx = store.begin().await?;
        audit::note(&mut tx, now, staff.author(), Action::Refused, subject, detail).await?;
        store::commit(tx).await
    }

    /// Counts that somebody was refused an act in a classroom, for a line that is written there: `None`
    /// where it is left out, else how many were before it.
    pub(crate) fn count_act(
        &self,
        who: &Identity,
        context: &Context,
        now: Timestamp,
    ) -> Option<u32> {
        let person = match who {
            Identity::User(user_id) => Person::InClassroom(user_id.clone()),
            // They are somebody else each time that they enter.
            Identity::Guest(_) => Person::StrangerInClassroom(network(&context.address)),
        };
        self.count(person, None, now)
    }

    /// Notes that somebody wanted to enter a room and may not, as that.
    pub(crate) async fn note_entry(
        &self,
        store: &Store,
        now: Timestamp,
        who: Refused<'_>,
        (action, subject): (Action, Subject<'_>),
        why: Refusal,
    ) -> Result<(), Internal> {
        let (person, actor, context) = match who {
            Refused::SignedIn(it) => {
                (Person::User(it.number()), Some(&it.user().user_id), it.context())
            }
            Refused::Address(it) => (Person::Network(network(&it.address)), None, it),
        };
        let request = Some(context.request_id.clone());
        let Some(left_out) = self.count(person, request, now) else { return Ok(()) };
        let mut detail = json!({ "why": why });
        if left_out > 0 {
            detail["left_out"] = json!(left_out);
        }
        let author = Author { actor, context: Some(context) };
        let mut tx = store.begin().await?;
        audit::note(&mut tx, now, author, action, subject, detail).await?;
        store::commit(tx).await
    }
}

impl Accounts {
    /// Notes that somebody asked for what they may not have.
    pub async fn note_refused(&self, session: &Session, asked: &Asked) -> Result<(), Internal> {
        self.refusals.note(&self.store, self.clock.now(), &session.staff(), asked).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_kept_then_one_a_minute_with_how_many_were_left_out() {
        let refusals = Refusals::default();
        let now = Timestamp::from_micros(1_000_000_000);
        for _ in 0..BURST {
            assert_eq!(refusals.count(Person::User(1), None, now), Some(0));
        }
        for _ in 0..7 {
            assert_eq!(refusals.count(Person::User(1), None, now), None);
        }
        assert_eq!(refusals.count(Person::User(2), None, now), Some(0));
        let request = |id: &str| Some(id.to_owned());
        assert_eq!(refusals.count(Person::User(2), request("a"), now), Some(0));
        assert_eq!(refusals.count(Person::User(2), request("a"), now), None);
        assert_eq!(refusals.count(Person::User(2), request("b"), now), Some(0));
        let network = || Person::Network("10.0.0.1".to_owned());
        assert_eq!(refusals.count(network(), None, now), Some(0), "nobody signed in");
        assert_eq!(refusals.count(Person::User(1), None, now.plus_seconds(60)), Some(7));
        assert_eq!(refusals.count(Person::User(1), None, now.plus_seconds(60)), None);
        assert_eq!(refusals.count(Person::User(1), None, now.plus_seconds(120)), Some(1));
    }

    #[test]
    fn whoever_was_refused_long_ago_is_forgotten() {
        let refusals = Refusals::default();
        let now = Timestamp::from_micros(1_000_000_000);
        for person in 0..10_000 {
            refusals.count(Person::User(person), None, now);
        }
        refusals.count(Person::User(10_001), None, now.plus_seconds(61));
        assert_eq!(refusals.0.lock().unwrap().len(), 1);
    }
}
