//! Creating, editing and deleting users.

use backend::{
    images::UploadedImage,
    users::{CreateRefusal, DeleteRefusal, EditRefusal, HandOverRefusal, ImageChange},
};
use domain::{
    Problem, Problems, UserId,
    form::Pairs,
    image::ImageProblem,
    removal::{DeleteUserField, DeleteUserForm, HandOverField, HandOverForm},
    user::{UserField, UserForm},
};

use super::{Done, Outcome, Post, Trouble, seen, unknown_field};
use crate::{
    body::{self, Picture, Upload},
    errors::Failure,
    paths,
};

/// Creates a user.
pub async fn create(post: Post) -> Outcome<UserField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let (Upload { pairs, picture, turn: _turn }, admin) = post.upload_of(admin).await?;
    let form = UserForm::from_pairs(&pairs).map_err(|it| unknown_field(&it))?;
    let (user_id, profile) = form.parse().map_err(|problems| refused(&form, problems))?;
    let image = file(picture).map_err(|problem| refused(&form, problem))?;
    match backend.users.create(&admin, &user_id, &profile, image).await {
        Ok(user) => Ok(Done::at(after_creating(&user.user_id, &form, &pairs))),
        Err(CreateRefusal::Taken { by, nickname }) => {
            let taken = Problem::Taken { by, nickname };
            Err(refused(&form, Problems::one(UserField::UserId, taken)))
        }
        Err(CreateRefusal::Image(problem)) => Err(refused(&form, of_image(problem))),
        Err(CreateRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Edits a user.
pub async fn edit(post: Post, user_id: String) -> Outcome<UserField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let user_id = UserId::parse(&user_id).map_err(|_| Failure::NotFound)?;
    let (Upload { mut pairs, picture, turn: _turn }, admin) = post.upload_of(admin).await?;
    let seen = seen(&mut pairs)?;
    let form = UserForm::from_edit_pairs(&pairs).map_err(|it| unknown_field(&it))?;
    let refused = |problems| Trouble::refused((form.clone(), seen.clone()), problems);
    let profile = form.parse_edit(&user_id).map_err(refused)?;
    let image = match file(picture).map_err(refused)? {
        Some(file) => ImageChange::Replace(file),
        None if form.remove_image => ImageChange::Remove,
        None => ImageChange::Keep,
    };
    match backend.users.edit(&admin, &user_id, &profile, image, seen.as_ref()).await {
        Ok(user) => Ok(Done::at(format!("{}?saved", paths::user(&user.user_id)))),
        Err(EditRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(EditRefusal::LastAdmin) => {
            Err(refused(Problems::one(UserField::Role, Problem::LastAdmin)))
        }
        Err(EditRefusal::OwnsRooms) => {
            Err(refused(Problems::one(UserField::Role, Problem::OwnsRooms { user_id })))
        }
        Err(EditRefusal::Outdated) => {
            Err(refused(Problems::one(UserField::Edition, Problem::Outdated)))
        }
        Err(EditRefusal::Image(problem)) => Err(refused(of_image(problem))),
        Err(EditRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Deletes a user whose User ID was typed once more.
pub async fn delete(post: Post, user_id: String) -> Outcome<DeleteUserField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let user_id = UserId::parse(&user_id).map_err(|_| Failure::NotFound)?;
    let (form, admin) = post.form_of(admin, body::FORM, DeleteUserForm::from_pairs).await?;
    let refused = |problems| Trouble::refused(form.clone(), problems);
    let owner = form.parse(&user_id).map_err(refused)?;
    match backend.users.delete(&admin, &user_id, owner.as_ref()).await {
        Ok(()) => Ok(Done::at(paths::USERS)),
        Err(DeleteRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(DeleteRefusal::LastAdmin) => {
            Err(refused(Problems::one(DeleteUserField::UserId, Problem::LastAdmin)))
        }
        Err(DeleteRefusal::Oneself) => {
            Err(refused(Problems::one(DeleteUserField::UserId, Problem::Oneself)))
        }
        Err(DeleteRefusal::Owner(problem)) => {
            Err(refused(Problems::one(DeleteUserField::Owner, problem)))
        }
        Err(DeleteRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Hands all rooms of a user over, and deactivates the user with it where that is asked for.
pub async fn hand_over(post: Post, user_id: String) -> Outcome<HandOverField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let user_id = UserId::parse(&user_id).map_err(|_| Failure::NotFound)?;
    let (form, admin) = post.form_of(admin, body::FORM, HandOverForm::from_pairs).await?;
    let refused = |problems| Trouble::refused(form.clone(), problems);
    let wrong = |problem| refused(Problems::one(HandOverField::Owner, problem));
    let owner = form.parse().map_err(refused)?;
    match backend.users.hand_over(&admin, &user_id, &owner, form.deactivate).await {
        Ok(()) => Ok(Done::at(format!("{}?handed-over", paths::user(&user_id)))),
        Err(HandOverRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(HandOverRefusal::LastAdmin) => Err(wrong(Problem::LastAdmin)),
        Err(HandOverRefusal::Owner(problem)) => Err(wrong(problem)),
        Err(HandOverRefusal::Internal(error)) => Err(error.into()),
    }
}

/// The new user's page, or the empty form again, set as it was, to create another.
fn after_creating(user_id: &UserId, form: &UserForm, pairs: &Pairs) -> String {
    if pairs.get("then") != Some("another") {
        return format!("{}?created", paths::user(user_id));
    }
    let mut query = vec![
        ("created", user_id.as_str()),
        ("permission", form.permission.as_str()),
        ("role", form.role.as_str()),
    ];
    query.extend(form.groups.iter().map(|group| ("group", group.as_str())));
    paths::with_query("/users/new", &query)
}

fn file(picture: Picture) -> Result<Option<UploadedImage>, Problems<UserField>> {
    match picture {
        Picture::None => Ok(None),
        Picture::File(bytes) => Ok(Some(UploadedImage(bytes))),
        Picture::TooLarge => Err(of_image(ImageProblem::TooLarge)),
    }
}

fn of_image(problem: ImageProblem) -> Problems<UserField> {
    Problems::one(UserField::Image, Problem::Image(problem))
}

fn refused(form: &UserForm, problems: Problems<UserField>) -> Trouble<UserField> {
    Trouble::refused(form.clone(), problems)
}
