//! What asks the servers: one connection each that is kept open, as a browser would.

use std::sync::Arc;

use serde_json::Value;
use ureq::http::{Response, header};
use ureq::{Agent, Body};

use crate::failure::{Failure, Result};

/// Pairs of a query or a form.
pub type Pairs = Vec<(String, String)>;

/// What a form with a file holds: the file's content.
pub type Picture = Arc<[u8]>;

/// The most bytes that an answer may have.
const MOST: u64 = 64 * 1024 * 1024;

/// One request.
#[derive(Clone)]
pub struct Request {
    /// The path it is sent to.
    pub path: String,
    pub content: Content,
    /// The status of the right answer.
    pub expects: u16,
    /// Whether it is sent as whoever is signed in. Signing in anew would end their session.
    pub signed_in: bool,
}

#[derive(Clone)]
pub enum Content {
    /// Asks by GET, with this query.
    Query(Pairs),
    /// Sends a form.
    Form(Pairs),
    /// Sends a form with a picture, or with none chosen.
    Upload(Pairs, Option<Picture>),
    /// Sends text as it is.
    Text(String),
}

impl Request {
    fn new(path: &str, content: Content) -> Self {
        Self { path: path.to_owned(), content, expects: 200, signed_in: true }
    }

    /// Asks for what is there.
    pub fn get(path: &str, query: &[(&str, &str)]) -> Self {
        Self::new(path, Content::Query(pairs(query)))
    }

    /// Sends a form as a script does.
    pub fn form(path: &str, pairs: Pairs) -> Self {
        Self::new(path, Content::Form(pairs))
    }

    /// Sends a form with a picture as a script does.
    pub fn upload(path: &str, pairs: Pairs, picture: Option<Picture>) -> Self {
        Self::new(path, Content::Upload(pairs, picture))
    }

    /// Sends JSON as it is.
    pub fn text(path: &str, text: String) -> Self {
        Self::new(path, Content::Text(text))
    }

    /// The same, sent by somebody who isn't signed in.
    pub const fn at_the_door(mut self) -> Self {
        self.signed_in = false;
        self
    }

    /// The same, but another status is right.
    pub const fn expecting(mut self, status: u16) -> Self {
        self.expects = status;
        self
    }
}

pub fn pairs(of: &[(&str, &str)]) -> Pairs {
    of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// What came back.
pub struct Answer {
    pub cookie: Option<String>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Result<Value> {
        serde_json::from_slice(&self.body).map_err(|error| unexpected("an answer", &error))
    }
}

/// Whoever asks one server.
pub struct Client {
    agent: Agent,
    origin: String,
    cookie: Option<String>,
}

impl Client {
    /// Asks the server at that origin, such as `http://127.0.0.1:3000`.
    pub fn of(origin: &str) -> Self {
        let settings =
            Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(None);
        Self { agent: settings.build().new_agent(), origin: origin.to_owned(), cookie: None }
    }

    /// The origin of the server.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The same server, asked by somebody else on another connection.
    pub fn another(&self) -> Self {
        Self { cookie: self.cookie.clone(), ..Self::of(&self.origin) }
    }

    /// Sends a cookie with every request from now on.
    pub fn keep(&mut self, cookie: Option<String>) {
        self.cookie = cookie;
    }

    /// Sends a request and reads its answer to the end; any other status than the right one fails.
    pub fn send(&self, request: &Request) -> Result<Answer> {
        let url = format!("{}{}", self.origin, request.path);
        let sent = self.ask(&url, request).map_err(|error| unexpected(&url, &error))?;
        let status = sent.status().as_u16();
        let answer = read(sent).map_err(|error| unexpected(&url, &error))?;
        if status == request.expects {
            return Ok(answer);
        }
        let said: String = String::from_utf8_lossy(&answer.body).chars().take(500).collect();
        Err(unexpected(&url, &format!("{status} instead of {}: {said}", request.expects)))
    }

    /// Asks for what is there, and reads it as JSON.
    pub fn json(&self, path: &str, query: &[(&str, &str)]) -> Result<Value> {
        self.send(&Request::get(path, query))?.json()
    }

    fn ask(
        &self,
        url: &str,
        request: &Request,
    ) -> std::result::Result<Response<Body>, ureq::Error> {
        const SITE: &str = "sec-fetch-site";
        let cookie = self.cookie.as_deref().filter(|_| request.signed_in).unwrap_or_default();
        if let Content::Query(query) = &request.content {
            // Pages and server functions alike: the latter answer nothing but JSON anyway.
            let get = self.agent.get(url).header(header::ACCEPT, "text/html");
            return get.header(header::COOKIE, cookie).query_pairs(query.clone()).call();
        }
        let post = self.agent.post(url).header(header::ACCEPT, "application/json");
        let post = post.header(header::COOKIE, cookie).header(SITE, "same-origin");
        match &request.content {
            Content::Query(_) => post.send_empty(),
            Content::Form(pairs) => post.send_form(pairs.clone()),
            Content::Text(text) => post.content_type("application/json").send(text),
            Content::Upload(pairs, picture) => {
                let kind = format!("multipart/form-data; boundary={BOUNDARY}");
                post.content_type(kind).send(&multipart(pairs, picture.as_deref())[..])
            }
        }
    }
}

fn read(mut sent: Response<Body>) -> std::result::Result<Answer, ureq::Error> {
    let cookie = sent.headers().get(header::SET_COOKIE).and_then(|it| it.to_str().ok());
    let cookie = cookie.and_then(|it| it.split(';').next()).map(str::to_owned);
    let body = sent.body_mut().with_config().limit(MOST).read_to_vec()?;
    Ok(Answer { cookie, body })
}

const BOUNDARY: &str = "----xtask-bench";

fn multipart(pairs: &Pairs, picture: Option<&[u8]>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in pairs {
        part(&mut body, &format!("name=\"{name}\""), value.as_bytes());
    }
    part(&mut body, "name=\"image\"; filename=\"me\"", picture.unwrap_or_default());
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

fn part(body: &mut Vec<u8>, described: &str, content: &[u8]) {
    let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; {described}\r\n\r\n");
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n");
}

fn unexpected(asked: &str, why: &impl ToString) -> Failure {
    Failure::new(
        format!("{asked} was not answered as it should"),
        why.to_string(),
        "bring the bench in step with what the server answers, or mend the server",
    )
}
