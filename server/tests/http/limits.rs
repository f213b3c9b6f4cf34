//! More than is taken: refused, told, and never kept in memory.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    body::{Body, Bytes},
    http::Method,
};
use futures_util::{StreamExt, stream};
use serde_json::json;
use tokio::{sync::Semaphore, task::JoinHandle};

use crate::{browser::Browser, house::House};

const MIB: usize = 1024 * 1024;
const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn forms_that_are_too_large_are_refused() {
    let house = House::new().await;
    let admin = house.admin().await;
    for (path, size) in
        [("/sign-in", 65 * 1024), ("/setup", 65 * 1024), ("/rooms/new", 8 * MIB + 1)]
    {
        let body = format!("name={}", "x".repeat(size));
        let answer = admin.script().send(Method::POST, path, Some(FORM), body.into()).await;
        assert_eq!(answer.status, 413, "{path}");
        assert_eq!(answer.json()["error"], "too_large");
    }
    let body = format!("user_id={}", "x".repeat(8 * MIB));
    let mut script = admin.script();
    let answer = script.send(Method::POST, "/api/users/set-active", Some(FORM), body.into()).await;
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn a_picture_that_is_too_large_is_told_beside_the_other_fields() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let file = vec![0xff; 10 * MIB + 1];
    let form = [("user_id", "S-1"), ("nickname", "Kim Jiho")];
    let answer = admin.upload("/users/new", &form, Some(&file)).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Kim Jiho"));
    let answer = admin.script().upload("/users/new", &form, Some(&file)).await;
    assert_eq!(answer.json(), json!({ "refused": [["image", { "image": "too_large" }]] }));
}

#[tokio::test]
async fn ten_megabytes_of_text_are_refused() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let text = "x".repeat(10 * MIB);
    let answer = admin.upload("/users/new", &[("user_id", "S-1"), ("nickname", &text)], None).await;
    assert_eq!(answer.status, 413);
}

/// Sends a picture without end; tells the status, and how much of it was read.
async fn send_endlessly(
    admin: &mut Browser,
    head: &'static str,
    kind: &str,
    path: &str,
) -> (u16, usize) {
    let read = Arc::new(AtomicUsize::new(0));
    let counted = read.clone();
    let stream = stream::unfold(0, move |sent: usize| {
        let chunk = if sent == 0 {
            Bytes::from_static(head.as_bytes())
        } else {
            Bytes::from_static(&[b'x'; 16 * 1024])
        };
        counted.fetch_add(chunk.len(), Ordering::Relaxed);
        async move {
            (sent < 1024 * MIB).then(|| (Ok::<_, Infallible>(chunk.clone()), sent + chunk.len()))
        }
    });
    let answer = admin.send(Method::POST, path, Some(kind), Body::from_stream(stream)).await;
    (answer.status, read.load(Ordering::Relaxed))
}

#[tokio::test]
async fn what_never_ends_is_not_read_to_its_end() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let head = "--b\r\ncontent-disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n";
    let kind = "multipart/form-data; boundary=b";
    for (status, read) in [
        send_endlessly(&mut admin, head, kind, "/users/new").await,
        send_endlessly(&mut admin, "name=", FORM, "/rooms/new").await,
    ] {
        assert_eq!(status, 413);
        assert!(read < 41 * MIB, "{read}");
    }
}

/// An upload of which nothing comes after its first bytes; tells once these are asked for.
fn stopped_upload(admin: &Browser, begun: &Arc<Semaphore>) -> JoinHandle<()> {
    let (mut admin, begun) = (admin.script(), begun.clone());
    let stream = stream::once(async move {
        begun.add_permits(1);
        Ok::<_, Infallible>(Bytes::from_static(b"--b\r\n"))
    });
    let body = Body::from_stream(stream.chain(stream::pending()));
    let kind = "multipart/form-data; boundary=b";
    tokio::spawn(async move {
        admin.send(Method::POST, "/users/new", Some(kind), body).await;
    })
}

#[tokio::test]
async fn of_many_pictures_at_once_only_some_are_held_in_memory() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let begun = Arc::new(Semaphore::new(0));
    let uploads: Vec<_> = (0..17).map(|_| stopped_upload(&admin, &begun)).collect();
    begun.acquire_many(16).await.unwrap().forget();
    // Enough time for another that were let.
    for _ in 0..20 {
        assert_eq!(admin.get("/users").await.status, 200);
    }
    assert_eq!(begun.available_permits(), 0);
    for upload in &uploads {
        upload.abort();
    }
    assert_eq!(admin.upload("/users/new", &[("user_id", "S-1")], None).await.status, 303);
}
