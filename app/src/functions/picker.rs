//! Whom the picker offers: for a term, out of a group, and for a pasted list of User IDs.
//!
//! `room` is the room to which members are added, `group` the group into which users are put; both are
//! none while a room is being created.

use domain::{GroupName, GroupSummary, RoomId, UserId, UserSummary};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use super::json::Json;
use crate::error::AppError;

/// Whom the picker offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Users in the order of the search: exact User ID, word starts, the rest; or as they were asked for.
    pub users: Vec<UserSummary>,
    /// Groups that the term finds too.
    pub groups: Vec<GroupSummary>,
    /// Those of the users who are members of the room, or in the group, already.
    pub specified: Vec<UserId>,
    /// The room's owner, or whoever would own it; nobody owns a group.
    pub owner: Option<UserId>,
    /// Whether there are more users than offered.
    pub more: bool,
    /// User IDs that were asked for and that nobody has.
    pub unknown: Vec<String>,
}

/// Whom the picker offers for a term, or first of all where nothing is typed yet.
#[server(prefix = "/api", endpoint = "rooms/candidates", input = GetUrl, output = Json)]
pub async fn candidates(
    term: String,
    room: Option<RoomId>,
    group: Option<GroupName>,
) -> Result<Offer, AppError> {
    use crate::server::{backend, offer, picker_refused, reject, staff};
    use domain::SearchTerm;
    let staff = staff()?;
    let picker = &backend().picker;
    let term = SearchTerm::parse(&term);
    let users = picker.users(&staff, term.as_ref()).await.map_err(picker_refused)?;
    let groups = match &term {
        Some(term) => picker.groups(&staff, term).await.map_err(|it| reject(&it))?,
        None => Vec::new(),
    };
    let groups = groups.into_iter().filter(|it| group.as_ref() != Some(&it.name)).collect();
    let offered = offer(&staff, users.rows, room, group).await?;
    Ok(Offer { groups, more: users.more, ..offered })
}

/// The people who are in a group now.
#[server(prefix = "/api", endpoint = "groups/members", input = GetUrl, output = Json)]
pub async fn group_members(
    name: GroupName,
    room: Option<RoomId>,
    group: Option<GroupName>,
) -> Result<Offer, AppError> {
    use crate::server::{backend, offer, picker_refused, staff};
    let staff = staff()?;
    let people = backend().picker.group(&staff, &name).await.map_err(picker_refused)?;
    let offered = offer(&staff, people.rows, room, group).await?;
    Ok(Offer { more: people.more, ..offered })
}

/// The users of a pasted list, each once, and what of it nobody has. By POST, since it may be long.
#[server(prefix = "/api", endpoint = "rooms/look-up", output = Json)]
pub async fn look_up(
    pasted: String,
    room: Option<RoomId>,
    group: Option<GroupName>,
) -> Result<Offer, AppError> {
    use crate::server::{answer, backend, offer, picker_refused, staff};
    use domain::{
        Problem,
        pasted::{Listed, user_ids},
        room::SpecifyForm,
    };
    let staff = staff()?;
    let max = SpecifyForm::MAX_MEMBERS;
    let Listed { ids, broken } = Listed::of(user_ids(&pasted));
    if ids.len() + broken.len() > max as usize {
        return Err(answer(AppError::Refused(Problem::TooMany { max })));
    }
    let users = backend().picker.named(&staff, &ids).await.map_err(picker_refused)?;
    let unknown = Listed { ids, broken }.besides(users.iter().map(|it| &it.user_id));
    Ok(Offer { unknown, ..offer(&staff, users, room, group).await? })
}
