//! The connections that only read.
//!
//! A pool of its own: that of sqlx asks a connection whether it still answers each time it is given
//! back, and that takes about as long as what most of them read.

use deadpool::{
    Runtime,
    managed::{Manager, Metrics, Object, Pool, QueueMode, RecycleResult, Timeouts},
};
use sqlx::{AnyConnection, ConnectOptions, Connection, any::AnyConnectOptions};

use super::{PATIENCE, dialect};
use crate::Internal;

/// How many may read at once.
const MOST: usize = 4;

/// A connection that only reads; given back when it is dropped.
pub type Reader = Object<Connect>;

/// The connections, opened when they are first needed.
#[derive(Clone, Debug)]
pub struct Readers(Pool<Connect>);

impl Readers {
    /// Those to the database that these options name.
    pub fn new(options: AnyConnectOptions) -> Result<Self, Internal> {
        let pool = Pool::builder(Connect(options))
            .max_size(MOST)
            // Whoever read last has everything at hand.
            .queue_mode(QueueMode::Lifo)
            .timeouts(Timeouts { wait: Some(PATIENCE), ..Timeouts::default() })
            .runtime(Runtime::Tokio1)
            .build();
        pool.map(Self).map_err(Internal::other)
    }

    /// The next that is free.
    pub async fn get(&self) -> Result<Reader, Internal> {
        Ok(self.0.get().await?)
    }

    /// Closes those that are free, and lets nobody have one any more.
    pub async fn close(&self) {
        let free = self.0.retain(|_, _| false).removed;
        self.0.close();
        for connection in free {
            if let Err(error) = connection.close().await {
                tracing::warn!(error = &error as &dyn std::error::Error, "a connection stays open");
            }
        }
    }
}

/// How a connection is opened.
#[derive(Debug)]
pub struct Connect(AnyConnectOptions);

impl Manager for Connect {
    type Type = AnyConnection;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<AnyConnection, sqlx::Error> {
        let mut connection = self.0.connect().await?;
        dialect::set_up(&mut connection, true).await?;
        Ok(connection)
    }

    async fn recycle(&self, _: &mut AnyConnection, _: &Metrics) -> RecycleResult<sqlx::Error> {
        // It is to a file: it doesn't go stale, and keeps its prepared statements.
        Ok(())
    }
}
