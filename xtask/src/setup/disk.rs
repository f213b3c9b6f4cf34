//! Room on the disk for what is built. Without it, compilers fail in words that name some file.

use crate::command;
use crate::failure::{Failure, Result};
use crate::project::Project;

const GIB: u64 = 1 << 30;
/// What every check together builds, from nothing, in bytes: 7 GiB were measured.
const EVERYTHING: u64 = 8 * GIB;
/// What stays free beside that, in bytes.
const SPARE: u64 = 2 * GIB;

/// Makes sure that everything can be built, beside what has been. Where nobody can say how much room there
/// is, the build will.
pub fn ensure(project: &Project) -> Result {
    match (free(project), built(project)) {
        (Some(free), Some(built)) => suffices(free, built),
        _ => Ok(()),
    }
}

/// Whether so many free bytes are enough beside those that were built.
fn suffices(free: u64, built: u64) -> Result {
    let lacking = EVERYTHING.saturating_sub(built);
    if free >= lacking + SPARE {
        return Ok(());
    }
    let [more, spare, free] = [lacking.div_ceil(GIB), SPARE / GIB, free / GIB];
    Err(Failure::new(
        "too little room on the disk",
        format!(
            "the checks build {more} GiB more, {spare} GiB are to stay free, and {free} GiB are"
        ),
        "make room, for instance by `cargo clean` here or in other projects",
    ))
}

/// The bytes that are free where the project is.
fn free(project: &Project) -> Option<u64> {
    let mut df = command::program(project, "df");
    number(&command::answer(df.args(["--output=avail", "--block-size=1", "."]))?)
}

/// The bytes that were built so far.
fn built(project: &Project) -> Option<u64> {
    if !project.target().is_dir() {
        return Some(0);
    }
    let mut du = command::program(project, "du");
    number(&command::answer(du.args(["--summarize", "--block-size=1"]).arg(project.target()))?)
}

/// The first number of an answer, which a heading or the name of a folder may stand beside.
fn number(answer: &str) -> Option<u64> {
    answer.split_whitespace().find_map(|it| it.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_and_what_is_to_stay_free_need_room() {
        for (free, built) in [(10 * GIB, 0), (5 * GIB, 5 * GIB), (2 * GIB, 9 * GIB)] {
            assert!(suffices(free, built).is_ok(), "{free} beside {built}");
        }
        for (free, built) in [(10 * GIB - 1, 0), (5 * GIB, 5 * GIB - 1), (2 * GIB - 1, 9 * GIB)] {
            assert!(suffices(free, built).is_err(), "{free} beside {built}");
        }
        let refusal = suffices(3 * GIB, 2 * GIB).unwrap_err().to_string();
        let why = "the checks build 6 GiB more, 2 GiB are to stay free, and 3 GiB are";
        assert!(refusal.contains(why), "{refusal}");
    }

    #[test]
    fn a_number_is_found_beside_other_words() {
        assert_eq!(number("     Avail\n1073741824\n"), Some(GIB));
        assert_eq!(number("1073741824\ttarget 1\n"), Some(GIB));
        assert_eq!(number("df: no such file\n"), None);
    }
}
