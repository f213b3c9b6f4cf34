//! Rollcall's use cases, and what they need: the store, the images and the clock.
//!
//! One module per noun. A use case parses nothing: it takes values of [`domain`] and proofs of who
//! acts, does its work in one transaction, and answers with values or with a closed enum of what
//! was refused. What fails for no fault of whoever asked is [`Internal`]. All SQL stands in the
//! private `store`.
#![deny(missing_docs)]

pub mod accounts;
pub mod allowance;
pub mod audit;
pub mod backup;
pub mod bans;
pub mod classroom;
pub mod clock;
mod csv;
pub mod doctor;
mod edition;
pub mod elsewhere;
pub mod entry;
mod error;
mod found;
pub mod groups;
pub mod history;
mod ids;
pub mod images;
mod layout;
pub mod links;
pub mod live;
pub mod meetings;
mod opening;
pub mod picker;
pub mod rooms;
pub mod seed;
pub mod settings;
mod shown;
mod specified;
mod store;
pub mod users;
mod zone;

use std::sync::Arc;

use self::{
    accounts::{Accounts, Refusals},
    audit::AuditLog,
    bans::Bans,
    classroom::{Classroom, Hub, door::Door, scribe::Scribe},
    clock::{Clock, SystemClock},
    elsewhere::Elsewhere,
    entry::Entry,
    groups::Groups,
    history::History,
    images::Images,
    links::{LinkKey, Links},
    live::Live,
    meetings::Meetings,
    opening::Lock,
    picker::Picker,
    rooms::Rooms,
    settings::SchoolSettings,
    shown::Shown,
    store::Store,
    users::Users,
};
pub use self::{
    error::{Internal, InternalKind},
    found::Found,
    ids::Secret,
    opening::{Config, OpenError},
    shown::ShownRefusal,
    zone::Zone,
};

/// Everything that can be done with one data folder.
#[derive(Debug)]
pub struct Backend {
    /// Who exists.
    pub users: Users,
    /// Named sets of users.
    pub groups: Groups,
    /// Places to meet, and who is specified for them.
    pub rooms: Rooms,
    /// By what people come to a room.
    pub links: Arc<Links>,
    /// Whom somebody may specify.
    pub picker: Picker,
    /// Who may enter.
    pub entry: Entry,
    /// Where they do.
    pub door: Door,
    /// Who may not, whatever else lets them.
    pub bans: Bans,
    /// What goes on in rooms.
    pub classroom: Classroom,
    /// What went on in them.
    pub meetings: Meetings,
    /// What was done to one user, and in one room.
    pub history: History,
    /// All that was done.
    pub audit: AuditLog,
    /// Who is signed in.
    pub accounts: Accounts,
    /// What holds for the whole school.
    pub settings: Arc<SchoolSettings>,
    /// The pictures of users.
    pub images: Arc<Images>,
    /// What changes, for those who look at it.
    pub live: Live,
    /// What writes down what happens in meetings.
    pub scribe: Scribe,
    store: Store,
    /// Held as long as the backend lives; nothing where another process has it.
    _lock: Option<Lock>,
}

impl Backend {
    /// Opens a data folder for this process alone, and makes what is missing in it.
    pub async fn open(config: Config) -> Result<Self, OpenError> {
        Self::open_with_clock(config, Arc::new(SystemClock)).await
    }

    /// Opens a data folder as [`open`](Self::open) does, but goes by that clock.
    pub async fn open_with_clock(config: Config, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        config.make_folders()?;
        let lock = config.try_lock()?.ok_or_else(|| OpenError::InUse(config.data_dir.clone()))?;
        Self::assemble(&config, Some(lock), clock).await
    }

    /// Opens a data folder that a server may be using at the same time, as commands do.
    pub async fn open_beside(config: Config) -> Result<Self, OpenError> {
        config.make_folders()?;
        let lock = config.try_lock()?;
        Self::assemble(&config, lock, Arc::new(SystemClock)).await
    }

    async fn assemble(
        config: &Config,
        lock: Option<Lock>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, OpenError> {
        let live = Live::new(clock.now());
        let store = opening::open_store(&config.database()?, live.clone(), lock.is_some()).await?;
        let settings = SchoolSettings::open(store.clone(), Arc::clone(&clock), lock.is_some());
        let settings = Arc::new(settings.await?);
        let images = Images::open(&config.image_folder(), store.clone(), Arc::clone(&clock));
        let images = Arc::new(images.map_err(|reason| config.not_writable(reason))?);
        let key = LinkKey::open(&config.data_dir).map_err(|it| config.key_unusable(it))?;
        if lock.is_some() {
            links::note_key(&store, &key).await?;
        }
        let refusals = Arc::new(Refusals::default());
        let shown = Arc::new(Shown::new(store.clone(), Arc::clone(&clock)));
        let links = Links::new(store.clone(), Arc::clone(&clock), key, Arc::clone(&shown));
        let links = Arc::new(links);
        let scribe = Scribe::begin(store.clone());
        let door = (Arc::clone(&links), Arc::clone(&refusals));
        let told = (live.clone(), scribe.clone(), Arc::clone(&refusals));
        let hub = Hub::new(store.clone(), Arc::clone(&clock), told);
        Ok(Self {
            users: Users::new(store.clone(), Arc::clone(&images), Arc::clone(&clock)),
            groups: Groups::new(store.clone(), Arc::clone(&clock)),
            rooms: Rooms::new(
                store.clone(),
                Arc::clone(&clock),
                Arc::clone(&settings),
                Arc::clone(&refusals),
                Arc::clone(&shown),
                Arc::clone(&hub),
            ),
            links,
            picker: Picker::new(store.clone(), Arc::clone(&shown)),
            entry: Entry::new(store.clone(), Arc::clone(&clock), shown, Arc::clone(&hub)),
            door: Door::new(store.clone(), Arc::clone(&clock), door.0, door.1),
            bans: Bans::new(store.clone(), Arc::clone(&clock)),
            classroom: Classroom::new(hub, Arc::clone(&clock)),
            meetings: Meetings::new(store.clone(), Arc::clone(&clock), Arc::clone(&settings)),
            history: History::new(store.clone(), Arc::clone(&settings)),
            audit: AuditLog::new(store.clone(), Arc::clone(&clock), Arc::clone(&settings)),
            accounts: Accounts::new(store.clone(), clock, refusals),
            settings,
            images,
            live,
            scribe,
            store,
            _lock: lock,
        })
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> bool {
        self.store.answers().await
    }

    /// What looks for the changes of other processes.
    #[must_use]
    pub fn elsewhere(&self) -> Elsewhere {
        Elsewhere::new(self.store.clone(), self.live.clone())
    }

    /// Waits for what is under way, then closes the database.
    pub async fn close(&self) {
        if let Err(error) = self.classroom.stop().await {
            let cause = std::error::Error::source(&error);
            tracing::error!(cause, "meetings could not be seen off");
        }
        self.store.close().await;
    }
}
