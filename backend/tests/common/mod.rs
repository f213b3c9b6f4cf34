//! A school of its own for each test: a fresh folder, a clock that stands still, and an Admin.
//!
//! Everything goes through the use cases. Helpers that look into the database are called `db_…`.

pub mod files;

use std::{path::Path, sync::Arc};

use backend::{
    Backend, Config, Secret,
    accounts::{Admin, Context, NewAdmin, Session},
    clock::ManualClock,
    rooms::{RoomOwner, RoomReader},
};
use domain::{
    ConsoleRole, EntryPermission, GroupName, Nickname, Password, RoomId, RoomName, RoomType,
    SearchTerm, Timestamp, UserId, UserSummary,
    room::{RoomDraft, RoomLimits, Specified},
    user::UserProfile,
};
use sqlx::{AnyConnection, Connection, Row};
use tempfile::TempDir;

pub const PASSWORD: &str = "correct horse";

pub struct School {
    pub backend: Arc<Backend>,
    pub clock: Arc<ManualClock>,
    pub admin: Admin,
    pub secret: Secret,
    folder: TempDir,
}

impl School {
    /// A school with its first Admin, `A-hana`, signed in.
    pub async fn open() -> Self {
        let (backend, clock, folder) = empty().await;
        let link = backend.accounts.setup_link().await.unwrap().unwrap();
        let new = new_admin("A-hana");
        let secret =
            backend.accounts.create_first_admin(link.reveal(), &new, &context()).await.unwrap();
        let session = backend.accounts.session(secret.reveal(), context()).await.unwrap().unwrap();
        let admin = session.admin().unwrap();
        Self { backend, clock, admin, secret, folder }
    }

    pub async fn user(&self, id: &str) -> UserSummary {
        self.user_with(id, |_| {}).await
    }

    pub async fn user_with(&self, id: &str, change: impl FnOnce(&mut UserProfile)) -> UserSummary {
        let mut profile = profile(id);
        change(&mut profile);
        self.backend.users.create(&self.admin, &user_id(id), &profile, None).await.unwrap()
    }

    /// Another Admin, who can sign in.
    pub async fn other_admin(&self, id: &str) -> UserSummary {
        self.backend.accounts.create_admin(&self.admin, &new_admin(id)).await.unwrap()
    }

    /// How many are in a room.
    pub fn inside(&self, room: &RoomId) -> u32 {
        self.backend.classroom.in_progress(&self.admin).inside(room).unwrap_or_default()
    }

    pub async fn room(&self, name: &str, members: &[&str]) -> RoomId {
        let draft = draft(name, RoomType::Private, members);
        self.backend.rooms.create(&self.admin, &draft).await.unwrap()
    }

    /// The proof that the Admin may change a room.
    pub async fn owner(&self, room: &RoomId) -> RoomOwner {
        self.backend.rooms.owner(&self.admin, room).await.unwrap()
    }

    /// The proof that the Admin may see a room.
    pub async fn reader(&self, room: &RoomId) -> RoomReader {
        self.backend.rooms.reader(&self.admin, room).await.unwrap()
    }

    pub async fn session(&self, secret: &Secret) -> Option<Session> {
        self.backend.accounts.session(secret.reveal(), context()).await.unwrap()
    }

    pub async fn sign_in(&self, id: &str) -> Secret {
        self.backend.accounts.sign_in(id, PASSWORD, &context()).await.unwrap()
    }

    /// What another process has that opens the same folder.
    pub async fn beside(&self) -> Backend {
        Backend::open_beside(config(&self.folder)).await.unwrap()
    }

    /// Gives a user the password, as the command line does.
    pub async fn give_password(&self, id: &str) {
        let password = Password::parse(PASSWORD, None).unwrap();
        let accounts = &self.backend.accounts;
        accounts.reset_password(&self.admin, &user_id(id), &password).await.unwrap();
    }

    pub async fn db(&self) -> AnyConnection {
        db_in(self.folder()).await
    }

    /// The folder where it is kept.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Closes the school and leaves its folder.
    pub async fn close(self) -> TempDir {
        self.backend.close().await;
        self.folder
    }

    /// What the audit log says was done: action, actor, user and room.
    pub async fn db_audit(&self) -> Vec<String> {
        let rows = sqlx::query("SELECT action, actor, user_id, room_id FROM audit ORDER BY id")
            .fetch_all(&mut self.db().await)
            .await
            .unwrap();
        let text = |row: &sqlx::any::AnyRow, at: usize| -> String {
            row.get::<Option<String>, _>(at).unwrap_or_else(|| "-".to_owned())
        };
        rows.iter().map(|it| [0, 1, 2, 3].map(|at| text(it, at)).join(" ")).collect()
    }
}

/// The database in a data folder.
pub async fn db_in(folder: &Path) -> AnyConnection {
    sqlx::any::install_default_drivers();
    let file = folder.join("rollcall.db");
    AnyConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap()
}

/// A folder in which nobody exists yet.
pub async fn empty() -> (Arc<Backend>, Arc<ManualClock>, TempDir) {
    let folder = TempDir::new().unwrap();
    let clock = Arc::new(ManualClock::at(Timestamp::from_micros(1_800_000_000_000_000)));
    let backend = Backend::open_with_clock(config(&folder), clock.clone()).await.unwrap();
    (Arc::new(backend), clock, folder)
}

pub fn config(folder: &TempDir) -> Config {
    Config { data_dir: folder.path().to_owned(), database_url: None }
}

pub fn context() -> Context {
    context_from("10.0.0.1")
}

pub fn context_from(address: &str) -> Context {
    Context {
        request_id: "r-1".to_owned(),
        address: address.to_owned(),
        browser: "test".to_owned(),
    }
}

pub fn new_admin(id: &str) -> NewAdmin {
    NewAdmin {
        user_id: user_id(id),
        nickname: Nickname::parse(id).unwrap(),
        password: Password::parse(PASSWORD, None).unwrap(),
    }
}

pub fn user_id(id: &str) -> UserId {
    UserId::parse(id).unwrap()
}

pub fn term(raw: &str) -> SearchTerm {
    SearchTerm::parse(raw).unwrap()
}

pub fn group(name: &str) -> GroupName {
    GroupName::parse(name).unwrap()
}

pub fn profile(nickname: &str) -> UserProfile {
    UserProfile {
        nickname: Nickname::parse(nickname).unwrap(),
        permission: EntryPermission::Guest,
        groups: Vec::new(),
        role: ConsoleRole::None,
    }
}

pub fn specified(id: &str) -> Specified {
    Specified { user_id: user_id(id), permission: None }
}

pub fn draft(name: &str, room_type: RoomType, members: &[&str]) -> RoomDraft {
    RoomDraft {
        name: RoomName::parse(name).unwrap(),
        room_type,
        limits: RoomLimits::default(),
        members: members.iter().map(|it| specified(it)).collect(),
    }
}

pub fn ids<'a>(users: impl IntoIterator<Item = &'a UserSummary>) -> Vec<&'a str> {
    users.into_iter().map(|it| it.user_id.as_str()).collect()
}
