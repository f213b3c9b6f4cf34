//! Tells whether the site's sources changed since it was built, without reading them.

use std::fs::Metadata;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::command;
use crate::failure::{Failure, Result};
use crate::files;
use crate::project::Project;

/// Everything the site is made from.
const SOURCES: [&str; 10] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "app",
    "domain",
    "frontend",
    "package-lock.json",
    "public",
    "style",
    "xtask/src/site",
];

/// A short text that changes when a source of the site, or the compiler, does.
pub fn of_sources(project: &Project) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    command::answer(command::program(project, "rustc").arg("--version")).hash(&mut hasher);
    for source in SOURCES {
        for file in files_of(&project.path(source))? {
            let metadata = file.metadata().map_err(|error| Failure::file(&file, &error))?;
            hash(&file, &metadata, &mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn files_of(source: &Path) -> Result<Vec<PathBuf>> {
    if source.is_file() {
        return Ok(vec![source.to_path_buf()]);
    }
    files::below(source)
}

fn hash(path: &Path, metadata: &Metadata, hasher: &mut DefaultHasher) {
    path.hash(hasher);
    metadata.len().hash(hasher);
    metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).hash(hasher);
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::files::tests::Folder;

    #[test]
    fn it_changes_with_a_source_and_with_nothing_else() {
        let folder = Folder::new("fingerprint");
        let project = Project::at(folder.path());
        files::write_if_changed(&project.path("app/src/lib.rs"), "//! One.").unwrap();
        files::write_if_changed(&project.path("server/src/lib.rs"), "//! One.").unwrap();
        let first = of_sources(&project).unwrap();
        assert_eq!(of_sources(&project).unwrap(), first);

        files::write_if_changed(&project.path("server/src/lib.rs"), "//! Another.").unwrap();
        assert_eq!(of_sources(&project).unwrap(), first);

        files::write_if_changed(&project.path("app/src/lib.rs"), "//! Another.").unwrap();
        let second = of_sources(&project).unwrap();
        assert_ne!(second, first);

        fs::remove_file(project.path("app/src/lib.rs")).unwrap();
        assert_ne!(of_sources(&project).unwrap(), second);
    }
}
