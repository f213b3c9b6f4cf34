//! Users: who exists, and what the school keeps of them.

mod deletion;
mod many;
mod reading;
mod status;

use std::sync::Arc;

use domain::{
    ConsoleRole, Edition, GroupName, Nickname, Timestamp, UserId, UserStatus, UserSummary,
    image::{ImageName, ImageProblem},
    user::{UserDetails, UserProfile},
};
use serde_json::{Value, json};

use self::deletion::has_rooms_to_leave;
pub(crate) use self::deletion::possible_owner;
pub use self::deletion::{DeleteRefusal, HandOverRefusal};
pub use self::{many::ManyRefusal, reading::Totals, status::StatusRefusal};
use crate::{
    Internal,
    accounts::Admin,
    audit::{self, Action, Author, Subject},
    bans,
    clock::Clock,
    edition::edition,
    images::{ImageRefusal, Images, UploadedImage},
    store::{
        self, Db, Store, Tx, accounts as sessions, groups, password_links, users,
        users::{NewUser, StoredUser},
    },
};

/// The use cases about users.
#[derive(Debug)]
pub struct Users {
    store: Store,
    images: Arc<Images>,
    clock: Arc<dyn Clock>,
}

/// What becomes of the profile image when a user is edited.
#[derive(Debug)]
pub enum ImageChange<I = UploadedImage> {
    /// It stays as it is.
    Keep,
    /// The user has none from now on.
    Remove,
    /// Another takes its place.
    Replace(I),
}

