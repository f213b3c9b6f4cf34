//! Sessions: who is signed in.

use domain::{ConsoleRole, Timestamp, UserId, UserStatus, UserSummary, live::Farewell};
use serde_json::json;

use super::{Accounts, Admin, Context, Forbidden, Staff};
use crate::{
    Internal,
    audit::{self, Action, Author, Subject},
    ids::{self, Secret},
    store::{
        self, Tx,
        accounts::{self, ListedSession, NewSession, StoredSession},
        users::{self, StoredUser},
    },
};

/// A session ends when it isn't used for 12 hours,
const IDLE_SECONDS: i64 = 12 * 60 * 60;
/// and after seven days in any case.
const AGE_SECONDS: i64 = 7 * 24 * 60 * 60;
/// Its use is noted at most every five minutes, since noting writes to the disk.
const NOTED_SECONDS: i64 = 5 * 60;
/// So many sessions may one person have: on the page of their devices they find the one that isn't theirs.
const AT_ONCE: usize = 50;
/// No browser needs a longer name.
const BROWSER_CHARACTERS: usize = 256;

/// Somebody is signed in: proof that they are active and have a console role.
#[derive(Clone, Debug)]
pub struct Session {
    user: StoredUser,
    context: Context,
    /// The hash of its secret.
    hash: Vec<u8>,
}

impl Session {
    /// Who is signed in.
    #[must_use]
    pub const fn user(&self) -> &UserSummary {
        &self.user.summary
    }

    /// Their console role: never [`ConsoleRole::None`].
    #[must_use]
    pub const fn role(&self) -> ConsoleRole {
        self.user.summary.role
    }

    /// The proof that somebody with a console role acts.
    #[must_use]
    pub fn staff(&self) -> Staff {
        Staff::of(self)
    }

    /// The proof that an Admin acts, if one does.
    pub fn admin(&self) -> Result<Admin, Forbidden> {
        self.staff().admin()
    }

    pub(super) const fn number(&self) -> i64 {
        self.user.number
    }

    /// The hash of its secret.
    pub(crate) fn hash(&self) -> &[u8] {
        &self.hash
    }

    /// Where the request comes from.
    pub(crate) const fn context(&self) -> &Context {
        &self.context
    }
}

impl Accounts {
    /// The session that a secret belongs to, while it lasts.
    pub async fn session(
        &self,
        secret: &str,
        context: Context,
    ) -> Result<Option<Session>, Internal> {
        let hash = ids::hash(secret);
        let now = self.clock.now();
        let stored = accounts::session(&mut *self.store.read().await?, &hash).await?;
        let Some(stored) = stored else { return Ok(None) };
        if !is_valid(&stored, now) {
            self.end_expired(&hash, &context).await?;
            return Ok(None);
        }
        if stored.last_seen.plus_seconds(NOTED_SECONDS) <= now {
            self.note_use(&hash, now).await;
        }
        Ok(Some(Session { user: stored.user, context, hash }))
    }

    /// The session as [`session`](Self::session) finds it, without counting as its use: a page left
    /// open keeps nobody signed in.
    pub async fn look(&self, secret: &str, context: Context) -> Result<Option<Session>, Internal> {
        let hash = ids::hash(secret);
        let stored = self.lasting(&hash, self.clock.now()).await?;
        Ok(stored.map(|it| Session { user: it.user, context, hash }))
    }

    /// Why somebody who had that role has no session any more.
    pub async fn farewell(&self, user: &UserId, role: ConsoleRole) -> Result<Farewell, Internal> {
        let user = users::find(&mut *self.store.read().await?, user).await?;
        let Some(UserSummary { status, role: now, .. }) = user.map(|it| it.summary) else {
            return Ok(Farewell::Deleted);
        };
        Ok(match (status, now) {
            (UserStatus::Deactivated, _) => Farewell::Deactivated,
            (UserStatus::Active, ConsoleRole::None) => Farewell::NoRole,
            (UserStatus::Active, now) if now != role => Farewell::OtherRole,
            (UserStatus::Active, _) => Farewell::SignedOut,
        })
    }

    async fn lasting(
        &self,
        hash: &[u8],
        now: Timestamp,
    ) -> Result<Option<StoredSession>, Internal> {
        let stored = accounts::session(&mut *self.store.read().await?, hash).await?;
        Ok(stored.filter(|it| is_valid(it, now)))
    }

