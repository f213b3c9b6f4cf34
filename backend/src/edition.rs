//! Which edition of something a form was filled in from.

use domain::{Edition, Timestamp};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::Internal;

/// The edition that has this content, read at that moment.
pub(crate) fn edition(at: Timestamp, content: &impl Serialize) -> Result<Edition, Internal> {
    let text = serde_json::to_vec(content).map_err(Internal::other)?;
    let mut start = [0; 8];
    start.copy_from_slice(&Sha256::digest(text)[..8]);
    Ok(Edition::new(at, u64::from_le_bytes(start)))
}
