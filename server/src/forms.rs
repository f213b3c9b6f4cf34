//! Forms: one mechanism for browsers with and without JavaScript.
//!
//! Every form is sent to the path of its own page. Scripts ask for JSON and get a [`FormReply`];
//! to browsers, success leads on to another page and refusal shows the form again, with what was
//! typed and what is wrong. What each form does stands in its module.

use std::sync::{Arc, OnceLock};

use app::{server::Caller, submission::Submission};
use axum::{
    Json,
    body::Bytes,
    extract::Request,
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use backend::{
    Backend, Internal, InternalKind,
    accounts::{Admin, Proof, Session, Staff},
};
use cookie::Cookie;
use domain::{
    Edition, Problem, Problems,
    form::{FormReply, Pairs},
};
use serde::Serialize;

use crate::{
    body::{self, Picture, Upload},
    cookies,
    errors::{Failure, Wants},
    pages,
    state::Server,
};

pub mod account;
pub mod group;
pub mod password;
pub mod preferences;
pub mod room;
pub mod session;
pub mod settings;
pub mod setup;
pub mod user;

/// The name of the field that tells one page with a form from another, so that a form which is sent
/// twice is carried out once.
const ONCE: &str = "once";

/// A form on its way in.
pub struct Post {
    server: Server,
    request: Request,
    /// Who sent it, once it has been read, where it is to be carried out once.
    sender: Arc<OnceLock<Staff>>,
}

/// A form that was carried out.
pub struct Done {
    location: String,
    cookies: Vec<Cookie<'static>>,
}

/// A form that was not carried out; nothing was changed.
pub enum Trouble<F> {
    /// Something is wrong with what was typed.
    Refused {
        /// What is wrong.
        problems: Problems<F>,
        /// What was typed, to show it again.
        submission: Submission,
    },
    /// It could not be looked at, or something failed.
    Failed(Failure),
}

/// How a form of the fields `F` ends.
pub type Outcome<F> = Result<Done, Trouble<F>>;

impl Post {
    /// The use cases.
    pub fn backend(&self) -> Arc<Backend> {
        self.server.backend().clone()
    }

    /// Who sent the form, and from where.
    pub fn caller(&self) -> Result<&Caller, Failure> {
        self.request
            .extensions()
            .get()
            .ok_or_else(|| Failure::Internal(Internal::other("nobody noted who is calling")))
    }

    /// The server it was sent to.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The secret of the session cookie it came with.
    pub fn session_secret(&self) -> Option<String> {
        let headers = self.request.headers();
        cookies::session_secret(headers, self.server.public_url()).map(str::to_owned)
    }

    /// What names the browser that it came from at the doors of rooms.
    pub fn entry_secret(&self) -> Option<String> {
        cookies::entry_secret(self.headers(), self.server.public_url()).map(str::to_owned)
    }

    /// What stands above it.
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// The path to which it was sent.
    pub fn path(&self) -> &str {
        self.request.uri().path()
    }

    /// Who is signed in and sent the form. Asked for before anything is read.
    pub fn session(&self) -> Result<&Session, Failure> {
        self.caller()?.session.as_ref().ok_or(Failure::SignedOut)
    }

    /// The proof that somebody with a console role sent the form.
    pub fn staff(&self) -> Result<Staff, Failure> {
        Ok(self.session()?.staff())
    }

    /// The proof that an Admin sent the form. Asked for before anything is read.
    pub fn admin(&self) -> Result<Admin, Failure> {
        self.staff()?.admin().map_err(|_| Failure::Forbidden)
    }

    /// Reads the form by the rules of its fields: those that it doesn't have are refused.
    pub async fn form<T>(
        self,
        limit: usize,
        read: impl FnOnce(&Pairs) -> Result<T, String>,
    ) -> Result<T, Failure> {
        let pairs = body::pairs(self.request, limit).await?;
        read(&pairs).map_err(|it| unknown_field(&it))
    }

    /// Reads the form of whoever sent it, and lets what they do by it be done once.
    pub async fn form_of<P: Proof, T>(
        self,
        sender: P,
        limit: usize,
        read: impl FnOnce(&Pairs) -> Result<T, String>,
    ) -> Result<(T, P), Failure> {
        let (pairs, sender) = self.pairs_of(sender, limit).await?;
        let form = read(&pairs).map_err(|it| unknown_field(&it))?;
        Ok((form, sender))
    }

    /// Reads the pairs of the form of whoever sent it, as [`form_of`](Self::form_of) does.
    pub async fn pairs_of<P: Proof>(self, sender: P, limit: usize) -> Result<(Pairs, P), Failure> {
        let path = self.request.uri().path().to_owned();
        let mut pairs = body::pairs(self.request, limit).await?;
        let sender = once(&self.server, &self.sender, sender, &path, &mut pairs, &[]);
        Ok((pairs, sender))
    }

    /// Reads the form that an Admin sent, with its picture, as [`form_of`](Self::form_of) does.
    pub async fn upload_of(self, admin: Admin) -> Result<(Upload, Admin), Failure> {
        let path = self.request.uri().path().to_owned();
        let turn = self.server.turn_to_upload().await;
        let mut upload = body::upload(self.request, turn).await?;
        let picture = match &upload.picture {
            Picture::File(bytes) => bytes.clone(),
            Picture::None | Picture::TooLarge => Bytes::new(),
        };
        let admin = once(&self.server, &self.sender, admin, &path, &mut upload.pairs, &picture);
        Ok((upload, admin))
    }
}

/// Whoever acts as the sender of this form alone, where its page gave it a token.
fn once<P: Proof>(
    server: &Server,
    noted: &OnceLock<Staff>,
    sender: P,
    path: &str,
    pairs: &mut Pairs,
    picture: &[u8],
) -> P {
    let Some(token) = pairs.take(ONCE) else { return sender };
    let typed = (path, pairs.iter().collect::<Vec<_>>());
    // Strings can't fail to be written.
    let typed = serde_json::to_vec(&typed).unwrap_or_default();
    let sender = server.backend().accounts.once(sender, &token, [&typed, picture]);
    noted.get_or_init(|| sender.staff().clone());
    sender
}

/// Which edition was seen of what a form edits; none where the form doesn't say.
pub fn seen(pairs: &mut Pairs) -> Result<Option<Edition>, Failure> {
    let Some(text) = pairs.take(Edition::FIELD) else { return Ok(None) };
    let seen = Edition::from_text(&text);
    seen.map(Some).ok_or_else(|| Failure::Unreadable("that is no edition".to_owned()))
}

/// A field that the form doesn't have.
pub fn unknown_field(name: &str) -> Failure {
    Failure::Unreadable(format!("unknown field: {name}"))
}

impl Done {
    /// Leads on to that path.
    pub fn at(location: impl Into<String>) -> Self {
        Self { location: location.into(), cookies: Vec::new() }
    }

    /// Sets a cookie as well.
    pub fn with(mut self, cookie: Cookie<'static>) -> Self {
        self.cookies.push(cookie);
        self
    }
}

impl<F: Clone + Send + Sync + 'static> Trouble<F> {
    /// The form is refused; its page shows what was typed again.
    pub fn refused<T: Clone + Send + Sync + 'static>(typed: T, problems: Problems<F>) -> Self {
        Self::Refused { submission: Submission::new(typed, problems.clone()), problems }
    }
}

