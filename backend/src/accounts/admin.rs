//! The proof that an Admin acts. Whatever only an Admin may do asks for it.

use domain::{ConsoleRole, UserId};

use super::{Context, Session, once::Once};
use crate::{
    Internal, InternalKind,
    audit::Author,
    store::{Store, Tx, accounts},
};

/// An active Admin acts, from a session; or whoever runs the command line on the server does.
#[derive(Clone, Debug)]
pub struct Admin {
    /// Nothing for the command line.
    signed_in: Option<SignedIn>,
    /// The form by which they act, where it is to be carried out once.
    once: Option<Once>,
}

#[derive(Clone, Debug)]
struct SignedIn {
    number: i64,
    user_id: UserId,
    context: Context,
}

/// The person signed in is no Admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("only an Admin may do this")]
pub struct Forbidden;

impl Admin {
    /// Whoever runs the command line on the server: they could change the database file as well.
    #[must_use]
    pub const fn operator() -> Self {
        Self { signed_in: None, once: None }
    }

    pub(super) fn of(session: &Session) -> Result<Self, Forbidden> {
        if session.role() != ConsoleRole::Admin {
            return Err(Forbidden);
        }
        let signed_in = SignedIn {
            number: session.number(),
            user_id: session.user().user_id.clone(),
            context: session.context().clone(),
        };
        Ok(Self { signed_in: Some(signed_in), once: None })
    }

    /// The Admin's number, who can own what they make; nobody's for the command line.
    pub(crate) fn number(&self) -> Option<i64> {
        self.signed_in.as_ref().map(|it| it.number)
    }

    /// Begins a transaction that writes, if the Admin still is one: what they send may take its time,
    /// and their role may be gone before all of it has come. The form by which they act, if there is
    /// one, counts as carried out once the transaction is committed.
    pub(crate) async fn begin(&self, store: &Store) -> Result<Tx, Internal> {
        let mut tx = store.begin().await?;
        match self.number() {
            Some(number) if !accounts::is_admin(&mut tx, number).await? => {
                Err(Internal::new(InternalKind::Revoked, "the Admin is none any more"))
            }
            _ => {
                if let Some(once) = &self.once {
                    once.claim(&mut tx).await?;
                }
                Ok(tx)
            }
        }
    }

    pub(super) fn sending(self, once: Once) -> Self {
        Self { once: Some(once), ..self }
    }

    pub(super) const fn sent(&self) -> Option<&Once> {
        self.once.as_ref()
    }

    /// Who acts, for the audit log.
    pub(crate) fn author(&self) -> Author<'_> {
        Author {
            actor: self.signed_in.as_ref().map(|it| &it.user_id),
            context: self.signed_in.as_ref().map(|it| &it.context),
        }
    }
}
