//! Accounts: signing in and out, sessions, passwords, and the first Admin.

mod admin;
mod common;
mod once;
mod own;
mod password;
mod password_link;
mod refused;
mod session;
mod setup;
mod sign_in;
mod staff;
mod throttle;

use std::sync::Arc;

use domain::{Nickname, Password, Problem, UserId};

use self::{once::Answers, password::Passwords, throttle::Throttle};
use crate::{Internal, clock::Clock, store::Store};

pub use self::{
    admin::Admin,
    own::ChangeRefusal,
    password_link::{LinkRefusal, MakeLinkRefusal, PasswordLink},
    refused::Asked,
    session::Session,
    setup::SetupRefusal,
    sign_in::SignInRefusal,
    staff::{Forbidden, Proof, Staff},
    throttle::network,
};
pub(crate) use self::{
    refused::{Refusals, Refused},
    session::lasts,
    throttle::PerAddress,
};

/// The use cases about accounts.
#[derive(Debug)]
pub struct Accounts {
    store: Store,
    clock: Arc<dyn Clock>,
    passwords: Passwords,
    throttle: Throttle,
    answers: Answers,
    refusals: Arc<Refusals>,
}

/// Where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The request's id, which error pages show and logs name.
    pub request_id: String,
    /// The address that the request comes from.
    pub address: String,
    /// The browser, as it calls itself.
    pub browser: String,
}

/// An Admin to be made, who can sign in at once.
#[derive(Clone, Debug)]
pub struct NewAdmin {
    /// The User ID.
    pub user_id: UserId,
    /// The nickname.
    pub nickname: Nickname,
    /// The password.
    pub password: Password,
}

/// Why an Admin wasn't made, or a password wasn't set, from the command line.
#[derive(Debug, thiserror::Error)]
pub enum AccountRefusal {
    /// There is no such user.
    #[error("there is no such user")]
    NotFound,
    /// The User ID is taken.
    #[error("the User ID {by} is taken")]
    Taken {
        /// The User ID as it was first typed.
        by: UserId,
    },
    /// The password can't be chosen.
    #[error("the password is refused")]
    Password(Problem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl Accounts {
    pub(crate) fn new(store: Store, clock: Arc<dyn Clock>, refusals: Arc<Refusals>) -> Self {
        let (passwords, throttle) = (Passwords::default(), Throttle::default());
        let answers = Answers::default();
        Self { store, clock, passwords, throttle, answers, refusals }
    }
}
