//! Accepting connections: how many, how slowly they may ask, and how they end.

use std::{
    convert::Infallible,
    future::pending,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo, response::Response};
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto,
        graceful::{GracefulShutdown, Watcher},
    },
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutStream;
use tower::Service;

use crate::pace::{Pace, Paced};

/// What clients may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long a client may take until the headers of a request are complete.
    pub headers_within: Duration,
    /// How slowly what belongs to a request may arrive.
    pub pace: Pace,
    /// For how long a client may take none of what it asked for.
    pub taken_within: Duration,
    /// How many connections are open at once; further ones wait to be accepted.
    pub connections: usize,
    /// How long requests that are under way may take to finish once the server stops.
    pub finish_within: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            headers_within: Duration::from_secs(15),
            pace: Pace::default(),
            taken_within: Duration::from_secs(20),
            connections: 4096,
            finish_within: Duration::from_secs(10),
        }
    }
}

/// Serves connections until `stop` completes, then lets those under way finish.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let protocol = Arc::new(protocol(limits));
    let slots = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer, slot) = tokio::select! {
            accepted = accept(&listener, &slots) => accepted,
            () = &mut stop => break,
        };
        let (protocol, router, watcher) = (protocol.clone(), router.clone(), graceful.watcher());
        tokio::spawn(async move {
            converse(&protocol, router, stream, peer, watcher, limits).await;
            drop(slot);
        });
    }
    // New connections are refused at once, not left waiting for an answer that never comes.
    drop(listener);
    if timeout(limits.finish_within, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
}

fn protocol(limits: Limits) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.headers_within)
        .max_buf_size(64 * 1024);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Duration::from_secs(30))
        .keep_alive_timeout(limits.headers_within)
        .max_concurrent_streams(100);
    builder
}

/// The next connection, once there is room for it.
async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    loop {
        let Ok(slot) = slots.clone().acquire_owned().await else { return pending().await };
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, slot),
            Err(error) => {
                // Either that client is gone already, or the machine is out of file handles, which
                // only time mends.
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// Answers what is asked on one connection.
async fn converse(
    protocol: &auto::Builder<TokioExecutor>,
    router: Router,
    stream: TcpStream,
    peer: SocketAddr,
    watcher: Watcher,
    limits: Limits,
) {
    // Small answers leave at once. Where that can't be set, they leave a little later.
    let _ = stream.set_nodelay(true);
    let asked = AtomicBool::new(false);
    let service = service_fn(|request| {
        asked.store(true, Ordering::Relaxed);
        answer(router.clone(), request, peer, limits.pace)
    });
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.taken_within));
    let stream = TokioIo::new(Box::pin(stream));
    let connection = protocol.serve_connection_with_upgrades(stream, service);
    tokio::select! {
        ended = watcher.watch(connection) => if let Err(error) = ended {
            tracing::debug!(%peer, error, "a connection broke off");
        },
        () = silence(&asked, limits.headers_within) => {
            tracing::debug!(%peer, "a connection asked nothing in time and was closed");
        }
    }
}

/// Completes when nothing was asked in that time.
///
/// hyper's own deadline begins only once it knows the protocol, for which a client may let it wait.
async fn silence(asked: &AtomicBool, within: Duration) {
    sleep(within).await;
    if asked.load(Ordering::Relaxed) {
        pending::<()>().await;
    }
}

fn answer(
    mut router: Router,
    request: Request<Incoming>,
    peer: SocketAddr,
    pace: Pace,
) -> impl Future<Output = Result<Response, Infallible>> {
    let mut request = request.map(|it| Body::new(Paced::new(it, pace)));
    request.extensions_mut().insert(ConnectInfo(peer));
    router.call(request)
}