impl<F, E: Into<Failure>> From<E> for Trouble<F> {
    fn from(failure: E) -> Self {
        Self::Failed(failure.into())
    }
}

/// Carries out a form and answers as it was asked.
pub async fn answer<F, Acting>(
    server: Server,
    request: Request,
    act: impl FnOnce(Post) -> Acting,
) -> Response
where
    F: Copy + PartialEq + Serialize,
    Acting: Future<Output = Outcome<F>>,
{
    let (form, body) = request.into_parts();
    let wants = Wants::of(&form.headers);
    let sender = Arc::new(OnceLock::new());
    let post = Post {
        server: server.clone(),
        request: Request::from_parts(form.clone(), body),
        sender: sender.clone(),
    };
    match act(post).await {
        Ok(done) => {
            if let Some(sender) = sender.get() {
                server.backend().accounts.note_answer(sender, &done.location);
            }
            carried_out::<F>(done, wants)
        }
        Err(Trouble::Failed(Failure::Internal(error)))
            if error.kind() == InternalKind::Repeated =>
        {
            let done = answered_before(&server, sender.get(), form.uri.path()).await;
            carried_out::<F>(done, wants)
        }
        // Sent again, the form that deleted something, or gave it away, finds it gone.
        Err(Trouble::Failed(Failure::NotFound | Failure::Forbidden))
            if let Some(location) = known_answer(&server, sender.get()) =>
        {
            carried_out::<F>(Done::at(location), wants)
        }
        Err(Trouble::Failed(failure)) => failure.into_response(),
        Err(Trouble::Refused { problems, submission }) => {
            let (status, wait) = refusal(&problems);
            let answer = match wants {
                Wants::Json => Json(FormReply::Refused(problems)).into_response(),
                Wants::Page => pages::again(&server, form, submission).await,
            };
            (status, wait, answer).into_response()
        }
    }
}

/// Where the answer led to the form, if it was carried out before and that is still known.
fn known_answer(server: &Server, sender: Option<&Staff>) -> Option<String> {
    server.backend().accounts.known_answer(sender?)
}

/// The answer to a form that was carried out before. Where it is not known any more, since the server
/// was started again meanwhile, the list is where to look for what was done.
async fn answered_before(server: &Server, sender: Option<&Staff>, path: &str) -> Done {
    let location = match sender {
        Some(sender) => server.backend().accounts.answer(sender).await,
        None => None,
    };
    let list = path.split('/').nth(1).unwrap_or_default();
    Done::at(location.unwrap_or_else(|| format!("/{list}")))
}

fn carried_out<F: Serialize>(done: Done, wants: Wants) -> Response {
    let cookies = AppendHeaders(done.cookies.iter().map(|it| (header::SET_COOKIE, it.to_string())));
    match wants {
        Wants::Json => {
            (cookies, Json(FormReply::<F>::Done { location: done.location })).into_response()
        }
        Wants::Page => (cookies, Redirect::to(&done.location)).into_response(),
    }
}

/// The status of a refused form, and when to try again if that helps.
fn refusal<F: Copy + PartialEq>(
    problems: &Problems<F>,
) -> (StatusCode, Option<[(HeaderName, String); 1]>) {
    match problems.first() {
        Some((_, Problem::Wait { seconds } | Problem::ShownEnough { seconds })) => {
            let wait = [(header::RETRY_AFTER, seconds.to_string())];
            (StatusCode::TOO_MANY_REQUESTS, Some(wait))
        }
        _ => (StatusCode::UNPROCESSABLE_ENTITY, None),
    }
}
