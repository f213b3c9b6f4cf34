//! Creating, editing and deleting rooms, adding members, and handing rooms over.

use backend::{
    Backend, Internal,
    rooms::{DeleteRefusal, EditRefusal, MembersRefusal, OwnerRefusal, RoomRefusal},
};
use domain::{
    Problem, Problems, RoomId,
    form::Pairs,
    removal::{DeleteRoomField, DeleteRoomForm, OwnerField, OwnerForm},
    room::{RoomDraft, RoomField, RoomForm, SpecifyForm},
};

use super::{Done, Outcome, Post, Trouble, seen, unknown_field};
use crate::{body, errors::Failure, paths};

/// Creates a room.
pub async fn create(post: Post) -> Outcome<RoomField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let (form, admin) = post.form_of(admin, body::LONG_FORM, RoomForm::from_pairs).await?;
    let draft = parse(&backend, &form).map_err(|problems| refused(&form, problems))?;
    match backend.rooms.create(&admin, &draft).await {
        Ok(room) => Ok(Done::at(format!("{}?created", paths::room(&room)))),
        Err(MembersRefusal::Members(problem)) => {
            Err(refused(&form, Problems::one(RoomField::Members, problem)))
        }
        Err(MembersRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(MembersRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Edits a room's name, type and limits.
pub async fn edit(post: Post, room: String) -> Outcome<RoomField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let room = RoomId::parse(&room).ok_or(Failure::NotFound)?;
    let (mut pairs, admin) = post.pairs_of(admin, body::FORM).await?;
    let seen = seen(&mut pairs)?;
    let form = RoomForm::from_edit_pairs(&pairs).map_err(|it| unknown_field(&it))?;
    let refused = |problems| Trouble::refused((form.clone(), seen.clone()), problems);
    let draft = parse(&backend, &form).map_err(refused)?;
    match backend.rooms.edit(&admin, &room, &draft, seen.as_ref()).await {
        Ok(room) => Ok(Done::at(format!("{}?saved", paths::room(&room.id)))),
        Err(EditRefusal::Outdated) => {
            Err(refused(Problems::one(RoomField::Edition, Problem::Outdated)))
        }
        Err(EditRefusal::Room(RoomRefusal::NotFound)) => Err(Failure::NotFound.into()),
        Err(EditRefusal::Room(RoomRefusal::Internal(error))) => Err(error.into()),
    }
}

/// Makes a copy of a room, named so in the reader's language.
pub async fn duplicate(post: Post, room: String) -> Outcome<RoomField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let locale = post.caller()?.locale;
    let room = RoomId::parse(&room).ok_or(Failure::NotFound)?;
    let nothing = |pairs: &Pairs| pairs.iter().next().map_or(Ok(()), |it| Err(it.0.to_owned()));
    let ((), admin) = post.form_of(admin, body::FORM, nothing).await?;
    let original = backend.rooms.get(&admin, &room).await?.ok_or(Failure::NotFound)?;
    let name = app::server::name_of_copy(&original.name, locale);
    let name = name.map_err(|_| Failure::Internal(Internal::other("a copy has no name")))?;
    match backend.rooms.duplicate(&admin, &room, &name).await {
        Ok(copy) => Ok(Done::at(format!("{}/settings?copied", paths::room(&copy.id)))),
        Err(RoomRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(RoomRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Adds members to a room.
pub async fn add_members(post: Post, room: String) -> Outcome<RoomField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let room = RoomId::parse(&room).ok_or(Failure::NotFound)?;
    let (form, admin) = post.form_of(admin, body::LONG_FORM, SpecifyForm::from_pairs).await?;
    let members = form.parse().map_err(|problem| refused_members(&form, problem))?;
    match backend.rooms.add_members(&admin, &room, &members).await {
        Ok(added) => Ok(Done::at(format!("{}?added={added}", paths::room(&room)))),
        Err(MembersRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(MembersRefusal::Members(problem)) => Err(refused_members(&form, problem)),
        Err(MembersRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Hands a room over to another owner.
pub async fn hand_over(post: Post, room: String) -> Outcome<OwnerField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let room = RoomId::parse(&room).ok_or(Failure::NotFound)?;
    let (form, admin) = post.form_of(admin, body::FORM, OwnerForm::from_pairs).await?;
    let owner = form.parse().map_err(|problems| Trouble::refused(form.clone(), problems))?;
    match backend.rooms.hand_over(&admin, &room, &owner).await {
        Ok(room) => Ok(Done::at(format!("{}?handed-over", paths::room(&room.id)))),
        Err(OwnerRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(OwnerRefusal::Owner(problem)) => {
            Err(Trouble::refused(form, Problems::one(OwnerField::Owner, problem)))
        }
        Err(OwnerRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Deletes a room whose name was typed once more.
pub async fn delete(post: Post, room: String) -> Outcome<DeleteRoomField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let room = RoomId::parse(&room).ok_or(Failure::NotFound)?;
    let (form, admin) = post.form_of(admin, body::FORM, DeleteRoomForm::from_pairs).await?;
    match backend.rooms.delete(&admin, &room, |name| form.names(name)).await {
        Ok(()) => Ok(Done::at(paths::ROOMS)),
        Err(DeleteRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(DeleteRefusal::OtherName(name)) => {
            let problem = Problem::TypedWrong { expected: name.to_string() };
            Err(Trouble::refused(form, Problems::one(DeleteRoomField::Name, problem)))
        }
        Err(DeleteRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Reads the form, its times by the school's clocks.
fn parse(backend: &Backend, form: &RoomForm) -> Result<RoomDraft, Problems<RoomField>> {
    let zone = backend.settings.zone();
    form.parse(|time, edge| zone.moment(time, edge))
}

fn refused(form: &RoomForm, problems: Problems<RoomField>) -> Trouble<RoomField> {
    Trouble::refused(form.clone(), problems)
}

fn refused_members(form: &SpecifyForm, problem: Problem) -> Trouble<RoomField> {
    Trouble::refused(form.clone(), Problems::one(RoomField::Members, problem))
}
