//! Connections that ask slowly, and servers that stop.

use std::{future::pending, net::SocketAddr, time::Duration};

use axum::{Router, routing::get};
use server::accept::{self, Limits};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::{sleep, timeout},
};

const HASTE: Limits = Limits {
    headers_within: Duration::from_millis(200),
    connections: 2,
    finish_within: Duration::from_millis(500),
};

/// Serves until the sender is used or dropped.
async fn serve(router: Router) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let serving = tokio::spawn(accept::serve(listener, router, HASTE, async {
        // Dropping the sender stops it as well.
        let _ = stopped.await;
    }));
    (address, stop, serving)
}

fn quick() -> Router {
    Router::new().route("/", get(|| async { "hello" }))
}

/// What the server says until it closes the connection.
async fn all_from(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let reading = stream.read_to_end(&mut said);
    timeout(Duration::from_secs(5), reading).await.expect("still open").ok();
    String::from_utf8(said).unwrap()
}

#[tokio::test]
async fn whoever_sends_headers_too_slowly_is_cut_off() {
    let (address, _stop, _serving) = serve(quick()).await;
    for start in ["", "P", "PRI * HTTP/2.0\r\n", "GET / HTTP/1.1\r\nhost: x\r\n"] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(start.as_bytes()).await.unwrap();
        assert!(!all_from(&mut stream).await.contains("200 OK"), "{start}");
    }
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    assert!(all_from(&mut stream).await.contains("200 OK"));
}

#[tokio::test]
async fn further_connections_wait_until_there_is_room() {
    let (address, _stop, _serving) = serve(quick()).await;
    let _idle =
        [TcpStream::connect(address).await.unwrap(), TcpStream::connect(address).await.unwrap()];
    let mut third = TcpStream::connect(address).await.unwrap();
    third.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    assert!(all_from(&mut third).await.contains("200 OK"));
}

#[tokio::test]
async fn a_stopping_server_finishes_what_is_under_way() {
    let slow = Router::new().route(
        "/",
        get(|| async {
            sleep(Duration::from_millis(200)).await;
            "done"
        }),
    );
    let (address, stop, serving) = serve(slow).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    sleep(Duration::from_millis(50)).await;
    stop.send(()).unwrap();
    assert!(all_from(&mut stream).await.ends_with("done"));
    timeout(Duration::from_secs(5), serving).await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_stopping_server_waits_for_nobody_for_ever() {
    let stuck = Router::new().route("/", get(|| async { pending::<&str>().await }));
    let (address, stop, serving) = serve(stuck).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    sleep(Duration::from_millis(50)).await;
    stop.send(()).unwrap();
    timeout(Duration::from_secs(5), serving).await.unwrap().unwrap();
}
