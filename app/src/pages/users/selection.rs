//! Who is chosen on the list of users. The choice outlives pages, searches, filters and orders, as long
//! as the list is being looked at.

use domain::{UserId, UserSummary, many::Order};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use crate::{
    components::toast::Toaster,
    i18n::{number, tr},
};

/// The most who can be chosen.
const MAX: usize = Order::MAX_USERS as usize;

/// Who is chosen.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    chosen: RwSignal<Vec<UserSummary>>,
    /// The rows that are shown now.
    page: RwSignal<Vec<UserSummary>>,
    /// Whose box was clicked last: where a range begins.
    last: StoredValue<Option<UserId>>,
    /// Counts how often the actions were asked for by keyboard.
    pub(super) wanted: RwSignal<u32>,
    toaster: Toaster,
}

impl Selection {
    /// Nobody is chosen.
    pub(super) fn new() -> Self {
        Self {
            chosen: RwSignal::default(),
            page: RwSignal::default(),
            last: StoredValue::default(),
            wanted: RwSignal::default(),
            toaster: expect_context(),
        }
    }

    /// Tells which rows are shown now.
    pub(super) fn show(self, page: Vec<UserSummary>) {
        self.page.set(page);
    }

    /// How many are chosen.
    pub(super) fn count(self) -> usize {
        self.chosen.with(Vec::len)
    }

    /// Who is chosen, in the order in which they were.
    pub(super) fn users(self) -> Vec<UserSummary> {
        self.chosen.get()
    }

    fn has(self, user_id: &UserId) -> bool {
        self.chosen.with(|it| it.iter().any(|it| it.user_id == *user_id))
    }

    /// How many of the rows that are shown are chosen, and how many there are.
    pub(super) fn on_page(self) -> (usize, usize) {
        self.page.with(|page| (page.iter().filter(|it| self.has(&it.user_id)).count(), page.len()))
    }

    /// Chooses everybody who is shown, or nobody of them.
    pub(super) fn choose_page(self, chosen: bool) {
        self.choose(&self.page.get_untracked(), chosen);
    }

    /// Nobody is chosen any more.
    pub(super) fn clear(self) {
        self.chosen.set(Vec::new());
    }

    /// These are not chosen any more.
    pub(super) fn drop_all(self, gone: &[UserId]) {
        // The page may be gone by now.
        self.chosen.try_update(|all| all.retain(|it| !gone.contains(&it.user_id)));
    }

    fn choose(self, users: &[UserSummary], chosen: bool) {
        let mut too_many = false;
        self.chosen.update(|all| {
            all.retain(|it| users.iter().all(|other| other.user_id != it.user_id));
            if chosen {
                let room = MAX - all.len();
                too_many = users.len() > room;
                all.extend(users.iter().take(room).cloned());
            }
        });
        if too_many {
            self.toaster.show(tr!("many.limit", max = number(Order::MAX_USERS.into())), None);
        }
    }

    /// The box of a user was clicked; with `range`, everybody from the one clicked before is meant.
    fn click(self, user: &UserSummary, chosen: bool, range: bool) {
        let before = self.last.get_value().filter(|_| range);
        let page = self.page.get_untracked();
        let place = |of: &UserId| page.iter().position(|it| it.user_id == *of);
        match (before.as_ref().and_then(place), place(&user.user_id)) {
            (Some(from), Some(to)) => self.choose(&page[from.min(to)..=from.max(to)], chosen),
            _ => self.choose(std::slice::from_ref(user), chosen),
        }
        self.last.set_value(Some(user.user_id.clone()));
    }
}

/// The box that chooses everybody on this page.
#[component]
pub(super) fn SelectPage(selection: Selection) -> impl IntoView {
    let state = Memo::new(move |_| selection.on_page());
    let all = move || matches!(state.get(), (chosen, all) if chosen == all);
    let some = move || matches!(state.get(), (chosen, all) if chosen > 0 && chosen < all);
    view! {
        <input
            class="checkbox"
            type="checkbox"
            aria-label=tr!("many.choose_page")
            prop:checked=all
            prop:indeterminate=some
            on:change=move |event| selection.choose_page(event_target_checked(&event))
        />
    }
}

/// The box that chooses one user. Enter leads to what can be done with everybody who is chosen.
#[component]
pub(super) fn SelectUser(user: UserSummary, selection: Selection) -> impl IntoView {
    let user_id = user.user_id.clone();
    let label = tr!("many.choose", nickname = user.nickname, user_id = user.user_id);
    let input = NodeRef::<html::Input>::new();
    view! {
        <input
            class="checkbox"
            type="checkbox"
            node_ref=input
            aria-label=label
            prop:checked=move || selection.has(&user_id)
            on:click=move |event| {
                let chosen = event
                    .target()
                    .and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok())
                    .is_some_and(|it| it.checked());
                selection.click(&user, chosen, event.shift_key());
                // Where no more can be chosen, the box stays as it was.
                if let Some(input) = input.get_untracked() {
                    input.set_checked(untrack(|| selection.has(&user.user_id)));
                }
            }
            on:keydown=move |event| {
                if event.key() == "Enter" && selection.count() > 0 {
                    event.prevent_default();
                    selection.wanted.update(|it| *it += 1);
                }
            }
        />
    }
}
