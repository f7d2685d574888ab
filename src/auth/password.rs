//! Passwords: hashed slowly, a few at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::error::{Code, Error, Result};

/// More callers than this wait for no verification: they are asked to come back.
const WAITING: usize = 256;

/// Verified for unknown accounts, so that their answer takes as long. It is the hash of no known password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyBzYWx0IQ$Vb4o9nGsIU2WlGBZWr5rQxYVETr843NFUEhVUhx7Wf8";

/// OWASP's least for argon2id: 19 MiB, two passes, one lane.
fn argon2id() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| Error::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password with a salt of its own (PHC text).
///
/// # Errors
/// When the generator of random bytes fails.
pub fn hash_password(password: &str) -> Result<String> {
    let hash =
        argon2id()?.hash_password(password.as_bytes()).map_err(|error| Error::internal(error.to_string()))?;
    Ok(hash.to_string())
}

fn verify(password: &str, hash: &str) -> Result<bool> {
    let parsed = PasswordHash::new(hash).map_err(|error| Error::internal(error.to_string()))?;
    Ok(argon2id()?.verify_password(password.as_bytes(), &parsed).is_ok())
}

/// Verifies passwords on as many threads as there are cores.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
}

impl Default for Passwords {
    /// As many at once as this machine has cores.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { turns: Arc::new(Semaphore::new(cores)), waiting: Arc::default() }
    }
}

impl Passwords {
    /// Whether the password fits the account's hash; without a hash it never does, and takes as long.
    ///
    /// # Errors
    /// `store.busy` when too many wait already.
    pub async fn fits(&self, password: String, hash: Option<String>) -> Result<bool> {
        struct Place(Arc<AtomicUsize>);
        impl Drop for Place {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::Relaxed);
            }
        }
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _place = Place(self.waiting.clone());
        if before >= WAITING + self.turns.available_permits() {
            return Err(Code::StoreBusy.reject());
        }
        let _turn = self.turns.acquire().await.map_err(Error::internal)?;
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let fits = tokio::task::spawn_blocking(move || verify(&password, &hash))
            .await
            .map_err(Error::internal)??;
        Ok(fits && known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_account_takes_as_long_as_a_known_one() {
        let costs = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(costs(NOBODY), costs(&hash_password("daogang-demo").unwrap()));
        assert!(!verify("daogang-demo", NOBODY).unwrap());
    }
}
