//! How the console looks for somebody: theme and language.

use app::{
    i18n::{self, Locale},
    theme::{self, Theme},
};
use domain::form::Pairs;

use super::{Done, Outcome, Post};
use crate::{body, cookies, paths};

#[derive(Default)]
struct Preferences {
    theme: Option<Theme>,
    locale: Option<Locale>,
    back: String,
}

impl Preferences {
    fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut preferences = Self::default();
        for (name, value) in pairs.iter() {
            match name {
                "theme" => preferences.theme = Some(Theme::parse(value).ok_or(name)?),
                "locale" => preferences.locale = Some(Locale::parse(value).ok_or(name)?),
                "back" => value.clone_into(&mut preferences.back),
                unknown => return Err(unknown.to_owned()),
            }
        }
        Ok(preferences)
    }
}

/// Keeps the choice in cookies, and leads back.
pub async fn keep(post: Post) -> Outcome<()> {
    let server = post.server().clone();
    let chosen = post.form(body::FORM, Preferences::from_pairs).await?;
    let mut done = Done::at(paths::on_this_site(&chosen.back).unwrap_or(paths::HOME));
    if let Some(theme) = chosen.theme {
        done = done.with(cookies::choice(theme::COOKIE, theme.as_str(), server.public_url()));
    }
    if let Some(locale) = chosen.locale {
        done = done.with(cookies::choice(i18n::COOKIE, locale.as_str(), server.public_url()));
    }
    Ok(done)
}
