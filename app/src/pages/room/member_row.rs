//! One member of a room: as what they enter, changed in place, whether they are in, and taking them off.

use domain::{
    EntryPermission, RoomId, UserId, UserStatus, UserSummary, members::MembersAct, room::Member,
};
use leptos::{prelude::*, task::spawn_local};

use super::links::{Desk, LinkItems, LinkOf};
use crate::{
    components::{
        icon::Icon,
        layout::failed,
        menu::RowMenu,
        page::{Person, user_path},
        permission::{PermissionPill, PermissionSelect},
        selection::{ChooseUser, Selection},
        toast::Toaster,
        user_fields::StatusPill,
    },
    error::AppError,
    functions::{members, rooms},
    i18n::tr,
    live::delivered,
    viewer::is_admin,
    words,
};

/// Who of those on the page is in, while a meeting goes on; at other times there is no such column.
#[derive(Clone, Copy)]
pub(super) struct Here(pub(super) Memo<Option<Vec<UserId>>>);

impl Here {
    /// Whether a meeting goes on.
    pub(super) fn in_progress(self) -> Memo<bool> {
        Memo::new(move |_| self.0.with(Option::is_some))
    }

    /// Whether somebody is in.
    pub(super) fn of(self, user_id: UserId) -> AnyView {
        let is_in =
            Memo::new(move |_| self.0.with(|it| it.as_ref().map(|it| it.contains(&user_id))));
        let said =
            |is_in| if is_in { tr!("room.in_the_room") } else { tr!("room.not_in_the_room") };
        let cell = move |is_in| view! { <td class="table__quiet">{said(is_in)}</td> };
        (move || is_in.get().map(cell)).into_any()
    }

    /// Whether a member is in. Of those who observe, nobody can tell.
    pub(super) fn of_member(self, member: &Member) -> AnyView {
        match member.permission {
            EntryPermission::Host | EntryPermission::Guest => self.of(member.user.user_id.clone()),
            EntryPermission::Monitoring => {
                let in_progress = self.in_progress();
                let cell = || view! { <td class="table__none">"–"</td> };
                (move || in_progress.get().then(cell)).into_any()
            }
        }
    }
}

/// The owner, who stands at the head.
#[component]
pub(super) fn OwnerRow(
    owner: UserSummary,
    now: AnyView,
    editable: bool,
    desk: Desk,
) -> impl IntoView {
    let menu = tr!("users.actions", nickname = owner.nickname, user_id = owner.user_id);
    let of = LinkOf::user(&owner);
    let actions = editable.then(|| {
        view! {
            <span class="only-with-script">
                <RowMenu label=menu>
                    <LinkItems of=of.clone() desk />
                </RowMenu>
            </span>
        }
    });
    view! {
        <tr>
            {editable.then(|| view! { <td class="table__select only-with-script"></td> })}
            <th scope="row" class="table__main">
                <Person user=owner link=true />
            </th>
            <td>
                <PermissionPill permission=EntryPermission::Host />
            </td>
            {now}
            <td class="table__actions table__quiet">
                <span class="row-end">{tr!("room.owner")} {actions}</span>
            </td>
        </tr>
    }
}

/// A member, for whoever may only see them.
#[component]
pub(super) fn ReadRow(member: Member, now: AnyView) -> impl IntoView {
    let Member { user, permission } = member;
    let status = user.status;
    view! {
        <tr class:table__row--off=status == UserStatus::Deactivated>
            <th scope="row" class="table__main">
                <Person user />
            </th>
            <td>
                <PermissionPill permission />
                <StatusPill status />
            </td>
            {now}
            <td class="table__actions"></td>
        </tr>
    }
}

