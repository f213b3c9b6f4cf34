//! Makes sure of what the commands need. What is there already costs no line.

mod apt;
mod cargo_tools;
mod chromium;
mod compiler;
pub mod disk;
mod npm;
mod wasm_fallback;
pub mod wasm_target;

use crate::failure::Result;
use crate::project::Project;

pub use chromium::find as chromium;

/// Something that has to be on the machine or in the project's folder.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    Compiler,
    WasmTarget,
    CargoTools,
    NodePackages,
    Chromium,
}

/// What building the site and the server takes.
pub const BUILDING: &[Need] =
    &[Need::Compiler, Need::WasmTarget, Need::CargoTools, Need::NodePackages];

/// Makes sure of what building the site and the server takes.
pub fn for_building(project: &Project) -> Result {
    BUILDING.iter().try_for_each(|&need| ensure(project, need))
}

/// Makes sure of one thing.
pub fn ensure(project: &Project, need: Need) -> Result {
    match need {
        Need::Compiler => compiler::ensure(project),
        Need::WasmTarget => wasm_target::ensure(project),
        Need::CargoTools => cargo_tools::ensure(project),
        Need::NodePackages => npm::ensure(project),
        Need::Chromium => chromium::ensure(project),
    }
}
