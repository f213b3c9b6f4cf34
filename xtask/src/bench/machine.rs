//! What isn't told by requests: how soon the server answers, its memory, and its size.

use std::fs;
use std::path::Path;
use std::thread;

use super::cases::{self, Pictures};
use super::client::Request;
use super::samples::Summary;
use super::school::{Folder, Served};
use crate::failure::{Failure, Result};
use crate::progress::Stopwatch;

/// Bytes, but for the start.
#[derive(Clone, Copy, Debug)]
pub struct Machine {
    /// Milliseconds from the start of the program to its first answer.
    pub start: Summary,
    pub binary: u64,
    /// Memory after the first answer.
    pub idle: u64,
    /// Memory after everything was measured.
    pub loaded: u64,
    /// How much memory it takes at most beyond that while a photo is uploaded.
    pub photo: u64,
    /// The same while eight people upload the heaviest picture there may be.
    pub hostile: u64,
}

/// How soon the server answers, and the memory that it takes then.
pub fn start(folder: &Folder) -> Result<(Summary, u64)> {
    const TIMES: usize = 5;
    let mut starts = Vec::new();
    let mut idle = 0;
    for _ in 0..TIMES {
        let watch = Stopwatch::start();
        let served = folder.serve(&[])?;
        starts.push(watch.elapsed().as_secs_f64() * 1e3);
        idle = served.process.memory()?.resident;
        served.process.stop()?;
    }
    let start = Summary::of(&starts);
    let none = || Failure::new("cannot tell the start", "it was not measured", "try again");
    Ok((start.ok_or_else(none)?, idle))
}

pub fn size(binary: &Path) -> Result<u64> {
    fs::metadata(binary).map(|it| it.len()).map_err(|error| Failure::file(binary, &error))
}

/// How much more memory the server takes while somebody uploads a photo, and while many upload the
/// heaviest picture at once.
pub fn uploads(served: &Served, pictures: &Pictures) -> Result<(u64, u64)> {
    const AT_ONCE: u64 = 8;
    let photo = cases::new_user(10_000_000, Some(pictures.photo()));
    let heavy = (1..=AT_ONCE)
        .map(|it| cases::new_user(10_000_000 + it, Some(pictures.heavy.clone())))
        .collect::<Vec<_>>();
    Ok((more(served, &[photo])?, more(served, &heavy)?))
}

/// How much memory requests that are sent at once take at most.
fn more(served: &Served, requests: &[Request]) -> Result<u64> {
    served.process.forget_peak()?;
    let before = served.process.memory()?.resident;
    let upload = |request| served.client.another().send(request).map(drop);
    thread::scope(|scope| {
        let sent: Vec<_> = requests.iter().map(|it| scope.spawn(move || upload(it))).collect();
        let broken = || Failure::new("an upload broke off", "its thread ended", "try again");
        sent.into_iter().try_for_each(|it| it.join().map_err(|_| broken())?)
    })?;
    Ok(served.process.memory()?.peak.saturating_sub(before))
}