/// A member, for whoever may change them.
#[component]
pub(super) fn MemberRow(
    room: RoomId,
    member: Member,
    now: AnyView,
    changes: RwSignal<u32>,
    selection: Selection,
    desk: Desk,
) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let of = LinkOf::user(&member.user);
    let copied = of.clone();
    let Member { user, permission } = member;
    let shown = RwSignal::new(permission);
    let nickname = user.nickname.to_string();
    let menu = tr!("users.actions", nickname = nickname, user_id = user.user_id);
    let copy_label = tr!("links.copy_of", nickname = nickname);
    let href = user_path(user.user_id.as_str());
    let seat = StoredValue::new(Seat { room, user: user.clone(), changes, toaster });
    view! {
        <tr class:table__row--off=user.status == UserStatus::Deactivated>
            <td class="table__select only-with-script">
                <ChooseUser user=user.clone() selection />
            </td>
            <th scope="row" class="table__main">
                <Person user=user.clone() link=true />
            </th>
            <td>
                <div class="with-script">
                    <PermissionSelect
                        value=shown
                        label=tr!("picker.permission_of", nickname = nickname)
                        on_change=Callback::new(move |to| {
                            seat.get_value().set_permission(shown, shown.get_untracked(), to);
                        })
                    />
                </div>
                <div class="without-script">
                    <PermissionPill permission />
                </div>
                <StatusPill status=user.status />
            </td>
            {now}
            <td class="table__actions only-with-script">
                <span class="row-end">
                <button
                    class="button button--small"
                    type="button"
                    aria-label=copy_label
                    on:click=move |_| desk.copy(copied.clone())
                >
                    <Icon name="link" />
                    {tr!("links.copy")}
                </button>
                <RowMenu label=menu>
                    <LinkItems of=of.clone() desk />
                    <hr class="menu__line" />
                    {is_admin()
                        .then(|| {
                            view! {
                                <a class="menu__item" href=href.clone()>
                                    <Icon name="user-round" />
                                    {tr!("problem.open_user")}
                                </a>
                            }
                        })}
                    <button
                        class="menu__item menu__item--danger"
                        type="button"
                        on:click=move |_| seat.get_value().remove(shown.get_untracked())
                    >
                        <Icon name="user-round-x" />
                        {tr!("room.remove_member")}
                    </button>
                </RowMenu>
                </span>
            </td>
        </tr>
    }
}

/// One member of one room, and what can be done with it.
#[derive(Clone)]
struct Seat {
    room: RoomId,
    user: UserSummary,
    changes: RwSignal<u32>,
    toaster: Toaster,
}

impl Seat {
    /// Changes the permission, with a way back.
    fn set_permission(
        self,
        shown: RwSignal<EntryPermission>,
        from: EntryPermission,
        to: EntryPermission,
    ) {
        shown.try_set(to);
        spawn_local(async move {
            let (room, user_id) = (&self.room, &self.user.user_id);
            let set = || rooms::set_permission(room.clone(), user_id.clone(), to);
            match delivered(set).await {
                Ok(member) => {
                    self.changes.try_update(|it| *it += 1);
                    let text = words::is_now(&member.user.nickname, to);
                    let toaster = self.toaster;
                    let undo =
                        Callback::new(move |()| self.clone().set_permission(shown, to, from));
                    toaster.show(text, Some(undo));
                }
                Err(error) => {
                    shown.try_set(from);
                    failed(&error, self.toaster);
                }
            }
        });
    }

    /// Takes the member off the room, with a way back.
    fn remove(self, permission: EntryPermission) {
        spawn_local(async move {
            let (room, user_id) = (&self.room, &self.user.user_id);
            match delivered(|| rooms::remove_member(room.clone(), user_id.clone())).await {
                Ok(()) => {
                    self.changes.try_update(|it| *it += 1);
                    let text = tr!("room.was_removed", nickname = self.user.nickname);
                    let toaster = self.toaster;
                    let undo = Callback::new(move |()| self.clone().put_back(permission));
                    toaster.show(text, Some(undo));
                }
                Err(error) => failed(&error, self.toaster),
            }
        });
    }

    /// Makes them a member again, as they were: also whoever is deactivated.
    fn put_back(self, permission: EntryPermission) {
        spawn_local(async move {
            let before = vec![(self.user.user_id, permission)];
            let put_back =
                || members::put_back(self.room.clone(), before.clone(), MembersAct::Remove);
            match delivered(put_back).await {
                Ok(gone) => {
                    self.changes.try_update(|it| *it += 1);
                    if !gone.is_empty() {
                        failed(&AppError::NotFound, self.toaster);
                    }
                }
                Err(error) => failed(&error, self.toaster),
            }
        });
    }
}
