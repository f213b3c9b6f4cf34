//! One's own account: changing the password, and the devices on which one is signed in.

use domain::{
    Password, Problem,
    account::{Device, DeviceName, SignOut},
    browser::Browser,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Accounts, Context, Session, common::Chosen, session::lasts};
use crate::{
    Internal, InternalKind,
    audit::{self, Action, Author, Subject},
    ids::Secret,
    store::{self, Tx, accounts, users},
};

/// Why somebody's own password wasn't changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeRefusal {
    /// The old password is wrong.
    #[error("the old password is wrong")]
    Wrong,
    /// Too many attempts.
    #[error("too many attempts; the next is looked at in {seconds} s")]
    Wait {
        /// Seconds until another attempt is looked at.
        seconds: u32,
    },
    /// The new password can't be chosen.
    #[error("the password is refused")]
    Password(Problem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl Accounts {
    /// Changes the password of who is signed in, by the old one. All their sessions end, and a new one
    /// begins, whose secret is the answer.
    pub async fn change_password(
        &self,
        session: &Session,
        old: &str,
        new: &Password,
    ) -> Result<Secret, ChangeRefusal> {
        let (user_id, context) = (&session.user().user_id, session.context());
        let chosen = Chosen::by(user_id, new).map_err(ChangeRefusal::Password)?;
        // The same tokens as for signing in: this is no second place to guess at.
        if let Some(seconds) = self.turn(Some(user_id), context).await? {
            return Err(ChangeRefusal::Wait { seconds });
        }
        let known = accounts::password(&mut *self.store.read().await?, user_id).await?;
        let before = known.map(|(_, hash)| hash);
        let old = Password::parse(old, None).ok();
        let right = self.passwords.matches(old, before.clone()).await?;
        let Some(before) = before.filter(|_| right) else {
            self.note_refusal(Action::SignInFailed, Some(user_id), context).await?;
            return Err(ChangeRefusal::Wrong);
        };
        let after = self.passwords.hash(chosen).await?;
        let secret = self.replace_password(session, &before, &after).await?;
        self.throttle.give_back(&user_id.key(), &context.address);
        Ok(secret)
    }

    /// Replaces a password hash by another, unless the session ended or the password was changed since
    /// the hash was compared.
    async fn replace_password(
        &self,
        session: &Session,
        before: &str,
        after: &str,
    ) -> Result<Secret, ChangeRefusal> {
        let (number, now) = (session.number(), self.clock.now());
        let mut tx = self.begin_for(session).await?;
        if !users::replace_password(&mut tx, number, before, after, now).await? {
            return Err(ChangeRefusal::Wrong);
        }
        accounts::shut_out(&mut tx, number).await?;
        note(&mut tx, session, now, Action::PasswordSet, json!({})).await?;
        let user = (number, &session.user().user_id);
        let secret = self.begin_session(&mut tx, user, after, session.context()).await?;
        let secret = secret.ok_or(ChangeRefusal::Wrong)?;
        store::commit(tx).await?;
        Ok(secret)
    }

    /// Where somebody is signed in, last used first.
    pub async fn devices(&self, session: &Session) -> Result<Vec<Device>, Internal> {
        let now = self.clock.now();
        let mut db = self.store.read().await?;
        let sessions = accounts::sessions_of(&mut db, session.number()).await?;
        let times = |it: &accounts::ListedSession| (it.created, it.last_seen);
        let mut devices: Vec<_> = sessions
            .into_iter()
            .filter(|it| lasts(times(it), now))
            .map(|it| Device {
                name: name_of(&it.hash),
                browser: Browser::of(&it.browser),
                address: it.address,
                since: it.created,
                last_seen: it.last_seen,
                here: it.hash == session.hash(),
            })
            .collect();
        devices.sort_by_key(|it| (!it.here, std::cmp::Reverse(it.last_seen)));
        Ok(devices)
    }

    /// Signs somebody out on some of their devices, or all. `false` where they are signed in on no such
    /// device.
    pub async fn sign_out_devices(
        &self,
        session: &Session,
        which: &SignOut,
    ) -> Result<bool, Internal> {
        let now = self.clock.now();
        let mut tx = self.begin_for(session).await?;
        let (number, own) = (session.number(), session.hash());
        let place = match which {
            SignOut::One(name) => {
                let sessions = accounts::sessions_of(&mut tx, number).await?;
                let Some(it) = sessions.iter().find(|it| name_of(&it.hash) == *name) else {
                    return Ok(false);
                };
                accounts::end_session(&mut tx, &it.hash).await?;
                if it.hash == own { Value::Null } else { "device".into() }
            }
            SignOut::Others => {
                accounts::end_other_sessions(&mut tx, number, own).await?;
                "others".into()
            }
            SignOut::All => {
                accounts::end_sessions_of(&mut tx, number).await?;
                "everywhere".into()
            }
        };
        note(&mut tx, session, now, Action::SessionEnd, json!({ "where": place })).await?;
        store::commit(tx).await?;
        Ok(true)
    }

    /// Begins a transaction that writes, if the session still lasts.
    async fn begin_for(&self, session: &Session) -> Result<Tx, Internal> {
        let mut tx = self.store.begin().await?;
        match accounts::session(&mut tx, session.hash()).await? {
            Some(_) => Ok(tx),
            None => Err(Internal::new(InternalKind::Revoked, "the session has ended")),
        }
    }
}

async fn note(
    tx: &mut Tx,
    session: &Session,
    now: domain::Timestamp,
    action: Action,
    detail: Value,
) -> Result<(), Internal> {
    let user_id = &session.user().user_id;
    let context: &Context = session.context();
    let author = Author { actor: Some(user_id), context: Some(context) };
    audit::note(tx, now, author, action, Subject::user(user_id), detail).await
}

/// By what a session is named to whoever it belongs to: a hash over what is stored, so that neither the
/// secret nor its hash is told.
fn name_of(hash: &[u8]) -> DeviceName {
    let mut name = [0; 16];
    let digest = Sha256::new().chain_update(b"device").chain_update(hash).finalize();
    name.copy_from_slice(&digest[..16]);
    DeviceName::of(name)
}
