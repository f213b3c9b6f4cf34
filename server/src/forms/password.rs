//! Setting a password by the one-time link.

use app::submission::{SetPasswordTyped, Submission};
use axum::http::StatusCode;
use backend::accounts::{Accounts, LinkRefusal};
use domain::{
    Problem, Problems,
    account::{SetPasswordField, SetPasswordForm},
};

use super::{Done, Outcome, Post, Trouble};
use crate::{body, errors::Failure, paths, state::Server};

/// Sets the password of whose link it is, and leads to the door.
pub async fn set(post: Post) -> Outcome<SetPasswordField> {
    let (server, context) = (post.server().clone(), post.caller()?.context.clone());
    let form = post.form(body::FORM, SetPasswordForm::from_pairs).await?;
    let accounts = &server.backend().accounts;
    let password = match form.parse() {
        Ok(password) => password,
        Err(problems) => return Err(refused(accounts, &form.secret, problems).await?),
    };
    match accounts.set_password(&form.secret, &password, &context).await {
        Ok(user_id) => {
            let filled_in = [("password-set", ""), ("user_id", user_id.as_str())];
            Ok(Done::at(paths::with_query(paths::SIGN_IN, &filled_in)))
        }
        Err(LinkRefusal::Password(problem)) => {
            let problems = Problems::one(SetPasswordField::Password, problem);
            Err(refused(accounts, &form.secret, problems).await?)
        }
        Err(refusal) => {
            let problems = Problems::one(SetPasswordField::Link, of_link(refusal)?);
            Err(Trouble::refused(SetPasswordTyped::default(), problems))
        }
    }
}

/// The form as it is first shown to whoever opens the link with that query, and with which status.
pub async fn opened(server: &Server, query: &str) -> Result<(Submission, StatusCode), Failure> {
    let secret = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "secret");
    let secret = secret.map(|it| it.1).unwrap_or_default();
    let accounts = &server.backend().accounts;
    let (typed, problems) = looked_up(accounts, &secret, Problems::default()).await?;
    let status = match problems.first() {
        None => StatusCode::OK,
        Some(_) => StatusCode::NOT_FOUND,
    };
    Ok((Submission::new(typed, problems), status))
}

async fn refused(
    accounts: &Accounts,
    secret: &str,
    problems: Problems<SetPasswordField>,
) -> Result<Trouble<SetPasswordField>, Failure> {
    let (typed, problems) = looked_up(accounts, secret, problems).await?;
    Ok(Trouble::refused(typed, problems))
}

/// Whose link it is, with what is wrong otherwise; or what is wrong with the link, and nothing else.
async fn looked_up(
    accounts: &Accounts,
    secret: &str,
    problems: Problems<SetPasswordField>,
) -> Result<(SetPasswordTyped, Problems<SetPasswordField>), Failure> {
    match accounts.password_link_holder(secret).await {
        Ok(holder) => {
            let holder = Some(holder.to_string());
            Ok((SetPasswordTyped { secret: secret.to_owned(), holder }, problems))
        }
        Err(refusal) => {
            let problems = Problems::one(SetPasswordField::Link, of_link(refusal)?);
            Ok((SetPasswordTyped::default(), problems))
        }
    }
}

/// What is wrong with a link; of a dead one it isn't said why.
fn of_link(refusal: LinkRefusal) -> Result<Problem, Failure> {
    match refusal {
        LinkRefusal::DeadLink => Ok(Problem::DeadPasswordLink),
        LinkRefusal::Wait { seconds } => Ok(Problem::Wait { seconds }),
        LinkRefusal::Password(problem) => Ok(problem),
        LinkRefusal::Internal(error) => Err(error.into()),
    }
}
