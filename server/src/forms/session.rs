//! Signing in and out.

use app::submission::SignInTyped;
use backend::accounts::SignInRefusal;
use domain::{
    Problem, Problems,
    sign_in::{SignInField, SignInForm},
};

use super::{Done, Outcome, Post, Trouble};
use crate::{body, cookies, paths};

/// Signs in and leads on to where the person wanted to go.
pub async fn sign_in(post: Post) -> Outcome<SignInField> {
    let (server, context) = (post.server().clone(), post.caller()?.context.clone());
    let earlier = post.session_secret();
    let form = post.form(body::FORM, SignInForm::from_pairs).await?;
    let refused = |problems| {
        let typed = SignInTyped { user_id: form.user_id.clone(), next: form.next.clone() };
        Trouble::refused(typed, problems)
    };
    form.check().map_err(refused)?;
    let accounts = &server.backend().accounts;
    let secret = match accounts.sign_in(&form.user_id, &form.password, &context).await {
        Ok(secret) => secret,
        Err(SignInRefusal::Internal(error)) => return Err(error.into()),
        Err(SignInRefusal::Wrong) => return Err(refused(wrong(Problem::WrongSignIn))),
        Err(SignInRefusal::Wait { seconds }) => {
            return Err(refused(wrong(Problem::Wait { seconds })));
        }
    };
    if let Some(earlier) = earlier {
        accounts.sign_out(&earlier, &context).await?;
    }
    let next = paths::on_this_site(&form.next).unwrap_or(paths::HOME);
    Ok(Done::at(next).with(cookies::signed_in(secret.reveal().to_owned(), server.public_url())))
}

fn wrong(problem: Problem) -> Problems<SignInField> {
    Problems::one(SignInField::Password, problem)
}

/// Ends the session, and leads to the door.
pub async fn sign_out(post: Post) -> Outcome<SignInField> {
    let server = post.server().clone();
    if let Some(secret) = post.session_secret() {
        server.backend().accounts.sign_out(&secret, &post.caller()?.context).await?;
    }
    Ok(Done::at(paths::SIGN_IN).with(cookies::signed_out(server.public_url())))
}
