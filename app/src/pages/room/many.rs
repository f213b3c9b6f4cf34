//! What can be done with all members who are chosen: another permission, or taking them off the room,
//! each with the way back and with who was left as they were.

use domain::{
    EntryPermission, RoomId, UserId,
    members::{MembersAct, MembersChanged, Seat, Which},
    room::RoomSummary,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser,
    components::{
        dialog::Dialog,
        icon::Icon,
        layout::failed,
        menu::Menu,
        permission::icon,
        selection::{ChosenBar, Selection},
        toast::Toaster,
    },
    functions::members,
    i18n::{count, tr},
    live::delivered,
    words,
};

/// Does things to many members of one room.
#[derive(Clone, Copy)]
pub(super) struct Many {
    room: StoredValue<RoomId>,
    selection: Selection,
    /// Those for whom the last act changed nothing, since they are no members.
    missing: RwSignal<Vec<UserId>>,
    busy: RwSignal<bool>,
    changes: RwSignal<u32>,
    toaster: Toaster,
}

impl Many {
    /// Nothing was done yet.
    pub(super) fn new(room: RoomId, selection: Selection, changes: RwSignal<u32>) -> Self {
        Self {
            room: StoredValue::new(room),
            selection,
            missing: RwSignal::default(),
            busy: RwSignal::new(false),
            changes,
            toaster: expect_context(),
        }
    }

    fn act(self, act: MembersAct) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let (room, which) = (self.room.get_value(), which(self.selection));
        spawn_local(async move {
            let change = || members::change_members(room.clone(), which.clone(), act);
            let changed = delivered(change).await;
            self.busy.try_set(false);
            match changed {
                Ok(changed) => self.tell(room, changed, act),
                Err(error) => failed(&error, self.toaster),
            }
        });
    }

    fn tell(self, room: RoomId, changed: MembersChanged, act: MembersAct) {
        let MembersChanged { before, missing, .. } = changed;
        self.missing.try_set(missing);
        self.selection.clear();
        self.changes.try_update(|it| *it += 1);
        // The bar goes, and the rows come anew.
        browser::focus("#members");
        if before.is_empty() {
            self.toaster.show(tr!("members.said_nothing"), None);
            return;
        }
        let text = match act {
            MembersAct::Permission(to) => {
                count!("members.said_set", before.len(), permission = words::permission(to))
            }
            MembersAct::Remove => count!("members.said_removed", before.len()),
        };
        let undo = Callback::new(move |()| self.undo(room.clone(), before.clone(), act));
        self.toaster.show(text, Some(undo));
    }

    fn undo(self, room: RoomId, before: Vec<Seat>, act: MembersAct) {
        spawn_local(async move {
            match delivered(|| members::put_back(room.clone(), before.clone(), act)).await {
                Ok(missing) => {
                    self.missing.try_set(missing);
                    self.changes.try_update(|it| *it += 1);
                }
                Err(error) => failed(&error, self.toaster),
            }
        });
    }
}

/// Who is chosen, as what is done to them asks for it.
fn which(selection: Selection) -> Which {
    if selection.all.get_untracked() {
        return Which::All;
    }
    let users = untrack(|| selection.users());
    Which::These(users.into_iter().map(|it| it.user_id).collect())
}

/// Who was left as they were, and why.
#[component]
pub(super) fn LeftOut(many: Many) -> impl IntoView {
    let missing = many.missing;
    move || {
        let users = missing.get();
        (!users.is_empty()).then(|| {
            let names = words::listed(&users, ToString::to_string);
            view! {
                <div class="card__section">
                    <div class="notice notice--warning" role="status">
                        <Icon name="triangle-alert" />
                        <div class="notice__text">
                            {count!("members.missing", users.len(), user_ids = names)}
                        </div>
                        <button
                            class="button button--quiet button--small button--icon"
                            type="button"
                            aria-label=tr!("picker.dismiss")
                            on:click=move |_| missing.set(Vec::new())
                        >
                            <Icon name="x" />
                        </button>
                    </div>
                </div>
            }
        })
    }
}

/// What can be done, while anybody is chosen.
#[component]
pub(super) fn ManyBar(
    room: Signal<RoomSummary>,
    many: Many,
    /// Whether the list shows only those whom a search finds.
    searched: Signal<bool>,
) -> impl IntoView {
    let selection = many.selection;
    let asking = RwSignal::new(false);
    let members = move || room.with(|it| it.members);
    let chosen = move || {
        if selection.all.get() {
            count!("members.all_chosen", members())
        } else {
            count!("members.chosen", selection.count())
        }
    };
    let more = move || {
        let (chosen, shown) = selection.on_page();
        let page = chosen == shown && !selection.all.get() && !searched.get();
        (page && members() as usize > selection.count()).then(|| {
            view! {
                <button
                    class="button button--quiet button--small"
                    type="button"
                    on:click=move |_| selection.all.set(true)
                >
                    {count!("members.choose_all", members())}
                </button>
            }
        })
    };
    let remove = move |_| {
        if selection.all.get_untracked() {
            asking.set(true);
        } else {
            many.act(MembersAct::Remove);
        }
    };
    view! {
        <ChosenBar
            selection
            busy=many.busy
            count=Signal::derive(chosen)
            more=move || view! { {more} }
        >
            <SetPermission many />
            <button class="button button--small" type="button" on:click=remove>
                <Icon name="user-round-x" />
                {tr!("members.remove")}
            </button>
        </ChosenBar>
        <RemoveAll room many asking />
    }
}

#[component]
fn SetPermission(many: Many) -> impl IntoView {
    let item = move |permission: EntryPermission| {
        view! {
            <button
                class="menu__item"
                type="button"
                on:click=move |_| many.act(MembersAct::Permission(permission))
            >
                <Icon name=icon(permission) />
                {words::permission(permission)}
            </button>
        }
    };
    let summary = view! {
        {tr!("members.set")}
        <Icon name="chevron-down" />
    }
    .into_any();
    view! {
        <Menu class="menu--up" button="button button--small" summary>
            {EntryPermission::ALL.map(item).collect_view()}
        </Menu>
    }
}

/// Asks before all members are removed.
#[component]
fn RemoveAll(room: Signal<RoomSummary>, many: Many, asking: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog id="remove-all" title=tr!("members.remove_all") open=asking small=true>
            <div class="dialog__body">
                <p>{move || count!("members.remove_all_text", room.with(|it| it.members))}</p>
                <p class="quiet">{tr!("members.remove_all_back")}</p>
            </div>
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=move |_| asking.set(false)>
                    {tr!("dialog.cancel")}
                </button>
                <button
                    class="button button--danger"
                    type="button"
                    on:click=move |_| {
                        asking.set(false);
                        many.act(MembersAct::Remove);
                    }
                >
                    {tr!("members.remove")}
                </button>
            </footer>
        </Dialog>
    }
}
