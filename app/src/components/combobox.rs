//! The combobox: a search field with a list of options below it, as the WAI-ARIA pattern has it.
//!
//! Holds what every such field shares: the debounced term, the open state, the active option and the
//! keys. What the options are, and what choosing one does, is up to its users.

use std::time::Duration;

use domain::UserSummary;
use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    avatar::{Avatar, Size},
    icon::Icon,
};
use crate::{browser, i18n::tr};

/// How long typing must pause before something is searched for.
const PAUSE: Duration = Duration::from_millis(120);

/// The state of one combobox.
#[derive(Clone, Copy)]
pub(crate) struct Combobox {
    /// The id of the input; the list's is `{id}-list`, the options' are `{id}-{index}`.
    pub(crate) id: &'static str,
    /// What stands in the input.
    pub(crate) term: RwSignal<String>,
    /// What is searched for: the term, once typing pauses.
    pub(crate) asked: RwSignal<String>,
    /// Whether the list is open.
    pub(crate) open: RwSignal<bool>,
    /// The option that Enter would choose.
    active: RwSignal<usize>,
    /// Whether Enter was pressed before there were options for what was typed.
    hasty: RwSignal<bool>,
    input: NodeRef<html::Input>,
}

impl Combobox {
    /// A closed, empty combobox.
    pub(crate) fn new(id: &'static str) -> Self {
        let term = RwSignal::new(String::new());
        let asked = RwSignal::new(String::new());
        Effect::new(move |waiting: Option<Option<TimeoutHandle>>| {
            if let Some(waiting) = waiting.flatten() {
                waiting.clear();
            }
            let typed = term.get();
            if typed == asked.get_untracked() {
                return None;
            }
            set_timeout_with_handle(
                move || {
                    asked.try_set(typed);
                },
                PAUSE,
            )
            .ok()
        });
        Self {
            id,
            term,
            asked,
            open: RwSignal::new(false),
            active: RwSignal::new(0),
            hasty: RwSignal::new(false),
            input: NodeRef::new(),
        }
    }

    /// Marks what was typed, so that the next key replaces it, and keeps the cursor there.
    pub(crate) fn select_text(self) {
        if let Some(input) = self.input.get_untracked() {
            input.select();
        }
    }

    /// Empties the input at once.
    pub(crate) fn clear(self) {
        self.term.set(String::new());
        self.asked.set(String::new());
        self.active.set(0);
        self.focus();
    }

    /// Puts the cursor into the input.
    pub(crate) fn focus(self) {
        if let Some(input) = self.input.get_untracked() {
            // Fails for elements that can't have the focus; an input can.
            let _ = input.focus();
        }
    }

    /// Makes the first option the active one, when new options have arrived.
    pub(crate) fn rewind(self) {
        if self.active.get_untracked() != 0 {
            self.active.set(0);
        }
    }

    /// Whether the option of that index is the active one.
    pub(crate) fn is_active(self, index: usize) -> bool {
        self.active.get() == index
    }

    /// Makes the option of that index the active one.
    pub(crate) fn activate(self, index: usize) {
        self.active.set(index);
        let id = format!("{}-{index}", self.id);
        if let Some(option) = document().get_element_by_id(&id) {
            let place = web_sys::ScrollIntoViewOptions::new();
            place.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&place);
        }
    }

    fn step(self, count: usize, forward: bool) {
        if count == 0 {
            return;
        }
        let at = self.active.get_untracked().min(count - 1);
        self.activate(if forward { (at + 1) % count } else { (at + count - 1) % count });
    }

    /// Whether the options are for what stands in the input.
    fn is_answered(self, answered: Signal<Option<String>>) -> bool {
        self.term.with(|term| answered.with(|it| it.as_ref() == Some(term)))
    }

    /// Chooses the first option as soon as there are options for what was typed, where Enter was
    /// pressed before: nobody is to wait for the list, and nobody to be chosen from an old one.
    fn choose_when_answered(
        self,
        answered: Signal<Option<String>>,
        count: Signal<usize>,
        choose: Callback<usize>,
    ) {
        Effect::new(move |_| {
            if self.hasty.get() && self.is_answered(answered) {
                self.hasty.set(false);
                if count.get_untracked() > 0 {
                    choose.run(0);
                }
            }
        });
    }

    fn key(self, event: &KeyboardEvent, answered: bool, count: usize, choose: Callback<usize>) {
        // While letters are being composed, the keys belong to the input method.
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" => {
                event.prevent_default();
                if self.open.get_untracked() {
                    self.step(count, event.key() == "ArrowDown");
                } else {
                    self.open.set(true);
                }
            }
            "Enter" => {
                // Enter in a search field never sends the form around it.
                event.prevent_default();
                let active = self.active.get_untracked();
                if !answered {
                    self.hasty.set(true);
                } else if self.open.get_untracked() && active < count {
                    choose.run(active);
                }
            }
            "Escape" if self.open.get_untracked() => {
                event.prevent_default();
                event.stop_propagation();
                self.open.set(false);
            }
            _ => {}
        }
    }
}

