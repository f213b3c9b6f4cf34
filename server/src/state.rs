//! What every request can reach: the use cases, and how the console is to be reached.

use std::{net::SocketAddr, sync::Arc};

use app::Assets;
use backend::Backend;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    address::Network,
    classroom::limits::{Patience, Sockets},
    live::Streams,
    public_url::PublicUrl,
    security::Hosts,
    site,
};

/// The server. Cheap to clone.
#[derive(Clone)]
pub struct Server(Arc<Parts>);

struct Parts {
    backend: Arc<Backend>,
    public_url: PublicUrl,
    hosts: Hosts,
    trusted_proxies: Vec<Network>,
    assets: Assets,
    streams: Streams,
    sockets: Sockets,
    patience: Patience,
    uploads: Arc<Semaphore>,
}

/// How many pictures are held in memory at once. Of further ones nothing is read until it is their turn.
const UPLOADS: usize = 16;

impl Server {
    /// A server of these use cases that listens there.
    #[must_use]
    pub fn new(
        backend: Arc<Backend>,
        public_url: PublicUrl,
        listening_on: SocketAddr,
        trusted_proxies: Vec<Network>,
    ) -> Self {
        let patience = Patience::default();
        Self::with(backend, public_url, listening_on, trusted_proxies, patience)
    }

    /// The same with as much patience with sockets.
    #[must_use]
    pub fn with(
        backend: Arc<Backend>,
        public_url: PublicUrl,
        listening_on: SocketAddr,
        trusted_proxies: Vec<Network>,
        patience: Patience,
    ) -> Self {
        let hosts = Hosts::new(&public_url, listening_on);
        let parts = Parts {
            backend,
            public_url,
            hosts,
            trusted_proxies,
            assets: site::assets(),
            streams: Streams::default(),
            sockets: Sockets::default(),
            patience,
            uploads: Arc::new(Semaphore::new(UPLOADS)),
        };
        Self(Arc::new(parts))
    }

    /// The use cases.
    #[must_use]
    pub fn backend(&self) -> &Arc<Backend> {
        &self.0.backend
    }

    pub(crate) fn public_url(&self) -> &PublicUrl {
        &self.0.public_url
    }

    pub(crate) fn hosts(&self) -> &Hosts {
        &self.0.hosts
    }

    pub(crate) fn trusted_proxies(&self) -> &[Network] {
        &self.0.trusted_proxies
    }

    pub(crate) fn streams(&self) -> &Streams {
        &self.0.streams
    }

    pub(crate) fn sockets(&self) -> &Sockets {
        &self.0.sockets
    }

    pub(crate) fn patience(&self) -> Patience {
        self.0.patience
    }

    /// The turn of an upload, over when it is dropped.
    pub(crate) async fn turn_to_upload(&self) -> Option<OwnedSemaphorePermit> {
        // It would only fail if turns were ended for all, which nobody does.
        self.0.uploads.clone().acquire_owned().await.ok()
    }

    pub(crate) fn assets(&self) -> Assets {
        self.0.assets
    }
}
