//! A menu that opens from a button, on a native `<details>`: works before the app has loaded.

use leptos::{html, prelude::*};

use super::icon::Icon;

/// The menu behind the three dots.
#[component]
pub(crate) fn MoreMenu(
    /// What readers hear.
    label: String,
    /// Whether it stands among rows.
    #[prop(optional)]
    small: bool,
    /// Its items.
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(details) = element.get() {
            details.set_open(false);
        }
    };
    let class = if small {
        "button button--quiet button--small button--icon"
    } else {
        "button button--icon"
    };
    view! {
        <details
            class="menu menu--end"
            name="menu"
            node_ref=element
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
            on:focusout=move |event| {
                let inside = event
                    .related_target()
                    .and_then(|it| wasm_bindgen::JsCast::dyn_into::<web_sys::Node>(it).ok());
                if element.get().is_some_and(|it| !it.contains(inside.as_ref())) {
                    close();
                }
            }
        >
            <summary class=class aria-label=label>
                <Icon name="ellipsis" />
            </summary>
            <div class="menu__list" on:click=move |_| close()>
                {children()}
            </div>
        </details>
    }
}
