//! Settings: what holds for the whole school. Asked on most requests, so they are kept in memory, and
//! replaced there once what changed them is committed.

use std::sync::{Arc, PoisonError, RwLock};

use domain::{Problem, Timestamp, settings::Settings};
use serde_json::json;
use tokio::sync::Mutex;

use crate::{
    Internal,
    accounts::Admin,
    audit::{self, Action, Subject},
    clock::Clock,
    store::{self, Store, settings},
    zone::Zone,
};

/// The use cases about settings.
#[derive(Debug)]
pub struct SchoolSettings {
    store: Store,
    clock: Arc<dyn Clock>,
    current: RwLock<Arc<Current>>,
    /// One change after the other, so that what is in memory is what was committed last.
    changing: Mutex<()>,
}

/// The settings as they are.
#[derive(Debug)]
struct Current {
    settings: Settings,
    zone: Zone,
}

impl Current {
    /// `None` where there is no such time zone.
    fn of(settings: Settings) -> Option<Self> {
        let zone = Zone::of(&settings.time_zone)?;
        Some(Self { settings: Settings { time_zone: zone.name().clone(), ..settings }, zone })
    }
}

/// Why the settings weren't changed.
#[derive(Debug, thiserror::Error)]
pub enum SettingsRefusal {
    /// There is no such time zone.
    #[error("there is no such time zone")]
    Zone(Problem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl SchoolSettings {
    /// Reads the settings. A new school goes by the clocks of this machine, as far as they can be
    /// told; that is `kept` where this process is the one that may write.
    pub(crate) async fn open(
        store: Store,
        clock: Arc<dyn Clock>,
        keep: bool,
    ) -> Result<Self, Internal> {
        let found = settings::read(&mut *store.read().await?).await?;
        let current = if let Some(settings) = found {
            // A zone may be gone from a later version's list; its moments stay what they are.
            Current::of(settings.clone()).unwrap_or_else(|| Current { settings, zone: Zone::utc() })
        } else {
            let zone = Zone::of_this_machine().unwrap_or_else(Zone::utc);
            let settings = Settings { time_zone: zone.name().clone(), ..Settings::default() };
            if keep {
                settings::keep(&mut *store.write().await?, &settings, clock.now()).await?;
            }
            Current { settings, zone }
        };
        let current = RwLock::new(Arc::new(current));
        Ok(Self { store, clock, current, changing: Mutex::new(()) })
    }

    /// The settings as they are. They hold nothing that a visitor may not know.
    #[must_use]
    pub fn now(&self) -> Settings {
        self.current().settings.clone()
    }

    /// By which clocks the school goes.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.current().zone.clone()
    }

    /// From when on what was done is kept; from ever where nothing is forgotten.
    pub(crate) fn kept_from(&self) -> Option<Timestamp> {
        const DAY: i64 = 24 * 60 * 60;
        let days = self.now().retention.days()?;
        Some(self.clock.now().plus_seconds(-DAY * i64::from(days)))
    }

    /// The moment, as this school's server tells it.
    #[must_use]
    pub fn moment(&self) -> Timestamp {
        self.clock.now()
    }

    /// Changes the settings, and answers as they are then.
    pub async fn change(
        &self,
        admin: &Admin,
        settings: &Settings,
    ) -> Result<Settings, SettingsRefusal> {
        let next = Current::of(settings.clone()).ok_or(SettingsRefusal::Zone(Problem::Choice))?;
        let _one_at_a_time = self.changing.lock().await;
        let mut tx = admin.begin(&self.store).await?;
        let before = self.now();
        if before == next.settings {
            return Ok(before);
        }
        let now = self.clock.now();
        settings::keep(&mut tx, &next.settings, now).await?;
        let detail = json!({ "before": before, "after": next.settings });
        let (action, subject) = (Action::SettingsChange, Subject::default());
        audit::note(&mut tx, now, admin.author(), action, subject, detail).await?;
        store::commit(tx).await?;
        let after = next.settings.clone();
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        Ok(after)
    }

    fn current(&self) -> Arc<Current> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }
}