/// Why a user wasn't made.
#[derive(Debug, thiserror::Error)]
pub enum CreateRefusal {
    /// Somebody has that User ID, or had it.
    #[error("the User ID is taken by {by}")]
    Taken {
        /// The User ID as it was first typed.
        by: UserId,
        /// Who has it, when they still exist.
        nickname: Option<Nickname>,
    },
    /// The picture is refused.
    #[error("the picture is refused")]
    Image(ImageProblem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

/// Why a user wasn't edited.
#[derive(Debug, thiserror::Error)]
pub enum EditRefusal {
    /// There is no such user.
    #[error("there is no such user")]
    NotFound,
    /// There would be no Admin left who can sign in.
    #[error("there would be no Admin left")]
    LastAdmin,
    /// They own rooms, which somebody must take before they lose their role.
    #[error("somebody must take the rooms first")]
    OwnsRooms,
    /// Somebody else has changed the user since.
    #[error("the user is not any more what was edited")]
    Outdated,
    /// The picture is refused.
    #[error("the picture is refused")]
    Image(ImageProblem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl From<Taken> for CreateRefusal {
    fn from(Taken { by, nickname }: Taken) -> Self {
        Self::Taken { by, nickname }
    }
}

impl From<ImageRefusal> for CreateRefusal {
    fn from(refusal: ImageRefusal) -> Self {
        match refusal {
            ImageRefusal::Problem(problem) => Self::Image(problem),
            ImageRefusal::Internal(error) => Self::Internal(error),
        }
    }
}

impl From<ImageRefusal> for EditRefusal {
    fn from(refusal: ImageRefusal) -> Self {
        match refusal {
            ImageRefusal::Problem(problem) => Self::Image(problem),
            ImageRefusal::Internal(error) => Self::Internal(error),
        }
    }
}

impl Users {
    pub(crate) fn new(store: Store, images: Arc<Images>, clock: Arc<dyn Clock>) -> Self {
        Self { store, images, clock }
    }

    /// Makes a user. Whatever exists already is left as it is.
    pub async fn create(
        &self,
        admin: &Admin,
        user_id: &UserId,
        profile: &UserProfile,
        image: Option<UploadedImage>,
    ) -> Result<UserSummary, CreateRefusal> {
        let image = match image {
            Some(upload) => Some(self.images.normalise(upload).await?.name),
            None => None,
        };
        let new = NewUser { user_id, profile, image: image.as_ref(), password: None };
        let mut tx = admin.begin(&self.store).await?;
        let created =
            insert(&mut tx, admin.author(), Action::UserCreate, new, self.clock.now()).await?;
        let user = created.map_err(CreateRefusal::from)?;
        store::commit(tx).await?;
        Ok(user.summary)
    }

    /// Edits a user, if they are still of that edition, where one is given. Another role ends their
    /// sessions; that of Admin lifts their bans; who owns rooms keeps a role, until somebody [takes these](Self::hand_over).
    pub async fn edit(
        &self,
        admin: &Admin,
        user_id: &UserId,
        profile: &UserProfile,
        image: ImageChange,
        seen: Option<&Edition>,
    ) -> Result<UserSummary, EditRefusal> {
        let image = self.prepare(image).await?;
        let mut tx = admin.begin(&self.store).await?;
        let before = users::find(&mut tx, user_id).await?.ok_or(EditRefusal::NotFound)?;
        if let Some(seen) = seen {
            let now = details(&mut tx, &before, self.clock.now()).await?;
            if !seen.is_still(&now.edition) {
                return Err(EditRefusal::Outdated);
            }
        }
        if profile.role != ConsoleRole::Admin && is_last_admin(&mut tx, &before).await? {
            return Err(EditRefusal::LastAdmin);
        }
        if profile.role == ConsoleRole::None && has_rooms_to_leave(&mut tx, &before).await? {
            return Err(EditRefusal::OwnsRooms);
        }
        let after = edited(&before.summary, profile, image);
        self.apply(&mut tx, admin, &before, &after, profile).await?;
        store::commit(tx).await?;
        Ok(after)
    }

    /// Keeps the new image, if there is one, before any transaction begins, since that takes long.
    async fn prepare(&self, change: ImageChange) -> Result<ImageChange<ImageName>, ImageRefusal> {
        Ok(match change {
            ImageChange::Keep => ImageChange::Keep,
            ImageChange::Remove => ImageChange::Remove,
            ImageChange::Replace(upload) => {
                ImageChange::Replace(self.images.normalise(upload).await?.name)
            }
        })
    }

    async fn apply(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        before: &StoredUser,
        after: &UserSummary,
        profile: &UserProfile,
    ) -> Result<(), Internal> {
        let now = self.clock.now();
        users::update(tx, before, profile, after.image.as_ref(), now).await?;
        let groups = groups::set(tx, before.number, &profile.groups).await?;
        if before.summary.role != after.role {
            sessions::shut_out(tx, before.number).await?;
        }
        if after.role == ConsoleRole::Admin {
            bans::lift_all(tx, before, admin.author(), now).await?;
        }
        let detail = json!({
            "before": noted(&before.summary, &groups),
            "after": noted(after, &profile.groups),
        });
        let subject = Subject::user(&after.user_id);
        audit::note(tx, now, admin.author(), Action::UserEdit, subject, detail).await
    }
}

/// A User ID can't be given: somebody has it, or had it.
#[derive(Debug)]
pub struct Taken {
    /// The User ID as it was first typed.
    pub by: UserId,
    /// Who has it, when they still exist.
    pub nickname: Option<Nickname>,
}

/// Makes a user with their groups, and notes it.
pub(crate) async fn insert(
    tx: &mut Tx,
    author: Author<'_>,
    action: Action,
    new: NewUser<'_>,
    now: Timestamp,
) -> Result<Result<StoredUser, Taken>, Internal> {
    let Some(number) = users::insert(tx, &new, now).await? else {
        let taken = taken(tx, new.user_id).await?;
        return Ok(Err(taken.ok_or_else(|| Internal::other("a User ID is taken by nobody"))?));
    };
    for group in &new.profile.groups {
        let group = groups::find_or_make(tx, group).await?;
        groups::join(tx, group.number, &[number]).await?;
    }
    let summary = UserSummary {
        user_id: new.user_id.clone(),
        nickname: new.profile.nickname.clone(),
        image: new.image.cloned(),
        permission: new.profile.permission,
        role: new.profile.role,
        status: UserStatus::Active,
    };
    let detail = json!({ "after": noted(&summary, &new.profile.groups) });
    let subject = Subject::user(new.user_id);
    audit::note(tx, now, author, action, subject, detail).await?;
    Ok(Ok(StoredUser { number, summary }))
}

/// Who has a User ID, or had it; `None` where it can be given.
async fn taken(db: &mut Db, user_id: &UserId) -> Result<Option<Taken>, Internal> {
    if let Some(by) = users::former(db, user_id).await? {
        return Ok(Some(Taken { by, nickname: None }));
    }
    let user = users::find(db, user_id).await?;
    Ok(user.map(|it| Taken { by: it.summary.user_id, nickname: Some(it.summary.nickname) }))
}

/// Whether nobody could sign in as Admin any more without that user.
async fn is_last_admin(db: &mut Db, user: &StoredUser) -> Result<bool, Internal> {
    let admin =
        user.summary.role == ConsoleRole::Admin && user.summary.status == UserStatus::Active;
    Ok(admin && !users::other_admin(db, Some(user.number)).await?)
}

fn edited(
    before: &UserSummary,
    profile: &UserProfile,
    image: ImageChange<ImageName>,
) -> UserSummary {
    UserSummary {
        user_id: before.user_id.clone(),
        nickname: profile.nickname.clone(),
        image: match image {
            ImageChange::Keep => before.image.clone(),
            ImageChange::Remove => None,
            ImageChange::Replace(name) => Some(name),
        },
        permission: profile.permission,
        role: profile.role,
        status: before.status,
    }
}

/// What the audit log keeps of a user.
fn noted(summary: &UserSummary, groups: &[GroupName]) -> Value {
    json!({ "summary": summary, "groups": groups })
}

/// A user with everything that their page shows, read at that moment.
async fn details(db: &mut Db, user: &StoredUser, now: Timestamp) -> Result<UserDetails, Internal> {
    let groups = groups::of_user(db, user.number).await?;
    let groups: Vec<_> = groups.into_iter().map(|it| it.summary.name).collect();
    let summary = user.summary.clone();
    // Whoever deactivates a user edits nothing that stands in the form.
    let shown = (&summary.nickname, &summary.image, summary.permission, summary.role, &groups);
    let edition = edition(now, &shown)?;
    let sign_in = match summary.role {
        ConsoleRole::None => None,
        ConsoleRole::Teacher | ConsoleRole::Admin => {
            Some(password_links::sign_in(db, user.number, now).await?)
        }
    };
    Ok(UserDetails { edition, summary, groups, sign_in })
}
