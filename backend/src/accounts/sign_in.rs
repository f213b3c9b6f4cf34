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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{ConsoleRole, EntryPermission, Nickname, Timestamp, user::UserProfile};
    use tempfile::TempDir;

    use super::*;
    use crate::{Backend, Config, accounts::Admin, clock::ManualClock, users::ImageChange};

    const PASSWORD: &str = "correct horse";

    fn user_id(id: &str) -> UserId {
        UserId::parse(id).unwrap()
    }

    fn profile(role: ConsoleRole) -> UserProfile {
        UserProfile {
            nickname: Nickname::parse("Kim").unwrap(),
            permission: EntryPermission::Guest,
            groups: Vec::new(),
            role,
        }
    }

    fn somewhere() -> Context {
        let (request_id, browser) = (String::new(), String::new());
        Context { request_id, address: "10.0.0.1".to_owned(), browser }
    }

    /// A school with a Teacher of each kind who may not sign in, and one who may.
    async fn school() -> (Backend, TempDir) {
        let folder = TempDir::new().unwrap();
        let config = Config { data_dir: folder.path().to_owned(), database_url: None };
        let clock = ManualClock::at(Timestamp::from_micros(1_800_000_000_000_000));
        let backend = Backend::open_with_clock(config, Arc::new(clock)).await.unwrap();
        let (operator, password) = (Admin::operator(), Password::parse(PASSWORD, None).unwrap());
        for id in ["known", "deactivated", "without-role", "password-less"] {
            let (id, teacher) = (user_id(id), profile(ConsoleRole::Teacher));
            backend.users.create(&operator, &id, &teacher, None).await.unwrap();
            if id.as_str() != "password-less" {
                backend.accounts.reset_password(&operator, &id, &password).await.unwrap();
            }
        }
        backend.users.deactivate(&operator, &user_id("deactivated")).await.unwrap();
        let (none, keep) = (profile(ConsoleRole::None), ImageChange::Keep);
        let lost = user_id("without-role");
        backend.users.edit(&operator, &lost, &none, keep, None).await.unwrap();
        (backend, folder)
    }

    const REFUSED: [(&str, &str); 7] = [
        ("known", "wrong horse"),
        ("known", "x"),
        ("unknown", PASSWORD),
        ("not an id", PASSWORD),
        ("deactivated", PASSWORD),
        ("without-role", PASSWORD),
        ("password-less", PASSWORD),
    ];

    #[tokio::test]
    async fn whoever_is_refused_costs_the_same_work() {
        let (backend, _folder) = school().await;
        let accounts = &backend.accounts;
        for (id, password) in REFUSED {
            let before = accounts.passwords.runs();
            let refused = accounts.sign_in(id, password, &somewhere()).await;
            assert!(matches!(refused, Err(SignInRefusal::Wrong)), "{id}: {refused:?}");
            assert_eq!(accounts.passwords.runs() - before, 1, "{id} {password}");
        }
    }

    #[tokio::test]
    async fn whoever_came_too_early_costs_no_work_and_learns_nothing() {
        let (backend, _folder) = school().await;
        let accounts = &backend.accounts;
        // What nobody can be called is no account: there only the address counts.
        for (id, _) in REFUSED.into_iter().filter(|it| it.0 != "not an id") {
            for _ in 0..10 {
                accounts.turn(Some(&user_id(id)), &somewhere()).await.unwrap();
            }
            let before = accounts.passwords.runs();
            let refused = accounts.sign_in(id, PASSWORD, &somewhere()).await;
            assert!(matches!(refused, Err(SignInRefusal::Wait { seconds: 2 })), "{id}");
            assert_eq!(accounts.passwords.runs(), before, "{id}");
        }
    }
}
