//! The form of a backup: a tar archive, written and read as a stream.
//!
//! First comes the manifest, then what the data folder keeps, each file by its name in there, and last
//! the SHA-256 of each entry before it, line by line as `sha256sum` writes and checks them. Entries are
//! plain files with short names: nothing else is read.

use std::{
    fmt::Write as _,
    fs::File,
    io::{self, BufWriter, Read, Seek, Write},
};

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tar::{EntryType, Header};

/// The version of the form. A later one may be different in anything but the manifest's first two
/// values.
pub const FORMAT: u32 = 1;
/// The name of the entry that comes first.
pub const MANIFEST: &str = "rollcall-backup.json";
/// The name of the entry that comes last.
pub const SUMS: &str = "SHA256SUMS";
/// Entries fill up blocks of so many bytes. Two empty ones are the end.
pub const BLOCK: usize = 512;

const BUFFER: usize = 256 * 1024;

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the form.
    pub format: u32,
    /// The version of Rollcall that made it.
    pub rollcall: String,
    /// The number of the newest migration in the database.
    pub schema: i64,
    /// When it was made, in microseconds since the epoch.
    pub made_at: i64,
}

impl Manifest {
    /// What a backup says of itself that this version makes at that moment.
    pub fn new(schema: i64, at: Timestamp) -> Self {
        let rollcall = env!("CARGO_PKG_VERSION").to_owned();
        Self { format: FORMAT, rollcall, schema, made_at: at.micros() }
    }
}

/// Which side of copying failed.
#[derive(Debug)]
pub enum Fault {
    /// What was to be copied.
    Read(io::Error),
    /// Where it was to be copied to.
    Write(io::Error),
}

/// Copies all there is; tells how many bytes that was, and their SHA-256.
pub fn copy(from: &mut impl Read, to: &mut impl Write) -> Result<(u64, [u8; 32]), Fault> {
    let (mut length, mut hash) = (0, Sha256::new());
    let mut buffer = vec![0; BUFFER];
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => return Ok((length, hash.finalize().into())),
            Ok(read) => &buffer[..read],
            Err(reason) if reason.kind() == io::ErrorKind::Interrupted => continue,
            Err(reason) => return Err(Fault::Read(reason)),
        };
        hash.update(read);
        to.write_all(read).map_err(Fault::Write)?;
        length += read.len() as u64;
    }
}

/// The line of an entry among the sums.
pub fn sum_line(name: &str, sum: &[u8; 32]) -> String {
    let mut line = String::with_capacity(2 * sum.len() + 2 + name.len() + 1);
    for byte in sum {
        // Writing into a text never fails.
        let _ = write!(line, "{byte:02x}");
    }
    line + "  " + name + "\n"
}

/// Writes a backup.
#[derive(Debug)]
pub struct Writer {
    file: BufWriter<File>,
    /// The sums so far: there may be more of them than memory should hold.
    sums: BufWriter<File>,
    at: u64,
}

impl Writer {
    /// Begins with the manifest. `sums` is an empty file to write notes into.
    pub fn begin(file: File, sums: File, manifest: &Manifest) -> Result<Self, Fault> {
        let at = u64::try_from(manifest.made_at.div_euclid(1_000_000)).unwrap_or_default();
        let file = BufWriter::with_capacity(BUFFER, file);
        let mut writer = Self { file, sums: BufWriter::new(sums), at };
        let text = serde_json::to_vec_pretty(manifest).map_err(|it| Fault::Write(it.into()))?;
        writer.add(MANIFEST, text.len() as u64, &mut text.as_slice())?;
        Ok(writer)
    }

    /// Adds an entry that is so many bytes long.
    pub fn add(&mut self, name: &str, size: u64, from: &mut impl Read) -> Result<(), Fault> {
        let sum = self.entry(name, size, from)?;
        self.sums.write_all(sum_line(name, &sum).as_bytes()).map_err(Fault::Write)
    }

    /// Ends with the sums, and tells how long the file is once the disk has it.
    pub fn finish(mut self) -> Result<u64, Fault> {
        let sums = self.sums.get_ref().try_clone().map_err(Fault::Write)?;
        self.sums.flush().map_err(Fault::Write)?;
        (&sums).rewind().map_err(Fault::Write)?;
        let size = sums.metadata().map_err(Fault::Write)?.len();
        self.entry(SUMS, size, &mut &sums)?;
        self.end().map_err(Fault::Write)
    }

    fn entry(&mut self, name: &str, size: u64, from: &mut impl Read) -> Result<[u8; 32], Fault> {
        let header = header(name, size, self.at).map_err(Fault::Write)?;
        self.file.write_all(header.as_bytes()).map_err(Fault::Write)?;
        let (length, sum) = copy(&mut from.take(size), &mut self.file)?;
        if length != size {
            return Err(Fault::Read(io::ErrorKind::UnexpectedEof.into()));
        }
        self.file.write_all(padding(size)).map_err(Fault::Write)?;
        Ok(sum)
    }

    fn end(mut self) -> io::Result<u64> {
        self.file.write_all(&[0; 2 * BLOCK])?;
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(file.metadata()?.len())
    }
}

fn header(name: &str, size: u64, at: u64) -> io::Result<Header> {
    let mut header = Header::new_gnu();
    header.set_path(name)?;
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o600);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(at);
    header.set_size(size);
    header.set_cksum();
    Ok(header)
}

/// What fills up the last block of so many bytes.
fn padding(size: u64) -> &'static [u8] {
    const EMPTY: [u8; BLOCK] = [0; BLOCK];
    let over = usize::try_from(size % BLOCK as u64).unwrap_or_default();
    if over == 0 { &[] } else { &EMPTY[over..] }
}
