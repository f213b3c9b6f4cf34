//! Accepting connections: how many, how slowly they may ask, and how they end.

use std::{
    convert::Infallible, future::pending, net::SocketAddr, pin::pin, sync::Arc, time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo, response::Response};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
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
    /// How many connections are open at once; further ones wait to be accepted. One that was upgraded to
    /// another protocol counts no longer: whoever speaks that counts its own.
    pub connections: u16,
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

/// Serves connections until `stop` completes, then lets those under way finish. Those that were upgraded to
/// another protocol are not waited for: whoever speaks that ends them.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let protocol = Arc::new(protocol(limits));
    let slots = Arc::new(Semaphore::new(limits.connections.into()));
    let (running, stopping) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let (stream, peer, slot) = tokio::select! {
            accepted = accept(&listener, &slots) => accepted,
            () = &mut stop => break,
        };
        let (protocol, router, stopping) = (protocol.clone(), router.clone(), stopping.clone());
        tokio::spawn(async move {
            converse(&protocol, router, stream, peer, stopping, limits).await;
            drop(slot);
        });
    }
    // New connections are refused at once, not left waiting for an answer that never comes.
    drop(listener);
    drop(running);
    let all_finished = slots.acquire_many(limits.connections.into());
    if timeout(limits.finish_within, all_finished).await.is_err() {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
}

/// HTTP/1.1: browsers speak HTTP/2 only over TLS, which the proxy in front ends.
fn protocol(limits: Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.headers_within)
        .max_buf_size(64 * 1024);
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

/// Answers what is asked on one connection, until it ends or the server stops: then what is under way is the
/// last.
async fn converse(
    protocol: &http1::Builder,
    router: Router,
    stream: TcpStream,
    peer: SocketAddr,
    mut stopping: watch::Receiver<()>,
    limits: Limits,
) {
    // Small answers leave at once. Where that can't be set, they leave a little later.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| answer(router.clone(), request, peer, limits.pace));
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.taken_within));
    let stream = TokioIo::new(Box::pin(stream));
    let mut connection = pin!(protocol.serve_connection(stream, service).with_upgrades());
    let ended = tokio::select! {
        ended = &mut connection => ended,
        // Nothing is ever sent: this is the sender going away.
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, %error, "a connection broke off");
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
