//! What can be done to a link, as items of a menu.

use leptos::prelude::*;

use super::{Desk, LinkOf};
use crate::{components::icon::Icon, i18n::tr};

/// The items. How the link stands is asked for when they are made, which is when the menu first opens.
#[component]
pub(crate) fn LinkItems(
    of: LinkOf,
    desk: Desk,
    /// Whether buttons beside the menu copy and show it.
    #[prop(optional)]
    beside_buttons: bool,
) -> impl IntoView {
    let of = StoredValue::new(of);
    Effect::new(move |_| desk.look(of.get_value()));
    let revoked = Memo::new(move |_| of.with_value(LinkOf::is_revoked));
    let item = |icon, label: String, act: fn(Desk, LinkOf)| {
        view! {
            <button class="menu__item" type="button" on:click=move |_| act(desk, of.get_value())>
                <Icon name=icon />
                {label}
            </button>
        }
    };
    view! {
        {(!beside_buttons)
            .then(|| {
                view! {
                    {item("link", tr!("links.copy"), Desk::copy)}
                    {item("qr-code", tr!("links.code"), Desk::show)}
                }
            })}
        {item("refresh-cw", tr!("links.renew"), |desk, of| desk.renewing.begin(of))}
        {item("clock", tr!("links.expires"), |desk, of| desk.expiring.begin(of))}
        <button
            class="menu__item"
            class:menu__item--danger=move || !revoked.get()
            type="button"
            on:click=move |_| desk.set_revoked(of.get_value(), !revoked.get_untracked())
        >
            {move || {
                if revoked.get() {
                    view! {
                        <Icon name="check" />
                        {tr!("links.allow")}
                    }
                        .into_any()
                } else {
                    view! {
                        <Icon name="ban" />
                        {tr!("links.revoke")}
                    }
                        .into_any()
                }
            }}
        </button>
    }
}
