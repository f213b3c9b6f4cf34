//! Room on the disk for what is built. Without it, compilers fail in words that name some file.

use crate::command;
use crate::failure::{Failure, Result};
use crate::project::Project;

/// What every check together builds, from nothing, in GiB: 7 were measured.
const EVERYTHING: u64 = 8;
/// What stays free beside that, in GiB.
const SPARE: u64 = 2;
const GIB: u64 = 1 << 30;

/// Makes sure that everything can be built, beside what has been. Where nobody can say how much room there
/// is, the build will.
pub fn ensure(project: &Project) -> Result {
    let (Some(free), Some(built)) = (free(project), built(project)) else { return Ok(()) };
    let needed = EVERYTHING.saturating_mul(GIB).saturating_sub(built) + SPARE * GIB;
    if free >= needed {
        return Ok(());
    }
    Err(Failure::new(
        "too little room on the disk",
        format!(
            "the checks build about {} GiB more, and {} GiB are free",
            needed.div_ceil(GIB),
            free / GIB
        ),
        "make room, for instance by `cargo clean` here or in other projects",
    ))
}

/// The bytes that are free where the project is.
fn free(project: &Project) -> Option<u64> {
    let mut df = command::program(project, "df");
    last(&command::answer(df.args(["--output=avail", "--block-size=1", "."]))?)
}

/// The bytes that were built so far.
fn built(project: &Project) -> Option<u64> {
    if !project.target().is_dir() {
        return Some(0);
    }
    let mut du = command::program(project, "du");
    let total = command::answer(du.args(["--summarize", "--block-size=1"]).arg(project.target()))?;
    total.split_whitespace().next()?.parse().ok()
}

fn last(lines: &str) -> Option<u64> {
    lines.lines().last()?.trim().parse().ok()
}
