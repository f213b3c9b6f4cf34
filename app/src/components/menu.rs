//! A menu that opens from a button, on a native `<details>`: works before the app has loaded.

use leptos::{html, prelude::*};

use super::icon::Icon;
use crate::browser;

/// A menu, open until something is chosen, Escape is pressed or the focus leaves it.
#[component]
pub(crate) fn Menu(
    /// Whether it hangs from the end of its button, and what else its look is called.
    #[prop(default = "")]
    class: &'static str,
    /// How the button looks.
    button: &'static str,
    /// What readers hear, where the button shows no words.
    #[prop(optional, into)]
    label: Option<String>,
    /// What the button shows.
    summary: AnyView,
    /// What happens when it opens or closes.
    #[prop(optional, into)]
    on_toggle: Option<Callback<bool>>,
    /// Its items.
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Details>::new();
    // What was chosen may have led elsewhere, and taken the menu with it.
    let details = move || element.try_get_untracked().flatten();
    let close = move || {
        if let Some(details) = details() {
            details.set_open(false);
        }
    };
    // Where the focus was in the list, it would be lost with it.
    let leave = move || {
        close();
        if let Some(details) = details() {
            browser::focus_within(&details, "summary");
        }
    };
    view! {
        <details
            class=format!("menu {class}")
            name="menu"
            node_ref=element
            on:toggle=move |_| {
                if let (Some(on_toggle), Some(details)) = (on_toggle, details()) {
                    on_toggle.run(details.open());
                }
            }
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    leave();
                }
            }
            on:focusout=move |event| {
                if !browser::stays_within(&event) {
                    close();
                }
            }
        >
            <summary class=button aria-label=label>
                {summary}
            </summary>
            <div class="menu__list" on:click=move |_| leave()>
                {children()}
            </div>
        </details>
    }
}

/// The menu behind the three dots.
#[component]
pub(crate) fn MoreMenu(
    /// What readers hear.
    label: String,
    /// Its items.
    children: Children,
) -> impl IntoView {
    view! {
        <Menu class="menu--end" button="button button--icon" label summary=dots()>
            {children()}
        </Menu>
    }
}

/// The menu behind the three dots of a row, in a place that is there only with a script: its items are
/// made when it is first opened, which few of them ever are.
#[component]
pub(crate) fn RowMenu(
    /// What readers hear.
    label: String,
    /// Its items.
    children: ChildrenFn,
) -> impl IntoView {
    let (opened, open) = signal(false);
    let button = "button button--quiet button--small button--icon";
    let on_toggle = Callback::new(move |_| open.set(true));
    view! {
        <Menu class="menu--end" button label summary=dots() on_toggle>
            {move || opened.get().then(|| children())}
        </Menu>
    }
}

fn dots() -> AnyView {
    view! { <Icon name="ellipsis" /> }.into_any()
}
