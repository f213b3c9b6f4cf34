//! Which members are chosen on the page of a room. The choice outlives pages and searches, as long as
//! the room is being looked at.

use std::collections::HashSet;

use domain::{UserId, UserSummary, members::Which};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::i18n::tr;

/// Who is chosen.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    chosen: RwSignal<HashSet<UserId>>,
    /// Whether all members are, however many.
    pub(super) all: RwSignal<bool>,
    /// The rows that are shown now.
    page: RwSignal<Vec<UserId>>,
}

impl Selection {
    /// Nobody is chosen.
    pub(super) fn new() -> Self {
        Self { chosen: RwSignal::default(), all: RwSignal::new(false), page: RwSignal::default() }
    }

    /// Tells which rows are shown now.
    pub(super) fn show(self, page: Vec<UserId>) {
        self.page.set(page);
    }

    /// How many are chosen one by one.
    pub(super) fn count(self) -> u32 {
        u32::try_from(self.chosen.with(HashSet::len)).unwrap_or(u32::MAX)
    }

    /// Whether anybody is chosen.
    pub(super) fn any(self) -> bool {
        self.all.get() || self.count() > 0
    }

    /// Who is chosen, as what is done to them asks for it.
    pub(super) fn which(self) -> Which {
        if self.all.get_untracked() {
            Which::All
        } else {
            let mut users: Vec<UserId> = self.chosen.get_untracked().into_iter().collect();
            users.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
            Which::These(users)
        }
    }

    /// Nobody is chosen any more.
    pub(super) fn clear(self) {
        self.all.try_set(false);
        self.chosen.try_set(HashSet::new());
    }

    fn has(self, user_id: &UserId) -> bool {
        self.all.get() || self.chosen.with(|it| it.contains(user_id))
    }

    /// Whether everybody who is shown is chosen, and whether anybody is.
    pub(super) fn on_page(self) -> (bool, bool) {
        self.page.with(|page| {
            let chosen = page.iter().filter(|it| self.has(it)).count();
            (chosen > 0 && chosen == page.len(), chosen > 0)
        })
    }

    fn choose(self, users: &[UserId], chosen: bool) {
        // Whoever takes one out of all is left with those in sight.
        if self.all.get_untracked() {
            self.all.set(false);
            self.chosen.set(self.page.get_untracked().into_iter().collect());
        }
        self.chosen.update(|all| {
            for user in users {
                if chosen {
                    all.insert(user.clone());
                } else {
                    all.remove(user);
                }
            }
        });
    }
}

/// The box that chooses everybody on this page.
#[component]
pub(super) fn ChoosePage(selection: Selection) -> impl IntoView {
    let state = Memo::new(move |_| selection.on_page());
    view! {
        <input
            class="checkbox"
            id="choose-page"
            type="checkbox"
            aria-label=tr!("members.choose_page")
            prop:checked=move || state.get().0
            prop:indeterminate=move || matches!(state.get(), (false, true))
            on:change=move |event| {
                let page = selection.page.get_untracked();
                selection.choose(&page, event_target_checked(&event));
            }
        />
    }
}

/// The box that chooses one member. Enter leads to what can be done with all who are chosen.
#[component]
pub(super) fn ChooseMember(user: UserSummary, selection: Selection) -> impl IntoView {
    let label = tr!("members.choose", nickname = user.nickname, user_id = user.user_id);
    let user_id = user.user_id.clone();
    view! {
        <input
            class="checkbox"
            type="checkbox"
            aria-label=label
            prop:checked=move || selection.has(&user_id)
            on:change=move |event| {
                let chosen = event_target_checked(&event);
                selection.choose(std::slice::from_ref(&user.user_id), chosen);
            }
            on:keydown=move |event| {
                if event.key() == "Enter" {
                    event.prevent_default();
                    focus("#many-members summary");
                }
            }
        />
    }
}

/// Puts the cursor there, if it is there.
pub(super) fn focus(selector: &str) {
    let element = document().query_selector(selector).ok().flatten();
    if let Some(element) = element.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Fails for elements that can't have the focus; then nothing is lost.
        let _ = element.focus();
    }
}
