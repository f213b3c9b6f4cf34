//! The proof that an Admin acts. Whatever only an Admin may do asks for it.

use super::{Proof, Staff};
use crate::{
    Internal,
    audit::Author,
    store::{Store, Tx},
};

/// An active Admin acts, from a session; or whoever runs the command line on the server does.
#[derive(Clone, Debug)]
pub struct Admin(Staff);

impl Admin {
    /// Whoever runs the command line on the server.
    #[must_use]
    pub const fn operator() -> Self {
        Self(Staff::operator())
    }

    /// For [`Staff::admin`] alone, which makes sure that they are one.
    pub(super) const fn of(staff: Staff) -> Self {
        Self(staff)
    }

    /// The Admin's number; nobody's for the command line.
    pub(crate) fn number(&self) -> Option<i64> {
        self.0.number()
    }

    /// Begins a transaction that writes, as [`Staff::begin`] does.
    pub(crate) async fn begin(&self, store: &Store) -> Result<Tx, Internal> {
        self.0.begin(store).await
    }

    /// Who acts, for the audit log.
    pub(crate) fn author(&self) -> Author<'_> {
        self.0.author()
    }
}

impl Proof for Admin {
    fn staff(&self) -> &Staff {
        &self.0
    }

    fn staff_mut(&mut self) -> &mut Staff {
        &mut self.0
    }
}
