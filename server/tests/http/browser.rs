//! A browser, as far as the server can tell: it keeps cookies and says where forms come from.

use std::{collections::BTreeMap, net::SocketAddr};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, header},
    response::Response,
};
use form_urlencoded::Serializer;
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

const BOUNDARY: &str = "----boundary";

/// A browser, or a script in one.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    /// Cookies that are sent to one path alone and those below it: by path and name.
    pub of_paths: BTreeMap<(String, String), String>,
    /// Sent with every request.
    pub headers: BTreeMap<&'static str, String>,
    pub peer: SocketAddr,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }
}

impl Browser {
    pub fn new(router: Router, host: &str) -> Self {
        let headers = [("host", host), ("accept", "text/html"), ("sec-fetch-site", "same-origin")];
        Self {
            router,
            cookies: BTreeMap::new(),
            of_paths: BTreeMap::new(),
            headers: headers.map(|(name, value)| (name, value.to_owned())).into(),
            peer: ([127, 0, 0, 1], 50_000).into(),
        }
    }

    /// The same browser, with another header (or, where the value is empty, without it).
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut other = self.clone();
        match value {
            "" => other.headers.remove(name),
            value => other.headers.insert(name, value.to_owned()),
        };
        other
    }

    /// A script in this browser, which asks for JSON.
    pub fn script(&self) -> Self {
        self.with("accept", "application/json")
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let body = Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.send(Method::POST, path, Some("application/x-www-form-urlencoded"), body.into()).await
    }

    /// Sends a form with a picture.
    pub async fn upload(
        &mut self,
        path: &str,
        pairs: &[(&str, &str)],
        picture: Option<&[u8]>,
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in pairs {
            part(&mut body, &format!("name=\"{name}\""), value.as_bytes());
        }
        let picture = picture.unwrap_or_default();
        part(&mut body, "name=\"image\"; filename=\"me.png\"", picture);
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send(Method::POST, path, Some(&kind), body.into()).await
    }

    pub async fn sign_in(&mut self, user_id: &str, password: &str) -> Answer {
        self.post("/sign-in", &[("user_id", user_id), ("password", password)]).await
    }

    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        kind: Option<&str>,
        body: Body,
    ) -> Answer {
        let (parts, body) = self.respond(method, path, kind, body).await.into_parts();
        self.keep_cookies(&parts.headers);
        let body = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8_lossy(&body).into_owned();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// The status alone, also of an answer that doesn't end.
    pub async fn status(&self, method: Method, path: &str, kind: Option<&str>, body: Body) -> u16 {
        self.respond(method, path, kind, body).await.status().as_u16()
    }

    /// What stands above an answer, also of one that doesn't end.
    pub async fn head(&self, path: &str) -> Answer {
        let (parts, _) = self.respond(Method::GET, path, None, Body::empty()).await.into_parts();
        let status = parts.status.as_u16();
        Answer { status, headers: parts.headers, body: String::new() }
    }

    /// The same browser, before another server.
    pub fn at(&self, router: Router) -> Self {
        Self { router, ..self.clone() }
    }

    async fn respond(
        &self,
        method: Method,
        path: &str,
        kind: Option<&str>,
        body: Body,
    ) -> Response {
        let mut request =
            Request::builder().method(method).uri(path).extension(ConnectInfo(self.peer));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let of_path = self.of_paths.iter().filter(|it| is_below(path, &it.0.0));
        let of_path = of_path.map(|((_, name), value)| (name, value));
        for (name, value) in self.cookies.iter().chain(of_path) {
            request = request.header(header::COOKIE, format!("{name}={value}"));
        }
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap()
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let path = rest.split("Path=").nth(1).and_then(|it| it.split(';').next());
            if let Some(path) = path.filter(|it| *it != "/") {
                let place = (path.to_owned(), name.to_owned());
                match rest.split(';').next().unwrap() {
                    "" => self.of_paths.remove(&place),
                    value => self.of_paths.insert(place, value.to_owned()),
                };
                continue;
            }
            match rest.split(';').next().unwrap() {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
    }
}

/// Whether a browser sends the cookies of one path to another.
fn is_below(asked: &str, path: &str) -> bool {
    let asked = asked.split('?').next().unwrap();
    asked.strip_prefix(path).is_some_and(|it| it.is_empty() || it.starts_with('/'))
}

fn part(body: &mut Vec<u8>, described: &str, content: &[u8]) {
    let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; {described}\r\n\r\n");
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n");
}
