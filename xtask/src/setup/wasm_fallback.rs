//! The way round a download that rustup can't make: Debian ships a newer Rust together with its
//! sources, from which the standard library for the browser is built once.
//!
//! Debian's toolchain stands beside rustup's under the name `distro` and builds the site only.

use std::path::{Path, PathBuf};

use super::apt;
use super::wasm_target::TARGET;
use crate::command;
use crate::failure::{Failure, Result};
use crate::files;
use crate::progress::timed;
use crate::project::Project;

/// What rustup calls Debian's toolchain.
pub const TOOLCHAIN: &str = "distro";

/// The version of `lld` is the one that this `rustc` was built with.
const PACKAGES: [&str; 6] =
    ["rustc-web", "cargo-web", "rust-web-clippy", "rust-web-src", "rust-web-llvm", "lld-22"];

/// Builds nothing itself: only its dependencies, the standard library's crates, are wanted.
const EMPTY_CRATE: &str = "\
[package]
name = \"empty\"
version = \"0.0.0\"
edition = \"2021\"

[workspace]
";

pub fn install(project: &Project) -> Result {
    if !apt::is_root() {
        return Err(Failure::new(
            "cannot set up Debian's Rust",
            "that takes packages and a folder of the system, and only root may change those",
            format!(
                "run `rustup target add {TARGET}` where it can download, or this command as root"
            ),
        ));
    }
    apt::install(project, &PACKAGES, "Debian's Rust")?;
    let sysroot = sysroot(project)?;
    link(project, &sysroot)?;
    let libraries =
        timed("building the standard library for the browser", || build_standard_library(project))?;
    let place = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    files::remove_folder(&place)?;
    libraries.iter().try_for_each(|library| {
        let name = library.file_name().unwrap_or_default();
        files::copy(library, &place.join(name))
    })
}

/// Where Debian's compiler looks for its libraries.
fn sysroot(project: &Project) -> Result<PathBuf> {
    command::answer(command::program(project, "/usr/bin/rustc").args(["--print", "sysroot"]))
        .map(PathBuf::from)
        .ok_or_else(|| {
            Failure::new(
                "cannot use Debian's Rust",
                "`/usr/bin/rustc` does not work after its installation",
                "run `/usr/bin/rustc --version` and follow what it says",
            )
        })
}

fn link(project: &Project, sysroot: &Path) -> Result {
    command::quietly(
        command::program(project, "rustup").args(["toolchain", "link", TOOLCHAIN]).arg(sysroot),
        "making Debian's Rust known to rustup",
        "remove a toolchain of that name with `rustup toolchain uninstall distro`",
    )
    .map(drop)
}

/// Compiles the standard library as the dependency of an empty crate. Returns its files.
fn build_standard_library(project: &Project) -> Result<Vec<PathBuf>> {
    let folder = project.path("target/standard-library");
    files::remove_folder(&folder)?;
    files::write_if_changed(&folder.join("Cargo.toml"), EMPTY_CRATE)?;
    files::write_if_changed(&folder.join("src/lib.rs"), "")?;
    command::quietly(
        command::program(project, "cargo")
            .current_dir(&folder)
            .args(["build", "--release", "--target", TARGET])
            .arg("-Zbuild-std=std,panic_abort,panic_unwind")
            .env("RUSTUP_TOOLCHAIN", TOOLCHAIN)
            .env("RUSTC_BOOTSTRAP", "1")
            // Without bitcode the site could not be optimised as a whole.
            .env("RUSTFLAGS", "-Cembed-bitcode=yes")
            .env_remove("LD_LIBRARY_PATH"),
        "building the standard library for the browser",
        format!("see that the packages {} are of one version", PACKAGES.join(", ")).as_str(),
    )?;
    let built = files::below(&folder.join("target").join(TARGET).join("release/deps"))?;
    Ok(built.into_iter().filter(|file| is_wanted(file)).collect())
}

/// Every library but the empty crate's own.
fn is_wanted(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.extension().is_some_and(|extension| extension == "rlib") && !name.starts_with("libempty-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_libraries_of_the_standard_library_are_copied() {
        assert!(is_wanted(Path::new("deps/libstd-0a1b.rlib")));
        assert!(!is_wanted(Path::new("deps/libempty-0a1b.rlib")));
        assert!(!is_wanted(Path::new("deps/libstd-0a1b.rmeta")));
    }
}
