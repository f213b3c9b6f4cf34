//! Deleting users: what is lost, who takes their rooms, and that their User ID is never given again.

use domain::{ConsoleRole, Problem, UserId, UserStatus, removal::UserLosses};
use serde_json::json;

use super::{Users, is_last_admin, noted};
use crate::{
    Internal,
    accounts::Admin,
    audit::{self, Action, Subject},
    store::{self, Db, Tx, groups, user_rooms, users, users::StoredUser},
};

/// Why a user wasn't deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteRefusal {
    /// There is no such user, and never was.
    #[error("there is no such user")]
    NotFound,
    /// There would be no Admin left who can sign in.
    #[error("there would be no Admin left")]
    LastAdmin,
    /// Nobody deletes themselves.
    #[error("nobody deletes themselves")]
    Oneself,
    /// Nobody was named who can take the user's rooms.
    #[error("nobody takes the rooms")]
    Owner(Problem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

/// Why the rooms of a user weren't handed over.
#[derive(Debug, thiserror::Error)]
pub enum HandOverRefusal {
    /// There is no such user.
    #[error("there is no such user")]
    NotFound,
    /// There would be no Admin left who can sign in.
    #[error("there would be no Admin left")]
    LastAdmin,
    /// Nobody was named who can take the rooms.
    #[error("nobody takes the rooms")]
    Owner(Problem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl Users {
    /// Gives all rooms of a user to another, and deactivates the user with it where that is asked for.
    pub async fn hand_over(
        &self,
        admin: &Admin,
        user_id: &UserId,
        owner: &UserId,
        deactivate: bool,
    ) -> Result<(), HandOverRefusal> {
        let mut tx = admin.begin(&self.store).await?;
        let user = users::find(&mut tx, user_id).await?.ok_or(HandOverRefusal::NotFound)?;
        let heir = possible_owner(&mut tx, owner).await?.map_err(HandOverRefusal::Owner)?;
        if heir.number == user.number {
            return Err(HandOverRefusal::Owner(Problem::StillTheSame));
        }
        if deactivate && is_last_admin(&mut tx, &user).await? {
            return Err(HandOverRefusal::LastAdmin);
        }
        self.hand_rooms_over(&mut tx, admin, &user, &heir).await?;
        if deactivate && user.summary.status == UserStatus::Active {
            self.change_status(&mut tx, admin, &user, UserStatus::Deactivated).await?;
        }
        Ok(store::commit(tx).await?)
    }

    /// What would be lost with a user; `None` where there is no such user.
    pub async fn losses(
        &self,
        _: &Admin,
        user_id: &UserId,
    ) -> Result<Option<UserLosses>, Internal> {
        let mut db = self.store.read().await?;
        let Some(user) = users::find(&mut db, user_id).await? else { return Ok(None) };
        let groups = groups::of_user(&mut db, user.number).await?.len();
        Ok(Some(UserLosses {
            memberships: user_rooms::memberships(&mut db, &[user.number]).await?,
            owned: user_rooms::owned(&mut db, &[user.number]).await?,
            groups: u32::try_from(groups).unwrap_or(u32::MAX),
        }))
    }

    /// Deletes a user with image, memberships, groups and sessions. Their rooms go to `owner`, who
    /// must be named if there are any. One who was deleted already stays so.
    pub async fn delete(
        &self,
        admin: &Admin,
        user_id: &UserId,
        owner: Option<&UserId>,
    ) -> Result<(), DeleteRefusal> {
        let mut tx = admin.begin(&self.store).await?;
        let Some(user) = users::find(&mut tx, user_id).await? else {
            let former = users::former(&mut tx, user_id).await?;
            return former.map(drop).ok_or(DeleteRefusal::NotFound);
        };
        if is_last_admin(&mut tx, &user).await? {
            return Err(DeleteRefusal::LastAdmin);
        }
        if admin.number() == Some(user.number) {
            return Err(DeleteRefusal::Oneself);
        }
        let heir = heir(&mut tx, &user, owner).await?;
        self.remove(&mut tx, admin, &user, heir.as_ref()).await?;
        Ok(store::commit(tx).await?)
    }

    /// Deletes a user whose rooms, if there are any, go to `heir`.
    pub(super) async fn remove(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        user: &StoredUser,
        heir: Option<&StoredUser>,
    ) -> Result<(), Internal> {
        if let Some(heir) = heir {
            self.hand_rooms_over(tx, admin, user, heir).await?;
        }
        let groups = groups::of_user(tx, user.number).await?;
        let groups: Vec<_> = groups.into_iter().map(|it| it.summary.name).collect();
        let rooms_to = heir.map(|it| &it.summary.user_id);
        let detail = json!({ "before": noted(&user.summary, &groups), "rooms_to": rooms_to });
        let (now, subject) = (self.clock.now(), Subject::user(&user.summary.user_id));
        users::delete(tx, user, now).await?;
        audit::note(tx, now, admin.author(), Action::UserDelete, subject, detail).await
    }

    async fn hand_rooms_over(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        from: &StoredUser,
        to: &StoredUser,
    ) -> Result<(), Internal> {
        let (before, after) = (&from.summary.user_id, &to.summary.user_id);
        let detail = json!({ "before": before, "after": after });
        let (now, author, subject) = (self.clock.now(), admin.author(), Subject::user(after));
        let (owner, action) = (from.number, Action::RoomOwner);
        audit::note_in_rooms_of(tx, owner, now, author, action, subject, detail).await?;
        user_rooms::hand_over(tx, owner, to.number, now).await
    }
}

/// Whether a user would leave rooms behind with their console role: these must have an owner who can
/// look after them.
pub(super) async fn has_rooms_to_leave(db: &mut Db, user: &StoredUser) -> Result<bool, Internal> {
    let has_role = user.summary.role > ConsoleRole::None;
    Ok(has_role && !user_rooms::owned(db, &[user.number]).await?.is_none())
}

/// Who takes the rooms of a user; nobody where there are none.
async fn heir(
    tx: &mut Tx,
    user: &StoredUser,
    owner: Option<&UserId>,
) -> Result<Option<StoredUser>, DeleteRefusal> {
    if user_rooms::owned(tx, &[user.number]).await?.is_none() {
        return Ok(None);
    }
    let owner = owner.ok_or(DeleteRefusal::Owner(Problem::RoomsNeedOwner))?;
    let heir = possible_owner(tx, owner).await?.map_err(DeleteRefusal::Owner)?;
    if heir.number == user.number {
        return Err(DeleteRefusal::Owner(Problem::StillTheSame));
    }
    Ok(Some(heir))
}

/// The user of that User ID, if they can own rooms: they exist and are active.
pub(crate) async fn possible_owner(
    tx: &mut Tx,
    user_id: &UserId,
) -> Result<Result<StoredUser, Problem>, Internal> {
    Ok(match users::find(tx, user_id).await? {
        None => Err(Problem::NoSuchUser { user_id: user_id.to_string() }),
        Some(user) if user.summary.status == UserStatus::Deactivated => {
            Err(Problem::DeactivatedUser { user_id: user.summary.user_id })
        }
        Some(user) => Ok(user),
    })
}