/// The input of a combobox and, as children, what opens below it.
#[component]
pub(crate) fn ComboboxField(
    /// Its state.
    combobox: Combobox,
    /// What readers hear where no label stands above.
    #[prop(optional, into)]
    label: Option<String>,
    /// What may be typed.
    placeholder: String,
    /// How many options there are now.
    #[prop(into)]
    count: Signal<usize>,
    /// For which term the options are.
    #[prop(into)]
    answered: Signal<Option<String>>,
    /// Chooses the option of that index.
    on_choose: Callback<usize>,
    /// Takes back the last choice: Backspace in an empty field.
    #[prop(optional, into)]
    on_back: Option<Callback<()>>,
    /// Takes what is pasted, if it answers that it does; else it is pasted into the field.
    #[prop(optional, into)]
    on_paste: Option<Callback<String, bool>>,
    /// The id of what describes the field.
    #[prop(optional, into)]
    described_by: Signal<Option<String>>,
    /// Whether something is wrong with what was chosen.
    #[prop(optional, into)]
    invalid: Signal<bool>,
    /// The list.
    children: ChildrenFn,
) -> impl IntoView {
    let id = combobox.id;
    let list = format!("{id}-list");
    combobox.choose_when_answered(answered, count, on_choose);
    // Without options there is no list that could be open.
    let listed = move || combobox.open.get() && count.get() > 0;
    let active = move || {
        (combobox.open.get() && combobox.active.get() < count.get())
            .then(|| format!("{id}-{}", combobox.active.get()))
    };
    view! {
        <div
            class="combobox"
            on:focusout=move |event| {
                if !browser::stays_within(&event) {
                    combobox.open.set(false);
                }
            }
        >
            <div class="combobox__box">
                <Icon name="search" />
                <input
                    class="input"
                    id=id
                    type="text"
                    role="combobox"
                    node_ref=combobox.input
                    aria-label=label
                    aria-expanded=move || if listed() { "true" } else { "false" }
                    aria-controls=move || listed().then(|| list.clone())
                    aria-autocomplete="list"
                    aria-activedescendant=active
                    aria-describedby=move || described_by.get()
                    aria-invalid=move || invalid.get().then_some("true")
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder=placeholder
                    prop:value=combobox.term
                    on:input=move |event| {
                        combobox.hasty.set(false);
                        combobox.term.set(event_target_value(&event));
                        combobox.open.set(true);
                    }
                    on:paste=move |event| {
                        let text = event.clipboard_data().and_then(|it| it.get_data("text").ok());
                        if let (Some(take), Some(text)) = (on_paste, text) && take.run(text) {
                            event.prevent_default();
                        }
                    }
                    on:focus=move |_| combobox.open.set(true)
                    on:click=move |_| combobox.open.set(true)
                    on:keydown=move |event| {
                        if event.key() == "Backspace" && !event.is_composing()
                            && combobox.term.with_untracked(String::is_empty)
                            && let Some(back) = on_back
                        {
                            back.run(());
                        }
                        let ready = untrack(|| combobox.is_answered(answered));
                        combobox.key(&event, ready, count.get_untracked(), on_choose);
                    }
                />
                <Show when=move || !combobox.term.with(String::is_empty)>
                    <button
                        class="combobox__clear"
                        type="button"
                        tabindex="-1"
                        aria-label=tr!("search.clear")
                        on:mousedown=move |event| event.prevent_default()
                        on:click=move |_| combobox.clear()
                    >
                        <Icon name="x" />
                    </button>
                </Show>
            </div>
            // A press inside the list must not take the cursor out of the input.
            <div on:mousedown=move |event| event.prevent_default()>
                <Show when=move || combobox.open.get()>{children()}</Show>
            </div>
        </div>
    }
}

/// One option of a combobox.
#[component]
pub(crate) fn ComboboxOption(
    /// The combobox.
    combobox: Combobox,
    /// Which option this is.
    index: usize,
    /// Whether it can't be chosen.
    #[prop(optional)]
    disabled: bool,
    /// Chooses it.
    on_choose: Callback<usize>,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    view! {
        <li
            class="option"
            role="option"
            id=format!("{}-{index}", combobox.id)
            aria-selected=move || if combobox.is_active(index) { "true" } else { "false" }
            aria-disabled=disabled.then_some("true")
            on:mousemove=move |_| {
                if !combobox.active.with_untracked(|it| *it == index) {
                    combobox.active.set(index);
                }
            }
            on:click=move |_| on_choose.run(index)
        >
            {children()}
        </li>
    }
}

/// A text with the part that a search matched marked.
#[component]
pub(crate) fn Marked(text: String, term: String) -> impl IntoView {
    let found = domain::SearchTerm::parse(&term).and_then(|it| it.find_in(&text));
    match found {
        None => text.into_any(),
        Some(range) => view! {
            {text[..range.start].to_owned()}
            <mark>{text[range.clone()].to_owned()}</mark>
            {text[range.end..].to_owned()}
        }
        .into_any(),
    }
}

/// A user in a list of options: avatar, and nickname and User ID with the matched part marked.
#[component]
pub(crate) fn UserText(user: UserSummary, term: String) -> impl IntoView {
    let nickname = user.nickname.to_string();
    let user_id = user.user_id.to_string();
    view! {
        <Avatar user size=Size::Small />
        <span class="option__text">
            <bdi class="option__name">
                <Marked text=nickname term=term.clone() />
            </bdi>
            " "
            <bdi class="option__id">
                <Marked text=user_id term />
            </bdi>
        </span>
    }
}
