//! What holds for the whole school.

use domain::{
    Timestamp,
    settings::{Settings, ZoneName},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use super::json::Json;
use crate::error::AppError;

/// What the page of the settings shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsShown {
    /// The settings.
    pub settings: Settings,
    /// The time zones from which to choose, each with the minutes by which its clocks are before UTC.
    pub zones: Vec<(ZoneName, i32)>,
    /// Now.
    pub now: Timestamp,
}

/// The settings, and from what to choose.
#[server(prefix = "/api", endpoint = "settings/get", input = GetUrl, output = Json)]
pub async fn get() -> Result<SettingsShown, AppError> {
    use crate::server::{admin, backend};
    use backend::Zone;
    admin()?;
    let settings = &backend().settings;
    let now = settings.moment();
    let zones =
        Zone::all().iter().map(|it| (it.name().clone(), it.minutes_before_utc(now))).collect();
    Ok(SettingsShown { settings: settings.now(), zones, now })
}
