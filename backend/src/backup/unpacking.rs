//! Reading a backup from its first byte to its last, and letting nothing pass that isn't as it was
//! written.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use tar::{Archive, Entry, EntryType};

use super::{
    Step, Trouble,
    format::{BLOCK, FORMAT, Fault, MANIFEST, Manifest, SUMS, copy, sum_line},
};
use crate::{
    layout::{DATABASE, is_kept, private_file, private_folder},
    store::schema,
};

/// More than any manifest has, in bytes.
const MANIFEST_AT_MOST: u64 = 64 * 1024;

/// Why a backup isn't unpacked.
#[derive(Debug)]
pub enum Failure {
    /// It is the backup's fault.
    Backup(Trouble),
    /// What was in it can't be written.
    Write(io::Error),
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::Backup(trouble)
    }
}

/// Unpacks a backup into a folder.
pub fn unpack(backup: File, into: &Path, tell: &dyn Fn(Step)) -> Result<Manifest, Failure> {
    let length = backup.metadata().map_err(Trouble::NotReadable)?.len();
    let backup = Told { from: backup, length, read: 0, tell };
    let mut archive = Archive::new(BufReader::with_capacity(256 * 1024, backup));
    let manifest = entries(&mut archive, into)?;
    end(archive.into_inner())?;
    if !into.join(DATABASE).exists() {
        return Err(damaged("the database is missing").into());
    }
    Ok(manifest)
}

/// All entries, and nothing behind the last.
fn entries<R: Read>(archive: &mut Archive<R>, into: &Path) -> Result<Manifest, Failure> {
    // Raw: what isn't a plain entry of a short name is no entry of a backup.
    let mut entries = archive.entries().map_err(Trouble::NotReadable)?.raw(true);
    let first = entries.next().ok_or(Trouble::NoBackup)?.map_err(none_at_all)?;
    let (manifest, sum) = manifest(first)?;
    let mut sums = Sha256::new();
    sums.update(sum_line(MANIFEST, &sum));
    loop {
        let mut entry = entries.next().ok_or(Trouble::Cut)?.map_err(unreadable)?;
        let name = name(&entry)?;
        if name == SUMS {
            let (_, given) = whole(&mut entry, &mut io::sink())?;
            if given != <[u8; 32]>::from(sums.finalize()) {
                return Err(damaged("what it holds doesn't match its checksums").into());
            }
            break;
        }
        if !is_kept(&name) {
            return Err(foreign(&name).into());
        }
        sums.update(sum_line(&name, &keep(&mut entry, &name, into)?));
    }
    match entries.next() {
        None => Ok(manifest),
        Some(_) => Err(damaged("something follows its end").into()),
    }
}

/// The first entry: whether this is a backup, and one that this version can read.
fn manifest(mut entry: Entry<'_, impl Read>) -> Result<(Manifest, [u8; 32]), Failure> {
    #[derive(Deserialize)]
    struct Form {
        format: u32,
        rollcall: String,
    }
    if name(&entry).ok().is_none_or(|it| it != MANIFEST) || entry.size() > MANIFEST_AT_MOST {
        return Err(Trouble::NoBackup.into());
    }
    let mut text = Vec::new();
    let (_, sum) = whole(&mut entry, &mut text)?;
    let form: Form = serde_json::from_slice(&text).map_err(|_| Trouble::NoBackup)?;
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '+');
    if form.rollcall.len() > 40 || !form.rollcall.chars().all(is_plain) {
        return Err(Trouble::NoBackup.into());
    }
    if form.format > FORMAT {
        return Err(Trouble::Newer(form.rollcall).into());
    }
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| Trouble::NoBackup)?;
    if manifest.schema > schema::newest() {
        return Err(Trouble::Newer(manifest.rollcall).into());
    }
    Ok((manifest, sum))
}

/// Writes an entry into the folder under its name.
fn keep(entry: &mut Entry<'_, impl Read>, name: &str, into: &Path) -> Result<[u8; 32], Failure> {
    let file = into.join(name);
    if let Some(folder) = file.parent().filter(|it| !it.exists()) {
        private_folder().recursive(true).create(folder).map_err(Failure::Write)?;
    }
    let mut file = match private_file().write(true).create_new(true).open(file) {
        Err(reason) if reason.kind() == io::ErrorKind::AlreadyExists => {
            return Err(damaged(&format!("it holds {name} twice")).into());
        }
        opened => opened.map_err(Failure::Write)?,
    };
    Ok(whole(entry, &mut file)?.1)
}

/// Copies an entry, which must be as long as it says.
fn whole(
    entry: &mut Entry<'_, impl Read>,
    to: &mut impl io::Write,
) -> Result<(u64, [u8; 32]), Failure> {
    let copied = copy(entry, to).map_err(|fault| match fault {
        Fault::Read(reason) => unreadable(reason).into(),
        Fault::Write(reason) => Failure::Write(reason),
    })?;
    if copied.0 == entry.size() { Ok(copied) } else { Err(Trouble::Cut.into()) }
}

/// The name of a plain file.
fn name(entry: &Entry<'_, impl Read>) -> Result<String, Trouble> {
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    match entry.header().entry_type() {
        EntryType::Regular => Ok(name),
        _ => Err(foreign(&name)),
    }
}

/// What follows the last entry: one empty block was read, another is the end.
fn end(mut rest: impl Read) -> Result<(), Trouble> {
    let mut found = Vec::new();
    let at_most = 2 * BLOCK as u64;
    rest.by_ref().take(at_most).read_to_end(&mut found).map_err(Trouble::NotReadable)?;
    match found.len() {
        BLOCK if found.iter().all(|it| *it == 0) => Ok(()),
        length if length < BLOCK => Err(Trouble::Cut),
        _ => Err(damaged("something follows its end")),
    }
}

/// The archive is read by somebody who words what is wrong with it as a failure of reading.
fn unreadable(reason: io::Error) -> Trouble {
    if reason.raw_os_error().is_some() {
        Trouble::NotReadable(reason)
    } else if reason.kind() == io::ErrorKind::UnexpectedEof {
        Trouble::Cut
    } else {
        damaged("it is no sound archive")
    }
}

/// What can't be taken for an archive at all is no backup.
fn none_at_all(reason: io::Error) -> Trouble {
    match unreadable(reason) {
        Trouble::NotReadable(reason) => Trouble::NotReadable(reason),
        _ => Trouble::NoBackup,
    }
}

fn foreign(name: &str) -> Trouble {
    damaged(&format!("it holds {}, which is no part of a backup", name.escape_debug()))
}

fn damaged(how: &str) -> Trouble {
    Trouble::Damaged(how.to_owned())
}

/// A file that tells how much of it was read.
struct Told<'a> {
    from: File,
    length: u64,
    read: u64,
    tell: &'a dyn Fn(Step),
}

impl Read for Told<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let before = self.tenths();
        let read = self.from.read(buffer)?;
        self.read += read as u64;
        if self.tenths() > before {
            (self.tell)(Step::Read(self.tenths() * 10));
        }
        Ok(read)
    }
}

impl Told<'_> {
    fn tenths(&self) -> u64 {
        self.read.saturating_mul(10) / self.length.max(1)
    }
}