    /// Notes that a session was used. Whoever uses it gets their answer even where that fails.
    async fn note_use(&self, hash: &[u8], now: Timestamp) {
        let noted =
            async { accounts::touch_session(&mut *self.store.write().await?, hash, now).await };
        if let Err(error) = noted.await {
            let cause = std::error::Error::source(&error);
            tracing::warn!(cause, "the use of a session could not be noted");
        }
    }

    /// Forgets a session that is over and was used all the same, and notes that: once, since it is gone then.
    async fn end_expired(&self, hash: &[u8], context: &Context) -> Result<(), Internal> {
        let mut tx = self.store.begin().await?;
        let now = self.clock.now();
        let stored = accounts::session(&mut tx, hash).await?;
        let Some(stored) = stored.filter(|it| !is_valid(it, now)) else { return Ok(()) };
        accounts::end_session(&mut tx, hash).await?;
        let author = Author { actor: None, context: Some(context) };
        let subject = Subject::user(&stored.user.summary.user_id);
        audit::note(&mut tx, now, author, Action::SessionExpired, subject, json!({})).await?;
        store::commit(tx).await
    }

    /// Ends the session that a secret belongs to; without one, nothing is done.
    pub async fn sign_out(&self, secret: &str, context: &Context) -> Result<(), Internal> {
        let hash = ids::hash(secret);
        let mut tx = self.store.begin().await?;
        let Some(session) = accounts::session(&mut tx, &hash).await? else { return Ok(()) };
        accounts::end_session(&mut tx, &hash).await?;
        let user_id = &session.user.summary.user_id;
        let author = Author { actor: Some(user_id), context: Some(context) };
        let (now, subject) = (self.clock.now(), Subject::user(user_id));
        audit::note(&mut tx, now, author, Action::SessionEnd, subject, json!({})).await?;
        store::commit(tx).await
    }

    /// Begins a session of a user whose password hash is this one, and forgets those that are over; of too
    /// many, those end that weren't used for the longest. `None` where the user may not sign in any more.
    pub(super) async fn begin_session(
        &self,
        tx: &mut Tx,
        user: (i64, &UserId),
        password_hash: &str,
        context: &Context,
    ) -> Result<Option<Secret>, Internal> {
        let (number, user_id) = user;
        let now = self.clock.now();
        let secret = Secret::random()?;
        let browser: String = context.browser.chars().take(BROWSER_CHARACTERS).collect();
        let new = NewSession { hash: &secret.hash(), address: &context.address, browser: &browser };
        accounts::forget_sessions(tx, now.plus_seconds(-IDLE_SECONDS)).await?;
        if !accounts::begin_session(tx, number, password_hash, new, now).await? {
            return Ok(None);
        }
        let author = Author { actor: Some(user_id), context: Some(context) };
        let subject = Subject::user(user_id);
        audit::note(tx, now, author, Action::SignedIn, subject, json!({})).await?;
        for unused in unused(accounts::sessions_of(tx, number).await?) {
            accounts::end_session(tx, &unused.hash).await?;
            let detail = json!({ "where": "unused" });
            audit::note(tx, now, author, Action::SessionEnd, subject, detail).await?;
        }
        Ok(Some(secret))
    }
}

/// Of too many sessions those that weren't used for the longest, and of these the oldest.
fn unused(mut sessions: Vec<ListedSession>) -> Vec<ListedSession> {
    let too_many = sessions.len().saturating_sub(AT_ONCE);
    sessions.sort_by_key(|it| (it.last_seen, it.created));
    sessions.truncate(too_many);
    sessions
}

/// Whether somebody is signed in by a session: they may be, and it isn't over.
fn is_valid(session: &StoredSession, now: Timestamp) -> bool {
    let user = &session.user.summary;
    user.status == UserStatus::Active
        && user.role > ConsoleRole::None
        && lasts((session.created, session.last_seen), now)
}

/// Whether a session that began and was last used then isn't over.
pub(crate) fn lasts((created, last_seen): (Timestamp, Timestamp), now: Timestamp) -> bool {
    now < last_seen.plus_seconds(IDLE_SECONDS)
        && now < created.plus_seconds(AGE_SECONDS)
        // Begun by a clock that was far ahead, it would last until that is so again.
        && created < now.plus_seconds(IDLE_SECONDS)
}
