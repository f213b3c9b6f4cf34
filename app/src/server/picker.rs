//! Who of those that the picker finds can be chosen.

use backend::accounts::Admin;
use domain::{GroupName, RoomId, UserId, UserSummary};

use super::{backend, found, reject, session};
use crate::{error::AppError, functions::picker::Offer};

/// Offers users: says who of them is a member of the room, or in the group, already, and who is or
/// would be the owner.
pub(crate) async fn offer(
    admin: &Admin,
    users: Vec<UserSummary>,
    room: Option<RoomId>,
    group: Option<GroupName>,
) -> Result<Offer, AppError> {
    let backend = backend();
    let ids: Vec<UserId> = users.iter().map(|it| it.user_id.clone()).collect();
    let (specified, owner) = match (room, group) {
        (Some(room), _) => {
            let asked = backend.rooms.with_members(admin, &room, &ids).await;
            let (room, members) = found(asked.map_err(|it| reject(&it))?)?;
            (members, Some(room.owner.user_id))
        }
        (None, Some(group)) => {
            let there = backend.groups.user_ids(admin, &group, &ids).await;
            (found(there.map_err(|it| reject(&it))?)?, None)
        }
        (None, None) => (Vec::new(), Some(session()?.user().user_id.clone())),
    };
    Ok(Offer { users, specified, owner, ..Offer::default() })
}
