//! Serving the console.

use std::{error::Error, net::SocketAddr, process::ExitCode, sync::Arc};

use anyhow::{anyhow, bail};
use backend::Backend;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    time::timeout,
};

use crate::{
    Server,
    accept::{self, Limits},
    classroom::limits::AT_ONCE,
    config::Config,
    housekeeping::{keep_house, keep_time, watch_others},
    paths,
    public_url::PublicUrl,
    router, site, telemetry,
};

/// File handles beside those for connections and sockets: database, images, log.
const FURTHER_FILES: u64 = 256;

/// Serves until the process is told to stop.
pub fn run(config: &Config) -> anyhow::Result<ExitCode> {
    if !site::is_embedded() {
        bail!(
            "this binary was built without the site it is to serve; start it by `cargo xtask run`"
        );
    }
    telemetry::start(config)?;
    super::wait_for(serve(config))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(config: &Config) -> anyhow::Result<()> {
    let limits = Limits::default();
    allow_files(limits.connections);
    let listener = listen(config.listen).await?;
    let listening_on = listener.local_addr()?;
    let public_url = config.public_url(listening_on);
    let backend = Arc::new(Backend::open(config.backend()).await?);
    backend.classroom.recover().await?;
    if public_url.is_insecure() {
        tracing::warn!(
            "{public_url} is neither https nor this machine: passwords can be listened to; put a \
             TLS proxy in front and set the public URL to its https address"
        );
    }
    let stopped = stop_signal()?;
    let proxies = config.trusted_proxies.clone();
    let server = Server::new(backend.clone(), public_url.clone(), listening_on, proxies);
    let sockets = server.sockets().clone();
    let router = router(server);
    println!("{}", greeting(&backend, &public_url).await?);
    let housekeeping = tokio::spawn(keep_house(backend.clone()));
    let watching = tokio::spawn(watch_others(backend.clone()));
    let timing = tokio::spawn(keep_time(backend.clone()));
    let stopping = backend.clone();
    let stopped = async move {
        stopped.await;
        stopping.live.end();
        if let Err(error) = stopping.classroom.stop().await {
            tracing::error!(source = error.source(), "meetings could not be seen off");
        }
    };
    accept::serve(listener, router, limits, stopped).await;
    if timeout(limits.finish_within, sockets.all_closed()).await.is_err() {
        tracing::warn!("some sockets were not closed in time and were cut off");
    }
    housekeeping.abort();
    watching.abort();
    timing.abort();
    backend.close().await;
    Ok(())
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|reason| {
        anyhow!(
            "cannot listen on {address} ({reason}); choose a free address with --listen or \
             ROLLCALL_LISTEN"
        )
    })
}

/// Where to click.
async fn greeting(backend: &Backend, public_url: &PublicUrl) -> anyhow::Result<String> {
    Ok(match backend.accounts.setup_link().await? {
        None => format!("Rollcall is ready: {public_url}"),
        Some(secret) => {
            let path = paths::setup_link(secret.reveal());
            format!(
                "Rollcall is ready. Create the first Admin: {public_url}{path}  (valid for one hour)"
            )
        }
    })
}

/// Completes when the process is told to stop.
fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    })
}

/// Asks for as many file handles as connections may need; many systems begin with fewer.
fn allow_files(connections: u16) {
    let wanted = u64::from(connections) + u64::from(AT_ONCE) + FURTHER_FILES;
    match rlimit::increase_nofile_limit(wanted) {
        Ok(allowed) if allowed >= wanted => {}
        Ok(allowed) => tracing::warn!(allowed, wanted, "the system allows few open files"),
        Err(error) => tracing::warn!(%error, "the number of open files could not be raised"),
    }
}
