//! Files that were made to harm whoever decodes them: each is taken, or refused for a reason that can be
//! put into words, by a process of its own that stays within its memory.

mod changed;
mod foreign;
mod gif;
mod jpeg;
mod png;
mod webp;

use std::{env, fs, process::Command};

use backend::{
    Backend,
    images::{ImageRefusal, UploadedImage},
};
use domain::image::ImageProblem;
use futures_util::future::join_all;
use tempfile::TempDir;

use crate::common::config;

/// How much memory one upload may take, in KiB.
const MEMORY: u64 = 256 * 1024;

/// What becomes of an upload.
type Outcome = Result<(), ImageProblem>;

/// A file, and what is to become of it.
struct Hostile {
    name: String,
    outcome: Outcome,
    file: Vec<u8>,
}

impl Hostile {
    fn taken(name: &str, file: Vec<u8>) -> Self {
        Self { name: name.to_owned(), outcome: Ok(()), file }
    }

    fn refused(name: &str, problem: ImageProblem, file: Vec<u8>) -> Self {
        Self { name: name.to_owned(), outcome: Err(problem), file }
    }

    fn broken(name: &str, file: Vec<u8>) -> Self {
        Self::refused(name, ImageProblem::Broken, file)
    }

    fn too_many(name: &str, width: u32, height: u32, file: Vec<u8>) -> Self {
        Self::refused(name, ImageProblem::TooManyPixels { width, height }, file)
    }

    fn too_heavy(name: &str, width: u32, height: u32, file: Vec<u8>) -> Self {
        Self::refused(name, ImageProblem::TooMuchMemory { width, height }, file)
    }
}

/// Bytes that mean nothing, always the same.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let bytes = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_le_bytes()[3]
    });
    bytes.take(count).collect()
}

/// The variables that name a file to the program when it is started to upload it, how many times at once,
/// and where it is to write what became of it.
const FILE: &str = "HOSTILE_FILE";
const TIMES: &str = "HOSTILE_TIMES";
const ANSWER: &str = "HOSTILE_ANSWER";

/// What is run for each file in a process of its own, so that what it takes can be told.
#[tokio::test]
#[ignore = "uploads a file that its caller names"]
async fn one_upload() {
    let (Some(file), Some(answer)) = (env::var_os(FILE), env::var_os(ANSWER)) else { return };
    let times: usize = env::var(TIMES).unwrap().parse().unwrap();
    let folder = TempDir::new().unwrap();
    let backend = Backend::open(config(&folder)).await.unwrap();
    let before = memory("VmRSS:");
    let spent = processor_time();
    let upload = UploadedImage(fs::read(file).unwrap().into());
    let uploads = vec![upload; times].into_iter().map(|it| backend.images.normalise(it));
    let outcome = match join_all(uploads).await.pop().unwrap() {
        Ok(_) => Ok(()),
        Err(ImageRefusal::Problem(problem)) => Err(problem),
        Err(ImageRefusal::Internal(error)) => panic!("{error:?}"),
    };
    let spent = (processor_time() - spent) / 1_000_000;
    let taken = memory("VmHWM:").saturating_sub(before);
    fs::write(answer, serde_json::to_string(&(outcome, taken, spent)).unwrap()).unwrap();
}

/// How much memory this process has in that respect, in KiB.
fn memory(respect: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|it| it.starts_with(respect)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// For how long the threads of this process have run, in nanoseconds.
fn processor_time() -> u64 {
    let threads = fs::read_dir("/proc/self/task").unwrap().map(|it| it.unwrap().path());
    threads
        .filter_map(|it| fs::read_to_string(it.join("schedstat")).ok())
        .filter_map(|it| it.split_whitespace().next()?.parse::<u64>().ok())
        .sum()
}

/// Ends what would go on for minutes, long after anything that is taken is done.
const STOP_THE_ENDLESS: &str = "ulimit -t 60 && exec \"$0\" \"$@\"";

/// Uploads a file in a process of its own, that often at once: what became of it, the memory it took in KiB, and the time of
/// the processor in milliseconds.
fn uploaded(name: &str, file: &[u8], times: u8) -> (Outcome, u64, u64) {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let (path, answer) = (folder.join("file"), folder.join("answer"));
    fs::write(&path, file).unwrap();
    let output = Command::new("sh")
        .args(["-c", STOP_THE_ENDLESS])
        .arg(env::current_exe().unwrap())
        .args(["--exact", "hostile::one_upload", "--ignored"])
        .envs([(FILE, &path), (ANSWER, &answer)])
        .env(TIMES, times.to_string())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{name}: {}, {said}", output.status);
    serde_json::from_slice(&fs::read(answer).unwrap()).unwrap()
}

/// Says with `--nocapture` what each took.
fn try_all(files: Vec<Hostile>) {
    let mut wrong = Vec::new();
    for Hostile { name, outcome, file } in files {
        let (became, memory, time) = uploaded(&name, &file, 1);
        println!("{name}: {became:?}, {time} ms, {} MiB, of {} bytes", memory / 1024, file.len());
        if outcome != became || memory > MEMORY {
            wrong.push(format!("{name}: {became:?}, {memory} KiB"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn pngs_are_taken_or_refused_within_their_memory() {
    try_all(png::all());
}

#[test]
fn jpegs_are_taken_or_refused_within_their_memory() {
    try_all(jpeg::all());
}

#[test]
fn gifs_are_taken_or_refused_within_their_memory() {
    try_all(gif::all());
}

#[test]
fn webps_are_taken_or_refused_within_their_memory() {
    try_all(webp::all());
}

#[test]
fn what_only_looks_like_a_picture_is_refused() {
    try_all(foreign::all());
}

#[test]
fn of_large_pictures_one_is_decoded_at_a_time() {
    let heaviest = webp::heaviest();
    let (became, memory, _) = uploaded("the heaviest, at once", &heaviest, 4);
    assert_eq!(became, Ok(()));
    assert!(memory <= MEMORY, "{memory} KiB");
}
