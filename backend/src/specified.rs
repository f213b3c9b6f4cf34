//! Users named in a form: all of them must exist and be active, or none is taken.

use std::collections::HashMap;

use domain::{Problem, UserId, UserStatus};

use crate::{
    Internal,
    store::{Db, users, users::StoredUser},
};

/// The users of those User IDs, in their order; the problem names those that nobody has.
pub(crate) async fn known(
    db: &mut Db,
    ids: &[&UserId],
) -> Result<Result<Vec<StoredUser>, Problem>, Internal> {
    if ids.is_empty() {
        return Ok(Ok(Vec::new()));
    }
    let keys: Vec<String> = ids.iter().map(|it| it.key()).collect();
    let known: HashMap<String, StoredUser> = users::by_keys(db, &keys).await?.into_iter().collect();
    let (mut users, mut unknown) = (Vec::with_capacity(ids.len()), Vec::new());
    for (id, key) in ids.iter().zip(&keys) {
        match known.get(key) {
            Some(user) => users.push(user.clone()),
            None => unknown.push(id.to_string()),
        }
    }
    Ok(if unknown.is_empty() { Ok(users) } else { Err(Problem::UnknownUsers(unknown)) })
}

/// Finds that all users are active; the problem names those who aren't.
pub(crate) fn all_active<'u>(users: impl Iterator<Item = &'u StoredUser>) -> Result<(), Problem> {
    let deactivated: Vec<UserId> = users
        .filter(|it| it.summary.status == UserStatus::Deactivated)
        .map(|it| it.summary.user_id.clone())
        .collect();
    if deactivated.is_empty() { Ok(()) } else { Err(Problem::DeactivatedUsers(deactivated)) }
}
