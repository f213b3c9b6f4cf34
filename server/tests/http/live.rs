//! The stream that tells pages what has changed.

use std::time::Duration;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request, header},
};
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::time::timeout;
use tower::ServiceExt;

use crate::{
    browser::Browser,
    house::{House, PASSWORD},
};

/// An open stream.
pub struct Stream(Body);

impl Stream {
    pub async fn open(house: &House, browser: &Browser) -> Self {
        let mut request = Request::get("/live").extension(ConnectInfo(browser.peer));
        for (name, value) in &browser.headers {
            request = request.header(*name, value);
        }
        for (name, value) in &browser.cookies {
            request = request.header(header::COOKIE, format!("{name}={value}"));
        }
        let request = request.body(Body::empty()).unwrap();
        let response = house.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        Self(response.into_body())
    }

    /// The next event; none when the stream has ended.
    pub async fn next(&mut self) -> Option<Value> {
        let text = loop {
            let frame = timeout(Duration::from_secs(10), self.0.frame()).await;
            let frame = frame.expect("nothing came")?.unwrap().into_data().unwrap();
            let text = String::from_utf8(frame.to_vec()).unwrap();
            // Only makes sure that somebody listens.
            if !text.starts_with(':') {
                break text;
            }
        };
        let data = text.strip_prefix("event: farewell\n").unwrap_or(&text);
        Some(serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap())
    }

    /// The last event: why there are no more.
    pub async fn farewell(&mut self) -> String {
        let last = self.next().await;
        let why = last.as_ref().and_then(Value::as_str).expect("no farewell").to_owned();
        assert_eq!(self.next().await, None, "after the farewell");
        why
    }
}

#[tokio::test]
async fn an_act_is_told_to_who_follows_as_no_more_than_its_kind() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut stream = Stream::open(&house, &admin).await;
    let first = stream.next().await.unwrap();
    admin.post("/rooms/new", &[("name", "Algebra")]).await;
    let told = stream.next().await.unwrap();
    assert_eq!(told["changes"]["users"], first["changes"]["users"]);
    assert_ne!(told["changes"]["rooms"], first["changes"]["rooms"]);
    assert_eq!(told.as_object().unwrap().len(), 2);
    assert!(!told.to_string().contains("Algebra"));
}

#[tokio::test]
async fn what_only_the_log_shows_is_told_to_admins_alone() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let teacher = house.signed_in_as(&mut admin, "teacher").await;
    let (mut of_admin, mut of_teacher) =
        (Stream::open(&house, &admin).await, Stream::open(&house, &teacher).await);
    let first = of_admin.next().await.unwrap();
    assert_eq!(of_teacher.next().await.unwrap()["changes"]["log"], 0);
    house.visitor().sign_in("as-teacher", "the guess of somebody").await;
    let told = of_admin.next().await.unwrap();
    assert_ne!(told["changes"]["log"], first["changes"]["log"]);
    assert_eq!(told["changes"]["users"], first["changes"]["users"]);
    admin.post("/rooms/new", &[("name", "Algebra")]).await;
    assert_eq!(of_teacher.next().await.unwrap()["changes"]["log"], 0);
}

#[tokio::test]
async fn pages_of_teachers_do_not_say_how_much_is_in_the_log() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut teacher = house.signed_in_as(&mut admin, "teacher").await;
    let says_nothing = |page: &str| page.replace('\\', "").contains(r#""log":0}"#);
    assert!(says_nothing(&teacher.get("/rooms").await.body));
    assert!(!says_nothing(&admin.get("/rooms").await.body));
}

#[tokio::test]
async fn a_stream_ends_when_its_session_does() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut other = house.signed_in_as(&mut admin, "admin").await;
    let mut stream = Stream::open(&house, &other).await;
    stream.next().await.unwrap();
    other.post("/sign-out", &[]).await;
    assert_eq!(stream.farewell().await, "signed_out");
}

#[tokio::test]
async fn a_stream_ends_when_its_admin_is_none_any_more() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let other = house.signed_in_as(&mut admin, "admin").await;
    let mut stream = Stream::open(&house, &other).await;
    stream.next().await.unwrap();
    let form = [("nickname", "x"), ("permission", "host"), ("role", "teacher")];
    admin.upload("/users/as-admin", &form, None).await;
    assert_eq!(stream.farewell().await, "other_role");
}

#[tokio::test]
async fn a_stream_ends_when_its_teacher_loses_the_role() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let other = house.signed_in_as(&mut admin, "teacher").await;
    let mut stream = Stream::open(&house, &other).await;
    stream.next().await.unwrap();
    let form = [("nickname", "x"), ("permission", "host"), ("role", "none")];
    admin.upload("/users/as-teacher", &form, None).await;
    assert_eq!(stream.farewell().await, "no_role");
}

#[tokio::test]
async fn a_stream_ends_whatever_ends_its_session() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let other = house.signed_in_as(&mut admin, "admin").await;
    let mut stream = Stream::open(&house, &other).await;
    stream.next().await.unwrap();
    house.db_give_password("as-admin").await;
    assert_eq!(stream.farewell().await, "signed_out", "another password");

    for end in ["deactivated", "deleted"] {
        let mut other = house.visitor();
        other.sign_in("as-admin", PASSWORD).await;
        let mut stream = Stream::open(&house, &other).await;
        stream.next().await.unwrap();
        if end == "deactivated" {
            let form = [("user_id", "as-admin"), ("active", "false")];
            admin.script().post("/api/users/set-active", &form).await;
        } else {
            admin.post("/users/as-admin/delete", &[("user_id", "as-admin")]).await;
        }
        assert_eq!(stream.farewell().await, end);
        let form = [("user_id", "as-admin"), ("active", "true")];
        admin.script().post("/api/users/set-active", &form).await;
    }
}

#[tokio::test]
async fn a_stream_ends_when_the_server_stops() {
    let house = House::new().await;
    let admin = house.admin().await;
    let mut stream = Stream::open(&house, &admin).await;
    stream.next().await.unwrap();
    house.backend.live.end();
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn nobody_follows_who_may_not() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut teacher = house.signed_in_as(&mut admin, "teacher").await;
    // As browsers ask for a stream: a page to go to instead is no answer to them.
    let follow = async |browser: &Browser| {
        let browser = browser.with("accept", "text/event-stream");
        browser.status(Method::GET, "/live", None, Body::empty()).await
    };
    assert_eq!(follow(&teacher).await, 200);
    assert_eq!(follow(&house.visitor()).await, 401);
    teacher.post("/sign-out", &[]).await;
    assert_eq!(follow(&teacher).await, 401);
}
