//! Once: a form that is sent twice, or again after its answer was lost, is carried out once.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::Timestamp;
use sha2::{Digest, Sha256};

use super::{Accounts, Proof, Staff};
use crate::{
    Internal, InternalKind,
    store::{self, Tx, sent},
};

/// For how long a form is known again.
const KNOWN_SECONDS: i64 = 24 * 60 * 60;
/// Of so many forms it is known where their answer led.
const ANSWERS: usize = 1_000;
/// How often, and after which wait, somebody asks for an answer that another is just being given.
const ASKED: u32 = 20;
const WAIT: Duration = Duration::from_millis(50);

/// A form that somebody sent: the same one where everything that it holds is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Once {
    key: Vec<u8>,
    at: Timestamp,
}

impl Once {
    /// Lets it be carried out in that transaction, unless it was before.
    pub(super) async fn claim(&self, tx: &mut Tx) -> Result<(), Internal> {
        if sent::claim(tx, &self.key, self.at).await? {
            return Ok(());
        }
        Err(Internal::new(InternalKind::Repeated, "the form was carried out before"))
    }
}

/// Where the answers to the last forms led. In memory: it is asked for within moments, if ever.
#[derive(Debug, Default)]
pub(super) struct Answers(Mutex<VecDeque<(Vec<u8>, String)>>);

impl Answers {
    fn note(&self, key: &[u8], location: &str) {
        let mut known = self.known();
        if known.len() == ANSWERS {
            known.pop_front();
        }
        known.push_back((key.to_owned(), location.to_owned()));
    }

    fn of(&self, key: &[u8]) -> Option<String> {
        let known = self.known();
        known.iter().rev().find(|(it, _)| it == key).map(|(_, location)| location.clone())
    }

    fn known(&self) -> MutexGuard<'_, VecDeque<(Vec<u8>, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Accounts {
    /// Whoever acts as the sender of one form, told from all others by the token of the page it was
    /// filled in on and by its content. Whatever they do as that is done once: sent again, it fails as
    /// [`InternalKind::Repeated`].
    #[must_use]
    pub fn once<P: Proof>(&self, mut proof: P, token: &str, content: [&[u8]; 2]) -> P {
        let mut hash = Sha256::new();
        hash.update(proof.staff().number().unwrap_or_default().to_le_bytes());
        // Each part by its own hash, so that no part can run into the next.
        for part in [token.as_bytes(), content[0], content[1]] {
            hash.update(Sha256::digest(part));
        }
        proof.staff_mut().send(Once { key: hash.finalize().to_vec(), at: self.clock.now() });
        proof
    }

    /// Notes where the answer to the form led, for whoever sends it again.
    pub fn note_answer(&self, sender: &Staff, location: &str) {
        if let Some(once) = sender.sent() {
            self.answers.note(&once.key, location);
        }
    }

    /// Where the answer to the form led, if it was carried out before and that is still known.
    #[must_use]
    pub fn known_answer(&self, sender: &Staff) -> Option<String> {
        self.answers.of(&sender.sent()?.key)
    }

    /// Where the answer led to the form that was carried out before. Waits a moment where it is only
    /// being given; `None` where it is not known any more.
    pub async fn answer(&self, sender: &Staff) -> Option<String> {
        for _ in 0..ASKED {
            let location = self.known_answer(sender);
            if location.is_some() {
                return location;
            }
            tokio::time::sleep(WAIT).await;
        }
        None
    }

    /// Forgets forms that nobody will send again; the answer is how many.
    pub async fn forget_sent(&self) -> Result<u64, Internal> {
        let before = self.clock.now().plus_seconds(-KNOWN_SECONDS);
        let mut tx = self.store.begin().await?;
        let forgotten = sent::forget(&mut tx, before).await?;
        store::commit(tx).await?;
        Ok(forgotten)
    }
}
