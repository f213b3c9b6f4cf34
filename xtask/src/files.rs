//! Reading, writing and listing files, with failures that name them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| Failure::file(path, &error))
}

/// Writes `text` unless the file holds it already, so that nothing is rebuilt for nothing.
pub fn write_if_changed(path: &Path, text: &str) -> Result {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    make_parent(path)?;
    fs::write(path, text).map_err(|error| Failure::file(path, &error))
}

pub fn copy(from: &Path, to: &Path) -> Result {
    make_parent(to)?;
    fs::copy(from, to).map(drop).map_err(|error| Failure::file(from, &error))
}

/// Copies every file below `from` to the same place below `to`.
pub fn copy_tree(from: &Path, to: &Path) -> Result {
    for file in below(from)? {
        let inside = file.strip_prefix(from).unwrap_or(&file);
        copy(&file, &to.join(inside))?;
    }
    Ok(())
}

pub fn remove(path: &Path) -> Result {
    fs::remove_file(path).map_err(|error| Failure::file(path, &error))
}

pub fn remove_folder(path: &Path) -> Result {
    if path.exists() {
        fs::remove_dir_all(path).map_err(|error| Failure::file(path, &error))?;
    }
    Ok(())
}

/// Every file below a folder, sorted by path; none when the folder doesn't exist.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop().filter(|folder| folder.is_dir()) {
        for entry in fs::read_dir(&folder).map_err(|error| Failure::file(&folder, &error))? {
            let path = entry.map_err(|error| Failure::file(&folder, &error))?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn make_parent(path: &Path) -> Result {
    match path.parent() {
        Some(folder) => fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error)),
        None => Ok(()),
    }
}

#[cfg(test)]
pub mod tests {
    use std::env;
    use std::process;

    use super::*;

    /// An empty folder that goes when the test ends.
    pub struct Folder(PathBuf);

    impl Folder {
        pub fn new(name: &str) -> Self {
            let path = env::temp_dir().join(format!("xtask-{}-{name}", process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        pub fn path(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            remove_folder(&self.0).unwrap();
        }
    }

    #[test]
    fn a_tree_is_copied_whole_and_listed_in_order() {
        let folder = Folder::new("files");
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        for name in ["b", "a/c"] {
            write_if_changed(&from.join(name), name).unwrap();
        }
        copy_tree(&from, &to).unwrap();
        assert_eq!(below(&to).unwrap(), [to.join("a/c"), to.join("b")]);
        assert!(below(&folder.path().join("nowhere")).unwrap().is_empty());
    }
}
