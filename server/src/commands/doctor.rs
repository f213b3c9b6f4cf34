//! Checking what serving needs, and saying what to do. Works while a server runs.

use std::{net::SocketAddr, process::ExitCode, time::Duration};

use backend::doctor::{Check, Outcome};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

use crate::{config::Config, site};

const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// Prints every check; the exit code tells whether one has failed.
pub fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let checks = super::wait_for(async { Ok(check(config).await) })?;
    for check in &checks {
        println!("{}", line(check));
    }
    let failed = checks.iter().any(|it| matches!(it.outcome, Outcome::Failed { .. }));
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn check(config: &Config) -> Vec<Check> {
    // That the configuration can be read was seen before anything else.
    let mut checks = vec![new("configuration", Outcome::Ok), new("site files", site_files())];
    checks.extend(backend::doctor::check(&config.backend()).await);
    checks.push(new("address", address(config.listen).await));
    checks.push(new("TLS", tls(config)));
    checks
}

fn new(name: &'static str, outcome: Outcome) -> Check {
    Check { name, outcome }
}

fn site_files() -> Outcome {
    if site::is_embedded() {
        return Outcome::Ok;
    }
    failed("this binary was built without the site it is to serve", "start it by `cargo xtask run`")
}

/// Whether the address is free, or a Rollcall listens there already.
async fn address(listen: SocketAddr) -> Outcome {
    match TcpListener::bind(listen).await {
        Ok(_) => Outcome::Ok,
        Err(_) if is_alive(listen).await => Outcome::Ok,
        Err(error) => failed(
            &format!("cannot listen on {listen}: {error}"),
            "stop what listens there, or choose another address with --listen",
        ),
    }
}

/// Whether a server answers as Rollcall does when asked for its health.
async fn is_alive(listen: SocketAddr) -> bool {
    let asking = async {
        let mut stream = TcpStream::connect(listen).await?;
        stream
            .write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            .await?;
        let mut answer = String::new();
        stream.take(8 * 1024).read_to_string(&mut answer).await?;
        std::io::Result::Ok(answer.starts_with("HTTP/1.1 200") && answer.ends_with("\r\n\r\nok"))
    };
    timeout(ANSWER_WITHIN, asking).await.is_ok_and(|it| it.unwrap_or(false))
}

fn tls(config: &Config) -> Outcome {
    let public_url = config.public_url(config.listen);
    if !public_url.is_insecure() {
        return Outcome::Ok;
    }
    Outcome::Warning(format!(
        "{public_url} is neither https nor this machine, so passwords can be listened to; put a TLS \
         proxy in front and set the public URL to its https address"
    ))
}

fn failed(what: &str, remedy: &str) -> Outcome {
    Outcome::Failed { what: what.to_owned(), remedy: remedy.to_owned() }
}

fn line(check: &Check) -> String {
    let name = &check.name;
    match &check.outcome {
        Outcome::Ok => format!("ok       {name}"),
        Outcome::Warning(text) => format!("warning  {name}: {text}"),
        Outcome::Failed { what, remedy } => format!("failed   {name}: {what}; {remedy}"),
    }
}
