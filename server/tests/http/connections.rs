//! Connections that ask slowly, and servers that stop.

use std::{future::pending, net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use hyper_util::rt::TokioIo;
use server::{
    accept::{self, Limits},
    pace::{Pace, is_too_slow},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::{sleep, timeout},
};

const HASTE: Limits = Limits {
    headers_within: Duration::from_millis(200),
    pace: Pace {
        idle: Duration::from_millis(150),
        patience: Duration::from_millis(400),
        bytes_per_second: 64,
    },
    taken_within: Duration::from_millis(300),
    connections: 2,
    finish_within: Duration::from_millis(500),
};

/// Serves until the sender is used or dropped.
async fn serve(router: Router) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    serve_within(router, HASTE).await
}

async fn serve_within(
    router: Router,
    limits: Limits,
) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let serving = tokio::spawn(accept::serve(listener, router, limits, async {
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

/// Answers with how much was sent.
fn counting() -> Router {
    let count = |body: Body| async {
        match axum::body::to_bytes(body, usize::MAX).await {
            Ok(bytes) => format!("all {}", bytes.len()),
            Err(error) if is_too_slow(&error) => "too slow".to_owned(),
            Err(_) => "broken".to_owned(),
        }
    };
    Router::new().route("/", post(count))
}

#[tokio::test]
async fn a_body_that_stops_or_comes_in_drops_is_read_no_further() {
    let (address, _stop, _serving) = serve(counting()).await;
    let head = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\nconnection: close\r\n\r\n";
    let mut stopped = TcpStream::connect(address).await.unwrap();
    stopped.write_all(head).await.unwrap();
    assert!(all_from(&mut stopped).await.ends_with("too slow"));

    let mut dripping = TcpStream::connect(address).await.unwrap();
    dripping.write_all(head).await.unwrap();
    let (mut reading, mut writing) = dripping.into_split();
    let drops = tokio::spawn(async move {
        while writing.write_all(b"x").await.is_ok() {
            sleep(Duration::from_millis(50)).await;
        }
    });
    let mut said = String::new();
    timeout(Duration::from_secs(5), reading.read_to_string(&mut said)).await.unwrap().unwrap();
    assert!(said.ends_with("too slow"), "{said}");
    drops.abort();

    let mut steady = TcpStream::connect(address).await.unwrap();
    steady.write_all(head).await.unwrap();
    for _ in 0..10 {
        steady.write_all(&[b'x'; 10]).await.unwrap();
        sleep(Duration::from_millis(70)).await;
    }
    assert!(all_from(&mut steady).await.ends_with("all 100"));
}

#[tokio::test]
async fn whoever_takes_nothing_of_the_answer_is_cut_off() {
    let endless = Router::new().route(
        "/",
        get(|| async {
            Body::from_stream(futures_util::stream::repeat_with(|| {
                Ok::<_, std::convert::Infallible>(vec![0_u8; 64 * 1024])
            }))
        }),
    );
    let (address, _stop, _serving) = serve(endless).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    // Only when the other two are gone is there room for a third.
    let mut other = TcpStream::connect(address).await.unwrap();
    other.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut third = TcpStream::connect(address).await.unwrap();
    third.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut start = [0; 12];
    timeout(Duration::from_secs(5), third.read_exact(&mut start)).await.unwrap().unwrap();
    assert_eq!(&start, b"HTTP/1.1 200");
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

/// Becomes a line that says everything again, for whoever asks for it.
fn echoing() -> Router {
    let upgraded = |mut request: Request| async move {
        let upgrading = hyper::upgrade::on(&mut request);
        tokio::spawn(async move {
            let (mut said, mut heard) = tokio::io::split(TokioIo::new(upgrading.await.unwrap()));
            tokio::io::copy(&mut said, &mut heard).await.ok();
        });
        let headers = [("connection", "upgrade"), ("upgrade", "echo")];
        (StatusCode::SWITCHING_PROTOCOLS, headers).into_response()
    };
    quick().route("/echo", get(upgraded))
}

/// A line that says everything again.
async fn echo(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let ask = b"GET /echo HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n";
    stream.write_all(ask).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(timeout(Duration::from_secs(5), stream.read_u8()).await.unwrap().unwrap());
    }
    assert!(head.starts_with(b"HTTP/1.1 101 "), "{}", String::from_utf8_lossy(&head));
    stream
}

async fn says_again(stream: &mut TcpStream) {
    stream.write_all(b"anybody there").await.unwrap();
    let mut again = [0; 13];
    timeout(Duration::from_secs(5), stream.read_exact(&mut again)).await.unwrap().unwrap();
    assert_eq!(&again, b"anybody there");
}

#[tokio::test]
async fn a_connection_that_was_upgraded_goes_on_and_leaves_its_place_to_others() {
    let (address, _stop, _serving) = serve(echoing()).await;
    let mut lines = [echo(address).await, echo(address).await, echo(address).await];
    let mut asking = TcpStream::connect(address).await.unwrap();
    asking.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    assert!(all_from(&mut asking).await.contains("200 OK"));
    for line in &mut lines {
        says_again(line).await;
    }
}

#[tokio::test]
async fn a_stopping_server_does_not_wait_for_what_was_upgraded() {
    let patient = Limits { finish_within: Duration::from_hours(1), ..HASTE };
    let (address, stop, serving) = serve_within(echoing(), patient).await;
    let mut line = echo(address).await;
    stop.send(()).unwrap();
    timeout(Duration::from_secs(5), serving).await.expect("waits for the line").unwrap();
    says_again(&mut line).await;
}
