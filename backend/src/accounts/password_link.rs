//! The one-time link by which somebody sets their password: an Admin makes it and hands it over, and
//! never learns the password.

use domain::{ConsoleRole, Password, Problem, Timestamp, UserId, UserStatus};
use serde_json::json;

use super::{Accounts, Admin, Context, common::Chosen};
use crate::{
    Internal,
    audit::{self, Action, Author, Subject},
    ids::{self, Secret},
    store::{self, accounts, password_links, users},
};

/// How long the link lasts.
const LINK_SECONDS: i64 = 48 * 60 * 60;

/// A link that was just made.
#[derive(Clone, Debug)]
pub struct PasswordLink {
    /// Its secret, told this once.
    pub secret: Secret,
    /// Until when it can be used.
    pub until: Timestamp,
}

/// Why no link was made.
#[derive(Debug, thiserror::Error)]
pub enum MakeLinkRefusal {
    /// There is no such user.
    #[error("there is no such user")]
    NotFound,
    /// The user is deactivated or has no console role.
    #[error("the user may not sign in")]
    MayNotSignIn,
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

/// Why no password was set by a link.
#[derive(Debug, thiserror::Error)]
pub enum LinkRefusal {
    /// The link is wrong, used, replaced or too old, or its user may not sign in; it isn't said which.
    #[error("the one-time link is over")]
    DeadLink,
    /// Too many attempts.
    #[error("too many attempts; the next is looked at in {seconds} s")]
    Wait {
        /// Seconds until another attempt is looked at.
        seconds: u32,
    },
    /// The password can't be chosen.
    #[error("the password is refused")]
    Password(Problem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl Accounts {
    /// Makes the one-time link by which that user sets their password, in place of any before.
    pub async fn make_password_link(
        &self,
        admin: &Admin,
        user_id: &UserId,
    ) -> Result<PasswordLink, MakeLinkRefusal> {
        let mut tx = admin.begin(&self.store).await?;
        let user = users::find(&mut tx, user_id).await?.ok_or(MakeLinkRefusal::NotFound)?;
        let summary = &user.summary;
        if summary.status != UserStatus::Active || summary.role == ConsoleRole::None {
            return Err(MakeLinkRefusal::MayNotSignIn);
        }
        let (secret, now) = (Secret::random()?, self.clock.now());
        let until = now.plus_seconds(LINK_SECONDS);
        password_links::put(&mut tx, user.number, &secret.hash(), now, until).await?;
        let (author, subject) = (admin.author(), Subject::user(&summary.user_id));
        audit::note(&mut tx, now, author, Action::PasswordLink, subject, json!({})).await?;
        store::commit(tx).await?;
        Ok(PasswordLink { secret, until })
    }

    /// Whose password a link sets. Neither uses it nor signs in.
    pub async fn password_link_holder(&self, secret: &str) -> Result<UserId, LinkRefusal> {
        let (hash, now) = (ids::hash(secret), self.clock.now());
        let holder = password_links::holder(&mut *self.store.read().await?, &hash, now).await?;
        holder.map(|it| it.summary.user_id).ok_or(LinkRefusal::DeadLink)
    }

    /// Sets the password of whose link it is, which dies with it, as do all their sessions. The answer
    /// is who that is.
    pub async fn set_password(
        &self,
        secret: &str,
        password: &Password,
        context: &Context,
    ) -> Result<UserId, LinkRefusal> {
        // Asked before the password is hashed, so that strangers can't keep the server busy.
        if let Some(seconds) = self.turn(None, context).await? {
            return Err(LinkRefusal::Wait { seconds });
        }
        let user_id = self.password_link_holder(secret).await?;
        let chosen = Chosen::by(&user_id, password).map_err(LinkRefusal::Password)?;
        let password = self.passwords.hash(chosen).await?;
        let (hash, now) = (ids::hash(secret), self.clock.now());
        let mut tx = self.store.begin().await?;
        // Asked again, since it may have been used meanwhile.
        let holder = password_links::holder(&mut tx, &hash, now).await?;
        let holder = holder.ok_or(LinkRefusal::DeadLink)?;
        users::set_password(&mut tx, holder.number, &password, now).await?;
        accounts::shut_out(&mut tx, holder.number).await?;
        let author = Author { actor: None, context: Some(context) };
        let subject = Subject::user(&holder.summary.user_id);
        let detail = json!({ "by": "link" });
        audit::note(&mut tx, now, author, Action::PasswordSet, subject, detail).await?;
        store::commit(tx).await?;
        Ok(holder.summary.user_id)
    }
}
