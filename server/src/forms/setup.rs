//! Creating the first Admin, by the one-time link.

use app::submission::SetupTyped;
use backend::accounts::{NewAdmin, SetupRefusal};
use domain::{
    Problem, Problems,
    sign_in::{FirstAdmin, SetupField, SetupForm},
};

use super::{Done, Outcome, Post, Trouble};
use crate::{body, cookies, paths};

/// Creates the first Admin and signs them in.
pub async fn create_first_admin(post: Post) -> Outcome<SetupField> {
    let (server, context) = (post.server().clone(), post.caller()?.context.clone());
    let form = post.form(body::FORM, SetupForm::from_pairs).await?;
    let refused = |problems| {
        let typed = SetupTyped {
            user_id: form.user_id.clone(),
            nickname: form.nickname.clone(),
            secret: form.secret.clone(),
        };
        Trouble::refused(typed, problems)
    };
    let FirstAdmin { user_id, nickname, password } = form.parse().map_err(refused)?;
    let new = NewAdmin { user_id, nickname, password };
    match server.backend().accounts.create_first_admin(&form.secret, &new, &context).await {
        Ok(secret) => {
            let cookie = cookies::signed_in(secret.reveal().to_owned(), server.public_url());
            Ok(Done::at(paths::HOME).with(cookie))
        }
        Err(SetupRefusal::DeadLink) => {
            Err(refused(Problems::one(SetupField::Link, Problem::DeadLink)))
        }
        Err(SetupRefusal::Wait { seconds }) => {
            Err(refused(Problems::one(SetupField::Link, Problem::Wait { seconds })))
        }
        Err(SetupRefusal::Taken { by, nickname }) => {
            let taken = Problem::Taken { by, nickname };
            Err(refused(Problems::one(SetupField::UserId, taken)))
        }
        Err(SetupRefusal::Password(problem)) => {
            Err(refused(Problems::one(SetupField::Password, problem)))
        }
        Err(SetupRefusal::Internal(error)) => Err(error.into()),
    }
}
