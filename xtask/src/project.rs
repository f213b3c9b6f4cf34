//! Where things are in the project's folder.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// The folder that holds the workspace.
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// Cargo names xtask's own folder when it runs it; the project is the folder around it.
    pub fn find() -> Result<Self> {
        env::var_os("CARGO_MANIFEST_DIR")
            .and_then(|folder| Path::new(&folder).parent().map(Path::to_path_buf))
            .map(|root| Self { root })
            .ok_or_else(|| {
                Failure::new(
                    "cannot find the project's folder",
                    "xtask was not started by cargo",
                    "call it as `cargo xtask`",
                )
            })
    }

    #[cfg(test)]
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_path_buf() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the project's folder.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub fn target(&self) -> PathBuf {
        self.path("target")
    }

    /// What browsers download, as cargo-leptos leaves it. Wiped by each of its builds.
    pub fn site(&self) -> PathBuf {
        self.path("target/site")
    }

    /// Generated files that join the site after each of its builds.
    pub fn assets(&self) -> PathBuf {
        self.path("target/assets")
    }

    /// The server that developers and tests run.
    pub fn binary(&self) -> PathBuf {
        self.path("target/debug/rollcall")
    }

    pub fn node_modules(&self) -> PathBuf {
        self.path("node_modules")
    }
}
