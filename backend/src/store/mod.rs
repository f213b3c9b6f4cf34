//! All SQL. Use cases hand values in and get values back; nothing outside knows a statement.
//!
//! One file per noun. Text that only SQLite understands stands in [`dialect`]; everything else is
//! kept to what SQLite and PostgreSQL share.

pub mod accounts;
pub mod audit;
pub mod audit_list;
pub mod bans;
mod belonging;
pub mod bulk;
pub mod chat;
pub mod codes;
pub mod counters;
pub mod dialect;
pub mod entries;
pub mod entry;
pub mod entry_links;
mod filing;
pub mod groups;
pub mod held_meetings;
pub mod images;
pub mod meetings;
pub mod members;
pub mod observations;
pub mod open_meetings;
mod paging;
pub mod password_links;
mod readers;
pub mod rooms;
mod row;
pub mod schema;
pub mod search;
pub mod sent;
pub mod settings;
pub mod snapshot;
pub mod user_list;
pub mod user_rooms;
pub mod users;

#[cfg(test)]
mod tests;

use std::{
    ops::{Deref, DerefMut},
    time::Duration,
};

use sqlx::{
    Any, AnyConnection, AnyPool, ConnectOptions, Connection, Transaction,
    any::{AnyConnectOptions, AnyPoolOptions},
    pool::PoolConnection,
};

use self::readers::{Reader, Readers};
use crate::{
    Internal,
    live::{Concern, EntryChange, Live},
};

/// A connection, in a transaction or not.
pub type Db = AnyConnection;

/// A transaction that writes. Undone unless it is [committed](commit).
#[derive(Debug)]
pub struct Tx {
    inner: Transaction<'static, Any>,
    /// What is told once it is committed.
    concerns: Vec<Concern>,
    entries: Vec<EntryChange>,
    live: Live,
}

impl Tx {
    /// Has it told, once this is committed, that what it did concerns that.
    pub(crate) fn concerns(&mut self, concerns: &[Concern]) {
        self.concerns.extend_from_slice(concerns);
    }

    /// Has it told, once this is committed, for whom the rule of entry may answer otherwise.
    pub(crate) fn changes_entry(&mut self, change: EntryChange) {
        self.entries.push(change);
    }
}

impl Deref for Tx {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.inner
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Db {
        &mut self.inner
    }
}

/// How long to wait for a connection before the database counts as unavailable.
const PATIENCE: Duration = Duration::from_secs(10);

/// The database: several connections that only read, and the one that writes.
#[derive(Clone, Debug)]
pub struct Store {
    readers: Readers,
    writer: AnyPool,
    live: Live,
}

impl Store {
    /// Connects to the database at that address. What is committed there is told of.
    pub async fn connect(url: &str, live: Live) -> Result<Self, Internal> {
        sqlx::any::install_default_drivers();
        let options = url
            .parse::<AnyConnectOptions>()?
            // For whoever asks for them: the checks count those of each page.
            .log_statements(log::LevelFilter::Trace)
            .log_slow_statements(log::LevelFilter::Warn, Duration::from_secs(1));
        // A pool would try again until its patience ends; a connection says at once what is wrong.
        let mut first = options.connect().await?;
        dialect::set_up(&mut first, false).await?;
        first.close().await?;
        let writer = writer().connect_with(options.clone()).await?;
        Ok(Self { readers: Readers::new(options)?, writer, live })
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Reader, Internal> {
        self.readers.get().await
    }

    /// The connection that writes, outside of any transaction.
    pub async fn write(&self) -> Result<PoolConnection<Any>, Internal> {
        Ok(self.writer.acquire().await?)
    }

    /// Begins a transaction that writes.
    pub async fn begin(&self) -> Result<Tx, Internal> {
        let inner = self.writer.begin_with(dialect::BEGIN).await?;
        Ok(Tx { inner, concerns: Vec::new(), entries: Vec::new(), live: self.live.clone() })
    }

    /// Whether the database answers. What isn't read from its file would be answered without it.
    pub async fn answers(&self) -> bool {
        let answer = async { settings::read(&mut *self.read().await?).await };
        answer.await.is_ok()
    }

    /// Waits for what is under way, then closes all connections.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Makes what a transaction did last, and has it told.
pub async fn commit(tx: Tx) -> Result<(), Internal> {
    tx.inner.commit().await?;
    tx.live.tell(&tx.concerns, &tx.entries);
    Ok(())
}

fn writer() -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        // It is to a file: it doesn't go stale, and keeps its prepared statements.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(|connection, _| Box::pin(dialect::set_up(connection, false)))
}
