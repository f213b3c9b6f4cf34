//! `cargo xtask bench`: what the real binary costs, beside what the same costs without us.
//!
//! CPU time of the server for each request, in a school of a thousand and of a million users; the SQL
//! alone, a bare axum route and a bare Leptos page are measured in the same rounds. Times on a machine
//! that others use are not worth much, CPU time is, and ratios more so.

mod baseline;
mod cases;
mod classroom;
mod client;
mod goals;
mod machine;
mod process;
mod report;
mod rounds;
mod samples;
mod school;
pub mod statements;

use std::path::PathBuf;

use baseline::Bare;
use cases::Pictures;
use machine::Machine;
use rounds::Running;
use school::{Folder, School};

use crate::command;
use crate::failure::{Failure, Result};
use crate::progress::{Stopwatch, say, timed};
use crate::project::Project;
use crate::{server, size, steps};

const SMALL: u64 = 1_000;
const LARGE: u64 = 1_000_000;
const ROOMS: u64 = 10_000;
/// Among so many are those who sit in classrooms.
const PEOPLE: u64 = 5_000;
/// In rooms with so many members, people are picked.
const CHOSEN: [usize; 3] = [10, 1_000, 10_000];

pub fn run(project: &Project, arguments: &[String]) -> Result {
    match arguments {
        [] => whole(project),
        [quick] if quick == "--quick" => steps::quick(project),
        _ => Err(Failure::new(
            "`cargo xtask bench` does not take these arguments",
            "it knows `--quick` alone",
            "leave them out",
        )),
    }
}

fn whole(project: &Project) -> Result {
    let programs = Programs::build(project)?;
    let watch = Stopwatch::start();
    let folder = |name: &str| project.target().join("bench").join(name);
    let small = Folder::new(&programs.rollcall, folder("small"))?;
    let large = Folder::new(&programs.rollcall, folder("large"))?;
    small.fill(SMALL, ROOMS)?;
    large.fill(LARGE, ROOMS)?;
    let (start, idle) = machine::start(&large)?;
    let class = Folder::new(&programs.rollcall, folder("class"))?;
    class.fill(PEOPLE, 1)?;
    // Before all is kept on one core: those who sit there are not the server's work.
    let classroom = timed("measuring the classroom", || {
        classroom::measure(&class, &programs.raw, &programs.crowd)
    })?;
    process::stay_on_one_core()?;
    let mut running = Running {
        small: School::open(&small, &programs.raw, &CHOSEN)?,
        large: School::open(&large, &programs.raw, &CHOSEN)?,
        bare: Bare::start(&programs.bare)?,
    };
    let pictures = Pictures::draw(&mut running.small.raw, &folder("pictures"))?;
    let mut rows = rounds::rows(&mut running, &pictures)?;
    let rounds = timed("measuring", || rounds::measure(&mut running, &mut rows))?;
    let served = &running.large.served;
    let loaded = served.process.memory()?.resident;
    let (photo, hostile) = machine::uploads(served, &pictures)?;
    let binary = machine::size(&programs.rollcall)?;
    let machine = Machine { start, binary, idle, loaded, photo, hostile };
    let report = report::Report { rows, machine, classroom, pages: size::pages(project)?, rounds };
    print!("{}", report.text());
    let file = project.target().join("bench.json");
    crate::files::write_if_changed(&file, &report.json().to_string())?;
    say(&format!("measured in {}, kept in {}", watch.read(), file.display()));
    Ok(())
}

/// The optimised binaries.
pub struct Programs {
    /// What is deployed.
    pub rollcall: PathBuf,
    /// SQL alone.
    raw: PathBuf,
    /// Routes and pages that do nothing but what axum and Leptos do by themselves.
    pub bare: PathBuf,
    /// People in classrooms.
    crowd: PathBuf,
}

impl Programs {
    /// Builds what has changed of them.
    pub fn build(project: &Project) -> Result<Self> {
        let rollcall = server::build_for_deployment(project)?;
        // With the features of the server, so that nothing below is built twice.
        let packages = ["build", "--release", "--package", "server", "--package", "backend"];
        timed("building what it is compared with", || {
            command::run(
                command::cargo(project, &packages).arg("--examples"),
                "building what the server is compared with",
                "mend what the compiler names above",
            )
        })?;
        let example = |name| project.target().join("release/examples").join(name);
        Ok(Self { rollcall, raw: example("raw"), bare: example("bare"), crowd: example("crowd") })
    }
}
