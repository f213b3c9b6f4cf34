//! Builds what browsers download: WASM and styles by cargo-leptos, texts from the language files,
//! colours, icons and fonts from the packages that make them.

mod colours;
mod fingerprint;
mod fonts;
mod icons;
mod styles;
mod texts;

use crate::command;
use crate::failure::Result;
use crate::files;
use crate::progress::timed;
use crate::project::Project;
use crate::setup::wasm_target;

/// Brings the site up to date. Does nothing when its sources are those it was built from.
pub fn build(project: &Project) -> Result {
    files::remove_folder(&project.assets())?;
    colours::generate(project)?;
    icons::generate(project)?;
    fonts::copy(project)?;
    texts::generate(project)?;
    styles::copy(project)?;
    let fingerprint = fingerprint::of_sources(project)?;
    let stored = project.path("target/site.fingerprint");
    if project.site().is_dir() && files::read(&stored).is_ok_and(|built| built == fingerprint) {
        return Ok(());
    }
    files::write_if_changed(&stored, "being built")?;
    timed("building the site", || compile(project))?;
    drop_type_definitions(project)?;
    files::copy_tree(&project.assets(), &project.site())?;
    files::write_if_changed(&stored, &fingerprint)
}

/// wasm-bindgen writes them for editors; no browser asks for them.
fn drop_type_definitions(project: &Project) -> Result {
    files::below(&project.site())?
        .iter()
        .filter(|file| file.to_string_lossy().ends_with(".d.ts"))
        .try_for_each(|file| files::remove(file))
}

fn compile(project: &Project) -> Result {
    let mut cargo =
        command::cargo(project, &["leptos", "build", "--release", "--frontend-only", "--split"]);
    wasm_target::toolchain(project)?.choose(&mut cargo);
    // cargo-leptos would end every failure with its own stack, below what the compiler says.
    cargo.env("RUST_BACKTRACE", "0");
    command::run(&mut cargo, "building the site", "mend what cargo-leptos names above")
}
