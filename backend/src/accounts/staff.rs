//! The proof that somebody acts who may use the console: an Admin or a Teacher.

use domain::{ConsoleRole, UserId};

use super::{Admin, Context, Session, once::Once};
use crate::{
    Internal, InternalKind,
    audit::Author,
    store::{Store, Tx, accounts},
};

/// Somebody active with a console role acts, from a session; or whoever runs the command line on the
/// server does, who counts as an Admin.
#[derive(Clone, Debug)]
pub struct Staff {
    /// Nothing for the command line.
    signed_in: Option<SignedIn>,
    /// The form by which they act, where it is to be carried out once.
    once: Option<Once>,
}

#[derive(Clone, Debug)]
struct SignedIn {
    number: i64,
    user_id: UserId,
    role: ConsoleRole,
    /// The hash of the session's secret.
    session: Vec<u8>,
    context: Context,
}

/// Whoever acts may not do this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("whoever acts may not do this")]
pub struct Forbidden;

impl Staff {
    /// Whoever runs the command line on the server: they could change the database file as well.
    pub(super) const fn operator() -> Self {
        Self { signed_in: None, once: None }
    }

    pub(super) fn of(session: &Session) -> Self {
        let signed_in = SignedIn {
            number: session.number(),
            user_id: session.user().user_id.clone(),
            role: session.role(),
            session: session.hash().to_owned(),
            context: session.context().clone(),
        };
        Self { signed_in: Some(signed_in), once: None }
    }

    /// The proof that an Admin acts, if one does.
    pub fn admin(&self) -> Result<Admin, Forbidden> {
        if self.is_admin() { Ok(Admin::of(self.clone())) } else { Err(Forbidden) }
    }

    /// Whether they are an Admin, who may do everything.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.signed_in.as_ref().is_none_or(|it| it.role == ConsoleRole::Admin)
    }

    /// Who acts; nobody for the command line.
    #[must_use]
    pub fn user_id(&self) -> Option<&UserId> {
        self.signed_in.as_ref().map(|it| &it.user_id)
    }

    /// Their number: they can own what they make. Nobody's for the command line.
    pub(crate) fn number(&self) -> Option<i64> {
        self.signed_in.as_ref().map(|it| it.number)
    }

    /// Begins a transaction that writes, if they still are what they were: what they send may take its
    /// time, and their role or session may be gone before all of it has come. The form by which they act, if there
    /// is one, counts as carried out once the transaction is committed.
    pub(crate) async fn begin(&self, store: &Store) -> Result<Tx, Internal> {
        let mut tx = store.begin().await?;
        if let Some(SignedIn { number, role, session, .. }) = &self.signed_in
            && !accounts::has_role(&mut tx, *number, *role, session).await?
        {
            let reason = "whoever acts has lost their role, or is signed out";
            return Err(Internal::new(InternalKind::Revoked, reason));
        }
        if let Some(once) = &self.once {
            once.claim(&mut tx).await?;
        }
        Ok(tx)
    }

    pub(super) fn send(&mut self, once: Once) {
        self.once = Some(once);
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

/// What proves who acts.
pub trait Proof: Clone {
    /// Who acts.
    fn staff(&self) -> &Staff;
    /// Who acts, to note by which form they do.
    fn staff_mut(&mut self) -> &mut Staff;
}

impl Proof for Staff {
    fn staff(&self) -> &Staff {
        self
    }

    fn staff_mut(&mut self) -> &mut Staff {
        self
    }
}
