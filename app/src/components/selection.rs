//! Who is chosen in a list of people. The choice outlives pages, searches, filters and orders, as long as
//! the list is being looked at.

use domain::{UserId, UserSummary};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::{icon::Icon, toast::Toaster};
use crate::{
    browser,
    i18n::{count, number, tr},
};

/// Who is chosen.
#[derive(Clone, Copy)]
pub(crate) struct Selection {
    chosen: RwSignal<Vec<UserSummary>>,
    /// Whether everybody in the list is, however many; where a list offers that.
    pub(crate) all: RwSignal<bool>,
    /// The rows that are shown now.
    page: RwSignal<Vec<UserSummary>>,
    /// Whose box was clicked last: where a range begins.
    last: StoredValue<Option<UserId>>,
    /// Counts how often the acts were asked for by keyboard.
    wanted: RwSignal<u32>,
    /// The most who can be chosen one by one.
    max: u32,
    toaster: Toaster,
}

impl Selection {
    /// Nobody is chosen, of at most so many.
    pub(crate) fn of_at_most(max: u32) -> Self {
        Self {
            chosen: RwSignal::default(),
            all: RwSignal::new(false),
            page: RwSignal::default(),
            last: StoredValue::default(),
            wanted: RwSignal::default(),
            max,
            toaster: expect_context(),
        }
    }

    /// Tells which rows are shown now.
    pub(crate) fn show(self, page: Vec<UserSummary>) {
        self.page.set(page);
    }

    /// How many are chosen one by one.
    pub(crate) fn count(self) -> usize {
        self.chosen.with(Vec::len)
    }

    /// Whether anybody is chosen.
    pub(crate) fn any(self) -> bool {
        self.all.get() || self.count() > 0
    }

    /// Who is chosen one by one, in the order in which they were.
    pub(crate) fn users(self) -> Vec<UserSummary> {
        self.chosen.get()
    }

    fn has(self, user_id: &UserId) -> bool {
        self.all.get() || self.chosen.with(|it| it.iter().any(|it| it.user_id == *user_id))
    }

    /// How many of the rows that are shown are chosen, and how many there are.
    pub(crate) fn on_page(self) -> (usize, usize) {
        self.page.with(|page| (page.iter().filter(|it| self.has(&it.user_id)).count(), page.len()))
    }

    /// Chooses everybody who is shown, or nobody of them.
    pub(crate) fn choose_page(self, chosen: bool) {
        self.choose(&self.page.get_untracked(), chosen);
    }

    /// Nobody is chosen any more.
    pub(crate) fn clear(self) {
        // The page may be gone by now.
        self.all.try_set(false);
        self.chosen.try_set(Vec::new());
    }

    /// These are not chosen any more.
    pub(crate) fn drop_all(self, gone: &[UserId]) {
        // The page may be gone by now.
        self.chosen.try_update(|all| all.retain(|it| !gone.contains(&it.user_id)));
    }

    fn choose(self, users: &[UserSummary], chosen: bool) {
        // Whoever takes one out of all is left with those in sight.
        if self.all.get_untracked() {
            self.all.set(false);
            self.chosen.set(self.page.get_untracked());
        }
        let mut too_many = false;
        self.chosen.update(|all| {
            all.retain(|it| users.iter().all(|other| other.user_id != it.user_id));
            if chosen {
                let room = (self.max as usize).saturating_sub(all.len());
                too_many = users.len() > room;
                all.extend(users.iter().take(room).cloned());
            }
        });
        if too_many {
            self.toaster.show(tr!("chosen.limit", max = number(self.max.into())), None);
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
pub(crate) fn ChoosePage(selection: Selection) -> impl IntoView {
    let state = Memo::new(move |_| selection.on_page());
    let all = move || matches!(state.get(), (chosen, all) if chosen > 0 && chosen == all);
    let some = move || matches!(state.get(), (chosen, all) if chosen > 0 && chosen < all);
    view! {
        <input
            class="checkbox"
            id=CHOOSE_PAGE
            type="checkbox"
            aria-label=tr!("chosen.choose_page")
            prop:checked=all
            prop:indeterminate=some
            on:change=move |event| selection.choose_page(event_target_checked(&event))
        />
    }
}

const CHOOSE_PAGE: &str = "choose-page";

/// The box that chooses one user. Enter leads to what can be done with everybody who is chosen.
#[component]
pub(crate) fn ChooseUser(user: UserSummary, selection: Selection) -> impl IntoView {
    let user_id = user.user_id.clone();
    let label = tr!("chosen.choose", nickname = user.nickname, user_id = user.user_id);
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
                if event.key() == "Enter" && untrack(|| selection.any()) {
                    event.prevent_default();
                    selection.wanted.update(|it| *it += 1);
                }
            }
        />
    }
}

/// Says how many are chosen, to whoever doesn't see the bar.
#[component]
pub(crate) fn ChosenSaid(selection: Selection) -> impl IntoView {
    let said = move || match selection.count() {
        0 => String::new(),
        chosen => count!("chosen.said", chosen),
    };
    view! {
        <p class="visually-hidden" role="status">
            {said}
        </p>
    }
}

/// The bar at the foot of the list: how many are chosen, and what can be done with them.
#[component]
pub(crate) fn ChosenBar(
    selection: Selection,
    /// Whether something is being done with them.
    busy: RwSignal<bool>,
    /// How many are chosen, in words.
    #[prop(into)]
    count: Signal<String>,
    /// How more are chosen at once.
    #[prop(into)]
    more: ViewFn,
    /// What can be done with them.
    children: ChildrenFn,
) -> impl IntoView {
    let bar = NodeRef::<html::Div>::new();
    Effect::new(move |before: Option<u32>| {
        let wanted = selection.wanted.get();
        if before.is_some_and(|it| it != wanted)
            && let Some(bar) = bar.get_untracked()
        {
            browser::focus_within(&bar, "summary");
        }
        wanted
    });
    let clear = move |_| {
        selection.clear();
        browser::focus(&format!("#{CHOOSE_PAGE}"));
    };
    let any = Memo::new(move |_| selection.any());
    move || {
        any.get().then(|| {
            view! {
                <div
                    class="chosen-bar"
                    role="region"
                    aria-label=tr!("chosen.bar")
                    aria-busy=move || busy.get().then_some("true")
                    node_ref=bar
                >
                    <p class="chosen-bar__count">
                        <strong>{count}</strong>
                        {more.run()}
                    </p>
                    <div class="chosen-bar__acts">{children()}</div>
                    <button
                        class="button button--quiet button--small button--icon"
                        type="button"
                        aria-label=tr!("chosen.clear")
                        on:click=clear
                    >
                        <Icon name="x" />
                    </button>
                </div>
            }
        })
    }
}
