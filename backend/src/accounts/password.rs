//! Passwords: hashed by Argon2id, a few at a time, beside the threads that serve.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::Password;
use tokio::sync::Semaphore;

use super::common::Chosen;
use crate::Internal;

/// How many passwords are hashed at once: each takes 19 MiB and a whole core.
const AT_ONCE: usize = 2;
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The hash of a password that nobody has, made with the same parameters: comparing with it takes as
/// long as with a real one.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlz\
    $qLml5cbqFZ1IpTzS6qAbPBBJeUMqOpGUlHXqWqH2zYg";

/// Hashes and compares passwords.
#[derive(Clone, Debug)]
pub(super) struct Passwords {
    turns: Arc<Semaphore>,
    hasher: Hasher,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)), hasher: Hasher::default() }
    }
}

impl Passwords {
    /// The hash of a password that somebody chose, as a PHC string.
    pub(super) async fn hash(&self, chosen: Chosen<'_>) -> Result<String, Internal> {
        let password = chosen.password().clone();
        self.run(move |hasher| {
            let hash = hasher.argon2()?.hash_password(password.reveal().as_bytes());
            hash.map(|it| it.to_string()).map_err(Internal::other)
        })
        .await
    }

    /// Whether a password belongs to a hash. Without either it takes as long, and says no.
    pub(super) async fn matches(
        &self,
        password: Option<Password>,
        hash: Option<String>,
    ) -> Result<bool, Internal> {
        self.run(move |hasher| {
            let possible = password.is_some() && hash.is_some();
            let hash = PasswordHash::new(hash.as_deref().unwrap_or(NOBODYS));
            let hash = hash.map_err(Internal::other)?;
            let typed = password.as_ref().map_or("", Password::reveal);
            Ok(hasher.argon2()?.verify_password(typed.as_bytes(), &hash).is_ok() && possible)
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Hasher) -> Result<T, Internal> + Send + 'static,
    ) -> Result<T, Internal> {
        let permit = Arc::clone(&self.turns).acquire_owned().await.map_err(Internal::other)?;
        let hasher = self.hasher.clone();
        // The permit goes along: work that nobody waits for any more still takes its memory.
        let run = move || {
            let _permit = permit;
            work(&hasher)
        };
        tokio::task::spawn_blocking(run).await?
    }
}

/// What all the time goes into.
#[derive(Clone, Debug, Default)]
struct Hasher {
    /// How often it ran: what an attempt costs is told by that, since times prove nothing.
    #[cfg(test)]
    runs: Arc<std::sync::atomic::AtomicUsize>,
}

impl Hasher {
    /// For one run.
    #[cfg_attr(not(test), expect(clippy::unused_self, reason = "tests count the runs"))]
    fn argon2(&self) -> Result<Argon2<'static>, Internal> {
        #[cfg(test)]
        self.runs.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(Internal::other)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

#[cfg(test)]
impl Passwords {
    /// How often Argon2id ran.
    pub(super) fn runs(&self) -> usize {
        self.hasher.runs.load(std::sync::atomic::Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use domain::UserId;

    use super::*;

    async fn hash(passwords: &Passwords, password: &str) -> String {
        let password = Password::parse(password, None).unwrap();
        let user_id = UserId::parse("A-hana").unwrap();
        passwords.hash(Chosen::by(&user_id, &password).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn a_password_matches_only_its_own_hash() {
        let passwords = Passwords::default();
        let password = |raw| Some(Password::parse(raw, None).unwrap());
        let hash = hash(&passwords, "correct horse").await;
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let matches = |typed, hash| passwords.matches(typed, hash);
        assert!(matches(password("correct horse"), Some(hash.clone())).await.unwrap());
        assert!(!matches(password("wrong horse"), Some(hash.clone())).await.unwrap());
        assert!(!matches(None, Some(hash)).await.unwrap());
        assert!(!matches(password("correct horse"), None).await.unwrap());
    }

    #[tokio::test]
    async fn comparing_with_nobodys_hash_is_the_same_work() {
        let hash = hash(&Passwords::default(), "correct horse").await;
        let (real, nobodys) =
            (PasswordHash::new(&hash).unwrap(), PasswordHash::new(NOBODYS).unwrap());
        assert_eq!(nobodys.algorithm, real.algorithm);
        assert_eq!(nobodys.params, real.params);
        assert_eq!(nobodys.hash.map(|it| it.len()), real.hash.map(|it| it.len()));
    }

    #[tokio::test]
    async fn no_more_are_hashed_at_once_than_memory_is_meant_for() {
        let (passwords, running) = (Passwords::default(), Arc::new(Semaphore::new(AT_ONCE)));
        let all = (0..12).map(|_| {
            let (passwords, running) = (passwords.clone(), running.clone());
            tokio::spawn(async move {
                let work = move |hasher: &Hasher| {
                    let turn = running.try_acquire().map_err(Internal::other)?;
                    // Time enough for others to begin, were they let.
                    let hash = hasher.argon2()?.hash_password(b"correct horse");
                    drop(turn);
                    hash.map(drop).map_err(Internal::other)
                };
                passwords.run(work).await
            })
        });
        for one in all.collect::<Vec<_>>() {
            one.await.unwrap().unwrap();
        }
    }
}
