//! Which profile images are in use.

use std::collections::HashSet;

use domain::image::ImageName;

use super::{Db, dialect, row::Rows};
use crate::Internal;

pub(super) const AMONG: &str =
    concat!("SELECT DISTINCT image FROM users WHERE image IN ", dialect::list!("$1"));

/// Which of these profile images any user has.
pub async fn referenced_names_among(
    db: &mut Db,
    names: &[ImageName],
) -> Result<HashSet<ImageName>, Internal> {
    let json = serde_json::to_string(names).map_err(Internal::other)?;
    let rows = Rows::read(db, &["image"], AMONG, |it| it.bind(json)).await?;
    rows.of("users").map(|it| it.parse("image", ImageName::parse)).collect()
}

/// Whether any user has that profile image.
pub async fn is_used(db: &mut Db, name: &ImageName) -> Result<bool, Internal> {
    let found = sqlx::query("SELECT 1 FROM users WHERE image = $1 LIMIT 1")
        .bind(name.as_str())
        .fetch_optional(db)
        .await?;
    Ok(found.is_some())
}
