//! Deactivating and reactivating users.

use domain::{UserId, UserStatus, UserSummary};
use serde_json::json;

use super::{Users, deletion::has_rooms_to_leave, is_last_admin};
use crate::{
    Internal,
    accounts::Admin,
    audit::{self, Action, Subject},
    store::{self, Tx, accounts as sessions, users, users::StoredUser},
};

/// Why a user wasn't deactivated or reactivated.
#[derive(Debug, thiserror::Error)]
pub enum StatusRefusal {
    /// There is no such user.
    #[error("there is no such user")]
    NotFound,
    /// There would be no Admin left who can sign in.
    #[error("there would be no Admin left")]
    LastAdmin,
    /// They own rooms, which somebody must take first.
    #[error("somebody must take the rooms first")]
    OwnsRooms,
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl Users {
    /// Deactivates a user and ends their sessions; one who is deactivated already stays so. Who has a
    /// console role and owns rooms stays active, until somebody [takes these](Self::hand_over).
    pub async fn deactivate(
        &self,
        admin: &Admin,
        user_id: &UserId,
    ) -> Result<UserSummary, StatusRefusal> {
        self.set_status(admin, user_id, UserStatus::Deactivated).await
    }

    /// Reactivates a user; one who is active already stays so.
    pub async fn reactivate(
        &self,
        admin: &Admin,
        user_id: &UserId,
    ) -> Result<UserSummary, StatusRefusal> {
        self.set_status(admin, user_id, UserStatus::Active).await
    }

    async fn set_status(
        &self,
        admin: &Admin,
        user_id: &UserId,
        status: UserStatus,
    ) -> Result<UserSummary, StatusRefusal> {
        let mut tx = admin.begin(&self.store).await?;
        let user = users::find(&mut tx, user_id).await?.ok_or(StatusRefusal::NotFound)?;
        if user.summary.status == status {
            return Ok(user.summary);
        }
        if status == UserStatus::Deactivated && is_last_admin(&mut tx, &user).await? {
            return Err(StatusRefusal::LastAdmin);
        }
        if status == UserStatus::Deactivated && has_rooms_to_leave(&mut tx, &user).await? {
            return Err(StatusRefusal::OwnsRooms);
        }
        self.change_status(&mut tx, admin, &user, status).await?;
        store::commit(tx).await?;
        Ok(UserSummary { status, ..user.summary })
    }

    /// Makes a user active or deactivated who was the other.
    pub(super) async fn change_status(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        user: &StoredUser,
        status: UserStatus,
    ) -> Result<(), Internal> {
        let action = match status {
            UserStatus::Active => Action::UserReactivate,
            UserStatus::Deactivated => Action::UserDeactivate,
        };
        let now = self.clock.now();
        users::set_status(tx, user.number, status, now).await?;
        sessions::shut_out(tx, user.number).await?;
        let subject = Subject::user(&user.summary.user_id);
        audit::note(tx, now, admin.author(), action, subject, json!({})).await
    }
}
