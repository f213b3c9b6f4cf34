//! Users: who exists, and what the school keeps of them.

mod deletion;
mod many;

use std::{collections::HashMap, sync::Arc};

use domain::{
    ConsoleRole, Cursor, GroupName, Nickname, Page, SearchTerm, Timestamp, UserId, UserStatus,
    UserSummary, UsersAsked,
    image::{ImageName, ImageProblem},
    user::{ListedUser, UserDetails, UserProfile},
};
use serde_json::json;

pub use self::deletion::DeleteRefusal;
pub(crate) use self::deletion::possible_owner;
pub use self::many::ManyRefusal;
use crate::{
    Found, Internal,
    accounts::Admin,
    audit::{self, Action, Author, Subject},
    clock::Clock,
    images::{ImageRefusal, Images, UploadedImage},
    store::{
        self, Db, Store, Tx, accounts as sessions,
        counters::{self, Counter},
        groups, user_list, users,
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

/// How many users there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// All of them.
    pub users: u64,
    /// Those who are active.
    pub active: u64,
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
    /// The picture is refused.
    #[error("the picture is refused")]
    Image(ImageProblem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

/// Why a user wasn't deactivated or reactivated.
#[derive(Debug, thiserror::Error)]
pub enum StatusRefusal {
    /// There is no such user.
    #[error("there is no such user")]
    NotFound,
    /// There would be no Admin left who can sign in.
    #[error("there would be no Admin left")]
    LastAdmin,
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

    /// Edits a user. Another role ends their sessions.
    pub async fn edit(
        &self,
        admin: &Admin,
        user_id: &UserId,
        profile: &UserProfile,
        image: ImageChange,
    ) -> Result<UserSummary, EditRefusal> {
        let image = self.prepare(image).await?;
        let mut tx = admin.begin(&self.store).await?;
        let before = users::find(&mut tx, user_id).await?.ok_or(EditRefusal::NotFound)?;
        if profile.role != ConsoleRole::Admin && is_last_admin(&mut tx, &before).await? {
            return Err(EditRefusal::LastAdmin);
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
            sessions::end_sessions_of(tx, before.number).await?;
        }
        let detail = json!({
            "before": details(&before.summary, groups),
            "after": details(after, profile.groups.clone()),
        });
        let subject = Subject::user(&after.user_id);
        audit::note(tx, now, admin.author(), Action::UserEdit, subject, detail).await
    }

    /// Deactivates a user and ends their sessions; one who is deactivated already stays so.
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
        self.change_status(&mut tx, admin, &user, status).await?;
        store::commit(tx).await?;
        Ok(UserSummary { status, ..user.summary })
    }

    /// Makes a user active or deactivated who was the other.
    async fn change_status(
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
        sessions::end_sessions_of(tx, user.number).await?;
        let subject = Subject::user(&user.summary.user_id);
        audit::note(tx, now, admin.author(), action, subject, json!({})).await
    }

    /// A page of the users asked for.
    pub async fn list(
        &self,
        _: &Admin,
        asked: &UsersAsked,
        cursor: Option<&Cursor>,
    ) -> Result<Page<UserSummary>, Internal> {
        user_list::page(&mut *self.store.read().await?, asked, cursor).await
    }

    /// The users asked for whom a term finds: the one whose User ID it is, then by word starts, then by any
    /// part. Deactivated ones are among them.
    pub async fn search(
        &self,
        _: &Admin,
        term: &SearchTerm,
        asked: &UsersAsked,
        limit: u32,
    ) -> Result<Found<UserSummary>, Internal> {
        user_list::search(&mut *self.store.read().await?, term, asked, limit).await
    }

    /// These users with the first of their groups.
    pub async fn with_groups(
        &self,
        _: &Admin,
        users: Vec<UserSummary>,
    ) -> Result<Vec<ListedUser>, Internal> {
        let pairs = user_list::groups_of(&mut *self.store.read().await?, &users).await?;
        let mut groups: HashMap<String, Vec<GroupName>> = HashMap::new();
        for (key, group) in pairs {
            groups.entry(key).or_default().push(group);
        }
        let listed = users.into_iter().map(|user| {
            let mut groups = groups.remove(&user.user_id.key()).unwrap_or_default();
            groups.sort_by_cached_key(GroupName::key);
            let more = groups.len().saturating_sub(ListedUser::GROUPS);
            groups.truncate(ListedUser::GROUPS);
            ListedUser { user, groups, more_groups: u32::try_from(more).unwrap_or(u32::MAX) }
        });
        Ok(listed.collect())
    }

    /// How many users there are.
    pub async fn totals(&self, _: &Admin) -> Result<Totals, Internal> {
        let mut db = self.store.read().await?;
        Ok(Totals {
            users: counters::read(&mut db, Counter::Users).await?,
            active: counters::read(&mut db, Counter::ActiveUsers).await?,
        })
    }

    /// A user with everything that their page shows.
    pub async fn details(
        &self,
        _: &Admin,
        user_id: &UserId,
    ) -> Result<Option<UserDetails>, Internal> {
        let mut db = self.store.read().await?;
        let Some(user) = users::find(&mut db, user_id).await? else { return Ok(None) };
        let groups = groups::of_user(&mut db, user.number).await?;
        Ok(Some(details(&user.summary, groups.into_iter().map(|it| it.summary.name).collect())))
    }

    /// Who has that User ID, or had it; `None` where it can be given.
    pub async fn taken(&self, _: &Admin, user_id: &UserId) -> Result<Option<Taken>, Internal> {
        let mut db = self.store.read().await?;
        if let Some(by) = users::former(&mut db, user_id).await? {
            return Ok(Some(Taken { by, nickname: None }));
        }
        let user = users::find(&mut db, user_id).await?;
        Ok(user.map(|it| Taken::by(it.summary)))
    }

    /// The user of that User ID.
    pub async fn find(&self, _: &Admin, user_id: &UserId) -> Result<Option<UserSummary>, Internal> {
        let user = users::find(&mut *self.store.read().await?, user_id).await?;
        Ok(user.map(|it| it.summary))
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

impl Taken {
    fn by(user: UserSummary) -> Self {
        Self { by: user.user_id, nickname: Some(user.nickname) }
    }
}

/// Makes a user with their groups, and notes it.
pub(crate) async fn insert(
    tx: &mut Tx,
    author: Author<'_>,
    action: Action,
    new: NewUser<'_>,
    now: Timestamp,
) -> Result<Result<StoredUser, Taken>, Internal> {
    if let Some(by) = users::former(tx, new.user_id).await? {
        return Ok(Err(Taken { by, nickname: None }));
    }
    let Some(number) = users::insert(tx, &new, now).await? else {
        return taken_by(tx, new.user_id).await.map(Err);
    };
    groups::set(tx, number, &new.profile.groups).await?;
    let summary = UserSummary {
        user_id: new.user_id.clone(),
        nickname: new.profile.nickname.clone(),
        image: new.image.cloned(),
        permission: new.profile.permission,
        role: new.profile.role,
        status: UserStatus::Active,
    };
    let detail = json!({ "after": details(&summary, new.profile.groups.clone()) });
    let subject = Subject::user(new.user_id);
    audit::note(tx, now, author, action, subject, detail).await?;
    Ok(Ok(StoredUser { number, summary }))
}

async fn taken_by(db: &mut Db, user_id: &UserId) -> Result<Taken, Internal> {
    let user = users::find(db, user_id).await?;
    let user = user.ok_or_else(|| Internal::other("a User ID is taken by nobody"))?;
    Ok(Taken::by(user.summary))
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

fn details(summary: &UserSummary, groups: Vec<GroupName>) -> UserDetails {
    UserDetails { summary: summary.clone(), groups }
}
