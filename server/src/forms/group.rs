//! Creating, renaming, merging and deleting groups, and putting users into them.

use backend::groups::{GroupRefusal, JoinRefusal, MergeRefusal, NameRefusal};
use domain::{
    GroupName, Problem, Problems,
    group::{GroupField, GroupForm},
    room::SpecifyForm,
};

use super::{Done, Outcome, Post, Trouble};
use crate::{body, errors::Failure, paths};

/// Creates a group.
pub async fn create(post: Post) -> Outcome<GroupField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let (form, admin) = post.form_of(admin, body::FORM, GroupForm::from_pairs).await?;
    let name = parse(&form)?;
    match backend.groups.create(&admin, &name).await {
        Ok(group) => Ok(Done::at(format!("{}?created", paths::group(&group.name)))),
        Err(refusal) => Err(name_refused(&form, refusal)),
    }
}

/// Gives a group another name.
pub async fn rename(post: Post, group: String) -> Outcome<GroupField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let group = named(&group)?;
    let (form, admin) = post.form_of(admin, body::FORM, GroupForm::from_pairs).await?;
    let name = parse(&form)?;
    match backend.groups.rename(&admin, &group, &name).await {
        Ok(group) => Ok(Done::at(format!("{}?saved", paths::group(&group.name)))),
        Err(refusal) => Err(name_refused(&form, refusal)),
    }
}

/// Merges a group into the one that the form names.
pub async fn merge(post: Post, group: String) -> Outcome<GroupField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let group = named(&group)?;
    let (form, admin) = post.form_of(admin, body::FORM, GroupForm::from_pairs).await?;
    let into = parse(&form)?;
    match backend.groups.merge(&admin, &group, &into).await {
        Ok(group) => Ok(Done::at(format!("{}?merged", paths::group(&group.name)))),
        Err(MergeRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(MergeRefusal::NoOther) => Err(refused(&form, Problem::UnknownGroup)),
        Err(MergeRefusal::Itself) => Err(refused(&form, Problem::SameGroup)),
        Err(MergeRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Deletes a group whose name was typed to make sure.
pub async fn delete(post: Post, group: String) -> Outcome<GroupField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let group = named(&group)?;
    let (form, admin) = post.form_of(admin, body::FORM, GroupForm::from_pairs).await?;
    if parse(&form)?.key() != group.key() {
        let group = backend.groups.get(&admin, &group).await?.ok_or(Failure::NotFound)?;
        let expected = group.name.to_string();
        return Err(refused(&form, Problem::TypedWrong { expected }));
    }
    match backend.groups.delete(&admin, &group).await {
        Ok(group) => {
            Ok(Done::at(paths::with_query("/groups", &[("deleted", group.name.as_str())])))
        }
        Err(GroupRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(GroupRefusal::Internal(error)) => Err(error.into()),
    }
}

/// Puts users into a group.
pub async fn add(post: Post, group: String) -> Outcome<GroupField> {
    let (backend, admin) = (post.backend(), post.admin()?);
    let group = named(&group)?;
    let (form, admin) = post.form_of(admin, body::LONG_FORM, SpecifyForm::from_group_pairs).await?;
    let users = form.parse().map_err(|problem| refused_users(&form, problem))?;
    let users: Vec<_> = users.iter().map(|it| &it.user_id).collect();
    match backend.groups.add_users(&admin, &group, &users).await {
        Ok(added) => Ok(Done::at(format!("{}?added={added}", paths::group(&group)))),
        Err(JoinRefusal::NotFound) => Err(Failure::NotFound.into()),
        Err(JoinRefusal::Users(problem)) => Err(refused_users(&form, problem)),
        Err(JoinRefusal::Internal(error)) => Err(error.into()),
    }
}

/// The name in the path; what can't be one names nothing.
fn named(group: &str) -> Result<GroupName, Failure> {
    GroupName::parse(group).map_err(|_| Failure::NotFound)
}

fn parse(form: &GroupForm) -> Result<GroupName, Trouble<GroupField>> {
    form.parse().map_err(|problems| Trouble::refused(form.clone(), problems))
}

fn name_refused(form: &GroupForm, refusal: NameRefusal) -> Trouble<GroupField> {
    match refusal {
        NameRefusal::NotFound => Failure::NotFound.into(),
        NameRefusal::Taken { by } => refused(form, Problem::GroupTaken { by }),
        NameRefusal::Internal(error) => error.into(),
    }
}

fn refused(form: &GroupForm, problem: Problem) -> Trouble<GroupField> {
    Trouble::refused(form.clone(), Problems::one(GroupField::Name, problem))
}

fn refused_users(form: &SpecifyForm, problem: Problem) -> Trouble<GroupField> {
    Trouble::refused(form.clone(), Problems::one(GroupField::Members, problem))
}
