//! Signing in by User ID and password.

use domain::{Password, UserId};
use serde_json::json;

use super::{Accounts, Context};
use crate::{
    Internal,
    audit::{self, Action, Author, Subject},
    ids::Secret,
    store::{self, accounts},
};

/// Why somebody wasn't signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInRefusal {
    /// User ID and password don't belong together, or the user may not sign in; it isn't said which.
    #[error("User ID and password don't belong together")]
    Wrong,
    /// Too many attempts.
    #[error("too many attempts; the next is looked at in {seconds} s")]
    Wait {
        /// Seconds until another attempt is looked at.
        seconds: u32,
    },
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl Accounts {
    /// Signs somebody in and answers with their new session's secret.
    ///
    /// The answer takes as long for a User ID that nobody has.
    pub async fn sign_in(
        &self,
        user_id: &str,
        password: &str,
        context: &Context,
    ) -> Result<Secret, SignInRefusal> {
        let user_id = UserId::parse(user_id).ok();
        if let Some(seconds) = self.turn(user_id.as_ref(), context).await? {
            return Err(SignInRefusal::Wait { seconds });
        }
        let known = match &user_id {
            Some(it) => accounts::password(&mut *self.store.read().await?, it).await?,
            None => None,
        };
        let hash = known.as_ref().map(|(_, hash)| hash.clone());
        let password = Password::parse(password, None).ok();
        let right = self.passwords.matches(password, hash).await?;
        if let (Some(user_id), Some((number, hash)), true) = (&user_id, &known, right)
            && let Some(secret) = self.admit((*number, user_id), hash, context).await?
        {
            return Ok(secret);
        }
        // What nobody is called may be a password that was typed into the wrong field: it isn't kept.
        let subject = user_id.as_ref().filter(|_| known.is_some());
        self.note_refusal(Action::SignInFailed, subject, context).await?;
        Err(SignInRefusal::Wrong)
    }

    /// Takes a turn for an attempt from an address, at an account where it is at one. Whoever came too
    /// early learns in how many seconds the next is looked at.
    pub(super) async fn turn(
        &self,
        user_id: Option<&UserId>,
        context: &Context,
    ) -> Result<Option<u32>, Internal> {
        let key = user_id.map(UserId::key);
        let taken = self.throttle.take(key.as_deref(), &context.address, self.clock.now());
        let Err(throttled) = taken else { return Ok(None) };
        // Once is enough: those who guess don't get to fill the log.
        if throttled.first {
            self.note_refusal(Action::SignInThrottled, None, context).await?;
        }
        Ok(Some(throttled.seconds))
    }

    async fn admit(
        &self,
        user: (i64, &UserId),
        password_hash: &str,
        context: &Context,
    ) -> Result<Option<Secret>, Internal> {
        let mut tx = self.store.begin().await?;
        let secret = self.begin_session(&mut tx, user, password_hash, context).await?;
        if secret.is_some() {
            store::commit(tx).await?;
            self.throttle.give_back(&user.1.key(), &context.address);
        }
        Ok(secret)
    }

    /// Notes an attempt that failed, at an account that exists.
    pub(super) async fn note_refusal(
        &self,
        action: Action,
        user: Option<&UserId>,
        context: &Context,
    ) -> Result<(), Internal> {
        let author = Author { actor: None, context: Some(context) };
        let subject = user.map_or_else(Subject::default, Subject::user);
        let mut tx = self.store.begin().await?;
        audit::note(&mut tx, self.clock.now(), author, action, subject, json!({})).await?;
        store::commit(tx).await
    }
}
