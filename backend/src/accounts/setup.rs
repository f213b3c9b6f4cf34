//! Making Admins: the first by a one-time link, others from the command line.

use domain::{
    ConsoleRole, EntryPermission, Nickname, Problem, UserId, UserSummary, user::UserProfile,
};
use serde_json::json;

use super::{AccountRefusal, Accounts, Admin, Context, NewAdmin, common::Chosen};
use crate::{
    Internal,
    audit::{self, Action, Author, Subject},
    ids::{self, Secret},
    store::{
        self, Tx, accounts, users,
        users::{NewUser, StoredUser},
    },
    users::{self as use_cases, Taken},
};

/// How long the one-time link lasts.
const LINK_SECONDS: i64 = 60 * 60;

/// Why the first Admin wasn't made.
#[derive(Debug, thiserror::Error)]
pub enum SetupRefusal {
    /// The link is wrong, used or over, or there is an Admin already.
    #[error("the one-time link is wrong, used or too old")]
    DeadLink,
    /// Too many attempts.
    #[error("too many attempts; the next is looked at in {seconds} s")]
    Wait {
        /// Seconds until another attempt is looked at.
        seconds: u32,
    },
    /// Somebody has that User ID, or had it.
    #[error("the User ID is taken by {by}")]
    Taken {
        /// The User ID as it was first typed.
        by: UserId,
        /// Who has it, when they still exist.
        nickname: Option<Nickname>,
    },
    /// The password can't be chosen.
    #[error("the password is refused")]
    Password(Problem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl Accounts {
    /// Makes the one-time link by which the first Admin is made, instead of any before; `None` where
    /// an Admin can sign in already.
    pub async fn setup_link(&self) -> Result<Option<Secret>, Internal> {
        let mut tx = self.store.begin().await?;
        if users::other_admin(&mut tx, None).await? {
            return Ok(None);
        }
        let secret = Secret::random()?;
        let expires = self.clock.now().plus_seconds(LINK_SECONDS);
        accounts::set_setup_link(&mut tx, &secret.hash(), expires).await?;
        store::commit(tx).await?;
        Ok(Some(secret))
    }

    /// Whether the one-time link can be used now.
    pub async fn setup_link_valid(&self, secret: &str) -> Result<bool, Internal> {
        let mut db = self.store.read().await?;
        accounts::setup_link_is(&mut db, &ids::hash(secret), self.clock.now()).await
    }

    /// Makes the first Admin and signs them in. The link dies with it.
    pub async fn create_first_admin(
        &self,
        secret: &str,
        new: &NewAdmin,
        context: &Context,
    ) -> Result<Secret, SetupRefusal> {
        // Both asked before the password is hashed, so that strangers can't keep the server busy.
        if let Some(seconds) = self.turn(None, context).await? {
            return Err(SetupRefusal::Wait { seconds });
        }
        if !self.setup_link_valid(secret).await? {
            return Err(SetupRefusal::DeadLink);
        }
        let chosen = Chosen::by(&new.user_id, &new.password).map_err(SetupRefusal::Password)?;
        let hash = self.passwords.hash(chosen).await?;
        let mut tx = self.store.begin().await?;
        self.use_setup_link(&mut tx, secret).await?;
        let author = Author { actor: None, context: Some(context) };
        let made = self.insert_admin(&mut tx, author, Action::FirstAdmin, new, &hash);
        let user =
            made.await?.map_err(|it| SetupRefusal::Taken { by: it.by, nickname: it.nickname })?;
        let session = self.begin_session(&mut tx, (user.number, &new.user_id), &hash, context);
        let session = session.await?.ok_or(SetupRefusal::DeadLink)?;
        store::commit(tx).await?;
        Ok(session)
    }

    /// Makes sure, in the transaction that makes the Admin, that it is the first; then the link is
    /// over.
    async fn use_setup_link(&self, tx: &mut Tx, secret: &str) -> Result<(), SetupRefusal> {
        let (hash, now) = (ids::hash(secret), self.clock.now());
        if !accounts::setup_link_is(tx, &hash, now).await? || users::other_admin(tx, None).await? {
            return Err(SetupRefusal::DeadLink);
        }
        Ok(accounts::end_setup_link(tx).await?)
    }

    /// Makes an Admin who can sign in, for the command line.
    pub async fn create_admin(
        &self,
        admin: &Admin,
        new: &NewAdmin,
    ) -> Result<UserSummary, AccountRefusal> {
        let chosen = Chosen::by(&new.user_id, &new.password).map_err(AccountRefusal::Password)?;
        let hash = self.passwords.hash(chosen).await?;
        let mut tx = self.store.begin().await?;
        let made = self.insert_admin(&mut tx, admin.author(), Action::AdminCreate, new, &hash);
        let user = made.await?.map_err(|it| AccountRefusal::Taken { by: it.by })?;
        store::commit(tx).await?;
        Ok(user.summary)
    }

    /// Sets a user's password and ends their sessions, for the command line.
    pub async fn reset_password(
        &self,
        admin: &Admin,
        user_id: &UserId,
        password: &domain::Password,
    ) -> Result<(), AccountRefusal> {
        let chosen = Chosen::by(user_id, password).map_err(AccountRefusal::Password)?;
        let hash = self.passwords.hash(chosen).await?;
        let mut tx = self.store.begin().await?;
        let user = users::find(&mut tx, user_id).await?.ok_or(AccountRefusal::NotFound)?;
        let now = self.clock.now();
        users::set_password(&mut tx, user.number, &hash, now).await?;
        accounts::shut_out(&mut tx, user.number).await?;
        let subject = Subject::user(&user.summary.user_id);
        let author = admin.author();
        audit::note(&mut tx, now, author, Action::PasswordReset, subject, json!({})).await?;
        Ok(store::commit(tx).await?)
    }

    async fn insert_admin(
        &self,
        tx: &mut Tx,
        author: Author<'_>,
        action: Action,
        new: &NewAdmin,
        password_hash: &str,
    ) -> Result<Result<StoredUser, Taken>, Internal> {
        let profile = UserProfile {
            nickname: new.nickname.clone(),
            permission: EntryPermission::Monitoring,
            groups: Vec::new(),
            role: ConsoleRole::Admin,
        };
        let new = NewUser {
            user_id: &new.user_id,
            profile: &profile,
            image: None,
            password: Some(password_hash),
        };
        use_cases::insert(tx, author, action, new, self.clock.now()).await
    }
}
