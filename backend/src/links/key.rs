//! The key from which the secrets in entry links are made: a file in the data folder, apart from the
//! database, so that neither alone opens a room.

use std::{
    fmt,
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::entry_link::{EntryToken, LinkId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{ids::Secret, layout};

/// What is signed begins with what it is for, so that nothing made for something else passes as it.
const LINK: &[u8] = b"rollcall entry link\0";
const FINGERPRINT: &[u8] = b"rollcall key\0";
const KEY_BYTES: usize = 32;

/// The key. `Debug` hides it.
#[derive(Clone)]
pub(crate) struct LinkKey(Hmac<Sha256>);

impl LinkKey {
    /// Reads the key of a data folder, and makes it where there is none. What another process makes at
    /// the same moment counts.
    pub(crate) fn open(folder: &Path) -> io::Result<Self> {
        let file = folder.join(layout::LINK_KEY);
        let text = match fs::read_to_string(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                make(folder, &file)?;
                fs::read_to_string(&file)?
            }
            read => read?,
        };
        Self::parse(text.trim()).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "it holds something else than a key")
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        if bytes.len() != KEY_BYTES {
            return None;
        }
        Hmac::new_from_slice(&bytes).ok().map(Self)
    }

    /// The token of a link of that generation.
    pub(crate) fn token(&self, id: &LinkId, generation: u32) -> EntryToken {
        let mut secret = [0; EntryToken::SECRET_BYTES];
        let code = self.over(id, generation).finalize().into_bytes();
        secret.copy_from_slice(&code[..EntryToken::SECRET_BYTES]);
        EntryToken::new(id.clone(), secret)
    }

    /// Whether a token is that of its link in that generation. Takes the same time whatever is wrong.
    pub(crate) fn proves(&self, token: &EntryToken, generation: u32) -> bool {
        self.over(token.id(), generation).verify_truncated_left(token.secret()).is_ok()
    }

    /// What tells this key from others without revealing it.
    pub(crate) fn fingerprint(&self) -> Vec<u8> {
        self.0.clone().chain_update(FINGERPRINT).finalize().into_bytes()[..8].to_vec()
    }

    /// All parts have a fixed length, so that no byte can move from one to the next.
    fn over(&self, id: &LinkId, generation: u32) -> Hmac<Sha256> {
        let signed = self.0.clone().chain_update(LINK).chain_update(id.as_str());
        signed.chain_update(generation.to_be_bytes())
    }
}

impl fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkKey(…)")
    }
}

/// Makes a key file, whole or not at all, unless there is one by then.
fn make(folder: &Path, file: &Path) -> io::Result<()> {
    let [secret, draft] = [Secret::random(), Secret::random()];
    let (secret, draft) = (secret.map_err(io::Error::other)?, draft.map_err(io::Error::other)?);
    let draft = folder.join(format!("{}.{}", layout::LINK_KEY, draft.reveal()));
    let made = write(&draft, secret.reveal()).and_then(|()| place(&draft, file));
    match fs::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => made.and(Err(error)),
        _ => made.and_then(|()| layout::sync_folder(folder)),
    }
}

fn write(draft: &Path, text: &str) -> io::Result<()> {
    let mut file: File = layout::private_file().write(true).create_new(true).open(draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Gives a whole file its name, unless something has it. Some file systems know no second names; there the
/// first is changed.
fn place(draft: &Path, file: &Path) -> io::Result<()> {
    match fs::hard_link(draft, file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(_) if !file.exists() => fs::rename(draft, file),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn id() -> LinkId {
        LinkId::from_bits(7)
    }

    #[test]
    fn a_folder_keeps_its_key() {
        let (one, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let token = LinkKey::open(one.path()).unwrap().token(&id(), 1);
        assert!(LinkKey::open(one.path()).unwrap().proves(&token, 1));
        let another = LinkKey::open(other.path()).unwrap();
        assert!(!another.proves(&token, 1));
        assert_ne!(another.fingerprint(), LinkKey::open(one.path()).unwrap().fingerprint());
        let kept: Vec<_> =
            fs::read_dir(one.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert_eq!(kept, ["rollcall.key"], "and nothing beside it");
    }

    #[test]
    fn a_token_is_that_of_one_link_in_one_generation() {
        let folder = TempDir::new().unwrap();
        let key = LinkKey::open(folder.path()).unwrap();
        let token = key.token(&id(), 2);
        assert_eq!(token, key.token(&id(), 2));
        assert!(key.proves(&token, 2));
        assert!(!key.proves(&token, 1));
        assert!(!key.proves(&token, 3));
        let moved = EntryToken::new(LinkId::from_bits(8), *token.secret());
        assert!(!key.proves(&moved, 2));
        let mut bent = *token.secret();
        bent[15] ^= 1;
        assert!(!key.proves(&EntryToken::new(id(), bent), 2));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_the_key_and_no_log_shows_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = TempDir::new().unwrap();
        let key = LinkKey::open(folder.path()).unwrap();
        let file = fs::metadata(folder.path().join("rollcall.key")).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
        assert_eq!(format!("{key:?}"), "LinkKey(…)");
    }

    #[test]
    fn a_broken_key_is_never_replaced() {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("rollcall.key");
        for broken in ["", "short", "not base64 at all!"] {
            fs::write(&file, broken).unwrap();
            assert!(LinkKey::open(folder.path()).is_err(), "{broken}");
            assert_eq!(fs::read_to_string(&file).unwrap(), broken);
        }
    }
}
