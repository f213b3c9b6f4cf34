//! A server of its own for each test.

use std::{path::Path, sync::Arc};

use axum::Router;
use backend::{
    Backend, Config,
    accounts::{Admin, Context},
    clock::ManualClock,
    links::Whose,
    rooms::RoomOwner,
};
use domain::{
    Password, RoomId, Timestamp, UserId,
    entry_link::{EntryToken, LinkAct},
};
use server::{Patience, Server, public_url::PublicUrl, router};
use tempfile::TempDir;

use crate::browser::Browser;

/// The first Admin's password.
pub const PASSWORD: &str = "correct horse";

/// A server over an empty data folder.
pub struct House {
    pub backend: Arc<Backend>,
    pub clock: Arc<ManualClock>,
    pub router: Router,
    pub server: Server,
    host: String,
    folder: TempDir,
}

impl House {
    pub async fn new() -> Self {
        Self::at("http://127.0.0.1:3000").await
    }

    /// A server that people reach at that address, through a proxy on this machine.
    pub async fn at(public_url: &str) -> Self {
        Self::with(tempfile::tempdir().unwrap(), public_url, Patience::default()).await
    }

    /// A server with little patience with sockets.
    pub async fn hasty(patience: Patience) -> Self {
        Self::with(tempfile::tempdir().unwrap(), "http://127.0.0.1:3000", patience).await
    }

    /// A server over a data folder that is there.
    pub async fn over(folder: TempDir) -> Self {
        Self::with(folder, "http://127.0.0.1:3000", Patience::default()).await
    }

    async fn with(folder: TempDir, public_url: &str, patience: Patience) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_micros(1_700_000_000_000_000)));
        let config = Config { data_dir: folder.path().to_owned(), database_url: None };
        let backend = Backend::open_with_clock(config, clock.clone()).await.unwrap();
        let backend = Arc::new(backend);
        let public_url: PublicUrl = public_url.parse().unwrap();
        let host = public_url.to_string().split_once("://").unwrap().1.to_owned();
        let proxies = vec!["127.0.0.1".parse().unwrap()];
        let listening_on = ([127, 0, 0, 1], 3000).into();
        let server = Server::with(backend.clone(), public_url, listening_on, proxies, patience);
        Self { backend, clock, router: router(server.clone()), server, host, folder }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Closes it, and leaves its folder.
    pub async fn close(self) -> TempDir {
        self.backend.close().await;
        self.folder
    }

    /// Somebody who has never been here.
    pub fn visitor(&self) -> Browser {
        Browser::new(self.router.clone(), &self.host)
    }

    /// Somebody who meets these routes in place of the console's.
    pub fn visitor_of(&self, routes: Router) -> Browser {
        Browser::new(routes, &self.host)
    }

    /// The first Admin, who was created in the browser and is signed in there.
    pub async fn admin(&self) -> Browser {
        let mut admin = self.visitor();
        let secret = self.printed_secret().await.unwrap();
        let answer = admin.post("/setup", &first_admin(&secret)).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        admin
    }

    /// The first Admin, as use cases know them.
    pub async fn session_of_admin(&self) -> Admin {
        let context = Context {
            request_id: "r".to_owned(),
            address: "127.0.0.1".to_owned(),
            browser: "test".to_owned(),
        };
        let accounts = &self.backend.accounts;
        let secret = accounts.sign_in("A-hana", PASSWORD, &context).await.unwrap();
        let session = accounts.session(secret.reveal(), context).await.unwrap().unwrap();
        session.admin().unwrap()
    }

    /// Somebody who is signed in with that role.
    pub async fn signed_in_as(&self, admin: &mut Browser, role: &str) -> Browser {
        let user_id = format!("as-{role}");
        admin.upload("/users/new", &[("user_id", &user_id), ("role", role)], None).await;
        self.db_give_password(&user_id).await;
        let mut browser = self.visitor();
        browser.sign_in(&user_id, PASSWORD).await;
        browser
    }

    /// The token of somebody's entry link to a room, or of the one that all may share.
    pub async fn db_link(&self, room: &str, user_id: Option<&str>) -> EntryToken {
        self.backend.links.show(&self.db_owner(room).await, &whose(user_id)).await.unwrap().token
    }

    /// Does that to such a link.
    pub async fn db_change_link(&self, room: &str, user_id: Option<&str>, act: LinkAct) {
        let owner = self.db_owner(room).await;
        self.backend.links.change(&owner, &whose(user_id), act).await.unwrap();
    }

    async fn db_owner(&self, room: &str) -> RoomOwner {
        let (operator, room) = (Admin::operator(), RoomId::parse(room).unwrap());
        self.backend.rooms.owner(&operator, &room).await.unwrap()
    }

    /// The secret of the link that `rollcall serve` prints.
    pub async fn printed_secret(&self) -> Option<String> {
        let secret = self.backend.accounts.setup_link().await.unwrap();
        secret.map(|it| it.reveal().to_owned())
    }

    /// What `rollcall admin reset-password` does.
    pub async fn db_give_password(&self, user_id: &str) {
        let (user_id, password) =
            (UserId::parse(user_id).unwrap(), Password::parse(PASSWORD, None).unwrap());
        let operator = Admin::operator();
        self.backend.accounts.reset_password(&operator, &user_id, &password).await.unwrap();
    }
}

fn whose(user_id: Option<&str>) -> Whose {
    user_id.map_or(Whose::Everybody, |it| Whose::User(UserId::parse(it).unwrap()))
}

/// The form that creates the first Admin.
pub fn first_admin(secret: &str) -> Vec<(&str, &str)> {
    vec![
        ("secret", secret),
        ("user_id", "A-hana"),
        ("nickname", "Hana Lee"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ]
}
