//! The bar at the foot of the list: how many are chosen, and what can be done with them.

use domain::{EntryPermission, many::Act};
use leptos::prelude::*;

use super::acts::Acts;
use crate::{
    components::{icon::Icon, menu::Menu, permission::PermissionPill, selection::ChosenBar},
    i18n::{count, tr},
};

/// The bar, as long as anybody is chosen.
#[component]
pub(super) fn Bar(
    acts: Acts,
    /// Asks which groups they are put into.
    joining: RwSignal<bool>,
    /// Asks which groups they are taken out of.
    leaving: RwSignal<bool>,
    /// Asks whether they are to be deleted.
    deleting: RwSignal<bool>,
) -> impl IntoView {
    let selection = acts.selection;
    let whole_page = move || matches!(selection.on_page(), (chosen, all) if chosen == all);
    let more = move || {
        view! {
            <button
                class="button button--quiet button--small"
                type="button"
                hidden=whole_page
                on:click=move |_| selection.choose_page(true)
            >
                {tr!("many.whole_page")}
            </button>
        }
    };
    let act = move |act: Act| move |_| acts.run(act.clone());
    let permission = move |to: EntryPermission| {
        view! {
            <button
                class="menu__item"
                type="button"
                on:click=act(Act::SetPermission { to, from: None })
            >
                <PermissionPill permission=to />
            </button>
        }
    };
    view! {
        <ChosenBar
            selection
            busy=acts.busy
            count=Signal::derive(move || count!("many.chosen", selection.count()))
            more
        >
            <Menu button=BUTTON summary=opens(tr!("user.permission_short"))>
                {EntryPermission::ALL.map(permission).collect_view()}
            </Menu>
            <Menu button=BUTTON summary=opens(tr!("user.groups"))>
                <button
                    class="menu__item"
                    type="button"
                    on:click=move |_| joining.set(true)
                >
                    <Icon name="plus" />
                    {tr!("many.join")}
                </button>
                <button
                    class="menu__item"
                    type="button"
                    on:click=move |_| leaving.set(true)
                >
                    <Icon name="x" />
                    {tr!("many.leave")}
                </button>
            </Menu>
            <Menu button=BUTTON summary=opens(tr!("user.status"))>
                <button class="menu__item" type="button" on:click=act(Act::Deactivate)>
                    <Icon name="user-x" />
                    {tr!("user.deactivate")}
                </button>
                <button class="menu__item" type="button" on:click=act(Act::Reactivate)>
                    <Icon name="rotate-ccw" />
                    {tr!("user.reactivate")}
                </button>
            </Menu>
            <button
                class="button button--small button--danger-quiet"
                type="button"
                on:click=move |_| deleting.set(true)
            >
                <Icon name="trash-2" />
                <span class="chosen-bar__label">{tr!("many.delete")}</span>
            </button>
        </ChosenBar>
    }
}

const BUTTON: &str = "button button--small";

/// What a button shows that opens a menu.
fn opens(label: String) -> AnyView {
    view! {
        {label}
        <Icon name="chevron-down" />
    }
    .into_any()
}
