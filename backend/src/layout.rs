//! What lies where in a data folder, and making what is private to whoever runs Rollcall.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    io,
    path::Path,
};

use domain::image::{ImageName, ImageSize};

/// The database, unless it is somewhere else.
pub(crate) const DATABASE: &str = "rollcall.db";
/// The folder of profile images; in it, a folder for each size.
pub(crate) const IMAGES: &str = "images";
/// The key from which the secrets in entry links are made.
pub(crate) const LINK_KEY: &str = "rollcall.key";
/// Files with secrets that the database doesn't hold. A backup takes along those that are there.
pub(crate) const KEY_FILES: [&str; 1] = [LINK_KEY];
/// What a server locks as long as it runs.
pub(crate) const LOCK: &str = "rollcall.lock";
/// What a restore makes first and removes last: as long as something is in there, the folder is
/// not to be used.
pub(crate) const RESTORING: &str = "restoring";

/// Where the file of a profile image lies.
pub(crate) fn image(name: &ImageName, size: ImageSize) -> String {
    format!("{IMAGES}/{}/{name}", size.side())
}

/// Whether something of that name is kept in data folders, and so in backups. Nothing that leads out
/// of the folder is.
pub(crate) fn is_kept(path: &str) -> bool {
    path == DATABASE || KEY_FILES.contains(&path) || is_image(path)
}

/// Whether it is the name of an image's file, as [`image`] writes it.
pub(crate) fn is_image(path: &str) -> bool {
    let name = path.rsplit('/').next().and_then(ImageName::parse);
    name.is_some_and(|name| ImageSize::ALL.iter().any(|size| image(&name, *size) == path))
}

/// Makes folders that only this user can look into.
pub(crate) fn private_folder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Makes files that only this user can read, whatever their folder allows.
pub(crate) fn private_file() -> OpenOptions {
    let mut options = File::options();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Has the disk keep which names are in a folder.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Has the disk on which a folder lies keep everything that was written to it. For many files, this
/// takes a fraction of the time that one after the other would.
pub(crate) fn sync_disk(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(File::open(folder)?)?;
    #[cfg(not(target_os = "linux"))]
    rustix::fs::sync();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_data_folder_keeps_is_kept() {
        let image = "0123456789abcdef0123456789abcdef.png";
        for kept in ["rollcall.db", "rollcall.key", &format!("images/96/{image}")] {
            assert!(is_kept(kept), "{kept}");
        }
        for other in [
            "",
            "rollcall.lock",
            "rollcall.toml",
            "./rollcall.db",
            "/rollcall.db",
            "../rollcall.db",
            "images",
            image,
            &format!("images/{image}"),
            &format!("images/97/{image}"),
            &format!("images/96/../96/{image}"),
            &format!("/images/96/{image}"),
            &format!("images/96/{image}/"),
            "images/96/x.png",
        ] {
            assert!(!is_kept(other), "{other}");
        }
    }
}
