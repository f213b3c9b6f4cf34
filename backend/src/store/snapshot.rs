//! The whole database at one moment: copied while others write, and the copy looked into.

use std::path::Path;

use domain::image::ImageName;
use sqlx::{Any, ConnectOptions, Connection, any::AnyConnectOptions};

use super::{Db, dialect, row::Rows};
use crate::Internal;

/// How many names of images are read at once.
const PAGE: i64 = 1_000;

pub(super) const IMAGES_AFTER: &str =
    "SELECT DISTINCT image FROM users WHERE image > $1 ORDER BY image LIMIT $2 + 0";

/// Connects to a database as it is, without setting anything in it.
pub async fn open(address: &str) -> Result<Db, Internal> {
    sqlx::any::install_default_drivers();
    let options = address.parse::<AnyConnectOptions>()?;
    Ok(options.log_statements(log::LevelFilter::Off).connect().await?)
}

/// Opens a copy that nobody changes. Nothing is written beside it.
pub async fn open_file(copy: &Path) -> Result<Db, Internal> {
    open(&dialect::address_of(copy, dialect::UNCHANGING)?).await
}

/// Copies the database into a new file, as it is when this begins. Others can go on writing.
pub async fn take(db: &mut Db, into: &Path) -> Result<(), Internal> {
    let into = into.to_str().ok_or_else(|| Internal::other("the path is not in UTF-8"))?;
    sqlx::query::<Any>(dialect::COPY).bind(into).execute(db).await?;
    Ok(())
}

/// Closes what was [opened](open).
pub async fn close(db: Db) -> Result<(), Internal> {
    Ok(db.close().await?)
}

/// What the database finds wrong with its own file; nothing where it is whole.
pub async fn complaints(db: &mut Db) -> Result<Vec<String>, Internal> {
    dialect::complaints(db).await
}

/// The next images that users have, by name.
pub async fn images_after(
    db: &mut Db,
    last: Option<&ImageName>,
) -> Result<Vec<ImageName>, Internal> {
    let last = last.map_or("", ImageName::as_str);
    let rows = Rows::read(db, &["image"], IMAGES_AFTER, |it| it.bind(last).bind(PAGE)).await?;
    rows.of("users").map(|it| it.parse("image", ImageName::parse)).collect()
}
