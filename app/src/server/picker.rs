//! Who of those that the picker finds can be chosen.

use backend::accounts::Staff;
use domain::{GroupName, RoomId, UserId, UserSummary};

use super::{admin, backend, found, reject, room_owner};
use crate::{error::AppError, functions::picker::Offer};

/// Offers users: says who of them is a member of the room, or in the group, already, and who is or
/// would be the owner.
pub(crate) async fn offer(
    staff: &Staff,
    users: Vec<UserSummary>,
    room: Option<RoomId>,
    group: Option<GroupName>,
) -> Result<Offer, AppError> {
    let backend = backend();
    let ids: Vec<UserId> = users.iter().map(|it| it.user_id.clone()).collect();
    let (specified, owner) = match (room, group) {
        (Some(room), _) => {
            let owner = room_owner(Some(room)).await?;
            let members = backend.rooms.members_among(owner.reader(), &ids).await;
            (members.map_err(|it| reject(&it))?, Some(owner.reader().room().owner.user_id.clone()))
        }
        (None, Some(group)) => {
            let there = backend.groups.user_ids(&admin()?, &group, &ids).await;
            (found(there.map_err(|it| reject(&it))?)?, None)
        }
        (None, None) => (Vec::new(), staff.user_id().cloned()),
    };
    Ok(Offer { users, specified, owner, ..Offer::default() })
}
