//! One's own account, for everybody who is signed in.

use backend::accounts::ChangeRefusal;
use domain::{
    Problem, Problems,
    account::{ChangePasswordField, ChangePasswordForm, SignOut},
};

use super::{Done, Outcome, Post, Trouble};
use crate::{body, cookies, errors::Failure, paths};

/// Changes the password, which ends all sessions, and goes on with a new one.
pub async fn change_password(post: Post) -> Outcome<ChangePasswordField> {
    let (server, session) = (post.server().clone(), post.session()?.clone());
    let form = post.form(body::FORM, ChangePasswordForm::from_pairs).await?;
    let refused = |problems| Trouble::refused((), problems);
    let wrong = |field, problem| refused(Problems::one(field, problem));
    let password = form.parse(&session.user().user_id).map_err(refused)?;
    match server.backend().accounts.change_password(&session, &form.old, &password).await {
        Ok(secret) => {
            let cookie = cookies::signed_in(secret.reveal().to_owned(), server.public_url());
            Ok(Done::at(format!("{}?changed", paths::ACCOUNT)).with(cookie))
        }
        Err(ChangeRefusal::Wrong) => Err(wrong(ChangePasswordField::Old, Problem::WrongPassword)),
        Err(ChangeRefusal::Wait { seconds }) => {
            Err(wrong(ChangePasswordField::Old, Problem::Wait { seconds }))
        }
        Err(ChangeRefusal::Password(problem)) => Err(wrong(ChangePasswordField::Password, problem)),
        Err(ChangeRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Signs out on some of one's devices, or on all: then this leads to the door.
pub async fn sign_out_devices(post: Post) -> Outcome<()> {
    let (server, session) = (post.server().clone(), post.session()?.clone());
    let which = post.form(body::FORM, SignOut::from_pairs).await?.ok_or(Failure::NotFound)?;
    if !server.backend().accounts.sign_out_devices(&session, &which).await? {
        return Err(Failure::NotFound.into());
    }
    Ok(match which {
        SignOut::All => Done::at(paths::SIGN_IN).with(cookies::signed_out(server.public_url())),
        SignOut::One(_) | SignOut::Others => Done::at(format!("{}?signed-out", paths::ACCOUNT)),
    })
}
