//! The tools that come from crates.io: cargo-leptos, and the wasm-bindgen CLI in the crate's version.

use crate::command;
use crate::failure::{Failure, Result};
use crate::files;
use crate::progress::timed;
use crate::project::Project;

/// Before 0.3.8 there is no `style-bundle`; 0.3.11 wants a newer Rust than the workspace does.
const CARGO_LEPTOS: &str = "0.3.10";

/// These tools are run a few times a day: building them fast matters more than their speed.
const FAST_TO_BUILD: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
];

/// A program to install from crates.io.
struct Tool<'a> {
    package: &'a str,
    version: &'a str,
    features: &'a [&'a str],
    /// Prints the version as its last word.
    asked_by: &'a [&'a str],
}

pub fn ensure(project: &Project) -> Result {
    let wasm_bindgen = locked_version(&files::read(&project.path("Cargo.lock"))?, "wasm-bindgen")?;
    let tools = [
        Tool {
            package: "wasm-bindgen-cli",
            version: &wasm_bindgen,
            features: &[],
            asked_by: &["wasm-bindgen", "--version"],
        },
        Tool {
            package: "cargo-leptos",
            version: CARGO_LEPTOS,
            // Its own downloads of other tools would bypass the versions pinned here.
            features: &["--features", "no_downloads"],
            asked_by: &["cargo-leptos", "leptos", "--version"],
        },
    ];
    tools.iter().try_for_each(|tool| tool.ensure(project))
}

impl Tool<'_> {
    fn ensure(&self, project: &Project) -> Result {
        if self.present(project) {
            return Ok(());
        }
        let title = format!("installing {} {}", self.package, self.version);
        timed(&format!("{title} (some minutes)"), || self.install(project, &title))?;
        if self.present(project) {
            return Ok(());
        }
        Err(Failure::new(
            format!("{} {} is installed but not found", self.package, self.version),
            "cargo installs programs into another folder than `$CARGO_HOME/bin`",
            "unset CARGO_INSTALL_ROOT and `install.root` in cargo's configuration",
        ))
    }

    fn present(&self, project: &Project) -> bool {
        let [program, arguments @ ..] = self.asked_by else {
            return false;
        };
        command::answer(command::program(project, program).args(arguments))
            .is_some_and(|words| words.split_whitespace().last() == Some(self.version))
    }

    fn install(&self, project: &Project, title: &str) -> Result {
        command::quietly(
            command::program(project, "cargo")
                .args(["install", "--quiet", "--locked", "--force"])
                .args([self.package, "--version", self.version])
                .args(self.features)
                .envs(FAST_TO_BUILD),
            title,
            "see that crates.io can be reached and that there is disk space, then try again",
        )
        .map(drop)
    }
}

/// The version of a crate in the text of Cargo.lock.
fn locked_version(lock: &str, package: &str) -> Result<String> {
    let wanted = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted).skip(1);
    lines
        .next()
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| {
            Failure::new(
                format!("cannot tell which version of {package} to install"),
                "Cargo.lock doesn't list the crate",
                "restore Cargo.lock from version control",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-macro"
version = "0.1.0"

[[package]]
name = "wasm-bindgen"
version = "0.2.129"
"#;

    #[test]
    fn the_cli_follows_the_locked_crate() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").unwrap(), "0.2.129");
        assert!(locked_version(LOCK, "leptos").is_err());
    }
}
