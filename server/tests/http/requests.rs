//! Requests that no browser sends: odd methods, headers and lengths.

use axum::{body::Body, http::Method};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

use crate::house::House;

#[tokio::test]
async fn methods_that_nobody_uses_are_refused_with_those_that_are_known() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for method in ["TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND", "get"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let answer = admin.send(method.clone(), "/users/new", None, Body::empty()).await;
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.header("allow").contains("GET"), "{method}: {:?}", answer.headers);
    }
    // A field doesn't make another method of it.
    let form = [("name", "Algebra"), ("_method", "DELETE")];
    assert_eq!(admin.post("/rooms/new", &form).await.status, 400);
    let mut overriding = admin.with("x-http-method-override", "DELETE");
    assert_eq!(overriding.get("/users/A-hana").await.status, 200);
}

/// What the server answers to bytes as they stand.
pub async fn raw(house: &House, request: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(server::accept::serve(
        listener,
        house.router.clone(),
        server::accept::Limits::default(),
        async { drop(stopped.await) },
    ));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    stop.send(()).unwrap();
    serving.await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_request_that_two_servers_would_read_differently_hides_no_other() {
    let house = House::new().await;
    let head = "POST /sign-in HTTP/1.1\r\nhost: 127.0.0.1:3000\r\nsec-fetch-site: same-origin\r\n\
                content-type: application/x-www-form-urlencoded\r\n";
    let smuggled = "GET /smuggled HTTP/1.1\r\nhost: 127.0.0.1:3000\r\n\r\n";
    for lengths in [
        "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n",
        "content-length: 5\r\ncontent-length: 0\r\n\r\n",
        "content-length: +5\r\n\r\n",
        "content-length: 5, 6\r\n\r\n",
        "transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "transfer-encoding : chunked\r\n\r\n0\r\n\r\n",
        "transfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        "transfer-encoding: chunked\r\n\r\n0;\n\r\n",
        "x: y\n content-length: 5\r\n\r\n",
    ] {
        let answer = raw(&house, &format!("{head}{lengths}{smuggled}")).await;
        // One answer and no second: what follows is not taken for another request.
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{lengths:?}: {answer}");
        let both = lengths.contains("content-length") && lengths.contains("chunked");
        let expected = if both { "connection: close" } else { "HTTP/1.1 400" };
        assert!(answer.contains(expected), "{lengths:?}: {answer}");
    }
}

#[tokio::test]
async fn headers_that_are_odd_change_nothing() {
    let house = House::new().await;
    let admin = house.admin().await;
    let long = "x".repeat(30_000);
    for (name, value) in [
        ("user-agent", "[31m (a+)+$ \t"),
        ("user-agent", &long),
        ("accept-language", "*;q=99999999999999999999, -, \u{e9}, ko;q=nan"),
        ("accept", ",,,;;;===,*/*;q=-1"),
        ("cookie", "=; ==; rollcall_theme; rollcall_theme=;;; \u{e9}"),
        ("x-forwarded-for", "999.1.1.1, ::1, , \u{e9}"),
        ("content-type", "multipart/form-data; boundary"),
        ("range", "bytes=0-0,1-1,2-2"),
        ("if-none-match", "*"),
    ] {
        let answer = admin.with(name, value).get("/users").await;
        assert!(answer.status < 500, "{name}: {:.40}: {}", value, answer.status);
    }
}
