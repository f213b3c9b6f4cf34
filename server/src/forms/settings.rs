//! What holds for the whole school.

use backend::settings::SettingsRefusal;
use domain::{
    Problems,
    settings::{SettingsField, SettingsForm},
};

use super::{Done, Outcome, Post, Trouble};
use crate::{body, paths};

/// Changes the settings.
pub async fn change(post: Post) -> Outcome<SettingsField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let (form, admin) = post.form_of(admin, body::FORM, SettingsForm::from_pairs).await?;
    let settings = form.parse().map_err(|problems| Trouble::refused(form.clone(), problems))?;
    match backend.settings.change(&admin, &settings).await {
        Ok(_) => Ok(Done::at(format!("{}?saved", paths::SETTINGS))),
        Err(SettingsRefusal::Zone(problem)) => {
            Err(Trouble::refused(form, Problems::one(SettingsField::TimeZone, problem)))
        }
        Err(SettingsRefusal::Internal(error)) => Err(error.into()),
    }
}
