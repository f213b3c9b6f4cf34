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
    let (backend, staff) = (post.backend(), post.staff()?);
    let (form, staff) = post.form_of(staff, body::LONG_FORM, RoomForm::from_pairs).await?;
    let draft = parse(&backend, &form).map_err(|problems| refused(&form, problems))?;
    match backend.rooms.create(&staff, &draft).await {
        Ok(room) => Ok(Done::at(format!("{}?created", paths::room(&room)))),
        Err(MembersRefusal::Members(problem)) => {
            Err(refused(&form, Problems::one(RoomField::Members, problem)))
        }
        Err(MembersRefusal::Limit((field, problem))) => {
            Err(refused(&form, Problems::one(field, problem)))
        }
        Err(MembersRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(MembersRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Edits a room's name, type and limits.
pub async fn edit(post: Post, room: String) -> Outcome<RoomField> {
    let (backend, staff) = (post.backend(), post.staff()?);
    let room = RoomId::parse(&room).ok_or(Failure::NotFound)?;
    let (mut pairs, staff) = post.pairs_of(staff, body::FORM).await?;
    let owner = backend.rooms.owner(&staff, &room).await?;
    let seen = seen(&mut pairs)?;
    let form = RoomForm::from_edit_pairs(&pairs).map_err(|it| unknown_field(&it))?;
    let refused = |problems| Trouble::refused((form.clone(), seen.clone()), problems);
    let draft = parse(&backend, &form).map_err(refused)?;
    match backend.rooms.edit(&owner, &draft, seen.as_ref()).await {
        Ok(room) => Ok(Done::at(format!("{}?saved", paths::room(&room.id)))),
        Err(EditRefusal::Outdated) => {
            Err(refused(Problems::one(RoomField::Edition, Problem::Outdated)))
        }
        Err(EditRefusal::Limit((field, problem))) => Err(refused(Problems::one(field, problem))),
        Err(EditRefusal::Room(RoomRefusal::NotFound)) => Err(Failure::NotFound.into()),
        Err(EditRefusal::Room(RoomRefusal::Internal(error))) => Err(error.into()),
    }
}

/// Makes a copy of a room, named so in the reader's language.
pub async fn duplicate(post: Post, room: String) -> Outcome<RoomField> {
    let (backend, staff) = (post.backend(), post.staff()?);
    let locale = post.caller()?.locale;
    let room = RoomId::parse(&room).ok_or(Failure::NotFound)?;
    let nothing = |pairs: &Pairs| pairs.iter().next().map_or(Ok(()), |it| Err(it.0.to_owned()));
    let ((), staff) = post.form_of(staff, body::FORM, nothing).await?;
    let owner = backend.rooms.owner(&staff, &room).await?;
    let name = app::server::name_of_copy(&owner.reader().room().name, locale);
    let name = name.map_err(|_| Failure::Internal(Internal::other("a copy has no name")))?;
    match backend.rooms.duplicate(&owner, &name).await {
        Ok(copy) => Ok(Done::at(format!("{}/settings?copied", paths::room(&copy.id)))),
        // The page that creates rooms says why no more can be.
        Err(MembersRefusal::Limit((RoomField::Owner, _))) => Ok(Done::at(paths::NEW_ROOM)),
        Err(MembersRefusal::Limit(_)) => {
            Ok(Done::at(format!("{}?not-copied", paths::room(owner.id()))))
        }
        Err(MembersRefusal::NotFound | MembersRefusal::Members(_)) => Err(Failure::NotFound.into()),
        Err(MembersRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Adds members to a room.
pub async fn add_members(post: Post, room: String) -> Outcome<RoomField> {
    let (backend, staff) = (post.backend(), post.staff()?);
    let room = RoomId::parse(&room).ok_or(Failure::NotFound)?;
    let (form, staff) = post.form_of(staff, body::LONG_FORM, SpecifyForm::from_pairs).await?;
    let owner = backend.rooms.owner(&staff, &room).await?;
    let members = form.parse().map_err(|problem| refused_members(&form, problem))?;
    match backend.rooms.add_members(&owner, &members).await {
        Ok(added) => Ok(Done::at(format!("{}?added={added}", paths::room(&room)))),
        Err(MembersRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(MembersRefusal::Members(problem) | MembersRefusal::Limit((_, problem))) => {
            Err(refused_members(&form, problem))
        }
        Err(MembersRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Hands a room over to another owner.
pub async fn hand_over(post: Post, room: String) -> Outcome<OwnerField> {
    let (backend, staff) = (post.backend(), post.staff()?);
    let room = RoomId::parse(&room).ok_or(Failure::NotFound)?;
    let (form, staff) = post.form_of(staff, body::FORM, OwnerForm::from_pairs).await?;
    let owner = backend.rooms.owner(&staff, &room).await?;
    let heir = form.parse().map_err(|problems| Trouble::refused(form.clone(), problems))?;
    match backend.rooms.hand_over(&owner, &heir).await {
        Ok(room) => Ok(Done::at(format!("{}?handed-over", paths::room(&room.id)))),
        Err(OwnerRefusal::Room(RoomRefusal::NotFound)) => Err(Failure::NotFound.into()),
        Err(OwnerRefusal::Owner(problem)) => {
            Err(Trouble::refused(form, Problems::one(OwnerField::Owner, problem)))
        }
        Err(OwnerRefusal::Room(RoomRefusal::Internal(error))) => Err(error.into()),
    }
}

/// Deletes a room whose name was typed once more.
pub async fn delete(post: Post, room: String) -> Outcome<DeleteRoomField> {
    let (backend, staff) = (post.backend(), post.staff()?);
    let room = RoomId::parse(&room).ok_or(Failure::NotFound)?;
    let (form, staff) = post.form_of(staff, body::FORM, DeleteRoomForm::from_pairs).await?;
    let owner = backend.rooms.owner(&staff, &room).await?;
    match backend.rooms.delete(&owner, |name| form.names(name)).await {
        Ok(()) => Ok(Done::at(paths::ROOMS)),
        Err(DeleteRefusal::Room(RoomRefusal::NotFound)) => Err(Failure::NotFound.into()),
        Err(DeleteRefusal::OtherName(name)) => {
            let problem = Problem::TypedWrong { expected: name.to_string() };
            Err(Trouble::refused(form, Problems::one(DeleteRoomField::Name, problem)))
        }
        Err(DeleteRefusal::Room(RoomRefusal::Internal(error))) => Err(error.into()),
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
